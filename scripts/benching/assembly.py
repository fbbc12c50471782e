"""The roll calls and votes of the General Assembly on disk: a workspace, and DuckDB's own table."""

from __future__ import annotations

import csv
import gzip
import importlib
import json
import shutil
import time
from hashlib import sha256
from itertools import islice
from pathlib import Path

from benching import assembly_queries, processes
from benching.kept import Kept
from negotrack.domain.states import seat
from negotrack.exchange.readers import assembly as map_of_assembly

CALLS, VOTES = "un_roll_calls.csv", "un_votes.csv"
SLUG = "unga"
_PART = 4
"""The part of the votes whose import is held beside that of all: memory is to be the same."""


def is_there(data: Path) -> bool:
    """Whether a folder has the tables of roll calls and of votes."""
    return all(_table(data, name) is not None for name in (CALLS, VOTES))


def _table(data: Path, name: str) -> Path | None:
    return next((p for p in (data / f"{name}.gz", data / name) if p.is_file()), None)


class Assembly(Kept):
    """The tables of a folder, plain or packed, and what is made of them."""

    def __init__(self, keep: Path, data: Path) -> None:
        """Name the folder by what it is made from: the tables, and the map that imports them."""
        files = [table for name in (CALLS, VOTES) if (table := _table(data, name)) is not None]
        made_by = Path(map_of_assembly.__file__)
        digest = sha256(b"".join(path.read_bytes() for path in (*files, made_by)))
        super().__init__(keep / f"assembly-{digest.hexdigest()[:8]}")
        self._data = data

    @property
    def calls(self) -> Path:
        """The table of roll calls, unpacked."""
        return self.path_of(CALLS, self._unpack)

    @property
    def votes(self) -> Path:
        """The table of votes, unpacked."""
        return self.path_of(VOTES, self._unpack)

    @property
    def imported(self) -> dict[str, dict[str, float]]:
        """What the import took when it was made: of all, of a part, and of raw sqlite3."""
        path = self.path_of("imported.json", self._write_imported)
        figures: dict[str, dict[str, float]] = json.loads(path.read_text())
        return figures

    @property
    def is_new(self) -> bool:
        """Whether the import is still to be made."""
        return not (self.folder / "imported.json").exists()

    @property
    def root(self) -> Path:
        """A workspace with all roll calls and votes, its index caught up."""
        assert self.imported
        return self.folder / "workspace"

    @property
    def table(self) -> Path:
        """A DuckDB file with a typed table of the same."""
        return self.path_of("votes.duckdb", self._write_table)

    @property
    def views(self) -> str:
        """What makes the tables of values views of DuckDB."""
        return assembly_queries.VIEWS.format(calls=self.calls, votes=self.votes)

    def _unpack(self, path: Path) -> None:
        source = _table(self._data, path.name.removeprefix("half-"))
        assert source is not None
        opened = gzip.open if source.suffix == ".gz" else open
        with opened(source, "rb") as packed, path.open("wb") as file:
            shutil.copyfileobj(packed, file)

    def _write_imported(self, path: Path) -> None:
        with self.beside() as folder:
            part = folder / VOTES
            with self.votes.open("rb") as file, part.open("wb") as first:
                lines = sum(1 for _ in file)
                file.seek(0)
                first.writelines(islice(file, lines // _PART))
            figures = {"part": self._import(folder / "part", part)}
        half = self.folder / "half-workspace"
        shutil.rmtree(half, ignore_errors=True)
        figures["all"] = self._import(half, self.votes)
        with self.beside() as folder:
            lines_of_all = folder / "entries.jsonl"
            with lines_of_all.open("wb") as file:
                for journal in sorted((half / "events").rglob("*.jsonl")):
                    file.write(journal.read_bytes())
            figures["raw"] = processes.answer(
                processes.work("raw_inserting", lines_of_all, folder / "raw.db")
            )
        half.rename(self.folder / "workspace")
        path.write_text(json.dumps(figures))

    def _import(self, root: Path, votes: Path) -> dict[str, float]:
        """Import into a new workspace; return how many entries, how long, and how much memory."""
        root.mkdir()
        program = [*processes.PROGRAM, "-C", str(root)]
        processes.run([*processes.PROGRAM, "init", str(root)])
        opened = ["log", "negotiation", SLUG, "--title", "General Assembly", "--on", "1946-01-01"]
        processes.run([*program, *opened])
        table = ["import", str(self.calls), "--as", "assembly-roll-calls", "--json"]
        calls = json.loads(processes.run([*program, *table]))
        begun = time.perf_counter()
        table = ["import", str(votes), "--as", "assembly-votes", "--json"]
        most, out = processes.peak([*program, *table])
        taken_in = time.perf_counter() - begun
        processes.run([*program, "names"])  # whoever asks first brings the index up
        return {
            "votes": json.loads(out)["added"],
            "calls": calls["added"],
            "taking_in": taken_in,
            "seconds": time.perf_counter() - begun,
            "peak": most,
        }

    def _write_table(self, path: Path) -> None:
        duckdb = importlib.import_module("duckdb")
        journal = self.root / "events" / SLUG / "*.jsonl"
        db = duckdb.connect(str(path))
        db.execute(assembly_queries.TABLES.format(journal=journal))
        db.close()

    def on_files(self, query: str) -> list[str]:
        """Return the command that puts a query to the files, cold."""
        return [*processes.BARE, assembly_queries.ON_FILES, self.views, query]

    def on_table(self, query: str) -> list[str]:
        """Return the command that puts a query to DuckDB's own table, cold."""
        return [*processes.BARE, assembly_queries.ON_TABLE, str(self.table), query]


def code(name: str, on: str) -> str:
    """Return the code of the state that had a name, or has a code, on the first day of a date."""
    state = seat(name, (on + "-01")[:10])
    assert state is not None, f"no state {name} on {on}"
    return state.code


def totals(assembly: Assembly) -> dict[str, dict[str, int]]:
    """Count the votes of the input in every roll call, without a database."""
    counts: dict[str, dict[str, int]] = {}
    with assembly.votes.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            roll = counts.setdefault(f"rc-{row['rcid']}", {})
            roll[row["vote"]] = roll.get(row["vote"], 0) + 1
    return counts
