"""Dates in the room: days, months, years and spans, in a strict subset of EDTF.

The grammar follows the Extended Date/Time Format (ISO 8601-2, levels 0 and 1): ``2023-01-16``,
``2023-01``, ``2023``, a span ``2023-01-09/2023-01-20``, and ``?`` (uncertain), ``~`` (approximate)
or ``%`` (both) after a date. Open and unknown ends are not dates of a deed and are refused.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple, NewType

from negotrack.errors import Rejected

# Patterns are compiled where they are first needed: a plain day needs none of them.
_DATE = r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([?~%]?)"
_DAY_WIDTH, _DASHES = 10, "--"
_CLOCK = r"(?:[01]\d|2[0-3]):[0-5]\d"
_END_OF_TIME = "9999"  # nothing could be recorded after it
_WIDTH, _SEPARATORS = 27, "--T::.Z"
_DECEMBER = 12
Day = NewType("Day", str)
"""A day of the calendar, ``YYYY-MM-DD``: such texts order as the days do."""

Instant = NewType("Instant", str)
"""A moment of recording in the record's one fixed-width form, in UTC."""

BEGINNING_OF_TIME, END_OF_TIME = Day("0001-01-01"), Day("9999-12-31")
"""The first and the last day of the calendar."""

_CURE = "write a date such as 2023-01-16, 2023-01, 2023 or 2023-01-09/2023-01-20"


class Span(NamedTuple):
    """The days that a date of the record may mean, both ends included, as ``YYYY-MM-DD``."""

    first: Day
    last: Day
    doubtful: bool

    @property
    def is_day(self) -> bool:
        """Whether the date names a single day."""
        return self.first == self.last


def _last_of_month(year: int, month: int) -> date:
    return (
        date(year, 12, 31) if month == _DECEMBER else date(year, month + 1, 1) - timedelta(days=1)
    )


def plain_day(text: str) -> Day | None:
    """Return the day of a text that is a plain one, ``YYYY-MM-DD``; None for anything else."""
    if len(text) != _DAY_WIDTH or text[4:8:3] != _DASHES or not text.isascii():
        return None
    try:
        return Day(date.fromisoformat(text).isoformat())
    except ValueError:
        return None


def _end(text: str) -> Span:
    plain = plain_day(text)
    if plain is not None:
        return Span(plain, plain, doubtful=False)
    match = re.fullmatch(_DATE, text, re.ASCII)
    if match is None:
        raise Rejected(f"{text!r} is not a date", _CURE)
    year, month, day = int(match[1]), match[2], match[3]
    try:
        first = date(year, int(month or 1), int(day or 1))
        last = first if day else _last_of_month(year, int(month or _DECEMBER))
    except ValueError as error:
        raise Rejected(f"there is no day {text!r} in the calendar", _CURE) from error
    return Span(Day(first.isoformat()), Day(last.isoformat()), bool(match[4]))


@lru_cache(maxsize=65536)
def span(text: str) -> Span:
    """Return the days that an EDTF date means; :class:`Rejected` where it means none."""
    first, slash, last = text.partition("/")
    if not slash:
        return _end(text)
    start, end = _end(first), _end(last)
    if start.first > end.last or start.last > end.last:
        raise Rejected(f"the span {text!r} ends before it begins", "put the earlier date first")
    return Span(start.first, end.last, start.doubtful or end.doubtful)


def day_before(day: Day) -> Day | None:
    """Return the day before another; None before the first day of the calendar."""
    if day == BEGINNING_OF_TIME:
        return None
    return Day((date.fromisoformat(day) - timedelta(days=1)).isoformat())


def day_after(day: Day) -> Day:
    """Return the day after another; the last day of the calendar after itself."""
    if day == END_OF_TIME:
        return day
    return Day((date.fromisoformat(day) + timedelta(days=1)).isoformat())


def clock(text: str) -> str:
    """Return a time of day ``HH:MM`` as it is; :class:`Rejected` where it is none."""
    if re.fullmatch(_CLOCK, text, re.ASCII) is None:
        raise Rejected(f"{text!r} is not a time of day", "write it as 00:00 to 23:59")
    return text


def instant(text: str) -> Instant:
    """Return a UTC instant in the record's one fixed-width form; :class:`Rejected` otherwise.

    Every entry has another one, so the form is looked at by its separators.
    """
    if (
        len(text) == _WIDTH
        and text < _END_OF_TIME
        and text[4:8:3] + text[10:20:3] + text[26] == _SEPARATORS
    ):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return Instant(text)
    raise Rejected(
        f"{text!r} is not an instant of the record", "it looks like 2023-09-01T12:00:00.000000Z"
    )


@lru_cache(maxsize=1024)
def zone(name: str) -> str:
    """Return an IANA time zone name as it is; :class:`Rejected` where no such zone exists."""
    import pendulum  # 40 ms that only sessions and times of day pay

    try:
        pendulum.timezone(name)
    except (ValueError, OSError, pendulum.tz.exceptions.InvalidTimezone) as error:
        raise Rejected(
            f"{name!r} is not a time zone", "write an IANA name such as Europe/Vienna"
        ) from error
    return name


def wall_clock(day: str, at: str, zone_name: str) -> None:
    """Refuse a time of day that the clocks of the room skip on that day (a daylight-saving gap).

    A time that comes twice is accepted: it is a reading of the clock on the wall, and order
    within the day is by that reading.
    """
    import pendulum

    hour, minute = at.split(":")
    year, month, number = (int(part) for part in day.split("-"))
    local = pendulum.timezone(zone_name).datetime(year, month, number, int(hour), int(minute))
    if (local.hour, local.minute) != (int(hour), int(minute)):
        raise Rejected(
            f"the clocks of {zone_name} skip {at} on {day}",
            "the hour is left out when summer time begins: check the time",
        )
