"""The journal's files: which there are, and whether they have changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def files(folder: str) -> Iterator[tuple[str, Status]]:
    """Yield the journal files below a folder, sorted by path; links are never followed.

    Every command asks this, so it is made of as few calls to the system as can be.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - as said above
        return
    with os.scandir(folder) as found:
        items = sorted(found, key=lambda item: item.name)
    for item in items:
        if item.is_dir(follow_symlinks=False):
            yield from files(item.path)
        elif item.name.endswith(SUFFIX) and item.is_file(follow_symlinks=False):
            yield item.path, status(item.stat(follow_symlinks=False))
