"""The benchmark on votes of the General Assembly runs to its end, and measures no false answer."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from negotrack.domain.states import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "bench.py"
STANDING = [state for state in STATES.values() if not (state.since or state.until)]
VOTERS = sorted(STANDING, key=lambda state: state.code != "USA")[:180]
ANSWERS = ("yes", "abstain", "no")
FAMOUS = ["yes"] * 79 + ["no"] * 60 + ["abstain"] * 33
"""The figures of resolution 74/247, roll call 9087."""


def calls() -> Iterator[tuple[str, ...]]:
    """Yield a few roll calls of two spans of five years: in the former, days are none."""
    for number, session in enumerate((*range(40, 45), *range(70, 75))):
        rcid, year = 100 + 2 * number, 1945 + session
        early, late = f"{year}-11-0{1 + number % 7}", f"{year}-12-12"
        yield str(rcid), str(session), "0", early, "", "", "", "A", ""
        yield str(rcid + 1), str(session), "1", late, f"R/{session}/9", "0", "1", "B", "b"
    yield "9087", "74", "0", "2019-12-27", "A/RES/74/247", "", "", "Crime", "Crime"


def ballots() -> Iterator[tuple[str, ...]]:
    """Yield the votes in them."""
    for place, (rcid, *_) in enumerate(calls()):
        if rcid == "9087":
            cast = FAMOUS
        else:
            cast = [ANSWERS[(place * number + number // 7) % 3] for number in range(len(VOTERS))]
        for state, vote in zip(VOTERS, cast, strict=False):
            name = "United States" if state.code == "USA" else state.name
            yield rcid, name, state.alpha2, vote


def write(path: Path, heading: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table as it is published: packed, with LF at the ends of its lines."""
    with gzip.open(path, "wt", newline="", encoding="utf-8") as file:
        file.write(f"{heading}\n")
        csv.writer(file, lineterminator="\n").writerows(rows)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with tables of roll calls and of votes."""
    folder = tmp_path_factory.mktemp("tables")
    heading = "rcid,session,importantvote,date,unres,amend,para,short,descr"
    write(folder / "un_roll_calls.csv.gz", heading, calls())
    write(folder / "un_votes.csv.gz", "rcid,country,country_code,vote", ballots())
    return folder


def bench(tables: Path, keep: Path) -> subprocess.CompletedProcess[str]:
    """Run the benchmark for one round."""
    options = ["--unga", str(tables), "--rounds", "1", "--keep", str(keep)]
    return subprocess.run(
        [sys.executable, str(SCRIPT), *options, "--json", str(keep / "bench.json")],
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


@pytest.fixture(scope="module")
def kept(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a benchmark that ran to its end."""
    keep = tmp_path_factory.mktemp("kept")
    done = bench(tables, keep)
    assert (done.returncode, done.stderr if done.returncode else "") == (0, "")
    return keep


def test_the_votes_of_the_assembly_are_measured(kept: Path) -> None:
    """One round over 3,800 votes gives figures of every question, beside files and a table."""
    report = json.loads((kept / "bench.json").read_text())
    works = {(row["work"], row["yardstick"]) for row in report["rows"]}
    assert len(list(ballots())) == 3_772
    assert {
        ("import 3,952", "raw sqlite3"),
        ("positions of a delegation", "python + duckdb on the files"),
        ("positions of a delegation", "python + duckdb on its table"),
        ("votes in a roll call", "python + duckdb on its table"),
        ("timeline of a session", "python + duckdb on its table"),
        ("timeline of a session, peak memory", "bare click app"),
        ("alignment of all pairs, 1985 to 1989", "python + duckdb on the files"),
        ("alignment of all pairs through the API, 2015-01-01/2019-12-31", "duckdb, warm"),
    } <= works


def test_what_differs_is_not_measured(tables: Path, kept: Path) -> None:
    """Where the record does not say what the tables say, the benchmark ends with the difference."""
    (votes,) = kept.rglob("un_votes.csv")
    text = votes.read_text(encoding="utf-8")
    votes.write_text(text.replace(",yes\n", ",no\n", 1), encoding="utf-8")
    done = bench(tables, kept)
    votes.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert "figures of all roll calls and those of the input: 21 and 21 rows differ" in done.stderr


def test_without_the_tables_nothing_is_measured(tmp_path: Path) -> None:
    """The benchmark says that it was skipped, and that is no failure."""
    done = bench(tmp_path / "nowhere", tmp_path)
    assert done.returncode == 0
    assert "SKIPPED the votes of the General Assembly" in done.stdout
    assert json.loads((tmp_path / "bench.json").read_text())["rows"] == []
