"""From an entry to numbers: the typed columns by which the index finds and orders entries."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from negotrack.domain.dates import span
from negotrack.index.rows import MEMBERSHIPS, OFFICIAL, STANCE, TEXTS, VOTE, subject
from negotrack.index.schema import (
    ELSEWHERE_CODE,
    EVER,
    GRADES,
    MEMBERSHIP_CODE,
    OPTION_STEP,
    TEXT_CODE,
    VOTES,
    day,
    day_after,
    moment,
)

if TYPE_CHECKING:
    import sqlite3

_TIE_DIGITS = 15  # 60 bits of the id: they order as the whole id does
COLUMNS = (
    "row, seq, negotiation, type, first, last, at, ord, recorded, tie, session, by_, holder,"
    " target, names, cell, code, official, ahead, known_from, known_until"
)
INSERT = f"INSERT INTO entry ({COLUMNS}) VALUES ({','.join('?' * (COLUMNS.count(',') + 1))})"


_CODES = dict.fromkeys(TEXTS, TEXT_CODE) | dict.fromkeys(MEMBERSHIPS, MEMBERSHIP_CODE)


class Lean(msgspec.Struct):
    """What the index looks at in a line; the rest of it is skipped unread."""

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
    stance: str | None = None
    option: str | None = None
    entry: str | None = None
    delegation: str | None = None
    group: str | None = None
    document: str | None = None
    issue: str | None = None
    provision: str | None = None
    formerly: str | None = None
    proposal: str | None = None
    amendment: str | None = None
    motion: str | None = None
    rule: str | None = None
    vote: str | None = None

    def get(self, name: str) -> str | None:
        """Return a field by its name."""
        found: str | None = getattr(self, name)
        return found


lean = msgspec.json.Decoder(Lean).decode


@lru_cache(maxsize=65_536)
def days(on: str) -> tuple[int, int]:
    """Return the first and the last day of a date, as numbers."""
    when = span(on)
    return day(when.first), day(when.last)


@lru_cache(maxsize=4096)
def minutes(at: str | None) -> int:
    """Return a time of day as a number; 0, before all others, where it is not known."""
    return 0 if at is None else 1 + int(at[:2]) * 60 + int(at[3:])


@lru_cache(maxsize=4096)
def latest(recorded_on: str) -> int:
    """Return the latest day of a deed that is recorded on a day."""
    return day_after(moment(f"{recorded_on}T00:00:00.000000Z"))


@lru_cache(maxsize=256)
def type_name(tag: str) -> str:
    """Return a type without its version."""
    return tag.partition("/")[0]


class Numbers(dict[Any, int]):
    """The numbers of words or cells: looked up where they are known, else made and kept."""

    def __init__(self, db: sqlite3.Connection, find: str, make: str) -> None:
        """Find numbers with one query, make them with another; both take a tuple."""
        super().__init__()
        self._db, self._find, self._make = db, find, make

    def __missing__(self, key: Any) -> int:
        """Look a number up, or make it."""
        values = key if isinstance(key, tuple) else (key,)
        found = self._db.execute(self._find, values).fetchone()
        number = found[0] if found else self._db.execute(self._make, values).lastrowid
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

    def columns(
        self, row: int, seq: int, said: Lean, known_from: int | None = None, known_until: int = EVER
    ) -> tuple[int | None, ...]:
        """Return the values of :data:`COLUMNS` for what an entry says."""
        words = self.words
        type_ = type_name(said.type)
        first, last = days(said.on)
        recorded = moment(said.recorded_at)
        negotiation, target = words[said.negotiation], words[said.target]
        by = words[said.by]
        holder = by if said.for_ is None else words[said.for_]
        cell = code = names = None
        if type_ == STANCE:
            cell = self.cells[negotiation, holder, target]
            option = words[said.option] or 0
            code = option * OPTION_STEP + GRADES.index(said.stance or "none")
        elif type_ == VOTE:
            code = VOTES.index(said.vote or "")
        else:
            names = words[subject(type_, said)]  # type: ignore[arg-type]
            code = _CODES.get(type_)
            if code == TEXT_CODE and (said.provision or said.formerly):
                code = ELSEWHERE_CODE
        return (
            row, seq, negotiation, words[type_], first, last, minutes(said.at), said.order,
            recorded, int(said.id[:_TIE_DIGITS], 16), words[said.session], by, holder, target,
            names, cell, code, said.confidence == OFFICIAL,
            last > latest(said.recorded_at[:10]),
            recorded if known_from is None else known_from, known_until,
        )  # fmt: skip
