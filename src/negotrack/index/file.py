"""The index file: opened, recognised, made anew where it is of another store or layout."""

import os
import sqlite3
from typing import TYPE_CHECKING, Self

from negotrack.errors import THE_JOURNAL_HAS_IT, Damaged
from negotrack.index.schema import APPLICATION_ID, LAYOUT, TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from negotrack.record.stores.protocol import Store


class IndexFile:
    """An index file, opened; made empty where there is none or where it is of another layout.

    ``db`` is its connection, ``store`` the store that it indexes: the words of entries are read
    from there.
    """

    def __init__(self, path: "Path", store: "Store", db: sqlite3.Connection) -> None:
        """Take an open connection to an index that fits the store."""
        self.path, self.store, self.db = path, store, db

    @classmethod
    def make(cls, path: "Path", store: "Store") -> Self:
        """Open the index of a store, made anew where there is none that fits."""
        file = cls.fitting(path, store)
        if file is None:
            remove(path)
            file = cls(path, store, _opened(path))
            file._lay_out()
        return file

    @classmethod
    def fitting(cls, path: "Path", store: "Store") -> Self | None:
        """Open the index if there is one of this store and layout; None, and no change, if not."""
        if not path.exists():
            return None
        file = cls(path, store, _opened(path))
        if file._fits():
            return file
        file.close()
        return None

    def _fits(self) -> bool:
        try:
            (application,) = self.db.execute("PRAGMA application_id").fetchone()
            (layout,) = self.db.execute("PRAGMA user_version").fetchone()
            if (application, layout) != (APPLICATION_ID, LAYOUT):
                return False
            # What is lost of an index is made anew, so it waits no more than that nothing is torn.
            self.db.execute("PRAGMA synchronous = NORMAL")
            identity = self.db.execute("SELECT store FROM tracking").fetchone()
        except sqlite3.DatabaseError:
            return False
        return bool(identity == (self.store.identity,))

    def _lay_out(self) -> None:
        # Losing the index costs a rebuild and no entry, so it need not wait for the disk.
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute("BEGIN")
        run_all(self.db, TABLES)
        self.db.execute("INSERT INTO tracking VALUES (?, 0, '', '', 0)", (self.store.identity,))
        self.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self.db.execute(f"PRAGMA user_version = {LAYOUT}")
        self.db.execute("COMMIT")

    def position(self) -> int:
        """Return the notification id up to which the index is caught up."""
        (position,) = self.db.execute("SELECT position FROM tracking").fetchone()
        return int(position)

    def oldest(self) -> str:
        """Return the earliest recorded_at of the record, empty for none."""
        (oldest,) = self.db.execute("SELECT oldest FROM tracking").fetchone()
        return str(oldest)

    def newest(self) -> str:
        """Return the latest recorded_at of the record, empty for none."""
        (newest,) = self.db.execute("SELECT newest FROM tracking").fetchone()
        return str(newest)

    def word(self, word: str) -> int:
        """Return the number of a word; one that is no word's where the record has not seen it."""
        row = self.db.execute("SELECT n FROM word WHERE word = ?", (word,)).fetchone()
        return row[0] if row else -1

    def close(self) -> None:
        """Close the file."""
        self.db.close()


def _opened(path: "Path") -> sqlite3.Connection:
    return sqlite3.connect(os.fspath(path), isolation_level=None, timeout=20)


def damaged(seq: int, error: Exception) -> Damaged:
    """Return what to raise for an entry of the store that cannot be read."""
    return Damaged(
        f"entry number {seq} of the store is damaged: {error}",
        THE_JOURNAL_HAS_IT,
    )


def run_all(db: sqlite3.Connection, statements: str) -> None:
    """Run statements inside the transaction that is open."""
    for statement in statements.split(";\n"):
        db.execute(statement)


def remove(path: "Path") -> None:
    """Remove an index file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
