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


class RollQuery(NamedTuple):
    """Which rolls: of votes, of stances; and of several accounts the ``latest``, or an official."""

    votes: bool = True
    stances: bool = True
    latest: bool = False


class _Bits(dict[int, int]):
    """The bits of delegations by their numbers: each gets the next one when it first comes."""

    def __missing__(self, holder: int) -> int:
        self[holder] = bit = 1 << len(self)
        return bit


class _RollReader:
    """Rolls while they are read: delegations get their bits as they come."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.bits = _Bits()

    def words(self, numbers: set[int]) -> dict[int, str]:
        """Return the words of numbers."""
        wanted = ",".join(map(str, numbers))
        return dict(self.db.execute(f"SELECT n, word FROM word WHERE n IN ({wanted})"))

    def holders(self) -> tuple[str, ...]:
        """Return the delegations in the order of their bits."""
        words = self.words(set(self.bits))
        return tuple(words[number] for number in self.bits)


def rolls(
    db: sqlite3.Connection,
    where: str,
    values: dict[str, Any],
    asked: RollQuery,
) -> Rolls:
    """Return the rolls of the entries for which a condition holds."""
    told, order = _RollReader(db), _LATEST if asked.latest else _ORDER
    found: list[Roll] = []
    if asked.votes:
        found += _votes(told, where, values, order)
    if asked.stances:
        query = "SELECT target, holder, code, last, cell FROM entry WHERE cell IS NOT NULL"
        found += _stances(told, db.execute(f"{query} AND {where} ORDER BY {order}", values))
    ordered = sorted(found, key=lambda roll: (not roll.is_vote, roll.target, roll.option or ""))
    return Rolls(told.holders(), tuple(ordered))


class _VoteCount:
    """The votes on one target while they are counted: for each answer who gave it, as bits."""

    def __init__(self) -> None:
        self.answers: dict[int, int] = {}
        self.first = self.last = 0

    def add(self, code: int, voters: int, first: int, last: int) -> None:
        """Add the delegations that gave an answer between two days."""
        self.answers[code] = voters
        self.first = min(self.first or first, first)
        self.last = max(self.last, last)

    @property
    def is_doubled(self) -> bool:
        """Whether somebody gave two answers, so that it matters which came last."""
        everybody = 0
        for voters in self.answers.values():
            if everybody & voters:
                return True
            everybody |= voters
        return False


def _votes(told: _RollReader, where: str, values: dict[str, Any], order: str) -> Iterator[Roll]:
    """Yield the rolls of votes.

    Nearly all vote once on a thing, and then their order does not matter: the database gathers who
    gave which answer, and of a hundred votes comes one row. Where a delegation gave two answers on
    a target, by another account or another vote, the votes on that are gone through in order.
    """
    counts: dict[int, _VoteCount] = {}
    gathered = (
        f"SELECT target, code, min(last), max(last), group_concat(holder) FROM entry"
        f" WHERE {VOTING} AND {where} GROUP BY target, code"
    )
    bit = told.bits.__getitem__
    for target, code, first, last, holders in told.db.execute(gathered, values):
        # A delegation is there twice if it gave the same answer twice, and counts once.
        voters = sum(map(bit, map(int, dict.fromkeys(holders.split(",")))))
        counts.setdefault(target, _VoteCount()).add(code, voters, first, last)
    doubled = {target for target, count in counts.items() if count.is_doubled}
    if doubled:
        _recount(told, counts, doubled, f"{VOTING} AND {where} ORDER BY {order}", values)
    words = told.words(set(counts))
    for target, count in counts.items():
        answers = {VOTES[code]: voters for code, voters in count.answers.items() if voters}
        days = _dashed(count.first), _dashed(count.last)
        yield Roll(words[target], None, True, *days, answers)  # noqa: FBT003


def _recount(
    told: _RollReader,
    counts: dict[int, _VoteCount],
    doubled: set[int],
    where: str,
    values: dict[str, Any],
) -> None:
    """Count the votes on some targets again: of each delegation the last in order."""
    last: dict[int, dict[int, int]] = {target: {} for target in doubled}
    # All votes are gone through, in the order of their index, which is quicker than looking up
    # those of many targets.
    for target, holder, code in told.db.execute(
        f"SELECT target, holder, code FROM entry WHERE {where}", values
    ):
        if target in last:
            last[target][holder] = code
    for target, cast in last.items():
        answers = dict.fromkeys(sorted(set(cast.values())), 0)
        for holder, code in cast.items():
            answers[code] |= told.bits[holder]
        counts[target].answers = answers


def _stances(told: _RollReader, rows: sqlite3.Cursor) -> Iterator[Roll]:
    acts = {cell: (target, holder, code, last) for target, holder, code, last, cell in rows}
    found: dict[tuple[int, int], dict[str, int]] = {}
    days: dict[tuple[int, int], list[int]] = {}
    for target, holder, code, last in acts.values():
        option, grade = divmod(code, OPTION_STEP)
        if grade == _TAKEN_BACK:
            continue
        answers = found.setdefault((target, option), {})
        answers[GRADES[grade]] = answers.get(GRADES[grade], 0) | told.bits[holder]
        days.setdefault((target, option), []).append(last)
    words = told.words({number for key in found for number in key})
    for (target, option), answers in found.items():
        on = days[target, option]
        first, last = _dashed(min(on)), _dashed(max(on))
        yield Roll(words[target], words.get(option), False, first, last, answers)  # noqa: FBT003


def _dashed(number: int) -> str:
    return f"{number // 10_000:04}-{number // 100 % 100:02}-{number % 100:02}"
