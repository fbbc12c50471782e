"""How much may have happened by a day, apart from what surely had."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.life import EVER
from shorthand import DEMO, query, retraction

if TYPE_CHECKING:
    from negotrack.workspace import Workspace


@pytest.mark.parametrize(
    ("day", "count"),
    [
        ("2022-12-31", 0),
        ("2023-01-01", 2),
        ("2023-01-30", 2),
        ("2023-01-31", 1),
        ("2023-12-30", 1),
        ("2023-12-31", 0),
    ],
)
def test_what_may_have_happened_is_counted(living: Workspace, day: str, count: int) -> None:
    """An entry of a month may have happened until the month is over."""
    assert count == living.storage.index.coverage.possible(query(DEMO, day))


def test_what_may_have_happened_is_counted_within_a_slice(living: Workspace) -> None:
    """The count is about what was asked, not about the whole record."""
    assert [
        living.storage.index.coverage.possible(query(DEMO, "2023-01-10", by=by))
        for by in ("CHN", "HRW", "KEN")
    ] == [1, 1, 0]


def test_a_retracted_entry_may_not_have_happened(living: Workspace) -> None:
    """What was retracted is neither counted nor possible."""
    (row,) = living.storage.index.slices.rows(query(DEMO, EVER, by="CHN", type="stance.taken"))
    living.log(retraction(row.id))
    assert living.storage.index.coverage.possible(query(DEMO, "2023-01-10", by="CHN")) == 0
