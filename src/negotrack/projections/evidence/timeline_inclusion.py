"""Why an entry is, or is not, in the timeline of a day as known at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.dates import span
from negotrack.facts.rows import BOOKKEEPING, row_of
from negotrack.projections.evidence.entry_history import (
    Viewpoint,
    own_versions,
    version_at,
    why_uncertain,
    why_unknown,
)
from negotrack.projections.evidence.evidence import LATER, POSSIBLE, errata_of
from negotrack.projections.positions.timeline import happening

if TYPE_CHECKING:
    from negotrack.domain.specification import EntryVersion
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


def explain_entry(
    family: EntryGroup,
    day: str,
    k: str | None = None,
    *,
    possible: bool = False,
    bookkeeping: bool = False,
) -> Inclusion:
    """Return why an entry is, or is not, in the timeline of a day as known at a moment.

    ``family`` is the entry, first, with all its errata; ``bookkeeping`` whether what only keeps the
    books was asked for.
    """
    found = own_versions(family)
    now = version_at(found, k)
    role, why = _role(family, now, Viewpoint(day, k, possible))
    counting = None if now is None else happening(row_of(0, now.live, day))
    if role == COUNTS and counting and counting.type in BOOKKEEPING and not bookkeeping:
        role, why = BOOKS, "it only keeps the books, which a timeline shows on demand"
    return Inclusion(
        id=family[0].id,
        role=role,
        why=why,
        as_of=day,
        known_at=k,
        counting=counting,
        tellings=tuple(
            AsRecorded(v.known_from, v.known_until, happening(row_of(0, v.live))) for v in found
        ),
        errata=tuple(errata_of(family, k)),
    )


def _role(family: EntryGroup, now: EntryVersion | None, when: Viewpoint) -> Part:
    gone = why_unknown(family, now, when.k)
    if gone or now is None:
        return gone or (POSSIBLE, "")
    on, day = now.live.entry.on, when.day
    if span(on).last <= day:
        return COUNTS, f"its date {on} is over by {day}"
    if span(on).first > day:
        return LATER, f"it is dated {on}, after {day}"
    if when.possible:
        return COUNTS, f"its date {on} has begun by {day}, and what is possible was counted"
    return POSSIBLE, why_uncertain(on, day)
