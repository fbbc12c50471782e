"""Tests mirror the rooms: who changes a module knows which file tries it."""

from __future__ import annotations

from pathlib import Path

import pytest

from house.plan import PACKAGE

TESTS = Path(__file__).parent.parent

WHOLE = {
    "checking": "checks are tried by what they find in a record, whichever module finds it",
    "cli": "commands are tried as people use them, several in one story",
    "docs": "the documents, and what they say of the program",
    "faults": "what breaks, through all floors",
    "golden": "what every command prints",
    "house": "the plan of the house itself",
    "laws": "what holds for all histories, through all floors",
    "samples": "frozen lines of every type, which must load for ever",
    "scripts": "the scripts, which are no part of the package",
}
"""Folders of tests that stand for no room of the package, and why."""

FILES = [
    path.relative_to(TESTS)
    for path in sorted(TESTS.rglob("test_*.py"))
    if path.relative_to(TESTS).parts[0] not in WHOLE
]


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_file_of_tests_is_named_as_the_module_that_it_tries(path: Path) -> None:
    """In the same folder as its tests, the package has a module of their name."""
    assert (PACKAGE / path.parent / path.name.removeprefix("test_")).is_file()


@pytest.mark.parametrize("name", WHOLE)
def test_every_exception_is_needed(name: str) -> None:
    """A folder that is excepted is there, with tests that mirror nothing."""
    files = (TESTS / name).rglob("test_*.py")
    modules = (PACKAGE / name / path.name.removeprefix("test_") for path in files)
    assert not all(module.is_file() for module in modules)
