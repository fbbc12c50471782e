"""Keeping the index: new entries of the store become rows, in batches, with the position reached.

Each batch is one transaction with its tracking position, so a killed catch-up goes on where it
stopped. A correction or retraction adds versions to its whole family, worked out by the
specification.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from negotrack.domain.canonical import StoredEntry, decode_line, encode, id_of
from negotrack.domain.catalogue import BY_CLASS, RETIRED, NotAnEntry
from negotrack.domain.dates import span
from negotrack.domain.entry_types import type_of
from negotrack.domain.names import key
from negotrack.domain.register import NAMING, Register
from negotrack.domain.specification import versions
from negotrack.index.checkpoints.keeping import extend, patch
from negotrack.index.columns import COLUMNS, INSERT, Numbering, lean
from negotrack.index.file import damaged, run_all
from negotrack.index.schema import EVER, INDEXES, moment

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    from negotrack.domain.specification import EntryVersion
    from negotrack.index.checkpoints.keeping import Touched
    from negotrack.index.columns import Lean
    from negotrack.record.stores.protocol import Store

_BATCH = 5_000
_LOOKED_UP = 500  # ids in one query
_CACHE_KIB = 16_384
_NEGOTIATION, _LAST, _CELL = map(COLUMNS.split(", ").index, ("negotiation", "last", "cell"))
_KNOWN = COLUMNS.split(", ").index("known_from")  # and until when, which is the last column
_NAMING = frozenset(BY_CLASS[cls].tag for cls in NAMING)


def catch_up(db: sqlite3.Connection, store: Store, progress: Callable[[int], None]) -> int:
    """Bring the index up to the store's newest entry; return how many entries it took in."""
    (position,) = db.execute("SELECT position FROM tracking").fetchone()
    entries = store.after(position)
    taken = 0
    numbering = Numbering(db)
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    while batch := list(islice(entries, _BATCH)):
        db.execute("BEGIN IMMEDIATE")
        _Batch(db, store, numbering).take(batch)
        db.execute("COMMIT")
        taken += len(batch)
        progress(taken)
    db.execute("BEGIN IMMEDIATE")
    run_all(db, INDEXES)
    extend(db)
    db.execute("COMMIT")
    return taken


def _kept(seq: int, line: bytes) -> StoredEntry:
    try:
        return decode_line(line)
    except NotAnEntry as error:
        raise damaged(seq, error) from error


