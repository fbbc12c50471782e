"""How groups bear on a position: their words on the target, and the memberships behind them.

Of a group only its last words by the day are evidence: where a group stands is a question of its
own. Groups that said nothing are no evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.stances import TAKEN_BACK as NO_STANCE
from negotrack.projections.evidence.entry_history import MEMBERS, why_left_out
from negotrack.projections.evidence.evidence import (
    AGREES,
    CONFLICT,
    DECIDES,
    LATER,
    LEFT,
    MEMBERSHIP,
    NOT_A_MEMBER,
    OVERRIDDEN,
    OWN_WORDS_STAND,
    POSSIBLE,
    SAYS_NOTHING,
    short,
)
from negotrack.projections.positions.memberships import JOINED, groups_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.facts.query import OwnWords, When
    from negotrack.facts.rows import Row
    from negotrack.projections.evidence.entry_history import EntryHistory
    from negotrack.projections.evidence.evidence import Part
    from negotrack.projections.positions.memberships import Memberships
    from negotrack.projections.positions.positions import Acts, Position

Tie = tuple[str, str]
"""A member and a group."""


class EntryPart(NamedTuple):
    """An entry of a cell with its part."""

    story: EntryHistory
    part: Part


class EvidenceContext(NamedTuple):
    """The cell, the day, who belongs to which group, and what decides.

    ``own`` is the delegation's own last act, where it has one, ``position`` its position, if any.
    """

    holder: str
    target: str
    when: When
    own_words: OwnWords
    belongs: Memberships
    own: Row | None
    position: Position | None

    @property
    def through(self) -> str | None:
        """The group through which the delegation has its position."""
        return self.position.through if self.position and self.position.via == "group" else None


def parties(holder: str, ties: Iterable[Tie]) -> list[str]:
    """Return the groups that a delegation may ever have spoken through, by who tied whom."""
    holders, known = [holder], dict.fromkeys(ties)
    for party in holders:
        holders += [group for member, group in known if member == party and group not in holders]
    return holders[1:]


def membership_rows(stories: Iterable[EntryHistory], when: When) -> list[Row]:
    """Return what counts of memberships, in order."""
    rows = (story.row(when) for story in stories if why_left_out(story, when) is None)
    return sorted(rows, key=lambda row: row.sort_key)


# -- words of groups --------------------------------------------------------------------------


def words_of_groups(
    room: EvidenceContext, acts: Acts, words: dict[str, EntryHistory], ties: list[EntryPart]
) -> Iterator[EntryPart]:
    """Yield the last words of each group on the target, with their part.

    ``words`` are their stories by entry id, ``ties`` the entries about memberships.
    """
    own_groups = groups_of(room.holder, room.belongs)
    for (group, _), act in acts.items():
        if group != room.holder:
            row = act[-1]
            part = (
                _spoken(room, group, row)
                if group in own_groups
                else (NOT_A_MEMBER, _why_no_member(room, group, ties))
            )
            yield EntryPart(words[row.id], part)


def _spoken(room: EvidenceContext, group: str, row: Row) -> Part:
    """Return the part of a group's last words, where the delegation belongs to it."""
    own, position, holder = room.own, room.position, room.holder
    if row.stance == NO_STANCE:
        return SAYS_NOTHING, f"with it {group} took its stance back, and it took none after that"
    if position is None or room.through is None:
        return OWN_WORDS_STAND, f"{holder} spoke itself, and its own words stand"
    if row.id == position.entry:
        return DECIDES, _decides(room, group)
    if own and own.stance != NO_STANCE and row.last <= own.last:
        return OWN_WORDS_STAND, f"it is no later than the words of {holder} itself"
    if row.id in position.conflicts:
        return CONFLICT, f"{holder} belonged to {group} too, but {room.through} spoke later"
    return AGREES, f"{holder} belonged to {group} too; {room.through} said the same later"


