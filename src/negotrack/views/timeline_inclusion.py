"""Why an entry is, or is not, in a timeline, as people and tools get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.views.answers import happening_record
from negotrack.views.evidence import erratum_line, erratum_record, known, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.projections.evidence.timeline_inclusion import Inclusion
    from negotrack.projections.positions.timeline import Happening
    from negotrack.render.answer import Record


def inclusion_record(found: Inclusion) -> Record:
    """Return a standing as tools get it."""
    return {
        "entry": found.id,
        "in_timeline": found.role == "counts",
        "role": found.role,
        "why": found.why,
        "counting": found.counting and _plain(found.counting),
        "tellings": [
            {
                "known_from": telling.known_from,
                "known_until": telling.known_until,
                **_plain(telling.happening),
            }
            for telling in found.tellings
        ],
        "errata": [erratum_record(erratum) for erratum in found.errata],
    }


def _plain(happening: Happening) -> Record:
    """Return a line of a timeline as it stands within another record."""
    import json

    record = happening_record(happening)
    return record | {"sources": json.loads(record["sources"])}


def inclusion_lines(found: Inclusion) -> Iterator[Record]:
    """Yield the lines of a standing: the entry as logged, its errata, and as it counts."""
    logged = found.tellings[0].happening
    yield _line(found.id, "as logged", logged)
    yield from (erratum_line(erratum, found.id) for erratum in found.errata)
    if found.counting is not None and found.counting.corrected:
        yield _line(found.id, "as counted", found.counting)


def _line(entry: str, role: str, h: Happening) -> Record:
    return line(entry, role, f"{_sentence_of(h)}. [{known(h)}]", h.recorded_at, h.recorded_by)


def _sentence_of(h: Happening) -> str:
    """Return when who said or did what, on which target."""
    who = f"{h.by} for {h.for_}" if h.by and h.for_ else h.by or h.for_
    target = f"on {h.target}" if h.target else None
    whose = " ".join(part for part in (who, target) if part)
    when = ", ".join(part for part in (h.on, whose) if part)
    return f"{when}: {h.summary.rstrip('.')}"
