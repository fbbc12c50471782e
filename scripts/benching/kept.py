"""A folder of files that are made once, whole or not at all, and found there by the next run."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benching import processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Kept:
    """What is measured on disk; what is asked for is made where it is not there yet."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is made in it before it is asked for."""
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def root(self) -> Path:
        """The workspace."""
        raise NotImplementedError

    @contextmanager
    def beside(self) -> Iterator[Path]:
        """Hand out an empty folder on the same disk, for the time of the body."""
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            yield Path(folder)

    def command(self, *words: str) -> list[str]:
        """Return a command of negotrack in the workspace."""
        return [*processes.PROGRAM, "-C", str(self.root), *words]

    def path_of(self, name: str, write: Callable[[Path], Any]) -> Path:
        """Return where a file or folder is, written first if missing: whole or not at all."""
        path = self.folder / name
        if not path.exists():
            half = path.with_name(f"half-{name}")
            _remove(half)
            write(half)
            half.rename(path)
        return path


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