def _decides(room: EvidenceContext, group: str) -> str:
    holder, target, day = room.holder, room.target, room.when.as_of
    if room.own is None:
        silent = f"{holder} said nothing on {target} itself by {day}"
    elif room.own.stance == NO_STANCE:
        silent = f"{holder} had taken its own stance on {target} back by {day}"
    else:
        silent = f"it is later than what {holder} said itself"
    path = path_to(holder, group, room.belongs)
    way = f" through {' and '.join(path[:-1])}" if path[1:] else ""
    why = f"{silent}, and it belonged to {group}{way}"
    if room.position and room.position.possible:
        why += "; a date is uncertain and may lie after that, but such entries were counted"
    return why


def path_to(member: str, group: str, belongs: Memberships) -> list[str]:
    """Return the groups by which a delegation belongs to a group: the nearest way, itself last."""
    ways = {member: [member]}
    waiting = [member]
    for party in waiting:
        for above in belongs.get(party, {}):
            if above not in ways:
                ways[above] = [*ways[party], above]
                waiting.append(above)
    return ways[group][1:]


def _why_no_member(room: EvidenceContext, group: str, ties: list[EntryPart]) -> str:
    """Return why a delegation does not belong to a group on the day."""
    holder, day = room.holder, room.when.as_of
    entries = [t for t in ties if t.story.place[1:] == (holder, group)]
    for role, words in _NO_MEMBER.items():
        of_role = [t for t in entries if t.part[0] == role]
        if of_role:
            row = of_role[-1].story.row(room.when)
            return words.format(holder, group, row.on, short(row.id), day)
    return f"{holder} did not belong to {group} on {day}"


_NO_MEMBER = {
    LEFT: "{0} left {1} on {2} ({3})",
    POSSIBLE: "{0} joined {1} on {2}, which is perhaps later than {4} ({3})",
    LATER: "{0} joined {1} on {2}, after {4} ({3})",
}


# -- memberships ------------------------------------------------------------------------------


def memberships(stories: Iterable[EntryHistory], when: When) -> list[EntryPart]:
    """Return the entries that began or ended memberships, with their parts.

    One that a correction moved from one membership to another is there once for each; those that
    count come last.
    """
    with_parts: list[EntryPart] = []
    ties: dict[Tie, list[tuple[Row, EntryHistory]]] = {}
    for story in stories:
        part = why_left_out(story, when)
        if part is None:
            ties.setdefault(story.place[1:], []).append((story.row(when), story))
        else:
            with_parts.append(EntryPart(story, part))
    for tie, entries in ties.items():
        entries.sort(key=lambda entry: entry[0].sort_key)
        parts = _tie([row for row, _ in entries], tie, when.as_of)
        with_parts += [EntryPart(story, parts[row.id]) for row, story in entries]
    return with_parts


def _tie(rows: list[Row], tie: Tie, day: str) -> dict[str, Part]:
    """Return the parts of the ordered entries about one membership."""
    member, group = tie
    parts: dict[str, Part] = {}
    last: Row | None = None
    for row in rows:
        is_joining, is_member = row.type == JOINED, last is not None and last.type == JOINED
        if is_joining == is_member:
            already = "a member already" if is_member else "no member"
            parts[row.id] = SAYS_NOTHING, f"{member} was {already} of {group}"
            continue
        if last is not None:
            parts[last.id] = OVERRIDDEN, f"it was followed by {short(row.id)} of {row.on}"
        role = MEMBERSHIP if is_joining else LEFT
        parts[row.id] = role, f"by it {member} was {'a' if is_joining else 'no'} member on {day}"
        last = row
    return parts


def concerned(entries: Iterable[EntryPart], holder: str, groups: set[str]) -> Iterator[EntryPart]:
    """Yield the entries about memberships that lead from a delegation to one of some groups."""
    known = list(entries)
    ties = {t.story.place[1:] for t in known}
    leading = set(groups)
    before = 0
    while len(leading) != before:
        before = len(leading)
        leading |= {member for member, group in ties if group in leading}
    from_here = {holder, *parties(holder, ties)}
    for one in known:
        kind, member, group = one.story.place
        if kind == MEMBERS and member in from_here and group in leading:
            yield one
