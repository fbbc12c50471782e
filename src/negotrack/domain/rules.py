"""The hard rules: what an entry must satisfy before the record takes it in.

Rules about the order of things (a stance after a withdrawal, a member that had left) are no hard
rules: late and merged entries may break them without anyone having been wrong at the time.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

from negotrack.domain import entries as e
from negotrack.domain.canonical import LONGEST_LINE, encode, well_dated, well_formed
from negotrack.domain.catalogue import NAME_FIELDS, TARGET_NOUNS, UNCORRECTABLE, kind_of
from negotrack.domain.dates import span, wall_clock
from negotrack.domain.names import near
from negotrack.domain.specification import Effective, effective, replaced
from negotrack.domain.states import STATES
from negotrack.domain.text_rules import (
    amends_a_text,
    brackets_words,
    changes_words,
    proposes_a_text,
    words_a_provision,
)
from negotrack.domain.values import BY_VOTE
from negotrack.errors import Conflict, Rejected, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.domain.register import Register

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""A NUL as JSON writes it, and not the backslash and five characters that look like one."""

_AHEAD = timedelta(days=1)
"""A day in the room may be ahead of the recorder's UTC day, never by more than one."""


_MOST_LET_IN = 65_536
"""Combinations of names that a register remembers: enough for who spoke about what, and where."""


class Archive(Protocol):
    """What the errata rules ask of the record."""

    def family(self, entry_id: str) -> list[StoredEntry]:
        """Return an entry with its corrections and retractions, and theirs; empty if unknown."""


def validate(kept: StoredEntry, register: Register, archive: Archive) -> None:
    """Let an entry in, or raise the :class:`~negotrack.errors.Refusal` that says why not.

    A record repeats a few thousand combinations of names, so the rules about names look at each
    once: the register remembers those that were let in, until a name comes or changes.
    """
    entry = kept.entry
    combination = _combination(entry)
    is_known = combination is not None and combination in register.let_in
    if is_known:
        well_dated(entry)
    else:
        well_formed(entry)
    _fits(kept)
    _is_not_in_the_future(entry)
    if not is_known:
        _names_fit_together(entry, register, archive)
        if combination is not None and len(register.let_in) < _MOST_LET_IN:
            register.let_in.add(combination)


def _combination(entry: Entry) -> tuple[object, ...] | None:
    """Return what decides whether the rules about names let an entry in; None where more does.

    Whether the clocks of a room skip a time depends on the day.
    """
    names = _BY_NAMES.get(type(entry))
    return None if names is None or entry.at is not None else names(entry)


def _names_fit_together(entry: Entry, register: Register, archive: Archive) -> None:
    _brings_a_free_name(entry, register)
    if isinstance(entry, e.NegotiationOpened):
        return
    if not register.is_open and not isinstance(entry, e.Erratum):
        raise Unknown(
            f"no negotiation {entry.negotiation} has been opened",
            f"open it first: negotrack log negotiation {entry.negotiation} --title ...",
        )
    _names_what_is_known(entry, register)
    rule = _RULES.get(type(entry))
    if rule is not None:
        rule(entry, register)
    elif isinstance(entry, e.Erratum):
        _is_a_valid_erratum(entry, register, archive)


def _names_what_is_known(entry: Entry, register: Register) -> None:
    _names_known_parties(entry, register)
    _is_in_a_known_session(entry, register)
    if entry.target is not None and type(entry) not in _OWN_TARGETS:
        register.get(entry.target, *TARGET_NOUNS)


def _brings_a_free_name(entry: Entry, register: Register) -> None:
    field = kind_of(entry).names
    if field is not None:
        register.refuse_taken(getattr(entry, field))


def _fits(kept: StoredEntry) -> None:
    if len(kept.line) > LONGEST_LINE:
        raise Rejected(
            f"the entry is {len(kept.line):,} bytes long", f"the most is {LONGEST_LINE:,}"
        )
    if b"\\u0000" in kept.line and _NUL.search(kept.line):
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


def _names_known_parties(entry: Entry, register: Register) -> None:
    for code in (entry.by, entry.for_, *getattr(entry, "sponsors", ())):
        if code is not None:
            _delegation(register, code)
    aligned = getattr(entry, "aligned_with", None)
    if aligned is not None:
        _delegation(register, aligned)
    if entry.for_ is not None and entry.for_ == entry.by:
        raise Rejected(f"{entry.by} cannot act on behalf of itself", "leave `for` out")


def _delegation(register: Register, code: str) -> None:
    if register.find(code) is None and code in STATES:
        raise Unknown(
            f"{code} ({STATES[code].name}) is not registered in {register.negotiation}",
            f"register it first: negotrack log delegation {code}",
        )
    register.get(code, "delegation")


