"""The library's own suite for recorders, run on ours.

The suite stores states such as ``state1`` and reads them back, while our store keeps each entry
once, by the id that stands in its line. So the recorder under test wraps each state as the rest of
a line with an id of its own, and unwraps it on reading. It also gives the notification ids that the
suite asks for, which ours leaves out because nothing here needs them.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from uuid import UUID

import pytest
from eventsourcing.persistence import IntegrityError
from eventsourcing.sqlite import SQLiteDatastore

from negotrack.record.stores.sqlite_recorder import (
    EntryRecorder,
    StoredRow,
    make_store_file,
    open_recorder,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eventsourcing.persistence import StoredEvent

# The module of the suite also imports a cipher, of a package that nothing here depends on.
_CIPHER: dict[str, Any] = {"eventsourcing.cipher": SimpleNamespace(AESCipher=None)}
with patch.dict(sys.modules, _CIPHER):
    from eventsourcing.tests.persistence import ApplicationRecorderTestCase

_FRONT = len('{"id":"') + 64


class LineRecorder(EntryRecorder):
    """Our recorder, for states that are not lines."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Any:
        """Insert each state as a line of its own; return the notification ids."""
        super().insert_events([_wrapped(event) for event in stored_events], **kwargs)  # type: ignore[misc]
        last = self.max_notification_id()
        return [last - n for n in reversed(range(len(stored_events)))]

    def select_events(self, *args: Any, **kwargs: Any) -> Any:
        """Return events with the states that were given."""
        return [_unwrapped(event) for event in super().select_events(*args, **kwargs)]

    def select_notifications(self, *args: Any, **kwargs: Any) -> Any:
        """Return notifications with the states that were given."""
        return [
            _unwrapped(notification)
            for notification in super().select_notifications(*args, **kwargs)
        ]


def _wrapped(event: StoredEvent) -> StoredRow:
    stream, version = UUID(str(event.originator_id)), event.originator_version
    digest = sha256(f"{stream} {version}".encode()).hexdigest()
    state = b'{"id":"' + digest.encode() + event.state
    return StoredRow(stream.hex, version, event.topic, state)


def _unwrapped(event: StoredEvent) -> StoredEvent:
    return replace(event, state=event.state[_FRONT:])


class TestEntryRecorder(ApplicationRecorderTestCase[LineRecorder]):
    """Our recorder does what the library asks of any."""

    # Left out: threads that write at once, and timings. A workspace has one writer at a time, under
    # its own lock, and a test that measures speed fails on a busy machine.
    def test_concurrent_throughput(self) -> None:
        """Nobody but the holder of the workspace's lock writes."""
        self.skipTest("a workspace has one writer at a time")

    def test_concurrent_no_conflicts(self, initial_position: int = 0) -> None:  # noqa: PT028 - its shape
        """Nobody but the holder of the workspace's lock writes."""
        self.skipTest(f"a workspace has one writer at a time, from {initial_position} on")

    def test_performance(self) -> None:
        """Speed is measured by scripts/bench.py."""
        self.skipTest("a test that measures speed fails on a busy machine")

    def setUp(self) -> None:
        """Make a store of its own for each test."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "store.db"
        make_store_file(self.path)

    def create_recorder(self) -> LineRecorder:
        """Return the recorder under test."""
        recorder = LineRecorder(SQLiteDatastore(str(self.path), lock_timeout=20))
        self.addCleanup(recorder.datastore.close)
        return recorder


def _event(number: int, state: bytes) -> Any:
    return StoredRow(f"{number:032x}", 1, "topic", state)


def test_an_entry_is_stored_once(tmp_path: Path) -> None:
    """Two rows with the same id cannot be there, whatever their streams are."""
    make_store_file(tmp_path / "store.db")
    recorder = open_recorder(tmp_path / "store.db")
    line = b'{"id":"' + b"a" * 64 + b'",'
    recorder.insert_events([_event(1, line)])
    with pytest.raises(IntegrityError):
        recorder.insert_events([_event(2, line)])
    assert recorder.max_notification_id() == 1
    recorder.datastore.close()


def test_batches_are_one_transaction(tmp_path: Path) -> None:
    """What was inserted before an error in the body is not there after it."""
    make_store_file(tmp_path / "store.db")
    recorder = open_recorder(tmp_path / "store.db")
    lines = [b'{"id":"' + letter * 64 + b'",' for letter in (b"a", b"b")]

    def interrupted() -> None:
        with recorder.one_transaction(commit=True):
            recorder.insert_events([_event(1, lines[0])])
            recorder.insert_events([_event(2, lines[1])])
            assert lines[1] == recorder.line("b" * 64)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert recorder.line("a" * 64) is None
    recorder.insert_events([_event(1, lines[0])])
    assert lines[0] == recorder.line("a" * 64)
    recorder.datastore.close()


def test_a_stream_knows_its_last_version(tmp_path: Path) -> None:
    """A stream without events is at version zero."""
    make_store_file(tmp_path / "store.db")
    recorder = open_recorder(tmp_path / "store.db")
    recorder.insert_events([_event(1, b'{"id":"' + b"a" * 64)])
    assert [recorder.last_version(f"{number:032x}") for number in (1, 2)] == [1, 0]
    recorder.datastore.close()


def test_held_ids_are_told_from_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many ids, asked about in portions, those of the store are returned."""
    monkeypatch.setattr("negotrack.record.stores.sqlite_recorder.CHUNK", 4)
    make_store_file(tmp_path / "store.db")
    recorder = open_recorder(tmp_path / "store.db")
    ids = [f"{number:064x}" for number in range(10)]
    recorder.insert_events([_event(n, b'{"id":"%s",' % i.encode()) for n, i in enumerate(ids)])
    assert set(ids) == recorder.known_ids([*ids, "f" * 64])
    assert set() == recorder.known_ids([])
    recorder.datastore.close()
