"""Keeping checkpoints: made as a record grows, and brought up to date by what comes in late."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING

from negotrack.index.checkpoints.matrix import (
    ABSENT,
    INT,
    NEWEST,
    ORDER,
    last_cell,
    lay_out,
    numbers_of,
)
from negotrack.index.schema import EVER

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator

EVERY = 8_192
"""Stances between two checkpoints: a few milliseconds of replay."""

_MOST_PATCHED = 2_000
_ROOM = 1_024
_SECOND = 1_000_000
_SECONDS = f"min(max((known_from + {_SECOND - 1}) / {_SECOND}, 0), {0xFFFF_FFFF})"
"""The first whole second at which something is known; never before 1970."""

Touched = tuple[int, int, int]
"""A negotiation, a cell of it, and the day from which the cell may have changed."""


def patch(db: sqlite3.Connection, touched: Collection[Touched]) -> None:
    """Bring the checkpoints up to date with cells that changed at or before their day."""
    earliest: dict[int, int] = {}
    for negotiation, _, last in touched:
        earliest[negotiation] = min(last, earliest.get(negotiation, last))
    for negotiation, first in earliest.items():
        own = {(cell, last) for n, cell, last in touched if n == negotiation}
        if len(own) > _MOST_PATCHED:
            query = "DELETE FROM checkpoint WHERE negotiation = ? AND day >= ?"
            db.execute(query, (negotiation, first))
            db.execute("UPDATE tracking SET extended = 0")
        else:
            _patch(db, negotiation, first, own)


def _patch(
    db: sqlite3.Connection, negotiation: int, first: int, changed: set[tuple[int, int]]
) -> None:
    winner = (
        f"SELECT code + 1, {_SECONDS} FROM entry WHERE cell = ? AND last <= ?"
        f" AND known_until = {EVER} ORDER BY {NEWEST} LIMIT 1"
    )
    query = "SELECT rowid, day, length(codes) FROM checkpoint WHERE negotiation = ? AND day >= ?"
    for row, day, length in db.execute(query, (negotiation, first)).fetchall():
        for cell, last in changed:
            if last > day:
                continue
            if (cell + 1) * INT > length:
                length = _lengthen(db, row, cell)  # noqa: PLW2901 - it is longer now
            stance, known = db.execute(winner, (cell, day)).fetchone() or (ABSENT, 0)
            _put(db, "codes", row, cell, array("i", [stance]))
            _put(db, "knowns", row, cell, array("I", [known]))


def _put(db: sqlite3.Connection, column: str, row: int, cell: int, value: array[int]) -> None:
    with db.blobopen("checkpoint", column, row) as blob:
        blob.seek(cell * INT)
        blob.write(value.tobytes())


def _lengthen(db: sqlite3.Connection, row: int, cell: int) -> int:
    query = "SELECT codes, knowns FROM checkpoint WHERE rowid = ?"
    blobs = db.execute(query, (row,)).fetchone()
    length = _padded(cell + 1) * INT
    longer = [bytes(blob).ljust(length, b"\0") for blob in blobs]
    db.execute("UPDATE checkpoint SET codes = ?, knowns = ? WHERE rowid = ?", (*longer, row))
    return length


def _padded(cells: int) -> int:
    return -(-cells // _ROOM) * _ROOM


def extend(db: sqlite3.Connection) -> None:
    """Make the checkpoints that are due after the newest one, for each negotiation.

    To count what is due would cost a single entry more than all the rest, so it is only done when
    enough entries came in since it was done last, or where checkpoints were thrown away.
    """
    position, extended = db.execute("SELECT position, extended FROM tracking").fetchone()
    if position - extended < EVERY:
        return
    db.execute("UPDATE tracking SET extended = position")
    for (negotiation,) in db.execute("SELECT DISTINCT negotiation FROM cell").fetchall():
        _keep_layout(db, negotiation)
        newest = "SELECT max(day) FROM checkpoint WHERE negotiation = ?"
        (day,) = db.execute(newest, (negotiation,)).fetchone()
        after = "SELECT count(*) FROM entry WHERE cell IS NOT NULL AND negotiation = ? AND last > ?"
        (due,) = db.execute(after, (negotiation, day or 0)).fetchone()
        if due > 2 * EVERY:
            db.executemany(
                "INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?, ?)",
                list(_points(db, negotiation, day or 0, due)),
            )


def _points(
    db: sqlite3.Connection, negotiation: int, begin: int, due: int
) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Yield checkpoints at the ends of days, every so many stances, leaving a tail to play."""
    room = _padded(last_cell(db) + 1)
    stances, knowns = array("i", bytes(INT * room)), array("I", bytes(INT * room))
    before = db.execute(
        "SELECT codes, knowns FROM checkpoint WHERE negotiation = ? AND day = ?",
        (negotiation, begin),
    ).fetchone()
    for into, blob in zip((stances, knowns), before or (), strict=False):
        old = numbers_of(into.typecode, blob)
        into[: len(old)] = old
    query = (
        f"SELECT last, cell, code + 1, {_SECONDS} FROM entry WHERE negotiation = ? AND last > ?"
        f" AND cell IS NOT NULL AND known_until = {EVER} ORDER BY {ORDER}"
    )
    counted = day = 0
    for last, cell, stance, known in db.execute(query, (negotiation, begin)):
        if last != day and counted >= EVERY:
            yield negotiation, day, stances.tobytes(), knowns.tobytes()
            due, counted = due - counted, 0
            if due <= EVERY:
                return
        day = last
        counted += 1
        stances[cell] = stance
        knowns[cell] = known


def _keep_layout(db: sqlite3.Connection, negotiation: int) -> None:
    query = "SELECT n, holder, target FROM cell WHERE negotiation = ?"
    delegations, targets, cells = lay_out(db, db.execute(query, (negotiation,)).fetchall())
    db.execute(
        "INSERT OR REPLACE INTO layout VALUES (?, ?, ?, ?)",
        (negotiation, last_cell(db), json.dumps([delegations, targets]), cells.tobytes()),
    )
