"""The event-sourced application: takes entries in, one transaction at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar, get_args
from uuid import uuid4

from eventsourcing.application import Application
from eventsourcing.utils import Environment

from negotrack.domain.canonical import StoredEntry, decode_line, id_of
from negotrack.domain.entries import Erratum
from negotrack.domain.register import NAMING, Register
from negotrack.domain.rules import errata
from negotrack.domain.rules.decide import decide
from negotrack.domain.rules.names import MOST_COUNTED
from negotrack.record.mapper import EntryEvent, EntryMapper
from negotrack.record.streams import errata_of, register_of, stream_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from eventsourcing.utils import EnvType

    from negotrack.domain.entries import Entry
    from negotrack.domain.rules.names import Uses
    from negotrack.errors import Refusal
    from negotrack.record.recorder import Recorder

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
    """The record of a workspace as an application of ``eventsourcing`` over a recorder."""

    name = "negotrack"
    env: ClassVar[dict[str, str]] = {"PERSISTENCE_MODULE": "eventsourcing.popo"}
    recorder: Any
    """A :class:`~negotrack.record.recorder.Recorder`, which the library sees as one of its own."""

    def __init__(self, recorder: Recorder) -> None:
        """Take entries into what a recorder writes to, which is open."""
        self._open_recorder = recorder
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Return our own settings only: the caller's environment must not choose classes."""
        return Environment(name, {**self.env, **(env or {})})

    def construct_mapper(self) -> EntryMapper:
        """Return the mapper that resolves topics from the closed table."""
        return EntryMapper()

    def construct_recorder(self) -> Any:
        """Return our recorder over the store."""
        return self._open_recorder

    def close(self) -> None:
        """Close the store."""
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
            entries = [decode_line(line) for line in lines]
            yield from entries
            about = [entry.id for entry in entries]

    @contextmanager
    def transaction(self, *, keep: bool = True) -> Iterator[Transaction]:
        """Take in entries until the end of the body; all of them are committed, or none.

        Without ``keep`` everything is tried and nothing committed.
        """
        with self.recorder.one_transaction(commit=keep):
            transaction = Transaction(self)
            yield transaction
            transaction.flush()


class Transaction:
    """Entries on their way into the record, within one transaction.

    It is the state by which the rules decide. What a text admits the record cannot tell:
    ``inapplicable`` is for those who can, and finds nothing unless they say otherwise.
    """

    inapplicable: Callable[[Sequence[StoredEntry]], Iterable[Refusal]]

    def __init__(self, record: RecordApplication) -> None:
        """Begin with nothing taken."""
        self._record = record
        self._registers: dict[str, Register] = {}
        self._versions: dict[str, int] = {}
        self._pending: dict[str, EntryEvent] = {}
        self.inapplicable = lambda _drafts: ()
        self.taken = 0

    def register(self, negotiation: str) -> Register:
        """Return the register as it stands with the entries taken so far."""
        if negotiation not in self._registers:
            self._registers[negotiation] = self._record.register(negotiation)
        return self._registers[negotiation]

    def admit(self, kept: StoredEntry) -> None:
        """Take in an entry that the record does not hold yet, if the hard rules let it."""
        decide((kept,), self)
        self._keep(kept)

    def append(self, entry: StoredEntry) -> None:
        """Take in an entry that the record does not hold yet, as another replica has it."""
        self._keep(entry)

    def known_ids(self, ids: Collection[str]) -> set[str]:
        """Return those of the ids that the record holds, or has just taken in."""
        known: set[str] = self._record.recorder.known_ids(ids)
        return known | self._pending.keys() & set(ids)

    def with_errata(self, entry_id: str) -> list[StoredEntry]:
        """Return an entry with its errata and theirs; empty where it is unknown."""
        self.flush()
        line = self._record.recorder.line(entry_id)
        return [] if line is None else [decode_line(line), *self._record.errata([entry_id])]

    def uses(self, negotiation: str, apart: str) -> Uses:
        """Return what counts the entries of a negotiation that count, but for one of them.

        They are looked for in the lines of the whole store.
        """

        def count(text: str, rests: Callable[[Entry], bool]) -> int:
            seen, number = {apart}, 0
            for root, group in self._roots_with(f'"{text}"'.encode()):
                if root in seen:
                    continue
                seen.add(root)
                entry = errata.counting(root, group)
                number += entry is not None and entry.negotiation == negotiation and rests(entry)
                if number == MOST_COUNTED:
                    break
            return number

        return count

    def _roots_with(self, needle: bytes) -> Iterator[tuple[str, list[StoredEntry]]]:
        """Yield the entries, with their errata, of which some line has this in it."""
        self.flush()
        for line in self._record.recorder.lines():
            if needle in line:
                yield errata.root_of(id_of(line), self)

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
