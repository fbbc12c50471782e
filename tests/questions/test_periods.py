from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain import dates
from negotrack.domain.dates import Day
from negotrack.domain.entries import SessionRescheduled
from negotrack.errors import Rejected, Usage
from negotrack.questions.periods import (
    Period,
    first_day,
    instant,
    last_day,
    period,
    recorded,
    today,
)
from negotrack.workspace import Workspace
from shorthand import DEMO, opened, session
from strategies import edtf, few

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Clock = Callable[[datetime], None]

ROOMS = (
    opened(),
    session("ahc-1", "2023-01-16/2023-01-20", title="First session", aliases=("Vienna round",)),
    session(
        "ahc-2", "2023-08-21/2023-09-01", title="Second session",
        city="New York", zone="America/New_York",
    ),
    session(
        "ahc-3", "2024-03-04/2024-03-15", title="Third session",
        city="New York", zone="America/New_York",
    ),
    session(
        "ahc-4", "2024-11-04/2024-11-08", title="Fourth session",
        city="Tokyo", zone="Asia/Tokyo",
    ),
    session(
        "twin-w", "2025-05-05/2025-05-09", title="Twin", city="New York", zone="America/New_York",
    ),
    session("twin-e", "2025-05-05/2025-05-09", title="Twin", city="Tokyo", zone="Asia/Tokyo"),
    session("moved", "2022-02-01/2022-02-04", title="Moved session"),
    SessionRescheduled(
        negotiation=DEMO, on="2022-01-20", session="moved", days="2022-06-07/2022-06-10"
    ),
)  # fmt: skip
"""A Wednesday's noon away from every one of them: 1 March 2023."""


