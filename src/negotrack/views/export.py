"""The whole record, entry by entry, for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from negotrack.views.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.domain.canonical import StoredEntry
    from negotrack.render.answer import Record


def record(negotiation: str, entries: Iterable[Record]) -> Shown:
    """Return the record of a negotiation, of which nothing is left out."""
    return Shown(f"Record of {negotiation}", entries, (), "", 0)


def entry_record(stored: StoredEntry) -> Record:
    """Return an entry as its line in the journal has it."""
    fields: Record = json.loads(stored.line)
    return fields
