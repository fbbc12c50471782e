"""Who agrees with whom: the quick way by bits, against the plain way by pairs of answers."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.index.rolls import Roll, Rolls
from negotrack.projections.positions.alignment import (
    Agreement,
    agreements,
    answer_records,
    cohesion,
    items,
    loyalties,
    partners,
)
from strategies import few

if TYPE_CHECKING:
    from collections.abc import Mapping

HOLDERS = ("AUT", "CHN", "KEN", "USA")
_WEIGHT = {"yes": 2, "abstain": 1, "no": 0}

Votes = list[dict[str, str]]
"""For each thing voted on, who voted how."""

votes_of_a_room = st.lists(
    st.dictionaries(st.sampled_from(HOLDERS), st.sampled_from(["yes", "abstain", "no", "absent"])),
    max_size=12,
)


def _roll(
    target: str, answers: Mapping[str, str], option: str | None = None, *, is_vote: bool = True
) -> Roll:
    found: dict[str, int] = {}
    for holder, answer in answers.items():
        found[answer] = found.get(answer, 0) | 1 << HOLDERS.index(holder)
    return Roll(target, option, is_vote, "2023-01-16", "2023-01-16", found)


def _rolls(votes: Votes) -> Rolls:
    return Rolls(HOLDERS, tuple(_roll(f"m-{n}", one) for n, one in enumerate(votes)))


def _plain(votes: Votes) -> dict[tuple[str, str], tuple[float, float | None, int]]:
    """Return agreement, kappa and what is shared, pair by pair and answer by answer."""
    found = {}
    for pair in combinations(HOLDERS, 2):
        both = [tuple(_WEIGHT.get(one.get(party, ""), -1) for party in pair) for one in votes]
        both = [answers for answers in both if min(answers) >= 0]
        if not both:
            continue
        shared = len(both)
        observed = sum(1 - abs(a - b) / 2 for a, b in both) / shared
        first, second = (Counter(answers[place] for answers in both) for place in (0, 1))
        chance = sum(first[a] * second[b] * (1 - abs(a - b) / 2) for a in first for b in second) / (
            shared * shared
        )
        found[pair] = observed, None if chance == 1 else (observed - chance) / (1 - chance), shared
    return found


@few
@given(votes_of_a_room)
def test_agreement_is_what_pairs_of_answers_give(votes: Votes) -> None:
    """Bits and plain arithmetic give the same agreement, kappa and number behind them."""
    found = agreements(answer_records(_rolls(votes)))
    plain = _plain(votes)
    assert {(pair.one, pair.other) for pair in found} == set(plain)
    for pair in found:
        agreement, kappa, shared = plain[pair.one, pair.other]
        assert pair.agreement == pytest.approx(agreement)
        assert pair.kappa == (None if kappa is None else pytest.approx(kappa))
        assert pair.shared == shared


@few
@given(votes_of_a_room)
def test_the_independent_library_agrees(votes: Votes) -> None:
    """The same figures come from scipy: distances of answers, and tables of pairs of answers."""
    distance = pytest.importorskip("scipy.spatial.distance")
    contingency = pytest.importorskip("scipy.stats.contingency")
    for pair in agreements(answer_records(_rolls(votes))):
        answers = [
            [_WEIGHT[one[party]] for one in votes if _voted(one, pair)]
            for party in (pair.one, pair.other)
        ]
        apart = distance.cityblock(*answers) / 2
        assert pair.agreement == pytest.approx(1 - apart / pair.shared)
        table = contingency.crosstab(*answers, levels=([0, 1, 2], [0, 1, 2])).count
        expected = contingency.expected_freq(table)
        far = [[abs(a - b) for b in range(3)] for a in range(3)]
        by_chance = float((expected * far).sum())
        if pair.kappa is not None:
            assert pair.kappa == pytest.approx(1 - float((table * far).sum()) / by_chance)


def _voted(one: Mapping[str, str], pair: Agreement) -> bool:
    return all(one.get(party) in _WEIGHT for party in (pair.one, pair.other))


@few
@given(votes_of_a_room)
def test_partners_are_the_pairs_of_one(votes: Votes) -> None:
    """One delegation's partners have the agreement that the pairs have."""
    told = answer_records(_rolls(votes))
    pairs = {frozenset((p.one, p.other)): p.agreement for p in agreements(told)}
    for partner in partners(told, "KEN"):
        assert partner.agreement == pairs[frozenset(("KEN", partner.other))]


def test_to_be_for_one_option_is_to_be_against_the_others() -> None:
    """Two that want different options of an issue disagree on both; who wants the same agree."""
    found = Rolls(
        HOLDERS,
        (
            _roll("scope", {"AUT": "support", "USA": "accept"}, "limited", is_vote=False),
            _roll("scope", {"CHN": "support"}, "broad", is_vote=False),
        ),
    )
    assert items(found) == [(0b1001, 0, 0b0010), (0b0010, 0, 0b1001)]
    pairs = {(p.one, p.other): p.agreement for p in agreements(answer_records(found))}
    assert pairs == {("AUT", "CHN"): 0, ("AUT", "USA"): 1, ("CHN", "USA"): 0}


def test_a_pair_that_shares_too_little_is_left_out() -> None:
    """Thin evidence can be kept out of a table."""
    told = answer_records(
        _rolls([{"AUT": "yes", "CHN": "yes", "KEN": "no"}, {"AUT": "no", "CHN": "no"}])
    )
    assert [(p.one, p.other) for p in agreements(told, fewest=2)] == [("AUT", "CHN")]


def test_cohesion_weighs_pairs_by_what_they_share() -> None:
    """A pair that met once counts less than one that met three times."""
    pairs = [Agreement("A", "B", 1.0, None, 3), Agreement("A", "C", 0.0, None, 1)]
    assert cohesion(pairs) == 0.75
    assert cohesion([]) is None


def test_loyalty_is_to_what_most_of_the_others_answered() -> None:
    """Who votes with the rest is loyal; where the rest is divided nothing is counted."""
    told = answer_records(
        _rolls(
            [
                {"AUT": "yes", "CHN": "yes", "KEN": "yes", "USA": "no"},
                {"AUT": "yes", "CHN": "yes", "KEN": "abstain", "USA": "yes"},
                {"AUT": "yes", "CHN": "no", "KEN": "yes"},
            ]
        )
    )
    found = {one.member: (one.loyalty, one.shared) for one in loyalties(told)}
    assert found == {"AUT": (1, 2), "CHN": (pytest.approx(2 / 3), 3), "KEN": (0.75, 2),
                     "USA": (0.5, 2)}  # fmt: skip
