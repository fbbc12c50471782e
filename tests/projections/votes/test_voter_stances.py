"""Which option of an issue leads, one example for each choice."""

from __future__ import annotations

import pytest

from negotrack.domain.specification import Effective, ordered
from negotrack.facts.rows import row_of
from negotrack.projections.positions.positions import positions
from negotrack.projections.votes.voter_stances import leading_option
from shorthand import takes

HOLDERS = ("AUT", "CHN", "EU", "HRW", "KEN")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("broad", "limited", "broad"), "broad"),
        (("limited", "limited", "broad"), "limited"),
        (("broad", "limited"), "limited"),
        (("limited", "broad"), "limited"),
        (("limited", None), None),
        ((None, "limited"), None),
        (("broad", "broad", None), "broad"),
        ((), None),
    ],
)
def test_the_option_that_most_are_for_leads(
    options: tuple[str | None, ...], expected: str | None
) -> None:
    """Choice: of as many each, no option leads before any, and then the last by its name."""
    acts = [
        Effective(f"{n:064}", takes(by, "support", "scope", option=option))
        for n, (by, option) in enumerate(zip(HOLDERS, options, strict=False))
    ]
    rows = [row_of(n, live) for n, live in enumerate(ordered(acts))]
    assert expected == leading_option(positions(rows))


def test_who_is_against_an_option_does_not_let_it_lead() -> None:
    """Choice: only support and acceptance count for an option."""
    acts = [
        Effective("a" * 64, takes("KEN", "accept", "scope", option="broad")),
        Effective("b" * 64, takes("CHN", "reserve", "scope", option="limited")),
        Effective("c" * 64, takes("AUT", "oppose", "scope", option="limited")),
    ]
    rows = [row_of(n, live) for n, live in enumerate(ordered(acts))]
    assert leading_option(positions(rows)) == "broad"
