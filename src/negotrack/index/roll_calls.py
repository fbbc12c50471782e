"""Reading rolls from the index: who answered what on each thing, as sets of bits.

Only numbers are read, and no words: five years of an assembly are a hundred thousand votes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.domain import stances, votes
from negotrack.facts.rolls import Roll, RollQuery, Rolls
from negotrack.index.schema import OPTION_STEP, VOTING, dashed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_ORDER = "last, at, ord, official, recorded, tie"
_LATEST = "last, at, ord, recorded, tie"


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
        listed = ",".join(map(str, numbers))
        return dict(self.db.execute(f"SELECT n, word FROM word WHERE n IN ({listed})"))

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
    reader, order = _RollReader(db), _LATEST if asked.latest else _ORDER
    unordered: list[Roll] = []
    if asked.votes:
        unordered += _votes(reader, where, values, order)
    if asked.stances:
        query = "SELECT target, holder, code, last, cell FROM entry WHERE cell IS NOT NULL"
        unordered += _stances(reader, db.execute(f"{query} AND {where} ORDER BY {order}", values))
    ordered = sorted(unordered, key=lambda roll: (not roll.is_vote, roll.target, roll.option or ""))
    return Rolls(reader.holders(), tuple(ordered))


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


def _votes(reader: _RollReader, where: str, values: dict[str, Any], order: str) -> Iterator[Roll]:
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
    bit = reader.bits.__getitem__
    for target, code, first, last, holders in reader.db.execute(gathered, values):
        # A delegation is there twice if it gave the same answer twice, and counts once.
        voters = sum(map(bit, map(int, dict.fromkeys(holders.split(",")))))
        counts.setdefault(target, _VoteCount()).add(code, voters, first, last)
    doubled = {target for target, count in counts.items() if count.is_doubled}
    if doubled:
        _recount(reader, counts, doubled, f"{VOTING} AND {where} ORDER BY {order}", values)
    words = reader.words(set(counts))
    for target, count in counts.items():
        answers = {votes.NAMES[code]: voters for code, voters in count.answers.items() if voters}
        days = dashed(count.first), dashed(count.last)
        yield Roll(words[target], None, True, *days, answers)  # noqa: FBT003


def _recount(
    reader: _RollReader,
    counts: dict[int, _VoteCount],
    doubled: set[int],
    where: str,
    values: dict[str, Any],
) -> None:
    """Count the votes on some targets again: of each delegation the last in order."""
    last: dict[int, dict[int, int]] = {target: {} for target in doubled}
    # All votes are gone through, in the order of their index, which is quicker than looking up
    # those of many targets.
    for target, holder, code in reader.db.execute(
        f"SELECT target, holder, code FROM entry WHERE {where}", values
    ):
        if target in last:
            last[target][holder] = code
    for target, cast in last.items():
        answers = dict.fromkeys(sorted(set(cast.values())), 0)
        for holder, code in cast.items():
            answers[code] |= reader.bits[holder]
        counts[target].answers = answers


def _stances(reader: _RollReader, rows: sqlite3.Cursor) -> Iterator[Roll]:
    acts = {cell: (target, holder, code, last) for target, holder, code, last, cell in rows}
    answers_of: dict[tuple[int, int], dict[str, int]] = {}
    days: dict[tuple[int, int], list[int]] = {}
    for target, holder, code, last in acts.values():
        option, grade = divmod(code, OPTION_STEP)
        if grade == stances.TAKEN_BACK_CODE:
            continue
        answers = answers_of.setdefault((target, option), {})
        answers[stances.NAMES[grade]] = answers.get(stances.NAMES[grade], 0) | reader.bits[holder]
        days.setdefault((target, option), []).append(last)
    words = reader.words({number for key in answers_of for number in key})
    for (target, option), answers in answers_of.items():
        on = days[target, option]
        first, last = dashed(min(on)), dashed(max(on))
        yield Roll(words[target], words.get(option), False, first, last, answers)  # noqa: FBT003