def _is_in_a_known_session(entry: Entry, register: Register) -> None:
    if entry.session is None or isinstance(entry, e.SessionScheduled):
        return
    register.get(entry.session, "session")
    zone, when = register.zone(entry.session), span(entry.on)
    if entry.at is not None and zone is not None and when.is_day:
        wall_clock(when.first, entry.at, zone)


def _delegation_is_what_it_says(entry: e.DelegationRegistered, _: Register) -> None:
    if entry.kind == "state" and entry.delegation not in STATES:
        close = near(entry.delegation, STATES)
        raise Rejected(
            f"{entry.delegation} is not the ISO 3166 alpha-3 code of a state",
            f"did you mean {', '.join(close)}?" if close else "name the kind: --kind observer",
        )
    if entry.kind != "state" and entry.delegation in STATES and not STATES[entry.delegation].until:
        raise Rejected(
            f"{entry.delegation} is the code of {STATES[entry.delegation].name}",
            "a state is registered with --kind state",
        )


def _is_about_a_group(entry: e.GroupJoined | e.GroupLeft, register: Register) -> None:
    _group(register, entry.group)
    if entry.by == entry.group:
        raise Rejected(f"{entry.group} cannot be a member of itself", "name another member")


def _group(register: Register, code: str) -> None:
    found = register.get(code, "delegation")
    if getattr(found.entry, "kind", None) != "group":
        raise Rejected(f"{code} ({found.title}) is not a group", "only groups have members")


def _signs_a_document(entry: e.DocumentSigned, register: Register) -> None:
    register.get(entry.document, "document")
    _says_who_or_how_many(entry, "signatory")


def _options_differ(entry: e.IssueRaised, _: Register) -> None:
    if len(set(entry.options)) != len(entry.options):
        raise Rejected(f"an option of {entry.issue} is named twice", "name each option once")


def _cosponsors_a_proposal(entry: e.ProposalCosponsored, register: Register) -> None:
    register.get(entry.target, "proposal")
    _says_who_or_how_many(entry, "co-sponsor")


def _is_about_a_proposal(
    entry: e.ProposalRevised | e.ProposalWithdrawn, register: Register
) -> None:
    register.get(entry.target, "proposal")
    if isinstance(entry, e.ProposalRevised):
        proposes_a_text(entry, register)


def _is_about_an_amendment(
    entry: e.AmendmentRevised | e.AmendmentWithdrawn, register: Register
) -> None:
    register.get(entry.target, "amendment")
    if isinstance(entry, e.AmendmentRevised):
        changes_words(entry)


def _stance_is_on_a_known_option(entry: e.StanceTaken, register: Register) -> None:
    found = register.get(entry.target, *TARGET_NOUNS)
    if entry.option is None or entry.option in found.options:
        return
    if not found.options:
        raise Rejected(f"{entry.target} has no options", "leave the option out")
    raise Rejected(
        f"{entry.target} has no option {entry.option}", f"it has {', '.join(found.options)}"
    )


def _decision_is_whole(entry: e.DecisionTaken, register: Register) -> None:
    register.get(entry.target, *TARGET_NOUNS)
    if (entry.outcome == "merged") != (entry.into is not None):
        raise Rejected(
            "a decision names what the target was merged into exactly when its outcome is merged",
            "give both `outcome` merged and `into`, or neither",
        )
    if entry.into is not None:
        register.get(entry.into, *TARGET_NOUNS)
        if entry.into == entry.target:
            raise Rejected(f"{entry.target} cannot be merged into itself", "name another target")
    if entry.document is not None:
        register.get(entry.document, "document")
    if entry.figures is not None and entry.method not in BY_VOTE:
        raise Rejected("only a decision by vote has figures", "set `method` to vote")
    _names_a_rule(entry, register)


def _names_a_rule(entry: e.DecisionTaken | e.MotionPut, register: Register) -> None:
    if entry.rule is not None:
        register.get(entry.rule, "rule")


def _motion_is_about_something(entry: e.MotionPut, register: Register) -> None:
    _names_a_rule(entry, register)
    if entry.target is None:
        if entry.question in ("deletion", "division"):
            raise Rejected(
                f"a motion of {entry.question} is about a target",
                "name what it would delete or divide",
            )
        return
    register.get(entry.target, *TARGET_NOUNS)


