"""Rules about who acts and where: delegations, groups and sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain import entries as e
from negotrack.domain.dates import span, wall_clock
from negotrack.domain.names import near
from negotrack.domain.states import STATES
from negotrack.errors import Cure, Rejected, Unknown

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry
    from negotrack.domain.register import Register


def are_known(entry: Entry, register: Register) -> None:
    """Refuse a delegation that is not registered, and one that acts on behalf of itself."""
    for code in (entry.by, entry.for_, *getattr(entry, "sponsors", ())):
        if code is not None:
            _delegation(code, register)
    aligned = getattr(entry, "aligned_with", None)
    if aligned is not None:
        _delegation(aligned, register)
    if entry.for_ is not None and entry.for_ == entry.by:
        raise Rejected(f"{entry.by} cannot act on behalf of itself", "leave `for` out")


def _delegation(code: str, register: Register) -> None:
    if register.find(code) is None and code in STATES:
        raise Unknown(
            f"{code} ({STATES[code].name}) is not registered in {register.negotiation}",
            Cure.by("register", "register it first", code=code),
        )
    register.get(code, "delegation")


def group(code: str, register: Register) -> None:
    """Refuse what is no group."""
    delegation = register.get(code, "delegation")
    if getattr(delegation.entry, "kind", None) != "group":
        raise Rejected(f"{code} ({delegation.title}) is not a group", "only groups have members")


def session_is_known(entry: Entry, register: Register) -> None:
    """Refuse a session that is not scheduled, and a time that the clocks of its room skip."""
    if entry.session is None or isinstance(entry, e.SessionScheduled):
        return
    register.get(entry.session, "session")
    zone, when = register.zone(entry.session), span(entry.on)
    if entry.at is not None and zone is not None and when.is_day:
        wall_clock(when.first, entry.at, zone)


def code_fits_kind(entry: e.DelegationRegistered, _: Register) -> None:
    """Refuse a state without its ISO 3166 code, and another with the code of a state."""
    if entry.kind == "state" and entry.delegation not in STATES:
        close = near(entry.delegation, STATES)
        raise Rejected(
            f"{entry.delegation} is not the ISO 3166 alpha-3 code of a state",
            f"did you mean {', '.join(close)}?"
            if close
            else Cure.by("name-kind", "name the kind, e.g. observer", kind="observer"),
        )
    if entry.kind != "state" and entry.delegation in STATES and not STATES[entry.delegation].until:
        raise Rejected(
            f"{entry.delegation} is the code of {STATES[entry.delegation].name}",
            Cure.by("register-as", "a state is registered as one", kind="state"),
        )


def membership_is_in_a_group(entry: e.GroupJoined | e.GroupLeft, register: Register) -> None:
    """Refuse a membership in what is no group, or of a group in itself."""
    group(entry.group, register)
    if entry.by == entry.group:
        raise Rejected(f"{entry.group} cannot be a member of itself", "name another member")


def signs_a_document(entry: e.DocumentSigned, register: Register) -> None:
    """Refuse a signature of what is no document, and one of nobody."""
    register.get(entry.document, "document")
    _names_one_or_counts(entry, "signatory")


def names_a_cosponsor(entry: e.ProposalCosponsored, _: Register) -> None:
    """Refuse a co-sponsorship of nobody."""
    _names_one_or_counts(entry, "co-sponsor")


def _names_one_or_counts(entry: e.DocumentSigned | e.ProposalCosponsored, noun: str) -> None:
    if (entry.by is None) == (entry.count is None):
        raise Rejected(f"the entry names either one {noun} or how many", "give `by` or `count`")
