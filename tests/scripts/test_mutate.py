"""Mutants are made, tried and counted; what survives is SURVIVORS."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent.parent / "scripts"

BEYOND = """
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    NEVER = 1 < 2

UNUSED = 3


def is_beyond(number: int, bound: int) -> bool:
    'Tell whether 1 > 0.'
    assert bound >= 0
    return number > bound
"""

TESTED = """
from negotrack.domain.beyond import is_beyond


def test_the_bound_is_not_beyond() -> None:
    assert (is_beyond(4, 3), is_beyond(3, 3)) == (True, False)
"""


SURVIVORS = """\
domain/beyond.py:7 constant
- UNUSED = 3
+ UNUSED = 4

domain/beyond.py:7 constant
- UNUSED = 3
+ UNUSED = 2

2 mutants, 2 survive, 0.0% killed
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a small repository: one function with a test, and a constant that nobody uses."""
    root = tmp_path / "root"
    files = {
        "pyproject.toml": "[tool.pytest.ini_options]\n",
        "src/negotrack/__init__.py": "",
        "src/negotrack/domain/__init__.py": "",
        "src/negotrack/domain/beyond.py": BEYOND,
        "tests/domain/test_beyond.py": TESTED,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def mutate(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the script on a repository."""
    return subprocess.run(
        [sys.executable, str(SCRIPTS / "mutate.py"), "--root", str(root), *options],
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_a_boundary_that_a_test_states_is_killed(root: Path) -> None:
    """Where every mutant of a line is noticed, the script ends with 0."""
    done = mutate(root, "--only", "domain/beyond.py:13")
    assert (done.returncode, done.stdout) == (0, "1 mutants, 0 survive, 100.0% killed\n")


def test_what_nobody_uses_survives_and_is_printed(root: Path, tmp_path: Path) -> None:
    """A survivor is shown as a difference; results are kept, and not worked out again."""
    results = tmp_path / "results.jsonl"
    options = ("--only", "domain/beyond.py:7", "--jobs", "1", "--results", str(results))
    done = mutate(root, *options)
    assert (done.returncode, done.stdout, done.stderr) == (1, SURVIVORS, "")
    lines = [json.loads(line) for line in results.read_text().splitlines()]
    assert [line["killed_by"] for line in lines] == [None, None]
    again = mutate(root, *options)
    assert (again.returncode, again.stdout) == (1, SURVIVORS)
    assert len(lines) == len(results.read_text().splitlines())


def test_types_assertions_and_documents_are_no_mutants(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what can change an answer is changed."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from mutating.mutants import mutants_of

    mutants = mutants_of(root / "src" / "negotrack", "domain/beyond.py")
    assert [(mutant.place, mutant.becomes) for mutant in mutants] == [
        ("domain/beyond.py:7", "UNUSED = 4"),
        ("domain/beyond.py:7", "UNUSED = 2"),
        ("domain/beyond.py:13", "return (number >= bound)"),
    ]


def test_the_tests_that_try_a_room_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of the table of rooms is a file of these tests, and every room has a row."""
    monkeypatch.syspath_prepend(str(SCRIPTS))
    from mutating.rooms import ROOMS, WIDER

    tests = SCRIPTS.parent / "tests"
    names = [name for row in WIDER.values() for name in row.split()]
    assert [name for name in names if not (tests / name).exists()] == []
    assert set(ROOMS) == {room.partition("/")[0] for room in WIDER}
