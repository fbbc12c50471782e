"""The columns in which tables show each kind of answer, and the records that tools get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.render.answer import Column, Encoded, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.facts.rows import Matrix
    from negotrack.projections.evidence.history import StanceChange
    from negotrack.projections.positions.changes import RoomChange
    from negotrack.projections.positions.positions import Position
    from negotrack.projections.positions.timeline import Happening
    from negotrack.render.answer import Part, Picture
    from negotrack.render.runs import Passage
    from negotrack.workspace import Report

SHORT_ID = 8
VERSION = 3
"""The version of what answers look like to tools; docs/formats.md has it."""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it must be."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def footer(report: Report, said: str, *more: str, possible: bool = False) -> str:
    """Return what an answer rests on, and what the record does not cover, in a few sentences."""
    parts = [f"{said}; the record has {counted(report.of, 'entry')}."]
    if report.possible:
        number = counted(report.possible, "entry")
        counting = "Counted with a ?" if possible else "Not counted"
        parts.append(f"{counting}: {number} of uncertain date that may have happened by then.")
    if report.newest is not None and report.newest < report.as_of:
        parts.append(f"Nothing since {report.newest}.")
    if report.empty:
        parts.append(f"Sessions without entries: {_some(report.empty)}.")
    return " ".join([*parts, *more])


_MOST_NAMED = 3


def _some(names: tuple[str, ...]) -> str:
    named = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{named} and {more} more" if more > 0 else named


class Shown(NamedTuple):
    """Records and columns with their title, what they are in words, and how many entries decide.

    ``about`` has what this kind of answer says besides, to tools; ``parts`` what people get instead
    of a table of the records, ``passages`` the running text that they get.
    """

    title: str
    records: Iterable[Record]
    columns: tuple[Column, ...]
    said: str
    entries: int
    disputes: bool = False
    known_from: str | None = None
    about: Record | None = None
    parts: tuple[Part | Picture, ...] = ()
    passages: Iterable[Passage] | None = None


def when(record: Record, field: str = "on") -> str:
    """Return a date, marked where the act may have happened later than the day asked about."""
    return f"{record[field]} ?" if record["possible"] else str(record[field])


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
    return f"{record['summary']}{marks}{_disputed(record)} [{_known(record)}]"


def _disputed(record: Record) -> str:
    """Return which entries tell an act differently, where some do."""
    others = ", ".join(i[:SHORT_ID] for i in record["disputed"])
    return f" (disputed by {others})" if others else ""


def timeline(happenings: list[Happening], title: str) -> Shown:
    """Return a timeline to be shown."""
    columns = (
        Column("on", when, most=12),
        Column("by", _who, most=9),
        Column("target", lambda r: r["target"] or "", most=15),
        Column("what", _what, wide=True),
        Column("entry", lambda r: r["entry"][:SHORT_ID]),
    )
    count = len(happenings)
    is_disputed = any(h.disputed for h in happenings)
    records = map(happening_record, happenings)
    return Shown(title, records, columns, counted(count, "entry"), count, is_disputed)


def change_record(change: RoomChange) -> Record:
    """Return a change as tools get it."""
    return happening_record(change.happening) | {"was": change.was, "now": change.now}


def _change(record: Record) -> str:
    if record["was"] is None and record["now"] is None:
        return _what(record)
    moved = f"{record['was'] or 'undeclared'} -> {record['now'] or 'undeclared'}"
    reason = record["summary"].partition("; ")[2]
    return f"{moved}{'; ' * bool(reason)}{reason}{_disputed(record)} [{_known(record)}]"


CHANGE = (
    Column("on", when, most=12),
    Column("by", lambda r: r["for"] or r["by"] or "", most=10),
    Column("target", lambda r: r["target"] or "", most=15),
    Column("change", _change, wide=True),
    Column("entry", lambda r: r["entry"][:SHORT_ID]),
)
"""The columns of what changed in the room."""


def position_record(p: Position) -> Record:
    """Return a position as tools get it."""
    record: dict[str, Any] = p._asdict()
    record["sources"] = Encoded(p.sources)
    return record


def _stance(record: Record) -> str:
    from negotrack.facts.rows import in_words  # a timeline does without

    return in_words(record["stance"], record["option"]) or ""


def _via(record: Record) -> str:
    """Return where a position comes from, but for own words."""
    words = {"own": "", "aligned": f"as {record['through']}", "group": record["through"]}
    return str(words.get(record["via"], record["via"]))


_VOTES = {"support": "yes", "reserve": "abstain", "oppose": "no"}


def _moved_to(record: Record) -> str:
    """Return the stance of a move, or the vote that it was."""
    return f"vote {_VOTES[record['stance']]}" if record["via"] == "vote" else _stance(record)


def _why(record: Record) -> str:
    condition = f"if {record['condition']}" if record["condition"] else ""
    by = f"by {record['by']}" if record["by"] else ""
    reason = (record["reason"] or "").rstrip(".")
    words = "; ".join(part for part in (reason, condition, by) if part)
    told = f"{words}{_disputed(record)} [{_known(record)}]".lstrip()
    if not record.get("members"):
        return told
    from negotrack.views.grouping import with_members

    return told + with_members(record)


def the_same(held: list[Position]) -> tuple[str, str]:
    """Return which column is the same in all positions, and what it says; empty for none."""
    if len({p.target for p in held}) == 1:
        return "target", held[0].target
    if len({p.delegation for p in held}) == 1:
        return "delegation", held[0].delegation
    return "", ""


def positions(held: list[Position], title: str, *, folded: bool = False) -> Shown:
    """Return positions to be shown, without the column in which all would say the same.

    When ``folded``, members that stand somewhere through their group are named in its line.
    """
    columns: tuple[Column, ...] = (
        Column("delegation", lambda r: r["delegation"], most=12),
        Column("target", lambda r: r["target"], most=15),
        Column("stance", _stance, most=8),
        Column("since", lambda r: when(r, "since"), most=12),
        Column("via", _via, most=10),
        Column("why", _why, wide=True),
        Column("entry", lambda r: r["entry"][:SHORT_ID]),
    )
    heading, name = the_same(held)
    columns = tuple(c for c in columns if c.heading != heading)
    said = counted(len(held), "position")
    if name:
        said += f" {'on' if heading == 'target' else 'of'} {name}"
    is_disputed = any(p.disputed for p in held)
    if folded:
        from negotrack.views.grouping import whose

        records: Iterable[Record] = folded_records(held)
        columns = tuple(
            c._replace(text=whose, most=13) if c.heading == "delegation" else c for c in columns
        )
    else:
        records = map(position_record, held)
    return Shown(title, records, columns, said, len(held), is_disputed)


def folded_records(held: list[Position]) -> list[Record]:
    """Return positions as records; members that stand there through a group with the group."""
    from negotrack.views.grouping import folded, party  # only tables fold

    def alike(record: Record) -> object:
        if record["conflicts"] or (record["possible"] and record["via"] == "group"):
            return None
        return record["target"], record["entry"], party(record)

    return folded(map(position_record, held), alike)


LETTERS = {"support": "S", "accept": "A", "reserve": "R", "oppose": "O", "block": "B"}
FOR_TOOLS = ("json", "jsonl", "csv")
"""Formats that have every record whole; the others are for people."""


def matrix(found: Matrix, title: str) -> Shown:
    """Return a matrix to be shown, without a picture.

    Tools get a record for each delegation, with the stance in words under each target.
    """
    records = [
        {"delegation": delegation, **dict(zip(found.targets, stances, strict=True))}
        for delegation, stances in zip(found.delegations, found.stances, strict=True)
    ]
    count = sum(1 for row in found.stances for stance in row if stance)
    return Shown(title, records, (), counted(count, "position"), count)


def move_record(move: StanceChange) -> Record:
    """Return a move as tools get it."""
    record = position_record(move.position)
    record["on"] = record.pop("since")
    return {"before": move.before, **record, "recorded_at": move.recorded_at}


def history(found: list[StanceChange], of: str) -> Shown:
    """Return a history to be shown: when each stance was taken, and when we learned of it."""
    columns = (
        Column("on", when, most=12),
        Column("recorded", lambda r: r["recorded_at"][:10], most=10),
        Column("target", lambda r: r["target"], most=15),
        Column("before", lambda r: r["before"] or "", most=10),
        Column("stance", _moved_to, most=8),
        Column("why", _why, wide=True),
        Column("entry", lambda r: r["entry"][:SHORT_ID]),
    )
    said = f"{counted(len(found), 'move')} of {of}"
    is_disputed = any(m.position.disputed for m in found)
    records = map(move_record, found)
    return Shown(f"History of {of}", records, columns, said, len(found), is_disputed)