def at(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Return a workspace with sessions in several rooms, which tests only read."""
    root = tmp_path_factory.mktemp("rooms")
    (root / "events").mkdir()
    (root / "negotrack.toml").touch()
    with Workspace(root) as workspace:
        workspace.import_([(n, lambda d=draft: d) for n, draft in enumerate(ROOMS)])  # type: ignore[misc]
        yield workspace


@pytest.fixture
def asked(rooms: Workspace, clock: Clock) -> Callable[[str], Period]:  # noqa: ARG001
    """Return what asks for a period at noon on Wednesday, 1 March 2023."""
    return lambda text: period(text, rooms.names, None)


@pytest.fixture
def known(rooms: Workspace, clock: Clock) -> Callable[[str], str]:  # noqa: ARG001
    """Return what asks for a moment at noon on Wednesday, 1 March 2023."""
    return lambda text: instant(text, rooms.names, None)


# -- periods --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-08-21", "2023-08-21", "2023-08-21"),
        ("2023-08", "2023-08-01", "2023-08-31"),
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-01-09/2023-01-20", "2023-01-09", "2023-01-20"),
        ("2023-08?", "2023-08-01", "2023-08-31"),
        ("2023~", "2023-01-01", "2023-12-31"),
        ("2023-08-21%", "2023-08-21", "2023-08-21"),
        ("2023-Q1", "2023-01-01", "2023-03-31"),
        ("2023-q3", "2023-07-01", "2023-09-30"),
        ("2023-Q4", "2023-10-01", "2023-12-31"),
        ("2023-H1", "2023-01-01", "2023-06-30"),
        ("2023-h2", "2023-07-01", "2023-12-31"),
        ("9999-Q4", "9999-10-01", "9999-12-31"),
    ],
)
def test_a_date_means_its_days(
    asked: Callable[[str], Period], text: str, first: str, last: str
) -> None:
    """A date of the record, a quarter or a half means all its days, whatever day it is."""
    assert Period(Day(first), Day(last), text) == asked(text)


@pytest.mark.parametrize("text", ["ahc-1", "AHC-1", "first session", "Vienna Round"])
def test_a_session_means_its_days(asked: Callable[[str], Period], text: str) -> None:
    """A session is known by its name, its title and its aliases, letter case aside."""
    assert Period(Day("2023-01-16"), Day("2023-01-20"), text) == asked(text)


def test_a_session_that_was_moved_means_its_last_days(asked: Callable[[str], Period]) -> None:
    """After a rescheduling, a session means the days to which it was moved."""
    assert asked("moved") == Period(Day("2022-06-07"), Day("2022-06-10"), "moved")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2023-03-01", "2023-03-01"),
        ("yesterday", "2023-02-28", "2023-02-28"),
        ("tuesday", "2023-02-28", "2023-02-28"),
        ("wednesday", "2023-02-22", "2023-02-22"),
        ("thursday", "2023-02-23", "2023-02-23"),
        ("sunday", "2023-02-26", "2023-02-26"),
        ("monday", "2023-02-27", "2023-02-27"),
        ("this week", "2023-02-27", "2023-03-05"),
        ("last week", "2023-02-20", "2023-02-26"),
        ("this month", "2023-03-01", "2023-03-31"),
        ("last month", "2023-02-01", "2023-02-28"),
        ("this quarter", "2023-01-01", "2023-03-31"),
        ("last quarter", "2022-10-01", "2022-12-31"),
        ("this year", "2023-01-01", "2023-12-31"),
        ("last year", "2022-01-01", "2022-12-31"),
        ("0 days ago", "2023-03-01", "2023-03-01"),
        ("1 day ago", "2023-02-28", "2023-02-28"),
        ("a day ago", "2023-02-28", "2023-02-28"),
        ("90 days ago", "2022-12-01", "2022-12-01"),
        ("a week ago", "2023-02-22", "2023-02-22"),
        ("3 weeks ago", "2023-02-08", "2023-02-08"),
        ("a month ago", "2023-02-01", "2023-02-01"),
        ("2 months ago", "2023-01-01", "2023-01-01"),
        ("a year ago", "2022-03-01", "2022-03-01"),
        ("2022 years ago", "0001-03-01", "0001-03-01"),
    ],
)
def test_a_word_means_its_days(
    asked: Callable[[str], Period], text: str, first: str, last: str
) -> None:
    """On Wednesday, 1 March 2023, a word of the clock means these days."""
    assert Period(Day(first), Day(last), text) == asked(text)


@pytest.mark.parametrize(
    ("now", "text", "days"),
    [
        ("2023-03-31", "a month ago", ("2023-02-28", "2023-02-28")),
        ("2024-03-31", "a month ago", ("2024-02-29", "2024-02-29")),
        ("2024-02-29", "a year ago", ("2023-02-28", "2023-02-28")),
        ("2024-02-29", "4 years ago", ("2020-02-29", "2020-02-29")),
        ("2023-05-31", "last month", ("2023-04-01", "2023-04-30")),
        ("2023-05-31", "last quarter", ("2023-01-01", "2023-03-31")),
        ("2023-01-01", "this week", ("2022-12-26", "2023-01-01")),
        ("2023-01-01", "last week", ("2022-12-19", "2022-12-25")),
        ("2023-01-01", "last month", ("2022-12-01", "2022-12-31")),
        ("2023-01-01", "last quarter", ("2022-10-01", "2022-12-31")),
        ("2024-02-29", "last year", ("2023-01-01", "2023-12-31")),
        ("2023-01-02", "monday", ("2022-12-26", "2022-12-26")),
    ],
)
def test_months_and_years_differ_in_length(
    asked: Callable[[str], Period], clock: Clock, now: str, text: str, days: tuple[str, str]
) -> None:
    """Where a month has no such day its last one is meant, and a year may begin inside a week."""
    clock(at(now))
    assert asked(text) == Period(Day(days[0]), Day(days[1]), text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  2023-08-21 ", "2023-08-21"),
        ("Today", "today"),
        ("TUESDAY", "tuesday"),
        ("Last   Month", "last month"),
        ("\t3 Weeks Ago\n", "3 weeks ago"),
        (" ahc-1 .. AHC-2 ", "ahc-1..ahc-2"),
        (" first session", "ahc-1"),
    ],
)
def test_case_and_blanks_do_not_matter(
    asked: Callable[[str], Period], text: str, plain: str
) -> None:
    """A period is the same in capitals and between blanks, and keeps the words as typed."""
    assert asked(plain)[:2] == asked(text)[:2]
    assert text.strip() == asked(text).words


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ahc-1..ahc-2", "2023-01-16", "2023-09-01"),
        ("2022..ahc-1", "2022-01-01", "2023-01-20"),
        ("last year..yesterday", "2022-01-01", "2023-02-28"),
        ("2023-Q1..2023-H2", "2023-01-01", "2023-12-31"),
        ("2023-01-09/2023-01-20..2023-02", "2023-01-09", "2023-02-28"),
        ("2023-01..2023-01", "2023-01-01", "2023-01-31"),
        ("2023-01-15..2023-01", "2023-01-15", "2023-01-31"),
        ("ahc-1..", "2023-01-16", "2023-03-01"),
        ("..ahc-2", "0001-01-01", "2023-09-01"),
    ],
)
def test_a_range_lasts_from_the_first_day_to_the_last(
    asked: Callable[[str], Period], text: str, first: str, last: str
) -> None:
    """A range begins where its first part does and ends where its last part does, or is open."""
    assert Period(Day(first), Day(last), text) == asked(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ahc-2..ahc-1", "2023-08-21", "2023-01-20"),
        ("2023-09..2023-08", "2023-09-01", "2023-08-31"),
        ("ahc-2..", "2023-08-21", "2023-03-01"),
        ("today..yesterday", "2023-03-01", "2023-02-28"),
    ],
)
def test_a_range_that_ends_before_it_begins_is_refused(
    asked: Callable[[str], Period], text: str, first: str, last: str
) -> None:
    """Both ends are named, as the days that they mean."""
    with pytest.raises(Rejected) as refused:
        asked(text)
    assert refused.value.sentence == f"{text!r} ends before it begins: from {first} to {last}"


def test_the_ends_of_a_period_can_be_asked_alone(rooms: Workspace, clock: Clock) -> None:  # noqa: ARG001
    """The first and the last day are those of the period."""
    assert first_day("ahc-2", rooms.names, None) == "2023-08-21"
    assert last_day("ahc-2", rooms.names, "demo") == "2023-09-01"


# -- laws -----------------------------------------------------------------------------------------

moments = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis takes bounds without a zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
words = st.sampled_from(
    ["today", "yesterday", "friday", "this week", "last month", "this quarter", "last year",
     "5 days ago", "2 weeks ago", "14 months ago", "3 years ago", "ahc-1", "ahc-2", "2023-Q2"]
)  # fmt: skip


def period_at(moment: datetime, text: str, rooms: Workspace) -> Period:
    """Return the period that a text means at a moment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("negotrack.clock.now", lambda: moment)
        return period(text, rooms.names, None)


@few
@given(moments, edtf() | words | st.just(""), edtf() | words)
def test_every_range_begins_before_it_ends(
    rooms: Workspace, moment: datetime, start: str, end: str
) -> None:
    """A range lasts from the first day of its start to the last of its end, or is refused."""
    first = period_at(moment, start, rooms).first if start else "0001-01-01"
    last = period_at(moment, end, rooms).last
    if first <= last:
        assert period_at(moment, f"{start}..{end}", rooms)[:2] == (first, last)
    else:
        with pytest.raises(Rejected, match="ends before it begins"):
            period_at(moment, f"{start}..{end}", rooms)


@few
@given(moments, st.dates())
def test_a_plain_day_is_itself(rooms: Workspace, moment: datetime, day: date) -> None:
    """A day of the calendar means that day, whenever it is asked, and alone or as a range."""
    text = day.isoformat()
    assert period_at(moment, text, rooms) == Period(Day(text), Day(text), text)
    assert period_at(moment, f"{text}..{text}", rooms)[:2] == (text, text)


@few
@given(moments, edtf())
def test_a_date_of_the_record_is_a_period(rooms: Workspace, moment: datetime, text: str) -> None:
    """Every date that can be recorded can be asked about, and means the same days."""
    assert period_at(moment, text, rooms)[:2] == dates.span(text)[:2]


@few
@given(moments, st.integers(1, 9998), st.sampled_from([("Q", 4), ("H", 2)]))
def test_quarters_and_halves_cover_the_year(
    rooms: Workspace, moment: datetime, year: int, parts: tuple[str, int]
) -> None:
    """The parts of a year follow each other without a gap and without an overlap."""
    letter, count = parts
    periods = [
        period_at(moment, f"{year:04}-{letter}{number}", rooms) for number in range(1, count + 1)
    ]
    whole = period_at(moment, f"{year:04}", rooms)
    assert (periods[0].first, periods[-1].last) == (whole.first, whole.last)
    for before, after in pairwise(periods):
        next_day = date.fromisoformat(before.last) + timedelta(days=1)
        assert after.first == next_day.isoformat()


@few
@given(moments, st.sampled_from(["week", "month", "quarter", "year"]))
def test_the_last_one_ends_where_this_one_begins(
    rooms: Workspace, moment: datetime, unit: str
) -> None:
    """This week holds today, and last week ends on the day before it; so do the longer ones."""
    this, last = (period_at(moment, f"{which} {unit}", rooms) for which in ("this", "last"))
    assert this.first <= period_at(moment, "today", rooms).first <= this.last
    assert date.fromisoformat(last.last) + timedelta(days=1) == date.fromisoformat(this.first)


@few
@given(moments)
def test_a_weekday_is_one_of_the_seven_days_before(rooms: Workspace, moment: datetime) -> None:
    """The seven names mean the seven days before today, each the day that bears the name."""
    now = date.fromisoformat(period_at(moment, "today", rooms).first)
    before = [now - timedelta(days=n) for n in range(1, 8)]
    days = [period_at(moment, f"{day:%A}", rooms).first for day in before]
    assert days == [day.isoformat() for day in before]


# -- the date in the room -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2023-08-19T23:59", "2023-08-19"),  # two days before the first
        ("2023-08-21T02:00", "2023-08-20"),
        ("2023-08-23T02:00", "2023-08-22"),  # ten in the evening in New York
        ("2023-08-23T03:59:59", "2023-08-22"),
        ("2023-08-23T04:00", "2023-08-23"),  # summer time: four hours
        ("2023-09-02T02:00", "2023-09-01"),
        ("2023-09-02T04:00", "2023-09-02"),
        ("2023-09-03T02:00", "2023-09-03"),  # the session is over
        ("2024-03-09T04:59", "2024-03-08"),  # winter time: five hours
        ("2024-03-09T05:00", "2024-03-09"),
        ("2024-03-11T03:59", "2024-03-10"),  # the day after the clocks went forward
        ("2024-03-11T04:00", "2024-03-11"),
        ("2024-11-05T14:59", "2024-11-05"),
        ("2024-11-05T15:00", "2024-11-06"),  # midnight in Tokyo
        ("2024-11-03T15:00", "2024-11-04"),  # it begins while it is Sunday in UTC
        ("2023-12-24T23:00", "2023-12-24"),  # no session anywhere near
    ],
)
def test_today_is_the_date_in_the_room(rooms: Workspace, clock: Clock, now: str, day: str) -> None:
    """While a session sits it is the date on the wall of its room, else the date in UTC."""
    clock(at(now))
    assert today(rooms.names) == day
    assert period("today", rooms.names, None).first == day
    assert recorded("today", rooms.names) == day
    before = date.fromisoformat(day) - timedelta(days=1)
    assert period("yesterday", rooms.names, None).first == before.isoformat()
    assert recorded("yesterday", rooms.names) == before.isoformat()


