"""The formats of an import: what each needs to know of the record, and what reads it."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.errors import Rejected
from negotrack.facts.query import Query
from negotrack.use_cases.documents import Documents

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from io import BufferedReader

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.exchange.parts import DraftDocument
    from negotrack.exchange.readers.assembly import Call
    from negotrack.exchange.readers.jsonlines import Pieces
    from negotrack.exchange.readers.membership_tables import MembershipPeriod
    from negotrack.exchange.readers.wordings import Issued
    from negotrack.questions.names import NameBook
    from negotrack.storage import Storage
    from negotrack.use_cases.intake import Item

    Reader = Callable[[BufferedReader, "Before"], Iterator[Item]]

_MOST_REMEMBERED = 65_536
"""The most words of which is remembered what they mean."""


class Before(NamedTuple):
    """The record before an import: its names, its storage, and the negotiation that is added to."""

    names: NameBook
    storage: Storage
    negotiation: str


class WordMeanings:
    """What the words of an input mean in the record; each is looked up once."""

    def __init__(self, before: Before) -> None:
        """Resolve by the names of a negotiation, as they are before the import."""
        self._names = before.names
        self._negotiation = before.negotiation
        self._delegation = lru_cache(_MOST_REMEMBERED)(self._of_delegation)
        self._target = lru_cache(_MOST_REMEMBERED)(self._of_target)

    def delegation(self, word: str, day: str) -> str:
        """Return the code of a delegation: by its code, its name or an alias, or as a state."""
        return _name_or_refuse(self._delegation(word, day))

    def target(self, word: str) -> str:
        """Return the slug of a target, by its slug or its title."""
        return _name_or_refuse(self._target(word))

    def session(self, word: str) -> tuple[str, str]:
        """Return the slug of a session and its days."""
        session = self._names.resolve(word, "session", negotiation=self._negotiation)
        is_day = session.first == session.last
        return session.name, str(session.first if is_day else f"{session.first}/{session.last}")

    def _name(self, word: str, *nouns: str) -> str:
        return self._names.resolve(word, *nouns, negotiation=self._negotiation).name

    def _of_delegation(self, word: str, day: str) -> str | Rejected:
        from negotrack.domain.states import seat  # the help does not need it

        try:
            return self._name(word, "delegation")
        except Rejected as refusal:
            state = seat(word, day)
            if state is None:
                return refusal
        try:
            return self._name(state.code, "delegation")
        except Rejected as refusal:
            return refusal

    def _of_target(self, word: str) -> str | Rejected:
        from negotrack.domain.entry_types import TARGET_NOUNS

        try:
            return self._name(word, *TARGET_NOUNS)
        except Rejected as refusal:
            return refusal


class TextMeanings(WordMeanings):
    """What a draft of the text asks of the record, beside what its words mean."""

    def __init__(self, before: Before) -> None:
        """Ask of a negotiation, as it is before the import."""
        super().__init__(before)
        self._documents = Documents(before.storage.index, before.negotiation)

    def provisions(self) -> Collection[str]:
        """Return the addresses that are registered."""
        provisions = self._names.registered("provision", negotiation=self._negotiation)
        return {provision.name for provision in provisions}

    def issued(self, document: str) -> Issued | None:
        """Return what is known of a document."""
        return self._documents.issued(document)

    def worded_before(self, day: str) -> Collection[str]:
        """Return the addresses that had words before a day."""
        return self._documents.worded_before(day)


def _name_or_refuse(name: str | Rejected) -> str:
    if isinstance(name, Rejected):
        raise name
    return name


def _assembly_roll_calls(source: BufferedReader, before: Before) -> Iterator[Item]:
    from negotrack.exchange.readers.assembly import ROLL_CALLS, roll_calls
    from negotrack.exchange.readers.tables import rows

    scheduled = {
        one.name for one in before.names.registered("session", negotiation=before.negotiation)
    }
    return roll_calls(rows(source, ROLL_CALLS.check), before.negotiation, scheduled)


def _assembly_votes(source: BufferedReader, before: Before) -> Iterator[Item]:
    from negotrack.exchange.readers.assembly import VOTES_CAST, votes
    from negotrack.exchange.readers.tables import rows

    registered = {
        one.name for one in before.names.registered("delegation", negotiation=before.negotiation)
    }
    calls = _calls(before)
    return votes(rows(source, VOTES_CAST.check), before.negotiation, calls, registered)


def _calls(before: Before) -> dict[str, Call]:
    """Return the roll calls of the record by their numbers."""
    from negotrack.domain.entry_types import MOTION_PUT
    from negotrack.exchange.readers.assembly import Call, motion_of

    query = Query(before.negotiation, type=MOTION_PUT)
    rows = [row for row in before.storage.index.slices.rows(query) if row.names is not None]
    prefix = motion_of("0")[:-1]
    return {
        row.names.removeprefix(prefix): Call(row.names, row.on, row.first, row.session)
        for row in rows
        if row.names and row.names.startswith(prefix)
    }


def _popolo(source: BufferedReader, before: Before) -> Iterator[Item]:
    from negotrack.exchange.readers.popolo import drafts

    names = WordMeanings(before)
    return drafts(source, before.negotiation, names, list(_recorded(before)))


def _stances(source: BufferedReader, before: Before) -> Iterator[Item]:
    from negotrack.exchange.readers.stance_tables import COLUMNS, drafts
    from negotrack.exchange.readers.tables import rows

    names = WordMeanings(before)
    return drafts(rows(source, COLUMNS.check), before.negotiation, names, names.session)


def _memberships(source: BufferedReader, before: Before) -> Iterator[Item]:
    from negotrack.exchange.readers.membership_tables import COLUMNS, drafts
    from negotrack.exchange.readers.tables import rows

    names = WordMeanings(before)
    return drafts(rows(source, COLUMNS.check), before.negotiation, names, list(_recorded(before)))


def _recorded(before: Before) -> Iterator[MembershipPeriod]:
    """Yield the memberships of the record."""
    from negotrack.exchange.readers.membership_tables import MembershipPeriod
    from negotrack.projections.positions.memberships import memberships

    slices = before.storage.index.slices
    in_order = sorted(slices.memberships(Query(before.negotiation)), key=lambda row: row.sort_key)
    return (MembershipPeriod(s.member, s.group, s.since, s.until) for s in memberships(in_order))


def _draft_from(
    read: Callable[[Pieces], DraftDocument],
    source: BufferedReader,
    before: Before,
) -> Iterator[Item]:
    from negotrack.exchange.readers.wordings import drafts

    return drafts(read(source), before.negotiation, TextMeanings(before))


def _draft(source: BufferedReader, before: Before) -> Iterator[Item]:
    from negotrack.exchange.markdown import read

    return _draft_from(read, source, before)


def _akoma_ntoso(source: BufferedReader, before: Before) -> Iterator[Item]:
    from negotrack.exchange.readers.akoma import read

    return _draft_from(read, source, before)


_FOREIGN: dict[str, Reader] = {
    "draft": _draft,
    "akoma-ntoso": _akoma_ntoso,
    "assembly-roll-calls": _assembly_roll_calls,
    "assembly-votes": _assembly_votes,
    "popolo": _popolo,
    "stances": _stances,
    "memberships": _memberships,
}
"""The readers of what other programs write, by the names of their formats."""

FORMATS = ("jsonl", "csv", *_FOREIGN)
"""The names of the formats."""

_BY_NAME = {".csv": "csv", ".md": "draft", ".xml": "akoma-ntoso"}
"""What a file is taken for by the end of its name."""


def format_of(file: str) -> str:
    """Return the format that a file is taken for by its name; JSON Lines where it tells none."""
    return _BY_NAME.get(file[file.rfind(".") :].lower(), "jsonl")


def entries_of(
    source: BufferedReader,
    form: str,
    storage: Storage,
    names: NameBook,
    negotiation: str | None = None,
) -> Iterator[Item]:
    """Yield the line of each entry of an input, with what reads the entry.

    Entries that name no negotiation are of the one given, or of that of the record.
    """
    if form in _FOREIGN:
        slug = names.negotiation(negotiation)
        return _FOREIGN[form](source, Before(names, storage, slug))
    default = names.negotiation(negotiation) if names.negotiations() else negotiation
    return _csv(source, default) if form == "csv" else _jsonl(source, default)


def _jsonl(source: BufferedReader, negotiation: str | None) -> Iterator[Item]:
    from negotrack.exchange.readers.jsonlines import entry_of, lines

    read = partial(entry_of, negotiation=negotiation)
    return ((number, partial(read, line)) for number, line in lines(source) if line)


def _csv(source: BufferedReader, negotiation: str | None) -> Iterator[Item]:
    from negotrack.exchange.flat import entry_of
    from negotrack.exchange.readers.tables import rows

    def read(row: dict[str, Any]) -> StoredEntry | Entry:
        if "" in row:
            raise Rejected(row[""], "give each row as many cells as the first line")
        return entry_of(row, negotiation)

    return ((number, partial(read, row)) for number, row in rows(source))
