"""The hard rules: what an entry must satisfy before the record takes it in.

Rules about the order of things (a stance after a withdrawal, a member that had left) are no hard
rules: late and merged entries may break them without anyone having been wrong at the time.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from negotrack.domain import entries as e
from negotrack.domain.catalogue import TARGET_NOUNS, kind_of
from negotrack.domain.dates import span, wall_clock
from negotrack.domain.lines import LONGEST_LINE, seal, well_formed
from negotrack.domain.names import near
from negotrack.domain.replay import effective, replaced
from negotrack.domain.states import STATES
from negotrack.errors import Conflict, Rejected, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import Entry
    from negotrack.domain.lines import Kept
    from negotrack.domain.register import Register

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""A NUL as JSON writes it, and not the backslash and five characters that look like one."""

_AHEAD = timedelta(days=1)
"""A day in the room may be ahead of the recorder's UTC day, never by more than one."""


class Archive(Protocol):
    """What the errata rules ask of the record."""

    def family(self, entry_id: str) -> list[Kept]:
        """Return an entry with its corrections and retractions, and theirs; empty if unknown."""


def admit(kept: Kept, register: Register, archive: Archive) -> None:
    """Let an entry in, or raise the :class:`~negotrack.errors.Refusal` that says why not."""
    entry = kept.entry
    well_formed(entry)
    _fits(kept)
    _is_not_in_the_future(entry)
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


def _fits(kept: Kept) -> None:
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
    if entry.kind != "state" and entry.delegation in STATES:
        raise Rejected(
            f"{entry.delegation} is the code of {STATES[entry.delegation].name}",
            "a state is registered with --kind state",
        )


def _is_about_a_group(entry: e.GroupJoined | e.GroupLeft, register: Register) -> None:
    found = register.get(entry.group, "delegation")
    if getattr(found.entry, "kind", None) != "group":
        raise Rejected(f"{entry.group} ({found.title}) is not a group", "only groups have members")
    if entry.by == entry.group:
        raise Rejected(f"{entry.group} cannot be a member of itself", "name another member")


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


def _amends_a_text(entry: e.AmendmentMoved, register: Register) -> None:
    register.get(entry.target, "provision", "proposal", "amendment")


def _is_about_an_amendment(
    entry: e.AmendmentRevised | e.AmendmentWithdrawn, register: Register
) -> None:
    register.get(entry.target, "amendment")


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
    if entry.figures is not None and entry.method != "vote":
        raise Rejected("only a decision by vote has figures", "set `method` to vote")


def _says_who_or_how_many(entry: e.DocumentSigned | e.ProposalCosponsored, noun: str) -> None:
    if (entry.by is None) == (entry.count is None):
        raise Rejected(f"the entry names either one {noun} or how many", "give `by` or `count`")


def _is_a_valid_erratum(entry: e.Erratum, register: Register, archive: Archive) -> None:
    family = archive.family(entry.entry)
    if not family:
        raise Unknown(f"no entry {entry.entry[:10]} in the record", "negotrack timeline lists ids")
    live = next((one for one in effective(family) if one.id == entry.entry), None)
    if live is None:
        raise Conflict(f"entry {entry.entry[:10]} is retracted already", "there is nothing to do")
    if live.entry.negotiation != entry.negotiation:
        raise Rejected(
            f"entry {entry.entry[:10]} is part of {live.entry.negotiation}", "name that negotiation"
        )
    if isinstance(entry, e.EntryRetracted):
        if isinstance(live.entry, e.EntryRetracted):
            _can_come_back(live.entry.entry, without=live.id, register=register, archive=archive)
        return
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
    admit(seal(new), register.without(entry.entry), archive)


def _can_come_back(entry_id: str, *, without: str, register: Register, archive: Archive) -> None:
    """Refuse to undo a retraction where the entry would not be let in any more."""
    family = [kept for kept in archive.family(entry_id) if kept.id != without]
    back = next((live for live in effective(family) if live.id == entry_id), None)
    if back is not None and not isinstance(back.entry, e.Erratum):
        admit(seal(back.entry), register.without(entry_id), archive)


_RULES: dict[type[Entry], Callable[..., None]] = {
    e.DelegationRegistered: _delegation_is_what_it_says,
    e.GroupJoined: _is_about_a_group,
    e.GroupLeft: _is_about_a_group,
    e.DocumentSigned: _signs_a_document,
    e.IssueRaised: _options_differ,
    e.ProposalCosponsored: _cosponsors_a_proposal,
    e.ProposalRevised: _is_about_a_proposal,
    e.ProposalWithdrawn: _is_about_a_proposal,
    e.AmendmentMoved: _amends_a_text,
    e.AmendmentRevised: _is_about_an_amendment,
    e.AmendmentWithdrawn: _is_about_an_amendment,
    e.StanceTaken: _stance_is_on_a_known_option,
    e.DecisionTaken: _decision_is_whole,
}
_OWN_TARGETS = frozenset(
    {
        e.ProposalCosponsored,
        e.ProposalRevised,
        e.ProposalWithdrawn,
        e.AmendmentMoved,
        e.AmendmentRevised,
        e.AmendmentWithdrawn,
        e.StanceTaken,
        e.DecisionTaken,
    }
)
