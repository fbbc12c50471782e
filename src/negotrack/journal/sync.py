"""Sync: the union of the two replicas of the record, the store and the journal.

Both only ever grow, so the union needs no order, can be interrupted anywhere and repeated at will.
A small file beside the store notes in what state both were last found in step; while that still
holds, sync has nothing to do and costs a few file statuses.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from negotrack.journal.appending import append
from negotrack.journal.files import Status, files
from negotrack.journal.reading import JournalFile
from negotrack.journal.sync_marker import SyncMarker, journal_now, read_marker, write_marker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from negotrack.domain.canonical import StoredEntry
    from negotrack.journal.reading import JournalLine
    from negotrack.places import Places
    from negotrack.record.application import Transaction
    from negotrack.record.stores.protocol import Store

_CHUNK = 2_000


class Synced(NamedTuple):
    """What a sync did: entries that the store took from the journal, and the journal from it."""

    absorbed: int = 0
    journaled: int = 0
    quarantined: tuple[str, ...] = ()


def sync(places: Places, store: Store, *, mend: bool = True) -> Synced:
    """Make store and journal hold the same entries. The caller holds the workspace lock."""
    marker = read_marker(places)
    now = journal_now(places)
    only_grew = marker.store == store.identity and marker.position <= store.last()
    grew = Counter[str]()
    if only_grew and marker.files == now:
        new = ((topic, line) for _, topic, line in store.after(marker.position))
        done = Synced(journaled=append(places, new, grew))
    else:
        done = _compare(places, store, grew, mend=mend)
    after = journal_now(places)
    if _are_only_ours(dict(now), dict(after), grew):
        write_marker(places, SyncMarker(store.identity, store.last(), after))
    return done


def _are_only_ours(
    before: dict[str, Status], after: dict[str, Status], grew: Mapping[str, int]
) -> bool:
    """Whether every change of the files since they were compared is one that sync made itself.

    Where it is not, somebody else wrote meanwhile: nothing is noted, and the next sync compares.
    """
    for name, status in after.items():
        was = before.get(name)
        size = was.size if was else 0
        untouched = status == was and name not in grew
        appended = status.size == size + grew.get(name, -1) and (
            not was or was.inode == status.inode
        )
        if not (untouched or appended):
            return False
    return before.keys() <= after.keys()


def _compare(places: Places, store: Store, grew: Counter[str], *, mend: bool) -> Synced:
    quarantined: list[str] = []
    with store.transaction() as batch:
        for file in _journal(places):
            for entry in _unknown(file, batch):
                batch.append(entry)
            if mend:
                quarantined += _heal(places, file, grew)
    missing = store.missing_from(line.id for file in _journal(places) for line in file.lines())
    journaled = append(places, missing, grew)
    return Synced(batch.taken, journaled, tuple(quarantined))


def _journal(places: Places) -> Iterator[JournalFile]:
    for path, _ in files(str(places.events)):
        yield JournalFile(places, Path(path))


def _unknown(file: JournalFile, batch: Transaction) -> Iterator[StoredEntry]:
    chunk: list[JournalLine] = []
    for line in file.lines():
        chunk.append(line)
        if len(chunk) == _CHUNK:
            yield from _new_entries(file, batch, chunk)
            chunk = []
    yield from _new_entries(file, batch, chunk)


def _new_entries(
    file: JournalFile, batch: Transaction, chunk: list[JournalLine]
) -> Iterator[StoredEntry]:
    """Yield the entries that are new; a line may stand twice after a merge."""
    known = batch.known_ids([line.id for line in chunk])
    for line in chunk:
        if line.id not in known:
            known.add(line.id)
            yield file.unseal(line)


def _heal(places: Places, file: JournalFile, grew: Counter[str]) -> Iterator[str]:
    """End an open last line; move a torn one into quarantine and say where."""
    if file.torn is not None:
        places.quarantine.mkdir(exist_ok=True)
        name = places.relative(file.path).replace("/", "-")
        shelter = places.quarantine / f"{name}.{file.torn.offset}"
        _write_durably(shelter, file.torn.data)
        os.truncate(file.path, file.torn.offset)
        grew[places.relative(file.path)] -= len(file.torn.data)
        yield str(shelter)
    elif file.ends_open:
        with file.path.open("ab") as open_file:
            open_file.write(b"\n")
        grew[places.relative(file.path)] += 1


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
