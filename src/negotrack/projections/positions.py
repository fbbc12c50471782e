"""Who stands where: for each delegation and target, the last stance taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.index.rows import STANCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.index.rows import Row

TAKEN_BACK = "none"


class Position(NamedTuple):
    """The stance that a delegation holds on a target.

    ``since`` is the date of the entry that it rests on, ``via`` None for own words or the
    delegation whose statement it aligned itself with, ``by`` who spoke where somebody else did.
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


def position(row: Row) -> Position:
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
    )


def positions(rows: Iterable[Row]) -> list[Position]:
    """Return the positions that ordered rows leave, sorted by target, option and delegation.

    A later stance of a delegation on a target replaces the earlier one; a stance taken back
    leaves none.
    """
    last: dict[tuple[str | None, str | None], Row] = {}
    for row in rows:
        if row.type == STANCE:
            last[row.holder, row.target] = row
    held = [position(row) for row in last.values() if row.stance != TAKEN_BACK]
    return sorted(held, key=lambda p: (p.target, p.option or "", p.delegation))
