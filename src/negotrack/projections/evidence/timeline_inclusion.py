"""Why an entry is, or is not, in the timeline of a day as known at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.dates import span
from negotrack.domain.entry_types import BOOKKEEPING
from negotrack.facts.rows import row_of
from negotrack.projections.evidence.entry_history import (
    own_versions,
    version_at,
    why_uncertain,
    why_unknown,
)
from negotrack.projections.evidence.evidence import LATER, POSSIBLE, errata_of
from negotrack.projections.positions.timeline import happening

if TYPE_CHECKING:
    from negotrack.domain.specification import EntryVersion
    from negotrack.facts.query import When
    from negotrack.projections.evidence.entry_history import EntryGroup
    from negotrack.projections.evidence.evidence import ErratumEvidence, Part
    from negotrack.projections.positions.timeline import Happening

COUNTS = "counts"
BOOKS = "bookkeeping"


class AsRecorded(NamedTuple):
    """What an entry said from one moment until, but not at, another (None: until now)."""

    known_from: str
    known_until: str | None
    happening: Happening


class Inclusion(NamedTuple):
    """Why an entry is, or is not, in the timeline.

    ``role`` is ``counts``, ``bookkeeping`` (it counts, and is shown on demand), or the reason for
    which it is left out: ``possible``, ``later``, ``retracted`` or ``recorded later``. ``counting``
    is the entry as it counted at K, None where it did not, ``tellings`` all that it ever said.
    """

    id: str
    role: str
    why: str
    as_of: str
    known_at: str | None
    counting: Happening | None
    tellings: tuple[AsRecorded, ...]
    errata: tuple[ErratumEvidence, ...]


def explain_entry(family: EntryGroup, when: When, *, bookkeeping: bool = False) -> Inclusion:
    """Return why an entry is, or is not, in the timeline of a day as known at a moment.

    ``family`` is the entry, first, with all its errata; ``bookkeeping`` whether what only keeps the
    books was asked for.
    """
    entry_versions = own_versions(family)
    now = version_at(entry_versions, when.known_at)
    role, why = _role(family, now, when)
    counting = None if now is None else happening(row_of(0, now.live, when.as_of))
    if role == COUNTS and counting and counting.type in BOOKKEEPING and not bookkeeping:
        role, why = BOOKS, "it only keeps the books, which a timeline shows on demand"
    return Inclusion(
        id=family[0].id,
        role=role,
        why=why,
        as_of=when.as_of,
        known_at=when.known_at,
        counting=counting,
        tellings=tuple(
            AsRecorded(v.known_from, v.known_until, happening(row_of(0, v.live)))
            for v in entry_versions
        ),
        errata=tuple(errata_of(family, when.known_at)),
    )


def _role(family: EntryGroup, now: EntryVersion | None, when: When) -> Part:
    gone = why_unknown(family, now, when.known_at)
    if gone or now is None:
        return gone or (POSSIBLE, "")
    on, day = now.live.entry.on, when.as_of
    if span(on).last <= day:
        return COUNTS, f"its date {on} is over by {day}"
    if span(on).first > day:
        return LATER, f"it is dated {on}, after {day}"
    if when.possible:
        return COUNTS, f"its date {on} has begun by {day}, and what is possible was counted"
    return POSSIBLE, why_uncertain(on, day)
