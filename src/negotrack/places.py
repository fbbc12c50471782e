"""Where a workspace keeps what: every path of it is named here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.errors import Cure, NoWorkspace, Rejected

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "negotrack.toml"
_SPECIAL = (":memory:", "mode=memory", "\n", "\0")


class Places:
    """The files and folders of one workspace."""

    def __init__(self, root: Path, state: Path | None = None) -> None:
        """Name the places under an absolute root; ``state`` may lie elsewhere."""
        for special in _SPECIAL:
            if special in str(root):
                raise Rejected(
                    f"the folder {str(root)!r} has a name that a database would misread",
                    f"rename it so that it does not contain {special!r}",
                )
        self.root = root
        self.settings = root / SETTINGS
        self.events = root / "events"
        self.state = state or root / ".negotrack"
        self.store = self.state / "store.db"
        self.index = self.state / "index.db"
        self.lock = self.state / "lock"
        self.sync_marker = self.state / "in-step"
        self.quarantine = self.state / "quarantine"

    def relative(self, path: Path) -> str:
        """Return a path as people know it: from the root of the workspace."""
        return path.relative_to(self.root).as_posix()


def find_root(start: Path) -> Path:
    """Return the nearest folder from ``start`` upward that is a workspace, as git finds one."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    raise NoWorkspace(
        f"no workspace here: no {SETTINGS} in {start} or above it",
        Cure.by("make-workspace", "make one, or name the folder of one"),
    )
