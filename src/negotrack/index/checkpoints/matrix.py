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

from negotrack.domain.stances import NAMES, in_words
from negotrack.facts.rows import Matrix
from negotrack.index.schema import EVER, KNOWN, OPTION_STEP, day_after

if TYPE_CHECKING:
    import sqlite3

INT = 4
"""Bytes of a number in a checkpoint."""

ABSENT = 0
_SECOND = 1_000_000
ORDER = "last, at, ord, official, recorded, tie"
NEWEST = "last DESC, at DESC, ord DESC, official DESC, recorded DESC, tie DESC"
_LATEST = "last DESC, at DESC, ord DESC, recorded DESC, tie DESC"

ALL_CELLS = "cell.negotiation = :negotiation"
"""The condition for the cells of a whole negotiation."""


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
        f" ORDER BY {_LATEST if latest else NEWEST} LIMIT 1"
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
    by_cell = numbers_of("i", stances)
    _grow(by_cell, last_cell(db))
    doubtful = [] if asked.known is None else _doubtful(db, knowns, asked.known // _SECOND)
    tail = f"negotiation = :n AND cell IS NOT NULL AND {KNOWN}"
    values |= {"begin": begin, "until": until}
    moved = db.execute(
        f"SELECT cell, code FROM entry WHERE {tail} AND last > :begin AND last <= :until"
        f" ORDER BY {ORDER}",
        values,
    )
    for cell, code in moved:
        by_cell[cell] = code + 1
    for start in range(0, len(doubtful), 500):
        chosen = ",".join(map(str, doubtful[start : start + 500]))
        _seek_into(by_cell, db, values | {"day": until}, f"n IN ({chosen})")
    if until < asked.day:
        ahead = f"{tail} AND ahead AND last > :until AND last <= :day ORDER BY {ORDER}"
        for cell, code in db.execute(f"SELECT cell, code FROM entry WHERE {ahead}", values):
            by_cell[cell] = code + 1
    return by_cell


def _doubtful(db: sqlite3.Connection, knowns: bytes, second: int) -> list[int]:
    """Return the cells that may have been otherwise known: changed since, or ever rewritten."""
    since = [n for n, known in enumerate(numbers_of("I", knowns)) if known > second]
    rewritten = db.execute("SELECT n FROM cell WHERE rewritten")
    return list({*since, *(cell for (cell,) in rewritten)})


def _sought(
    db: sqlite3.Connection, values: dict[str, Any], where: str, *, latest: bool = False
) -> array[int]:
    by_cell = array("i", bytes(INT * (last_cell(db) + 1)))
    _seek_into(by_cell, db, values, where, latest=latest)
    return by_cell


def _seek_into(
    by_cell: array[int], db: sqlite3.Connection, values: dict[str, Any], where: str,
    *, latest: bool = False,
) -> None:  # fmt: skip
    """Look cells up by themselves, each by one seek."""
    query = f"SELECT n, ({seek(latest=latest)}) FROM cell WHERE {where}"
    for cell, code in db.execute(query, values):
        by_cell[cell] = ABSENT if code is None else code + 1


def numbers_of(kind: str, blob: bytes) -> array[int]:
    """Return the numbers that a column keeps as bytes; ``kind`` is that of an ``array``."""
    numbers = array(kind)
    numbers.frombytes(blob)
    return numbers


def _grow(by_cell: array[int], last: int) -> None:
    """Make room for cells that are newer than the checkpoint."""
    if len(by_cell) <= last:
        by_cell.frombytes(bytes(INT * (last + 1 - len(by_cell))))


def last_cell(db: sqlite3.Connection) -> int:
    """Return the number of the newest cell, 0 where there is none."""
    return db.execute("SELECT max(n) FROM cell").fetchone()[0] or 0


def matrix(
    db: sqlite3.Connection, asked: MatrixQuery, where: str, values: dict[str, Any]
) -> Matrix:
    """Return the matrix of the cells for which a condition holds, without empty rows or columns."""
    by_cell = codes(db, asked)
    words = {code: _words(db, code - 1) for code in set(by_cell)}
    delegations, targets, cells = _laid_out(db, asked, where, values)
    labels = [words[by_cell[cell]] for cell in cells]
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
        if kept is not None and kept[0] == last_cell(db):
            names = json.loads(kept[1])
            return names[0], names[1], numbers_of("i", kept[2])
    cells = db.execute(f"SELECT n, holder, target FROM cell WHERE {where}", values).fetchall()
    return lay_out(db, cells)


def lay_out(
    db: sqlite3.Connection, cells: list[tuple[int, int, int]]
) -> tuple[list[str], list[str], array[int]]:
    """Return the delegations and the targets of cells, sorted, and the cells row by row."""
    delegations = _sorted(db, {holder for _, holder, _ in cells})
    targets = _sorted(db, {target for _, _, target in cells})
    row_of = {number: i * len(targets) for i, (number, _) in enumerate(delegations)}
    column_of = {number: i for i, (number, _) in enumerate(targets)}
    grid = array("i", bytes(INT * len(delegations) * len(targets)))
    for cell, holder, target in cells:
        grid[row_of[holder] + column_of[target]] = cell
    return [word for _, word in delegations], [word for _, word in targets], grid


def _sorted(db: sqlite3.Connection, numbers: set[int]) -> list[tuple[int, str]]:
    """Return (number, word) pairs, sorted by the word."""
    listed = ",".join(map(str, numbers))
    return db.execute(f"SELECT n, word FROM word WHERE n IN ({listed}) ORDER BY word").fetchall()


def _without_empty(whole: Matrix) -> Matrix:
    """Leave out the delegations and the targets of which nothing is known."""
    rows = [i for i, row in enumerate(whole.stances) if any(row)]
    kept = [whole.stances[i] for i in rows]
    columns = [i for i in range(len(whole.targets)) if any(row[i] for row in kept)]
    if len(columns) < len(whole.targets):
        kept = [[row[i] for i in columns] for row in kept]
    return Matrix([whole.delegations[i] for i in rows], [whole.targets[i] for i in columns], kept)


def _words(db: sqlite3.Connection, code: int) -> str | None:
    """Return a stance in words; None for none, and for one that was taken back."""
    option, grade = divmod(code, OPTION_STEP)
    if code < 0 or not grade:
        return None
    row = db.execute("SELECT word FROM word WHERE n = ?", (option,)).fetchone()
    return in_words(NAMES[grade], row and row[0])
