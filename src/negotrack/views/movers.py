"""Who changed between two days, how far, and toward whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Encoded, Record
from negotrack.views import grouping
from negotrack.views.grouping import party, whose, with_members
from negotrack.views.shown import Shown, counted, entry_id, names_in_short, when

if TYPE_CHECKING:
    from negotrack.projections.positions.movers import NetMove
    from negotrack.projections.positions.positions import Position

_MOST_NAMED = 3


def movers(
    moves: list[NetMove], negotiation: str, delegation: str | None, *, folded: bool
) -> Shown:
    """Return who stands elsewhere than before, of all or of one delegation.

    When ``folded``, members that moved with their group are named in its line.
    """
    columns = (
        Column("on", _when, most=12),
        Column("who", whose, most=13),
        Column("target", lambda r: r["target"], most=13),
        Column("far", lambda r: "" if r["change"] is None else f"{r['change']:+d}"),
        Column("total", lambda r: str(r["total"]) if r["kind"] == "moved" else ""),
        Column("move", _move, wide=True),
        Column("entry", entry_id),
    )
    of = f" of {delegation}" if delegation else ""
    title = f"Moves{of} in {negotiation}"
    records = [_record(move) for move in moves]
    if folded:
        records = grouping.folded(records, _alike)
    is_disputed = any(move.after and move.after.disputed for move in moves)
    return Shown(title, records, columns, _summary(moves), len(moves), is_disputed)


def _summary(moves: list[NetMove]) -> str:
    """Return how many moved, declared themselves, or no longer have a position."""
    kinds = [move.kind for move in moves]
    names = {move.delegation for move in moves if move.kind == "moved"}
    parts = [
        f"{counted(kinds.count('moved'), 'move')} of {counted(len(names), 'delegation')}",
        counted(kinds.count("declared"), "first word"),
        f"{counted(kinds.count('undeclared'), 'position')} no longer held",
    ]
    return ", ".join(parts)


def _record(move: NetMove) -> Record:
    """Return a move as tools get it; without a position now, its entry is the one before."""
    position = move.after or move.before
    assert position is not None
    return {
        "kind": move.kind,
        "delegation": move.delegation,
        "target": move.target,
        "before": _words(move.before),
        "now": _words(move.after),
        "change": move.change,
        "total": move.total,
        "toward": list(move.toward),
        "standing": move.standing,
        "since": None if move.after is None else move.after.since,
        "via": position.via,
        "through": position.through,
        "confidence": position.confidence,
        "source": position.source,
        "sources": Encoded(position.sources),
        "entry": position.entry,
        "entry_before": None if move.before is None else move.before.entry,
        "disputed": list(position.disputed),
        "possible": position.possible,
    }


def _words(position: Position | None) -> str | None:
    from negotrack.domain.stances import in_words

    return None if position is None else in_words(position.stance, position.option)


def _when(record: Record) -> str:
    return "" if record["since"] is None else when(record, "since")


def _move(record: Record) -> str:
    words = f"{record['before'] or 'undeclared'} -> {record['now'] or 'undeclared'}"
    through = f" through {record['through']}" if record["via"] == "group" else ""
    joins = ""
    if record["toward"]:
        joins = f"; joins {names_in_short(record['toward'], _MOST_NAMED)} ({record['standing']})"
    return f"{words}{through}{joins} [{record['source']}]{with_members(record)}"


def _alike(record: Record) -> object:
    """Return what members that moved with their group have in common with it, and it with them."""
    names = ("kind", "target", "before", "now", "total", "entry", "possible")
    return *(record[name] for name in names), party(record)
