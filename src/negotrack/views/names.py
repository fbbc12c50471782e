"""What delegations, sessions and targets are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Record
from negotrack.views.shown import Shown, counted, entry_id

if TYPE_CHECKING:
    from collections.abc import Iterable


def names(registered: Iterable[Record]) -> Shown:
    """Return names with what they are the names of, given the fields of each as registered."""
    records = [_record(fields) for fields in registered]
    columns = (
        Column("kind", lambda r: r["kind"]),
        Column("name", lambda r: r["name"], most=26),
        Column("title", _title, wide=True),
        Column("entry", entry_id),
    )
    return Shown("Names", records, columns, counted(len(records), "name"), len(records))


def _record(fields: Record) -> Record:
    return {
        "kind": fields["noun"],
        "name": fields["name"],
        "title": fields["title"],
        "detail": fields["detail"] or None,
        "first": fields["first"],
        "last": fields["last"],
        "entry": fields["id"],
    }


def _title(record: Record) -> str:
    days = f"{record['first']} to {record['last']}" if record["first"] else ""
    detail = f"({record['detail']})" if record["detail"] else ""
    return " ".join(part for part in (record["title"], detail, days) if part)
