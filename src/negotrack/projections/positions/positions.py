"""Who stands where: for each delegation and target, its own last words, or those of its group.

The rule, which the glossary explains: a delegation's own words stand, be they a stance, one that
it took by aligning itself with another, or a vote. Where it said nothing itself, it stands where
the group stands that it belongs to on the day asked about and that spoke last. Its own words give
way to its group only if that spoke on a later day, and only under the policy ``latest``.
"""

from typing import TYPE_CHECKING, Literal, NamedTuple

from negotrack.domain.dates import span
from negotrack.domain.entry_types import STANCE_TAKEN, VOTE_CAST
from negotrack.domain.stances import TAKEN_BACK, in_words
from negotrack.domain.votes import STANCE_OF_VOTE
from negotrack.facts.query import OFFICIAL_FIRST, several
from negotrack.facts.rows import Matrix
from negotrack.projections.positions.accounts import chosen_last, disagree
from negotrack.projections.positions.memberships import all_groups, current_memberships

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from negotrack.domain.dates import Day
    from negotrack.facts.query import Accounts, Names, OwnWords, Resolution
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.memberships import Membership, Memberships

Via = Literal["own", "aligned", "group", "vote"]
"""Where a position comes from: ``own`` words; ``aligned``, those of another that the delegation
aligned itself with; ``group``, those of a group that it belongs to; its ``vote``."""

Cell = tuple[str, str]
"""A delegation and a target."""

Acts = dict[Cell, list["Row"]]
"""For each cell the accounts of the last act in it, the chosen one being the last."""


class Position(NamedTuple):
    """The stance that a delegation holds on a target.

    ``since`` is the date of the entry that it rests on, ``via`` where it comes from, and
    ``through`` the group, or the delegation that it aligned itself with; ``by`` who spoke where
    somebody else did. ``disputed`` has the entries that tell the same act differently, from other
    sources; ``conflicts`` those by which other groups of the delegation stand elsewhere.
    ``possible`` is true where the date, or the membership, is uncertain and may begin after the day
    asked about.
    """

    delegation: str
    target: str
    stance: str
    option: str | None
    since: str
    via: Via
    through: str | None
    by: str | None
    session: str | None
    condition: str | None
    reason: str | None
    confidence: str
    source: str
    sources: str
    entry: str
    disputed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    possible: bool = False


def stance_of(row: "Row") -> str | None:
    """Return the stance that an entry takes; None where it takes none.

    A vote in favour is support, one against is opposition, an abstention a reservation. Not to vote
    says nothing.
    """
    if row.type == STANCE_TAKEN:
        return row.stance
    return STANCE_OF_VOTE.get(row.verdict or "") if row.type == VOTE_CAST else None


def position(row: "Row", disputed: tuple[str, ...] = ()) -> Position:
    """Return the position that a stance or a vote puts a delegation in."""
    stance = stance_of(row)
    assert row.holder is not None
    assert row.target is not None
    assert stance is not None
    return Position(
        delegation=row.holder,
        target=row.target,
        stance=stance,
        option=row.option,
        since=row.on,
        via="vote" if row.type == VOTE_CAST else "aligned" if row.via else "own",
        through=row.via,
        by=row.by if row.by != row.holder else None,
        session=row.session,
        condition=row.condition,
        reason=row.reason,
        confidence=row.confidence,
        source=row.source,
        sources=row.sources,
        entry=row.id,
        disputed=disputed,
        possible=row.possible,
    )


def positions(rows: "Iterable[Row]", resolution: "Resolution" = OFFICIAL_FIRST) -> list[Position]:
    """Return the positions that ordered rows leave, sorted by target, option and delegation.

    A later act of a delegation on a target replaces the earlier one; a stance taken back leaves
    none. Of several accounts of one act the policy chooses; ``all`` shows those that disagree as
    well. With ``own_only`` nobody stands where its group does.
    """
    rows, accounts = list(rows), resolution.accounts
    acts = last_acts(rows, accounts)
    through: dict[Cell, Position] = {}
    if not resolution.own_only:
        through = inherited(acts, current_memberships(rows), resolution.own_words)
    own = (
        position
        for cell, act in acts.items()
        if cell not in through
        for position in positions_of_act(act, accounts)
    )
    return sorted_positions([*own, *through.values()])


