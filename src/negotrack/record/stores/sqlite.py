"""The store as a SQLite file: how it is recognised, read and written.

Reading needs neither the library nor a decoded entry.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from negotrack.errors import Cure, Damaged
from negotrack.record.stores.sqlite_layout import APPLICATION_ID, CHUNK, EVENTS, ID, LAYOUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from negotrack.record.application import Transaction

_BATCH = 2_000


def _cure(path: Path) -> Cure:
    return Cure.by(
        "rebuild-store",
        f"set {path.name} aside and make it anew from the journal",
        does=f"sets {path.name} aside and makes it anew from the journal",
    )


def _bytes(state: bytes | str) -> bytes:
    """Return a state as bytes; one that was tampered with may be text."""
    return state.encode() if isinstance(state, str) else bytes(state)


class SqliteStore:
    """A store in a SQLite file; see :class:`~negotrack.record.stores.protocol.Store`.

    It reads by a connection of its own. Writing goes through the event-sourced application, which
    is imported when something is written.
    """

    def __init__(self, path: Path) -> None:
        """Open the file and recognise it; :class:`~negotrack.errors.Damaged` where it is not ours.

        The path is absolute, so SQLite takes it neither for a URI nor for memory.
        """
        self.path, self.name = path, path.name
        if path.stat().st_size == 0:
            raise Damaged(f"the store {path} is empty", _cure(path))
        self._db = sqlite3.connect(os.fspath(path), isolation_level=None)
        try:
            self._recognise()
        except sqlite3.DatabaseError as error:
            self._db.close()
            if isinstance(error, sqlite3.OperationalError) and "no such" not in str(error):
                raise
            raise Damaged(f"the store {path} is damaged: {error}", _cure(path)) from error
        except Damaged:
            self._db.close()
            raise

    def _recognise(self) -> None:
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        (layout,) = self._db.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise Damaged(
                f"{self.path} is not a store of negotrack: another program made it",
                _cure(self.path),
            )
        if layout > LAYOUT:
            raise Damaged(f"the store {self.path} is of a newer negotrack", "use that release")
        marked = self._db.execute("SELECT identity FROM store").fetchone()
        if marked is None:
            raise Damaged(f"the store {self.path} is damaged: it has no identity", _cure(self.path))
        (self.identity,) = marked
        self.last()

    def last(self) -> int:
        """Return the notification id of the newest entry, 0 for none."""
        (last,) = self._db.execute(f"SELECT max(rowid) FROM {EVENTS}").fetchone()
        return last or 0

    def count(self) -> int:
        """Return the number of entries."""
        (count,) = self._db.execute(f"SELECT count(*) FROM {EVENTS}").fetchone()
        return int(count)

    def after(self, position: int) -> Iterator[tuple[int, str, bytes]]:
        """Yield (notification id, topic, line) of the entries after a position, in order."""
        rest = f"WHERE rowid > ? ORDER BY rowid LIMIT {_BATCH}"
        query = f"SELECT rowid, topic, state FROM {EVENTS} {rest}"
        while rows := self._db.execute(query, (position,)).fetchall():
            for row in rows:
                if isinstance(row[2], str):
                    raise Damaged(
                        f"{self.path.name} number {row[0]} is damaged: it is text, not bytes",
                        Cure.by(
                            "rebuild-store",
                            "make the store anew from the journal",
                            does="makes the store anew from the journal",
                        ),
                    )
                yield row[0], row[1], bytes(row[2])
            position = rows[-1][0]

    def lines(self, positions: Iterable[int]) -> Iterator[bytes]:
        """Yield the lines of the given notification ids, in the order given.

        They are looked up some at a time; ``KeyError`` where there is no such entry.
        """
        rest = iter(positions)
        while some := list(islice(rest, CHUNK)):
            query = f"SELECT rowid, state FROM {EVENTS} WHERE rowid IN ({','.join(map(str, some))})"
            by_position = dict(self._db.execute(query))
            yield from (_bytes(by_position[position]) for position in some)

    def find(self, prefix: str, limit: int = 10) -> list[tuple[int, bytes]]:
        """Return (notification id, line) of entries whose id begins with a prefix."""
        within = f"{ID} >= ? AND {ID} < ?"
        rows = self._db.execute(
            f"SELECT rowid, state FROM {EVENTS} WHERE {within} ORDER BY {ID} LIMIT ?",
            (prefix.encode(), prefix.encode() + b"g", limit),
        )
        return [(row[0], _bytes(row[1])) for row in rows]

    def missing_from(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield (topic, line) of the entries whose ids are not among those given.

        The ids are put into a temporary table, so memory does not grow with their number.
        """
        self._db.execute("CREATE TEMP TABLE seen (id BLOB PRIMARY KEY) WITHOUT ROWID")
        try:
            self._db.execute("BEGIN")
            self._db.executemany(
                "INSERT OR IGNORE INTO seen VALUES (?)", ((i.encode(),) for i in ids)
            )
            self._db.execute("COMMIT")
            missing = f"WHERE {ID} NOT IN (SELECT id FROM seen) ORDER BY rowid"
            rows = self._db.execute(f"SELECT topic, state FROM {EVENTS} {missing}")
            for row in rows:
                yield row[0], _bytes(row[1])
        finally:
            self._db.execute("DROP TABLE seen")

    def faults(self) -> list[str]:
        """Return what the database finds wrong with its own file."""
        messages = [row[0] for row in self._db.execute("PRAGMA integrity_check(3)")]
        return [] if messages == ["ok"] else messages

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[Transaction]:
        """Take in entries until the end of the body; all of them are committed, or none.

        Without ``keep`` everything is tried and nothing committed.
        """
        from negotrack.record.application import RecordApplication
        from negotrack.record.stores.sqlite_recorder import open_recorder

        application = RecordApplication(open_recorder(self.path))
        try:
            with application.transaction(keep=keep) as transaction:
                yield transaction
        finally:
            application.close()

    def close(self) -> None:
        """Close the connection."""
        self._db.close()
