"""Questions to a warm index: as whole processes, through the API, and the memory they take."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, NamedTuple

from benching.histories import HAS_DUCKDB, HAS_SQLITE_UTILS
from benching.processes import BARE, answer, peak, run, taken_in_turn, work
from benching.report import Goal, at_full_size
from benching.works import numbers
from benching.yardsticks import CLICK_APP, DUCKDB_MATRIX, SQLITE_ROWS
from generate import SIDE_CELL, SIDE_SESSION

if TYPE_CHECKING:
    from benching.histories import History
    from benching.report import Report

NO_DUCKDB = "duckdb is not installed, so nothing stands beside it (pip install duckdb)"
NO_SQLITE_UTILS = "sqlite-utils is not installed, so nothing stands beside it"
_MOST_MIB = 64
_FIVE_MILLION = 5_000_000
_SMALL = 100_000
_MOST_TURNS = 5
_REPEATED = 7


class Question(NamedTuple):
    """A matrix to ask for: of which day, and as known when."""

    name: str
    as_of: str
    known_at: str = ""

    @property
    def options(self) -> list[str]:
        """The question as a command takes it."""
        known = ["--known-at", self.known_at] if self.known_at else []
        return ["--as-of", self.as_of, *known]

    @property
    def key(self) -> str:
        """The question in one word, as the works in :mod:`benching.works` take it."""
        return f"{self.as_of}|{self.known_at}"


QUESTIONS = (
    Question("early", "2019-07-01"),
    Question("middle", "2021-07-01"),
    Question("late", "2023-12-31"),
    Question("middle, known soon after", "2021-07-01", "2021-07-15T00:00:00.000000Z"),
    Question("late, known in the middle", "2023-12-31", "2021-07-01T00:00:00.000000Z"),
)
WHO, WHAT = SIDE_CELL
SLICES = {
    "history of a cell": (
        ["history", WHO, WHAT],
        f"""SELECT * FROM said WHERE "by" = '{WHO}' AND target = '{WHAT}' ORDER BY "on" """,
    ),
    "timeline of a session": (
        ["timeline", SIDE_SESSION],
        f"""SELECT * FROM said WHERE session = '{SIDE_SESSION}' ORDER BY "on", "at", "order" """,
    ),
}
"""Questions with as many rows at every size: the command, and the query of the yardstick."""

CSV = ["--format", "csv"]


def asking(report: Report, histories: list[History], rounds: int) -> None:
    """Measure commands that read, each as a whole process on every history in turn."""
    commands = _commands(report, histories)
    took = taken_in_turn(commands, rounds)
    cold = _Cold(report, took, min(history.size for history in histories))
    for history in histories:
        for question in QUESTIONS:
            cold.matrix(f"matrix, {question.name}", history.size)
    for history in histories:
        for name in SLICES:
            cold.slice(name, history.size)
    _memory(report, commands, histories)


class _Cold(NamedTuple):
    """What whole processes took, by ``work|size`` and ``work|size|yardstick``, in seconds."""

    report: Report
    took: dict[str, float]
    small: int

    def matrix(self, name: str, size: int) -> None:
        """Report a matrix, where it was asked for."""
        self._add(name, size, "python + duckdb", "duckdb", at_full_size(size, Goal(0.5)))
        self._beside_small(name, size, Goal(1.25))
        self._add(name, size, "bare click app", "")

    def slice(self, name: str, size: int) -> None:
        """Report a question with as many rows at every size."""
        self._beside_small(name, size, Goal(1.1))
        self._add(name, size, "sqlite-utils", "sqlite-utils", at_full_size(size, Goal(0.5)))
        self._add(name, size, "raw sqlite3 process", "sqlite3")
        self._add(name, size, "bare click app", "")

    def _beside_small(self, name: str, size: int, goal: Goal) -> None:
        if size > self.small:
            key = f"{name}|{self.small}"
            self._put(name, size, f"the same at {self.small:,}", key, at_full_size(size, goal))

    def _add(
        self, name: str, size: int, yardstick: str, short: str, goal: Goal | None = None
    ) -> None:
        self._put(name, size, yardstick, f"{name}|{size}|{short}" if short else "click", goal)

    def _put(self, name: str, size: int, yardstick: str, key: str, goal: Goal | None) -> None:
        ours, beside = self.took.get(f"{name}|{size}"), self.took.get(key)
        if ours is not None and beside is not None:
            work_ = f"{name}, {size:,}"
            self.report.add(work_, ours * 1000, "ms", yardstick, beside * 1000, goal)


def _commands(report: Report, histories: list[History]) -> dict[str, list[str]]:
    """Return all that is run in turn, by ``work|size`` and ``work|size|yardstick``."""
    commands = {"click": [*BARE, CLICK_APP]}
    for history in histories:
        for name, (words, query) in SLICES.items():
            key = f"{name}|{history.size}"
            commands[key] = history.command(*words, *CSV)
            commands[f"{key}|sqlite3"] = [*BARE, SQLITE_ROWS, str(history.flat), query]
            if HAS_SQLITE_UTILS:
                commands[f"{key}|sqlite-utils"] = [
                    BARE[0], "-m", "sqlite_utils", "query", str(history.flat), query, "--csv"
                ]  # fmt: skip
        commands |= _matrix_commands(report, history)
    if not HAS_DUCKDB:
        report.note(NO_DUCKDB)
    if not HAS_SQLITE_UTILS:
        report.note(NO_SQLITE_UTILS)
    return commands


def _matrix_commands(report: Report, history: History) -> dict[str, list[str]]:
    commands = {}
    for question in QUESTIONS:
        key = f"matrix, {question.name}|{history.size}"
        commands[key] = history.command("positions", "--matrix", *question.options, *CSV)
        if HAS_DUCKDB:
            asked = map(str, numbers(question.key))
            commands[f"{key}|duckdb"] = [*BARE, DUCKDB_MATRIX, str(history.typed), *asked]
            if run(commands[key]) != run(commands[f"{key}|duckdb"]):
                report.note(f"DuckDB and negotrack differ on {key.replace('|', ', ')}")
    return commands


def _memory(report: Report, commands: dict[str, list[str]], histories: list[History]) -> None:
    """Measure the peak memory of each command that reads."""
    bare, _ = peak(commands["click"])
    names = [*(f"matrix, {question.name}" for question in QUESTIONS), *SLICES]
    for history in histories:
        for name in names:
            command = commands.get(f"{name}|{history.size}")
            if command is not None:
                report.add(
                    f"{name}, {history.size:,}, peak memory", peak(command)[0], "MiB",
                    "bare click app", bare, Goal(_MOST_MIB, absolute=True),
                )  # fmt: skip


# -- through the API ------------------------------------------------------------------------------


def warm(report: Report, histories: list[History], rounds: int) -> None:
    """Measure matrices through the open API beside an open DuckDB, in processes taken in turn."""
    keys = [question.key for question in QUESTIONS]
    took: dict[int, dict[str, float]] = {}
    for history in histories:
        works = {"ours": work("matrix_warm", history.root, _REPEATED, *keys)}
        if HAS_DUCKDB:
            works["duckdb"] = work("duckdb_warm", history.typed, _REPEATED, *keys)
        turns = [
            {name: answer(command) for name, command in works.items()}
            for _ in range(min(rounds, _MOST_TURNS))
        ]
        took[history.size] = {key: _median(turns, "ours", key) for key in keys}
        for question in QUESTIONS if HAS_DUCKDB else ():
            beside = _median(turns, "duckdb", question.key)
            _warm_row(report, question, history.size, took[history.size][question.key], beside)
    _scaling(report, took)
    if not HAS_DUCKDB:
        report.note(NO_DUCKDB)


def _median(turns: list[dict[str, dict[str, float]]], name: str, key: str) -> float:
    return 1000 * statistics.median(turn[name][key] for turn in turns)


def _warm_row(report: Report, question: Question, size: int, ours: float, beside: float) -> None:
    goal = at_full_size(size, Goal(0.3 if size >= _FIVE_MILLION else 0.5))
    name = f"matrix through the API, {question.name}, {size:,}"
    report.add(name, ours, "ms", "duckdb, warm", beside, goal)


def _scaling(report: Report, took: dict[int, dict[str, float]]) -> None:
    small = _SMALL
    for size in (size for size in took if small in took and size > small):
        goal = Goal(1.5) if size >= _FIVE_MILLION else None
        for question in QUESTIONS:
            report.add(
                f"matrix through the API, {question.name}, {size:,}", took[size][question.key],
                "ms", f"the same at {small:,}", took[small][question.key], goal,
            )  # fmt: skip
