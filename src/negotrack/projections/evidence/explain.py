"""Why a position is what it is: the entries behind it, each with the part that it plays.

The parts are what an answer at a day D, as known at a moment K, makes of an entry. They are read
off the specification and off the rule of :mod:`negotrack.projections.positions.positions`:
versions say how an entry counted at K, the policy on accounts which of those that count is an
act's, and the rule which act decides, of the delegation itself or of its groups.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.entry_types import VOTE_CAST
from negotrack.domain.stances import TAKEN_BACK as NO_STANCE
from negotrack.facts.query import OFFICIAL_FIRST
from negotrack.facts.rows import OFFICIAL
from negotrack.projections.evidence.entry_history import (
    MEMBERS,
    WORDS,
    Subject,
    entry_histories,
    why_left_out,
)
from negotrack.projections.evidence.evidence import (
    DECIDES,
    DISPUTED,
    OVERRIDDEN,
    SAYS_NOTHING,
    TAKEN_BACK,
    errata_of,
    evidence,
    short,
)
from negotrack.projections.evidence.group_evidence import (
    EntryPart,
    EvidenceContext,
    concerned,
    membership_rows,
    memberships,
    parties,
    words_of_groups,
)
from negotrack.projections.positions.accounts import chosen_last, disagree
from negotrack.projections.positions.memberships import current_memberships, groups_of
from negotrack.projections.positions.positions import last_acts, positions, stance_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.facts.query import Accounts, Resolution, When
    from negotrack.facts.rows import Row
    from negotrack.projections.evidence.entry_history import EntryGroup, EntryHistory
    from negotrack.projections.evidence.evidence import Evidence, Part
    from negotrack.projections.positions.positions import Position, Via


class Explanation(NamedTuple):
    """Why a cell says what it says.

    ``stance`` is None where the delegation is undeclared, ``via`` and ``through`` say where it has
    its position from, as for :class:`~negotrack.projections.positions.positions.Position`.
    ``evidence`` is in canonical order, but what decides comes first; where all accounts are
    asked for, several may decide. ``silent`` are the groups of the delegation on the day that said
    nothing on the target.
    """

    delegation: str
    target: str
    as_of: str
    known_at: str | None
    stance: str | None
    option: str | None
    via: Via | None
    through: str | None
    evidence: tuple[Evidence, ...]
    silent: tuple[str, ...]


class _Cell(NamedTuple):
    """The cell, the axes of time, and by which policies it is answered."""

    holder: str
    target: str
    when: When
    resolution: Resolution


def explain_cell(
    families: Iterable[EntryGroup],
    delegation: str,
    target: str,
    when: When,
    resolution: Resolution = OFFICIAL_FIRST,
) -> Explanation:
    """Return why a delegation stands where it does on a target, on a day, as known at a moment.

    A family is an entry, first, with all its errata, and theirs. There must be one for each entry
    that, as logged or after any correction, was a stance or a vote on the target, of the delegation
    or of a group that it ever belonged to, and for each that said that it, or such a group,
    belonged to one; families of other entries are left out. With ``own_only`` groups are, too.
    """
    cell = _Cell(delegation, target, when, resolution)
    by_id = {family[0].id: family for family in families}
    by_subject = _by_place(by_id.values(), cell.when)
    ties = [] if resolution.own_only else _of_kind(by_subject, MEMBERS)
    groups = parties(delegation, (story.place[1:] for story in ties))
    own = {story.id: story for story in by_subject.get(Subject(WORDS, delegation, target), ())}
    spoken = [s for group in groups for s in by_subject.get(Subject(WORDS, group, target), ())]
    return _explained(cell, own, spoken, ties)


def _by_place(families: Iterable[EntryGroup], when: When) -> dict[Subject, list[EntryHistory]]:
    by_subject: dict[Subject, list[EntryHistory]] = {}
    for family in families:
        for place, story in entry_histories(family, when).items():
            by_subject.setdefault(place, []).append(story)
    return by_subject


def _of_kind(by_subject: dict[Subject, list[EntryHistory]], kind: str) -> list[EntryHistory]:
    return [
        story for place, stories in by_subject.items() if place.kind == kind for story in stories
    ]


def _explained(
    cell: _Cell, own: dict[str, EntryHistory], spoken: list[EntryHistory], ties: list[EntryHistory]
) -> Explanation:
    """Return the explanation from stories of own words, words of groups, and memberships."""
    parts = {i: part for i, story in own.items() if (part := why_left_out(story, cell.when))}
    counting = {s.id: s for s in spoken if why_left_out(s, cell.when) is None}
    own_rows = _rows((story for i, story in own.items() if i not in parts), cell)
    group_rows, tie_rows = _rows(counting.values(), cell), membership_rows(ties, cell.when)
    cell_positions = _positions_in_cell(cell, [*own_rows, *group_rows, *tie_rows])
    room = _room(cell, own_rows, tie_rows, cell_positions)
    parts |= _own_parts(own_rows, cell, room, {p.entry for p in cell_positions})
    tied = memberships(ties, cell.when)
    heard = list(
        words_of_groups(room, last_acts(group_rows, cell.resolution.accounts), counting, tied)
    )
    speaking = {one.story.place.whose for one in heard}
    entries = [EntryPart(story, parts[i]) for i, story in own.items()]
    entries += [*heard, *concerned(tied, cell.holder, speaking)]
    silent = groups_of(cell.holder, room.belongs).keys() - speaking
    return _answer(cell, cell_positions, entries, sorted(silent))


def _room(
    cell: _Cell, own: list[Row], ties: list[Row], cell_positions: list[Position]
) -> EvidenceContext:
    act = last_acts(own, cell.resolution.accounts).get(cell[:2])
    last, shown = act[-1] if act else None, cell_positions[0] if cell_positions else None
    return EvidenceContext(
        *cell[:3], cell.resolution.own_words, current_memberships(ties), last, shown
    )


def _rows(stories: Iterable[EntryHistory], cell: _Cell) -> list[Row]:
    return _ordered(story.row(cell.when) for story in stories)


def _ordered(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.sort_key)


def _positions_in_cell(cell: _Cell, rows: list[Row]) -> list[Position]:
    """Return the positions in the cell, by the rule."""
    everywhere = positions(_ordered(rows), cell.resolution._replace(own_only=False))
    return [p for p in everywhere if (p.delegation, p.target) == cell[:2]]


def _answer(
    cell: _Cell,
    cell_positions: list[Position],
    entries: Iterable[EntryPart],
    silent: list[str],
) -> Explanation:
    shown = cell_positions[0] if cell_positions else None
    return Explanation(
        delegation=cell.holder,
        target=cell.target,
        as_of=cell.when.as_of,
        known_at=cell.when.known_at,
        stance=shown and shown.stance,
        option=shown and shown.option,
        via=shown and shown.via,
        through=shown and shown.through,
        evidence=tuple(_evidence(cell, entries)),
        silent=tuple(silent),
    )


_FIRST = (DECIDES, TAKEN_BACK)


def _evidence(cell: _Cell, entries: Iterable[EntryPart]) -> Iterator[Evidence]:
    """Yield entries with their parts in canonical order, those that decide before others.

    Of an entry that is in ``entries`` twice, only the latter part.
    """
    turns = []
    for story, part in {one.story.id: one for one in entries}.values():
        row = story.row(cell.when)
        turn = _FIRST.index(part[0]) if part[0] in _FIRST else len(_FIRST)
        turns.append(((turn, row.sort_key), row, part, story))
    for _, row, part, story in sorted(turns, key=lambda one: one[0]):
        errata = tuple(errata_of(story.family, cell.when.known_at))
        yield evidence(row, part, errata, whose=cell.holder)


# -- own words that count ---------------------------------------------------------------------


def _own_parts(
    rows: list[Row], cell: _Cell, room: EvidenceContext, deciding: set[str]
) -> dict[str, Part]:
    """Return the parts of the ordered words of the delegation itself that count."""
    parts = {row.id: _silent(row) for row in rows if stance_of(row) is None}
    speaking = [row for row in chosen_last(rows, cell.resolution.accounts) if row.id not in parts]
    acts = [list(act) for _, act in groupby(speaking, key=lambda row: (row.type, row.moment))]
    for act, after in pairwise(acts):
        followed = f"it was followed by {short(after[-1].id)} of {after[-1].on}"
        parts |= {row.id: (OVERRIDDEN, followed) for row in act}
    for row in acts[-1] if acts else ():
        parts[row.id] = _part(row, acts[-1], cell, room, deciding)
    return parts


def _silent(row: Row) -> Part:
    return SAYS_NOTHING, f"it {row.summary}, which says nothing of where it stands"


def _part(row: Row, act: list[Row], cell: _Cell, room: EvidenceContext, deciding: set[str]) -> Part:
    """Return the part of one account of the last act, the chosen account being the last."""
    chosen = act[-1]
    if room.through is not None and chosen.stance != NO_STANCE:
        assert room.position is not None
        after = f"{room.through} spoke later, on {room.position.since}"
        return OVERRIDDEN, f"{after}, and own words were to give way to those of a group"
    if row is chosen:
        role = DECIDES if row.id in deciding else TAKEN_BACK
        return role, _decides(row, act, cell)
    if row.id in deciding:
        return DECIDES, f"it tells the same act as {short(chosen.id)}, and all accounts were asked"
    preferred = f"{short(chosen.id)} {_preferred(row, chosen, cell.resolution.accounts)}"
    if disagree(row, chosen):
        return DISPUTED, f"it tells the same act from another source; {preferred}"
    return OVERRIDDEN, f"it tells the same act; {preferred}"


def _decides(row: Row, act: list[Row], cell: _Cell) -> str:
    why = _last_words(row, cell)
    against = [other for other in act if disagree(other, row)]
    if against:
        others = ", ".join(short(other.id) for other in against)
        preferred = _preferred(against[-1], row, cell.resolution.accounts)
        why += f"; {others} tells it differently, but it {preferred}"
    if row.possible:
        why += "; its date is uncertain and may lie after that, but such entries were counted"
    return why


def _last_words(row: Row, cell: _Cell) -> str:
    holder, target, day = cell.holder, cell.target, cell.when.as_of
    if row.stance == NO_STANCE:
        return f"with it {holder} took its stance on {target} back, and it took none after that"
    if row.type == VOTE_CAST:
        return (
            f"it is how {holder} voted on {target}, its last word by {day};"
            f" to vote {row.verdict} means {stance_of(row)}"
        )
    return f"it is the last stance that {holder} took on {target} by {day}"


def _preferred(other: Row, chosen: Row, accounts: Accounts) -> str:
    """Return why one account of an act stands before another."""
    if accounts != "latest" and chosen.confidence == OFFICIAL != other.confidence:
        return "is official"
    if chosen.recorded_at > other.recorded_at:
        return "was recorded later"
    return "comes later by its id"
