"""Days, periods and moments that people type: resolved once, here, and by one clock.

There are two calendars, as there are two axes of time. What happened is dated by the day in the
room: a vote at ten in the evening in New York is of that day, though it is the next one in UTC.
When it was recorded is a moment in UTC. The time zone of the machine is neither, and never asked.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from negotrack import clock
from negotrack.domain.dates import BEGINNING_OF_TIME, Day, Instant, span, zone
from negotrack.domain.names import key, near
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.questions.names import NameBook

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = {"week": "weeks", "month": "months", "quarter": "months", "year": "years"}
_MONTHS = {"q": 3, "h": 6}
_MONTHS_OF_A_YEAR = 12
_WORDS = (
    *("today", "yesterday", *_WEEKDAYS),
    *(f"{which} {unit}" for which in ("this", "last") for unit in _UNITS),
    *(f"a {unit} ago" for unit in ("day", "week", "month", "year")),
)

# Patterns are compiled where they are first needed: a plain date needs none of them.
_PART_OF_YEAR = r"(\d{4})-([qh])(\d)"
_OF_THE_CLOCK = (
    rf"today|yesterday|(?P<weekday>{'|'.join(_WEEKDAYS)})"
    rf"|(?P<which>this|last) (?P<unit>{'|'.join(_UNITS)})"
    r"|(?P<count>\d+|a) (?P<ago>day|week|month|year)s? ago"
)
_AGO = r"(\d+|an?) (minute|hour)s? ago"
_TIMESTAMP = (
    r"(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?)"
    r" ?(Z|[+-]\d\d(?::?[0-5]\d)?|)"
)

_ISO = r"\d{4}(?:-\d\d){0,2}[?~%]?(?:/\d{4}(?:-\d\d){0,2}[?~%]?)?"
_MOMENT = r"now|\d{4}-\d\d-\d\d[t ]\d.*"
_TIME = r"\d{1,2}:\d\d(?::\d\d)?"
_YEAR_LAST = r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})"
_YEAR_FIRST = r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})"

_CURE = (
    "write 2023-09-01, 2023-09, 2023, a session such as ahc-6, 2023-Q3, today, tuesday, last month,"
    " 3 weeks ago, or a range such as ahc-5..ahc-6"
)
_MOMENT_CURE = "write 2023-09-01T12:00Z or 2023-09-01T14:00+02:00, or a date; it is UTC without +"


class Period(NamedTuple):
    """The days that somebody asked about, both included, as ``YYYY-MM-DD``, and what was typed."""

    first: Day
    last: Day
    words: str


# -- days -----------------------------------------------------------------------------------------


def today(names: NameBook | None = None, negotiation: str | None = None) -> Day:
    """Return the date in the room, as ``YYYY-MM-DD``; in UTC where no session is sitting.

    A session counts from the day before its first to the day after its last in UTC: at 02:00 UTC
    it is still yesterday in New York. Of several sessions, those that sit on the date in their own
    room are asked; where their rooms differ, or without a record, it is the date in UTC.
    """
    day = _utc_day() if names is None else _day_in_the_room(names, negotiation)
    return Day(day.isoformat())


def _utc_day() -> date:
    return clock.now().date()


def _day_in_the_room(names: NameBook, negotiation: str | None) -> date:
    moment = clock.now()
    day, a_day = moment.date(), timedelta(days=1)
    before, after = (day - a_day).isoformat(), (day + a_day).isoformat()
    days: set[date] = set()
    sitting: set[date] = set()
    for name, first, last in _sessions(names, negotiation):
        if first <= after and before <= last:
            local = _local_day(moment, name)
            days.add(local)
            if first <= local.isoformat() <= last:
                sitting.add(local)
    candidates = sitting or days
    return candidates.pop() if len(candidates) == 1 else day


def _sessions(names: NameBook, negotiation: str | None) -> list[tuple[str, str, str]]:
    """Return the time zone, the first and the last day of each session."""
    try:
        sessions = names.registered("session", negotiation=negotiation)
    except Rejected:  # nothing was opened yet, so there is no room
        return []
    return [(s.zone, s.first, s.last) for s in sessions if s.zone and s.first and s.last]


def _local_day(moment: datetime, zone_name: str) -> date:
    import pendulum  # 40 ms that only days near a session pay

    return moment.astimezone(pendulum.timezone(zone(zone_name))).date()


def written(day: str | date) -> str:
    """Return a date as the record writes it, and a text as it is; of a moment, its date."""
    if isinstance(day, str):
        return day
    if not isinstance(day, date):
        raise Rejected(f"{day!r} is not a date", "give a text such as '2023-09-01', or a date")
    return (day.date() if isinstance(day, datetime) else day).isoformat()


def recorded(day: str | date, names: NameBook | None = None, negotiation: str | None = None) -> str:
    """Return a date to be recorded: the word ``today`` or ``yesterday`` resolved, else as it is.

    Other words are refused: a date of the record is no more precise than its source, and says so.
    """
    text = written(day)
    word = key(text)
    if word in ("today", "yesterday"):
        now = date.fromisoformat(today(names, negotiation))
        return (now - timedelta(days=word == "yesterday")).isoformat()
    try:
        span(text)
    except Rejected:
        _refuse_other_orders(text)
        raise
    return text


# -- periods --------------------------------------------------------------------------------------


def period(text: str, names: NameBook, negotiation: str | None) -> Period:
    """Return the days that a date, a word, a session or a range means.

    A date is one of the record (EDTF), a quarter ``2023-Q3`` or a half ``2023-H1``. A weekday is
    the last one before today, a week begins on Monday, and so many weeks or months ago is a single
    day. A session has a name, an alias and a title; a word that is also a date means the date.
    ``A..B`` lasts from the first day of A to the last of B; ``A..`` to today, ``..B`` from the
    first day of the calendar. Letter case does not matter. :class:`Rejected` with what is near.
    """
    return _Reader(names, negotiation, partial(_day_in_the_room, names, negotiation))(text)


def first_day(text: str, names: NameBook, negotiation: str | None) -> Day:
    """Return the day that a date, a period or a session begins on, as ``YYYY-MM-DD``."""
    return period(text, names, negotiation).first


def last_day(text: str, names: NameBook, negotiation: str | None) -> Day:
    """Return the day that a date, a period or a session ends on, as ``YYYY-MM-DD``."""
    return period(text, names, negotiation).last


class _Reader(NamedTuple):
    """Where names are looked up, and what day it is; that is only asked by words that need it."""

    names: NameBook
    negotiation: str | None
    today: Callable[[], date]

    def __call__(self, text: str) -> Period:
        words = text.strip()
        start, dots, end = (part.strip() for part in words.partition(".."))
        if not dots or not (start or end):
            return Period(*self._days(words), words)
        first = self._days(start)[0] if start else BEGINNING_OF_TIME
        last = self._days(end)[1] if end else Day(self.today().isoformat())
        if last < first:
            raise Rejected(
                f"{words!r} ends before it begins: from {first} to {last}",
                "put the earlier one first",
            )
        return Period(first, last, words)

    def _days(self, text: str) -> tuple[Day, Day]:
        if text == "today":
            return (Day(self.today().isoformat()),) * 2
        try:
            return span(text)[:2]
        except Rejected as error:
            no_date = error
        word = key(" ".join(text.split()))
        days = _part_of_year(word, text) or _of_the_clock(word, self.today)
        if days is not None:
            return days
        if re.fullmatch(_ISO, text, re.ASCII):
            if "/" in text:  # its refusal knows which end is wrong
                raise no_date
            raise Rejected(no_date.sentence, _CURE) from None
        return self._session(text)

    def _session(self, text: str) -> tuple[Day, Day]:
        where = self.names.negotiation(self.negotiation)
        if not self.names.is_known(text, "session", negotiation=where):
            _refuse(text, self.names, where)
        session = self.names.resolve(text, "session", negotiation=where)
        assert session.first is not None
        assert session.last is not None
        return Day(session.first), Day(session.last)


def _part_of_year(word: str, text: str) -> tuple[Day, Day] | None:
    match = re.fullmatch(_PART_OF_YEAR, word, re.ASCII)
    if match is None:
        return None
    year, months, number = match[1], _MONTHS[match[2]], int(match[3])
    last = months * number
    if year == "0000" or not 1 <= last <= _MONTHS_OF_A_YEAR:
        raise Rejected(f"there is no {text!r} in the calendar", _CURE)
    return span(f"{year}-{last - months + 1:02}/{year}-{last:02}")[:2]


def _of_the_clock(word: str, today: Callable[[], date]) -> tuple[Day, Day] | None:
    """Return the days of a word that means others tomorrow; None where it is no such word."""
    match = re.fullmatch(_OF_THE_CLOCK, word, re.ASCII)
    if match is None:
        return None
    if match["unit"]:
        return _unit(today(), match["unit"], back=match["which"] == "last")
    try:
        day = Day(_day(match, today()).isoformat())
    except (ValueError, OverflowError):
        raise Rejected(
            f"{word!r} is before the calendar begins", "write a smaller number"
        ) from None
    return day, day


def _day(match: re.Match[str], now: date) -> date:
    if match["weekday"]:
        back = (now.weekday() - _WEEKDAYS.index(match["weekday"]) - 1) % 7 + 1
        return now - timedelta(days=back)
    if not match["count"]:
        return now - timedelta(days=match[0] == "yesterday")
    number = 1 if match["count"] == "a" else int(match["count"])
    if match["ago"] in ("day", "week"):
        return now - timedelta(**{f"{match['ago']}s": number})
    import pendulum  # it knows what is a month before 31 March

    return pendulum.date(now.year, now.month, now.day).subtract(**{f"{match['ago']}s": number})


def _unit(now: date, unit: str, *, back: bool) -> tuple[Day, Day]:
    import pendulum  # only words about weeks, months, quarters and years pay it

    day = pendulum.date(now.year, now.month, now.day)
    if back:
        day = day.subtract(**{_UNITS[unit]: 3 if unit == "quarter" else 1})
    if unit == "week":
        return Day(day.start_of(unit).isoformat()), Day(day.end_of(unit).isoformat())
    return Day(day.first_of(unit).isoformat()), Day(day.last_of(unit).isoformat())


# -- moments --------------------------------------------------------------------------------------


def instant(text: str, names: NameBook, negotiation: str | None) -> Instant:
    """Return a moment of recording as the record writes it: ``2023-09-01T12:00:00.000000Z``.

    Entries are recorded in UTC, so a time without a zone is in UTC, and ``today`` is the date in
    UTC whatever it is in the room. A date, a period or a session means the end of its last day
    there. ``now`` and ``3 hours ago`` are by the clock. :class:`Rejected` where it is none.
    """
    words = text.strip()
    moment = _moment(words)
    if moment is not None:
        return Instant(moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z")
    try:
        last = _Reader(names, negotiation, _utc_day)(words).last
    except Rejected as no_day:
        cure = str(no_day.cure).replace(_CURE, f"{_CURE}, or a moment such as 2023-09-01T12:00Z")
        raise Rejected(no_day.sentence, cure) from None
    return Instant(f"{last}T23:59:59.999999Z")


def _moment(text: str) -> datetime | None:
    """Return the moment in UTC that a text means; None where it means no moment."""
    word = key(" ".join(text.split()))
    if word == "now":
        return clock.now()
    ago = re.fullmatch(_AGO, word, re.ASCII)
    if ago is None and not re.fullmatch(_MOMENT, word, re.ASCII):
        return None
    try:
        return _timestamp(word.upper()) if ago is None else _moment_ago(ago)
    except (ValueError, OverflowError):
        raise Rejected(f"there is no moment {text!r}", _MOMENT_CURE) from None


def _moment_ago(ago: re.Match[str]) -> datetime:
    number = int(ago[1]) if ago[1].isdigit() else 1
    return clock.now() - timedelta(**{f"{ago[2]}s": number})


def _timestamp(text: str) -> datetime:
    match = re.fullmatch(_TIMESTAMP, text, re.ASCII)
    if match is None:
        raise ValueError(text)
    return datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3] or 'Z'}").astimezone(UTC)


# -- refusals -------------------------------------------------------------------------------------


def _refuse(text: str, names: NameBook, negotiation: str) -> NoReturn:
    """Refuse a text that means no days: say what it looks like, and what is near."""
    if re.fullmatch(_MOMENT, key(text), re.ASCII):
        raise Rejected(f"{text!r} is a moment, not a day", _CURE)
    if re.fullmatch(_TIME, text, re.ASCII):
        raise Rejected(f"{text!r} names no day", _CURE)
    _refuse_other_orders(text)
    sessions = names.registered("session", negotiation=negotiation)
    close = near(text, (*_WORDS, *(s.name for s in sessions), *(s.title for s in sessions)))
    raise Rejected(
        f"{text!r} is not a date, a period or a session",
        f"did you mean {', '.join(close)}? Otherwise {_CURE}" if close else _CURE,
    )


def _refuse_other_orders(text: str) -> None:
    """Refuse a day that is written in another order or without its zeros: say how to write it."""
    days = sorted(_readings(text))
    if days:
        fault = "is ambiguous" if len(days) > 1 else "is not how a date is written here"
        raise Rejected(f"{text!r} {fault}", f"write {' or '.join(days)}")


def _readings(text: str) -> set[str]:
    """Return the days of the calendar that such a text can mean."""
    parts: list[tuple[str, str, str]] = []
    if match := re.fullmatch(_YEAR_LAST, text, re.ASCII):
        parts = [(match[4], match[1], match[3]), (match[4], match[3], match[1])]
    elif match := re.fullmatch(_YEAR_FIRST, text, re.ASCII):
        parts = [(match[1], match[3], match[4])]
    days = set()
    for year, month, day in parts:
        with suppress(ValueError):
            days.add(date(int(year), int(month), int(day)).isoformat())
    return days
