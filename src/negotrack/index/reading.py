"""Reading the index: slices of rows by target, delegation, session and day, and names."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from negotrack.index.rows import COLUMNS, ORDER, Row
from negotrack.index.schema import APPLICATION_ID, LAYOUT, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COLUMNS = ", ".join(COLUMNS)


class Filter(NamedTuple):
    """Which entries a question is about; None means any. Names are resolved already.

    ``as_of`` is a day: only entries whose last day is on or before it count. ``target`` takes in
    what lies below it (``art-6`` takes in ``art-6/2``). ``source`` is looked for in the address,
    title and publisher of the sources, letter case aside.
    """

    negotiation: str
    as_of: str
    session: str | None = None
    by: str | None = None
    target: str | None = None
    type: str | None = None
    source: str | None = None


class Found(NamedTuple):
    """A name of the record: what it is, and the days of it where it is a session."""

    noun: str
    name: str
    title: str
    detail: str
    first: str | None
    last: str | None
    id: str


class Index:
    """An index file, opened; made empty where there is none or where it is of another layout."""

    def __init__(self, path: Path, store: str) -> None:
        """Open the index of the store with this identity."""
        self.path = path
        self.db = self._opened(path)
        if not self._fits(store):
            self.db.close()
            remove(path)
            self.db = self._opened(path)
            self._make(store)

    @classmethod
    def fitting(cls, path: Path, store: str) -> Self | None:
        """Open the index if there is one of this store and layout; None, and no change, if not."""
        if not path.exists():
            return None
        index = cls.__new__(cls)
        index.path, index.db = path, cls._opened(path)
        if index._fits(store):  # noqa: SLF001 - it is one of its own
            return index
        index.close()
        return None

    def _fits(self, store: str) -> bool:
        try:
            (application,) = self.db.execute("PRAGMA application_id").fetchone()
            (layout,) = self.db.execute("PRAGMA user_version").fetchone()
            if (application, layout) != (APPLICATION_ID, LAYOUT):
                return False
            return bool(self.db.execute("SELECT store FROM tracking").fetchone() == (store,))
        except sqlite3.DatabaseError:
            return False

    @staticmethod
    def _opened(path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(os.fspath(path), isolation_level=None, timeout=20)
        db.create_function("mentions", 2, mentions, deterministic=True)
        return db

    def _make(self, store: str) -> None:
        # Losing the index costs a rebuild and no entry, so it need not wait for the disk.
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute("BEGIN")
        run_all(self.db, TABLES)
        self.db.execute("INSERT INTO tracking VALUES (?, 0)", (store,))
        self.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self.db.execute(f"PRAGMA user_version = {LAYOUT}")
        self.db.execute("COMMIT")

    def position(self) -> int:
        """Return the notification id up to which the index is caught up."""
        (position,) = self.db.execute("SELECT position FROM tracking").fetchone()
        return int(position)

    def rows(self, wanted: Filter) -> Iterator[Row]:
        """Yield the effective entries that a filter asks for, in the order of the design."""
        where, values = _where(wanted)
        counting = f"live AND last <= :as_of AND {where}"
        query = f"SELECT {_COLUMNS} FROM entry WHERE {counting} ORDER BY {ORDER}"
        return map(Row._make, self.db.execute(query, values))

    def possible(self, wanted: Filter) -> int:
        """Count the entries that may have happened by the day: begun, but not certainly over."""
        where, values = _where(wanted)
        query = (
            "SELECT count(*) FROM entry"
            f" WHERE live AND first <= :as_of AND last > :as_of AND {where}"
        )
        (count,) = self.db.execute(query, values).fetchone()
        return int(count)

    def recorded(self, negotiation: str) -> Iterator[int]:
        """Yield the numbers of all entries of a negotiation, by recorded_at and id."""
        query = "SELECT seq FROM entry WHERE negotiation = ? ORDER BY recorded_at, id"
        return (row[0] for row in self.db.execute(query, (negotiation,)))

    def alike(self, row: Row) -> list[int]:
        """Return the numbers of the entries that may say the same, before any correction."""
        same = "live AND negotiation = :negotiation AND type = :type"
        query = (
            f"SELECT seq FROM entry WHERE {same} AND on_ = :on AND last = :last"
            " AND holder IS :holder AND target IS :target AND names IS :names"
            f" UNION SELECT seq FROM entry WHERE {same} AND corrected"
        )
        return [found[0] for found in self.db.execute(query, row._asdict())]

    def family(self, entry_id: str) -> list[str]:
        """Return the ids of an entry, of its corrections and retractions, and of theirs."""
        family = [entry_id]
        for about in family:
            query = "SELECT id FROM erratum WHERE about = ? ORDER BY id"
            family += [row[0] for row in self.db.execute(query, (about,))]
        return family

    def newest(self) -> str:
        """Return the latest recorded_at of the record, empty for none."""
        return self.db.execute("SELECT max(recorded_at) FROM entry").fetchone()[0] or ""

    def counts(self) -> list[tuple[str, str, int]]:
        """Return (negotiation, type, number of entries), sorted."""
        query = "SELECT negotiation, type, count(*) FROM entry GROUP BY 1, 2 ORDER BY 1, 2"
        return self.db.execute(query).fetchall()

    def negotiations(self) -> list[str]:
        """Return the slugs of the negotiations."""
        query = "SELECT negotiation FROM name WHERE noun = 'negotiation' ORDER BY 1"
        return [row[0] for row in self.db.execute(query)]

    def names(self, negotiation: str, *nouns: str) -> list[Found]:
        """Return everything that has a name, or what is of one of the nouns, sorted by name."""
        query = (
            "SELECT noun, name, title, detail, first, last, id FROM name"
            " WHERE negotiation = ? ORDER BY noun, name"
        )
        found = map(Found._make, self.db.execute(query, (negotiation,)))
        return [f for f in found if not nouns or f.noun in nouns]

    def named(self, negotiation: str, key: str, nouns: tuple[str, ...]) -> list[Found]:
        """Return what is known by a name or alias, compared without letter case."""
        query = (
            "SELECT n.noun, n.name, n.title, n.detail, n.first, n.last, n.id"
            " FROM alias a JOIN name n ON n.negotiation = a.negotiation AND n.name = a.name"
            " WHERE a.negotiation = ? AND a.key = ? ORDER BY n.name"
        )
        found = map(Found._make, self.db.execute(query, (negotiation, key)))
        return [f for f in found if f.noun in nouns]

    def close(self) -> None:
        """Close the file."""
        self.db.close()


def _where(wanted: Filter) -> tuple[str, dict[str, Any]]:
    parts = ["negotiation = :negotiation"]
    if wanted.session is not None:
        parts.append("session = :session")
    if wanted.by is not None:
        parts.append("(holder = :by OR by_ = :by)")
    if wanted.target is not None:
        parts.append(
            "(target = :target OR names = :target"
            " OR (target >= :target || '/' AND target < :target || '0')"
            " OR (names >= :target || '/' AND names < :target || '0'))"
        )
    if wanted.type is not None:
        parts.append("type = :type")
    if wanted.source is not None:
        parts.append("mentions(sources, :source)")
    return " AND ".join(parts), wanted._asdict()


def mentions(sources: str, text: str) -> bool:
    """Whether a source's address, title or publisher contains a text, letter case aside."""
    import json  # noqa: PLC0415 - only a filter by source pays for it

    wanted = text.casefold()
    return any(
        wanted in source.get(part, "").casefold()
        for source in json.loads(sources)
        for part in ("address", "title", "publisher")
    )


def run_all(db: sqlite3.Connection, statements: str) -> None:
    """Run statements inside the transaction that is open."""
    for statement in statements.split(";\n"):
        db.execute(statement)


def remove(path: Path) -> None:
    """Remove an index file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
