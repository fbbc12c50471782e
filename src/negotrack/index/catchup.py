"""Keeping the index: new entries of the store become rows, in batches, with the position reached.

Each batch is one transaction with its tracking position, so a killed catch-up goes on where it
stopped. A correction or retraction changes the rows of its whole family, worked out by the law.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from negotrack.domain.catalogue import BY_CLASS, NotAnEntry, kind_of
from negotrack.domain.dates import span
from negotrack.domain.entries import DocumentSigned, Erratum, SessionRescheduled, StanceTaken
from negotrack.domain.lines import Kept, reopen
from negotrack.domain.names import key
from negotrack.domain.register import NAMING, Register
from negotrack.domain.replay import Effective, effective
from negotrack.domain.summary import source, summary
from negotrack.errors import Damaged
from negotrack.index.reading import run_all
from negotrack.index.rows import COLUMNS, Row
from negotrack.index.schema import INDEXES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from negotrack.domain.entries import Entry
    from negotrack.record.store import Store

_BATCH = 20_000
_CACHE_KIB = 65_536
_VALUES = f"INTO entry VALUES ({','.join('?' * len(COLUMNS))})"


def row_of(seq: int, found: Effective, *, live: bool = True) -> Row:
    """Return the typed columns of an entry."""
    entry, kind = found.entry, kind_of(found.entry)
    when = span(entry.on)
    stance = entry if isinstance(entry, StanceTaken) else None
    return Row(
        seq=seq,
        id=found.id,
        live=live,
        negotiation=entry.negotiation,
        type=kind.type,
        on=entry.on,
        first=when.first,
        last=when.last,
        at=entry.at or "",
        order=entry.order or 0,
        recorded_at=entry.recorded_at,
        recorded_by=entry.recorded_by,
        session=entry.session,
        by=entry.by,
        for_=entry.for_,
        target=entry.target,
        names=_subject(entry),
        holder=entry.for_ or entry.by,
        stance=None if stance is None else stance.stance,
        option=None if stance is None else stance.option,
        via=None if stance is None else stance.aligned_with,
        condition=None if stance is None else stance.condition,
        reason=None if stance is None else stance.reason,
        confidence=entry.confidence,
        summary=summary(entry),
        source=source(entry),
        sources=msgspec.json.encode(entry.sources).decode(),
        note=entry.note,
        corrected=bool(found.corrected_by),
    )


def _subject(entry: Entry) -> str | None:
    field = kind_of(entry).names
    if field is not None:
        return str(getattr(entry, field))
    if isinstance(entry, DocumentSigned):
        return entry.document
    if isinstance(entry, SessionRescheduled):
        return entry.session
    group = getattr(entry, "group", None)
    return None if group is None else str(group)


def catch_up(db: sqlite3.Connection, store: Store, progress: Callable[[int], None]) -> int:
    """Bring the index up to the store's newest entry; return how many entries it took in."""
    (position,) = db.execute("SELECT position FROM tracking").fetchone()
    entries = store.after(position)
    taken = 0
    db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    while batch := list(islice(entries, _BATCH)):
        _take(db, store, [(seq, _kept(seq, line)) for seq, _, line in batch])
        db.execute("UPDATE tracking SET position = ?", (batch[-1][0],))
        db.execute("COMMIT")
        taken += len(batch)
        progress(taken)
    db.execute("BEGIN IMMEDIATE")
    run_all(db, INDEXES)
    db.execute("COMMIT")
    return taken


def _kept(seq: int, line: bytes) -> Kept:
    try:
        return reopen(line)
    except NotAnEntry as error:
        raise Damaged(
            f"entry number {seq} of the store is damaged: {error}",
            "run `negotrack rebuild --store`: the journal has it",
        ) from error


