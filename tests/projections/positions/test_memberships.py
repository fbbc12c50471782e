"""Who belongs to which group, and what that means for positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from negotrack.domain.specification import Effective, answer, effective, ordered
from negotrack.facts.query import Resolution
from negotrack.facts.rows import row_of
from negotrack.projections.positions.memberships import (
    current_memberships,
    groups_of,
    members_of,
    memberships,
    possible_memberships,
)
from negotrack.projections.positions.positions import positions
from shorthand import delegation, joined, left, takes, votes

if TYPE_CHECKING:
    from conftest import Scenario
    from negotrack.domain.entries import Entry
    from negotrack.facts.query import OwnWords
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.positions import Position


def _rows(*drafts: Entry) -> list[Row]:
    live = [Effective(f"{n:064}", draft) for n, draft in enumerate(drafts)]
    return [row_of(n, one) for n, one in enumerate(ordered(live))]


def _of(member: str, *drafts: Entry, own_words: OwnWords = "keep") -> Position:
    (position,) = [
        p
        for p in positions(_rows(*drafts), Resolution(own_words=own_words))
        if p.delegation == member
    ]
    return position


def test_a_spell_begins_and_ends() -> None:
    """A membership lasts from joining to leaving; a second joining begins another."""
    spells = memberships(
        _rows(
            joined("GBR", "EU", on="1973-01-01"),
            left("GBR", "EU", on="2020-01-31"),
            joined("GBR", "EU", on="2030-01-01"),
        )
    )
    assert [(s.since, s.until) for s in spells] == [
        ("1973-01-01", "2020-01-31"),
        ("2030-01-01", None),
    ]


def test_to_join_twice_is_to_have_joined_once() -> None:
    """A second account of a joining does not begin a second spell."""
    spells = memberships(
        _rows(joined("AUT", "EU", on="1995-01-01"), joined("AUT", "EU", on="1995-01"))
    )
    assert [s.since for s in spells] == ["1995-01-01"]


def test_who_never_joined_cannot_leave() -> None:
    """To leave a group without having joined it says nothing."""
    assert memberships(_rows(left("CHE", "EU"))) == []


def test_a_group_brings_its_members_along() -> None:
    """Members of a group that belongs to another belong to that too."""
    belongs = current_memberships(_rows(joined("FJI", "AOSIS"), joined("AOSIS", "G77")))
    assert list(groups_of("FJI", belongs)) == ["AOSIS", "G77"]
    assert members_of("G77", belongs) == ["AOSIS", "FJI"]


def test_groups_in_a_circle_end_where_they_come_back() -> None:
    """A circle of groups names each of them once, and no group is a member of itself."""
    belongs = current_memberships(_rows(joined("A", "B"), joined("B", "C"), joined("C", "A")))
    assert list(groups_of("A", belongs)) == ["B", "C"]
    assert list(groups_of("C", belongs)) == ["A", "B"]


IN_THE_UNION = joined("AUT", "EU", on="1995-01-01")


def test_a_member_speaks_for_itself(room: Scenario) -> None:
    """A member's own words stand over its group's, earlier or later."""
    (
        room.given(
            IN_THE_UNION,
            takes("EU", "oppose", "art-6", on="2023-01-16"),
            takes("AUT", "support", "art-6", on="2023-01-18"),
            takes("EU", "block", "art-6", on="2023-01-20"),
        )
        .then_position("AUT", "art-6", "oppose", via="group", through="EU", as_of="2023-01-17")
        .then_position("AUT", "art-6", "support", via="own", as_of="2023-01-19")
        .then_position("AUT", "art-6", "support", via="own", as_of="2023-01-21")
    )


@pytest.mark.parametrize(
    ("day", "stance"),
    [("2023-01-15", "support"), ("2023-01-16", "support"), ("2023-01-17", "block")],
)
def test_a_later_word_of_the_group_moves_a_member_only_by_policy(day: str, stance: str) -> None:
    """Under ``latest`` own words give way to those of a later day, and of no earlier one."""
    story = (IN_THE_UNION, takes("AUT", "support", "art-6"), takes("EU", "block", "art-6", on=day))
    assert _of("AUT", *story).stance == "support"
    assert _of("AUT", *story, own_words="latest").stance == stance


def test_who_left_a_group_no_longer_stands_there(room: Scenario) -> None:
    """What counts is the membership on the day asked about, not on that of the statement."""
    (
        room.given(
            delegation("GBR"),
            joined("GBR", "EU", on="1973-01-01"),
            takes("EU", "oppose", "art-6", on="2019-12-27"),
            left("GBR", "EU", on="2020-01-31"),
        )
        .then_position("GBR", "art-6", "oppose", via="group", as_of="2020-01-30")
        .then_position("GBR", "art-6", None, as_of="2020-01-31")
    )


def test_who_joins_a_group_stands_where_it_stands(room: Scenario) -> None:
    """A new member takes over what its group said before it came."""
    room.given(
        takes("EU", "oppose", "art-6", on="2023-01-16"), joined("AUT", "EU", on="2023-01-18")
    ).then_position("AUT", "art-6", None, as_of="2023-01-17").then_position(
        "AUT", "art-6", "oppose", as_of="2023-01-18", via="group"
    )


def test_groups_that_stand_apart_are_a_conflict() -> None:
    """The group that spoke last counts, and the entry of the other is named."""
    position = _of(
        "AUT",
        IN_THE_UNION,
        joined("AUT", "WEOG", on="1995-01-01"),
        takes("EU", "oppose", "art-6", on="2023-01-16"),
        takes("WEOG", "support", "art-6", on="2023-01-17"),
    )
    assert (position.stance, position.through) == ("support", "WEOG")
    assert position.conflicts == (f"{2:064}",)


def test_who_takes_its_words_back_stands_with_its_group() -> None:
    """A stance that was taken back leaves no own words; a group that took its back, no position."""
    story = (IN_THE_UNION, takes("EU", "accept", "art-6", on="2023-01-10"))
    took_back = (takes("AUT", "block", "art-6"), takes("AUT", "none", "art-6", on="2023-01-17"))
    assert _of("AUT", *story, *took_back).stance == "accept"
    assert positions(_rows(*story, takes("EU", "none", "art-6"))) == []


@pytest.mark.parametrize(
    ("vote", "stance"), [("yes", "support"), ("no", "oppose"), ("abstain", "reserve")]
)
def test_a_vote_is_a_stance_of_its_own_kind(vote: str, stance: str) -> None:
    """A vote says where a delegation stands, over its earlier words and those of its group."""
    position = _of(
        "AUT",
        IN_THE_UNION,
        takes("EU", "block", "art-6", on="2023-01-10"),
        takes("AUT", "accept", "art-6", on="2023-01-11"),
        votes("AUT", vote, "art-6"),
    )
    assert (position.stance, position.via) == (stance, "vote")


@pytest.mark.parametrize("vote", ["absent", "not-participating", "not-a-member"])
def test_not_to_vote_says_nothing(vote: str) -> None:
    """Who did not vote stands where it stood."""
    assert positions(_rows(votes("AUT", vote, "art-6"))) == []


def test_an_uncertain_membership_marks_the_position(room: Scenario) -> None:
    """Who may have been a member by the day only possibly stands where the group does."""
    kept = room.given(
        joined("AUT", "EU", on="2023"), takes("EU", "oppose", "art-6", on="2023-01-10")
    ).kept
    rows = [row_of(0, live, "2023-01-17") for live in ordered(effective(kept))]
    (position,) = [p for p in positions(rows) if p.delegation == "AUT"]
    assert position.possible


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-01-09", []), ("2023-01-10", ["KEN"]), ("2023-01-19", ["KEN"]), ("2023-01-20", [])],
)
def test_a_membership_counts_from_its_first_day_until_before_its_last(
    room: Scenario, day: str, expected: list[str]
) -> None:
    """Choice: who joins is a member on that day, and who leaves is none on that day any more."""
    room.given(joined("KEN", "EU", on="2023-01-10"), left("KEN", "EU", on="2023-01-20"))
    rows = [row_of(n, live) for n, live in enumerate(answer(room.kept, day))]
    assert expected == members_of("EU", current_memberships(rows))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2022-12-31", []),
        ("2023-01-01", ["KEN"]),
        ("2023-02-27", ["KEN"]),
        ("2023-02-28", []),
    ],
)
def test_a_membership_is_possible_from_the_first_possible_day_until_before_the_last(
    day: str, expected: list[str]
) -> None:
    """Choice: a member since January until February may be one on 1 January, not on 28 February."""
    spells = memberships(_rows(joined("KEN", "EU", on="2023-01"), left("KEN", "EU", on="2023-02")))
    assert expected == members_of("EU", possible_memberships(spells, day))
