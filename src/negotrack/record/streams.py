"""Which stream an entry belongs to: a pure function of the entry, the same in every clone.

A negotiation has one *register* stream for the entries that bring names, a *dossier* stream for
everything done about one target (or by one delegation, where there is no target), and an *errata*
stream for the corrections and retractions of one entry. Stream ids are derived from those names
(uuid5), so no table of them is kept, and written as the store has them: 32 hexadecimal digits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import get_args
from uuid import UUID, uuid5

from negotrack.domain.entries import Entry, Erratum
from negotrack.domain.register import NAMING

_NAMESPACE = UUID("6c3a0a0e-3f0b-5f5e-9a43-1d5d3c1b7a52")
_ERRATA, _NAMING = frozenset(get_args(Erratum)), frozenset(NAMING)


@lru_cache(maxsize=64)
def register_of(negotiation: str) -> str:
    """Return the stream that holds the names of a negotiation."""
    return uuid5(_NAMESPACE, f"{negotiation} register").hex


@lru_cache(maxsize=65_536)
def dossier_of(negotiation: str, subject: str) -> str:
    """Return the stream of the deeds about a subject."""
    return uuid5(_NAMESPACE, f"{negotiation} dossier {subject}").hex


def errata_of(entry_id: str) -> str:
    """Return the stream of the corrections and retractions of one entry."""
    return uuid5(_NAMESPACE, f"errata {entry_id}").hex


def stream_of(entry: Entry) -> str:
    """Return the stream that an entry belongs to."""
    kind = type(entry)
    if kind in _ERRATA:
        return errata_of(entry.entry)  # type: ignore[attr-defined]
    if kind in _NAMING:
        return register_of(entry.negotiation)
    subject = entry.target or getattr(entry, "group", None) or entry.by or entry.session or "-"
    return dossier_of(entry.negotiation, subject)
