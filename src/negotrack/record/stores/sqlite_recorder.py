"""The SQLite recorder: the library's, with batches, one long transaction, and atomic creation."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore

from negotrack.record.stores.sqlite_ids import IdIndex
from negotrack.record.stores.sqlite_layout import CHUNK, EVENTS, ID, MARKS, ids_among

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from eventsourcing.persistence import StoredEvent
    from eventsourcing.sqlite import SQLiteCursor

_CACHE_KIB = 16_384
"""Page cache of a writing connection, and what it sorts ids in."""

_LOCK_SECONDS = 20

_AT_ONCE = 2_000
"""Lines that are read at a time."""


class StoredRow(NamedTuple):
    """A row of the store, which is a stored event as the library knows it."""

    originator_id: str
    originator_version: int
    topic: str
    state: bytes


class EntryRecorder(SQLiteApplicationRecorder):
    """Records batches of events inside one transaction, and finds entries by their ids in it."""

    _open: SQLiteCursor | None = None
    _index: IdIndex

    @contextmanager
    def one_transaction(self, *, commit: bool) -> Iterator[None]:
        """Let every insertion until the end of the body be committed together or not at all."""
        with self.datastore.transaction(commit=commit) as cursor:
            cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            self._open, self._index = cursor, IdIndex(cursor.sqlite_cursor)
            try:
                yield
                if commit:
                    self._index.complete()
            finally:
                self._open = None

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        """Insert a batch of rows, in the transaction that is open or in one of its own."""
        if self._open is not None:
            self._insert_events(self._open, stored_events, **kwargs)
            self._index.grew([event.state for event in stored_events])
        else:
            super().insert_events(stored_events, **kwargs)

    def _insert_events(
        self, c: SQLiteCursor, stored_events: Sequence[StoredEvent], **_: Any
    ) -> None:
        c.executemany(self.insert_events_statement, stored_events)

    def _rows(self, query: str, *values: object) -> list[Any]:
        if self._open is not None:
            self._open.execute(query, values)
            return list(self._open.fetchall())
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())

    def last_version(self, stream: str) -> int:
        """Return the version of the newest event of a stream, 0 for none."""
        query = f"SELECT max(originator_version) FROM {EVENTS} WHERE originator_id = ?"
        return self._rows(query, stream)[0][0] or 0

    def line(self, entry_id: str) -> bytes | None:
        """Return the line of the entry with this id."""
        if self._open is not None:
            self._index.complete()
        rows = self._rows(f"SELECT state FROM {EVENTS} WHERE {ID} = ?", entry_id.encode())
        return bytes(rows[0][0]) if rows else None

    def lines(self) -> Iterator[bytes]:
        """Yield the line of every entry, in the order in which they were recorded."""
        query = f"SELECT rowid, state FROM {EVENTS} WHERE rowid > ? ORDER BY rowid LIMIT {_AT_ONCE}"
        position = 0
        while rows := self._rows(query, position):
            position = rows[-1][0]
            yield from (bytes(row[1]) for row in rows)

    def known_ids(self, ids: Collection[str]) -> set[str]:
        """Return those of the ids whose entries are in the store."""
        known: set[str] = set()
        if self._open is not None:
            if not self._index.is_needed(ids):
                return known
            self._index.complete()
        encoded = [i.encode() for i in ids]
        for start in range(0, len(encoded), CHUNK):
            chunk = encoded[start : start + CHUNK]
            rows = self._rows(ids_among(len(chunk)), *chunk)
            known.update(bytes(row[0]).decode() for row in rows)
        return known

    def states(self, streams: Sequence[str]) -> list[bytes]:
        """Return the lines of some streams, those of each in order."""
        lines: list[bytes] = []
        for start in range(0, len(streams), CHUNK):
            chunk = streams[start : start + CHUNK]
            among = f"originator_id IN ({','.join('?' * len(chunk))})"
            query = f"SELECT state FROM {EVENTS} WHERE {among} ORDER BY rowid"
            lines += (bytes(row[0]) for row in self._rows(query, *chunk))
        return lines


def make_store_file(path: Path) -> None:
    """Make an empty store: whole or not at all, so a killed maker leaves no half file."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.unlink(missing_ok=True)
    datastore = _datastore(beside)
    EntryRecorder(datastore).create_table()
    datastore.close()
    db = sqlite3.connect(os.fspath(beside), isolation_level=None)
    try:
        for statement in MARKS:
            db.execute(statement)
    finally:
        db.close()
    beside.replace(path)


def open_recorder(path: Path) -> EntryRecorder:
    """Return a recorder over a store file that exists."""
    return EntryRecorder(_datastore(path))


def _datastore(path: Path) -> SQLiteDatastore:
    return SQLiteDatastore(os.fspath(path), lock_timeout=_LOCK_SECONDS, originator_id_type="text")
