"""Who moved between two days: how far, and toward whom."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from negotrack.domain.stances import GRADES, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.projections.positions.positions import Position

"""The number of each stance: the distance of two stances is the difference of theirs."""

Cells = dict[tuple[str, str], "Position"]
"""Positions by delegation and target."""

MoveKind = Literal["moved", "declared", "undeclared"]
"""``moved`` from one position to another, ``declared`` from none to one, ``undeclared`` to none."""

KINDS: tuple[MoveKind, ...] = ("moved", "declared", "undeclared")


class NetMove(NamedTuple):
    """A delegation stands elsewhere on a target than it did.

    ``change`` is how far it moved on the scale from support (+2) to block (-2), positive toward
    support; None where it had no position, or has none now, or speaks of another option. ``total``
    is the way that the delegation went in all, over all targets. ``toward`` names who stood
    already where it went: a group stands for those who stand there through it, and the most
    numerous come first; ``standing`` is how many they are in all.
    """

    kind: MoveKind
    delegation: str
    target: str
    before: Position | None
    after: Position | None
    change: int | None
    total: int
    toward: tuple[str, ...]
    standing: int


def net_moves(before: Iterable[Position], after: Iterable[Position]) -> list[NetMove]:
    """Return what changed between the positions of two days: who moved farthest, first.

    First words follow the moves, and then the positions that are no longer held.
    """
    old, new = _cells(before), _cells(after)
    camps = _camps(old.values())
    changed = [
        cell
        for cell in old.keys() | new.keys()
        if _stance_words(old, cell) != _stance_words(new, cell)
    ]
    totals: Counter[str] = Counter()
    for cell in changed:
        totals[cell[0]] += abs(_change(old.get(cell), new.get(cell)) or 0)
    moves = (_shift(old.get(cell), new.get(cell), totals, camps) for cell in changed)
    return sorted(moves, key=_order)


def _cells(positions: Iterable[Position]) -> Cells:
    return {(position.delegation, position.target): position for position in positions}


def _stance_words(cells: Cells, cell: tuple[str, str]) -> str | None:
    position = cells.get(cell)
    return None if position is None else in_words(position.stance, position.option)


def _change(before: Position | None, after: Position | None) -> int | None:
    if before is None or after is None or before.option != after.option:
        return None
    return GRADES[after.stance] - GRADES[before.stance]


Place = tuple[str, str, str | None]
"""Where one can stand: a target, a stance and an option."""

Camps = dict[Place, list["Position"]]


def _place(position: Position) -> Place:
    return position.target, position.stance, position.option


def _camps(positions: Iterable[Position]) -> Camps:
    """Return who stands at each place."""
    camps: Camps = {}
    for position in positions:
        camps.setdefault(_place(position), []).append(position)
    return camps


def _shift(
    before: Position | None, after: Position | None, totals: Counter[str], camps: Camps
) -> NetMove:
    position = after or before
    assert position is not None
    there = camps.get(_place(after), []) if after else []
    kind: MoveKind = "moved" if before and after else "declared" if after else "undeclared"
    return NetMove(
        kind,
        position.delegation,
        position.target,
        before,
        after,
        _change(before, after),
        totals[position.delegation],
        _named(there),
        len(there),
    )


def _named(there: list[Position]) -> tuple[str, ...]:
    """Return who stands at a place: groups for those that stand there through them."""
    named = Counter(p.through if p.via == "group" and p.through else p.delegation for p in there)
    return tuple(sorted(named, key=lambda name: (-named[name], name)))


def _order(shift: NetMove) -> tuple[int, int, str, int, str]:
    far = abs(shift.change or 0)
    total = -shift.total if shift.kind == "moved" else 0
    return KINDS.index(shift.kind), total, shift.delegation, -far, shift.target
