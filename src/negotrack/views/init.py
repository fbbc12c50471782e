"""A workspace that was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from negotrack.render.answer import Record


def record(root: Path) -> Record:
    """Return the folder of the workspace."""
    return {"root": str(root)}


def sentence(root: Path, hint: str) -> str:
    """Return the same in words, with a hint at what comes next."""
    return f"made a workspace in {root}\nnext: {hint}"
