"""What was made anew from the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.views.shown import counted

if TYPE_CHECKING:
    from negotrack.render.answer import Record


def record(entries: int) -> Record:
    """Return how many entries there are."""
    return {"entries": entries}


def sentence(entries: int) -> str:
    """Return the same in words."""
    return f"rebuilt from {counted(entries, 'entry')}"
