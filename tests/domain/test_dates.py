from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain.dates import Day, Span, clock, instant, span, wall_clock, zone
from negotrack.errors import Rejected
from strategies import edtf, few

years = st.integers(1, 9999)


@few
@given(st.dates())
def test_a_day_means_itself(day: date) -> None:
    """A day of the calendar is a span of one day."""
    assert Span(Day(str(day)), Day(str(day)), doubtful=False) == span(str(day))
    assert span(str(day)).is_day


@few
@given(years, st.integers(1, 12))
def test_a_month_means_all_its_days(year: int, month: int) -> None:
    """A month begins on its first day and ends on its last, leap years included."""
    name, last = f"{year:04}-{month:02}", calendar.monthrange(year, month)[1]
    assert Span(Day(f"{name}-01"), Day(f"{name}-{last}"), doubtful=False) == span(name)


@few
@given(years)
def test_a_year_means_all_its_days(year: int) -> None:
    """A year begins in January and ends in December."""
    assert Span(Day(f"{year:04}-01-01"), Day(f"{year:04}-12-31"), doubtful=False) == span(
        f"{year:04}"
    )


@few
@given(st.dates(), st.dates())
def test_a_span_of_days_ends_after_it_begins(first: date, last: date) -> None:
    """Two days make a span in the order of the calendar, and no other."""
    text = f"{first}/{last}"
    if first <= last:
        assert Span(Day(str(first)), Day(str(last)), doubtful=False) == span(text)
    else:
        with pytest.raises(Rejected, match="ends before it begins"):
            span(text)


@few
@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99))
def test_only_days_of_the_calendar_are_days(year: int, month: int, day: int) -> None:
    """Digits in the form of a day are one exactly where the standard library knows that day."""
    text = f"{year:04}-{month:02}-{day:02}"
    try:
        known = str(date(year, month, day))
    except ValueError:
        with pytest.raises(Rejected):
            span(text)
    else:
        assert (known, known) == span(text)[:2]


