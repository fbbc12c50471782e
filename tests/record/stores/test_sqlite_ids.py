from __future__ import annotations

import sqlite3
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import stamped
from negotrack.record.application import RecordApplication
from negotrack.record.stores.sqlite import SqliteStore
from negotrack.record.stores.sqlite_ids import BloomFilter
from negotrack.record.stores.sqlite_recorder import make_store_file, open_recorder
from record.room import ROOM
from shorthand import correction, retraction, takes
from strategies import ids

if TYPE_CHECKING:
    from pathlib import Path

    from negotrack.domain.canonical import StoredEntry

STANCES = [stamped(takes("KEN", "support", "scope", note=str(n)), 20 + n) for n in range(12)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store in which the usual room is set up."""
    file = tmp_path / "store.db"
    make_store_file(file)
    record = RecordApplication(open_recorder(file))
    with record.transaction() as writing:
        for kept in ROOM:
            writing.admit(kept)
    record.close()
    return file


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the index for the end of a transaction as soon as it brings four entries."""
    monkeypatch.setattr("negotrack.record.stores.sqlite_ids.MANY", 3)
    monkeypatch.setattr("negotrack.record.application.BATCH", 2)
    monkeypatch.setattr("negotrack.record.stores.sqlite_ids.IdIndex._last", lambda _: 0)


def _has_index(path: Path) -> bool:
    db = sqlite3.connect(path)
    row = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'entry_id'").fetchone()
    db.close()
    return bool(row[0])


def _has_by_id(path: Path, kept: StoredEntry) -> bool:
    store = SqliteStore(path)
    hits = store.find(kept.id)
    store.close()
    return [kept.line] == [line for _, line in hits]


@given(noted=st.lists(ids), new=ids)
def test_a_filter_never_misses_an_id(noted: list[str], new: str) -> None:
    """What was noted is doubted, as text or as bytes; where nothing was noted, nothing is."""
    bloom = BloomFilter()
    assert not bloom.doubts([*noted, new])
    bloom.add(noted)
    assert all(bloom.doubts([one]) for one in noted)
    assert all(bloom.doubts([one.encode()]) for one in noted)


def test_a_filter_seldom_doubts_what_is_new() -> None:
    """Of ten thousand new ids it doubts none, beside ten thousand that were noted."""
    bloom, every = BloomFilter(), [sha256(str(n).encode()).hexdigest() for n in range(20_000)]
    bloom.add(every[:10_000])
    assert not bloom.doubts(every[10_000:])


def test_after_many_entries_the_index_is_there(path: Path) -> None:
    """An index that was left for the end of the transaction is whole when it is committed."""
    record = RecordApplication(open_recorder(path))
    with record.transaction() as writing:
        for kept in STANCES:
            assert set() == writing.known_ids([kept.id])
            writing.admit(kept)
        assert not record.recorder._index.is_needed(["f" * 64])
    record.close()
    assert _has_index(path)
    assert all(_has_by_id(path, kept) for kept in ROOM + STANCES)


def test_what_was_taken_in_is_held(path: Path) -> None:
    """Among many new entries, those that the store has are known: committed, stored or pending."""
    record = RecordApplication(open_recorder(path))
    with record.transaction() as writing:
        for number, kept in enumerate(STANCES):
            writing.admit(kept)
            before = [ROOM[0], *STANCES[: number + 1]]
            assert {one.id for one in before} == writing.known_ids([one.id for one in before])
            assert {kept.id} == writing.known_ids([kept.id, "f" * 64])
    record.close()


def test_errata_among_many_entries_find_what_they_are_about(path: Path) -> None:
    """A correction looks its entry up, whether the index is there or was left for later."""
    record = RecordApplication(open_recorder(path))
    with record.transaction() as writing:
        for kept in STANCES:
            writing.admit(kept)
        first = stamped(correction(STANCES[3].id, stance="oppose"), 40)
        writing.admit(first)
        for number, kept in enumerate(STANCES[4:8]):
            writing.admit(stamped(retraction(kept.id), 41 + number))
        assert [STANCES[3], first] == writing.with_errata(STANCES[3].id)
    record.close()
    assert all(_has_by_id(path, kept) for kept in STANCES)


def test_a_load_that_fails_leaves_the_index_as_it_was(path: Path) -> None:
    """Where the body raises, and where nothing is to be kept, store and index are as before."""
    record = RecordApplication(open_recorder(path))

    def interrupted() -> None:
        with record.transaction() as writing:
            for kept in STANCES:
                writing.admit(kept)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with record.transaction(keep=False) as writing:
        for kept in STANCES:
            writing.admit(kept)
    record.close()
    assert _has_index(path)
    assert all(_has_by_id(path, kept) for kept in ROOM)
    assert not any(_has_by_id(path, kept) for kept in STANCES)


def test_a_small_load_keeps_the_index(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few entries beside those of the store are put into the index at every insertion."""
    monkeypatch.setattr("negotrack.record.stores.sqlite_ids.IdIndex._last", lambda _: 100)
    record = RecordApplication(open_recorder(path))
    with record.transaction() as writing:
        for kept in STANCES:
            writing.admit(kept)
        assert record.recorder._index.is_needed(["f" * 64])
    record.close()
