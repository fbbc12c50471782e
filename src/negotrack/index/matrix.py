"""The matrix of positions, for any day and any moment, without folding the past.

A checkpoint has the stance of every cell (a delegation on a target) at the end of a day, as it
counts now, and the second from which it is known. An answer takes the checkpoint before the day and
plays what came after it; a cell that was otherwise known at the moment asked about is looked up by
itself. Entries that come in late change the checkpoints in their place.
"""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.facts.rows import Matrix, in_words
from negotrack.index.schema import EVER, GRADES, KNOWN, OPTION_STEP, day_after

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator

EVERY = 8_192
"""Stances between two checkpoints: a few milliseconds of replay."""

_MOST_PATCHED = 2_000
_ROOM = 1_024
_SECOND = 1_000_000
_INT = 4
_ABSENT = 0
_ORDER = "last, at, ord, official, recorded, tie"
_NEWEST = "last DESC, at DESC, ord DESC, official DESC, recorded DESC, tie DESC"
_LATEST = "last DESC, at DESC, ord DESC, recorded DESC, tie DESC"
_SECONDS = f"min(max((known_from + {_SECOND - 1}) / {_SECOND}, 0), {0xFFFF_FFFF})"
"""The first whole second at which something is known; never before 1970."""

ALL_CELLS = "cell.negotiation = :negotiation"
"""The condition for the cells of a whole negotiation."""

Touched = tuple[int, int, int]
"""A negotiation, a cell of it, and the day from which the cell may have changed."""


class MatrixQuery(NamedTuple):
    """Which matrix, in numbers of the index; ``known`` None is now, ``latest`` the accounts."""

    negotiation: int
    day: int
    known: int | None
    latest: bool = False


def seek(*, latest: bool = False) -> str:
    """Return the query for the stance of the cell ``cell.n`` on a day as known at a moment."""
    return (
        "SELECT e.code FROM entry e WHERE e.cell = cell.n AND e.last <= :day"
        " AND e.known_from <= :known AND e.known_until > :known"
        f" ORDER BY {_LATEST if latest else _NEWEST} LIMIT 1"
    )


