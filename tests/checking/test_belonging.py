"""Memberships that cannot be are found; those that can are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shorthand import delegation, joined, left, retraction

if TYPE_CHECKING:
    from checking.conftest import Check
    from conftest import Scenario


def test_a_membership_begins_before_it_ends(room: Scenario, findings: Check) -> None:
    """To leave a group before joining it is a finding, on the leaving."""
    room.given(joined("AUT", "EU", on="1995-01-01"), left("AUT", "EU", on="1990"))
    assert findings(room) == [
        ("membership", "AUT leaves EU on 1990, before it joins on 1995-01-01")
    ]


def test_to_leave_one_must_have_joined(room: Scenario, findings: Check) -> None:
    """To leave a group that one never joined is a finding."""
    room.given(left("AUT", "EU", on="1990"))
    assert findings(room) == [("membership", "AUT leaves EU on 1990, which it never joined")]


def test_a_membership_does_not_overlap_itself(room: Scenario, findings: Check) -> None:
    """To join a group again while one is a member is a finding, on the second joining."""
    room.given(joined("AUT", "EU", on="1995-01-01"), joined("AUT", "EU", on="2004-05-01"))
    ((rule, sentence),) = findings(room)
    assert rule == "membership"
    assert sentence.startswith(
        "AUT joins EU on 2004-05-01, of which it is a member since 1995-01-01"
    )


def test_a_member_may_leave_and_come_back(room: Scenario, findings: Check) -> None:
    """A second time of belonging after the first is over is no finding."""
    room.given(joined("AUT", "EU", on="1995-01-01"), left("AUT", "EU", on="2000"))
    room.given(joined("AUT", "EU", on="2004-05-01"), left("AUT", "EU", on="2010"))
    assert findings(room) == []


def test_a_year_may_hold_both(room: Scenario, findings: Check) -> None:
    """Where a date is imprecise, only what is certainly in the wrong order is a finding."""
    room.given(joined("AUT", "EU", on="1995"), left("AUT", "EU", on="1995-06-01"))
    assert findings(room) == []


def test_two_accounts_of_a_beginning_are_no_overlap(room: Scenario, findings: Check) -> None:
    """A joining told by two sources, one of them less exactly, is no finding."""
    room.given(joined("AUT", "EU", on="1995-01-01"), joined("AUT", "EU", on="1995"))
    assert findings(room) == []


def test_groups_do_not_go_in_a_circle(room: Scenario, findings: Check) -> None:
    """A group that becomes a member of itself through others is a finding, with the way round."""
    room.given(delegation("G77", "group"), delegation("LMG", "group"))
    room.given(joined("EU", "G77", on="2001"), joined("G77", "LMG", on="2002"))
    assert findings(room) == []
    room.given(joined("LMG", "EU", on="2003"))
    assert findings(room) == [
        ("group-circle", "LMG is a member of itself: LMG in EU in G77 in LMG")
    ]


def test_a_circle_that_was_opened_is_none(room: Scenario, findings: Check) -> None:
    """Where a group left before the other joined, and where a joining is retracted, all is well."""
    room.given(delegation("G77", "group"), joined("EU", "G77", on="2001"))
    room.given(left("EU", "G77", on="2002"), joined("G77", "EU", on="2003"))
    assert findings(room) == []
    room.given(joined("EU", "G77", on="2004"), retraction(room.kept[-1].id))
    room.given(retraction(room.id_of(-2)))
    assert findings(room) == []
