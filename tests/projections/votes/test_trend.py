"""How the counts on a target came to be what they are: against a tally of each day."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain.specification import effective
from negotrack.facts.query import Resolution
from negotrack.facts.rows import row_of
from negotrack.projections.votes.tally import TallyQuery, electors, tally
from negotrack.projections.votes.trend import days_of, ends_of, trend
from projections.votes.electorate import DAY, STATES, rows_on, three_states
from shorthand import joined, left, takes
from strategies import ASKED, TARGETS, few, histories

if TYPE_CHECKING:
    from conftest import Scenario
    from negotrack.domain.canonical import StoredEntry
    from negotrack.projections.positions.memberships import Memberships


# -- for all histories ------------------------------------------------------------------------


@few
@given(kept=histories(), day=st.sampled_from(ASKED), target=st.sampled_from(TARGETS))
def test_a_trend_ends_where_the_tally_is(kept: list[StoredEntry], day: str, target: str) -> None:
    """At each of its days a trend has the counts of a tally of that day, and between, the last."""
    result = tally(rows_on(kept, day, target), target, three_states(day=day), TallyQuery())
    all_rows = rows_on(kept, day, target)
    points = trend(all_rows, days_of(all_rows, "day", day), _states, result.option, Resolution())
    for point in points:
        then = tally(
            rows_on(kept, point.day, target),
            target,
            three_states(day=point.day),
            TallyQuery(result.option),
        )
        if result.option is not None or then.option is None:
            assert point.total.counts == then.total.counts
    if points:
        assert points[-1].total == result.total
        assert all(a.total != b.total for a, b in pairwise(points))
    else:
        assert result.total.counts["undeclared"] == len(STATES)


def _states(_day: str, _belongs: Memberships) -> tuple[str, ...]:
    return STATES


# -- stories ----------------------------------------------------------------------------------


def test_a_session_has_a_step_though_nothing_changed(room: Scenario) -> None:
    """Steps by session are all sessions since somebody spoke, and the day asked about."""
    room.given(takes("AUT", "support", "art-6", on="2023-01-17"))
    sessions = [
        ("s-0", "2023-01-10"),
        ("s-1", "2023-01-20"),
        ("s-2", "2023-01-25"),
        ("s-3", "2024"),
    ]
    points = trend(rows_on(room.kept, DAY), ends_of(sessions, DAY), _states, None, Resolution())
    assert [point.label for point in points] == ["s-1", "s-2", f"to {DAY}"]


def test_a_trend_follows_the_members_of_a_group(room: Scenario) -> None:
    """Of a group those are counted who are members on each day."""
    room.given(joined("AUT", "EU", on="1995"), takes("EU", "support", "art-6", on="2023-01-17"))
    room.given(joined("KEN", "EU", on="2023-01-18"), left("AUT", "EU", on="2023-01-20"))
    rows = rows_on(room.kept, DAY)

    def voters(_day: str, belongs: Memberships) -> list[str]:
        return electors("EU", STATES, belongs)

    points = trend(rows, days_of(rows, "day", DAY), voters, None, Resolution())
    supporters = [
        (point.day, point.total.members, point.total.counts["support"]) for point in points
    ]
    assert supporters == [("2023-01-17", 1, 1), ("2023-01-18", 2, 2), ("2023-01-20", 1, 1)]


def test_what_is_possible_counts_at_the_end(room: Scenario) -> None:
    """A stance of a span that has begun counts on the day asked about, and on none after it."""
    room.given(takes("AUT", "support", "art-6", on="2023-01-17"))
    room.given(takes("KEN", "oppose", "art-6", on="2023"))
    rows = [row_of(0, live, DAY) for live in effective(room.kept)]
    rows = [row for row in rows if row.target == "art-6"]
    points = trend(rows, days_of(rows, "day", DAY), _states, None, Resolution())
    assert [(p.day, p.total.counts["oppose"]) for p in points] == [("2023-01-17", 0), (DAY, 1)]