def test_words_start_from_the_date_in_the_room(rooms: Workspace, clock: Clock) -> None:
    """At 02:00 UTC on Friday, 1 September it is still August, and Thursday, in New York."""
    clock(at("2023-09-01T02:00"))
    assert period("this month", rooms.names, None).last == "2023-08-31"
    assert period("thursday", rooms.names, None).first == "2023-08-24"
    assert period("ahc-2..", rooms.names, None).last == "2023-08-31"


def test_rooms_that_differ_leave_the_date_in_utc(rooms: Workspace, clock: Clock) -> None:
    """Two sessions that sit on two dates at once do not decide; where both agree, they do."""
    clock(at("2025-05-06T02:00"))
    assert today(rooms.names) == "2025-05-06"
    clock(at("2025-05-06T12:00"))
    assert today(rooms.names) == "2025-05-06"
    clock(at("2025-05-04T16:00"))  # Monday morning in Tokyo; in New York it has not begun
    assert today(rooms.names) == "2025-05-05"


def test_without_a_room_it_is_the_date_in_utc(
    tmp_path: Path, clock: Clock, rooms: Workspace
) -> None:
    """Without a workspace, and before a negotiation is opened, today is the date in UTC."""
    (tmp_path / "events").mkdir()
    (tmp_path / "negotrack.toml").touch()
    clock(at("2023-08-23T02:00"))
    with Workspace(tmp_path) as empty:
        days = [today(), today(empty.names), today(rooms.names, "no-such"), recorded("Today")]
    assert days == ["2023-08-23"] * 4


