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


def status(stat: os.stat_result) -> Status:
    """Return the status of a file."""
    return Status(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def files(folder: str) -> Iterator[tuple[str, Status]]:
    """Yield the journal files below a folder, sorted by path; links are never followed.

    Every command asks this, so it is made of as few calls to the system as can be.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - as said above
        return
    with os.scandir(folder) as listing:
        items = sorted(listing, key=lambda item: item.name)
    for item in items:
        if item.is_dir(follow_symlinks=False):
            yield from files(item.path)
        elif item.name.endswith(SUFFIX) and item.is_file(follow_symlinks=False):
            yield item.path, status(item.stat(follow_symlinks=False))
