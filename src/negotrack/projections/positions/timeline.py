"""What happened, in order: one line for each entry."""

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.entry_types import BOOKKEEPING
from negotrack.projections.positions.accounts import disputed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.facts.rows import Row


class Happening(NamedTuple):
    """One line of a timeline.

    ``entry`` is the full id, ``on`` the date as recorded (EDTF), ``sources`` a JSON list,
    ``corrected`` whether a correction changed the entry since it was logged, ``disputed`` the
    entries from other sources that tell the same act differently, ``possible`` whether its date is
    uncertain and may lie after the day asked about.
    """

    entry: str
    on: str
    at: str | None
    session: str | None
    type: str
    by: str | None
    for_: str | None
    target: str | None
    summary: str
    confidence: str
    source: str
    sources: str
    note: str | None
    corrected: bool
    recorded_at: str
    recorded_by: str | None
    disputed: tuple[str, ...] = ()
    possible: bool = False


def happening(row: "Row", disputed: tuple[str, ...] = ()) -> Happening:
    """Return an entry as a line of a timeline."""
    return Happening(
        entry=row.id,
        on=row.on,
        at=row.at or None,
        session=row.session,
        type=row.type,
        by=row.by,
        for_=row.for_,
        target=row.target or row.names,
        summary=row.summary,
        confidence=row.confidence,
        source=row.source,
        sources=row.sources,
        note=row.note,
        corrected=bool(row.corrected),
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        disputed=disputed,
        possible=row.possible,
    )


def timeline(rows: "Iterable[Row]", *, bookkeeping: bool = False) -> "Iterator[Happening]":
    """Yield ordered rows as a timeline; those that only keep the books on demand."""
    shown = [row for row in rows if bookkeeping or row.type not in BOOKKEEPING]
    against = disputed(shown)
    for row in shown:
        yield happening(row, against.get(row.id, ()))
