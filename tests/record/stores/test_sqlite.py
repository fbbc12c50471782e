from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from conftest import stamped
from negotrack.errors import Damaged
from negotrack.record.application import RecordApplication
from negotrack.record.stores import sqlite_recorder as recorder_module
from negotrack.record.stores.sqlite import SqliteStore
from negotrack.record.stores.sqlite_layout import APPLICATION_ID, LAYOUT, MARKS
from negotrack.record.stores.sqlite_recorder import make_store_file, open_recorder
from record.room import ROOM
from shorthand import says

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store file with the usual room in it."""
    file = tmp_path / "store.db"
    make_store_file(file)
    record = RecordApplication(open_recorder(file))
    with record.transaction() as writing:
        for kept in ROOM:
            writing.admit(kept)
    record.close()
    return file


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """Return the store, opened."""
    opened = SqliteStore(path)
    yield opened
    opened.close()


# -- reading ----------------------------------------------------------------------------------


def test_a_store_counts_its_entries(store: SqliteStore) -> None:
    """The number of the newest entry is the number of entries, since none is ever deleted."""
    assert len(ROOM) == store.count() == store.last()


def test_entries_are_read_in_order_after_a_position(store: SqliteStore) -> None:
    """Reading goes on where it stopped."""
    assert [kept.line for kept in ROOM[7:]] == [line for _, _, line in store.after(7)]
    assert list(store.after(len(ROOM))) == []


def test_entries_are_read_in_batches(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are read at a time, each comes once."""
    monkeypatch.setattr("negotrack.record.stores.sqlite._BATCH", 3)
    assert list(range(1, len(ROOM) + 1)) == [seq for seq, _, _ in store.after(0)]


@pytest.mark.parametrize("chunk", [1, 2, 500])
def test_entries_are_read_by_number(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    """Lines come in the order in which their numbers were given, however many are looked up."""
    monkeypatch.setattr("negotrack.record.stores.sqlite.CHUNK", chunk)
    expected = [ROOM[number - 1].line for number in (5, 1, 3, 5, 2)]
    assert expected == list(store.lines(iter([5, 1, 3, 5, 2])))


def test_a_number_that_is_none_is_noticed(store: SqliteStore) -> None:
    """There is no line for a number that the store does not have."""
    with pytest.raises(KeyError):
        list(store.lines([1, len(ROOM) + 1]))


@pytest.mark.parametrize("digits", [4, 10, 63, 64])
def test_an_entry_is_found_by_the_beginning_of_its_id(store: SqliteStore, digits: int) -> None:
    """Any unique prefix finds the entry with its number."""
    kept = ROOM[3]
    assert [(4, kept.line)] == store.find(kept.id[:digits])


def test_a_prefix_finds_all_that_begin_with_it(store: SqliteStore) -> None:
    """The empty prefix finds everything, by id and up to a limit."""
    by_id = sorted(kept.id for kept in ROOM)
    assert by_id == [line[7:71].decode() for _, line in store.find("", 100)]
    assert by_id[:2] == [line[7:71].decode() for _, line in store.find("", 2)]


def test_an_unknown_id_finds_nothing(store: SqliteStore) -> None:
    """No entry, no answer."""
    assert store.find("f" * 64) == []


def test_what_is_missing_elsewhere_is_found(store: SqliteStore) -> None:
    """The entries that another replica lacks come with their topics, in order."""
    ids = [kept.id for kept in ROOM if kept is not ROOM[2]]
    expected = [("delegation.registered/1", ROOM[2].line)]
    assert expected == list(store.missing_from([*ids, *ids, "0" * 64]))
    assert expected == list(store.missing_from(ids))
    assert len(ROOM) == len(list(store.missing_from([])))


def test_every_store_has_an_identity_of_its_own(tmp_path: Path) -> None:
    """An index knows the store that it was made from."""
    stores = []
    for name in ("a.db", "b.db"):
        make_store_file(tmp_path / name)
        stores.append(SqliteStore(tmp_path / name))
    assert len({one.identity for one in stores}) == 2
    for one in stores:
        one.close()


# -- recognising ------------------------------------------------------------------------------


def _refused(path: Path, words: str) -> None:
    before = path.read_bytes()
    with pytest.raises(Damaged, match=words) as refused:
        SqliteStore(path)
    assert refused.value.cure
    assert before == path.read_bytes()


def test_an_empty_file_is_no_store(tmp_path: Path) -> None:
    """A file without a byte is recognised and left alone."""
    path = tmp_path / "store.db"
    path.touch()
    _refused(path, "is empty")


@pytest.mark.parametrize(
    "content", [b"x", b"not a database\n" * 100, b"SQLite format 3\0", bytes(4096)]
)
def test_a_file_that_is_no_database_is_no_store(tmp_path: Path, content: bytes) -> None:
    """Whatever the bytes are, they are recognised and left alone."""
    path = tmp_path / "store.db"
    path.write_bytes(content)
    _refused(path, "damaged|another program")


def test_the_database_of_another_program_is_no_store(tmp_path: Path) -> None:
    """A SQLite file of another program is recognised and left alone."""
    path = tmp_path / "store.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE stored_events (state BLOB)")
    db.commit()
    db.close()
    _refused(path, "another program")


def test_a_store_of_a_newer_release_is_left_to_it(path: Path) -> None:
    """A newer layout is not guessed at."""
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    db.close()
    with pytest.raises(Damaged, match="newer negotrack; use that release"):
        SqliteStore(path)


def test_a_marked_file_without_tables_is_damaged(tmp_path: Path) -> None:
    """A file that only claims to be a store is recognised."""
    path = tmp_path / "store.db"
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("CREATE TABLE store (identity TEXT)")
    db.commit()
    db.close()
    _refused(path, "damaged|no such table")


@pytest.mark.parametrize("tenths", range(1, 10))
def test_a_truncated_store_is_damaged(path: Path, tenths: int) -> None:
    """A store that lost its end is recognised, wherever it was cut."""
    record = RecordApplication(open_recorder(path))
    with record.transaction() as writing:
        for number in range(200):
            writing.admit(stamped(says("KEN", "word " * 50), 100 + number))
    record.close()
    os.truncate(path, path.stat().st_size * tenths // 10)
    _refused(path, "damaged")


# -- making -----------------------------------------------------------------------------------


def test_a_store_is_made_whole(tmp_path: Path) -> None:
    """A new store is empty, marked as ours, and alone in its folder."""
    path = tmp_path / "store.db"
    make_store_file(path)
    store = SqliteStore(path)
    assert (store.last(), store.count()) == (0, 0)
    store.close()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("done", range(5))
def test_a_store_is_whole_or_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: int
) -> None:
    """Where the making breaks off, however far it came, there is no store, and it can be made."""
    path = tmp_path / "store.db"
    monkeypatch.setattr(recorder_module, "MARKS", (*MARKS[:done], "THIS IS NOT SQL"))
    with pytest.raises(sqlite3.OperationalError):
        make_store_file(path)
    assert not path.exists()
    monkeypatch.setattr(recorder_module, "MARKS", MARKS)
    make_store_file(path)
    SqliteStore(path).close()


def test_a_store_may_lie_in_a_folder_with_an_odd_name(tmp_path: Path) -> None:
    """Characters that mean something in a URI mean nothing in a path."""
    folder = tmp_path / "a?b#c%20 file:x"
    folder.mkdir()
    make_store_file(folder / "store.db")
    record = RecordApplication(open_recorder(folder / "store.db"))
    with record.transaction() as writing:
        writing.admit(ROOM[0])
    record.close()
    store = SqliteStore(folder / "store.db")
    assert store.last() == 1
    store.close()
