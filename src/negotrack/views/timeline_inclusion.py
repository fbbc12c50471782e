"""Why an entry is, or is not, in a timeline, as people and tools get it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.short_ids import in_table
from negotrack.render.formats import FOR_TOOLS
from negotrack.views.evidence import COLUMNS, erratum_line, erratum_record, known, line
from negotrack.views.shown import Shown
from negotrack.views.timeline import happening_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.projections.evidence.timeline_inclusion import Inclusion
    from negotrack.projections.positions.timeline import Happening
    from negotrack.render.answer import Record


def inclusion(entry: Inclusion, form: str) -> Shown:
    """Return why an entry is, or is not, in the timeline, for one of the formats.

    The title says which of the two it is; ``entry.why`` gives the reason.
    """
    is_in = entry.role == "counts"
    title = f"Entry {in_table(entry.id)} {'is' if is_in else 'is not'} in the timeline"
    records = [_record(entry)] if form in FOR_TOOLS else list(_lines(entry))
    return Shown(title, records, COLUMNS, _errata(entry), int(is_in))


def _errata(entry: Inclusion) -> str:
    """Return how often an entry was changed, and how much of that counted."""
    if not entry.errata:
        return "It was never corrected or retracted."
    counting = sum(erratum.counted == "counted" for erratum in entry.errata)
    return f"Errata: {len(entry.errata)}, of which {counting} counted."


def _record(entry: Inclusion) -> Record:
    return {
        "entry": entry.id,
        "in_timeline": entry.role == "counts",
        "role": entry.role,
        "why": entry.why,
        "counting": entry.counting and _plain(entry.counting),
        "tellings": [
            {
                "known_from": telling.known_from,
                "known_until": telling.known_until,
                **_plain(telling.happening),
            }
            for telling in entry.tellings
        ],
        "errata": [erratum_record(erratum) for erratum in entry.errata],
    }


def _plain(happening: Happening) -> Record:
    """Return a line of a timeline as it stands within another record."""
    import json

    record = happening_record(happening)
    return record | {"sources": json.loads(record["sources"])}


def _lines(entry: Inclusion) -> Iterator[Record]:
    """Yield the entry as logged, its errata, and the entry as it counts where that differs."""
    logged = entry.tellings[0].happening
    yield _line(entry.id, "as logged", logged)
    yield from (erratum_line(erratum, entry.id) for erratum in entry.errata)
    if entry.counting is not None and entry.counting.corrected:
        yield _line(entry.id, "as counted", entry.counting)


def _line(entry: str, role: str, h: Happening) -> Record:
    return line(entry, role, f"{_sentence_of(h)}. [{known(h)}]", h.recorded_at, h.recorded_by)


def _sentence_of(h: Happening) -> str:
    """Return when who said or did what, on which target."""
    who = f"{h.by} for {h.for_}" if h.by and h.for_ else h.by or h.for_
    target = f"on {h.target}" if h.target else None
    whose = " ".join(part for part in (who, target) if part)
    when = ", ".join(part for part in (h.on, whose) if part)
    return f"{when}: {h.summary.rstrip('.')}"