def test_with_several_negotiations_the_room_must_be_named(clock: Clock, tmp_path: Path) -> None:
    """Sessions are of one negotiation, and where there are two it is asked which."""
    (tmp_path / "events").mkdir()
    (tmp_path / "negotrack.toml").touch()
    room = session(negotiation="demo-2", city="New York", zone="America/New_York")
    clock(at("2023-01-18T02:00"))
    with Workspace(tmp_path) as two:
        for draft in (opened(), opened("demo-2"), room):
            two.log(draft)
        with pytest.raises(Usage, match="2 negotiations"):
            period("today", two.names, None)
        days = [today(two.names, name) for name in ("demo", "demo-2")]
    assert days == ["2023-01-18", "2023-01-17"]


# -- moments --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-09-01T12:00Z", "2023-09-01T12:00:00.000000Z"),
        ("2023-09-01t12:00z", "2023-09-01T12:00:00.000000Z"),
        (" 2023-09-01 12:00 ", "2023-09-01T12:00:00.000000Z"),
        ("2023-09-01 12:00:30 Z", "2023-09-01T12:00:30.000000Z"),
        ("2023-09-01T12:00:30.5", "2023-09-01T12:00:30.500000Z"),
        ("2023-09-01T12:00:30.123456Z", "2023-09-01T12:00:30.123456Z"),
        ("2023-09-01T12:00+02:00", "2023-09-01T10:00:00.000000Z"),
        ("2023-09-01T12:00+0200", "2023-09-01T10:00:00.000000Z"),
        ("2023-09-01 12:00 -04", "2023-09-01T16:00:00.000000Z"),
        ("2023-09-01T00:30+02:00", "2023-08-31T22:30:00.000000Z"),
        ("0999-01-01T00:00", "0999-01-01T00:00:00.000000Z"),
        ("now", "2023-03-01T12:00:00.000000Z"),
        ("NOW", "2023-03-01T12:00:00.000000Z"),
        ("30 minutes ago", "2023-03-01T11:30:00.000000Z"),
        ("1 minute ago", "2023-03-01T11:59:00.000000Z"),
        ("a minute ago", "2023-03-01T11:59:00.000000Z"),
        ("an hour ago", "2023-03-01T11:00:00.000000Z"),
        ("13 Hours ago", "2023-02-28T23:00:00.000000Z"),
        ("2023-09-01", "2023-09-01T23:59:59.999999Z"),
        ("2023-02", "2023-02-28T23:59:59.999999Z"),
        ("2023-Q3", "2023-09-30T23:59:59.999999Z"),
        ("ahc-2", "2023-09-01T23:59:59.999999Z"),
        ("first session", "2023-01-20T23:59:59.999999Z"),
        ("yesterday", "2023-02-28T23:59:59.999999Z"),
        ("a week ago", "2023-02-22T23:59:59.999999Z"),
        ("last month", "2023-02-28T23:59:59.999999Z"),
        ("2022..ahc-1", "2023-01-20T23:59:59.999999Z"),
    ],
)
def test_a_moment_of_recording_is_in_utc(
    known: Callable[[str], str], text: str, moment: str
) -> None:
    """A timestamp is that instant, and days mean the end of the last of them, both in UTC."""
    assert known(text) == moment


