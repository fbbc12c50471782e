"""Who stands where, as people and tools get it; for people, members fold into their group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.render.answer import Column, Encoded, Record
from negotrack.views.shown import Shown, counted, disputed_by, entry_id, source_of, when

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.projections.positions.positions import Position


def positions(stands: list[Position], negotiation: str, *, folded: bool = False) -> Shown:
    """Return positions without the column in which all would say the same.

    When ``folded``, members that stand somewhere through their group are named in its line.
    """
    columns: tuple[Column, ...] = (
        Column("delegation", lambda r: r["delegation"], most=12),
        Column("target", lambda r: r["target"], most=15),
        Column("stance", stance, most=8),
        Column("since", lambda r: when(r, "since"), most=12),
        Column("via", _via, most=10),
        Column("why", why, wide=True),
        Column("entry", entry_id),
    )
    heading, name = _same_in_all(stands)
    columns = tuple(c for c in columns if c.heading != heading)
    summary = counted(len(stands), "position")
    if name:
        summary += f" {'on' if heading == 'target' else 'of'} {name}"
    is_disputed = any(p.disputed for p in stands)
    if folded:
        from negotrack.views.grouping import whose

        records: Iterable[Record] = folded_records(stands)
        columns = tuple(
            c._replace(text=whose, most=13) if c.heading == "delegation" else c for c in columns
        )
    else:
        records = map(position_record, stands)
    title = f"Positions in {negotiation}"
    return Shown(title, records, columns, summary, len(stands), is_disputed)


def _same_in_all(stands: list[Position]) -> tuple[str, str]:
    """Return which column is the same in all positions, and what it says; empty for none."""
    if len({p.target for p in stands}) == 1:
        return "target", stands[0].target
    if len({p.delegation for p in stands}) == 1:
        return "delegation", stands[0].delegation
    return "", ""


def position_record(p: Position) -> Record:
    """Return a position as tools get it."""
    record: dict[str, Any] = p._asdict()
    record["sources"] = Encoded(p.sources)
    return record


def folded_records(stands: list[Position]) -> list[Record]:
    """Return positions as records; members that stand there through a group with the group."""
    from negotrack.views.grouping import folded, party  # only tables fold

    def alike(record: Record) -> object:
        if record["conflicts"] or (record["possible"] and record["via"] == "group"):
            return None
        return record["target"], record["entry"], party(record)

    return folded(map(position_record, stands), alike)


def stance(record: Record) -> str:
    """Return the stance of a position in words, with the option that it is about."""
    from negotrack.domain.stances import in_words  # a timeline does without

    return in_words(record["stance"], record["option"]) or ""


def _via(record: Record) -> str:
    """Return where a position comes from, but for own words."""
    words = {"own": "", "aligned": f"as {record['through']}", "group": record["through"]}
    return str(words.get(record["via"], record["via"]))


def why(record: Record) -> str:
    """Return the reason and the condition of a position, who gave it, and where it is known from.

    Members that stand there with their group are named behind that.
    """
    condition = f"if {record['condition']}" if record["condition"] else ""
    by = f"by {record['by']}" if record["by"] else ""
    reason = (record["reason"] or "").rstrip(".")
    words = "; ".join(part for part in (reason, condition, by) if part)
    sentence = f"{words}{disputed_by(record)} [{source_of(record)}]".lstrip()
    if not record.get("members"):
        return sentence
    from negotrack.views.grouping import with_members

    return sentence + with_members(record)
