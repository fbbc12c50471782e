"""Logging one entry, durably, and what a late one costs the next who asks."""

from __future__ import annotations

import shutil
import statistics
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benching.processes import BARE, PROGRAM, seconds
from benching.report import Goal, at_full_size
from benching.yardsticks import CLICK_AND_LIBRARY
from generate import SIDE_CELL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benching.histories import History
    from benching.report import Report

_NOW, _LATE = "2023-12-31", "2019-03-04"


def logging(report: Report, histories: list[History], rounds: int) -> None:
    """Measure logging in a copy of each workspace, all of them once a round."""
    with ExitStack() as stack:
        roots = {history.size: stack.enter_context(_copied(history)) for history in histories}
        took: dict[str, list[float]] = {}
        for number in range(rounds + 1):
            _note(took, "bare", seconds([*BARE, CLICK_AND_LIBRARY]))
            for size, root in roots.items():
                for work, time in _one_round(root, number).items():
                    _note(took, f"{work}|{size}", time)
    shown = {name: 1000 * statistics.median(times[1:]) for name, times in took.items()}
    for size in roots:
        _rows(report, shown, size, min(roots))


def _note(took: dict[str, list[float]], name: str, time: float) -> None:
    took.setdefault(name, []).append(time)


@contextmanager
def _copied(history: History) -> Iterator[Path]:
    """Hand out a copy of a workspace, so that the one that is kept does not grow."""
    with history.beside() as folder:
        yield Path(shutil.copytree(history.root, folder / "workspace"))


def _one_round(root: Path, number: int) -> dict[str, float]:
    """Log one entry of today and one of long ago; ask after each, and once more."""
    asked = [*PROGRAM, "-C", str(root), "history", *SIDE_CELL, "--format", "csv"]
    return {
        "log": seconds(_entry(root, _NOW, number)),
        "next": seconds(asked),
        "late": seconds(_entry(root, _LATE, number)),
        "next after late": seconds(asked),
        "warm": seconds(asked),
    }


def _entry(root: Path, on: str, number: int) -> list[str]:
    return [
        *PROGRAM, "-C", str(root), "log", "stance", "--by", "VNM", "--target", "art-7/1",
        "--stance", "reserve", "--on", on, "--reason", f"for bench {number}",
        "--source", f"https://example.org/bench/{number}",
    ]  # fmt: skip


def _rows(report: Report, shown: dict[str, float], size: int, small: int) -> None:
    log, warm = shown[f"log|{size}"], shown[f"warm|{size}"]
    name, yardstick = f"log one entry, {size:,}", "bare click + eventsourcing"
    report.add(name, log, "ms", yardstick, shown["bare"], Goal(2))
    if size > small:
        goal = at_full_size(size, Goal(1.25))
        report.add(name, log, "ms", f"the same at {small:,}", shown[f"log|{small}"], goal)
    following, after_late = shown[f"next|{size}"], shown[f"next after late|{size}"]
    report.add(
        f"late entry: log and next history, {size:,}", shown[f"late|{size}"] + after_late, "ms",
        "a normal entry", log + following, Goal(1.1),
    )  # fmt: skip
    report.add(f"history after a late entry, {size:,}", after_late, "ms", "warm", warm)
    report.add(f"history after a normal entry, {size:,}", following, "ms", "warm", warm)
