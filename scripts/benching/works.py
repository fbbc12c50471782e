"""Works that are timed inside a process of their own, which prints the seconds as JSON.

``python -c '...main()' WORK ARGUMENT...``: see :func:`benching.processes.work`.
"""

from __future__ import annotations

import importlib
import json
import resource
import sqlite3
import statistics
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from benching import yardsticks
from benching.assembly_queries import AGREEMENTS
from benching.processes import MIB, UNIT
from negotrack.index.schema import EVER, day, moment

BATCH = 1_000
Figures = dict[str, float]


def main() -> None:
    """Do the work that is named and print what it took."""
    name, *arguments = sys.argv[1:]
    print(json.dumps(WORKS[name](*arguments)))


# -- writing --------------------------------------------------------------------------------------


def importing(source: str, root: str) -> Figures:
    """Import into a new workspace and bring its index up; ``taking_in`` is without the index."""
    from negotrack.exchange.readers.jsonlines import entry_of, lines
    from negotrack.workspace import Workspace

    Path(root, "events").mkdir(parents=True)
    Path(root, "negotrack.toml").touch()
    begun = time.perf_counter()
    with Workspace(Path(root)) as workspace, Path(source).open("rb") as file:
        workspace.import_((n, partial(entry_of, line)) for n, line in lines(file))
        taken_in, most = time.perf_counter() - begun, peak_so_far()
        workspace.storage.index.position()
        seconds = time.perf_counter() - begun
        return {"seconds": seconds, "taking_in": taken_in, "taking_in_peak": most}


def peak_so_far() -> float:
    """Return the most memory that this process had until now, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / MIB


def raw_inserting(source: str, path: str) -> Figures:
    """Insert the same bytes with sqlite3, durably, a thousand in a transaction."""
    from benching.histories import batches

    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, line BLOB)")
    took = 0.0
    for batch in batches(Path(source)):
        begun = time.perf_counter()
        db.execute("BEGIN")
        db.executemany("INSERT INTO event (line) VALUES (?)", [(line,) for line in batch])
        db.execute("COMMIT")
        took += time.perf_counter() - begun
    db.close()
    return {"seconds": took}


def _application(path: str) -> Any:
    from eventsourcing.application import Application

    settings = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": path}
    return Application(settings)


def library_inserting(source: str, path: str) -> Figures:
    """Save the same entries as the library would by itself: one aggregate, JSON transcoder."""
    from benching.histories import batches
    from benching.library import Log

    app, log, took = _application(path), Log(), 0.0
    for batch in batches(Path(source)):
        decoded = [json.loads(line) for line in batch]
        begun = time.perf_counter()
        for fields in decoded:
            log.note(fields)
        app.save(log)
        took += time.perf_counter() - begun
    app.close()
    return {"seconds": took}


# -- reading everything ---------------------------------------------------------------------------


def rebuilding(root: str) -> Figures:
    """Make the index anew from the store."""
    from negotrack.workspace import Workspace

    with Workspace(Path(root)) as workspace:
        begun = time.perf_counter()
        workspace.rebuild()
        return {"seconds": time.perf_counter() - begun}


def bare_cursor(store: str) -> Figures:
    """Fetch all rows of the store, and do nothing with them."""
    db = sqlite3.connect(store)
    begun = time.perf_counter()
    for _ in db.execute("SELECT rowid, topic, state FROM stored_events ORDER BY rowid"):
        pass
    return {"seconds": time.perf_counter() - begun}


def library_reading(path: str) -> Figures:
    """Read what the library saved as it would by itself: notifications, mapped to events."""
    app = _application(path)
    begun, start = time.perf_counter(), 1
    while notifications := app.recorder.select_notifications(start, BATCH):
        for notification in notifications:
            app.mapper.to_domain_event(notification)
        start = notifications[-1].id + 1
    took = time.perf_counter() - begun
    app.close()
    return {"seconds": took}


# -- the matrix, warm -----------------------------------------------------------------------------


def matrix_warm(root: str, rounds: str, *questions: str) -> Figures:
    """Ask an open workspace for matrices; questions are ``DAY|MOMENT``, without the moment now."""
    from negotrack.workspace import Workspace

    with Workspace(Path(root)) as workspace:

        def ask(question: str) -> None:
            as_of, _, known_at = question.partition("|")
            workspace.matrix(workspace.query(as_of=as_of, known_at=known_at or None))

        return _timed(ask, int(rounds), questions)


def duckdb_warm(path: str, rounds: str, *questions: str) -> Figures:
    """Ask an open DuckDB for the same matrices."""
    defined: dict[str, Any] = {}
    exec(yardsticks.MATRIX, defined)  # noqa: S102 - the text of the cold yardstick, run warm
    db, matrix = importlib.import_module("duckdb").connect(path, read_only=True), defined["matrix"]
    return _timed(lambda question: matrix(db, *numbers(question)), int(rounds), questions)


# -- agreement, warm ------------------------------------------------------------------------------


def agreements_warm(root: str, rounds: str, *spans: str) -> Figures:
    """Ask an open workspace how far all pairs agree in spans ``FIRST/LAST``."""
    from negotrack.workspace import Workspace

    with Workspace(Path(root)) as workspace:

        def ask(span: str) -> None:
            since, _, as_of = span.partition("/")
            query = workspace.query(as_of=as_of, since=since)
            workspace.alignment(query)

        return _timed(ask, int(rounds), spans)


def duckdb_agreements_warm(path: str, rounds: str, *spans: str) -> Figures:
    """Ask an open DuckDB the same."""
    db = importlib.import_module("duckdb").connect(path, read_only=True)

    def ask(span: str) -> None:
        since, _, as_of = span.partition("/")
        db.execute(AGREEMENTS.format(since=since, as_of=as_of)).fetchall()

    return _timed(ask, int(rounds), spans)


def consolidating(root: str, count: str) -> Figures:
    """Put so many amendments of those on the table into the whole text, the newest of them."""
    from negotrack.workspace import Workspace

    with Workspace(Path(root)) as workspace:
        texts = workspace.texts(as_of="9999-12-31")
        offers = sorted(texts.offers(), key=lambda offer: offer.slug)
        chosen = [offer.slug for offer in offers[-int(count) :]]
        begun = time.perf_counter()
        texts_after = texts.consolidated(chosen)
        took = time.perf_counter() - begun
    return {"seconds": took, "taken": sum(len(one.taken) for one in texts_after)}


def _timed(ask: Any, rounds: int, questions: tuple[str, ...]) -> Figures:
    took: dict[str, list[float]] = {question: [] for question in questions}
    for _ in range(rounds + 1):
        for question, times in took.items():
            begun = time.perf_counter()
            ask(question)
            times.append(time.perf_counter() - begun)
    return {question: statistics.median(times[1:]) for question, times in took.items()}


def numbers(question: str) -> tuple[int, int]:
    """Return the day and the moment of a question, as the index and DuckDB have them."""
    as_of, _, known_at = question.partition("|")
    return day(as_of), moment(known_at) if known_at else EVER - 1


WORKS: dict[str, Any] = {
    work.__name__: work
    for work in (
        importing, raw_inserting, library_inserting, rebuilding, bare_cursor, library_reading,
        matrix_warm, duckdb_warm, agreements_warm, duckdb_agreements_warm, consolidating,
    )
}  # fmt: skip
