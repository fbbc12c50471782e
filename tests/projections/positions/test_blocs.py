"""Blocs: the joinings of the nearest-neighbour chain, against an independent library."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.projections.positions.alignment import Agreement
from negotrack.projections.positions.blocs import blocs, cut, linkage
from strategies import few


def _square(count: int, seed: int) -> list[list[float]]:
    """Return random distances, no two alike."""
    chance = random.Random(seed)  # noqa: S311 - distances are no secrets
    rows = [[0.0] * count for _ in range(count)]
    for one, other in combinations(range(count), 2):
        rows[one][other] = rows[other][one] = chance.random()
    return rows


def _pairs(distances: dict[tuple[str, str], float], shared: int = 5) -> list[Agreement]:
    return [Agreement(a, b, 1 - far, None, shared) for (a, b), far in distances.items()]


@few
@given(count=st.integers(2, 40), seed=st.integers(0, 10_000))
def test_joinings_are_those_of_the_independent_library(count: int, seed: int) -> None:
    """Average linkage gives the merges, their heights and their sizes that scipy gives."""
    hierarchy = pytest.importorskip("scipy.cluster.hierarchy")
    distance = pytest.importorskip("scipy.spatial.distance")
    square = _square(count, seed)
    expected = hierarchy.linkage(distance.squareform(square), method="average")
    joinings = linkage(square)
    assert [(m.left, m.right, m.size) for m in joinings] == [
        (int(left), int(right), int(size)) for left, right, _, size in expected
    ]
    assert [m.height for m in joinings] == pytest.approx([row[2] for row in expected])


@few
@given(count=st.integers(2, 30), seed=st.integers(0, 10_000), blocs_asked=st.integers(1, 30))
def test_a_cut_gives_the_blocs_of_the_independent_library(
    count: int, seed: int, blocs_asked: int
) -> None:
    """Cut at a number of blocs, the same members stand together as in scipy."""
    hierarchy = pytest.importorskip("scipy.cluster.hierarchy")
    distance = pytest.importorskip("scipy.spatial.distance")
    blocs_asked, square = min(blocs_asked, count), _square(count, seed)
    expected = hierarchy.fcluster(
        hierarchy.linkage(distance.squareform(square), method="average"), blocs_asked, "maxclust"
    )
    names = [f"D{n:02}" for n in range(count)]
    grouping = blocs(
        _pairs({(names[a], names[b]): square[a][b] for a, b in combinations(range(count), 2)}),
        count=blocs_asked,
    )
    together = [{n for n in range(count) if expected[n] == bloc} for bloc in set(expected)]
    mine = [{names.index(d) for d in bloc.delegations} for bloc in grouping.blocs]
    assert sorted(map(sorted, together)) == sorted(map(sorted, mine))


def test_equal_distances_end() -> None:
    """Where all are equally far apart the chain does not go in a circle."""
    merges = linkage([[0.0 if a == b else 1.0 for b in range(6)] for a in range(6)])
    assert [merge.height for merge in merges] == [1.0] * 5
    assert sorted(cut(merges, 6)[0]) == list(range(6))


def test_blocs_agree_as_far_as_asked() -> None:
    """Two camps of two are two blocs, each with its agreement and the fewest items behind it."""
    far = {("A", "B"): 0.1, ("C", "D"): 0.2}
    far |= {(a, b): 0.9 for a in "AB" for b in "CD"}
    grouping = blocs(_pairs(far), agreement=0.8)
    assert [bloc.delegations for bloc in grouping.blocs] == [("A", "B"), ("C", "D")]
    assert [bloc.agreement for bloc in grouping.blocs] == pytest.approx([0.9, 0.8])
    assert {bloc.shared for bloc in grouping.blocs} == {5}


def test_a_bloc_of_one_has_no_agreement() -> None:
    """Nobody agrees with itself: a single delegation has no figure."""
    grouping = blocs(_pairs({("A", "B"): 0.9}), count=2)
    assert [(b.delegations, b.agreement, b.shared) for b in grouping.blocs] == [
        (("A",), None, None),
        (("B",), None, None),
    ]


def test_who_shares_too_little_is_left_out() -> None:
    """A delegation without a figure for somebody cannot be placed, and is named."""
    grouping = blocs(_pairs({("A", "B"): 0.1, ("A", "C"): 0.1, ("B", "C"): 0.1, ("A", "X"): 0.0}))
    assert grouping.left_out == ("X",)
    assert sum(len(bloc.delegations) for bloc in grouping.blocs) == 3


def test_no_pairs_make_no_blocs() -> None:
    """An empty record has no blocs."""
    assert blocs([]) == ((), ())


def test_the_biggest_bloc_comes_first() -> None:
    """Choice: two that agree come before one that stands alone, whatever the alphabet says."""
    grouping = blocs(_pairs({("A", "B"): 0.9, ("A", "C"): 0.9, ("B", "C"): 0.1}), count=2)
    assert [bloc.delegations for bloc in grouping.blocs] == [("B", "C"), ("A",)]


def test_those_left_out_are_sorted() -> None:
    """Who is left out is named by the alphabet, whoever misses most."""
    far = dict.fromkeys(combinations("ABCD", 2), 0.1)
    grouping = blocs(_pairs(far | {("A", "Y"): 0.1, ("A", "X"): 0.1, ("B", "X"): 0.1}))
    assert grouping.left_out == ("X", "Y")