def codes(db: sqlite3.Connection, asked: MatrixQuery) -> array[int]:
    """Return the stance of every cell by its number: a code above zero, or zero for no stance."""
    known = EVER - 1 if asked.known is None else asked.known
    values: dict[str, Any] = {"n": asked.negotiation, "day": asked.day, "known": known}
    if asked.latest:
        return _sought(db, values, f"negotiation = {asked.negotiation:d}", latest=True)
    # Nothing but scheduled things and spans is recorded before its day: those have their own mark.
    until = asked.day if asked.known is None else min(asked.day, day_after(asked.known))
    point = db.execute(
        "SELECT day, codes, knowns FROM checkpoint WHERE negotiation = ? AND day <= ?"
        " ORDER BY day DESC LIMIT 1",
        (asked.negotiation, until),
    ).fetchone()
    begin, stances, knowns = point or (0, b"", b"")
    found = _array("i", stances)
    _grow(found, _last_cell(db))
    doubtful = [] if asked.known is None else _doubtful(db, knowns, asked.known // _SECOND)
    tail = f"negotiation = :n AND cell IS NOT NULL AND {KNOWN}"
    values |= {"begin": begin, "until": until}
    moved = db.execute(
        f"SELECT cell, code FROM entry WHERE {tail} AND last > :begin AND last <= :until"
        f" ORDER BY {_ORDER}",
        values,
    )
    for cell, code in moved:
        found[cell] = code + 1
    for start in range(0, len(doubtful), 500):
        chosen = ",".join(map(str, doubtful[start : start + 500]))
        _seek_into(found, db, values | {"day": until}, f"n IN ({chosen})")
    if until < asked.day:
        ahead = f"{tail} AND ahead AND last > :until AND last <= :day ORDER BY {_ORDER}"
        for cell, code in db.execute(f"SELECT cell, code FROM entry WHERE {ahead}", values):
            found[cell] = code + 1
    return found


def _doubtful(db: sqlite3.Connection, knowns: bytes, second: int) -> list[int]:
    """Return the cells that may have been otherwise known: changed since, or ever rewritten."""
    since = [n for n, known in enumerate(_array("I", knowns)) if known > second]
    rewritten = db.execute("SELECT n FROM cell WHERE rewritten")
    return sorted({*since, *(found[0] for found in rewritten)})


def _sought(
    db: sqlite3.Connection, values: dict[str, Any], where: str, *, latest: bool = False
) -> array[int]:
    found = array("i", bytes(_INT * (_last_cell(db) + 1)))
    _seek_into(found, db, values, where, latest=latest)
    return found


def _seek_into(
    found: array[int], db: sqlite3.Connection, values: dict[str, Any], where: str,
    *, latest: bool = False,
) -> None:  # fmt: skip
    """Look cells up by themselves, each by one seek."""
    query = f"SELECT n, ({seek(latest=latest)}) FROM cell WHERE {where}"
    for cell, code in db.execute(query, values):
        found[cell] = _ABSENT if code is None else code + 1


def _array(kind: str, blob: bytes) -> array[int]:
    found = array(kind)
    found.frombytes(blob)
    return found


def _grow(found: array[int], last: int) -> None:
    """Make room for cells that are newer than the checkpoint."""
    if len(found) <= last:
        found.frombytes(bytes(_INT * (last + 1 - len(found))))


def _last_cell(db: sqlite3.Connection) -> int:
    return db.execute("SELECT max(n) FROM cell").fetchone()[0] or 0


def matrix(
    db: sqlite3.Connection, asked: MatrixQuery, where: str, values: dict[str, Any]
) -> Matrix:
    """Return the matrix of the cells for which a condition holds, without empty rows or columns."""
    found = codes(db, asked)
    said = {code: _words(db, code - 1) for code in set(found)}
    delegations, targets, cells = _laid_out(db, asked, where, values)
    labels = [said[found[cell]] for cell in cells]
    width = len(targets)
    grid = [labels[start : start + width] for start in range(0, len(labels), width or 1)]
    return _without_empty(Matrix(delegations, targets, grid))


def _laid_out(
    db: sqlite3.Connection, asked: MatrixQuery, where: str, values: dict[str, Any]
) -> tuple[list[str], list[str], array[int]]:
    """Return delegations and targets, sorted, and the cells of their matrix, row by row.

    A cell that does not exist is number 0, which never has a stance. The layout of all cells is
    kept; it is used as long as no cell came after it.
    """
    if where == ALL_CELLS:
        query = "SELECT last, names, cells FROM layout WHERE negotiation = ?"
        kept = db.execute(query, (asked.negotiation,)).fetchone()
        if kept is not None and kept[0] == _last_cell(db):
            names = json.loads(kept[1])
            return names[0], names[1], _array("i", kept[2])
    cells = db.execute(f"SELECT n, holder, target FROM cell WHERE {where}", values).fetchall()
    return _lay_out(db, cells)


def _lay_out(
    db: sqlite3.Connection, cells: list[tuple[int, int, int]]
) -> tuple[list[str], list[str], array[int]]:
    delegations = _sorted(db, {holder for _, holder, _ in cells})
    targets = _sorted(db, {target for _, _, target in cells})
    row_of = {number: i * len(targets) for i, (number, _) in enumerate(delegations)}
    column_of = {number: i for i, (number, _) in enumerate(targets)}
    laid = array("i", bytes(_INT * len(delegations) * len(targets)))
    for cell, holder, target in cells:
        laid[row_of[holder] + column_of[target]] = cell
    return [word for _, word in delegations], [word for _, word in targets], laid


def _keep_layout(db: sqlite3.Connection, negotiation: int) -> None:
    query = "SELECT n, holder, target FROM cell WHERE negotiation = ?"
    delegations, targets, cells = _lay_out(db, db.execute(query, (negotiation,)).fetchall())
    db.execute(
        "INSERT OR REPLACE INTO layout VALUES (?, ?, ?, ?)",
        (negotiation, _last_cell(db), json.dumps([delegations, targets]), cells.tobytes()),
    )


def _sorted(db: sqlite3.Connection, numbers: set[int]) -> list[tuple[int, str]]:
    """Return (number, word) pairs, sorted by the word."""
    wanted = ",".join(map(str, numbers))
    return db.execute(f"SELECT n, word FROM word WHERE n IN ({wanted}) ORDER BY word").fetchall()


def _without_empty(found: Matrix) -> Matrix:
    """Leave out the delegations and the targets of which nothing is known."""
    rows = [i for i, row in enumerate(found.stances) if any(row)]
    kept = [found.stances[i] for i in rows]
    columns = [i for i in range(len(found.targets)) if any(row[i] for row in kept)]
    if len(columns) < len(found.targets):
        kept = [[row[i] for i in columns] for row in kept]
    return Matrix([found.delegations[i] for i in rows], [found.targets[i] for i in columns], kept)


def _words(db: sqlite3.Connection, code: int) -> str | None:
    """Return a stance in words; None for none, and for one that was taken back."""
    option, grade = divmod(code, OPTION_STEP)
    if code < 0 or not grade:
        return None
    found = db.execute("SELECT word FROM word WHERE n = ?", (option,)).fetchone()
    return in_words(GRADES[grade], found and found[0])


# -- keeping checkpoints ----------------------------------------------------------------------


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
        f" AND known_until = {EVER} ORDER BY {_NEWEST} LIMIT 1"
    )
    query = "SELECT rowid, day, length(codes) FROM checkpoint WHERE negotiation = ? AND day >= ?"
    for row, day, length in db.execute(query, (negotiation, first)).fetchall():
        for cell, last in changed:
            if last > day:
                continue
            if (cell + 1) * _INT > length:
                length = _lengthen(db, row, cell)  # noqa: PLW2901 - it is longer now
            stance, known = db.execute(winner, (cell, day)).fetchone() or (_ABSENT, 0)
            _put(db, "codes", row, cell, array("i", [stance]))
            _put(db, "knowns", row, cell, array("I", [known]))


def _put(db: sqlite3.Connection, column: str, row: int, cell: int, value: array[int]) -> None:
    with db.blobopen("checkpoint", column, row) as blob:
        blob.seek(cell * _INT)
        blob.write(value.tobytes())


def _lengthen(db: sqlite3.Connection, row: int, cell: int) -> int:
    query = "SELECT codes, knowns FROM checkpoint WHERE rowid = ?"
    blobs = db.execute(query, (row,)).fetchone()
    length = _padded(cell + 1) * _INT
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
    room = _padded(_last_cell(db) + 1)
    stances, knowns = array("i", bytes(_INT * room)), array("I", bytes(_INT * room))
    before = db.execute(
        "SELECT codes, knowns FROM checkpoint WHERE negotiation = ? AND day = ?",
        (negotiation, begin),
    ).fetchone()
    for into, blob in zip((stances, knowns), before or (), strict=False):
        old = _array(into.typecode, blob)
        into[: len(old)] = old
    query = (
        f"SELECT last, cell, code + 1, {_SECONDS} FROM entry WHERE negotiation = ? AND last > ?"
        f" AND cell IS NOT NULL AND known_until = {EVER} ORDER BY {_ORDER}"
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
