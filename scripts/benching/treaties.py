"""A synthetic treaty on disk: its files, a workspace that took them in, and a git repository.

In the repository the same drafts are one file, with a commit for each.
"""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import treaty
from benching import processes
from benching.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable

_GIT = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org"]


class Treaty(Kept):
    """One treaty with its drafts; what is asked for is made where it is not there yet."""

    def __init__(self, keep: Path, amendments: int, seed: int) -> None:
        """Name the treaty; nothing is made before it is asked for."""
        made_by = sha256(Path(treaty.__file__).read_bytes()).hexdigest()[:8]
        self._size = treaty.Size(amendments=amendments)
        self._seed = seed
        super().__init__(keep / f"treaty-{seed}-{amendments}-{made_by}")

    @property
    def files(self) -> Path:
        """The drafts and the acts, as they are imported."""
        return self.path_of(
            "files", lambda path: treaty.Treaty(path, self._size, self._seed).negotiate()
        )

    @property
    def plain(self) -> list[Path]:
        """The drafts as plain text, in their order."""
        return sorted((self.files / "plain").glob("*.txt"))

    @property
    def root(self) -> Path:
        """A workspace with all of it, its index caught up."""
        return self.path_of("workspace", self._write_workspace)

    @property
    def repository(self) -> Path:
        """A repository in which ``treaty.txt`` was committed draft by draft."""
        return self.path_of("repository", self._write_repository)

    def git(self, *words: str) -> list[str]:
        """Return a command of git in the repository."""
        return [*_GIT, "-C", str(self.repository), *words]

    def _write_workspace(self, path: Path) -> None:
        processes.run([*processes.PROGRAM, "init", str(path)])
        program = [*processes.PROGRAM, "-C", str(path)]
        _import(program, [self.files / "names.jsonl"])
        _import(program, sorted(self.files.glob("draft-*.md")), "--as", "draft")
        _import(program, [self.files / "acts.jsonl"])
        processes.run([*program, "open"])

    def _write_repository(self, path: Path) -> None:
        processes.run([*_GIT, "init", "--quiet", str(path)])
        for draft in self.plain:
            shutil.copy(draft, path / "treaty.txt")
            processes.run([*_GIT, "-C", str(path), "add", "treaty.txt"])
            processes.run([*_GIT, "-C", str(path), "commit", "--quiet", "-m", draft.stem])


def _import(program: list[str], files: Iterable[Path], *options: str) -> None:
    for file in files:
        processes.run([*program, "import", str(file), *options])
