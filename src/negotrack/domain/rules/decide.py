"""The one door of the record: whether entries are let in, given what the record holds.

A correction is judged by what it makes of the entry, as if that were logged anew; a retraction of
an erratum by what comes back. Nothing is read here but what the state is asked for, so a decision
can be told as a story: given these entries, when these drafts, then this refusal, or none.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from negotrack.domain import entries as e
from negotrack.domain.canonical import LONGEST_LINE, encode, well_dated, well_formed
from negotrack.domain.catalogue import NAME_FIELDS, kind_of
from negotrack.domain.dates import span
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.domain.register import NAMING
from negotrack.domain.rules import errata, names, parties, texts, votes
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.domain.register import Register
    from negotrack.domain.rules.names import Uses
    from negotrack.errors import Refusal

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""A NUL as JSON writes it, and not the backslash and five characters that look like one."""

_AHEAD = timedelta(days=1)
"""A day in the room may be ahead of the recorder's UTC day, never by more than one."""

_MOST_LET_IN = 65_536
"""Combinations of names that a register remembers: enough for who spoke about what, and where."""


class RecordState(errata.Archive, Protocol):
    """What a decision asks of the record, which does not hold the drafts yet."""

    def register(self, negotiation: str) -> Register:
        """Return the names of a negotiation."""

    def uses(self, negotiation: str, apart: str) -> Uses:
        """Return what counts the entries of a negotiation that count, but for one of them."""

    def inapplicable(self, drafts: Sequence[StoredEntry]) -> Iterable[Refusal]:
        """Return a refusal for everything in drafts that the texts of their days do not admit."""


class EntryRule(NamedTuple):
    """What is asked of entries of one type, beside what is asked of all.

    ``check`` refuses what breaks the rule of the type; ``targets`` are the kinds of things that it
    may be about. With ``by_names`` nothing but the names in an entry decides about it: a record
    has many of these and repeats a few thousand combinations of names, so each is looked at once.
    """

    check: Callable[..., None] | None = None
    targets: tuple[str, ...] = TARGET_NOUNS
    by_names: bool = False


_RULES: dict[type[Entry], EntryRule] = {
    e.DelegationRegistered: EntryRule(parties.code_fits_kind),
    e.GroupJoined: EntryRule(parties.membership_is_in_a_group),
    e.GroupLeft: EntryRule(parties.membership_is_in_a_group),
    e.DocumentSigned: EntryRule(parties.signs_a_document),
    e.IssueRaised: EntryRule(votes.options_differ),
    e.ProvisionWorded: EntryRule(texts.words_a_provision, ("provision",)),
    e.BracketPlaced: EntryRule(texts.brackets_words, ("provision",)),
    e.BracketLifted: EntryRule(texts.brackets_words, ("provision",)),
    e.ProposalTabled: EntryRule(texts.proposes_a_text),
    e.ProposalCosponsored: EntryRule(parties.names_a_cosponsor, ("proposal",)),
    e.ProposalRevised: EntryRule(texts.proposes_a_text, ("proposal",)),
    e.ProposalWithdrawn: EntryRule(targets=("proposal",)),
    e.AmendmentMoved: EntryRule(texts.amends_a_text, ("provision", "proposal", "amendment")),
    e.AmendmentRevised: EntryRule(texts.changes_words, ("amendment",)),
    e.AmendmentWithdrawn: EntryRule(targets=("amendment",)),
    e.StanceTaken: EntryRule(votes.option_is_known, by_names=True),
    e.StatementMade: EntryRule(by_names=True),
    e.VoteCast: EntryRule(by_names=True),
    e.VoteExplained: EntryRule(by_names=True),
    e.VoteIntended: EntryRule(by_names=True),
    e.RuleSet: EntryRule(votes.rule_can_decide),
    e.MotionPut: EntryRule(votes.motion_is_about_something),
    e.DecisionTaken: EntryRule(votes.decision_is_whole),
}
"""The rules by the types that have any of their own."""

_NO_RULE = EntryRule()
_COMBINATIONS: dict[type[Entry], Callable[[Entry], tuple[object, ...]]] = {
    cls: attrgetter("__class__", *(field for field, _ in NAME_FIELDS[cls]))
    for cls, rule in _RULES.items()
    if rule.by_names
}
"""What decides about a type of which names alone decide."""


def decide(drafts: Sequence[StoredEntry], state: RecordState) -> None:
    """Let drafts in, together, or raise the :class:`~negotrack.errors.Refusal` that says why not.

    What brings a name is judged first, and the others as if it were in the record already; whether
    the texts admit them is judged of all of them at once.
    """
    if len(drafts) > 1:
        drafts, state = _names_first(drafts), _Together(state)
    for draft in drafts:
        _let_in(draft, state)
        if isinstance(state, _Together):
            state.add(draft)
    for refusal in state.inapplicable(drafts):
        raise refusal


def _names_first(drafts: Iterable[StoredEntry]) -> list[StoredEntry]:
    return sorted(drafts, key=lambda draft: not isinstance(draft.entry, NAMING))


