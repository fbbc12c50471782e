from __future__ import annotations

import sqlite3
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import stamped
from negotrack.record.application import RecordApplication
from negotrack.record.ids import BloomFilter
from negotrack.record.recorder import make_store_file
from negotrack.record.store import Store
from shorthand import THE_ROOM, correction, retraction, takes
from strategies import ids

if TYPE_CHECKING:
    from pathlib import Path

    from negotrack.domain.canonical import StoredEntry

ROOM = [stamped(draft, number) for number, draft in enumerate(THE_ROOM)]
STANCES = [stamped(takes("KEN", "support", "scope", note=str(n)), 20 + n) for n in range(12)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store in which the usual room is set up."""
    made = tmp_path / "store.db"
    make_store_file(made)
    record = RecordApplication(made)
    with record.writing() as writing:
        for kept in ROOM:
            writing.admit(kept)
    record.close()
    return made


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the index for the end of a transaction as soon as it brings four entries."""
    monkeypatch.setattr("negotrack.record.ids.MANY", 3)
    monkeypatch.setattr("negotrack.record.application.BATCH", 2)
    monkeypatch.setattr("negotrack.record.ids.IdIndex._last", lambda _: 0)


def _has_index(path: Path) -> bool:
    db = sqlite3.connect(path)
    found = db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'entry_id'").fetchone()
    db.close()
    return bool(found[0])


def _found(path: Path, kept: StoredEntry) -> bool:
    store = Store(path)
    found = store.find(kept.id)
    store.close()
    return [kept.line] == [line for _, line in found]


@given(noted=st.lists(ids), new=ids)
def test_a_filter_never_misses_an_id(noted: list[str], new: str) -> None:
    """What was noted is doubted, as text or as bytes; where nothing was noted, nothing is."""
    made = BloomFilter()
    assert not made.doubts([*noted, new])
    made.add(noted)
    assert all(made.doubts([one]) for one in noted)
    assert all(made.doubts([one.encode()]) for one in noted)


def test_a_filter_seldom_doubts_what_is_new() -> None:
    """Of ten thousand new ids it doubts none, beside ten thousand that were noted."""
    made, every = BloomFilter(), [sha256(str(n).encode()).hexdigest() for n in range(20_000)]
    made.add(every[:10_000])
    assert not made.doubts(every[10_000:])


def test_after_many_entries_the_index_is_there(path: Path) -> None:
    """An index that was left for the end of the transaction is whole when it is committed."""
    record = RecordApplication(path)
    with record.writing() as writing:
        for kept in STANCES:
            assert set() == writing.held([kept.id])
            writing.admit(kept)
        assert not record.recorder._index.is_needed(["f" * 64])
    record.close()
    assert _has_index(path)
    assert all(_found(path, kept) for kept in ROOM + STANCES)


def test_what_was_taken_in_is_held(path: Path) -> None:
    """Among many new entries, those that the store has are known: committed, stored or pending."""
    record = RecordApplication(path)
    with record.writing() as writing:
        for number, kept in enumerate(STANCES):
            writing.admit(kept)
            before = [ROOM[0], *STANCES[: number + 1]]
            assert {one.id for one in before} == writing.held([one.id for one in before])
            assert {kept.id} == writing.held([kept.id, "f" * 64])
    record.close()


def test_errata_among_many_entries_find_what_they_are_about(path: Path) -> None:
    """A correction looks its entry up, whether the index is there or was left for later."""
    record = RecordApplication(path)
    with record.writing() as writing:
        for kept in STANCES:
            writing.admit(kept)
        first = stamped(correction(STANCES[3].id, stance="oppose"), 40)
        writing.admit(first)
        for number, kept in enumerate(STANCES[4:8]):
            writing.admit(stamped(retraction(kept.id), 41 + number))
        assert [STANCES[3], first] == writing.family(STANCES[3].id)
    record.close()
    assert all(_found(path, kept) for kept in STANCES)


def test_a_load_that_fails_leaves_the_index_as_it_was(path: Path) -> None:
    """Where the body raises, and where nothing is to be kept, store and index are as before."""
    record = RecordApplication(path)

    def interrupted() -> None:
        with record.writing() as writing:
            for kept in STANCES:
                writing.admit(kept)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with record.writing(keep=False) as writing:
        for kept in STANCES:
            writing.admit(kept)
    record.close()
    assert _has_index(path)
    assert all(_found(path, kept) for kept in ROOM)
    assert not any(_found(path, kept) for kept in STANCES)


def test_a_small_load_keeps_the_index(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few entries beside those of the store are put into the index at every insertion."""
    monkeypatch.setattr("negotrack.record.ids.IdIndex._last", lambda _: 100)
    record = RecordApplication(path)
    with record.writing() as writing:
        for kept in STANCES:
            writing.admit(kept)
        assert record.recorder._index.is_needed(["f" * 64])
    record.close()