@few
@given(edtf())
def test_every_date_of_the_record_has_a_first_and_a_last_day(text: str) -> None:
    """Whatever the form, the first day is not after the last, and both are days."""
    days = span(text)
    assert date.fromisoformat(days.first) <= date.fromisoformat(days.last)
    assert days.doubtful == (text[-1] in "?~%")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-01/2023-03", "2023-01-01", "2023-03-31"),
        ("2022/2023-01-05", "2022-01-01", "2023-01-05"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-01-10/2023-01", "2023-01-10", "2023-01-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_span_runs_from_its_first_to_its_last_day(text: str, first: str, last: str) -> None:
    """The ends of a span may be months and years as well as days."""
    assert Span(Day(first), Day(last), doubtful=False) == span(text)


@pytest.mark.parametrize(
    "text", ["2023?", "2023-01~", "2023-01-16%", "2023-01?/2023-02", "2023/2024~"]
)
def test_doubt_does_not_move_a_date(text: str) -> None:
    """A mark of doubt is kept, and the days are those of the date without it."""
    plain = text.translate(dict.fromkeys(map(ord, "?~%")))
    assert span(plain)._replace(doubtful=True) == span(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "today", "13:00", "9/8/2024", "2024-02-30", "2023-02-29", "0000", "0000-01-01",
        "2023-13", "2023-00", "2023-01-00", "2023-00-05", "2023-1-5", "23-01-05", "20230105",
        "2023-W03", "2023-016", "P1D", "2023-01-16T10:00", "2023-01-16 ", " 2023", "2023\n",
        "2023-01-16/", "/2023", "2023/..", "../2023", "2023/2024/2025", "2024/2023",
        "2023-02/2023-01", "2023-01/2023-01-05", "2023??", "?2023", "2023-?1", "-2023", "y2023",
        "12023", "٢٠٢٣", "\uff12\uff10\uff12\uff13", "2023-01-1٦",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    """A word, a time, another order of numbers or a day that never was is no date."""
    with pytest.raises(Rejected):
        span(text)


@pytest.mark.parametrize(
    ("text", "end"),
    [("202x/2024", "202x"), ("2023/202x", "202x"), ("2023/2024/2025", "2024/2025")],
)
def test_the_end_of_a_span_that_is_no_date_is_quoted(text: str, end: str) -> None:
    """A span ends with all that follows its first slash; the end that is no date is named."""
    with pytest.raises(Rejected, match=f"^'{end}' is not a date"):
        span(text)


@few
@given(st.times())
def test_a_clock_shows_hours_and_minutes(time: object) -> None:
    """Every minute of the day is a time of day."""
    text = str(time)[:5]
    assert text == clock(text)


@pytest.mark.parametrize(
    "text", ["24:00", "23:60", "9:30", "09.30", "09:30:00", "9am", "", "09:30Z", "०९:३०", "09:30\n"]
)
def test_what_no_clock_shows_is_refused(text: str) -> None:
    """24:00, seconds, zones and loose forms are no times of day."""
    with pytest.raises(Rejected, match="not a time of day"):
        clock(text)


def test_an_instant_has_one_form() -> None:
    """An instant is UTC with six digits after the second, so that text order is time order."""
    text = "2023-09-01T12:00:00.000000Z"
    assert text == instant(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "2023-09-01", "2023-09-01T12:00:00Z", "2023-09-01T12:00:00.000Z",
        "2023-09-01T12:00:00.000000+00:00", "2023-09-01 12:00:00.000000Z",
        "2023-02-30T12:00:00.000000Z", "2023-09-01T24:00:00.000000Z",
        "2023-09-01T12:00:60.000000Z", "2023-W35-5T12:00:00.000000Z", "0000-09-01T12:00:00.000000Z",
        "2023-09-01T12:00:00.000000Z\n", "\uff12023-09-01T12:00:00.000000Z",
    ],
)  # fmt: skip
def test_any_other_form_of_an_instant_is_refused(text: str) -> None:
    """Another zone, another precision or a moment that never was is no instant of the record."""
    with pytest.raises(Rejected, match="not an instant"):
        instant(text)


@pytest.mark.parametrize("name", ["Europe/Vienna", "America/New_York", "UTC"])
def test_a_zone_has_its_iana_name(name: str) -> None:
    """The zones of the rooms are known."""
    assert name == zone(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Vienna",
        "Mars/Base",
        "europe/vienna",
        "Europe",
        "+01:00",
        "../UTC",
        "/etc/passwd",
        "U\0C",
    ],
)
def test_an_unknown_zone_is_refused(name: str) -> None:
    """What is no zone, a path among them, is refused with an example."""
    with pytest.raises(Rejected, match="Europe/Vienna"):
        zone(name)


@pytest.mark.parametrize("at", ["02:00", "02:30", "02:59"])
def test_an_hour_that_the_clocks_skip_is_refused(at: str) -> None:
    """When summer time began in Vienna, no clock in the room showed half past two."""
    with pytest.raises(Rejected, match=f"skip {at} on 2024-03-31"):
        wall_clock("2024-03-31", at, "Europe/Vienna")


@pytest.mark.parametrize(
    ("day", "at", "where"),
    [
        ("2024-03-31", "01:59", "Europe/Vienna"),
        ("2024-03-31", "03:00", "Europe/Vienna"),
        ("2024-03-31", "02:30", "UTC"),
        ("2024-03-10", "03:00", "America/New_York"),
        ("2024-10-27", "02:30", "Europe/Vienna"),
    ],
)
def test_a_time_that_the_clocks_showed_is_accepted(day: str, at: str, where: str) -> None:
    """The hours around the gap are times, and so is the hour that comes twice in autumn."""
    assert wall_clock(day, at, where) is None  # type: ignore[func-returns-value]
