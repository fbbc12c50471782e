"""Which stream an entry belongs to: a pure function of the entry, the same in every clone.

A negotiation has one *register* stream for the entries that bring names, a *dossier* stream for
everything done about one target (or by one delegation, where there is no target), and an *errata*
stream for the corrections and retractions of one entry. Stream ids are derived from those names
(uuid5), so no table of them is kept.
"""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID, uuid5

from negotrack.domain.entries import Entry, Erratum
from negotrack.domain.register import NAMING

_NAMESPACE = UUID("6c3a0a0e-3f0b-5f5e-9a43-1d5d3c1b7a52")


@lru_cache(maxsize=64)
def register_of(negotiation: str) -> UUID:
    """Return the stream that holds the names of a negotiation."""
    return uuid5(_NAMESPACE, f"{negotiation} register")


@lru_cache(maxsize=65_536)
def dossier_of(negotiation: str, subject: str) -> UUID:
    """Return the stream of the deeds about a subject."""
    return uuid5(_NAMESPACE, f"{negotiation} dossier {subject}")


def errata_of(entry_id: str) -> UUID:
    """Return the stream of the corrections and retractions of one entry."""
    return uuid5(_NAMESPACE, f"errata {entry_id}")


def stream_of(entry: Entry) -> UUID:
    """Return the stream that an entry belongs to."""
    if isinstance(entry, Erratum):
        return errata_of(entry.entry)
    if isinstance(entry, NAMING):
        return register_of(entry.negotiation)
    subject = entry.target or getattr(entry, "group", None) or entry.by or entry.session or "-"
    return dossier_of(entry.negotiation, subject)