def _rule_can_decide(entry: e.RuleSet, register: Register) -> None:
    if entry.requires == "qualified-majority" and entry.share is None and entry.count is None:
        raise Rejected("a qualified majority has a share or a count", "give one of them, or both")
    if (entry.requires == "component-majority") != bool(entry.components):
        raise Rejected(
            "a rule names components exactly when it is a component majority",
            "set `requires` to component-majority and name the groups, or neither",
        )
    for share in (entry.share, entry.quorum):
        above, _, below = (share or "1/1").partition("/")
        if int(above) > int(below):
            raise Rejected(f"{share} is more than all", "write a share such as 2/3")
    for group in (entry.electorate, *entry.components):
        if group is not None:
            _group(register, group)


def _says_who_or_how_many(entry: e.DocumentSigned | e.ProposalCosponsored, noun: str) -> None:
    if (entry.by is None) == (entry.count is None):
        raise Rejected(f"the entry names either one {noun} or how many", "give `by` or `count`")


def _is_a_valid_erratum(entry: e.Erratum, register: Register, archive: Archive) -> None:
    family = archive.family(entry.entry)
    if not family:
        raise Unknown(f"no entry {entry.entry[:10]} in the record", "negotrack timeline lists ids")
    live = current_entry(entry.entry, family)
    if live.entry.negotiation != entry.negotiation:
        raise Rejected(
            f"entry {entry.entry[:10]} is part of {live.entry.negotiation}", "name that negotiation"
        )
    if isinstance(entry, e.EntryRetracted):
        if isinstance(live.entry, e.Erratum):
            _can_come_back(entry, live.entry, register, archive)
        return
    refuse_uncorrectable(live.entry, entry.set)
    new = replaced(live.entry, entry)
    if isinstance(new, e.Erratum):
        _is_not_in_the_future(new)
        _names_what_is_known(new, register)
        return
    names = kind_of(live.entry).names
    if names is not None and getattr(new, names) != getattr(live.entry, names):
        raise Rejected(
            f"`{names}` is the name by which other entries know it",
            "retract the entry and log it again under the new name",
        )
    validate(encode(new), register.without(entry.entry), archive)


def current_entry(entry_id: str, family: list[StoredEntry]) -> Effective:
    """Return an entry as it counts; :class:`Conflict` where it is retracted, saying by what."""
    held = {live.id: live for live in effective(family)}
    if entry_id in held:
        return held[entry_id]
    by = next(
        live.id
        for live in held.values()
        if isinstance(live.entry, e.EntryRetracted) and live.entry.entry == entry_id
    )
    raise Conflict(
        f"entry {entry_id[:10]} is retracted already, by {by[:10]}",
        f"where it is to count again, retract that: negotrack retract {by[:10]} --reason ...",
    )


def refuse_uncorrectable(entry: Entry, fields: Iterable[str]) -> None:
    """Refuse to correct what an entry is, what an erratum is about, and who put it in when."""
    forbidden = sorted(UNCORRECTABLE.intersection(fields))
    if not forbidden:
        return
    cure = "retract the entry and log it again"
    if isinstance(entry, e.EntryCorrected) and forbidden[0] in ("entry", "set"):
        cure = "retract that correction, and correct the entry anew"
    elif isinstance(entry, e.EntryRetracted) and forbidden[0] == "entry":
        cure = "retract that retraction, and retract the other entry"
    raise Rejected(f"`{forbidden[0]}` cannot be corrected", cure)


def _can_come_back(
    entry: e.EntryRetracted, undone: e.Erratum, register: Register, archive: Archive
) -> None:
    """Refuse to retract an erratum where the entry at the root would not be let in any more."""
    root, family = undone.entry, archive.family(undone.entry)
    while family and isinstance(family[0].entry, e.Erratum):
        root = family[0].entry.entry
        family = archive.family(root)
    before = _live(root, family)
    after = _live(root, [*family, encode(entry)])
    if after is not None and after != before:
        validate(encode(after), register.without(root), archive)


def _live(entry_id: str, family: list[StoredEntry]) -> Entry | None:
    return next((live.entry for live in effective(family) if live.id == entry_id), None)


class Uses(Protocol):
    """Counts the entries, other than one that is to change, of which something is true."""

    def __call__(self, text: str, rests: Callable[[Entry], bool]) -> int:
        """Return for how many it is true; their lines, or those of their errata, hold the text."""


