"""Measure negotrack beside its yardsticks, in one run, and print ratios.

    python scripts/bench.py [--entries 100000] [--rounds 21] [--json bench.json]

Start-up is measured as whole processes, taken in turn so that a busy machine slows them alike;
medians are compared. The yardsticks are a bare click app, a bare script that imports click and
tabulate and prints the same table, sqlite3 inserting the same bytes, and the event-sourcing
library's own way of saving the same entries in batches. Only ratios travel between machines.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generate import entries
from negotrack.domain.lines import seal
from negotrack.exchange.jsonlines import entry_of, lines
from negotrack.workspace import Workspace

ROOT = Path(__file__).parent.parent
CLICK_APP = """
import click

@click.command()
def app():
    click.echo("hello")

app(standalone_mode=False)
"""
SAME_TABLE = """
import click, tabulate
rows = {rows!r}

@click.command()
def app():
    tabulate.MIN_PADDING = 0
    click.echo(tabulate.tabulate(rows[1:], rows[0], tablefmt="simple", disable_numparse=True))

app(standalone_mode=False)
"""
BATCH = 1_000


class Row(NamedTuple):
    """One measurement: what, how much of what unit, beside which yardstick, and the goal."""

    work: str
    measured: float
    unit: str
    yardstick: str
    beside: float
    ratio: float
    goal: str


def main() -> None:
    """Measure everything and print a table; write JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    rows = [*startup(asked.rounds), *importing(asked.entries)]
    print(table(rows))
    if asked.json:
        asked.json.write_text(json.dumps([row._asdict() for row in rows], indent=1) + "\n")


def table(rows: list[Row]) -> str:
    """Return the measurements as a table."""
    from tabulate import tabulate

    cells = [
        [r.work, f"{r.measured:,.0f} {r.unit}", r.yardstick, f"{r.beside:,.0f} {r.unit}",
         f"{r.ratio:.2f}", r.goal]
        for r in rows
    ]  # fmt: skip
    headings = ["work", "measured", "yardstick", "beside", "ratio", "goal"]
    return str(tabulate(cells, headings, tablefmt="github", disable_numparse=True))


def startup(rounds: int) -> list[Row]:
    """Measure whole processes: help, version, and a timeline with a warm index."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "events", Path(folder, "events"))
        shutil.copy(ROOT / "negotrack.toml", folder)
        program = [str(Path(sys.executable).with_name("negotrack")), "-C", folder]
        timeline = [*program, "timeline", "ahc-6", "--as-of", "2024-12-31"]
        shown = subprocess.run(timeline, capture_output=True, text=True, check=True).stdout
        grid = [line.split("\x00") for line in shown.splitlines()]
        bare = [sys.executable, "-c"]
        took = taken_in_turn(
            {
                "click": [*bare, CLICK_APP],
                "table": [*bare, SAME_TABLE.format(rows=grid)],
                "help": [*program, "--help"],
                "version": [*program, "--version"],
                "timeline": timeline,
                "json": [*timeline, "--format", "json"],
            },
            rounds,
        )
    return [
        _process("--help", took["help"], "bare click app", took["click"], "<= 1.15"),
        _process("--version", took["version"], "bare click app", took["click"], "<= 1.15"),
        _process("timeline ahc-6", took["timeline"], "click + tabulate", took["table"], "<= 1.25"),
        _process("timeline ahc-6, JSON", took["json"], "bare click app", took["click"], "<= 1.25"),
    ]


def _process(work: str, took: float, yardstick: str, beside: float, goal: str) -> Row:
    return Row(work, took * 1000, "ms", yardstick, beside * 1000, took / beside, goal)


def taken_in_turn(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each command, all of them run once a round."""
    took: dict[str, list[float]] = {name: [] for name in commands}
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            begun = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment)
            took[name].append(time.perf_counter() - begun)
    return {name: statistics.median(times[1:]) for name, times in took.items()}


def importing(count: int) -> list[Row]:
    """Measure the import of generated entries into store, journal and index."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "entries.jsonl")
        with source.open("wb") as file:
            file.writelines(seal(entry).line + b"\n" for entry in entries(count, seed=7))
        raw = count / _raw_sqlite(source, Path(folder, "raw.db"))
        library = count / _library(source, Path(folder, "library.db"))
        ours = count / _ours(source, Path(folder, "workspace"))
    name = f"import {count:,}"
    return [
        Row(name, ours, "/s", "raw sqlite3", raw, ours / raw, ">= 25,000/s"),
        Row(name, ours, "/s", "eventsourcing, default batch", library, ours / library, "> 1"),
    ]


def _ours(source: Path, root: Path) -> float:
    (root / "events").mkdir(parents=True)
    (root / "negotrack.toml").touch()
    begun = time.perf_counter()
    with Workspace(root) as workspace, source.open("rb") as file:
        workspace.import_((n, partial(entry_of, line)) for n, line in lines(file))
    return time.perf_counter() - begun


def _raw_sqlite(source: Path, path: Path) -> float:
    data = [(line.rstrip(b"\n"),) for line in source.open("rb")]
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, line BLOB)")
    begun = time.perf_counter()
    for start in range(0, len(data), BATCH):
        db.execute("BEGIN")
        db.executemany("INSERT INTO event (line) VALUES (?)", data[start : start + BATCH])
        db.execute("COMMIT")
    took = time.perf_counter() - begun
    db.close()
    return took


def _library(source: Path, path: Path) -> float:
    """Save the same entries as the library would by itself: one aggregate, JSON transcoder."""
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event

    class Log(Aggregate):
        @event("Noted")
        def note(self, fields: dict[str, object]) -> None:
            pass

    data = [json.loads(line) for line in source.open("rb")]
    app: Application = Application(  # type: ignore[type-arg]
        {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
    )
    log = Log()
    begun = time.perf_counter()
    for start in range(0, len(data), BATCH):
        for fields in data[start : start + BATCH]:
            log.note(fields)
        app.save(log)
    took = time.perf_counter() - begun
    app.close()
    return took


if __name__ == "__main__":
    main()
