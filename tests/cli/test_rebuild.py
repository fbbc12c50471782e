from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]

READING = (
    "timeline ahc-6 --as-of 2024",
    "timeline --all --as-of 2026-11-23 --format json",
    "positions --as-of 2024 --format csv",
    "history USA --as-of 2024",
    "show scope --as-of 2024",
    "names",
    "replay --to 2026-11-23",
    "replay --to 2026-11-23 --step session --format table",
    "export",
)


@pytest.fixture
def record(treaty: Path, tmp_path: Path) -> Path:
    """Return a copy of the treaty record of one's own, without store and index."""
    copy = tmp_path / "record"
    return shutil.copytree(treaty, copy, ignore=shutil.ignore_patterns(".negotrack"))


@pytest.mark.parametrize("words", READING)
def test_store_and_index_can_be_deleted(run: Run, treaty: Path, record: Path, words: str) -> None:
    """Without ``.negotrack``, any reading command prints the same bytes as with it."""
    with_it = run(*words.split(), at=treaty)
    assert (with_it.code, with_it.err) == (0, "")
    assert not (record / ".negotrack").exists()
    assert with_it == run(*words.split(), at=record)


def answers(run: Run, record: Path) -> list[Result]:
    """Return what every reading command prints."""
    return [run(*words.split(), at=record) for words in READING]


def test_the_index_is_made_anew(run: Run, record: Path) -> None:
    """``rebuild`` makes the index from the store and changes no answer."""
    before = answers(run, record)
    result = run("rebuild", "--json", at=record)
    assert json.loads(result.out) == {"entries": len(before[-1].out.splitlines())}
    assert before == answers(run, record)


def test_the_store_is_made_anew(run: Run, record: Path) -> None:
    """``rebuild --store`` sets the store aside, makes it from the journal, changes no answer."""
    before = answers(run, record)
    result = run("rebuild", "--store", at=record)
    assert result.code == 0
    assert result.out == f"rebuilt from {len(before[-1].out.splitlines()):,} entries\n"
    assert "note: the old store is kept as .negotrack/store-" in result.err
    assert len(list((record / ".negotrack").glob("store-*.aside"))) == 1
    assert before == answers(run, record)


def test_a_damaged_index_is_made_anew_by_itself(run: Run, record: Path) -> None:
    """An index that is no database is thrown away, and the answer is the same."""
    before = answers(run, record)
    (record / ".negotrack" / "index.db").write_bytes(b"nonsense" * 1000)
    for name in ("index.db-wal", "index.db-shm"):
        (record / ".negotrack" / name).unlink(missing_ok=True)
    assert before == answers(run, record)


def test_the_journal_is_left_alone(run: Run, record: Path) -> None:
    """Reading, rebuilding and syncing write nothing into the journal."""
    files = {path: path.read_bytes() for path in (record / "events").rglob("*.jsonl")}
    answers(run, record)
    run("rebuild", "--store", at=record)
    run("sync", at=record)
    assert files == {path: path.read_bytes() for path in (record / "events").rglob("*.jsonl")}


def test_a_lost_journal_line_comes_back_from_the_store(run: Run, demo: Path) -> None:
    """What only the store holds is written into the journal at the next command."""
    run("log", "statement", "--by", "KEN", "--says", "Words", "--on", "2023-02-01", at=demo)
    journal = next(
        path for path in (demo / "events").rglob("*.jsonl") if b"Words" in path.read_bytes()
    )
    lost = journal.read_bytes()
    journal.write_bytes(b"".join(x for x in lost.splitlines(keepends=True) if b"Words" not in x))
    result = run("sync", "--json", at=demo)
    assert json.loads(result.out) == {"absorbed": 0, "journaled": 1, "quarantined": []}
    assert lost == journal.read_bytes()


def test_sync_twice_does_nothing(run: Run, demo: Path) -> None:
    """Where store and journal hold the same entries, sync says so."""
    run("sync", at=demo)
    assert run("sync", at=demo) == (0, "in step already\n", "")
