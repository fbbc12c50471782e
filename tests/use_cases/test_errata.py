from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conftest import stamped
from negotrack.domain.canonical import unstamped
from negotrack.errors import Conflict, RejectedLines
from shorthand import correction, issue, retraction, takes
from use_cases.conftest import state_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.domain.entries import Entry
    from negotrack.workspace import Workspace

IN_USE = "issue trust is in use: 1 entry names it; retract or correct those first"


@pytest.fixture
def trust(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the id of an entry that brought a name, the last one of its recorder, in use since."""
    entry_id = workspace.log(issue("trust", "much", "little", on="2023-01-16")).id
    monkeypatch.setenv("NEGOTRACK_RECORDER", "another")
    workspace.log(takes("KEN", "support", "trust", option="much", on="2023-01-17"))
    monkeypatch.setenv("NEGOTRACK_RECORDER", "tester")
    return entry_id


def _import(workspace: Workspace, *entries: Entry, keep_going: bool = False) -> None:
    items = [(n, lambda e=entry: e) for n, entry in enumerate(entries, 1)]
    workspace.import_(items, keep_going=keep_going)


DOORS: dict[str, Callable[[Workspace, str], object]] = {
    "a draft": lambda w, i: w.log(retraction(i, on="2023-01-18")),
    "a kind": lambda w, i: w.log("retraction", entry=i, reason="x", on="2023-01-18"),
    "retract": lambda w, i: w.retract(i[:8], reason="x", on="2023-01-18"),
    "a dry run": lambda w, i: w.retract(i[:8], reason="x", on="2023-01-18", dry_run=True),
    "undo": lambda w, _: w.undo(),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_name_in_use_is_not_lost(workspace: Workspace, trust: str, door: str) -> None:
    """Whoever retracts what brought a name in use is refused, and nothing is changed."""
    before = state_of(workspace)
    with pytest.raises(Conflict, match=IN_USE):
        DOORS[door](workspace, trust)
    assert before == state_of(workspace)


@pytest.mark.parametrize("is_whole", [False, True], ids=["a draft", "a whole line"])
def test_an_import_takes_no_name_in_use(workspace: Workspace, trust: str, is_whole: bool) -> None:  # noqa: FBT001
    """A line that retracts what brought a name in use is refused, be it a draft or stamped."""
    draft = retraction(trust, on="2023-01-18")
    before = state_of(workspace)
    with pytest.raises(RejectedLines) as refused:
        _import(workspace, stamped(draft, 99) if is_whole else draft)  # type: ignore[arg-type]
    ((line, refusal),) = refused.value.faults
    assert (line, str(refusal)) == (1, IN_USE)
    assert before == state_of(workspace)


COMMANDS = ("retract {} --reason x", "log retraction {} --reason x", "undo", "import {file}")


@pytest.mark.parametrize("words", COMMANDS)
def test_the_commands_take_no_name_in_use(
    workspace: Workspace, trust: str, run: Callable[..., Result], tmp_path: Path, words: str
) -> None:
    """On the command line the cure lists the entries that name it."""
    file = tmp_path / "lines.jsonl"
    fields = {"type": "entry.retracted/1", "entry": trust, "reason": "x", "on": "2023-01-18"}
    file.write_text(json.dumps(fields))
    before = state_of(workspace)
    result = run(*words.format(trust, file=file).split(), at=workspace.storage.places.root)
    assert result.code == (3 if words.startswith("import") else 4)
    assert f"{IN_USE}: negotrack timeline --target trust" in result.err
    assert before == state_of(workspace)


CHANGES: dict[str, Callable[[Workspace, str], object]] = {
    "correct": lambda w, i: w.correct(i, options=["little"], reason="x", on="2023-01-18"),
    "log": lambda w, i: w.log(correction(i, options=["little"], on="2023-01-18")),
}


@pytest.mark.parametrize("door", CHANGES)
def test_an_option_in_use_is_not_lost(workspace: Workspace, trust: str, door: str) -> None:
    """Whoever takes away an option that a stance names is refused."""
    before = state_of(workspace)
    with pytest.raises(Conflict, match="option much of trust is in use: 1 entry names it"):
        CHANGES[door](workspace, trust)
    assert before == state_of(workspace)


def test_an_import_frees_a_name_in_any_order(workspace: Workspace, trust: str) -> None:
    """A retraction of a name may come before that of the entry that uses it."""
    (use,) = (live.id for live in workspace.replay(target="trust", kind="stance", as_of="2024"))
    _import(workspace, retraction(trust, on="2023-01-18"), retraction(use, on="2023-01-18"))
    assert [name for name in workspace.names.registered("issue") if name.name == "trust"] == []


def test_a_freed_name_can_be_taken(workspace: Workspace, trust: str) -> None:
    """Once nothing that counts names it, what brought a name is retracted."""
    (use,) = (live.id for live in workspace.replay(target="trust", kind="stance", as_of="2024"))
    workspace.retract(use, reason="x", on="2023-01-18")
    assert workspace.retract(trust, reason="x", on="2023-01-18").preview.now is None
    again = workspace.log(issue("trust", on="2023-01-16", title="Anew"))
    assert (again.new, unstamped(again.entry)) == (
        True,
        issue("trust", on="2023-01-16", title="Anew"),
    )
