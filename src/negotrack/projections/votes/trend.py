"""How the room came to stand where it stands: the counts of a tally, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.projections.positions.memberships import current_memberships
from negotrack.projections.positions.positions import positions
from negotrack.projections.votes.voter_stances import stance_count, voter_stances

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from negotrack.facts.query import Resolution
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.memberships import Memberships
    from negotrack.projections.votes.voter_stances import StanceCount

STEPS = ("day", "month", "year", "session")
_LENGTHS = {"day": 10, "month": 7, "year": 4}


class TrendPoint(NamedTuple):
    """How many stand where at the end of ``day``; ``label`` is the day, month, year or session."""

    label: str
    day: str
    total: StanceCount


class TrendDays(NamedTuple):
    """The days to look at: a label and a day for each, in order.

    With ``changes``, only those at which another number is counted than before.
    """

    days: tuple[tuple[str, str], ...]
    changes: bool


def days_of(rows: Iterable[Row], step: str, until: str) -> TrendDays:
    """Return the last day of every ``day``, ``month`` or ``year`` on which something happened.

    A row whose last day is after ``until``, which is only possible by then, counts on ``until``.
    """
    length = _LENGTHS[step]
    last: dict[str, str] = {}
    for day in sorted({min(row.last, until) for row in rows}):
        last[day[:length]] = day
    return TrendDays(tuple(last.items()), changes=True)


def ends_of(sessions: Iterable[tuple[str, str]], day: str) -> TrendDays:
    """Return the last days of sessions, (name, last day), that are over by a day, and the day."""
    over = sorted((last, name) for name, last in sessions if last <= day)
    return TrendDays((*((name, last) for last, name in over), (f"to {day}", day)), changes=False)


def trend(
    rows: Iterable[Row],
    when: TrendDays,
    electorate: Callable[[str, Memberships], Collection[str]],
    option: str | None,
    resolution: Resolution,
) -> list[TrendPoint]:
    """Return the counts at the end of each day, from the first on which somebody has a position.

    The rows are the ordered acts on one target, and the memberships.
    """
    points = list(_points(list(rows), when, electorate, option, resolution))
    spoken = (at for at, point in enumerate(points) if _declared(point.total))
    points = points[next(spoken, len(points)) :]
    if not when.changes:
        return points
    return [
        p for p, q in zip(points, [None, *points], strict=False) if q is None or p.total != q.total
    ]


def _declared(total: StanceCount) -> bool:
    return total.counts["undeclared"] < total.members


def _points(
    rows: list[Row],
    when: TrendDays,
    electorate: Callable[[str, Memberships], Collection[str]],
    option: str | None,
    resolution: Resolution,
) -> Iterator[TrendPoint]:
    for label, day in when.days:
        is_over = day == when.days[-1][1]
        by_then = [row for row in rows if row.last <= day or (is_over and row.possible)]
        current = positions(by_then, resolution.one_account())
        voters = electorate(day, current_memberships(by_then))
        yield TrendPoint(label, day, stance_count(voter_stances(current, voters, option)))
