"""Agreement of real votes, where they are at hand, against an independent library."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest

from negotrack.index.rolls import Roll, Rolls
from negotrack.projections.positions.alignment import agreements, answer_records

VOTES = Path(__file__).parents[3] / "shared" / "data" / "unga" / "un_votes.csv.gz"
_LAST = 150
_WEIGHT = {"yes": 1.0, "abstain": 0.5, "no": 0.0}


def _cast() -> dict[int, dict[str, str]]:
    """Return the last roll calls: who voted how."""
    cast: dict[int, dict[str, str]] = defaultdict(dict)
    with gzip.open(VOTES, "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            cast[int(row["rcid"])][row["country"]] = row["vote"]
    return {number: cast[number] for number in sorted(cast)[-_LAST:]}


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
    found = {
        (p.one, p.other): (p.agreement, p.shared)
        for p in agreements(answer_records(Rolls(holders, tuple(rolls))))
    }
    for pair in list(combinations(holders, 2))[::7]:
        both = [[one[h] for h in pair] for one in cast.values() if all(h in one for h in pair)]
        told = [[_WEIGHT[v] for v in column] for column in zip(*both, strict=True)]
        if not both:
            assert pair not in found
            continue
        (apart,) = distance.cdist([told[0]], [told[1]], "cityblock")[0]
        agreement, shared = found[pair]
        assert agreement == pytest.approx(1 - apart / len(both))
        assert shared == len(both)
