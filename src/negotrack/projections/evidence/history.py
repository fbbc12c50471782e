"""How a position came about: every stance and vote of one delegation, target by target."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.stances import TAKEN_BACK, in_words
from negotrack.projections.positions.accounts import chosen_last, disputed
from negotrack.projections.positions.positions import Position, position, stance_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.facts.query import Accounts
    from negotrack.facts.rows import Row


class StanceChange(NamedTuple):
    """A stance and the one before it: ``before`` is None for the first word on a target."""

    before: str | None
    position: Position
    recorded_at: str


def stance_changes(
    rows: Iterable[Row], accounts: Accounts = "official-first"
) -> Iterator[StanceChange]:
    """Yield the moves in ordered rows, by target and then in order.

    Of several accounts of one act, the one that the policy chooses comes last.
    """
    stances = [row for row in chosen_last(rows, accounts) if stance_of(row) is not None]
    stances.sort(key=lambda row: (row.target or "", row.holder or ""))
    against = disputed(stances)
    for _, group in groupby(stances, key=lambda row: (row.target, row.holder)):
        before = None
        for row in group:
            yield StanceChange(before, position(row, against.get(row.id, ())), row.recorded_at)
            now = stance_of(row)
            before = None if now == TAKEN_BACK else in_words(now, row.option)