class _Together:
    """A state that holds also the drafts of a batch which were let in so far."""

    def __init__(self, state: RecordState) -> None:
        self._state = state
        self._drafts: list[StoredEntry] = []
        self._registers: dict[str, Register] = {}
        self.inapplicable = state.inapplicable

    def add(self, draft: StoredEntry) -> None:
        self._drafts.append(draft)
        if isinstance(draft.entry, (*NAMING, e.Erratum)):
            self.register(draft.entry.negotiation).add(draft)

    def register(self, negotiation: str) -> Register:
        if negotiation not in self._registers:
            self._registers[negotiation] = self._state.register(negotiation).copy()
        return self._registers[negotiation]

    def with_errata(self, entry_id: str) -> list[StoredEntry]:
        group = self._state.with_errata(entry_id)
        group += [draft for draft in self._drafts if draft.id == entry_id]
        return group + [
            one
            for draft in self._drafts
            if getattr(draft.entry, "entry", None) == entry_id
            for one in self.with_errata(draft.id)
        ]

    def uses(self, negotiation: str, apart: str) -> Uses:
        count_others = self._state.uses(negotiation, apart)

        def count(text: str, rests: Callable[[Entry], bool]) -> int:
            fresh = sum(rests(d.entry) for d in self._drafts if not isinstance(d.entry, e.Erratum))
            return count_others(text, rests) + fresh

        return count


def _let_in(draft: StoredEntry, state: RecordState) -> None:
    register = state.register(draft.entry.negotiation)
    if isinstance(draft.entry, e.Erratum):
        _let_in_erratum(draft, draft.entry, register, state)
    else:
        judge(draft, register)


def judge(draft: StoredEntry, register: Register) -> None:
    """Refuse an entry, no erratum, that breaks a hard rule, by the names of its negotiation.

    The register remembers the combinations of names that were let in, until a name comes or
    changes.
    """
    entry = draft.entry
    combination = _combination(entry)
    is_remembered = combination is not None and combination in register.let_in
    if is_remembered:
        well_dated(entry)
    else:
        well_formed(entry)
    _fits(draft)
    _is_not_in_the_future(entry)
    if is_remembered:
        return
    names.name_is_free(entry, register)
    names.negotiation_is_open(entry, register)
    if not isinstance(entry, e.NegotiationOpened):
        _names_what_is_known(entry, register)
    if combination is not None and len(register.let_in) < _MOST_LET_IN:
        register.let_in.add(combination)


def _combination(entry: Entry) -> tuple[object, ...] | None:
    """Return what decides whether the rules about names let an entry in; None where more does.

    Whether the clocks of a room skip a time depends on the day.
    """
    combination = _COMBINATIONS.get(type(entry))
    return None if combination is None or entry.at is not None else combination(entry)


def _names_what_is_known(entry: Entry, register: Register) -> None:
    rule = _RULES.get(type(entry), _NO_RULE)
    parties.are_known(entry, register)
    parties.session_is_known(entry, register)
    names.target_is_known(entry, register, rule.targets)
    if rule.check is not None:
        rule.check(entry, register)


def _fits(draft: StoredEntry) -> None:
    if len(draft.line) > LONGEST_LINE:
        raise Rejected(
            f"the entry is {len(draft.line):,} bytes long", f"the most is {LONGEST_LINE:,}"
        )
    if b"\\u0000" in draft.line and _NUL.search(draft.line):
        raise Rejected("the entry contains a NUL character", "remove it")


def _is_not_in_the_future(entry: Entry) -> None:
    if kind_of(entry).scheduled:
        return
    if span(entry.on).first > _latest(entry.recorded_at[:10]):
        raise Rejected(
            f"{entry.on} lies in the future",
            "only sessions and deadlines can; log a deed after it was done",
        )


@lru_cache(maxsize=8)
def _latest(recorded: str) -> str:
    day = date.fromisoformat(recorded)
    return (day if day == date.max else day + _AHEAD).isoformat()


def _let_in_erratum(
    draft: StoredEntry, erratum: e.Erratum, register: Register, state: RecordState
) -> None:
    well_formed(erratum)
    _fits(draft)
    _is_not_in_the_future(erratum)
    _names_what_is_known(erratum, register)
    live = errata.entry_amended(erratum, state)
    if isinstance(live.entry, (e.Erratum, *NAMING)):
        change = errata.root_change(draft, state)
        _refuse_loss(change, state)
        if isinstance(erratum, e.EntryRetracted) and change.after not in (None, change.before):
            judge(encode(change.after), register.without(change.root))
    if isinstance(erratum, e.EntryCorrected):
        _let_in_corrected(errata.entry_corrected(live, erratum), erratum.entry, register)


def _refuse_loss(change: errata.RootChange, state: RecordState) -> None:
    if change.before is not None and change.before != change.after:
        uses = state.uses(change.before.negotiation, change.root)
        names.refuse_loss(change.before, change.after, uses)


def _let_in_corrected(entry: Entry, entry_id: str, register: Register) -> None:
    """Refuse what a correction makes of an entry where it would not be let in as it is then."""
    if isinstance(entry, e.Erratum):
        _is_not_in_the_future(entry)
        _names_what_is_known(entry, register)
    else:
        judge(encode(entry), register.without(entry_id))
