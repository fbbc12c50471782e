from __future__ import annotations

import random
import shutil
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from faults.evidence import (
    NEW_STANCE,
    change_store,
    flip_a_bit,
    journal,
    journaled,
    stopped,
    stored,
)
from shorthand import document, takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

    Run = Callable[..., Result]
    Ask = Callable[[Path], object]

STATE = ".negotrack"
STORE = ".negotrack/store.db"
ALTERED = (
    "UPDATE stored_events SET state = CAST(replace(state, 'support', 'resists') AS BLOB)"
    " WHERE rowid = 11"
)


# -- altered content ----------------------------------------------------------------------------


def test_altered_content_of_the_store_is_found(record: Path, run: Run) -> None:
    """A check finds an entry of the store that was changed, and says the cure (fault 7)."""
    change_store(record, ALTERED)
    done = run("check", "--format", "csv", at=record)
    assert done.code == 5
    assert "store.db number 11" in done.out
    assert "negotrack rebuild --store" in done.out


def test_altered_content_of_the_store_is_healed(record: Path, run: Run, answers: Ask) -> None:
    """A store made anew from the journal gives the answers from before (fault 7)."""
    whole, ids = answers(record), stored(record)
    change_store(record, ALTERED)
    assert run("rebuild", "--store", at=record).code == 0
    assert whole == answers(record)
    assert ids == stored(record)
    assert run("check", at=record).code == 0


def test_the_store_set_aside_is_kept_and_named(record: Path, run: Run) -> None:
    """Making the store anew deletes nothing: the old file is kept, and its name told (fault 7)."""
    old = (record / STORE).read_bytes()
    done = run("rebuild", "--store", at=record)
    (aside,) = (record / STATE).glob("*.aside")
    assert aside.name in done.err
    assert old == aside.read_bytes()


@pytest.mark.parametrize("in_step", [True, False])
def test_a_flipped_bit_in_the_store_is_found_or_harmless(
    record: Path, run: Run, answers: Ask, *, in_step: bool
) -> None:
    """One wrong bit in the store is found, or it changes no answer (fault 7)."""
    path, chance = record / STORE, random.Random(7)  # noqa: S311 - the same bits every time
    whole, data = answers(record), path.read_bytes()
    for _ in range(40):
        place = flip_a_bit(path, chance)
        (record / STATE / "index.db").unlink(missing_ok=True)
        if not in_step:
            (record / STATE / "in-step").unlink(missing_ok=True)
        done = run("check", at=record)
        assert "Traceback" not in done.err
        assert done.code in (0, 5), f"byte {place}: {done}"
        if done.code == 0:
            assert whole == answers(record), f"byte {place}"
        path.write_bytes(data)


# -- what is no store ---------------------------------------------------------------------------


def empty(path: Path) -> None:
    """Leave an empty file."""
    path.write_bytes(b"")


def text(path: Path) -> None:
    """Leave a text."""
    path.write_text("this is no database\n" * 1000)


def cut(path: Path) -> None:
    """Leave the first half of the store."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def cut_short(path: Path) -> None:
    """Leave not even a page of the store."""
    path.write_bytes(path.read_bytes()[:1000])


def of_another_program(path: Path) -> None:
    """Leave the database of another program."""
    path.unlink()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE stored_events (recipe TEXT)")


def newer(path: Path) -> None:
    """Leave a store of a layout to come."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")


WOUNDS = (empty, text, cut, cut_short, of_another_program, newer)


@pytest.mark.parametrize("wound", WOUNDS)
@pytest.mark.parametrize("words", [("timeline",), NEW_STANCE, ("export",), ("doctor",)])
def test_what_is_no_store_is_recognised_and_left_alone(
    record: Path, run: Run, wound: Callable[[Path], None], words: tuple[str, ...]
) -> None:
    """What is no store of ours is refused with its cure; not a byte changes (fault 22)."""
    wound(record / STORE)
    before = (record / STORE).read_bytes(), journal(record)
    stopped(run(*words, at=record), 5, "store", "; ")
    assert before == ((record / STORE).read_bytes(), journal(record))


@pytest.mark.parametrize("wound", WOUNDS)
def test_a_check_finds_what_is_no_store(
    record: Path, run: Run, wound: Callable[[Path], None]
) -> None:
    """A check says what is wrong with the store file (fault 22)."""
    wound(record / STORE)
    done = run("check", "--format", "csv", at=record)
    assert done.code == 5
    assert "store" in done.out


@pytest.mark.parametrize("wound", [w for w in WOUNDS if w is not newer])
def test_a_store_moved_away_is_rebuilt(
    record: Path, run: Run, wound: Callable[[Path], None], answers: Ask
) -> None:
    """The cure that the refusal names works (fault 22)."""
    whole = answers(record)
    wound(record / STORE)
    assert "rebuild --store" in run("timeline", at=record).err
    (record / STORE).rename(record / "old")
    assert whole == answers(record)


@pytest.mark.parametrize("wound", [w for w in WOUNDS if w is not newer])
def test_rebuilding_sets_a_foreign_store_aside(
    record: Path, run: Run, wound: Callable[[Path], None], answers: Ask
) -> None:
    """`rebuild --store` heals whatever lies in the place of the store, and keeps it (fault 22)."""
    whole = answers(record)
    wound(record / STORE)
    old = (record / STORE).read_bytes()
    assert run("rebuild", "--store", at=record).code == 0
    (aside,) = (record / STATE).glob("*.aside")
    assert old == aside.read_bytes()
    assert whole == answers(record)


# -- lost and copied ----------------------------------------------------------------------------


