"""Rolls: who answered what on each thing, as sets of bits, for counting and comparing by thousands.

Only numbers are read, and no words: five years of an assembly are a hundred thousand votes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.index.schema import GRADES, OPTION_STEP, VOTES, VOTING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_ORDER = "last, at, ord, official, recorded, tie"
_LATEST = "last, at, ord, recorded, tie"
_TAKEN_BACK = 0


class Roll(NamedTuple):
    """The answers on one thing: for each answer the delegations that gave it, as bits.

    ``answers`` has the words of votes (``yes``) or of stances (``support``); bit ``n`` stands for
    the delegation ``holders[n]`` of the :class:`Rolls`. Each delegation is in one answer at most:
    its last. ``first`` and ``last`` are the days (``YYYY-MM-DD``) of the first and the last answer.
    """

    target: str
    option: str | None
    is_vote: bool
    first: str
    last: str
    answers: dict[str, int]


class Rolls(NamedTuple):
    """Rolls by target and option, votes before stances; and the delegations of the bits."""

    holders: tuple[str, ...]
    rolls: tuple[Roll, ...]


class Asked(NamedTuple):
    """Which rolls: of votes, of stances; and of several accounts the ``latest``, or an official."""

    votes: bool = True
    stances: bool = True
    latest: bool = False


class _Told:
    """Rolls while they are read: delegations get their bits as they come."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._bits: dict[int, int] = {}

    def bit(self, holder: int) -> int:
        """Return the bit of a delegation."""
        found = self._bits.get(holder)
        if found is None:
            found = self._bits[holder] = 1 << len(self._bits)
        return found

    def words(self, numbers: set[int]) -> dict[int, str]:
        """Return the words of numbers."""
        wanted = ",".join(map(str, numbers))
        return dict(self._db.execute(f"SELECT n, word FROM word WHERE n IN ({wanted})"))

    def holders(self) -> tuple[str, ...]:
        """Return the delegations in the order of their bits."""
        words = self.words(set(self._bits))
        return tuple(words[number] for number in self._bits)


def rolls(
    db: sqlite3.Connection,
    where: str,
    values: dict[str, Any],
    asked: Asked,
) -> Rolls:
    """Return the rolls of the entries for which a condition holds."""
    told, order = _Told(db), _LATEST if asked.latest else _ORDER
    found: list[Roll] = []
    if asked.votes:
        found += _votes(told, db.execute(_query(VOTING, where, order), values))
    if asked.stances:
        found += _stances(told, db.execute(_query("cell IS NOT NULL", where, order), values))
    ordered = sorted(found, key=lambda roll: (not roll.is_vote, roll.target, roll.option or ""))
    return Rolls(told.holders(), tuple(ordered))


def _query(kind: str, where: str, order: str) -> str:
    # Votes are read from their index alone, which has no cells.
    cell = "" if kind == VOTING else ", cell"
    return (
        f"SELECT target, holder, code, last{cell} FROM entry WHERE {kind} AND {where}"
        f" ORDER BY {order}"
    )


def _votes(told: _Told, rows: sqlite3.Cursor) -> Iterator[Roll]:
    masks: dict[int, list[int]] = {}
    days: dict[int, tuple[int, int]] = {}
    bit, everybody = told.bit, len(VOTES)
    for target, holder, code, last in rows:
        mask = masks.get(target)
        if mask is None:
            mask = masks[target] = [0] * (everybody + 1)
            days[target] = last, last
        own = bit(holder)
        if mask[everybody] & own:  # another account, or another vote on the same thing
            mask[:everybody] = [others & ~own for others in mask[:everybody]]
        mask[code] |= own
        mask[everybody] |= own
        if days[target][1] != last:
            days[target] = days[target][0], last
    words = told.words(set(masks))
    for target, mask in masks.items():
        answers = {VOTES[i]: bits for i, bits in enumerate(mask[:everybody]) if bits}
        first, last = map(_dashed, days[target])
        yield Roll(words[target], None, True, first, last, answers)  # noqa: FBT003


def _stances(told: _Told, rows: sqlite3.Cursor) -> Iterator[Roll]:
    acts = {cell: (target, holder, code, last) for target, holder, code, last, cell in rows}
    found: dict[tuple[int, int], dict[str, int]] = {}
    days: dict[tuple[int, int], list[int]] = {}
    for target, holder, code, last in acts.values():
        option, grade = divmod(code, OPTION_STEP)
        if grade == _TAKEN_BACK:
            continue
        answers = found.setdefault((target, option), {})
        answers[GRADES[grade]] = answers.get(GRADES[grade], 0) | told.bit(holder)
        days.setdefault((target, option), []).append(last)
    words = told.words({number for key in found for number in key})
    for (target, option), answers in found.items():
        on = days[target, option]
        first, last = _dashed(min(on)), _dashed(max(on))
        yield Roll(words[target], words.get(option), False, first, last, answers)  # noqa: FBT003


def _dashed(number: int) -> str:
    return f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}"
