"""The event-sourced application: takes entries in, one transaction at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, get_args
from uuid import uuid4

from eventsourcing.application import Application
from eventsourcing.utils import Environment

from negotrack.domain.canonical import StoredEntry, decode_line
from negotrack.domain.entries import Erratum
from negotrack.domain.register import NAMING, Register
from negotrack.domain.rules import validate
from negotrack.record.mapper import EntryEvent, EntryMapper
from negotrack.record.recorder import EntryRecorder, open_recorder
from negotrack.record.streams import errata_of, register_of, stream_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from eventsourcing.utils import EnvType

_NAMES_OR_ERRATA = frozenset({*NAMING, *get_args(Erratum)})

BATCH = 500
"""Entries handed to the recorder at a time; more would give the garbage collector work."""


class EventBatch:
    """Events for any number of streams, saved as one.

    The library checks each object that it is given to save; one that collects a thousand events
    costs no more than one that collects a single one.
    """

    def __init__(self, events: list[EntryEvent]) -> None:
        """Hold the events until they are collected."""
        self.id = uuid4().hex
        self._events = events

    def collect_events(self) -> list[EntryEvent]:
        """Return the events, once."""
        events, self._events = self._events, []
        return events


class RecordApplication(Application[str]):
    """The record of a workspace as an application of ``eventsourcing`` over a store file."""

    name = "negotrack"
    env: ClassVar[dict[str, str]] = {"PERSISTENCE_MODULE": "eventsourcing.sqlite"}
    recorder: EntryRecorder

    def __init__(self, path: Path) -> None:
        """Open the store file, which exists."""
        self._path = path
        super().__init__({"SQLITE_DBNAME": str(path)})

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Return our own settings only: the caller's environment must not choose classes."""
        return Environment(name, {**self.env, **(env or {})})

    def construct_mapper(self) -> EntryMapper:
        """Return the mapper that resolves topics from the closed table."""
        return EntryMapper()

    def construct_recorder(self) -> EntryRecorder:
        """Return our recorder over the store file."""
        return open_recorder(self._path)

    def close(self) -> None:
        """Close the store file."""
        super().close()
        self.recorder.datastore.close()

    def register(self, negotiation: str) -> Register:
        """Return the register of a negotiation, folded from its stream and the errata of it."""
        events = self.events.get(register_of(negotiation))
        naming = [event.kept for event in events if isinstance(event, EntryEvent)]
        return Register(negotiation, [*naming, *self.errata([kept.id for kept in naming])])

    def errata(self, about: list[str]) -> Iterator[StoredEntry]:
        """Yield the corrections and retractions of entries, and theirs in turn."""
        while about:
            lines = self.recorder.states([errata_of(entry_id) for entry_id in about])
            found = [decode_line(line) for line in lines]
            yield from found
            about = [kept.id for kept in found]

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[Transaction]:
        """Take in entries until the end of the body; all of them are committed, or none.

        Without ``keep`` everything is tried and nothing committed.
        """
        with self.recorder.one_transaction(commit=keep):
            writing = Transaction(self)
            yield writing
            writing.flush()


class Transaction:
    """Entries on their way into the record, within one transaction."""

    def __init__(self, record: RecordApplication) -> None:
        """Begin with nothing taken."""
        self._record = record
        self._registers: dict[str, Register] = {}
        self._versions: dict[str, int] = {}
        self._pending: dict[str, EntryEvent] = {}
        self.taken = 0

    def register(self, negotiation: str) -> Register:
        """Return the register as it stands with the entries taken so far."""
        if negotiation not in self._registers:
            self._registers[negotiation] = self._record.register(negotiation)
        return self._registers[negotiation]

    def admit(self, kept: StoredEntry) -> None:
        """Take in an entry that the record does not hold yet, if the hard rules let it."""
        validate(kept, self.register(kept.entry.negotiation), self)
        self._keep(kept)

    def absorb(self, kept: StoredEntry) -> None:
        """Take in an entry that the record does not hold yet and that another clone admitted."""
        self._keep(kept)

    def held(self, ids: Collection[str]) -> set[str]:
        """Return those of the ids that the record holds, or has just taken in."""
        return self._record.recorder.held(ids) | self._pending.keys() & set(ids)

    def family(self, entry_id: str) -> list[StoredEntry]:
        """Return an entry with its errata and theirs; empty where it is unknown."""
        self.flush()
        line = self._record.recorder.line(entry_id)
        return [] if line is None else [decode_line(line), *self._record.errata([entry_id])]

    def flush(self) -> None:
        """Hand the pending entries to the recorder."""
        if self._pending:
            self._record.save(EventBatch(list(self._pending.values())))  # type: ignore[arg-type]
            self._pending.clear()

    def _keep(self, kept: StoredEntry) -> None:
        stream = stream_of(kept.entry)
        version = self._versions.get(stream)
        if version is None:
            version = self._record.recorder.last_version(stream)
        self._versions[stream] = version + 1
        self._pending[kept.id] = EntryEvent(stream, version + 1, kept)
        self.taken += 1
        if type(kept.entry) in _NAMES_OR_ERRATA:
            self._note_names(kept)
        if len(self._pending) >= BATCH:
            self.flush()

    def _note_names(self, kept: StoredEntry) -> None:
        register = self._registers.get(kept.entry.negotiation)
        if register is not None:
            register.add(kept)