def test_today_is_known_by_the_date_in_utc(rooms: Workspace, clock: Clock) -> None:
    """What was recorded a minute ago was recorded today, whatever date it is in the room."""
    clock(at("2023-08-23T02:00"))
    assert instant("today", rooms.names, None) == "2023-08-23T23:59:59.999999Z"
    assert instant("yesterday", rooms.names, None) == "2023-08-22T23:59:59.999999Z"


@few
@given(moments)
def test_a_moment_of_the_record_is_itself(rooms: Workspace, moment: datetime) -> None:
    """The record's own form of an instant can be typed, and means it."""
    text = moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    assert dates.instant(instant(text, rooms.names, None)) == text


@few
@given(
    moments,
    st.timezones().map(str).filter(lambda name: "/" in name),
)
def test_a_moment_is_the_same_in_every_zone(
    rooms: Workspace, moment: datetime, zone_name: str
) -> None:
    """However a moment is written, with whatever distance from UTC, it is the same moment."""
    from zoneinfo import ZoneInfo

    local = moment.astimezone(ZoneInfo(zone_name)).isoformat(timespec="microseconds")
    assert instant(local, rooms.names, None) == moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@pytest.mark.parametrize(
    "text",
    [
        "2023-09-01T24:00Z", "2023-09-01T25:00", "2023-09-01T12:60", "2023-09-01T12:00:60Z",
        "2024-02-30T12:00Z", "0000-01-01T00:00Z", "2023-09-01T12Z", "2023-09-01T1:00",
        "2023-09-01T12:00+99:00", "2023-09-01T12:00 Vienna", "2023-09-01T12:00:00.1234567Z",
        "0001-01-01T00:00+02:00", "9999-12-31T23:59-02:00", "99999999999 hours ago",
        "9999999999 minutes ago", "2023-09-01T12:00Z..",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused(known: Callable[[str], str], text: str) -> None:
    """A time that no clock in UTC shows is refused, with the form of one that does."""
    with pytest.raises(Rejected) as refused:
        known(text)
    assert refused.value.sentence == f"there is no moment {text!r}"
    assert "write 2023-09-01T12:00Z" in refused.value.cure


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("13:00", "'13:00' names no day"),
        ("24:00", "'24:00' names no day"),
        ("2024-02-30", "there is no day '2024-02-30' in the calendar"),
        ("0000", "there is no day '0000' in the calendar"),
        ("fortnight", "'fortnight' is not a date, a period or a session"),
        ("a1b2c3d4e5", "'a1b2c3d4e5' is not a date, a period or a session"),
        ("9 seconds ago", "'9 seconds ago' is not a date, a period or a session"),
        ("", "'' is not a date, a period or a session"),
    ],
)
def test_a_refused_moment_tells_its_forms(
    known: Callable[[str], str], text: str, sentence: str
) -> None:
    """Where no days are meant either, the cure lists the forms of days and of moments."""
    with pytest.raises(Rejected) as refused:
        known(text)
    assert refused.value.sentence == sentence
    assert str(refused.value.cure).endswith("or a moment such as 2023-09-01T12:00Z")


