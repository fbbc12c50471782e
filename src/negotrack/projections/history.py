"""How a position came about: every stance of one delegation, target by target."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from negotrack.index.rows import STANCE
from negotrack.projections.positions import TAKEN_BACK, Position, position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.index.rows import Row


class Move(NamedTuple):
    """A stance and the one before it: ``before`` is None for the first word on a target."""

    before: str | None
    position: Position
    recorded_at: str


def in_words(stance: str | None, option: str | None) -> str | None:
    """Return a stance with its option, as people say it."""
    return stance if option is None or stance is None else f"{stance} {option}"


def moves(rows: Iterable[Row]) -> Iterator[Move]:
    """Yield the moves in ordered rows, by target and then in order."""
    stances = [row for row in rows if row.type == STANCE]
    stances.sort(key=lambda row: (row.target or "", row.holder or "", *row.sort_key))
    for _, group in groupby(stances, key=lambda row: (row.target, row.holder)):
        before = None
        for row in group:
            yield Move(before, position(row), row.recorded_at)
            before = None if row.stance == TAKEN_BACK else in_words(row.stance, row.option)
