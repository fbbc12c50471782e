"""The columns in which tables show each kind of answer, and the records that tools get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.render.answer import Answer, Column, Encoded, Record

if TYPE_CHECKING:
    from negotrack.projections.history import Move
    from negotrack.projections.positions import Position
    from negotrack.projections.timeline import Happening
    from negotrack.workspace import Report

SHORT_ID = 8


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it must be."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def footer(report: Report, said: str, *more: str) -> str:
    """Return what an answer rests on, in a sentence or two."""
    parts = [f"As of {report.as_of}: {said}."] if report.as_of < "9999" else [f"{said}."]
    if report.possible:
        left_out = counted(report.possible, "entry")
        parts.append(f"Not counted: {left_out} of uncertain date that may have happened by then.")
    return " ".join([*parts, *more])


def happening_record(h: Happening) -> Record:
    """Return a line of a timeline as tools get it."""
    record = h._asdict()
    record["for"] = record.pop("for_")
    record["sources"] = Encoded(h.sources)
    keys = (
        "entry",
        "on",
        "at",
        "session",
        "type",
        "by",
        "for",
        "target",
        "summary",
        "confidence",
        "source",
        "sources",
        "note",
        "corrected",
        "recorded_at",
        "recorded_by",
    )
    return {name: record[name] for name in keys}


def _known(record: Record) -> str:
    """Return where an entry comes from, and that it was worked out where it was."""
    source: str = record["source"]
    is_weak = record["confidence"] == "inferred" and source != "inferred"
    return f"{source}, inferred" if is_weak else source


def _who(record: Record) -> str:
    by, for_ = record["by"], record["for"]
    return f"{by} for {for_}" if by and for_ else by or for_ or ""


def _what(record: Record) -> str:
    marks = " (corrected)" if record["corrected"] else ""
    return f"{record['summary']}{marks} [{_known(record)}]"


def timeline_answer(happenings: list[Happening], title: str, foot: str) -> Answer:
    """Return a timeline to be shown."""
    columns = (
        Column("on", lambda r: r["on"], most=11),
        Column("by", _who, most=9),
        Column("target", lambda r: r["target"] or "", most=15),
        Column("what", _what, wide=True),
        Column("entry", lambda r: r["entry"][:SHORT_ID]),
    )
    return Answer(title, map(happening_record, happenings), columns, foot)


def position_record(p: Position) -> Record:
    """Return a position as tools get it."""
    record: dict[str, Any] = p._asdict()
    record["sources"] = Encoded(p.sources)
    return record


def _stance(record: Record) -> str:
    from negotrack.projections.history import in_words  # noqa: PLC0415 - a timeline does without

    return in_words(record["stance"], record["option"]) or ""


def _why(record: Record) -> str:
    condition = f"if {record['condition']}" if record["condition"] else ""
    by = f"by {record['by']}" if record["by"] else ""
    reason = (record["reason"] or "").rstrip(".")
    words = "; ".join(part for part in (reason, condition, by) if part)
    return f"{words} [{_known(record)}]".lstrip()


def the_same(held: list[Position]) -> tuple[str, str]:
    """Return which column is the same in all positions, and what it says; empty for none."""
    if len({p.target for p in held}) == 1:
        return "target", held[0].target
    if len({p.delegation for p in held}) == 1:
        return "delegation", held[0].delegation
    return "", ""


def positions_answer(held: list[Position], title: str, foot: str) -> Answer:
    """Return positions to be shown, without the column in which all would say the same."""
    columns: tuple[Column, ...] = (
        Column("delegation", lambda r: r["delegation"], most=12),
        Column("target", lambda r: r["target"], most=15),
        Column("stance", _stance, most=8),
        Column("since", lambda r: r["since"], most=11),
        Column("why", _why, wide=True),
        Column("entry", lambda r: r["entry"][:SHORT_ID]),
    )
    heading, _ = the_same(held)
    columns = tuple(c for c in columns if c.heading != heading)
    return Answer(title, map(position_record, held), columns, foot)


def move_record(move: Move) -> Record:
    """Return a move as tools get it."""
    record = position_record(move.position)
    record["on"] = record.pop("since")
    return {"before": move.before, **record, "recorded_at": move.recorded_at}


def history_answer(found: list[Move], title: str, foot: str) -> Answer:
    """Return a history to be shown."""
    columns = (
        Column("on", lambda r: r["on"], most=11),
        Column("target", lambda r: r["target"], most=15),
        Column("before", lambda r: r["before"] or "", most=10),
        Column("stance", _stance, most=8),
        Column("why", _why, wide=True),
        Column("entry", lambda r: r["entry"][:SHORT_ID]),
    )
    return Answer(title, map(move_record, found), columns, foot)
