"""From an entry to numbers: the typed columns by which the index finds and orders entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from negotrack.domain import stances, votes
from negotrack.domain.dates import span
from negotrack.domain.entry_types import (
    DECISION_TAKEN,
    MEMBERSHIPS,
    STANCE_TAKEN,
    SUBJECTS,
    TEXTS,
    VOTE_CAST,
    type_of,
)
from negotrack.facts.rows import OFFICIAL, subject
from negotrack.index.schema import (
    ELSEWHERE_CODE,
    EVER,
    MEMBERSHIP_CODE,
    OPTION_STEP,
    TEXT_CODE,
    day,
    day_after,
    moment,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

_TIE_DIGITS = 15  # 60 bits of the id: they order as the whole id does
_MINUTE = len("2023-09-01T12:00")
_MOST_REMEMBERED = 65_536
COLUMNS = (
    "row, seq, negotiation, type, first, last, at, ord, recorded, tie, session, by_, holder,"
    " target, names, cell, code, official, ahead, known_from, known_until"
)
INSERT = f"INSERT INTO entry ({COLUMNS}) VALUES ({','.join('?' * (COLUMNS.count(',') + 1))})"


_CODES = dict.fromkeys(TEXTS, TEXT_CODE) | dict.fromkeys(MEMBERSHIPS, MEMBERSHIP_CODE)


def _names_another(type_: str, fields: dict[str, Any]) -> bool:
    """Whether what is about a text is about more of it than its target."""
    is_of_a_draft = type_ == DECISION_TAKEN and fields.get("document") is not None
    return is_of_a_draft or bool(fields.get("provision") or fields.get("formerly"))


_READ_WHOLE = SUBJECTS.keys() | _CODES.keys()


class Lean(msgspec.Struct, gc=False):
    """What the index looks at in most lines; the rest of them is skipped unread."""

    id: str
    type: str
    negotiation: str
    on: str
    recorded_at: str
    at: str | None = None
    order: int = 0
    session: str | None = None
    by: str | None = None
    for_: str | None = msgspec.field(name="for", default=None)
    target: str | None = None
    confidence: str = "reported"
    stance: str = "none"
    option: str | None = None
    vote: str = ""
    entry: str | None = None


lean = msgspec.json.Decoder(Lean).decode
_whole = msgspec.json.Decoder(dict[str, Any]).decode


class Remembered(dict[Any, Any]):
    """A cache of the results of a function by its argument; emptied when it is full."""

    def __init__(self, function: Callable[[Any], Any]) -> None:
        """Begin with no results."""
        super().__init__()
        self._function = function

    def __missing__(self, value: Any) -> Any:
        """Call the function, and keep its result."""
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        result = self[value] = self._function(value)
        return result


def _days(on: str) -> tuple[int, int]:
    """Return the first and the last day of a date, as numbers."""
    when = span(on)
    return day(when.first), day(when.last)


def _minutes(at: str | None) -> int:
    """Return a time of day as a number; 0, before all others, where it is not known."""
    return 0 if at is None else 1 + int(at[:2]) * 60 + int(at[3:])


def _minute(minute: str) -> tuple[int, int]:
    """Return a minute of recording as a moment, and the latest day of a deed recorded then."""
    whole_day = moment(f"{minute[:10]}T00:00:00.000000Z")
    return moment(f"{minute}:00.000000Z"), day_after(whole_day)


class Numbers(dict[Any, int]):
    """The numbers of words or cells: looked up where they are known, else made and kept."""

    def __init__(self, db: sqlite3.Connection, find: str, make: str) -> None:
        """Find numbers with one query, make them with another; both take a tuple."""
        super().__init__()
        self._db, self._find, self._make = db, find, make

    def __missing__(self, key: Any) -> int:
        """Look a number up, or make it."""
        values = key if isinstance(key, tuple) else (key,)
        row = self._db.execute(self._find, values).fetchone()
        number = row[0] if row else self._db.execute(self._make, values).lastrowid
        assert number is not None
        self[key] = number
        return number


class Numbering:
    """Turns entries into rows of numbers, within the transaction that is open."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Number words and cells as the index has them."""
        self.words = Numbers(
            db, "SELECT n FROM word WHERE word = ?", "INSERT INTO word (word) VALUES (?)"
        )
        self.words[None] = None  # type: ignore[assignment]
        where = "negotiation = ? AND holder = ? AND target = ?"
        self.cells = Numbers(
            db,
            f"SELECT n FROM cell WHERE {where}",
            "INSERT INTO cell (negotiation, holder, target) VALUES (?, ?, ?)",
        )
        self._types = Remembered(lambda tag: (type_of(tag), self.words[type_of(tag)]))
        self._days, self._minutes = Remembered(_days), Remembered(_minutes)
        self._stamps = Remembered(_minute)

    def columns(self, row: int, seq: int, line: bytes | str, entry: Lean) -> tuple[int | None, ...]:
        """Return the values of :data:`COLUMNS` for a line and what it says, known since recorded.

        ``row`` and ``seq`` are those of the table; they differ for a later version of an entry.
        """
        words = self.words
        type_, kind = self._types[entry.type]
        first, last = self._days[entry.on]
        stamp = entry.recorded_at
        minute, latest = self._stamps[stamp[:_MINUTE]]
        recorded = minute + int(stamp[17:19] + stamp[20:26])
        negotiation, target = words[entry.negotiation], words[entry.target]
        by = words[entry.by]
        holder = by if entry.for_ is None else words[entry.for_]
        cell = code = names = None
        if type_ == STANCE_TAKEN:
            cell = self.cells[negotiation, holder, target]
            code = stances.CODES[entry.stance]
            if entry.option is not None:
                code += words[entry.option] * OPTION_STEP
        elif type_ == VOTE_CAST:
            code = votes.CODES[entry.vote]
        elif type_ in _READ_WHOLE:
            fields = _whole(line)
            names, code = words[subject(type_, fields)], _CODES.get(type_)
            if code == TEXT_CODE and _names_another(type_, fields):
                code = ELSEWHERE_CODE
        return (
            row, seq, negotiation, kind, first, last, self._minutes[entry.at], entry.order,
            recorded, int(entry.id[:_TIE_DIGITS], 16), words[entry.session], by, holder, target,
            names, cell, code, entry.confidence == OFFICIAL, last > latest,
            recorded, EVER,
        )  # fmt: skip
