"""What a row has of its entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import stamped
from negotrack.domain.entries import DocumentSigned, SessionRescheduled
from negotrack.domain.specification import Effective
from negotrack.facts.rows import Matrix, merged, of_delegations, row_of
from shorthand import DEMO, delegation, issue, joined, takes

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry


@pytest.mark.parametrize(
    ("entry", "subject"),
    [
        (issue(), "scope"),
        (delegation("KEN"), "KEN"),
        (joined("AUT", "EU"), "EU"),
        (DocumentSigned(negotiation=DEMO, on="2023", document="draft-1", count=3), "draft-1"),
        (SessionRescheduled(negotiation=DEMO, on="2023", session="s-1"), "s-1"),
        (takes("KEN", "support", "scope"), None),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_row_says_what_its_entry_is_about(entry: Entry, subject: str | None) -> None:
    """Names that an entry gives or is about, apart from its target, are in one column."""
    kept = stamped(entry)
    assert subject == row_of(1, Effective(kept.id, kept.entry)).names


LEFT = Matrix(["AUT", "KEN"], ["art-6"], [["oppose"], ["support"]])
RIGHT = Matrix(["CHN", "KEN"], ["art-7"], [["reserve"], [None]])


def test_a_matrix_is_cut_to_some_delegations() -> None:
    """All targets stay, and who is not in the matrix is not put into it."""
    assert of_delegations(LEFT, {"KEN", "USA"}) == Matrix(["KEN"], ["art-6"], [["support"]])


def test_matrices_are_merged_into_one() -> None:
    """Delegations and targets are those of all, sorted; where nothing is said, it is undeclared."""
    assert merged([RIGHT, LEFT]) == Matrix(
        ["AUT", "CHN", "KEN"],
        ["art-6", "art-7"],
        [["oppose", None], [None, "reserve"], ["support", None]],
    )
    assert merged([]) == Matrix([], [], [])
