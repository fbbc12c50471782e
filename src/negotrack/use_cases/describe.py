"""Everything that the record says about one thing: something that has a name, or an entry."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.domain.catalogue import KINDS, STAMP
from negotrack.domain.entries import EntryCorrected, Erratum
from negotrack.domain.entry_types import DECISION_TAKEN, MOTION_PUT
from negotrack.domain.names import ENGLISH, is_id_prefix
from negotrack.domain.rules.errata import counting
from negotrack.domain.short_ids import in_sentence
from negotrack.domain.specification import Effective, effective, known
from negotrack.errors import Cure, Rejected
from negotrack.facts.query import Resolution
from negotrack.facts.rolls import RollQuery
from negotrack.use_cases.errata import facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.facts.query import Accounts, Query
    from negotrack.index.registered_names import RegisteredName
    from negotrack.projections.positions.memberships import Memberships
    from negotrack.projections.positions.positions import Position
    from negotrack.projections.positions.timeline import Happening
    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.provisions import Provision
    from negotrack.projections.texts.text import TextState
    from negotrack.projections.votes.decisions import JudgedDecision
    from negotrack.questions.entries import Entries
    from negotrack.questions.names import NameBook
    from negotrack.questions.positions import Positions
    from negotrack.questions.texts import TextQuestions
    from negotrack.questions.votes import Votes
    from negotrack.storage import Storage

NAMED_NOUNS = tuple(kind.noun for kind in KINDS if kind.names not in (None, "negotiation"))
"""The kinds of things in a negotiation that have a name."""

_FIELDS_OF = {"delegation": "by", "session": "session"}
"""The field of a query that holds a name; a target otherwise."""

_IN_FULL = ("motion", "rule")
"""Names of which the fields of the entry that brought them in are told."""

_TOLD_APART = frozenset({"type", "negotiation", "title", "sources", "confidence", *STAMP})


class VotesOn(NamedTuple):
    """The votes on a target: the day or the days, and who gave which vote."""

    target: str
    days: str
    voters: dict[str, list[str]]


class MotionOn(NamedTuple):
    """A motion about a target: what it asks, the votes on it, and what became of it."""

    name: str
    summary: str
    votes: list[VotesOn]
    outcomes: list[str]


class OfferedChange(NamedTuple):
    """What is offered to change a provision, and who stands where on it."""

    offer: Offer
    positions: list[Position]


class NameDescription(NamedTuple):
    """What there is to say about something that has a name.

    ``query`` asks for everything that concerns it; ``happenings`` is what that finds. ``fields``
    are those of the entry that brought in a motion or a rule. A delegation has ``memberships`` and
    the number of its ``votes`` by what they said; a target has ``positions``, ``decisions``,
    ``rolls`` and ``motions``; a provision also ``provisions`` (itself and its parts), the
    ``offers`` to change them and the ``state`` of the text.
    """

    name: RegisteredName
    query: Query
    happenings: list[Happening]
    fields: dict[str, Any]
    memberships: Memberships
    votes: dict[str, int]
    positions: Sequence[Position] = ()
    provisions: Sequence[Provision] = ()
    offers: Sequence[OfferedChange] = ()
    state: TextState | None = None
    decisions: Sequence[JudgedDecision] = ()
    rolls: Sequence[VotesOn] = ()
    motions: Sequence[MotionOn] = ()


class ErratumDescription(NamedTuple):
    """A correction or a retraction, and those of it in turn.

    ``changes`` are the fields that a correction sets, each as it counted when the correction was
    recorded and as set; None for a retraction. ``counts`` says whether it has effect now.
    """

    entry: StoredEntry
    counts: bool
    changes: dict[str, tuple[Any, Any]] | None
    errata: list[ErratumDescription]


class EntryDescription(NamedTuple):
    """An entry as it was logged, what came in about it until a moment, and how it counts then.

    ``live`` is None where it does not count. An erratum is ``about`` an entry, None where the
    record has it not; ``own`` says what it changed there. ``entries`` is how many were read.
    """

    entry: StoredEntry
    query: Query
    live: Effective | None
    errata: list[ErratumDescription]
    entries: int
    about: Entry | None = None
    own: ErratumDescription | None = None


class Descriptions:
    """Describes the things of a record."""

    def __init__(  # noqa: PLR0913, PLR0917 - it asks all the questions that there are
        self,
        storage: Storage,
        names: NameBook,
        entries: Entries,
        positions: Positions,
        votes: Votes,
        texts: TextQuestions,
    ) -> None:
        """Ask the questions of a record."""
        self._storage, self._names, self._entries = storage, names, entries
        self._positions, self._votes, self._texts = positions, votes, texts

    def subject(self, word: str, negotiation: str | None = None) -> RegisteredName | StoredEntry:
        """Return what a word means: what has that name, or the entry of which it begins the id."""
        try:
            return self._names.resolve(word, *NAMED_NOUNS, negotiation=negotiation)
        except Rejected:
            if not is_id_prefix(word.lower()):
                raise
            return self._entries.entry(word)

    # -- what has a name ----------------------------------------------------------------------

    def name(
        self, name: RegisteredName, query: Query, accounts: Accounts = "official-first"
    ) -> NameDescription:
        """Return what there is to say about a name, by the day and the moment of a query."""
        query = query.narrowed(**{_FIELDS_OF.get(name.noun, "target"): name.name})
        description = NameDescription(
            name, query, self._entries.timeline(query), self._fields(name, query), {}, {}
        )
        if name.noun == "delegation":
            return description._replace(**self._of_delegation(name.name, query, accounts))
        if name.noun == "session":
            return description
        if name.noun == "provision":
            description = description._replace(**self._of_provision(name.name, query))
        return description._replace(**self._of_target(name.name, query, accounts))

    def _fields(self, name: RegisteredName, query: Query) -> dict[str, Any]:
        """Return the fields of the entry that brought a name in, as it counts."""
        if name.noun not in _IN_FULL:
            return {}
        entry = counting(name.id, known(self._entries.group(name.id), query.when.known_at))
        fields = {} if entry is None else facts(entry)
        apart = {*_TOLD_APART, name.noun}
        return {field: value for field, value in fields.items() if field not in apart}

    def _of_delegation(self, code: str, query: Query, accounts: Accounts) -> dict[str, Any]:
        own = query.narrowed(by=None, delegation=code)
        votes = Counter(row.verdict or "" for row in self._storage.index.slices.votes(own))
        return {
            "memberships": self._positions.memberships(query),
            "positions": self._positions(own, Resolution(accounts)),
            "votes": dict(votes),
        }

    def _of_provision(self, address: str, query: Query) -> dict[str, Any]:
        texts = self._texts(query.narrowed(target=None), language=ENGLISH, about=address)
        try:
            provisions = texts.provisions(address)
        except Rejected:
            provisions = []
        offers = [OfferedChange(offer, self._on(offer, query)) for offer in texts.offers(address)]
        return {"provisions": provisions, "offers": offers, "state": texts.drafting}

    def _on(self, offer: Offer, query: Query) -> list[Position]:
        positions = self._positions(query.narrowed(by=None, target=offer.slug))
        return [one for one in positions if one.target == offer.slug and one.via != "group"]

    def _of_target(self, name: str, query: Query, accounts: Accounts) -> dict[str, Any]:
        held_by = query.narrowed(by=None, delegation=query.by)
        motions = [
            self._motion(row.names, row.summary, query, accounts)
            for row in self._storage.index.slices.rows(query.narrowed(type=MOTION_PUT))
            if row.names and row.names != name
        ]
        return {
            "memberships": self._positions.memberships(query),
            "positions": self._positions(held_by, Resolution(accounts)),
            "decisions": [one for one in self._votes.decisions(query) if one.judged],
            "rolls": list(self._rolls(query, accounts)),
            "motions": motions,
        }

    def _motion(self, name: str, summary: str, query: Query, accounts: Accounts) -> MotionOn:
        own = query.narrowed(target=name)
        decided = self._storage.index.slices.rows(own.narrowed(type=DECISION_TAKEN))
        return MotionOn(
            name,
            summary.removeprefix(f"motion {name}: "),
            list(self._rolls(own, accounts)),
            [row.summary for row in decided],
        )

    def _rolls(self, query: Query, accounts: Accounts) -> Iterator[VotesOn]:
        """Yield what was voted on, when, and who gave which vote."""
        which = RollQuery(votes=True, stances=False, latest=accounts == "latest")
        rolls = self._storage.index.slices.rolls(query, which)
        for roll in rolls.rolls:
            voters = {
                word: sorted(holder for bit, holder in enumerate(rolls.holders) if bits >> bit & 1)
                for word, bits in roll.answers.items()
            }
            yield VotesOn(roll.target, "/".join(dict.fromkeys((roll.first, roll.last))), voters)

    # -- an entry -----------------------------------------------------------------------------

    def entry(self, entry: StoredEntry, query: Query) -> EntryDescription:
        """Return what there is to say about an entry, as known at the moment of a query."""
        group = known(self._entries.group(entry.id), query.when.known_at)
        if not any(member.id == entry.id for member in group):
            raise Rejected(
                f"entry {in_sentence(entry.id)} was recorded at {entry.entry.recorded_at}",
                Cure.by("later-moment", "ask for what was known at a later moment"),
            )
        live = next((one for one in effective(group) if one.id == entry.id), None)
        errata = _errata(group, entry.id)
        description = EntryDescription(entry, query, live, errata, len(group))
        if not isinstance(entry.entry, Erratum):
            return description
        about = entry.entry.entry
        above = self._entries.group(about)
        own = next(one for one in _errata(above, about) if one.entry.id == entry.id)
        entries = (member.entry for member in above if member.id == about)
        return description._replace(about=next(entries, None), own=own)


def _errata(group: list[StoredEntry], about: str) -> list[ErratumDescription]:
    """Return the corrections and retractions of an entry, each with its own, as recorded."""
    live = {one.id for one in effective(group)}
    in_order = sorted(group, key=lambda member: (member.entry.recorded_at, member.id))
    errata = []
    for number, member in enumerate(in_order):
        entry = member.entry
        if not isinstance(entry, Erratum) or entry.entry != about:
            continue
        changes = None
        if isinstance(entry, EntryCorrected):
            changes = _changes(in_order[:number], group, about, entry.set)
        errata.append(
            ErratumDescription(member, member.id in live, changes, _errata(group, member.id))
        )
    return errata


def _changes(
    earlier: list[StoredEntry], group: list[StoredEntry], about: str, set_: dict[str, Any]
) -> dict[str, tuple[Any, Any]]:
    """Return what a correction set, each field as it counted when it was recorded, and as set."""
    logged = next((member.entry for member in group if member.id == about), None)
    entry = counting(about, earlier) or logged
    before = {} if entry is None else facts(entry)
    return {name: (before.get(name), value) for name, value in set_.items()}
