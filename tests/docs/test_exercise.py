"""The exercise is what it says: a text in two drafts, and what was done about it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from docs.pages import DOCS
from negotrack.domain.states import STATES
from negotrack.workspace import Workspace
from shorthand import query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]

FOLDER = DOCS / "exercise"
IN_ORDER = ("names.jsonl", "draft-1.md", "acts-1.jsonl", "draft-2.md", "acts-2.jsonl")


@pytest.fixture(scope="module")
def lines() -> list[dict[str, object]]:
    """Return the entries of the exercise that are written in JSON Lines."""
    return [
        json.loads(line)
        for file in sorted(FOLDER.glob("*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]


@pytest.fixture
def exercise(tmp_path: Path, run: Run) -> Path:
    """Return a workspace with all of it."""
    folder = tmp_path / "luggage"
    shutil.copytree(FOLDER, folder)
    assert run("init", str(folder)).code == 0
    for name in IN_ORDER:
        form = ["--as", "draft"] if name.endswith(".md") else []
        assert run("import", str(folder / name), *form, at=folder).code == 0
    return folder


def test_the_exercise_says_that_it_is_one(lines: list[dict[str, object]]) -> None:
    """Nobody takes it for a negotiation: its title, its notes, its sources and its names say so."""
    assert "exercise" in str(next(e for e in lines if "decision_rule" in e)["title"]).lower()
    for name in IN_ORDER:
        assert "exercise" in (FOLDER / name).read_text(encoding="utf-8").lower()
    registered = {str(e["delegation"]): e["kind"] for e in lines if "delegation" in e}
    assert "state" not in registered.values()
    assert not registered.keys() & STATES.keys()


def test_every_file_is_in_the_list() -> None:
    """The page of the exercise names its files in the order in which they are taken in."""
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert list(IN_ORDER) == [
        line.split("](")[0].removeprefix("| [") for line in page.splitlines() if "| [" in line
    ]


def test_the_exercise_is_sound(run: Run, exercise: Path) -> None:
    """The record of it has no findings, and each draft comes out as it went in."""
    assert run("check", at=exercise) == (0, "", "")
    for slug in ("draft-1", "draft-2"):
        draft = exercise / f"{slug}.again.md"
        assert run("export", "--document", slug, "-o", str(draft), at=exercise).code == 0
        assert run("import", str(draft), "--as", "draft", at=exercise).out.startswith("0 added")


def test_the_exercise_has_everything(exercise: Path) -> None:
    """Amendments to the third depth, of every action; brackets; every word in its place."""
    with Workspace(exercise) as opened:
        texts = opened.texts(query(opened.names.negotiation()))
        drafting = texts.drafting
        offers = drafting.offers.values()
        assert len([p for p in drafting.provisions if "/" not in str(p.address)]) == 16
        assert max(offer.depth for offer in offers) == 3
        assert {offer.terms.action for offer in offers} == {"add", "delete", "replace", "move"}
        assert [(offer.slug, offer.trouble) for offer in offers if offer.trouble] == []
        assert drafting.stray == []
        assert {p.title for p in drafting.below("art-6")} == {"Safeguards", None}
        assert sum(len(p.brackets) for p in drafting.provisions) == 9


def test_renumbered_provisions_are_the_same(exercise: Path) -> None:
    """What art-5 said in the first draft is what art-6 was before."""
    with Workspace(exercise) as opened:
        (article,) = [
            p
            for p in opened.texts(query(opened.names.negotiation())).drafting.provisions
            if p.address == "art-6/1"
        ]
        assert [reading.address for reading in article.readings] == ["art-5/1", "art-6/1"]
