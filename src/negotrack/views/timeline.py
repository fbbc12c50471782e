"""What happened, in order: the lines of a timeline as people and tools get them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Encoded, Record
from negotrack.views.shown import Shown, counted, disputed_by, entry_id, source_of, when

if TYPE_CHECKING:
    from negotrack.projections.positions.timeline import Happening


def timeline(happenings: list[Happening], title: str) -> Shown:
    """Return happenings in order, one line for each."""
    columns = (
        Column("on", when, most=12),
        Column("by", _who, most=9),
        Column("target", lambda r: r["target"] or "", most=15),
        Column("what", what, wide=True),
        Column("entry", entry_id),
    )
    count = len(happenings)
    is_disputed = any(h.disputed for h in happenings)
    records = map(happening_record, happenings)
    return Shown(title, records, columns, counted(count, "entry"), count, is_disputed)


def happening_record(h: Happening) -> Record:
    """Return a line of a timeline as tools get it."""
    return {
        "entry": h.entry,
        "on": h.on,
        "at": h.at,
        "session": h.session,
        "type": h.type,
        "by": h.by,
        "for": h.for_,
        "target": h.target,
        "summary": h.summary,
        "confidence": h.confidence,
        "source": h.source,
        "sources": Encoded(h.sources),
        "note": h.note,
        "corrected": h.corrected,
        "recorded_at": h.recorded_at,
        "recorded_by": h.recorded_by,
        "disputed": h.disputed,
        "possible": h.possible,
    }


def _who(record: Record) -> str:
    by, for_ = record["by"], record["for"]
    return f"{by} for {for_}" if by and for_ else by or for_ or ""


def what(record: Record) -> str:
    """Return what happened, whether that is disputed, and where it is known from."""
    marks = " (corrected)" if record["corrected"] else ""
    return f"{record['summary']}{marks}{disputed_by(record)} [{source_of(record)}]"
