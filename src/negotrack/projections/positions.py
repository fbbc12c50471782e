"""Who stands where: for each delegation and target, the last stance taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.index.rows import STANCE, Matrix, in_words
from negotrack.projections.accounts import disagree, settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.index.rows import Row
    from negotrack.projections.accounts import Accounts

TAKEN_BACK = "none"


class Position(NamedTuple):
    """The stance that a delegation holds on a target.

    ``since`` is the date of the entry that it rests on, ``via`` None for own words or the
    delegation whose statement it aligned itself with, ``by`` who spoke where somebody else did.
    ``disputed`` has the entries that tell the same act differently, from other sources;
    ``possible`` is true where the date is uncertain and may lie after the day asked about.
    """

    delegation: str
    target: str
    stance: str
    option: str | None
    since: str
    via: str | None
    by: str | None
    session: str | None
    condition: str | None
    reason: str | None
    confidence: str
    source: str
    sources: str
    entry: str
    disputed: tuple[str, ...] = ()
    possible: bool = False


def position(row: Row, disputed: tuple[str, ...] = ()) -> Position:
    """Return the position that a stance puts a delegation in."""
    assert row.holder is not None
    assert row.target is not None
    assert row.stance is not None
    return Position(
        delegation=row.holder,
        target=row.target,
        stance=row.stance,
        option=row.option,
        since=row.on,
        via=row.via,
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


def positions(rows: Iterable[Row], accounts: Accounts = "official-first") -> list[Position]:
    """Return the positions that ordered rows leave, sorted by target, option and delegation.

    A later stance of a delegation on a target replaces the earlier one; a stance taken back
    leaves none. Of several accounts of one act the policy chooses; ``all`` shows those that
    disagree as well.
    """
    last: dict[tuple[str | None, str | None], list[Row]] = {}
    for row in settled(rows, accounts):
        if row.type == STANCE:
            cell = row.holder, row.target
            before = last.get(cell)
            if before is not None and before[-1].moment == row.moment:
                before.append(row)
            else:
                last[cell] = [row]
    return in_order(found for act in last.values() for found in held(act, accounts))


def held(act: list[Row], accounts: Accounts) -> Iterator[Position]:
    """Yield the positions that the accounts of one act leave, the chosen account being the last."""
    chosen = act[-1]
    against = [row for row in act[:-1] if disagree(row, chosen)]
    shown = [chosen, *(against if accounts == "all" else ())]
    for row in shown:
        if row.stance != TAKEN_BACK:
            others = against if row is chosen else [o for o in act if disagree(row, o)]
            yield position(row, tuple(other.id for other in others))


def in_order(found: Iterable[Position]) -> list[Position]:
    """Return positions by target, option and delegation."""
    return sorted(found, key=lambda p: (p.target, p.option or "", p.delegation, p.entry))


def in_matrix(held: Iterable[Position]) -> Matrix:
    """Return positions as a matrix."""
    said = {(p.delegation, p.target): in_words(p.stance, p.option) for p in held}
    delegations = sorted({delegation for delegation, _ in said})
    targets = sorted({target for _, target in said})
    return Matrix(delegations, targets, [[said.get((d, t)) for t in targets] for d in delegations])
