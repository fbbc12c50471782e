"""Evidence as people and tools get it: an entry as a line of a table, its errata beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.domain.short_ids import in_table
from negotrack.render.answer import Column, Encoded, Record
from negotrack.render.formats import FOR_TOOLS
from negotrack.views.shown import entry_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.projections.evidence.evidence import ErratumEvidence, Evidence
    from negotrack.projections.positions.timeline import Happening


def records(evidence: Iterable[Evidence], form: str) -> list[Record]:
    """Return evidence for one of the formats: errata within entries for tools, else beneath."""
    if form in FOR_TOOLS:
        return [_evidence_record(e) for e in evidence]
    return [one for e in evidence for one in _lines(e)]


def _evidence_record(evidence: Evidence) -> Record:
    record: Record = evidence._asdict()
    record["entry"] = record.pop("id")
    record["for"] = record.pop("for_")
    record["sources"] = Encoded(evidence.sources)
    record["errata"] = [erratum_record(erratum) for erratum in evidence.errata]
    keys = (
        "entry", "role", "kind", "why", "says", "on", "by", "for", "stance", "option", "confidence",
        "source", "sources", "recorded_at", "recorded_by", "possible", "errata",
    )  # fmt: skip
    return {key: record[key] for key in keys}


def erratum_record(erratum: ErratumEvidence) -> Record:
    """Return a correction or retraction as tools get it."""
    return erratum._asdict() | {"changes": [change._asdict() for change in erratum.changes]}


def _lines(evidence: Evidence) -> Iterator[Record]:
    """Yield an entry as a line of a table, and its errata as the lines beneath."""
    role = f"{evidence.role} ?" if evidence.possible else evidence.role
    what = f"{_capital(evidence.says)}. {_capital(evidence.why)}. [{known(evidence)}]"
    yield line(evidence.id, role, what, evidence.recorded_at, evidence.recorded_by)
    yield from (erratum_line(erratum, evidence.id) for erratum in evidence.errata)


def line(entry: str, role: str, what: str, recorded_at: str, recorded_by: str | None) -> Record:
    """Return a line of a table."""
    recorded = f"{recorded_at[:10]} {recorded_by or ''}"
    return {"role": role, "what": what, "recorded": recorded, "entry": entry}


def known(entry: Evidence | Happening) -> str:
    """Return where an entry comes from, and how well it is known."""
    if entry.source == entry.confidence:
        return entry.source
    return f"{entry.source}, {entry.confidence}"


def erratum_line(erratum: ErratumEvidence, entry: str) -> Record:
    """Return a correction or retraction as the line beneath the entry that it is about."""
    done = "corrected" if erratum.kind == "correction" else "retracted"
    about = "" if erratum.about == entry else f"{in_table(erratum.about)} itself: "
    changes = ", ".join(
        f"{c.field} {_value(c.before)} → {_value(c.after)}" for c in erratum.changes
    )
    words = f"{changes}; {erratum.reason}" if changes else erratum.reason
    counted = "" if erratum.counted == "counted" else f" ({erratum.counted})"
    what = f"{about}{words.rstrip('.')}{counted}"
    return line(erratum.id, f"└ {done}", what, erratum.recorded_at, erratum.recorded_by)


def _value(value: Any) -> str:
    if value is None or value == ():
        return "nothing"
    if isinstance(value, list | tuple | dict):
        import json

        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


COLUMNS = (
    Column("role", lambda r: r["role"], most=11),
    Column("what", lambda r: r["what"], wide=True),
    Column("recorded", lambda r: r["recorded"], most=11),
    Column("entry", entry_id),
)
"""The columns of evidence."""
