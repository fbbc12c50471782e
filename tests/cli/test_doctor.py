from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from negotrack import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]


@pytest.fixture
def diagnosis(run: Run, demo: Path) -> dict[str, Any]:
    """Return what the doctor tells tools about a furnished workspace."""
    result = run("doctor", "--json", at=demo)
    assert (result.code, result.err) == (0, "")
    record = json.loads(result.out)
    assert isinstance(record, dict)
    return record


def test_the_doctor_says_where_everything_is(diagnosis: dict[str, Any], demo: Path) -> None:
    """Workspace, journal, store and index are named by their paths."""
    state = demo / ".negotrack"
    assert [diagnosis[name] for name in ("workspace", "journal", "store", "index")] == [
        str(demo),
        str(demo / "events"),
        str(state / "store.db"),
        str(state / "index.db"),
    ]


def test_the_doctor_counts(diagnosis: dict[str, Any], demo: Path) -> None:
    """The entries are counted, all of them and by type."""
    lines = [
        line for path in demo.rglob("events/**/*.jsonl") for line in path.read_bytes().splitlines()
    ]
    assert diagnosis["entries"] == len(lines) == sum(diagnosis["types"].values())
    assert diagnosis["types"]["demo session.scheduled"] == 1
    assert diagnosis["negotiations"] == ["demo"]


def test_the_doctor_names_versions(diagnosis: dict[str, Any]) -> None:
    """The versions of the program, of Python, of SQLite and of the libraries are given."""
    assert diagnosis["versions"]["negotrack"] == __version__
    assert diagnosis["versions"]["eventsourcing"] == "9.5.6"
    assert {"python", "sqlite", "click", "pendulum", "tabulate", "msgspec"} <= set(
        diagnosis["versions"]
    )


def test_the_last_entries_are_the_newest(run: Run, demo: Path) -> None:
    """The three entries that came in last are listed, the newest first."""
    logged = [
        json.loads(
            run("log", "statement", "--by", "KEN", "--says", f"word {n}", "--on", "2023-02-01",
                "--json", at=demo).out
        )["entry"]
        for n in range(4)
    ]  # fmt: skip
    last = json.loads(run("doctor", "--json", at=demo).out)["last"]
    assert [record["entry"] for record in last] == logged[:0:-1]
    assert {record["by"] for record in last} == {"tester"}


def test_what_was_set_aside_is_named(run: Run, demo: Path) -> None:
    """A torn line that was set aside is listed with its file."""
    journal = next((demo / "events").rglob("*.jsonl"))
    with journal.open("ab") as file:
        file.write(b'{"id":"half')
    result = run("doctor", "--json", at=demo)
    record = json.loads(result.out)
    assert len(record["quarantine"]) == 1
    assert "a torn last line was moved to" in result.err
    assert "set aside" in run("doctor", at=demo).out
