"""Import into store, journal and index, and rebuild of the index from the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benching.processes import answer, medians, work
from benching.report import Goal

if TYPE_CHECKING:
    from benching.histories import History
    from benching.report import Report

LIBRARY_UP_TO = 100_000
"""The library's own way is too slow to wait for where there are more entries."""


def importing(report: Report, histories: list[History], rounds: int) -> None:
    """Measure the import of each history into a new workspace, and the memory it takes."""
    peaks: dict[int, float] = {}
    without: dict[int, float] = {}
    for history in histories:
        figures = [_import_once(history) for _ in range(rounds)]
        ours, raw, library = (medians(runs) for runs in zip(*figures, strict=True))
        size, name = history.size, f"import {history.size:,}"
        rate, beside = size / ours["seconds"], size / raw["seconds"]
        report.add(name, rate, "/s", "raw sqlite3", beside, Goal(0.25, least=True))
        if library:
            default = size / library["seconds"]
            report.add(
                name, rate, "/s", "eventsourcing, default batch", default, Goal(1, least=True)
            )
        rate = size / ours["taking_in"]
        report.add(f"{name}, without the index", rate, "/s", "raw sqlite3", beside)
        peaks[size], without[size] = ours["peak"], ours["taking_in_peak"]
    for size in peaks:
        _memory(report, f"import {size:,}, peak memory", size, peaks)
        _memory(report, f"import {size:,}, peak memory without the index", size, without)


def _import_once(history: History) -> list[dict[str, float]]:
    """Import one history in each way, in turn; the library's way gives nothing where too slow."""
    source = history.source
    with history.beside() as folder:
        figures = [
            answer(work("importing", source, folder / "workspace")),
            answer(work("raw_inserting", source, folder / "raw.db")),
        ]
        if history.size > LIBRARY_UP_TO:
            return [*figures, {}]
        return [*figures, answer(work("library_inserting", source, folder / "library.db"))]


def _memory(report: Report, name: str, size: int, peaks: dict[int, float]) -> None:
    """Hold the memory of an import against the next smaller one: it is to be flat."""
    smaller = max((other for other in peaks if other < size), default=None)
    if smaller is not None:
        goal = Goal(1.1) if smaller >= LIBRARY_UP_TO else None
        beside = f"the same at {smaller:,}"
        report.add(name, peaks[size], "MiB", beside, peaks[smaller], goal)


def rebuilding(report: Report, histories: list[History], rounds: int) -> None:
    """Measure how quickly the index of each history is made anew."""
    for history in histories:
        commands = [work("rebuilding", history.root), work("bare_cursor", history.store)]
        if history.size <= LIBRARY_UP_TO:
            commands.append(work("library_reading", history.library))
        figures = [[answer(command) for command in commands] for _ in range(rounds)]
        rates = [history.size / medians(runs)["seconds"] for runs in zip(*figures, strict=True)]
        name, ours = f"rebuild {history.size:,}", rates[0]
        report.add(name, ours, "/s", "bare cursor", rates[1], Goal(0.2, least=True))
        for default in rates[2:]:
            report.add(
                name, ours, "/s", "eventsourcing, default mapper", default, Goal(4, least=True)
            )
