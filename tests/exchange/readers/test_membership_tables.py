from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from negotrack.exchange.readers.membership_tables import MembershipPeriod, drafts
from shorthand import DEMO, joined, left

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.exchange.readers.drafts import Names


@pytest.fixture
def read(results_of: Callable[..., Any], names: Names) -> Callable[..., list[Any]]:
    """Return what reads rows written ``KEN G77 1964 2001``, beside what the record has."""

    def reader(*rows: str, recorded: tuple[MembershipPeriod, ...] = ()) -> list[Any]:
        cells = (
            dict(zip(("member", "group", "from", "until"), r.split(), strict=False)) for r in rows
        )
        return [
            result for _, result in results_of(drafts(enumerate(cells, 2), DEMO, names, recorded))
        ]

    return reader


def test_a_row_is_a_joining_and_a_leaving(read: Callable[..., Any]) -> None:
    """Where there is no end, there is no leaving."""
    expected = [joined("KEN", "G77", on="1964"), left("KEN", "G77", on="2001-05-03")]
    assert read("Kenya G77 1964 2001-05-03") == expected
    assert read("Kenya G77 1964") == expected[:1]


def test_a_source_and_a_note_stand_on_both(results_of: Callable[..., Any], names: Names) -> None:
    """Either can be read alone."""
    row = {"member": "KEN", "group": "G77", "from": "1964", "until": "2001"}
    row |= {"source": "Treaty series", "note": "by letter"}
    for _, entry in results_of(drafts([(2, row)], DEMO, names, ())):
        assert (entry.sources[0].title, entry.note) == ("Treaty series", "by letter")


@pytest.mark.parametrize(
    "rows",
    [
        ("KEN G77 1964 2001", "KEN G77 2001 2010"),
        ("KEN G77 2005", "KEN G77 1964 2001"),
        ("KEN G77 1964", "AUT G77 1964", "KEN EU 1964"),
        ("EU G77 1990 1995", "G77 EU 1995"),
        ("KEN G77 1964 2001", "KEN G77 1964 2001"),
        ("AOSIS G77 1990", "KEN AOSIS 1990", "KEN G77 1990"),
    ],
)
def test_what_can_be_together_is_taken(read: Callable[..., Any], rows: tuple[str, ...]) -> None:
    """Times that only touch, other groups, other times, and the same row again."""
    assert not [result for result in read(*rows) if isinstance(result, str)]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("KEN G77 2001 1964",), "it ends on 1964, before it begins on 2001"),
        (("KEN G77 x",), "'x' is not a date"),
        (("KEN XXX 1964",), "no delegation XXX"),
        (("KEN G77 1964", "KEN G77 1970 1980"), "from 1964 without an end, by line 2"),
        (("KEN G77 1964 1990", "KEN G77 1980"), "from 1964 until 1990, by line 2"),
        (("KEN G77 1964 1990", "KEN G77 1964"), "from 1964 until 1990, by line 2"),
        (("EU EU 1964",), "EU would be a member of itself: EU in EU"),
        (("EU G77 1990 1995", "G77 EU 1994"), "a member of itself: G77 in EU in G77"),
        (("EU G77 1990", "G77 AOSIS 1991", "AOSIS EU 2000"), "AOSIS in EU in G77 in AOSIS"),
    ],
)
def test_what_cannot_be_together_is_refused(
    read: Callable[..., Any], rows: tuple[str, ...], message: str
) -> None:
    """The row that comes later is refused."""
    assert message in str(read(*rows)[-1])


def test_the_record_is_looked_at_too(read: Callable[..., Any]) -> None:
    """A row must go with the memberships that the record has."""
    recorded = (
        MembershipPeriod("KEN", "G77", "1964", None),
        MembershipPeriod("EU", "AOSIS", "1964", None),
    )
    assert "by the record" in read("KEN G77 1970", recorded=recorded)[0]
    assert "AOSIS in EU in AOSIS" in read("AOSIS EU 1970 1971", recorded=recorded)[0]


def test_a_row_may_end_what_the_record_has_begun(read: Callable[..., Any]) -> None:
    """The same beginning with an end says more, and is no other membership."""
    recorded = (MembershipPeriod("KEN", "G77", "1964", None),)
    assert read("KEN G77 1964 2001", "KEN G77 2002", recorded=recorded) == [
        joined("KEN", "G77", on="1964"),
        left("KEN", "G77", on="2001"),
        joined("KEN", "G77", on="2002"),
    ]


@pytest.mark.parametrize("column", ["member", "group", "from"])
def test_a_row_has_all_that_it_needs(
    results_of: Callable[..., Any], names: Names, column: str
) -> None:
    """An empty cell is named."""
    row = {"member": "KEN", "group": "G77", "from": "1964"} | {column: ""}
    ((_, message),) = results_of(drafts([(2, row)], DEMO, names, ()))
    assert f"fill the column `{column}`" in message


def test_a_table_has_a_limit(read: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Memberships are compared with each other, so there are not too many."""
    monkeypatch.setattr("negotrack.exchange.readers.membership_tables.MOST", 1)
    assert "more than 1 memberships" in read("KEN G77 1964", "AUT G77 1964")[1]
