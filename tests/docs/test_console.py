"""What the documents show at a prompt is what the program prints."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from docs.console import PROMPT, Example, examples, lines_of, matches, rewritten
from docs.pages import DOCS, PAGES, Block, blocks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

THE_DAY = datetime(2026, 11, 26, 9, tzinfo=UTC)
"""When examples that write are run: after the newest entry of the treaty record."""

TUTORIAL = DOCS / "tutorial.md"

HOME = "/home/you"
"""Where documents have the folder in which examples are run."""


def consoles(page: Path) -> list[Block]:
    """Return the blocks of a page that begin with a command of negotrack."""
    consoles = blocks(page, "console")
    return [block for block in consoles if block.text.startswith(f"{PROMPT}negotrack")]


@pytest.fixture
def scratch(treaty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the treaty record to write into; it is the current folder."""
    folder = tmp_path / "treaty"
    shutil.copytree(treaty, folder, ignore=shutil.ignore_patterns(".negotrack"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("NEGOTRACK_RECORDER", "you")
    monkeypatch.setattr("negotrack.clock.now", lambda: THE_DAY)
    return folder


@pytest.fixture
def begun(tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], Path]:
    """Return what gives a page the folder that it begins with, as the current one.

    That of the tutorial is no workspace yet: there are the files of the exercise. Time goes on
    there, for nearly every command writes.
    """

    def beginner(page: Path) -> Path:
        if page != TUTORIAL:
            return scratch
        folder = tmp_path / "luggage"
        shutil.copytree(DOCS / "exercise", folder)
        monkeypatch.chdir(folder)
        minutes = count()
        monkeypatch.setattr(
            "negotrack.clock.now", lambda: THE_DAY + timedelta(minutes=next(minutes))
        )
        return folder

    return beginner


@pytest.mark.parametrize("page", [*filter(consoles, PAGES)], ids=lambda page: page.name)
def test_examples_print_what_is_shown(
    page: Path, begun: Callable[[Path], Path], run: Callable[..., Result]
) -> None:
    """The commands of a document, run one after the other, print what the document shows.

    With UPDATE_GOLDEN=1 the document is rewritten with what they print now.
    """
    folder = begun(page)

    def printed(example: Example) -> list[str]:
        result = run(*example.words)
        return [line.replace(str(folder.parent), HOME) for line in lines_of(result.out, result.err)]

    if os.environ.get("UPDATE_GOLDEN"):
        text = page.read_text(encoding="utf-8")
        for block in consoles(page):
            text = text.replace(block.text, rewritten(block.text, printed), 1)
        page.write_text(text, encoding="utf-8")
        return
    for block in consoles(page):
        for example in examples(block.text):
            lines = printed(example)
            if not matches(example.shown, lines):
                assert (example.command, example.shown) == (example.command, lines)


def test_three_dots_stand_for_any_lines() -> None:
    """A line of three dots leaves out any number of lines, and nothing within a line."""
    assert matches(["a", "...", "d"], ["a", "b", "c", "d"])
    assert matches(["a", "...", "d"], ["a", "d"])
    assert not matches(["a", "...", "d"], ["a", "b"])
    assert not matches(["a..."], ["abc"])


def test_a_command_may_go_on_in_the_next_line() -> None:
    """A backslash at the end of a line joins it with the next one, as a shell does."""
    (example,) = examples("$ negotrack log vote \\\n    --by KEN\nlogged\n")
    assert Example("negotrack log vote --by KEN", ["logged"]) == example
