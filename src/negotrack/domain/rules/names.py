"""Rules about names: each is of one thing, is known where it is used, and stays while it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from negotrack.domain import entries as e
from negotrack.domain.catalogue import NAME_FIELDS, kind_of
from negotrack.errors import Conflict, Cure, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import Entry
    from negotrack.domain.register import Register


def negotiation_is_open(entry: Entry, register: Register) -> None:
    """Refuse an entry of a negotiation that was not opened."""
    if not register.is_open and not isinstance(entry, e.NegotiationOpened):
        raise Unknown(
            f"no negotiation {entry.negotiation} has been opened",
            Cure.by("open-negotiation", "open it first", negotiation=entry.negotiation),
        )


def name_is_free(entry: Entry, register: Register) -> None:
    """Refuse an entry that brings a name which something else has."""
    field = kind_of(entry).names
    if field is not None:
        register.refuse_taken(getattr(entry, field))


def target_is_known(entry: Entry, register: Register, nouns: tuple[str, ...]) -> None:
    """Refuse a target that the record does not know, or that is of none of the kinds."""
    if entry.target is not None:
        register.get(entry.target, *nouns)


# -- loss -----------------------------------------------------------------------------------------


class InUse(Conflict):
    """What would be taken away is used by other entries: those go first."""


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
    _refuse_where_used(
        uses(name, lambda entry: _mentions(entry, name, negotiation=is_negotiation)),
        f"{kind.noun} {name} is in use",
        Cure.by("list-uses", "retract or correct those first", noun=kind.noun, name=name),
    )


def _mentions(entry: Entry, name: str, *, negotiation: bool) -> bool:
    """Whether an entry, which is no erratum, names something."""
    if negotiation:
        return entry.negotiation == name
    apart = ("negotiation", "option", "options")
    values = (getattr(entry, field) for field, _ in NAME_FIELDS[type(entry)] if field not in apart)
    return any(name == value or (type(value) is tuple and name in value) for value in values)


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


def _refuse_where_used(count: int, sentence: str, cure: str | Cure) -> None:
    if not count:
        return
    if count == 1:
        entries = "1 entry names it"
    else:
        more = " or more" if count >= MOST_COUNTED else ""
        entries = f"{count:,}{more} entries name it"
    raise InUse(f"{sentence}: {entries}", cure)
