"""Collisions: where two changes of one text cannot both be made without a choice.

Two edits collide when they touch the same words, when one inserts between words that the other
touches, or when both insert at the same place. Beside each other they do not collide: an insertion
at the border of words that another edit replaces stays on its side of what they become. So the
words of the base put all edits in one order, and changes that do not collide commute.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING, NamedTuple

from negotrack.wording.changes import applied
from negotrack.wording.passages import before
from negotrack.wording.words import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from negotrack.wording.changes import Edit, Edits


class Collision(NamedTuple):
    """Two changes, by their names, and the place ``base[start:end]`` where they collide.

    ``words`` are the words that both touch, or between which one of them inserts; where both
    insert, they are the last words before the place. ``same`` says that the two edits are equal.
    """

    first: str
    second: str
    words: str
    start: int
    end: int
    same: bool = False


class Combined(NamedTuple):
    """A text with several changes made to it.

    ``taken`` names the changes that were made, in the order given, and ``refused`` the collisions
    of the others with those.
    """

    words: list[str]
    taken: list[str]
    refused: list[Collision]


def meet(one: Edit, other: Edit) -> bool:
    """Tell whether two edits of one text collide."""
    if one.start == one.end and other.start == other.end:
        return one.start == other.start
    return one.start < other.end and other.start < one.end


def collisions(base: Sequence[str], changes: Mapping[str, Edits]) -> list[Collision]:
    """Return all collisions between different changes of a text, in the order of their places.

    The time grows with the number of edits and of collisions.
    """
    ranks = {name: rank for rank, name in enumerate(changes)}
    edits = sorted((edit, ranks[name], name) for name, change in changes.items() for edit in change)
    live: list[tuple[Edit, int, str]] = []
    pairs: list[Collision] = []
    for edit, rank, name in edits:
        live = [one for one in live if one[0].end > edit.start or one[0][:2] == edit[:2]]
        for other, other_rank, other_name in live:
            if other_rank == rank or not meet(other, edit):
                continue
            if other_rank < rank:
                pairs.append(_collision(base, other_name, other, name, edit))
            else:
                pairs.append(_collision(base, name, edit, other_name, other))
        live.append((edit, rank, name))
    return sorted(pairs, key=lambda one: (one.start, one.end))


def combined(base: Sequence[str], changes: Sequence[tuple[str, Edits]]) -> Combined:
    """Return the base with the changes made to it, in the order given.

    A change that collides with one that was taken before it is not taken, as a whole.
    """
    edits: list[tuple[Edit, str]] = []
    taken: list[str] = []
    refused: list[Collision] = []
    for name, change in changes:
        against = [
            _collision(base, other_name, other, name, edit)
            for edit in change
            for other, other_name in _met(edits, edit)
        ]
        if against:
            refused += against
            continue
        taken.append(name)
        for edit in change:
            insort(edits, (edit, name))
    return Combined(applied(base, [edit for edit, _ in edits]), taken, refused)


def _met(edits: list[tuple[Edit, str]], edit: Edit) -> Iterator[tuple[Edit, str]]:
    """Yield those of ``edits``, sorted and without collisions, that collide with an edit."""
    at = bisect_left(edits, (edit, ""))
    # Before it, an insertion at its start may hide the one that reaches over the start.
    for other in edits[max(0, at - 2) : at]:
        if meet(other[0], edit):
            yield other
    while at < len(edits) and edits[at][0].start <= edit.end:
        if meet(edits[at][0], edit):
            yield edits[at]
        at += 1


def _collision(base: Sequence[str], first: str, one: Edit, second: str, other: Edit) -> Collision:
    start, end = max(one.start, other.start), min(one.end, other.end)
    if start == end and one[:2] != other[:2]:
        start, end = min(one.start, other.start), max(one.end, other.end)
    words = joined(base[start:end]).strip() if start < end else before(base, start)
    return Collision(first, second, words, start, end, one == other)