def _take(db: sqlite3.Connection, store: Store, batch: list[tuple[int, Kept]]) -> None:
    db.execute("BEGIN IMMEDIATE")
    db.executemany(
        f"INSERT {_VALUES}", (row_of(seq, Effective(kept.id, kept.entry)) for seq, kept in batch)
    )
    errata = [(k.id, k.entry) for _, k in batch if isinstance(k.entry, Erratum)]
    db.executemany(
        "INSERT OR IGNORE INTO erratum VALUES (?, ?)",
        ((erratum.entry, erratum_id) for erratum_id, erratum in errata),
    )
    _settle(db, store, _roots(db, batch, errata), last=batch[-1][0])
    named = {k.entry.negotiation for _, k in batch if isinstance(k.entry, NAMING)}
    for negotiation in named | {erratum.negotiation for _, erratum in errata}:
        _write_names(db, store, negotiation)


def _roots(
    db: sqlite3.Connection, batch: list[tuple[int, Kept]], errata: list[tuple[str, Erratum]]
) -> set[str]:
    """Return the entries at the root of every family that the batch touches."""
    touched = {erratum.entry for _, erratum in errata}
    if db.execute("SELECT 1 FROM erratum LIMIT 1").fetchone():
        abouts = (
            db.execute("SELECT 1 FROM erratum WHERE about = ?", (kept.id,)).fetchone()
            for _, kept in batch
        )
        touched |= {kept.id for (_, kept), about in zip(batch, abouts, strict=True) if about}
    return {_root(db, entry_id) for entry_id in touched}


def _root(db: sqlite3.Connection, entry_id: str) -> str:
    while above := db.execute("SELECT about FROM erratum WHERE id = ?", (entry_id,)).fetchone():
        entry_id = above[0]
    return entry_id


def _settle(db: sqlite3.Connection, store: Store, roots: Iterable[str], *, last: int) -> None:
    """Write the rows of whole families as the law says they count, up to the last number."""
    for root in roots:
        members = [found for i in _family(db, root) for found in store.find(i, 1)]
        family = {seq: _kept(seq, line) for seq, line in members if seq <= last}
        counting = {found.id: found for found in effective(family.values())}
        for seq, kept in family.items():
            found = counting.get(kept.id)
            row = row_of(seq, found or Effective(kept.id, kept.entry), live=found is not None)
            db.execute(f"INSERT OR REPLACE {_VALUES}", row)


def _family(db: sqlite3.Connection, root: str) -> list[str]:
    family, fresh = [root], [root]
    while fresh:
        above = fresh.pop()
        found = [r[0] for r in db.execute("SELECT id FROM erratum WHERE about = ?", (above,))]
        family += found
        fresh += found
    return family


def _write_names(db: sqlite3.Connection, store: Store, negotiation: str) -> None:
    """Write the register of a negotiation, as names and aliases to look up."""
    types = tuple(BY_CLASS[cls].type for cls in NAMING)
    marks = ",".join("?" * len(types))
    seqs = db.execute(
        f"SELECT seq FROM entry WHERE negotiation = ? AND type IN ({marks})", (negotiation, *types)
    ).fetchall()
    naming = [
        _kept(seq, line) for (seq,), line in zip(seqs, store.lines(s for (s,) in seqs), strict=True)
    ]
    ids = {i for kept in naming for i in _family(db, kept.id)[1:]}
    errata = [_kept(seq, line) for i in ids for seq, line in store.find(i, 1)]
    register = Register(negotiation, naming + errata)
    db.execute("DELETE FROM name WHERE negotiation = ?", (negotiation,))
    db.execute("DELETE FROM alias WHERE negotiation = ?", (negotiation,))
    for found in register:
        days = register.days(found.name)
        when = span(days) if days else None
        detail = getattr(found.entry, "kind", "") or ", ".join(found.options)
        db.execute(
            "INSERT INTO name VALUES (?,?,?,?,?,?,?,?)",
            (negotiation, found.noun, found.name, found.title, detail)
            + ((when.first, when.last) if when else (None, None))
            + (found.id,),
        )
        words = {found.name, *found.aliases, *([found.title] if found.title else [])}
        db.executemany(
            "INSERT OR IGNORE INTO alias VALUES (?,?,?,?)",
            ((negotiation, key(word), found.noun, found.name) for word in words),
        )