class _Batch:
    """Some entries on their way into the index, within the transaction that is open."""

    def __init__(self, db: sqlite3.Connection, store: Store, numbering: Numbering) -> None:
        self._db = db
        self._store = store
        self._numbering = numbering
        self._touched: set[Touched] = set()
        self._errata: list[Lean] = []
        self._renamed: set[str] = set()
        self._recorded: list[str] = []
        self._newest = dict(
            db.execute("SELECT negotiation, max(day) FROM checkpoint GROUP BY negotiation")
        )

    def take(self, lines: list[tuple[int, str, bytes]]) -> None:
        """Write the rows of new entries and what they change of others; note how far we are."""
        self._db.executemany(INSERT, self._rows(lines))
        self._db.executemany(
            "INSERT OR IGNORE INTO erratum VALUES (?, ?)", [(e.entry, e.id) for e in self._errata]
        )
        last = lines[-1][0]
        for root in self._roots(lines):
            self._renamed |= self._settle(root, last)
        for negotiation in sorted(self._renamed):
            self._write_names(negotiation)
        if self._touched:
            run_all(self._db, INDEXES)  # checkpoints are looked up by them
            patch(self._db, self._touched)
        self._db.execute(
            "UPDATE tracking SET position = ?, newest = max(newest, ?),"
            " oldest = CASE oldest WHEN '' THEN ?3 ELSE min(oldest, ?3) END",
            (last, max(self._recorded), min(self._recorded)),
        )

    def _rows(self, lines: list[tuple[int, str, bytes]]) -> Iterator[tuple[int | None, ...]]:
        """Yield the rows of lines, and set aside what has consequences beyond its row."""
        columns, is_checked = self._numbering.columns, bool(self._newest)
        for seq, topic, stored in lines:
            try:
                entry, line = self._read(seq, topic, stored)
                row = columns(seq, seq, line, entry)
            except (ValueError, RecursionError) as error:
                raise damaged(seq, error) from error
            self._recorded.append(entry.recorded_at)
            if entry.entry is not None:
                self._errata.append(entry)
            if entry.type in _NAMING:
                self._renamed.add(entry.negotiation)
            if is_checked:
                self._touch(row)
            yield row

    def _touch(self, row: tuple[int | None, ...]) -> None:
        """Note a stance that a checkpoint has, or should have."""
        negotiation, last, cell = row[_NEGOTIATION], row[_LAST], row[_CELL]
        assert negotiation is not None
        assert last is not None
        if cell is not None and last <= self._newest.get(negotiation, 0):
            self._touched.add((negotiation, cell, last))

    def _read(self, seq: int, topic: str, line: bytes) -> tuple[Lean, bytes]:
        """Return what the index reads of a line, and the line; of a retired version, both upcast.

        ``ValueError`` where the line does not say what its topic says.
        """
        entry = lean(line)
        if entry.type != topic:
            raise ValueError(f"a {entry.type} entry under the topic {topic[:100]}")
        if topic not in RETIRED:
            return entry, line
        kept = _kept(seq, line)
        upcast = b'{"id":"%s"%s' % (kept.id.encode(), encode(kept.entry).line[72:])
        self._revise(seq, upcast.decode())
        return lean(upcast), upcast

    def _revise(self, row: int, line: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO revision VALUES (?, ?)", (row, line))

    # -- families -----------------------------------------------------------------------------

    def _roots(self, lines: list[tuple[int, str, bytes]]) -> set[str]:
        """Return the entries at the root of every family that the batch touches."""
        touched = {erratum.entry for erratum in self._errata}
        if self._db.execute("SELECT 1 FROM erratum LIMIT 1").fetchone():
            ids = (id_of(line) for _, _, line in lines)
            while some := list(islice(ids, _LOOKED_UP)):
                about = f"SELECT about FROM erratum WHERE about IN ({','.join('?' * len(some))})"
                touched |= {row[0] for row in self._db.execute(about, some)}
        return {self._root(entry_id) for entry_id in touched if entry_id is not None}

    def _root(self, entry_id: str) -> str:
        above = "SELECT about FROM erratum WHERE id = ?"
        while row := self._db.execute(above, (entry_id,)).fetchone():
            entry_id = row[0]
        return entry_id

    def _settle(self, root: str, last: int) -> set[str]:
        """Write all versions of a family, up to the last number; return whose names it changes."""
        members = [member for i in self._family(root) for member in self._store.find(i, 1)]
        numbered = [(seq, _kept(seq, line)) for seq, line in members if seq <= last]
        seqs, family = {kept.id: seq for seq, kept in numbered}, [kept for _, kept in numbered]
        for seq in seqs.values():
            self._forget_versions(seq)
        for version in versions(family):
            self._write(seqs[version.id], version)
        return {kept.entry.negotiation for kept in family if isinstance(kept.entry, NAMING)}

    def _family(self, root: str) -> list[str]:
        family, fresh = [root], [root]
        while fresh:
            query = "SELECT id FROM erratum WHERE about = ? ORDER BY id"
            ids = [row[0] for row in self._db.execute(query, (fresh.pop(),))]
            family += ids
            fresh += ids
        return family

    def _forget_versions(self, seq: int) -> None:
        later = "seq = ? AND row < 0"
        for row in self._db.execute(f"SELECT * FROM entry WHERE {later}", (seq,)).fetchall():
            self._touch(row)
        self._db.execute(
            f"DELETE FROM revision WHERE row IN (SELECT row FROM entry WHERE {later})", (seq,)
        )
        self._db.execute(f"DELETE FROM entry WHERE {later}", (seq,))

    def _write(self, seq: int, version: EntryVersion) -> None:
        """Write a version; where it is not the last, what it is about has a past to look up."""
        until = EVER if version.known_until is None else moment(version.known_until)
        if version.first:
            self._db.execute("UPDATE entry SET known_until = ? WHERE row = ?", (until, seq))
            self._touch(self._db.execute("SELECT * FROM entry WHERE row = ?", (seq,)).fetchone())
        else:
            (lowest,) = self._db.execute("SELECT min(row) FROM entry").fetchone()
            line = _version_line(version)
            row = min(lowest, 0) - 1
            columns = self._numbering.columns(row, seq, line, lean(line))
            values = (*columns[:_KNOWN], moment(version.known_from), until)
            self._db.execute(INSERT, values)
            self._touch(values)
            if version.live.corrected_by:
                self._revise(row, line)
        if until != EVER:
            self._db.execute(
                "UPDATE cell SET rewritten = 1 WHERE n IN"
                " (SELECT cell FROM entry WHERE seq = ? AND (row = seq OR row < 0))",
                (seq,),
            )

    # -- names --------------------------------------------------------------------------------

    def _write_names(self, negotiation: str) -> None:
        """Write the register of a negotiation, as names and aliases to look up."""
        db = self._db
        ids = ",".join(str(self._numbering.words[type_of(tag)]) for tag in sorted(_NAMING))
        seqs = db.execute(
            "SELECT row FROM entry WHERE names IS NOT NULL AND row > 0"
            f" AND negotiation = ? AND type IN ({ids})",
            (self._numbering.words[negotiation],),
        ).fetchall()
        lines = self._store.lines(seq for (seq,) in seqs)
        naming = [_kept(seq, line) for (seq,), line in zip(seqs, lines, strict=True)]
        about = {i for kept in naming for i in self._family(kept.id)[1:]}
        errata = [_kept(seq, line) for i in about for seq, line in self._store.find(i, 1)]
        register = Register(negotiation, naming + errata)
        db.execute("DELETE FROM name WHERE negotiation = ?", (negotiation,))
        db.execute("DELETE FROM alias WHERE negotiation = ?", (negotiation,))
        db.executemany("INSERT INTO name VALUES (?,?,?,?,?,?,?,?,?)", _names(negotiation, register))
        for bearer in register:
            words = {bearer.name, *bearer.aliases, *([bearer.title] if bearer.title else [])}
            db.executemany(
                "INSERT OR IGNORE INTO alias VALUES (?,?,?,?)",
                [(negotiation, key(word), bearer.noun, bearer.name) for word in words],
            )


def _names(negotiation: str, register: Register) -> Iterable[tuple[str | None, ...]]:
    for bearer in register:
        days = register.days(bearer.name)
        when = span(days) if days else None
        detail = getattr(bearer.entry, "kind", "") or ", ".join(bearer.options)
        yield (
            negotiation, bearer.noun, bearer.name, bearer.title, detail,
            when.first if when else None, when.last if when else None,
            register.zone(bearer.name), bearer.id,
        )  # fmt: skip


def _version_line(version: EntryVersion) -> str:
    """Return a version as its line would be; it is no entry, so its id is not the line's hash."""
    body = msgspec.json.encode(version.live.entry, order="sorted").decode()
    return f'{{"id":"{version.id}",{body[1:]}'
