"""The journal's files: which there are, and whether they have changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIX = ".jsonl"


class Status(NamedTuple):
    """What the file system says of a file; equal statuses mean an unchanged file."""

    size: int
    modified: int
    changed: int
    inode: int


def status(found: os.stat_result) -> Status:
    """Return the status of a file."""
    return Status(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def files(folder: Path) -> Iterator[tuple[Path, Status]]:
    """Yield the journal files below a folder, sorted by path; links are never followed."""
    if not folder.is_dir():
        return
    for item in sorted(os.scandir(folder), key=lambda item: item.name):
        if item.is_dir(follow_symlinks=False):
            yield from files(folder / item.name)
        elif item.name.endswith(SUFFIX) and item.is_file(follow_symlinks=False):
            yield folder / item.name, status(item.stat(follow_symlinks=False))
