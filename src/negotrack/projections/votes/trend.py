"""How the room came to stand where it stands: the counts of a tally, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.projections.positions.memberships import belonging
from negotrack.projections.positions.positions import positions
from negotrack.projections.votes.voter_stances import counted, stands

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from negotrack.facts.rows import Row
    from negotrack.projections.positions.memberships import Belonging
    from negotrack.projections.positions.positions import Words
    from negotrack.projections.votes.voter_stances import Count

Electorate = "Callable[[str, Belonging], Collection[str]]"
"""Who is counted on a day, given who belongs to which group then."""

STEPS = ("day", "month", "year", "session")
_LENGTHS = {"day": 10, "month": 7, "year": 4}


class Point(NamedTuple):
    """How many stand where at the end of ``day``; ``label`` is the day, month, year or session."""

    label: str
    day: str
    total: Count


class When(NamedTuple):
    """The days to look at: a label and a day for each, in order.

    With ``changes``, only those at which another number is counted than before.
    """

    days: tuple[tuple[str, str], ...]
    changes: bool


def days_of(rows: Iterable[Row], step: str, until: str) -> When:
    """Return the last day of every ``day``, ``month`` or ``year`` on which something happened.

    What may have happened by the day ``until``, and counts because it is possible, counts then.
    """
    length = _LENGTHS[step]
    last: dict[str, str] = {}
    for day in sorted({min(row.last, until) for row in rows}):
        last[day[:length]] = day
    return When(tuple(last.items()), changes=True)


def ends_of(sessions: Iterable[tuple[str, str]], day: str) -> When:
    """Return the last days of sessions, (name, last day), that are over by a day, and the day."""
    over = sorted((last, name) for name, last in sessions if last <= day)
    return When((*((name, last) for last, name in over), (f"to {day}", day)), changes=False)


def trend(
    rows: Iterable[Row],
    when: When,
    electorate: Callable[[str, Belonging], Collection[str]],
    option: str | None,
    words: Words,
) -> list[Point]:
    """Return the counts at the end of each day, from the first on which somebody has a position.

    The rows are the ordered acts on one target, and the memberships.
    """
    found = list(_points(list(rows), when, electorate, option, words))
    spoken = (at for at, point in enumerate(found) if _declared(point.total))
    found = found[next(spoken, len(found)) :]
    if not when.changes:
        return found
    return [
        p for p, q in zip(found, [None, *found], strict=False) if q is None or p.total != q.total
    ]


def _declared(total: Count) -> bool:
    return total.counts["undeclared"] < total.members


def _points(
    told: list[Row],
    when: When,
    electorate: Callable[[str, Belonging], Collection[str]],
    option: str | None,
    words: Words,
) -> Iterator[Point]:
    accounts = "latest" if words.accounts == "latest" else "official-first"
    for label, day in when.days:
        is_over = day == when.days[-1][1]
        by_then = [row for row in told if row.last <= day or (is_over and row.possible)]
        held = positions(
            by_then,
            accounts,  # type: ignore[arg-type]
            own_only=words.own_only,
            own_words=words.own_words,
        )
        voters = electorate(day, belonging(by_then))
        yield Point(label, day, counted(stands(held, voters, option)))