@pytest.mark.parametrize("lost", ["", "store.db", "index.db", "in-step", "lock"])
def test_what_is_deleted_is_made_anew(record: Path, lost: str, answers: Ask) -> None:
    """With a file of the state deleted, or all, every answer has the same bytes (fault 23)."""
    whole, before = answers(record), journal(record)
    if lost:
        (record / STATE / lost).unlink()
    else:
        shutil.rmtree(record / STATE)
    assert whole == answers(record)
    assert before == journal(record)
    assert journaled(record) == stored(record)


@pytest.mark.parametrize("index", ["kept", "lost", "without its WAL"])
def test_a_store_copied_without_its_wal_is_completed(
    workspace: Workspace, tmp_path: Path, index: str, answers: Ask
) -> None:
    """A store file copied while it was open is completed from the journal (fault 23)."""
    workspace.log(document("draft-1", session="s-1"))
    workspace.log(takes("KEN", "support", "scope", session="s-1"))
    root, copy = workspace.storage.places.root, tmp_path / "copy"
    assert (root / f"{STORE}-wal").stat().st_size > 0
    left_behind = {"kept": "store.db-*", "lost": "index.db*", "without its WAL": "*.db-*"}[index]
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("store.db-*", left_behind))
    whole = answers(root)
    assert whole == answers(copy)
    assert journaled(root) == stored(copy)


def test_an_older_store_put_back_gives_the_same_answers(
    workspace: Workspace, tmp_path: Path, run: Run, answers: Ask
) -> None:
    """A store from a backup is completed, and the index that was ahead of it follows (fault 23)."""
    root = workspace.storage.places.root
    workspace.close()
    shutil.copy(root / STORE, tmp_path / "backup.db")
    for number, target in enumerate(("scope", "art-6", "art-6/2")):
        day = f"2023-01-1{9 - number}"
        words = ("log", "stance", "--by", "KEN", "--target", target, "--stance", "accept")
        session = () if number % 2 else ("--session", "none")
        assert run(*words, "--on", day, *session, at=root).code == 0
    whole = answers(root)
    shutil.copy(tmp_path / "backup.db", root / STORE)
    assert whole == answers(root)
    assert journaled(root) == stored(root)


def test_a_foreign_index_is_made_anew(record: Path, answers: Ask) -> None:
    """Whatever lies in the place of the index is no harm: it can be thrown away (fault 23)."""
    whole = answers(record)
    (record / STATE / "index.db").write_text("this is no index\n" * 1000)
    assert whole == answers(record)
    path = record / STATE / "index.db"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert whole == answers(record)


# -- tampering ----------------------------------------------------------------------------------

TRAP = "import pathlib\n\npathlib.Path(__file__).with_name('sprung').touch()\n\nclass Boom: ...\n"


@pytest.mark.parametrize("words", [("check",), NEW_STANCE, ("rebuild",)])
def test_a_topic_imports_no_foreign_module(
    record: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """A topic of the store that names a module of somebody's is never imported (fault 24)."""
    (tmp_path / "trap.py").write_text(TRAP)
    monkeypatch.syspath_prepend(tmp_path)
    change_store(record, "UPDATE stored_events SET topic = 'trap:Boom'")
    run(*words, at=record)
    assert "trap" not in sys.modules
    assert not (tmp_path / "sprung").exists()


def test_a_foreign_topic_is_found(record: Path, run: Run) -> None:
    """A check names the entry whose topic is not one of the closed table (fault 24)."""
    change_store(record, "UPDATE stored_events SET topic = 'os:system' WHERE rowid = 3")
    done = run("check", "--format", "csv", at=record)
    assert done.code == 5
    assert "store.db number 3" in done.out
    assert "os:system" in done.out


def test_nothing_is_logged_on_a_foreign_topic(record: Path, run: Run) -> None:
    """A writer that meets a foreign topic stops, and writes nothing (fault 24)."""
    change_store(record, "UPDATE stored_events SET topic = 'os:system' WHERE rowid = 3")
    before = journal(record)
    stopped(run(*NEW_STANCE, at=record), 5, "os:system", "rebuild --store")
    assert before == journal(record)


STATES = {
    "empty": "x''",
    "no JSON": "CAST('hello' AS BLOB)",
    "of the library": """CAST('{"_type_":"os:system","_data_":"true"}' AS BLOB)""",
    "a text instead of bytes": "CAST(state AS TEXT)",
    "without the id": "substr(state, 74)",
    "altered": "CAST(replace(state, 'Kenya', 'Konya') AS BLOB)",
    "of another type": "CAST(replace(state, '.registered', '.enthroned') AS BLOB)",
    "zeros": "zeroblob(300)",
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_a_tampered_state_is_found(record: Path, run: Run, state: str) -> None:
    """A check finds every state that is not the canonical line of its entry (fault 24)."""
    change_store(record, "DROP INDEX entry_id")
    change_store(record, f"UPDATE stored_events SET state = {state} WHERE rowid = 3")
    done = run("check", "--format", "csv", at=record)
    assert done.code == 5, done
    assert "store.db number 3" in done.out


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_a_tampered_state_stops_the_reader(record: Path, run: Run, state: str) -> None:
    """A reader that meets a tampered state says so in a sentence (fault 24)."""
    change_store(record, "DROP INDEX entry_id")
    change_store(record, f"UPDATE stored_events SET state = {state} WHERE rowid = 3")
    (record / STATE / "index.db").unlink()
    done = run("timeline", at=record)
    assert "Traceback" not in done.err
    if done.code:
        stopped(done, 5, "store", "rebuild")
