"""Appending to the journal: where an entry belongs, and how a line gets there whole."""

from __future__ import annotations

import errno
import os
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from negotrack.domain import entries as e
from negotrack.domain.catalogue import BY_CLASS
from negotrack.domain.dates import span
from negotrack.errors import Failed
from negotrack.journal.files import SUFFIX

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable
    from pathlib import Path

    from negotrack.places import Places

_WRITE_BYTES = 1 << 22
"""How much is gathered before it is written to the files it belongs to."""

_ERRATA = frozenset(BY_CLASS[c].type for c in (e.EntryCorrected, e.EntryRetracted))
_WITHOUT_A_YEAR = frozenset(
    BY_CLASS[c].type
    for c in (e.NegotiationOpened, e.DelegationRegistered, e.IssueRaised, e.ProvisionRegistered)
)


class _Whereabouts(msgspec.Struct):
    """As much of an entry as says where it belongs; the rest of its line is passed over."""

    negotiation: str
    on: str
    session: str | None = None


_GLANCE = msgspec.json.Decoder(_Whereabouts)


def home(topic: str, line: bytes) -> str:
    """Return the file that an entry belongs to, relative to the events folder.

    It depends on the entry alone, so every clone puts it in the same place: by session where it has
    one, else by year; errata, and the names of delegations, issues and provisions, have files of
    their own.
    """
    entry = _GLANCE.decode(line)
    return _home(topic, entry.negotiation, entry.session, entry.on)


@lru_cache(maxsize=65_536)
def _home(topic: str, negotiation: str, session: str | None, on: str) -> str:
    kind = topic.partition("/")[0]
    if kind in _ERRATA:
        name = "errata"
    elif session is not None:
        name = session.replace("/", "-")
    elif kind in _WITHOUT_A_YEAR:
        name = "names"
    else:
        name = span(on).last[:4]
    return f"{negotiation.replace('/', '-')}/{name}{SUFFIX}"


def append(
    places: Places, entries: Iterable[tuple[str, bytes]], grew: Counter[str] | None = None
) -> int:
    """Append entries, given as (topic, line), to their files, durably; return how many.

    ``grew`` counts the bytes by which each file grew. A write that the disk refuses is cut back, so
    that no half line stays behind.
    """
    batches: dict[str, list[bytes]] = defaultdict(list)
    pending = count = 0
    for topic, line in entries:
        batches[home(topic, line)].append(line)
        count += 1
        pending += len(line)
        if pending > _WRITE_BYTES:
            _write_all(places, batches, grew)
            pending = 0
    _write_all(places, batches, grew)
    return count


def _write_all(places: Places, batches: dict[str, list[bytes]], grew: Counter[str] | None) -> None:
    for name, lines in sorted(batches.items()):
        path = places.events / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.parent.is_symlink():
                raise OSError(errno.ELOOP, f"{path.parent.name} is a link")  # noqa: TRY301
            data = b"\n".join(lines) + b"\n"
            _write(path, data)
            if grew is not None:
                grew[places.relative(path)] += len(data)
        except OSError as error:
            raise Failed(
                f"cannot write {places.relative(path)}: {error.strerror}; "
                "the entries are safe in the store",
                "mend that; the next command completes the journal",
            ) from error
    batches.clear()


def _write(path: Path, data: bytes) -> None:
    handle = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644
    )
    try:
        before = os.fstat(handle).st_size
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(handle, view) :]
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, before)
            raise
    finally:
        os.close(handle)
    if before == 0:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
