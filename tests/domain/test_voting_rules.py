"""What a count of votes decides, under each kind of rule."""

from __future__ import annotations

from fractions import Fraction

import pytest

from negotrack.domain.voting_rules import (
    CONSENSUS,
    SIMPLE,
    STANDARD,
    Poll,
    Rule,
    applicable,
    contradicts,
    rule_of,
    verdict,
)

THIRDS, ABSOLUTE = STANDARD[2], STANDARD[3]
QUALIFIED = Rule("q", "qualified-majority", share=Fraction(3, 5), fewest=10)
QUORATE = Rule("h", "simple-majority", quorum=Fraction(1, 2))


@pytest.mark.parametrize(
    ("rule", "poll", "adopted"),
    [
        (SIMPLE, Poll(2, 1, 90), True),
        (SIMPLE, Poll(2, 2), False),
        (SIMPLE, Poll(0, 0, 5), False),
        (THIRDS, Poll(2, 1, 90), True),
        (THIRDS, Poll(79, 60, 33), False),
        (ABSOLUTE, Poll(50, 0, members=100), False),
        (ABSOLUTE, Poll(51, 49, members=100), True),
        (ABSOLUTE, Poll(51, 49), None),
        (QUALIFIED, Poll(9, 0), False),
        (QUALIFIED, Poll(12, 8), True),
        (QUALIFIED, Poll(12, 9), False),
        (QUORATE, Poll(4, 0, 0, members=10), False),
        (QUORATE, Poll(4, 0, 1, members=10), True),
        (QUORATE, Poll(4, 0), True),
        (CONSENSUS, Poll(3, 0, 9), True),
        (CONSENSUS, Poll(90, 1), False),
        (CONSENSUS, Poll(90, 1, objections=0), None),
        (CONSENSUS, Poll(90, 1, objections=1), False),
    ],
)
def test_a_rule_decides(rule: Rule, poll: Poll, adopted: bool | None) -> None:  # noqa: FBT001
    """Abstentions are not counted among those voting; what is not known is not told."""
    assert verdict(rule, poll).adopted is adopted


def test_each_component_has_a_majority() -> None:
    """More for it than against does not do where one component is against it."""
    rule = Rule("each", "component-majority", components=("EU", "G77"))
    parts = {"EU": Poll(1, 0), "G77": Poll(3, 4)}
    assert verdict(rule, Poll(4, 4, components=parts)) == (False, "no majority in G77")
    parts["G77"] = Poll(4, 3)
    assert verdict(rule, Poll(5, 3, components=parts)).adopted is True
    assert verdict(rule, Poll(5, 3)).adopted is None


def test_a_rule_is_read_from_its_entry() -> None:
    """A rule has from its entry what the entry says, and nothing else."""
    fields = {"rule": "q", "requires": "qualified-majority", "share": "3/5", "count": 10}
    assert rule_of(fields) == QUALIFIED
    assert rule_of({"rule": "h", "requires": "simple-majority", "quorum": "1/2"}) == QUORATE


def test_which_rules_may_apply() -> None:
    """The one that is named; else those for such matters; else that more are for it."""
    of_procedure = SIMPLE._replace(name="p", matters="procedure")
    of_substance = THIRDS._replace(name="s", matters="substance")
    rules = [of_procedure, of_substance]
    assert applicable(rules, "p") == [of_procedure]
    assert applicable(rules) == [of_substance]
    assert applicable(rules, question="procedure") == [of_procedure]
    assert applicable([of_procedure], question="deletion") == [SIMPLE]


def test_an_outcome_contradicts_its_opposite() -> None:
    """Only adoption and rejection can contradict a rule, and only where it gives either."""
    adopts, silent = verdict(SIMPLE, Poll(2, 1)), verdict(ABSOLUTE, Poll(2, 1))
    assert contradicts("rejected", adopts)
    assert not contradicts("adopted", adopts)
    assert not contradicts("deferred", adopts)
    assert not contradicts("rejected", silent)


@pytest.mark.parametrize(("rule", "voting"), [(THIRDS, 9), (QUALIFIED._replace(fewest=None), 10)])
def test_exactly_the_share_is_enough(rule: Rule, voting: int) -> None:
    """Choice: who reaches a share of those voting has it; one vote less is too few."""
    share = rule.share or Fraction(2, 3)
    votes = int(share * voting)
    assert verdict(rule, Poll(votes, voting - votes)).adopted is True
    assert verdict(rule, Poll(votes - 1, voting - votes + 1)).adopted is False


@pytest.mark.parametrize(("present", "is_quorate"), [(5, True), (4, False)])
def test_exactly_the_share_is_a_quorum(present: int, is_quorate: bool) -> None:  # noqa: FBT001
    """Choice: a quorum of half is there when half are."""
    assert is_quorate == verdict(QUORATE, Poll(present, 0, members=10)).adopted


@pytest.mark.parametrize(("in_favour", "is_adopted"), [(51, True), (50, False)])
def test_exactly_half_is_no_majority(in_favour: int, is_adopted: bool) -> None:  # noqa: FBT001
    """Choice: a majority is more than half, of those voting and of all members."""
    poll = Poll(in_favour, 100 - in_favour, members=100)
    assert [is_adopted] * 2 == [verdict(rule, poll).adopted for rule in (SIMPLE, ABSOLUTE)]