def refuse_loss(before: Entry, after: Entry | None, uses: Uses) -> None:
    """Refuse to take away a name, an option or a group that other entries rest on.

    ``before`` and ``after`` are how one entry counts before and after an erratum, None where it
    does not count any more.
    """
    kind = kind_of(before)
    if kind.names is None:
        return
    name: str = getattr(before, kind.names)

    def brings(entry: Entry) -> bool:
        return type(entry) is kind.cls and getattr(entry, str(kind.names)) == name

    if (after is not None and brings(after)) or uses(name, brings):
        _keeps_options(before, after, uses)
        _stays_a_group(before, after, uses)
        return
    is_negotiation = kind.names == "negotiation"
    count = uses(name, lambda entry: _mentions(entry, name, negotiation=is_negotiation))
    where = {"delegation": f" --by {name}", "session": f" --session {name}", "negotiation": ""}
    listed = f"negotrack timeline{where.get(kind.noun, f' --on {name}')}"
    _refuse_where_used(
        count, f"{kind.noun} {name} is in use", f"retract or correct those first: {listed}"
    )


def _mentions(entry: Entry, name: str, *, negotiation: bool) -> bool:
    """Whether an entry, which is no erratum, names something."""
    if negotiation:
        return entry.negotiation == name
    apart = ("negotiation", "option", "options")
    said = (getattr(entry, field) for field, _ in NAME_FIELDS[type(entry)] if field not in apart)
    return any(name == value or (type(value) is tuple and name in value) for value in said)


def _keeps_options(before: Entry, after: Entry | None, uses: Uses) -> None:
    if not isinstance(before, e.IssueRaised) or not isinstance(after, e.IssueRaised):
        return
    for option in before.options:
        if option in after.options:
            continue

        def rests(entry: Entry, option: str = option) -> bool:
            return isinstance(entry, e.StanceTaken) and (entry.target, entry.option) == (
                before.issue,
                option,
            )

        _refuse_where_used(
            uses(option, rests),
            f"option {option} of {before.issue} is in use",
            "keep the option, or correct those first",
        )


def _stays_a_group(before: Entry, after: Entry | None, uses: Uses) -> None:
    if not isinstance(before, e.DelegationRegistered) or before.kind != "group":
        return
    if not isinstance(after, e.DelegationRegistered) or after.kind == "group":
        return

    def rests(entry: Entry) -> bool:
        return isinstance(entry, e.GroupJoined | e.GroupLeft) and entry.group == before.delegation

    _refuse_where_used(
        uses(before.delegation, rests),
        f"{before.delegation} is in use as a group",
        "leave its kind, or retract those first",
    )


MOST_COUNTED = 1_000
"""Uses of a name are counted up to here: who is told of so many need not know of more."""


def _refuse_where_used(count: int, sentence: str, cure: str) -> None:
    if not count:
        return
    if count == 1:
        entries = "1 entry names it"
    else:
        more = " or more" if count >= MOST_COUNTED else ""
        entries = f"{count:,}{more} entries name it"
    raise Conflict(f"{sentence}: {entries}", cure)


_RULES: dict[type[Entry], Callable[..., None]] = {
    e.DelegationRegistered: _delegation_is_what_it_says,
    e.GroupJoined: _is_about_a_group,
    e.GroupLeft: _is_about_a_group,
    e.DocumentSigned: _signs_a_document,
    e.IssueRaised: _options_differ,
    e.ProvisionWorded: words_a_provision,
    e.BracketPlaced: brackets_words,
    e.BracketLifted: brackets_words,
    e.ProposalTabled: proposes_a_text,
    e.ProposalCosponsored: _cosponsors_a_proposal,
    e.ProposalRevised: _is_about_a_proposal,
    e.ProposalWithdrawn: _is_about_a_proposal,
    e.AmendmentMoved: amends_a_text,
    e.AmendmentRevised: _is_about_an_amendment,
    e.AmendmentWithdrawn: _is_about_an_amendment,
    e.StanceTaken: _stance_is_on_a_known_option,
    e.DecisionTaken: _decision_is_whole,
    e.MotionPut: _motion_is_about_something,
    e.RuleSet: _rule_can_decide,
}
_OWN_TARGETS = frozenset(
    {
        e.ProvisionWorded,
        e.BracketPlaced,
        e.BracketLifted,
        e.ProposalCosponsored,
        e.ProposalRevised,
        e.ProposalWithdrawn,
        e.AmendmentMoved,
        e.AmendmentRevised,
        e.AmendmentWithdrawn,
        e.StanceTaken,
        e.DecisionTaken,
        e.MotionPut,
    }
)

_BY_NAMES: dict[type[Entry], Callable[[Entry], tuple[object, ...]]] = {
    cls: attrgetter("__class__", *(field for field, _ in NAME_FIELDS[cls]))
    for cls in (e.StanceTaken, e.StatementMade, e.VoteCast, e.VoteExplained, e.VoteIntended)
}
"""What is looked at of types of which a record has many, and whose rules look at names alone."""