# -- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fortnight", "'fortnight' is not a date, a period or a session; write 2023-09-01, "),
        ("P1D", "'P1D' is not a date, a period or a session; write 2023-09-01, "),
        ("", "'' is not a date, a period or a session; "),
        ("..", "'..' is not a date, a period or a session; "),
        ("ahc-1..ahc-2..ahc-3", "'ahc-2..ahc-3' is not a date, "),
        ("ahc-12", "is not a date, a period or a session; did you mean ahc-1"),
        ("ahc2", "is not a date, a period or a session; did you mean ahc-2"),
        ("2022..ahc2", "'ahc2' is not a date, a period or a session; did you mean ahc-2"),
        ("secnd session", "did you mean Second session"),
        ("yesteday", "did you mean yesterday"),
        ("tuseday", "did you mean tuesday"),
        ("lastmonth", "did you mean last month"),
        ("next week", "did you mean this week, last week? Otherwise write 2023-09-01, "),
        ("2 wks ago", "did you mean a week ago"),
        ("9/8/2024", "'9/8/2024' is ambiguous; write 2024-08-09 or 2024-09-08"),
        ("9.8.2024", "'9.8.2024' is ambiguous; write 2024-08-09 or 2024-09-08"),
        ("31/12/2024", "'31/12/2024' is not how a date is written here; write 2024-12-31"),
        ("8/8/2024", "'8/8/2024' is not how a date is written here; write 2024-08-08"),
        ("2024/9/8", "'2024/9/8' is not how a date is written here; write 2024-09-08"),
        ("2024-9-8", "'2024-9-8' is not how a date is written here; write 2024-09-08"),
        ("30/30/2024", "'30/30/2024' is not a date, a period or a session; "),
        ("13:00", "'13:00' names no day; write 2023-09-01, "),
        ("24:00", "'24:00' names no day; write 2023-09-01, "),
        ("now", "'now' is a moment, not a day; write 2023-09-01, "),
        ("2023-09-01T12:00Z", "'2023-09-01T12:00Z' is a moment, not a day; "),
        ("2024-02-30", "there is no day '2024-02-30' in the calendar; write 2023-09-01, "),
        ("2023-13", "there is no day '2023-13' in the calendar; "),
        ("0000", "there is no day '0000' in the calendar; "),
        ("2023-02/2023-01", "the span '2023-02/2023-01' ends before it begins; put the earlier"),
        ("2023-Q0", "there is no '2023-Q0' in the calendar; "),
        ("2023-Q5", "there is no '2023-Q5' in the calendar; "),
        ("2023-h3", "there is no '2023-h3' in the calendar; "),
        ("0000-Q1", "there is no '0000-Q1' in the calendar; "),
        ("2023 years ago", "'2023 years ago' is before the calendar begins; "),
        ("738580 days ago", "'738580 days ago' is before the calendar begins; "),
        ("9999999999999999 months ago", "is before the calendar begins; "),
        ("99999999999999999999999 weeks ago", "is before the calendar begins; "),
        ("9" * 5000 + " days ago", "is before the calendar begins; "),
        ("٣ days ago", "is not a date, a period or a session; "),
        ("last wee\N{KELVIN SIGN}", "is not a date, a period or a session; "),
        ("twin", "session twin is ambiguous; it could be twin-e, twin-w"),
    ],
)
def test_what_means_no_days_is_refused(
    asked: Callable[[str], Period], text: str, message: str
) -> None:
    """What could mean several days, or none, is refused with what is understood instead."""
    with pytest.raises(Rejected) as refused:
        asked(text)
    assert message in str(refused.value)
    assert refused.value.exit_code == 3


