"""Who belongs to which group: directly, or through a group that is a member of another."""

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.dates import span
from negotrack.domain.entry_types import MEMBERSHIPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from negotrack.facts.rows import Row

JOINED, LEFT = MEMBERSHIPS


class Membership(NamedTuple):
    """A time for which a delegation belonged to a group; ``until`` None where it still does.

    ``since`` and ``until`` are dates as recorded (EDTF), ``entry`` and ``ended_by`` the entries
    that say so; ``possible`` is true where its beginning is uncertain and may lie after the day
    asked about.
    """

    member: str
    group: str
    since: str
    entry: str
    possible: bool = False
    until: str | None = None
    ended_by: str | None = None


Memberships = dict[str, dict[str, Membership]]
"""For each delegation the groups that it is a member of itself, with the spell of each."""


def memberships(rows: "Iterable[Row]") -> list[Membership]:
    """Return the spells in ordered rows, in the order in which they begin.

    Who joins a group again without having left it has been a member since the first time; to leave
    a group without having joined it says nothing.
    """
    spells: list[Membership] = []
    running: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.type not in MEMBERSHIPS or row.by is None or row.names is None:
            continue
        membership = row.by, row.names
        if row.type == JOINED and membership not in running:
            running[membership] = len(spells)
            spells.append(Membership(*membership, row.on, row.id, row.possible))
        elif row.type == LEFT and membership in running:
            place = running.pop(membership)
            spells[place] = spells[place]._replace(until=row.on, ended_by=row.id)
    return spells


def current_memberships(rows: "Iterable[Row]") -> Memberships:
    """Return who belongs to which group after ordered rows."""
    belongs: Memberships = {}
    for spell in memberships(rows):
        if spell.until is None:
            belongs.setdefault(spell.member, {})[spell.group] = spell
    return belongs


def possible_memberships(spells: "Iterable[Membership]", day: str) -> Memberships:
    """Return who may have belonged to which group on a day: also where dates leave it open."""
    belongs: Memberships = {}
    for spell in spells:
        if span(spell.since).first <= day and (spell.until is None or span(spell.until).last > day):
            belongs.setdefault(spell.member, {})[spell.group] = spell
    return belongs


def groups_of(member: str, belongs: Memberships) -> dict[str, Membership]:
    """Return the groups that a delegation belongs to, nearest first, with the spell that leads in.

    A group that is a member of another brings its members along. Where groups go in a circle, each
    is named once, and none is a group of itself.
    """
    groups: dict[str, Membership] = dict(belongs.get(member, {}))
    waiting = list(groups)
    for group in waiting:
        for above in belongs.get(group, {}):
            if above not in groups and above != member:
                groups[above] = groups[group]
                waiting.append(above)
    return groups


def members_of(group: str, belongs: Memberships) -> list[str]:
    """Return who belongs to a group, directly or through another, sorted."""
    return sorted(member for member in belongs if group in groups_of(member, belongs))


def all_groups(belongs: Memberships) -> "Mapping[str, dict[str, Membership]]":
    """Return the groups of every delegation that belongs to any."""
    return {member: groups_of(member, belongs) for member in belongs}
