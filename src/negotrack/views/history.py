"""How a position came about: each stance and vote, when it was taken and when we learned of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.votes import VOTE_OF_STANCE
from negotrack.render.answer import Column, Record
from negotrack.views.positions import position_record, stance, why
from negotrack.views.shown import Shown, counted, entry_id, when

if TYPE_CHECKING:
    from negotrack.projections.evidence.history import StanceChange


def history(stance_changes: list[StanceChange], delegation: str) -> Shown:
    """Return each stance and vote of a delegation, with what was held before."""
    columns = (
        Column("on", when, most=12),
        Column("recorded", lambda r: r["recorded_at"][:10], most=10),
        Column("target", lambda r: r["target"], most=15),
        Column("before", lambda r: r["before"] or "", most=10),
        Column("stance", _stance_or_vote, most=8),
        Column("why", why, wide=True),
        Column("entry", entry_id),
    )
    count = len(stance_changes)
    summary = f"{counted(count, 'move')} of {delegation}"
    is_disputed = any(change.position.disputed for change in stance_changes)
    records = map(_record, stance_changes)
    return Shown(f"History of {delegation}", records, columns, summary, count, is_disputed)


def _record(change: StanceChange) -> Record:
    record = position_record(change.position)
    record["on"] = record.pop("since")
    return {"before": change.before, **record, "recorded_at": change.recorded_at}


def _stance_or_vote(record: Record) -> str:
    return f"vote {VOTE_OF_STANCE[record['stance']]}" if record["via"] == "vote" else stance(record)