def last_acts(rows: "Iterable[Row]", accounts: "Accounts" = "official-first") -> Acts:
    """Return the last act in every cell of ordered rows, with all accounts of it."""
    last: Acts = {}
    for row in chosen_last(rows, accounts):
        if row.holder is None or row.target is None or stance_of(row) is None:
            continue
        before = last.get((row.holder, row.target))
        if before and (before[-1].type, before[-1].moment) == (row.type, row.moment):
            before.append(row)
        else:
            last[row.holder, row.target] = [row]
    return last


def inherited(
    acts: Acts, belongs: "Memberships", own_words: "OwnWords" = "keep"
) -> dict[Cell, Position]:
    """Return the positions that delegations have from their groups, by cell."""
    groups = all_groups(belongs)
    parties = {group for memberships in groups.values() for group in memberships}
    spoken: dict[str, dict[str, Row]] = {}
    for (holder, target), act in acts.items():
        if holder in parties and act[-1].stance != TAKEN_BACK:
            spoken.setdefault(target, {})[holder] = act[-1]
    by_cell: dict[Cell, Position] = {}
    for target, words in spoken.items():
        for member, memberships in groups.items():
            own = acts.get((member, target))
            heard = _heard(own[-1] if own else None, memberships, words, own_words)
            if heard:
                by_cell[member, target] = _through_group(member, memberships, heard)
    return by_cell


def _heard(
    own: "Row | None",
    memberships: "Mapping[str, Membership]",
    words: "Mapping[str, Row]",
    own_words: "OwnWords",
) -> "list[Row]":
    """Return what the groups of a delegation said that counts for it, in order."""
    heard = sorted(
        (words[group] for group in memberships if group in words), key=lambda row: row.sort_key
    )
    if own is None or own.stance == TAKEN_BACK:
        return heard
    if own_words == "keep":
        return []
    return [row for row in heard if row.last > own.last]


def _through_group(
    member: str, memberships: "Mapping[str, Membership]", heard: "list[Row]"
) -> Position:
    chosen = heard[-1]
    group = chosen.holder
    assert group is not None
    words = stance_of(chosen), chosen.option
    others = (row.id for row in heard[:-1] if (stance_of(row), row.option) != words)
    return position(chosen)._replace(
        delegation=member,
        via="group",
        through=group,
        conflicts=tuple(others),
        possible=chosen.possible or memberships[group].possible,
    )


def positions_of_act(act: "list[Row]", accounts: "Accounts") -> "Iterator[Position]":
    """Yield the positions that the accounts of one act leave, the chosen account being the last."""
    chosen = act[-1]
    against = [row for row in act[:-1] if disagree(row, chosen)]
    shown = [chosen, *(against if accounts == "all" else ())]
    for row in shown:
        if row.stance != TAKEN_BACK:
            others = against if row is chosen else [o for o in act if disagree(row, o)]
            yield position(row, tuple(other.id for other in others))


def sorted_positions(positions: "Iterable[Position]") -> list[Position]:
    """Return positions by target, option and delegation."""
    return sorted(positions, key=lambda p: (p.target, p.option or "", p.delegation, p.entry))


def narrowed_to(
    positions: "Iterable[Position]", delegations: "Names", since: "Day | None"
) -> list[Position]:
    """Return the positions of some delegations, or those that rest on a day or later, or both."""
    whose = several(delegations)
    return [
        p
        for p in positions
        if (not whose or p.delegation in whose) and (since is None or span(p.since).last >= since)
    ]


def matrix_of(positions: "Iterable[Position]") -> Matrix:
    """Return positions as a matrix: stances in words, delegations by targets, None for none."""
    words = {(p.delegation, p.target): in_words(p.stance, p.option) for p in positions}
    delegations = sorted({delegation for delegation, _ in words})
    targets = sorted({target for _, target in words})
    return Matrix(delegations, targets, [[words.get((d, t)) for t in targets] for d in delegations])
