"""Who agrees with whom: the quick way by bits, against the plain way by pairs of answers."""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.facts.rolls import Roll, Rolls
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
    bits: dict[str, int] = {}
    for holder, answer in answers.items():
        bits[answer] = bits.get(answer, 0) | 1 << HOLDERS.index(holder)
    return Roll(target, option, is_vote, "2023-01-16", "2023-01-16", bits)


def _rolls(votes: Votes) -> Rolls:
    return Rolls(HOLDERS, tuple(_roll(f"m-{n}", one) for n, one in enumerate(votes)))


def _plain(votes: Votes) -> dict[tuple[str, str], tuple[float, float | None, int]]:
    """Return agreement, kappa and what is shared, pair by pair and answer by answer."""
    expected = {}
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
        expected[pair] = (
            observed,
            None if chance == 1 else (observed - chance) / (1 - chance),
            shared,
        )
    return expected


@few
@given(votes_of_a_room)
def test_agreement_is_what_pairs_of_answers_give(votes: Votes) -> None:
    """Bits and plain arithmetic give the same agreement, kappa and number behind them."""
    pairs = agreements(answer_records(_rolls(votes)))
    plain = _plain(votes)
    assert {(pair.one, pair.other) for pair in pairs} == set(plain)
    for pair in pairs:
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
    records = answer_records(_rolls(votes))
    pairs = {frozenset((p.one, p.other)): p.agreement for p in agreements(records)}
    for partner in partners(records, "KEN"):
        assert partner.agreement == pairs[frozenset(("KEN", partner.other))]


def test_to_be_for_one_option_is_to_be_against_the_others() -> None:
    """Two that want different options of an issue disagree on both; who wants the same agree."""
    rolls = Rolls(
        HOLDERS,
        (
            _roll("scope", {"AUT": "support", "USA": "accept"}, "limited", is_vote=False),
            _roll("scope", {"CHN": "support"}, "broad", is_vote=False),
        ),
    )
    assert items(rolls) == [(0b1001, 0, 0b0010), (0b0010, 0, 0b1001)]
    pairs = {(p.one, p.other): p.agreement for p in agreements(answer_records(rolls))}
    assert pairs == {("AUT", "CHN"): 0, ("AUT", "USA"): 1, ("CHN", "USA"): 0}


def test_a_pair_that_shares_too_little_is_left_out() -> None:
    """Thin evidence can be kept out of a table."""
    records = answer_records(
        _rolls([{"AUT": "yes", "CHN": "yes", "KEN": "no"}, {"AUT": "no", "CHN": "no"}])
    )
    assert [(p.one, p.other) for p in agreements(records, fewest=2)] == [("AUT", "CHN")]


def test_of_partners_that_agree_alike_the_one_that_shares_more_comes_first() -> None:
    """Choice: two common votes say more than one; the alphabet decides only after that."""
    records = answer_records(
        _rolls([{"AUT": "yes", "CHN": "yes", "KEN": "yes"}, {"AUT": "no", "KEN": "no"}])
    )
    closest = [(p.other, p.agreement, p.shared) for p in partners(records, "AUT")]
    assert closest == [("KEN", 1, 2), ("CHN", 1, 1)]


def test_the_partner_that_agrees_more_comes_before_one_that_shares_more() -> None:
    """Choice: the closest comes first, however little two have in common."""
    records = answer_records(
        _rolls([{"AUT": "yes", "CHN": "yes", "KEN": "yes"}, {"AUT": "no", "KEN": "yes"}])
    )
    closest = [(p.other, p.agreement, p.shared) for p in partners(records, "AUT")]
    assert closest == [("CHN", 1, 1), ("KEN", 0.5, 2)]


def test_cohesion_weighs_pairs_by_what_they_share() -> None:
    """A pair that met once counts less than one that met three times."""
    pairs = [Agreement("A", "B", 1.0, None, 3), Agreement("A", "C", 0.0, None, 1)]
    assert cohesion(pairs) == 0.75
    assert cohesion([]) is None


def test_loyalty_is_to_what_most_of_the_others_answered() -> None:
    """Who votes with the rest is loyal; where the rest is divided nothing is counted."""
    records = answer_records(
        _rolls(
            [
                {"AUT": "yes", "CHN": "yes", "KEN": "yes", "USA": "no"},
                {"AUT": "yes", "CHN": "yes", "KEN": "abstain", "USA": "yes"},
                {"AUT": "yes", "CHN": "no", "KEN": "yes"},
            ]
        )
    )
    by_member = {one.member: (one.loyalty, one.shared) for one in loyalties(records)}
    assert by_member == {"AUT": (1, 2), "CHN": (pytest.approx(2 / 3), 3), "KEN": (0.75, 2),
                     "USA": (0.5, 2)}  # fmt: skip


VOTES = Path(__file__).parents[4] / "shared" / "data" / "unga" / "un_votes.csv.gz"
_LAST_CALLS = 150
_REAL_WEIGHT = {"yes": 1.0, "abstain": 0.5, "no": 0.0}


def _cast() -> dict[int, dict[str, str]]:
    """Return the last roll calls: who voted how."""
    cast: dict[int, dict[str, str]] = defaultdict(dict)
    with gzip.open(VOTES, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cast[int(row["rcid"])][row["country"]] = row["vote"]
    return {number: cast[number] for number in sorted(cast)[-_LAST_CALLS:]}


@pytest.mark.skipif(not VOTES.exists(), reason="the votes of the General Assembly are not here")
def test_real_votes_agree_as_the_independent_library_says() -> None:
    """The last roll calls of the General Assembly: city-block distances of those that all cast."""
    distance = pytest.importorskip("scipy.spatial.distance")
    cast = _cast()
    holders = tuple(sorted({holder for one in cast.values() for holder in one}))
    place = {holder: 1 << n for n, holder in enumerate(holders)}
    rolls = []
    for number, one in cast.items():
        answers: dict[str, int] = {}
        for holder, vote in one.items():
            answers[vote] = answers.get(vote, 0) | place[holder]
        rolls.append(Roll(str(number), None, True, "2019-01-01", "2019-01-01", answers))  # noqa: FBT003
    by_pair = {
        (p.one, p.other): (p.agreement, p.shared)
        for p in agreements(answer_records(Rolls(holders, tuple(rolls))))
    }
    for pair in list(combinations(holders, 2))[::7]:
        both = [[one[h] for h in pair] for one in cast.values() if all(h in one for h in pair)]
        weights = [[_REAL_WEIGHT[v] for v in column] for column in zip(*both, strict=True)]
        if not both:
            assert pair not in by_pair
            continue
        (apart,) = distance.cdist([weights[0]], [weights[1]], "cityblock")[0]
        agreement, shared = by_pair[pair]
        assert agreement == pytest.approx(1 - apart / len(both))
        assert shared == len(both)
