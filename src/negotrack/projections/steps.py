"""A replay in steps: what changed with each day or each session."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from negotrack.index.rows import BOOKKEEPING, STANCE
from negotrack.projections.history import in_words
from negotrack.projections.timeline import Happening, happening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.index.rows import Row


class Change(NamedTuple):
    """One thing that changed; ``was`` and ``now`` are stances, None where there was none."""

    happening: Happening
    was: str | None = None
    now: str | None = None


class Step(NamedTuple):
    """A day or session and what changed in it; ``name`` is a date, a session or empty."""

    name: str
    first: str
    last: str
    changes: list[Change]


def steps(rows: Iterable[Row], by: str) -> Iterator[Step]:
    """Yield the steps of ordered rows, by ``day`` or by ``session``.

    Neighbouring entries of one session make one session step; entries between the sessions make
    steps without a name.
    """
    standing: dict[tuple[str | None, str | None], str | None] = {}
    shown = (row for row in rows if row.type not in BOOKKEEPING)
    for name, group in groupby(shown, key=lambda r: r.last if by == "day" else r.session or ""):
        members = list(group)
        changes = [_change(row, standing) for row in members]
        yield Step(name, members[0].last, members[-1].last, changes)


def _change(row: Row, standing: dict[tuple[str | None, str | None], str | None]) -> Change:
    if row.type != STANCE:
        return Change(happening(row))
    cell = row.holder, row.target
    was, now = standing.get(cell), in_words(row.stance, row.option)
    standing[cell] = None if row.stance == "none" else now
    return Change(happening(row), was, standing[cell])
