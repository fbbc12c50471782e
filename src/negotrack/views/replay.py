"""What changed in the room, day by day or session by session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Record
from negotrack.views.changes import COLUMNS, change_record
from negotrack.views.shown import Shown, counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.projections.positions.changes import ReplayStep


def replay(steps: Iterable[ReplayStep], step: str, negotiation: str) -> Shown:
    """Return what changed with each ``step``, which is ``day`` or ``session``."""
    count = 0
    records: list[Record] = []
    for one in steps:
        count += 1
        front = {"step": one.name or None, "first": one.first, "last": one.last}
        records += [front | change_record(change) for change in one.changes]
    sitting = Column(step, lambda r: r["step"] or "between", most=12)
    columns = (*((sitting,) if step == "session" else ()), *COLUMNS)  # which show the day
    summary = f"{counted(len(records), 'change')} in {counted(count, 'step')}"
    title = f"Replay of {negotiation} by {step}"
    return Shown(title, records, columns, summary, len(records))
