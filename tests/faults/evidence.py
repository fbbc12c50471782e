"""What the tests of faults look at: bytes of the journal, ids of the store, one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from negotrack.domain.canonical import decode_verified

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Result

NAMES = "events/demo/names.jsonl"
SESSION = "events/demo/s-1.jsonl"

STANCE = ("log", "stance", "--by", "KEN", "--target", "art-6", "--stance", "oppose")
"""A command that logs one more entry into the record of these tests."""

NEW_STANCE = (*STANCE, "--on", "2023-01-18")

READING: tuple[tuple[str, ...], ...] = (
    ("timeline", "--as-of", "2023-06-01"),
    ("positions", "--as-of", "2023-06-01", "--format", "json"),
    ("history", "KEN", "scope", "--as-of", "2023-06-01"),
    ("show", "scope", "--as-of", "2023-06-01"),
    ("names",),
    ("replay", "--to", "2023-06-01"),
    ("export",),
)
"""Reading commands whose answers depend on the record alone."""


def journal(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every journal file, by its path from the workspace."""
    files = sorted((folder / "events").rglob("*.jsonl"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def journaled(folder: Path) -> list[str]:
    """Return the ids of the journal's lines, each line verified, sorted."""
    lines = [line for data in journal(folder).values() for line in data.splitlines()]
    return sorted(decode_verified(line).id for line in lines)


def stored(folder: Path) -> list[str]:
    """Return the ids of the store's entries, each verified, sorted; none without a store."""
    path = folder / ".negotrack/store.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT state FROM stored_events").fetchall()
    return sorted(decode_verified(bytes(row[0])).id for row in rows)


def change_store(folder: Path, statement: str, *values: object) -> None:
    """Tamper with the store by one statement of SQL."""
    with closing(sqlite3.connect(folder / ".negotrack/store.db")) as db, db:
        db.execute(statement, values)


def change_bytes(path: Path, old: bytes, new: bytes) -> None:
    """Replace bytes that a file has exactly once."""
    data = path.read_bytes()
    assert data.count(old) == 1
    path.write_bytes(data.replace(old, new))


def flip_a_bit(path: Path, chance: random.Random) -> int:
    """Flip one bit somewhere in a file; return the byte it is in."""
    data = bytearray(path.read_bytes())
    place = chance.randrange(len(data))
    data[place] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    return place


@contextmanager
def nothing_changes(folder: Path) -> Iterator[None]:
    """Assert that journal and store hold after the body what they held before it."""
    before = journal(folder), stored(folder)
    yield
    assert before == (journal(folder), stored(folder))


def stopped(result: Result, code: int, *words: str) -> None:
    """Assert that a command stopped with a code and one sentence that has these words."""
    assert code == result.code, result.err
    assert "Traceback" not in result.err
    assert len(result.err.splitlines()) == 1, result.err
    for word in words:
        assert word in result.err
