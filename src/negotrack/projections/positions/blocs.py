"""Blocs: delegations that agree, joined step by step, the nearest first (average linkage).

The distance of two delegations is one less their agreement; that of two blocs is the mean of the
distances between their members. The nearest-neighbour chain finds all the joinings in a time that
grows with the square of the delegations (Murtagh, "A survey of recent advances in hierarchical
clustering algorithms", 1983).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from negotrack.projections.positions.alignment import Agreement

Pairs = dict[frozenset[str], "Agreement"]
"""Agreements by the two that they are between."""


class Merge(NamedTuple):
    """Two blocs become one, of ``size`` members, at a distance of ``height``.

    ``left`` and ``right`` are numbers: those below the number of members are single members, the
    next one is the bloc that the first merge made, and so on. ``left`` is the smaller.
    """

    left: int
    right: int
    height: float
    size: int


class Bloc(NamedTuple):
    """Delegations that agree.

    ``agreement`` is the mean of its pairs, and ``shared`` the fewest items that two of them have in
    common; both are None where it has one member only.
    """

    delegations: tuple[str, ...]
    agreement: float | None
    shared: int | None


class Blocs(NamedTuple):
    """Blocs, the biggest first, and who is ``left_out``: they share too little with some other."""

    blocs: tuple[Bloc, ...]
    left_out: tuple[str, ...]


def blocs(
    agreements: Sequence[Agreement], *, count: int | None = None, agreement: float = 0.0
) -> Blocs:
    """Return the blocs in which delegations stand, ``count`` of them, or so far as they agree.

    Without a count, blocs are joined as long as their members agree with each other's to at least
    ``agreement``, on average. Pairs that are missing share too little: of the delegations that miss
    some, those that miss most are left out until nobody does.
    """
    pairs: Pairs = {frozenset((pair.one, pair.other)): pair for pair in agreements}
    names, left_out = _complete(pairs)
    merges = linkage([[_distance(pairs, one, other) for other in names] for one in names])
    merge_count = len(names) - count if count is not None else None
    near = [m for n, m in enumerate(merges) if _joins(m, n, merge_count, 1 - agreement)]
    all_blocs = [
        _bloc(tuple(names[n] for n in members), pairs) for members in cut(near, len(names))
    ]
    all_blocs.sort(key=lambda bloc: -len(bloc.delegations))
    return Blocs(tuple(all_blocs), left_out)


def _joins(merge: Merge, place: int, merge_count: int | None, height: float) -> bool:
    # A rounding error of the mean must not keep apart who agrees exactly so far.
    return merge.height <= height + 1e-12 if merge_count is None else place < merge_count


def _distance(pairs: Pairs, one: str, other: str) -> float:
    return 0.0 if one == other else 1 - pairs[frozenset((one, other))].agreement


def _complete(pairs: Mapping[frozenset[str], Agreement]) -> tuple[list[str], tuple[str, ...]]:
    """Return delegations of which every two are a pair, and those that had to go."""
    partners: dict[str, set[str]] = {}
    for pair in pairs:
        for name in pair:
            partners.setdefault(name, set()).update(pair - {name})
    gone: list[str] = []
    while partners:
        scarce = min(partners, key=lambda name: (len(partners[name]), name))
        if len(partners[scarce]) == len(partners) - 1:
            break
        gone.append(scarce)
        for name in partners.pop(scarce):
            partners[name].remove(scarce)
    return sorted(partners), tuple(sorted(gone))


def _bloc(members: tuple[str, ...], pairs: Pairs) -> Bloc:
    inner = [pairs[frozenset((a, b))] for n, a in enumerate(members) for b in members[:n]]
    if not inner:
        return Bloc(members, None, None)
    mean = sum(pair.agreement for pair in inner) / len(inner)
    return Bloc(members, mean, min(pair.shared for pair in inner))


def cut(merges: Sequence[Merge], count: int) -> list[list[int]]:
    """Return the blocs that the first merges of ``count`` members leave, as members' numbers.

    Blocs are sorted by their smallest member; members that merged with each other stand side by
    side.
    """
    standing: dict[int, list[int]] = {member: [member] for member in range(count)}
    for place, merge in enumerate(merges):
        standing[count + place] = standing.pop(merge.left) + standing.pop(merge.right)
    return sorted(standing.values(), key=min)


def linkage(distances: Sequence[Sequence[float]]) -> list[Merge]:
    """Return the merges of all members, nearest first, from a square of their distances."""
    count = len(distances)
    rows = [list(row) for row in distances]
    sizes = [1] * count
    joins: list[tuple[float, int, int]] = []
    chain: list[int] = []
    standing = set(range(count))
    while len(standing) > 1:
        if not chain:
            chain.append(min(standing))
        nearest = _nearest(rows[chain[-1]], chain, standing)
        if len(chain) > 1 and nearest == chain[-2]:
            one, other = chain.pop(), chain.pop()
            joins.append((rows[one][other], one, other))
            standing.remove(one)
            _join(rows, sizes, standing, one, other)
        else:
            chain.append(nearest)
    return _numbered(sorted(joins, key=lambda merge: merge[0]), count)


def _nearest(row: list[float], chain: list[int], standing: set[int]) -> int:
    """Return who is nearest to the end of a chain; where several are, the one before it."""
    here = chain[-1]
    before = chain[-2] if len(chain) > 1 else None
    return min(
        (other for other in standing if other != here),
        key=lambda other: (row[other], other != before, other),
    )


def _join(
    rows: list[list[float]], sizes: list[int], standing: set[int], one: int, other: int
) -> None:
    """Let ``other`` stand for both, at the mean of their distances to everybody else."""
    one_size, other_size = sizes[one], sizes[other]
    for third in standing:
        if third != other:
            mean = (one_size * rows[one][third] + other_size * rows[other][third]) / (
                one_size + other_size
            )
            rows[other][third] = rows[third][other] = mean
    sizes[other] = one_size + other_size


def _numbered(joins: list[tuple[float, int, int]], count: int) -> list[Merge]:
    """Give the merges, in order, the numbers of the blocs that they join."""
    bloc_of = list(range(count))
    members: dict[int, list[int]] = {n: [n] for n in range(count)}
    merges: list[Merge] = []
    for height, one, other in joins:
        left, right = sorted((bloc_of[one], bloc_of[other]))
        both = members.pop(left) + members.pop(right)
        new = count + len(merges)
        members[new] = both
        for member in both:
            bloc_of[member] = new
        merges.append(Merge(left, right, height, len(both)))
    return merges
