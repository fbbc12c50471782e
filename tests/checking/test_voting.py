"""Votes and decisions that contradict each other, or their rule, are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from negotrack.domain.values import Figures, Source
from shorthand import decided, delegation, joined, motion, rule, votes

if TYPE_CHECKING:
    from checking.conftest import Check
    from conftest import Scenario
    from negotrack.domain.entries import DecisionTaken

ONE, OTHER = (Source(title="One"),), (Source(title="Other"),)


def by_vote(
    outcome: str, yes: int, no: int, abstain: int | None = None, **more: str
) -> DecisionTaken:
    """A decision by vote, with its figures, on art-6."""
    figures = Figures(yes=yes, no=no, abstain=abstain)
    return decided("art-6", outcome, method="vote", figures=figures, **more)


# -- figures and rolls --------------------------------------------------------------------------


def test_figures_are_at_least_those_of_the_roll(room: Scenario, findings: Check) -> None:
    """More votes of a kind in the record than in the figures is a finding."""
    room.given(votes("KEN", "yes", "art-6"), votes("CHN", "yes", "art-6"))
    room.given(by_vote("adopted", 1, 0))
    assert findings(room) == [("figures", "art-6 has 1 yes by its figures, and 2 by the roll")]


def test_a_roll_may_be_incomplete(room: Scenario, findings: Check) -> None:
    """Fewer votes in the record than in the figures, are no finding."""
    room.given(votes("KEN", "yes", "art-6"), votes("CHN", "abstain", "art-6"))
    room.given(by_vote("adopted", 88, 58))
    assert findings(room) == []


def test_no_more_vote_than_may(room: Scenario, findings: Check) -> None:
    """More votes in the figures than members in the electorate is a finding."""
    room.given(joined("AUT", "EU", on="1995"), rule("of-eu", "simple-majority", electorate="EU"))
    room.given(by_vote("adopted", 2, 0, rule="of-eu"))
    assert findings(room) == [("figures", "art-6 has 2 votes by its figures, and 1 may vote")]


# -- who may vote -------------------------------------------------------------------------------


def test_only_members_of_the_electorate_vote(room: Scenario, findings: Check) -> None:
    """Who votes under a rule of which it is no elector is found; that it was absent is not said."""
    room.given(joined("AUT", "EU", on="1995"), rule("of-eu", "simple-majority", electorate="EU"))
    room.given(motion("m-1", "art-6", rule="of-eu"))
    room.given(votes("AUT", "yes", "m-1"), votes("CHN", "absent", "m-1"))
    assert findings(room) == []
    room.given(votes("KEN", "no", "m-1"))
    assert findings(room) == [
        ("no-vote", "KEN voted no on m-1, and is no member of EU on 2023-01-16")
    ]


def test_a_member_votes_while_it_is_one(room: Scenario, findings: Check) -> None:
    """Who joined the electorate after the vote had none."""
    room.given(joined("AUT", "EU", on="2023-02-01"))
    room.given(rule("of-eu", "simple-majority", electorate="EU"))
    room.given(votes("AUT", "yes", "art-6", on="2023-01-31"))
    assert [rule for rule, _ in findings(room)] == ["no-vote"]
    room.given(votes("AUT", "yes", "art-6/2", on="2023-02-01"))
    assert [rule for rule, _ in findings(room)] == ["no-vote"]


@pytest.mark.parametrize("code", ["EU", "HRW", "DDR"])
def test_states_vote_where_no_electorate_is_named(
    room: Scenario, findings: Check, code: str
) -> None:
    """A group, an observer and a state that is no more have no vote among states."""
    room.given(*([delegation("DDR")] if code == "DDR" else []))
    room.given(votes(code, "yes", "art-6"), votes("KEN", "no", "art-6"))
    assert findings(room) == [
        ("no-vote", f"{code} voted yes on art-6, and is no state on 2023-01-16")
    ]


# -- twice --------------------------------------------------------------------------------------


def test_nobody_votes_twice(room: Scenario, findings: Check) -> None:
    """A second vote on the same thing on another day is found, with the first."""
    room.given(votes("KEN", "yes", "art-6"), votes("KEN", "yes", "art-6", on="2023-01-17"))
    ((name, sentence),) = findings(room)
    assert name == "voted-twice"
    assert sentence.startswith("KEN voted on art-6 already: yes on 2023-01-16 (")


def test_one_source_tells_one_vote(room: Scenario, findings: Check) -> None:
    """Two different votes at one moment are found if they are from one source."""
    room.given(
        votes("KEN", "yes", "art-6", sources=ONE), votes("KEN", "no", "art-6", sources=OTHER)
    )
    assert findings(room) == []
    room.given(votes("CHN", "yes", "art-6", sources=ONE), votes("CHN", "no", "art-6", sources=ONE))
    assert [name for name, _ in findings(room)] == ["voted-twice"]


# -- outcomes -----------------------------------------------------------------------------------


def test_more_for_it_than_against_is_adopted(room: Scenario, findings: Check) -> None:
    """Where no rule is known, a rejection with more in favour than against is found."""
    room.given(by_vote("rejected", 79, 60, 33))
    assert findings(room) == [
        (
            "outcome",
            "art-6 was rejected, but simple-majority adopts it: 79 of the 70 needed, of 139 voting",
        )
    ]


def test_two_thirds_are_two_thirds(room: Scenario, findings: Check) -> None:
    """What is right under a simple majority is a finding under two thirds, and the other way."""
    room.given(rule("thirds", "two-thirds"), rule("half", "simple-majority"))
    room.given(by_vote("rejected", 79, 60, rule="thirds"))
    room.given(by_vote("adopted", 79, 60, rule="half"))
    assert findings(room) == []
    room.given(by_vote("adopted", 79, 60, rule="thirds"))
    assert [sentence for _, sentence in findings(room)] == [
        "art-6 was adopted, but thirds rejects it: 79 of the 93 needed, of 139 voting"
    ]


def test_the_motion_names_the_rule(room: Scenario, findings: Check) -> None:
    """A decision on a motion goes by the rule that the motion names."""
    room.given(rule("thirds", "two-thirds"), motion("m-1", "art-6", rule="thirds"))
    figures = Figures(yes=79, no=60)
    room.given(decided("m-1", "adopted", method="vote", figures=figures))
    assert [name for name, _ in findings(room)] == ["outcome"]


def test_any_rule_that_may_apply_excuses_an_outcome(room: Scenario, findings: Check) -> None:
    """Where no rule is named, an outcome is right if one of the rules in force gives it."""
    room.given(rule("thirds", "two-thirds"), rule("half", "simple-majority"))
    room.given(by_vote("rejected", 79, 60), by_vote("adopted", 79, 61))
    assert findings(room) == []
    room.given(by_vote("adopted", 60, 79))
    assert [name for name, _ in findings(room)] == ["outcome"]


def test_rules_of_procedure_are_for_procedure(room: Scenario, findings: Check) -> None:
    """A rule for matters of procedure says nothing of a decision on substance."""
    room.given(rule("thirds", "two-thirds"))
    room.given(rule("half", "simple-majority", matters="procedure"))
    room.given(by_vote("adopted", 79, 60))
    assert [name for name, _ in findings(room)] == ["outcome"]


def test_a_rule_that_came_later_does_not_apply(room: Scenario, findings: Check) -> None:
    """A decision is not judged by a rule that was laid down after it."""
    room.given(rule("thirds", "two-thirds", on="2023-02-01"))
    room.given(by_vote("adopted", 79, 60))
    assert findings(room) == []


def test_a_majority_in_each_component(room: Scenario, findings: Check) -> None:
    """More for it than against, and rejected, is right where a component was against it."""
    room.given(delegation("G77", "group"), delegation("USA"))
    room.given(joined("AUT", "EU", on="1995"), joined("KEN", "G77", on="1964"))
    room.given(joined("CHN", "G77", on="1964"))
    room.given(rule("each", "component-majority", components=("EU", "G77")))
    for voter, vote in (("KEN", "yes"), ("CHN", "yes"), ("AUT", "no")):
        room.given(votes(voter, vote, "art-6"))
    room.given(by_vote("rejected", 2, 1))
    assert findings(room) == []
    room.given(by_vote("adopted", 2, 1, note="another account"))
    assert findings(room) == [
        ("outcome", "art-6 was adopted, but each rejects it: no majority in EU")
    ]


def test_a_component_of_an_incomplete_roll_is_not_judged(room: Scenario, findings: Check) -> None:
    """Where the roll has fewer votes than the figures, nobody knows how each component voted."""
    room.given(joined("AUT", "EU", on="1995"))
    room.given(rule("each", "component-majority", components=("EU",)))
    room.given(votes("AUT", "no", "art-6"), by_vote("adopted", 20, 1))
    assert findings(room) == []
