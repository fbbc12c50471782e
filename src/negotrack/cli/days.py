"""The day that a question begins with, where a flag names the day or period before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.dates import END_OF_TIME, day_after
from negotrack.errors import Usage

if TYPE_CHECKING:
    from negotrack.domain.dates import Day
    from negotrack.facts.query import Query
    from negotrack.workspace import Workspace


def day_after_period(text: str, opened: Workspace, query: Query) -> Day:
    """Return the day after the last of a period; refuse one that lies after the day of a query."""
    from negotrack.questions.periods import last_day

    day = last_day(text, opened.names, query.negotiation)
    if day > query.when.as_of:
        raise Usage(
            f"--from {text} ({day}) lies after {query.when.as_of}", "put the earlier date first"
        )
    if day == END_OF_TIME:
        raise Usage(f"the calendar ends at {day}", "choose another date")
    return day_after(day)
