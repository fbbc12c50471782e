"""Synthetic histories of several sizes, each with a workspace and the files of its yardsticks.

They are made once and kept in a folder that is named by seed, size and generator.
"""

from __future__ import annotations

import csv
import importlib
import importlib.util
import json
import sqlite3
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import generate
from benching import processes
from benching.kept import Kept
from benching.yardsticks import FLAT, FLAT_COLUMNS, TYPED, TYPED_ROWS
from negotrack.domain.canonical import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

HAS_DUCKDB = importlib.util.find_spec("duckdb") is not None
HAS_SQLITE_UTILS = importlib.util.find_spec("sqlite_utils") is not None
_BATCH = 1_000


class History(Kept):
    """One synthetic history on disk."""

    def __init__(self, keep: Path, size: int, seed: int) -> None:
        """Name the history; nothing is made before it is asked for."""
        made_by = sha256(Path(generate.__file__).read_bytes()).hexdigest()[:8]
        self.size = size
        self._seed = seed
        super().__init__(keep / f"{seed}-{size}-{made_by}")

    @property
    def source(self) -> Path:
        """The entries as JSON Lines."""
        return self.path_of("entries.jsonl", self._write_source)

    @property
    def root(self) -> Path:
        """A workspace with all entries, its index caught up."""
        return self.path_of("workspace", self._write_workspace)

    @property
    def flat(self) -> Path:
        """A SQLite file with one indexed table of the columns that are printed."""
        return self.path_of("flat.db", self._write_flat)

    @property
    def typed(self) -> Path:
        """A DuckDB file with the typed columns of the index, sorted by cell."""
        return self.path_of("typed.duckdb", self._write_typed)

    @property
    def library(self) -> Path:
        """A SQLite file of the event-sourcing library, written in its own way."""
        return self.path_of("library.db", self._write_library)

    @property
    def store(self) -> Path:
        """The store of the workspace."""
        return self.root / ".negotrack" / "store.db"

    def _write_source(self, path: Path) -> None:
        with path.open("wb") as file:
            for entry in generate.entries(self.size, self._seed):
                file.write(encode(entry).line + b"\n")

    def _write_workspace(self, path: Path) -> None:
        processes.run(processes.work("importing", self.source, path))

    def _write_library(self, path: Path) -> None:
        processes.run(processes.work("library_inserting", self.source, path))

    def _write_flat(self, path: Path) -> None:
        insert = f"INSERT INTO said VALUES ({','.join('?' * len(FLAT_COLUMNS))})"
        db = sqlite3.connect(path)
        db.executescript(FLAT)
        with self.source.open("rb") as file:
            db.executemany(insert, map(_flat, file))
        db.commit()
        db.close()

    def _write_typed(self, path: Path) -> None:
        duckdb = importlib.import_module("duckdb")
        index = sqlite3.connect(self.root / ".negotrack" / "index.db")
        db = duckdb.connect(str(path))
        db.execute(TYPED)
        with self.beside() as folder:
            for table, query in (("stance", TYPED_ROWS), ("word", "SELECT n, word FROM word")):
                rows = folder / f"{table}.csv"
                with rows.open("w", newline="", encoding="utf-8") as file:
                    csv.writer(file).writerows(index.execute(query))
                db.execute(f"COPY {table} FROM '{rows}' (HEADER false)")
        db.execute("CHECKPOINT")
        db.close()
        index.close()


def _flat(line: bytes) -> tuple[Any, ...]:
    fields = json.loads(line)
    values = (fields.get(name) for name in FLAT_COLUMNS)
    return tuple(v if v is None or isinstance(v, str | int) else json.dumps(v) for v in values)


def batches(path: Path) -> Iterator[list[bytes]]:
    """Yield the lines of a file, without their ends, a thousand at a time."""
    with path.open("rb") as file:
        while batch := [line.rstrip(b"\n") for line in islice(file, _BATCH)]:
            yield batch
