"""Start-up on the treaty record: help, version, and small answers with a warm index."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benching.processes import BARE, PROGRAM, SCRIPTS, run, taken_in_turn
from benching.report import Goal
from benching.yardsticks import CLICK_APP, SAME_TABLE

if TYPE_CHECKING:
    from benching.report import Report

JSON = ("--as-of", "2024-12-31", "--format", "json")
SMALL = {
    "positions on scope, JSON": ("positions", "--target", "scope"),
    "history of a cell, JSON": ("history", "EU", "scope"),
}
"""Small answers for tools, each beside the least that a program for a command line costs."""


def startup(report: Report, rounds: int) -> None:
    """Measure whole processes on the treaty record."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(SCRIPTS.parent / "events", Path(folder, "events"))
        shutil.copy(SCRIPTS.parent / "negotrack.toml", folder)
        program = [*PROGRAM, "-C", folder]
        timeline = [*program, "timeline", "ahc-6", "--as-of", "2024-12-31"]
        grid = [line.split("\x00") for line in run(timeline).splitlines()]
        took = taken_in_turn(
            {
                "click": [*BARE, CLICK_APP],
                "table": [*BARE, SAME_TABLE.format(rows=grid)],
                "--help": [*program, "--help"],
                "--version": [*program, "--version"],
                "timeline ahc-6": timeline,
                "timeline ahc-6, JSON": [*timeline, "--format", "json"],
                **{name: [*program, *words, *JSON] for name, words in SMALL.items()},
            },
            rounds,
        )
    for work, yardstick, bound in (
        ("--help", "click", 1.15),
        ("--version", "click", 1.15),
        ("timeline ahc-6", "table", 1.25),
        *((name, "click", 1.25) for name in ("timeline ahc-6, JSON", *SMALL)),
    ):
        name = "bare click app" if yardstick == "click" else "click + tabulate, the same table"
        report.add(work, took[work] * 1000, "ms", name, took[yardstick] * 1000, Goal(bound))
