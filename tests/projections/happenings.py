"""Rows of entries that happened in a given order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import stamped
from negotrack.domain.specification import effective, ordered
from negotrack.facts.rows import row_of

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry
    from negotrack.facts.rows import Row


def happened(*drafts: Entry) -> list[Row]:
    """Return rows of entries that happened in this order."""
    kept = [stamped(draft, number) for number, draft in enumerate(drafts)]
    return [row_of(0, live) for live in ordered(effective(kept))]
