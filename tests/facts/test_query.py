"""Queries: narrowed, put to another time, widened again; and how positions are resolved."""

from __future__ import annotations

from typing import get_args

import pytest

from negotrack.domain.dates import END_OF_TIME, Day, Instant
from negotrack.facts.query import (
    OFFICIAL_FIRST,
    POLICIES,
    Accounts,
    Names,
    Query,
    Resolution,
    When,
    several,
)

MOMENT = Instant("2023-03-01T12:00:00.000000Z")
WHEN = When(Day("2023-01-31"), MOMENT)


def test_a_query_is_about_everything_at_the_end_of_time_as_known_now() -> None:
    """What is not said is not narrowed."""
    query = Query("demo")
    assert query.when == (END_OF_TIME, None, False)
    assert set(query[2:]) == {None}


def test_a_query_is_narrowed_field_by_field() -> None:
    """The fields that are named are replaced; the query itself and its other fields stay."""
    query = Query("demo", WHEN, target="art-6")
    narrowed = query.narrowed(target="art-7", by=("KEN", "AUT"))
    assert narrowed == Query("demo", WHEN, target="art-7", by=("KEN", "AUT"))
    assert query == Query("demo", WHEN, target="art-6")


def test_a_query_is_put_to_another_time() -> None:
    """An axis of time that is not named stays as it was, and so do all other fields."""
    query = Query("demo", WHEN, target="art-6")
    assert query.at(as_of=Day("2023-02-28")).when == (Day("2023-02-28"), MOMENT, False)
    assert query.at(known_at=None, possible=True).when == (Day("2023-01-31"), None, True)
    assert query.at(possible=True)._replace(when=WHEN) == query


def test_a_query_of_a_day_is_about_everything_on_it() -> None:
    """Both axes of time are kept, and the negotiation; nothing else is."""
    query = Query(
        "demo", WHEN, Day("2023-01-01"), "s-1", "KEN", "KEN", "art-6", "stance.taken", "x"
    )
    assert query.of_day() == Query("demo", WHEN)


@pytest.mark.parametrize(
    ("on", "day", "is_over", "has_begun"),
    [
        ("2023-01-16", "2023-01-15", False, False),
        ("2023-01-16", "2023-01-16", True, True),
        ("2023-01", "2022-12-31", False, False),
        ("2023-01", "2023-01-01", False, True),
        ("2023-01", "2023-01-31", True, True),
        ("2023-01-16/2023-01-20", "2023-01-19", False, True),
        ("2023-01-16/2023-01-20", "2023-01-20", True, True),
    ],
)
def test_a_date_counts_once_it_is_over(
    on: str,
    day: str,
    is_over: bool,  # noqa: FBT001
    has_begun: bool,  # noqa: FBT001
) -> None:
    """What may have happened counts from its first day on, where that is asked for."""
    assert When(Day(day)).counts(on) is is_over
    assert When(Day(day), possible=True).counts(on) is has_begun


@pytest.mark.parametrize(
    ("names", "expected"),
    [(None, ()), ("KEN", ("KEN",)), (("KEN", "AUT"), ("KEN", "AUT")), ((), ())],
)
def test_a_field_may_have_several_names(names: Names, expected: tuple[str, ...]) -> None:
    """One name is one of several; where all will do there are none."""
    assert several(names) == expected


def test_a_question_about_one_has_one_name() -> None:
    """Who asks about one target or delegation gets its name, and not a choice of names."""
    query = Query("demo", delegation="KEN", target="art-6")
    assert (query.one_target, query.one_target_or_none) == ("art-6", "art-6")
    assert query.one_delegation == "KEN"
    assert Query("demo").one_target_or_none is None
    with pytest.raises(AssertionError):
        _ = Query("demo", target=("art-6", "art-7")).one_target


@pytest.mark.parametrize("field", ["session", "source", "by"])
def test_what_may_leave_out_a_deciding_entry_is_no_whole_cell(field: str) -> None:
    """A target and a delegation make a cell; a session, a source or an actor cut into it."""
    query = Query("demo", WHEN, delegation="KEN", target="art-6")
    assert query.is_whole_cell
    assert not query.narrowed(**{field: "x"}).is_whole_cell


def test_the_type_names_the_policies() -> None:
    """What the type of a policy on accounts lets in are the policies, in their order."""
    assert get_args(Accounts) == POLICIES


@pytest.mark.parametrize(
    ("accounts", "one"),
    [("official-first", "official-first"), ("latest", "latest"), ("all", "official-first")],
)
def test_where_there_is_room_for_one_account_all_is_official_first(
    accounts: Accounts, one: Accounts
) -> None:
    """The other fields of a resolution stay."""
    resolution = Resolution(accounts, own_only=True, own_words="latest")
    assert resolution.one_account() == Resolution(one, own_only=True, own_words="latest")
    assert Resolution() == OFFICIAL_FIRST
