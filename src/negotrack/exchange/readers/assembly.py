"""Roll calls of the General Assembly and the votes in them, in the tables of ``unvotes``.

The tables are those of Voeten's voting data as the R package ``unvotes`` has them: one of roll
calls, one of votes. A roll call becomes a motion ``rc-9087``, for neither its number of a
resolution nor its title names it alone, and its session ``ga-74``.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.canonical import typed
from negotrack.domain.dates import span
from negotrack.domain.entries import (
    DelegationRegistered,
    Entry,
    MotionPut,
    SessionScheduled,
    VoteCast,
)
from negotrack.domain.states import seat
from negotrack.domain.votes import GRADES_OF_VOTES
from negotrack.errors import Cure, Rejected
from negotrack.exchange.readers.drafts import day, each, no_such, one_line, whole
from negotrack.exchange.readers.figures import is_number
from negotrack.exchange.readers.tables import Columns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from negotrack.domain.states import State
    from negotrack.exchange.readers.drafts import Item

    _Rows = Iterable[tuple[int, dict[str, str]]]

ROLL_CALLS = Columns(
    ("rcid", "session", "date"), ("importantvote", "unres", "amend", "para", "short", "descr")
)
VOTES_CAST = Columns(("rcid", "country", "vote"), ("country_code",))

_SEAT = ("New York", "America/New_York")
_ELSEWHERE = {
    1: ("London and New York", "America/New_York"),
    3: ("Paris and New York", "America/New_York"),
    6: ("Paris", "Europe/Paris"),
}
"""Where the Assembly sat, where that was not, or not only, the seat of the United Nations."""

LAST_WITHOUT_DAYS = 57
MOST_OF_NO_DAY = 7
"""Up to this session a date that ends in 1 to 7 has no day: see :func:`_on`."""

_NOTE = "Its days are those of its first and last roll call; the table of them names no place."
_TEEN = range(11, 14)
_YES = "1"


class Call(NamedTuple):
    """A roll call of the record: the motion, its date and the first day of it, its session."""

    motion: str
    on: str
    first: str
    session: str | None


class _Sitting(NamedTuple):
    """A session: the line that it was first met in, and the dates of its first and last call."""

    line: int
    first: str
    last: str

    def with_call(self, on: str) -> _Sitting:
        """Return the session with one more roll call; a month is longer than a day in it."""
        first = min(self.first, on, key=lambda date: (span(date).first, len(date)))
        last = max(self.last, on, key=lambda date: (span(date).last, -len(date)))
        return _Sitting(self.line, first, last)


def motion_of(rcid: str) -> str:
    """Return the slug of the motion that a roll call voted on."""
    if not is_number(rcid):
        raise Rejected(f"rcid is {rcid[:20]!r}, not a number")
    return f"rc-{rcid}"


# -- roll calls -------------------------------------------------------------------------------


def roll_calls(rows: _Rows, negotiation: str, scheduled: Collection[str]) -> Iterator[Item]:
    """Yield a motion for each roll call, and then the sessions that are not scheduled yet.

    Their days are known when all was read: a pipe is read once, and sessions overlap.
    """
    sittings: dict[int, _Sitting] = {}

    def drafts(numbered: tuple[int, dict[str, str]]) -> tuple[Entry]:
        line, row = numbered
        motion = _motion(whole(row), negotiation)
        _sat(sittings, int(row["session"]), line, motion.on)
        return (motion,)

    yield from each(((line, (line, row)) for line, row in rows), drafts)
    for number, sat in sorted(sittings.items()):
        if _slug(number) not in scheduled:
            yield sat.line, partial(_session, number, sat, negotiation)


def _sat(sittings: dict[int, _Sitting], number: int, line: int, on: str) -> None:
    before = sittings.get(number)
    sittings[number] = _Sitting(line, on, on) if before is None else before.with_call(on)


def _motion(row: dict[str, str], negotiation: str) -> MotionPut:
    motion = motion_of(row["rcid"])
    date = day(row["date"], "date")
    if not is_number(row["session"]):
        raise Rejected(f"session is {row['session'][:20]!r}, not a number")
    subject = row.get("short") or row.get("descr") or f"Roll call {row['rcid']}"
    title = f"Amendment: {subject}" if row.get("amend") == _YES else subject
    entry = MotionPut(
        negotiation=negotiation,
        on=_on(date, int(row["session"])),
        session=_slug(int(row["session"])),
        motion=motion,
        title=one_line(title),
        question="part" if row.get("para") == _YES else "adoption",
        symbol=row.get("unres") or None,
        note=_note(row, subject),
    )
    typed(entry)
    return entry


def _on(date: str, session: int) -> str:
    """Return when a roll call was held, no more exactly than the table knows.

    Up to the session of 1996 no date of the table lies after the 7th of its month, nor do most up
    to the 57th session, and where the day is known from elsewhere it is another one: of resolution
    3379 (XXX) the table has 1975-11-01, and it was adopted on 10 November. The months fit.
    """
    is_dayless = session <= LAST_WITHOUT_DAYS and int(date[-2:]) <= MOST_OF_NO_DAY
    return date[:-3] if is_dayless else date


def _note(row: dict[str, str], subject: str) -> str | None:
    """Return what a roll call has beside its title: the whole description, and its mark."""
    whole_text = row.get("descr") or row.get("short") or ""
    more = "" if " ".join(whole_text.split()) == one_line(subject) else whole_text.strip()
    marked = "Marked as an important vote." if row.get("importantvote") == _YES else ""
    return "\n".join(filter(None, (more, marked))) or None


def _slug(session: int) -> str:
    return f"ga-{session}"


def _session(number: int, sat: _Sitting, negotiation: str) -> SessionScheduled:
    city, zone = _ELSEWHERE.get(number, _SEAT)
    return SessionScheduled(
        negotiation=negotiation,
        on=sat.first,
        session=_slug(number),
        title=f"{_ordinal(number)} session of the General Assembly",
        city=city,
        zone=zone,
        days=sat.first if sat.first == sat.last else f"{sat.first}/{sat.last}",
        number=number,
        note=_NOTE,
    )


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in _TEEN else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


# -- votes ------------------------------------------------------------------------------------


def votes(
    rows: _Rows, negotiation: str, calls: Mapping[str, Call], registered: Collection[str]
) -> Iterator[Item]:
    """Yield a vote for each row; before the first of a state that is not registered, the state."""
    return each(rows, _Ballots(negotiation, calls, registered).drafts)


class _Ballots:
    """The votes of a table while they are read: who has voted in which roll call, as bits."""

    def __init__(
        self, negotiation: str, calls: Mapping[str, Call], registered: Collection[str]
    ) -> None:
        self._negotiation = negotiation
        self._calls = calls
        self._registered = set(registered)
        self._bits: dict[str, int] = {}
        self._voted: dict[str, int] = {}

    def drafts(self, row: dict[str, str]) -> tuple[Entry, ...]:
        """Return what a row says."""
        call = self._calls.get(row.get("rcid", ""))
        if call is None:
            motion = motion_of(whole(row)["rcid"])
            raise Rejected(
                f"no roll call {motion} in the record",
                Cure.by("import-roll-calls", "import the roll calls first"),
            )
        vote = row["vote"]
        if vote not in GRADES_OF_VOTES:
            raise no_such("vote", vote, GRADES_OF_VOTES)
        state = _state(row, call.first)
        self._once(state, call)
        cast = VoteCast(
            negotiation=self._negotiation,
            on=call.on,
            session=call.session,
            by=state.code,
            target=call.motion,
            vote=vote,  # type: ignore[arg-type]
        )
        if state.code in self._registered:
            return (cast,)
        return self._registration(state, call), cast

    def _once(self, state: State, call: Call) -> None:
        bit = self._bits.get(state.code)
        if bit is None:
            bit = self._bits[state.code] = 1 << len(self._bits)
        voted = self._voted.get(call.motion, 0)
        if voted & bit:
            raise Rejected(
                f"{state.code} ({state.name}) votes twice in {call.motion}", "keep one of the rows"
            )
        self._voted[call.motion] = voted | bit

    def _registration(self, state: State, call: Call) -> DelegationRegistered:
        self._registered.add(state.code)
        return DelegationRegistered(
            negotiation=self._negotiation,
            on=call.on,
            delegation=state.code,
            kind="state",
            name=state.name,
        )


def _state(row: dict[str, str], on: str) -> State:
    """Return the state of a row: by its name, or by its code where there is no such name."""
    name, code = row["country"], row.get("country_code", "")
    by_name = seat(name, on) if name else None
    by_code = seat(code, on) if code else None
    if by_name is None and by_code is None:
        raise Rejected(f"no state {name or code!r} on {on}", "give its name or its ISO 3166 code")
    if by_name is not None and by_code is not None and by_name is not by_code:
        raise Rejected(
            f"{name} is {by_name.code} and {code} is {by_code.code}", "mend the one that is wrong"
        )
    return by_name or by_code  # type: ignore[return-value]
