from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from negotrack.domain.values import Source
from negotrack.exchange.readers.stance_tables import drafts
from shorthand import DEMO, takes

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.exchange.readers.drafts import Names

ROW = {"delegation": "KEN", "target": "scope", "stance": "support", "on": "2023-01-16"}


@pytest.fixture
def read(results_of: Callable[..., Any], names: Names) -> Callable[..., Any]:
    """Return what reads one row."""

    def reader(**cells: str) -> Any:
        rows = [(2, ROW | cells)]
        ((_, entry),) = results_of(
            drafts(rows, DEMO, names, lambda _: ("s-1", "2023-01-16/2023-01-20"))
        )
        return entry

    return reader


def test_a_row_is_a_stance(read: Callable[..., Any]) -> None:
    """Empty cells are absent fields."""
    assert read(reason="", note="") == takes("KEN", "support", "scope")


def test_a_delegation_may_have_its_name(read: Callable[..., Any]) -> None:
    """Names and aliases stand for codes, in every column of delegations."""
    entry = read(delegation="Kenya", aligned_with="G77", **{"for": "EU"})
    assert entry == takes("KEN", "support", "scope", aligned_with="G77", for_="EU")


def test_the_further_columns_are_fields(read: Callable[..., Any]) -> None:
    """They have the names that fields have."""
    more = {
        "condition": "if",
        "reason": "why",
        "confidence": "official",
        "note": "n",
        "option": "o",
    }
    assert read(**more) == takes("KEN", "support", "scope", **more)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://example.org/a", Source(address="https://example.org/a", quote="We do.")),
        ("Daily notes", Source(title="Daily notes", quote="We do.")),
    ],
)
def test_a_source_is_an_address_or_a_title(
    read: Callable[..., Any], source: str, expected: Source
) -> None:
    """A quote goes with its source."""
    assert read(source=source, quote="We do.").sources == (expected,)


def test_a_session_may_stand_for_the_day(read: Callable[..., Any]) -> None:
    """Without a day, a stance was taken on one of the days of the session."""
    entry = read(on="", session="First session")
    assert entry == takes("KEN", "support", "scope", on="2023-01-16/2023-01-20", session="s-1")
    assert read(session="s-1") == takes("KEN", "support", "scope", session="s-1")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"stance": "suport"}, "no stance 'suport'; did you mean support?"),
        ({"stance": ""}, "no stance ''; it is one of support, accept"),
        ({"delegation": "Atlantis"}, "no delegation Atlantis"),
        ({"delegation": ""}, "missing required field `by`"),
        ({"target": ""}, "missing required field `target`"),
        ({"target": "what?"}, "no target what?"),
        ({"on": "yesterday"}, "'yesterday' is not a date"),
        ({"on": ""}, "a stance without a day"),
        ({"quote": "We do."}, "a quote without its source"),
        ({"confidence": "sure"}, "confidence"),
        ({"": "1 cells under 4 columns"}, "1 cells under 4 columns"),
    ],
)
def test_a_faulty_row_is_refused(
    read: Callable[..., Any], cells: dict[str, str], words: str
) -> None:
    """Whatever is in it, the answer is a sentence."""
    assert words in str(read(**cells))
