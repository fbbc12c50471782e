"""Three states that may vote, and the rows on a target by a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.specification import answer
from negotrack.facts.rows import row_of
from negotrack.projections.votes.tally import VotingContext

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.voting_rules import Rule
    from negotrack.facts.rows import Row

STATES = ("AUT", "CHN", "KEN")
DAY = "2023-01-31"


def rows_on(kept: list[StoredEntry], day: str, target: str = "art-6") -> list[Row]:
    """Return the rows that count on a day and are about a target, or about none."""
    rows = [row_of(n, live, day) for n, live in enumerate(answer(kept, day))]
    return [row for row in rows if row.target in (None, target)]


def three_states(*rules: Rule, day: str = DAY) -> VotingContext:
    """Return the room of the three states, with rules."""
    return VotingContext("demo", day, STATES, rules)
