"""Making a folder a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.errors import Conflict, Cure, Failed
from negotrack.places import SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS = """\
# A negotrack workspace. The record is in events/; .negotrack/ can be deleted at any time.
# negotiation = "my-negotiation"   # the one that commands mean, where there are several
"""
_IGNORE = ".negotrack/"
_ATTRIBUTES = "events/**/*.jsonl text eol=lf merge=union"


def create_workspace(root: Path) -> None:
    """Make a folder a workspace: its settings, its events, and what git is to know of them.

    What is there already is left as it is. :class:`~negotrack.errors.Conflict` for a folder that is
    a workspace.
    """
    if (root / SETTINGS).exists():
        raise Conflict(f"{root} is a workspace already", Cure.by("log", "log into it"))
    try:
        (root / "events").mkdir(parents=True, exist_ok=True)
        (root / SETTINGS).write_text(_SETTINGS, encoding="utf-8")
        _ensure_line(root / ".gitignore", _IGNORE)
        _ensure_line(root / ".gitattributes", _ATTRIBUTES)
    except OSError as error:
        raise Failed(
            f"cannot make a workspace in {root}: {error.strerror}", "check its permissions"
        ) from error


def _ensure_line(path: Path, line: str) -> None:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if line not in text.splitlines():
        gap = "" if text.endswith("\n") or not text else "\n"
        path.write_text(f"{text}{gap}{line}\n", encoding="utf-8")