# -- dates to be recorded -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", "2023-03-01"),
        ("Yesterday", "2023-02-28"),
        ("2023-08?", "2023-08?"),
        ("2023", "2023"),
    ],
)
def test_a_recorded_date_stays_as_it_is(clock: Clock, text: str, day: str) -> None:  # noqa: ARG001
    """Only the words for today and yesterday become days; a date keeps its doubt and its span."""
    assert recorded(text) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("last week", "'last week' is not a date; write a date such as 2023-01-16"),
        ("tuesday", "'tuesday' is not a date; "),
        ("2023-Q3", "'2023-Q3' is not a date; "),
        ("2023..2024", "'2023..2024' is not a date; "),
        ("scope", "'scope' is not a date; "),
        ("2024-02-30", "there is no day '2024-02-30' in the calendar; "),
        ("9/8/2024", "'9/8/2024' is ambiguous; write 2024-08-09 or 2024-09-08"),
        ("2024-9-8", "'2024-9-8' is not how a date is written here; write 2024-09-08"),
    ],
)
def test_no_period_is_recorded(text: str, message: str) -> None:
    """A recorded date says what its source says, so words about periods are refused."""
    with pytest.raises(Rejected) as refused:
        recorded(text)
    assert message in str(refused.value)


# -- what it takes --------------------------------------------------------------------------------

CHILD = """
import json, sys
from datetime import UTC, datetime
from negotrack import clock
clock.now = lambda: datetime(2023, 3, 1, 2, 30, tzinfo=UTC)
from negotrack.questions.periods import instant, period
from negotrack.workspace import Workspace
with Workspace.find(sys.argv[1]) as workspace:
    names = workspace.names
    days = [[*period(w, names, None)[:2], instant(w, names, None)] for w in sys.argv[2:]]
print(json.dumps([days, "pendulum" in sys.modules]))
"""


def alone(root: Path, *words: str, zone_name: str = "UTC") -> Any:
    """Resolve words in a process of its own; return them, and whether it imported pendulum."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(root), *words],
        capture_output=True,
        check=True,
        timeout=60,
        env=os.environ | {"TZ": zone_name},
    )
    return json.loads(done.stdout)


LIGHT = (
    "2023-08-21",
    "2023-08",
    "2023-Q3",
    "ahc-1",
    "2022..ahc-1",
    "today",
    "monday",
    "a week ago",
)


def test_plain_dates_and_sessions_are_light(rooms: Workspace) -> None:
    """Dates, sessions and words about days far from any session do not import pendulum."""
    assert alone(rooms.storage.places.root, *LIGHT)[1] is False
    assert alone(rooms.storage.places.root, "last month")[1] is True


@pytest.mark.parametrize("zone_name", ["Pacific/Kiritimati", "America/Los_Angeles"])
def test_the_zone_of_the_machine_does_not_matter(rooms: Workspace, zone_name: str) -> None:
    """Every word means the same days and the same moment wherever the machine stands."""
    words = (*LIGHT, "last month", "a month ago")
    assert alone(rooms.storage.places.root, *words) == alone(
        rooms.storage.places.root, *words, zone_name=zone_name
    )
