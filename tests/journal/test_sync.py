from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from negotrack.journal.sync import Synced
from negotrack.journal.sync_marker import is_in_step, read_marker
from negotrack.workspace import Workspace
from shorthand import opened, says, takes

if TYPE_CHECKING:
    from pathlib import Path


def journal(folder: Path) -> dict[str, list[bytes]]:
    """Return the sorted lines of every journal file."""
    files = sorted((folder / "events").rglob("*.jsonl"))
    return {path.name: sorted(path.read_bytes().splitlines()) for path in files}


def drop_line(folder: Path, word: bytes) -> None:
    """Delete the line that has a word from the journal."""
    for path in (folder / "events").rglob("*.jsonl"):
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(line for line in lines if word not in line))


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """Return a workspace with a stance and a statement in it."""
    workspace.log(takes("KEN", "support", "scope", session="s-1"))
    workspace.log(says("KEN", "It spoke of safeguards.", "2022"))
    return workspace


def test_what_the_journal_lost_comes_back_from_the_store(filled: Workspace) -> None:
    """A deleted journal line is written again: a record only grows."""
    whole = journal(filled.storage.places.root)
    drop_line(filled.storage.places.root, b"safeguards")
    assert Synced(journaled=1) == filled.sync()
    assert whole == journal(filled.storage.places.root)


def test_what_the_store_lacks_comes_from_the_journal(filled: Workspace, tmp_path: Path) -> None:
    """A journal alone is the whole record."""
    copy = tmp_path / "copy"
    shutil.copytree(filled.storage.places.root / "events", copy / "events")
    (copy / "negotrack.toml").touch()
    with Workspace(copy) as other:
        assert Synced(absorbed=filled.storage.store.count()) == other.sync()
        assert filled.storage.store.count() == other.storage.store.count()


def test_each_takes_what_only_the_other_has(filled: Workspace, tmp_path: Path) -> None:
    """Sync is the union: it takes in both ways at once."""
    root, copy = filled.storage.places.root, tmp_path / "copy"
    shutil.copytree(root, copy)
    with Workspace(copy) as other:
        other.log(says("CHN", "It answered.", session="s-1"))
        drop_line(root, b"safeguards")
        shutil.copy(copy / "events/demo/s-1.jsonl", root / "events/demo/s-1.jsonl")
        assert Synced(absorbed=1, journaled=1) == filled.sync()
        assert journal(copy) == journal(root)


def test_sync_is_idempotent(filled: Workspace) -> None:
    """A second sync finds nothing to do."""
    drop_line(filled.storage.places.root, b"safeguards")
    filled.sync()
    assert Synced() == filled.sync()


def test_a_note_that_is_lost_costs_a_comparison_only(filled: Workspace) -> None:
    """Without the note of being in step, sync compares and finds both equal."""
    filled.storage.places.sync_marker.unlink()
    assert Synced() == filled.sync()
    assert is_in_step(filled.storage.places, filled.storage.store)


@pytest.mark.parametrize(
    "note", [b"", b"\xff", b"negotrack in step 9 x 1\n", b"negotrack in step 1 x y\n", b"\n" * 9]
)
def test_a_note_that_cannot_be_read_is_no_note(filled: Workspace, note: bytes) -> None:
    """Whatever stands in the note, sync comes to the same end."""
    store = filled.storage.store
    filled.storage.places.sync_marker.write_bytes(note)
    assert not is_in_step(filled.storage.places, store)
    assert Synced() == filled.sync()
    assert filled.storage.store.last() == read_marker(filled.storage.places).position


def test_a_touched_file_is_looked_at(filled: Workspace) -> None:
    """A journal file that was written anew, even with the same bytes, ends being in step."""
    path = filled.storage.places.events / "demo/s-1.jsonl"
    store, data = filled.storage.store, path.read_bytes()
    path.unlink()
    path.write_bytes(data)
    assert not is_in_step(filled.storage.places, store)
    assert Synced() == filled.sync()


def test_a_note_about_another_store_is_no_note(filled: Workspace, tmp_path: Path) -> None:
    """A store put in the place of the one that was in step is compared, however long it is."""
    root, elsewhere = filled.storage.places.root, tmp_path / "elsewhere"
    (elsewhere / "events").mkdir(parents=True)
    shutil.copy(root / "negotrack.toml", elsewhere)
    with Workspace(elsewhere) as other:
        other.import_([opened(f"other-{n}") for n in range(20)])
    before = filled.storage.store.count()
    assert before < 20
    filled.close()
    shutil.copy(elsewhere / ".negotrack/store.db", root / ".negotrack/store.db")
    with Workspace(root) as mixed:
        assert Synced(absorbed=before, journaled=20) == mixed.sync()
