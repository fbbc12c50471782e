"""What moved in the room between two days, and what the record learned between two moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Record
from negotrack.views.shown import Shown, counted, disputed_by, entry_id, source_of, when
from negotrack.views.timeline import happening_record, what

if TYPE_CHECKING:
    from negotrack.projections.evidence.retroactive import RetroactiveChange
    from negotrack.projections.positions.changes import RoomChange


def changes(room_changes: list[RoomChange], negotiation: str) -> Shown:
    """Return what moved in the room; stances that repeat what was held are only counted."""
    moves = [change for change in room_changes if change.moved]
    repeated = len(room_changes) - len(moves)
    summary = counted(len(moves), "change")
    if repeated:
        summary += f" ({counted(repeated, 'stance')} repeated what was held)"
    is_disputed = any(change.happening.disputed for change in moves)
    title, records = f"Changes in {negotiation}", map(change_record, moves)
    return Shown(title, records, COLUMNS, summary, len(moves), is_disputed)


def change_record(change: RoomChange) -> Record:
    """Return a change as tools get it."""
    return happening_record(change.happening) | {"was": change.was, "now": change.now}


def _change(record: Record) -> str:
    if record["was"] is None and record["now"] is None:
        return what(record)
    stances = f"{record['was'] or 'undeclared'} -> {record['now'] or 'undeclared'}"
    reason = record["summary"].partition("; ")[2]
    return f"{stances}{'; ' * bool(reason)}{reason}{disputed_by(record)} [{source_of(record)}]"


COLUMNS = (
    Column("on", when, most=12),
    Column("by", lambda r: r["for"] or r["by"] or "", most=10),
    Column("target", lambda r: r["target"] or "", most=15),
    Column("change", _change, wide=True),
    Column("entry", entry_id),
)
"""The columns of what changed in the room."""


def lessons(
    retroactive_changes: list[RetroactiveChange], negotiation: str, known_from: str
) -> Shown:
    """Return what was learned after a moment, with the past answers that it changed."""
    count = len(retroactive_changes)
    effects = sum(len(change.changed_answers) for change in retroactive_changes)
    summary = f"{counted(count, 'entry')} learned, corrected or retracted"
    if effects:
        summary += f", {counted(effects, 'past answer')} changed"
    columns = (
        Column("on", when, most=12),
        Column("by", lambda r: r["for"] or r["by"] or "", most=9),
        Column("target", lambda r: r["target"] or "", most=15),
        Column("what we learned", _lesson, wide=True),
        Column("entry", entry_id),
    )
    title = f"What {negotiation} learned after {known_from}"
    records = map(_lesson_record, retroactive_changes)
    return Shown(title, records, columns, summary, count, known_from=known_from)


def _lesson_record(change: RetroactiveChange) -> Record:
    return happening_record(change.happening) | {
        "lesson": change.kind,
        "was": None if change.was is None else happening_record(change.was),
        "effects": [effect._asdict() for effect in change.changed_answers],
    }


def _lesson(record: Record) -> str:
    sentence = f"{record['lesson']}: {record['summary']}"
    if record["was"] is not None:
        sentence += f" (it said: {_differently(record['was'], record)})"
    effects = "; ".join(_effect(effect) for effect in record["effects"])
    return f"{sentence.rstrip('.')}. So {effects}" if effects else sentence


def _differently(was: Record, now: Record) -> str:
    """Return what an entry said before a correction, as far as it said it otherwise."""
    if was["summary"] != now["summary"]:
        return str(was["summary"])
    names = [n for n in ("on", "by", "for", "target", "session", "source") if was[n] != now[n]]
    return ", ".join(f"{name} {was[name]}" for name in names) or "other details"


def _effect(effect: Record) -> str:
    until = f" to {effect['last']}" if effect["last"] else ""
    before, after = effect["before"] or "undeclared", effect["after"] or "undeclared"
    return (
        f"{effect['delegation']} on {effect['target']} from {effect['first']}{until}:"
        f" {before} -> {after}"
    )
