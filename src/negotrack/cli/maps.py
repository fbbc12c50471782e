"""The maps of ``import``: what each foreign form needs of the record, and what reads it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from negotrack.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from io import BufferedReader

    from negotrack.exchange.parts import DraftDocument
    from negotrack.exchange.readers.assembly import Call
    from negotrack.exchange.readers.drafts import Item
    from negotrack.exchange.readers.jsonlines import Pieces
    from negotrack.exchange.readers.membership_tables import MembershipPeriod
    from negotrack.exchange.readers.wordings import Issued
    from negotrack.workspace import Workspace

    Reader = Callable[[BufferedReader, Workspace, str], Iterator[Item]]

_KEPT = 65_536
"""The most words of which is remembered what they mean."""


class Resolved:
    """What the words of an input mean in the record; each is looked up once."""

    def __init__(self, opened: Workspace, negotiation: str) -> None:
        """Resolve by the names of a negotiation, as they are before the import."""
        self._opened = opened
        self._negotiation = negotiation
        self._delegation = lru_cache(_KEPT)(self._of_delegation)
        self._target = lru_cache(_KEPT)(self._of_target)

    def delegation(self, word: str, day: str) -> str:
        """Return the code of a delegation: by its code, its name or an alias, or as a state."""
        return _name_or_refuse(self._delegation(word, day))

    def target(self, word: str) -> str:
        """Return the slug of a target, by its slug or its title."""
        return _name_or_refuse(self._target(word))

    def session(self, word: str) -> tuple[str, str]:
        """Return the slug of a session and its days."""
        found = self._opened.resolve(word, "session", negotiation=self._negotiation)
        days = found.first if found.first == found.last else f"{found.first}/{found.last}"
        return found.name, str(days)

    def _name(self, word: str, *nouns: str) -> str:
        return self._opened.resolve(word, *nouns, negotiation=self._negotiation).name

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
        from negotrack.domain.catalogue import TARGET_NOUNS

        try:
            return self._name(word, *TARGET_NOUNS)
        except Rejected as refusal:
            return refusal


class Drafted(Resolved):
    """What a draft of the text asks of the record, beside what its words mean."""

    def __init__(self, opened: Workspace, negotiation: str) -> None:
        """Ask of a negotiation, as it is before the import."""
        from negotrack.cli.documents import Documents  # only drafts ask

        super().__init__(opened, negotiation)
        self._documents = Documents(opened, negotiation)

    def provisions(self) -> Collection[str]:
        """Return the addresses that are registered."""
        found = self._opened.names("provision", negotiation=self._negotiation)
        return {provision.name for provision in found}

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


def _assembly_roll_calls(
    source: BufferedReader, opened: Workspace, negotiation: str
) -> Iterator[Item]:
    from negotrack.exchange.readers.assembly import ROLL_CALLS, roll_calls
    from negotrack.exchange.readers.tables import rows

    scheduled = {found.name for found in opened.names("session", negotiation=negotiation)}
    return roll_calls(rows(source, ROLL_CALLS.check), negotiation, scheduled)


def _assembly_votes(source: BufferedReader, opened: Workspace, negotiation: str) -> Iterator[Item]:
    from negotrack.exchange.readers.assembly import VOTES_CAST, votes
    from negotrack.exchange.readers.tables import rows

    registered = {found.name for found in opened.names("delegation", negotiation=negotiation)}
    calls = _calls(opened, negotiation)
    return votes(rows(source, VOTES_CAST.check), negotiation, calls, registered)


def _calls(opened: Workspace, negotiation: str) -> dict[str, Call]:
    """Return the roll calls of the record by their numbers."""
    from negotrack.exchange.readers.assembly import Call, motion_of
    from negotrack.facts.rows import MOTION

    wanted = opened.filter(negotiation=negotiation)._replace(type=MOTION)
    rows = [row for row in opened.index.rows(wanted) if row.names is not None]
    before = motion_of("0")[:-1]
    return {
        row.names.removeprefix(before): Call(row.names, row.on, row.first, row.session)
        for row in rows
        if row.names and row.names.startswith(before)
    }


def _popolo(source: BufferedReader, opened: Workspace, negotiation: str) -> Iterator[Item]:
    from negotrack.exchange.readers.popolo import drafts

    names = Resolved(opened, negotiation)
    return drafts(source, negotiation, names, list(_recorded(opened, negotiation)))


def _stances(source: BufferedReader, opened: Workspace, negotiation: str) -> Iterator[Item]:
    from negotrack.exchange.readers.stance_tables import COLUMNS, drafts
    from negotrack.exchange.readers.tables import rows

    names = Resolved(opened, negotiation)
    return drafts(rows(source, COLUMNS.check), negotiation, names, names.session)


def _memberships(source: BufferedReader, opened: Workspace, negotiation: str) -> Iterator[Item]:
    from negotrack.exchange.readers.membership_tables import COLUMNS, drafts
    from negotrack.exchange.readers.tables import rows

    names = Resolved(opened, negotiation)
    return drafts(
        rows(source, COLUMNS.check), negotiation, names, list(_recorded(opened, negotiation))
    )


def _recorded(opened: Workspace, negotiation: str) -> Iterator[MembershipPeriod]:
    """Yield the memberships of the record."""
    from negotrack.exchange.readers.membership_tables import MembershipPeriod
    from negotrack.projections.positions.memberships import memberships

    wanted = opened.filter(negotiation=negotiation)
    rows = sorted(opened.index.memberships(wanted), key=lambda row: row.sort_key)
    return (MembershipPeriod(s.member, s.group, s.since, s.until) for s in memberships(rows))


def _draft_from(
    read: Callable[[Pieces], DraftDocument],
    source: BufferedReader,
    opened: Workspace,
    negotiation: str,
) -> Iterator[Item]:
    from negotrack.exchange.readers.wordings import drafts

    return drafts(read(source), negotiation, Drafted(opened, negotiation))


def _draft(source: BufferedReader, opened: Workspace, negotiation: str) -> Iterator[Item]:
    from negotrack.exchange.markdown import read

    return _draft_from(read, source, opened, negotiation)


def _akoma_ntoso(source: BufferedReader, opened: Workspace, negotiation: str) -> Iterator[Item]:
    from negotrack.exchange.readers.akoma import read

    return _draft_from(read, source, opened, negotiation)


MAPS: dict[str, Reader] = {
    "draft": _draft,
    "akoma-ntoso": _akoma_ntoso,
    "assembly-roll-calls": _assembly_roll_calls,
    "assembly-votes": _assembly_votes,
    "popolo": _popolo,
    "stances": _stances,
    "memberships": _memberships,
}
"""The maps by the words of ``--as``."""
