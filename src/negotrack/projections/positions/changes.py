"""A replay in steps: what changed with each day or each session, and what was the case after it."""

from __future__ import annotations

from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.entry_types import BOOKKEEPING, STANCE_TAKEN
from negotrack.domain.stances import TAKEN_BACK, in_words
from negotrack.projections.positions.accounts import chosen_last, disputed
from negotrack.projections.positions.positions import position
from negotrack.projections.positions.timeline import happening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from negotrack.facts.query import Accounts
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.positions import Position
    from negotrack.projections.positions.timeline import Happening

Cell = tuple[str, str]
"""A delegation and a target."""


class RoomChange(NamedTuple):
    """One thing that changed; ``was`` and ``now`` are stances, None where there was none."""

    happening: Happening
    was: str | None = None
    now: str | None = None

    @property
    def moved(self) -> bool:
        """Whether something is other than before; a stance may repeat what was held."""
        return self.happening.type != STANCE_TAKEN or self.was != self.now


class ReplayStep(NamedTuple):
    """A day or session and what changed in it; ``name`` is a date, a session or empty.

    ``state`` has the positions after the step, by delegation and target. It shows the state of the
    replay itself: copy it (``dict(step.state)``) to keep it while the replay goes on.
    """

    name: str
    first: str
    last: str
    changes: list[RoomChange]
    state: Mapping[Cell, Position]


def steps(
    rows: Iterable[Row],
    name: Callable[[Row], str],
    state: Iterable[Position] = (),
    accounts: Accounts = "official-first",
) -> Iterator[ReplayStep]:
    """Yield the steps of ordered rows: neighbours with the same name are one step.

    ``state`` has the positions before the first row. So a replay can be stopped after any day and
    go on from there with the positions of that day.
    """
    standing = {(p.delegation, p.target): p for p in state}
    view = MappingProxyType(standing)
    shown = (row for row in chosen_last(rows, accounts) if row.type not in BOOKKEEPING)
    for step, group in groupby(shown, key=name):
        members = list(group)
        against = disputed(members)
        changes = [_change(row, standing, against.get(row.id, ())) for row in members]
        yield ReplayStep(step, members[0].last, members[-1].last, changes, view)


def by_day(row: Row) -> str:
    """Return the day that an entry counts from, as the name of its step."""
    return row.last


def by_session(sittings: Iterable[tuple[str, str, str]]) -> Callable[[Row], str]:
    """Return a function that names the session of a row: its own, or the one that sat on its day.

    ``sittings`` are (session, first day, last day). What lies between sessions has an empty name.
    """
    known = sorted(sittings, key=lambda sitting: sitting[1])

    def name(row: Row) -> str:
        if row.session is not None:
            return row.session
        return next((s for s, first, last in known if first <= row.last <= last), "")

    return name


def _change(row: Row, standing: dict[Cell, Position], against: tuple[str, ...]) -> RoomChange:
    if row.type != STANCE_TAKEN:
        return RoomChange(happening(row, against))
    assert row.holder is not None
    assert row.target is not None
    cell = row.holder, row.target
    before = standing.pop(cell, None)
    if row.stance != TAKEN_BACK:
        standing[cell] = position(row, against)
    return RoomChange(happening(row, against), _words(before), _words(standing.get(cell)))


def _words(position: Position | None) -> str | None:
    return None if position is None else in_words(position.stance, position.option)
