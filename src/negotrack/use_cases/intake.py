"""Taking in many entries at once: every fault found, dependencies in any order, nothing twice."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from functools import partial
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from negotrack import clock
from negotrack.domain.canonical import StoredEntry, decode_line, encode, unstamped
from negotrack.domain.catalogue import NeedsNewer
from negotrack.domain.entries import EntryCorrected, EntryRetracted
from negotrack.domain.rules.names import InUse
from negotrack.domain.specification import Effective, effective
from negotrack.errors import Refusal, Rejected, RejectedLines, Unknown
from negotrack.facts.rows import row_of
from negotrack.use_cases.inapplicable import TextsTogether

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from negotrack.domain.entries import Entry
    from negotrack.index.index import Index
    from negotrack.record.application import Transaction
    from negotrack.record.stores.protocol import Store
    from negotrack.storage import Storage

    Item = tuple[int, Callable[[], StoredEntry | Entry]]
    """A line number, and what reads the entry of that line."""

SHOWN_FAULTS = 20
_MOST_FAULTS = 1_000
_MOST_WAITING = 100_000
_CHUNK = 500

_CACHE_KIB = 8_192
_DIGEST = 16
_LOOKUP = 25
"""To look for one entry in the index takes about as long as to read so many from the store."""

_ENCODER = msgspec.json.Encoder(order="sorted")
_ERRATA = tuple(str(cls.__struct_config__.tag) for cls in (EntryCorrected, EntryRetracted))


class Imported(NamedTuple):
    """What an import did: how many entries were new, known already, and refused.

    ``faults`` are the first of the refused lines, each with its refusal. ``inapplicable`` entries
    do not fit the texts: told as the refused are, and taken in all the same.
    """

    added: int
    known: int
    refused: int
    faults: list[tuple[int, Refusal]]
    inapplicable: int = 0


def numbered(items: Iterable[Item | Entry]) -> Iterator[Item]:
    """Yield items as they are, and entries as items that are lines of their own."""
    for number, item in enumerate(items, 1):
        yield item if isinstance(item, tuple) else (number, partial(_itself, item))


def _itself(entry: Entry) -> Entry:
    return entry


def take_in(
    storage: Storage, items: Iterable[Item], *, keep_going: bool = False, dry_run: bool = False
) -> Imported:
    """Take in many entries, all of them or none; with ``keep_going``, all that can be.

    An entry may come before the one that it depends on. Raises
    :class:`~negotrack.errors.RejectedLines`.
    """
    with storage.changing(dry_run=dry_run) as (writing, index, stamp):
        digests = ContentDigests()
        known = KnownEntries(index, storage.open_store(), digests)
        texts = TextsTogether(index, writing)
        intake = Intake(writing, stamp, known, storage.progress, digests)
        intake.watch = texts.note
        done = intake.take(items)
        misfits = texts.faults()
        refused = done.refused + len(misfits)
        if refused and not keep_going:
            raise RejectedLines(
                f"{refused} of the entries cannot be taken in",
                [*done.faults, *misfits][:SHOWN_FAULTS],
                refused,
            )
    return done._replace(inapplicable=len(misfits))


def id_of_same_content(
    index: Index, store: Store, draft: Entry, *, as_logged: bool = False
) -> str | None:
    """Return the id of a live entry that says the same as a draft, whoever recorded it.

    What an entry says is what it says after its corrections; ``as_logged`` also looks at what it
    said before them, so that an import can be repeated after its mistakes were corrected.
    """
    row = row_of(0, Effective("", draft))
    for kept in map(decode_line, store.lines(index.recording.possible_duplicates(row))):
        group = [
            decode_line(line)
            for i in index.recording.group(kept.id)
            for _, line in store.find(i, 1)
        ]
        now = next((unstamped(live.entry) for live in effective(group) if live.id == kept.id), None)
        if draft == now or (as_logged and draft == unstamped(kept.entry)):
            return kept.id
    return None


class ContentDigests:
    """What was said, by digests: a table on disk, so memory does not grow with their number."""

    def __init__(self) -> None:
        """Begin with nothing said; the file has no name and goes away with its last user."""
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("CREATE TABLE content (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        self._db.execute("BEGIN")

    def add(self, draft: Entry) -> bool:
        """Note what a draft says; whether it was not said before."""
        noted = self._db.execute("INSERT OR IGNORE INTO content VALUES (?)", _digest(draft))
        return noted.rowcount > 0

    def add_all(self, drafts: Iterable[Entry]) -> None:
        """Note what many drafts say."""
        self._db.executemany("INSERT OR IGNORE INTO content VALUES (?)", map(_digest, drafts))

    def close(self) -> None:
        """Forget everything."""
        self._db.close()


def _digest(draft: Entry) -> tuple[bytes]:
    return (blake2b(_ENCODER.encode(draft), digest_size=_DIGEST).digest(),)


class KnownEntries:
    """Finds what the record held before an import.

    A few drafts are looked up in the index, one by one. Before they become so many that to read the
    whole store costs no more, what it says is noted in ``digests``, where an import looks first;
    then the index is asked only about types of which entries were corrected or retracted.
    """

    def __init__(self, index: Index, store: Store, digests: ContentDigests) -> None:
        """Look into the index and the store, which do not change meanwhile."""
        self._index, self._store, self._digests = index, store, digests
        self._lookups_left = index.position() // _LOOKUP
        self._changed: set[type[Entry]] | None = None

    def __call__(self, draft: Entry) -> str | None:
        """Return the id of an entry that says the same as a draft that ``digests`` did not have."""
        if self._changed is not None and type(draft) not in self._changed:
            return None
        if self._changed is None:
            self._lookups_left -= 1
            if self._lookups_left < 0:
                self._changed = self._note_all()
        return id_of_same_content(self._index, self._store, draft, as_logged=True)

    def _note_all(self) -> set[type[Entry]]:
        """Note what every entry says that has no erratum; return the types of the others."""
        about = {
            getattr(decode_line(line).entry, "entry", "")
            for _, topic, line in self._store.after(0)
            if topic in _ERRATA
        }
        changed: set[type[Entry]] = set()
        self._digests.add_all(self._unchanged(about, changed))
        return changed

    def _unchanged(self, about: set[str], changed: set[type[Entry]]) -> Iterator[Entry]:
        for _, _, line in self._store.after(0):
            try:
                kept = decode_line(line)
            except NeedsNewer:
                continue
            if kept.id in about:
                changed.add(type(kept.entry))
            else:
                yield unstamped(kept.entry)


class Intake:
    """One import under way, inside one transaction."""

    def __init__(
        self,
        writing: Transaction,
        stamp: Callable[[Entry], Entry],
        known: Callable[[Entry], str | None],
        progress: Callable[[str, int, int], None],
        digests: ContentDigests | None = None,
    ) -> None:
        """Take entries into ``writing``; ``known`` finds the id of one that says the same.

        What is in ``digests`` is known already, and is not asked for. ``watch`` is told of each
        draft, as it is stamped, with its line.
        """
        self.watch: Callable[[int, StoredEntry], None] = lambda _number, _kept: None
        self._writing = writing
        self._stamp = stamp
        self._known_as = known
        self._progress = progress
        self._tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
        self._digests = ContentDigests() if digests is None else digests
        self._waiting: list[tuple[int, StoredEntry]] = []
        self._faults: list[tuple[int, Refusal]] = []
        self._refused = self._known = self._added = 0

    def take(self, items: Iterable[Item]) -> Imported:
        """Take in what can be taken, and return how much that was and what was refused."""
        try:
            return self._take(iter(items))
        finally:
            self._digests.close()

    def _take(self, stream: Iterator[Item]) -> Imported:
        count = 0
        while chunk := list(islice(stream, _CHUNK)):
            self._admit_new([k for number, read in chunk if (k := self._read(number, read))])
            count += len(chunk)
            self._progress("reading", count, 0)
        self._take_waiting()
        return Imported(self._added, self._known, self._refused, _first(self._faults))

    def _read(
        self, number: int, read: Callable[[], StoredEntry | Entry]
    ) -> tuple[int, StoredEntry] | None:
        """Return the entry to admit; None for one that is refused or says what is known."""
        try:
            incoming = read()
            kept = self._sealed(incoming)
        except Refusal as refusal:
            self._refuse(number, refusal)
            return None
        if kept is None:
            return None
        if kept is not incoming:
            self.watch(number, kept)
        return number, kept

    def _admit_new(self, numbered: list[tuple[int, StoredEntry]]) -> None:
        known = self._writing.known_ids([kept.id for _, kept in numbered])
        for number, kept in numbered:
            if kept.id in known:
                self._known += 1
            else:
                known.add(kept.id)
                self._admit(number, kept)

    def _sealed(self, incoming: StoredEntry | Entry) -> StoredEntry | None:
        """Return the entry to admit; None for a draft that says what is known already."""
        if isinstance(incoming, StoredEntry):
            if incoming.entry.recorded_at[:10] > self._tomorrow:
                raise Rejected(
                    f"it says that it was recorded on {incoming.entry.recorded_at[:10]}",
                    "check the clock of the machine that recorded it",
                )
            return incoming
        if not self._digests.add(incoming) or self._known_as(incoming) is not None:
            self._known += 1
            return None
        return encode(self._stamp(incoming))

    def _admit(self, number: int, kept: StoredEntry) -> None:
        try:
            self._writing.admit(kept)
        except (Unknown, InUse) as refusal:
            # What it depends on may come in a later line, or what frees the name that it takes out.
            if len(self._waiting) < _MOST_WAITING:
                self._waiting.append((number, kept))
            else:
                self._refuse(number, refusal)
        except Refusal as refusal:
            self._refuse(number, refusal)
        else:
            self._added += 1

    def _take_waiting(self) -> None:
        """Try those that wait until none of them can be taken; then they are refused."""
        before = len(self._waiting) + 1
        while self._waiting and len(self._waiting) < before:
            before, tried, self._waiting = len(self._waiting), self._waiting, []
            for number, kept in tried:
                self._admit(number, kept)
        for number, kept in self._waiting:
            try:
                self._writing.admit(kept)
            except Refusal as refusal:
                self._refuse(number, refusal)

    def _refuse(self, number: int, refusal: Refusal) -> None:
        self._refused += 1
        self._faults.append((number, refusal))
        if len(self._faults) > _MOST_FAULTS:  # those that waited come late, with early lines
            self._faults = _first(self._faults)


def _first(faults: list[tuple[int, Refusal]]) -> list[tuple[int, Refusal]]:
    return sorted(faults, key=lambda fault: (fault[0], str(fault[1])))[:SHOWN_FAULTS]
