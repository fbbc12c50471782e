"""Who agrees with whom: agreement between delegations, from what they said and how they voted.

Votes and stances are compared like with like, on a scale of three answers: for (yes, support,
accept), between (abstain, reserve) and against (no, oppose, block). An abstention is half a
disagreement, as in the literature on the General Assembly: the agreement of two delegations is the
mean, over what both answered, of one less the distance of their answers. Cohen's kappa with linear
weights corrects that agreement for what chance alone would give, were each to answer as often as it
does but on anything.

Only own words and votes count. Members stand where their group does by definition, so their
agreement through it would say nothing.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.stances import STANCES
from negotrack.domain.votes import VOTES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from negotrack.facts.rolls import Roll, Rolls

_SIDES = [(vote.name, vote.side) for vote in VOTES] + [(s.name, s.side) for s in STANCES]
_FOR, _BETWEEN, _AGAINST = (
    tuple(answer for answer, side in _SIDES if side == one) for one in ("for", "between", "against")
)

Item = tuple[int, int, int]
"""Who is for something, between, and against it, as bits."""


class AnswerRecord(NamedTuple):
    """What one delegation answered: the items that it is for, between and against, as bits."""

    delegation: str
    yes: int
    between: int
    no: int

    @property
    def answered(self) -> int:
        """All items that it answered on."""
        return self.yes | self.between | self.no


class Agreement(NamedTuple):
    """How far two delegations agree, from 0 to 1, over ``shared`` items that both answered.

    ``kappa`` is None where both give one and the same answer throughout, so that chance would give
    as much.
    """

    one: str
    other: str
    agreement: float
    kappa: float | None
    shared: int


class Loyalty(NamedTuple):
    """How far a member of a group agrees with what most of the others answered.

    ``loyalty`` is from 0 to 1, over the ``shared`` items that it and the majority answered.
    """

    member: str
    loyalty: float
    shared: int


def items(rolls: Rolls) -> list[Item]:
    """Return an item for each roll, as bits of the delegations.

    An issue with options is an item for each option that somebody spoke on: to be for one of them
    is to be against the others, unless one answered on those too.
    """
    answered: list[Item] = []
    by_target: dict[str, list[Item]] = {}
    for roll in rolls.rolls:
        if roll.option is None:
            answered.append(_item(roll))
        else:
            by_target.setdefault(roll.target, []).append(_item(roll))
    for options in by_target.values():
        for_any = _union(option[0] for option in options)
        for yes, between, no in options:
            elsewhere = for_any & ~(yes | between | no)
            answered.append((yes, between, no | elsewhere))
    return answered


def _item(roll: Roll) -> Item:
    return _of(roll, _FOR), _of(roll, _BETWEEN), _of(roll, _AGAINST)


def _of(roll: Roll, answers: Iterable[str]) -> int:
    return _union(roll.answers.get(answer, 0) for answer in answers)


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union


def answer_records(rolls: Rolls) -> list[AnswerRecord]:
    """Return what each delegation answered, in the order of ``rolls.holders``."""
    answered = items(rolls)
    width = len(rolls.holders)
    columns = [_turned([item[place] for item in answered], width) for place in range(3)]
    return [AnswerRecord(*of_one) for of_one in zip(rolls.holders, *columns, strict=True)]


def _turned(masks: list[int], width: int) -> list[int]:
    """Turn bits of delegations by item into bits of items by delegation."""
    if not masks:
        return [0] * width
    lines = (format(mask, f"0{width}b") for mask in masks)
    return [int("".join(column), 2) for column in zip(*lines, strict=True)][::-1]


def agreement(one: AnswerRecord, other: AnswerRecord) -> Agreement | None:
    """Return how far two delegations agree; None where they answered on nothing in common."""
    both = one.answered & other.answered
    shared = both.bit_count()
    if not shared:
        return None
    same = one.yes & other.yes | one.between & other.between | one.no & other.no
    opposite = one.yes & other.no | one.no & other.yes
    observed = (shared + same.bit_count() - opposite.bit_count()) / (2 * shared)
    return Agreement(
        one.delegation, other.delegation, observed, _kappa(one, other, both, observed), shared
    )


def _kappa(one: AnswerRecord, other: AnswerRecord, both: int, observed: float) -> float | None:
    """Return Cohen's kappa with linear weights, over the items that both answered."""
    shared = both.bit_count()
    yes, no = (one.yes & both).bit_count(), (one.no & both).bit_count()
    their_yes, their_no = (other.yes & both).bit_count(), (other.no & both).bit_count()
    between, their_between = shared - yes - no, shared - their_yes - their_no
    same = yes * their_yes + between * their_between + no * their_no
    opposite = yes * their_no + no * their_yes
    squared = shared * shared
    # In whole numbers: chance agrees throughout exactly where both always answer alike.
    if squared + same - opposite == 2 * squared:
        return None
    by_chance = (squared + same - opposite) / (2 * squared)
    return (observed - by_chance) / (1 - by_chance)


def agreements(records: Iterable[AnswerRecord], fewest: int = 1) -> list[Agreement]:
    """Return the agreement of every pair that shares at least so many items, closest first."""
    pairs = (agreement(one, other) for one, other in combinations(records, 2))
    return sorted(
        (pair for pair in pairs if pair is not None and pair.shared >= fewest),
        key=lambda pair: (-pair.agreement, -pair.shared, pair.one, pair.other),
    )


def partners(records: Iterable[AnswerRecord], of: str, fewest: int = 1) -> list[Agreement]:
    """Return how far one delegation agrees with each other one, closest first."""
    records = list(records)
    pairs = [
        agreement(one, other)
        for one in records
        if one.delegation == of
        for other in records
        if other.delegation != of
    ]
    return sorted(
        (pair for pair in pairs if pair is not None and pair.shared >= fewest),
        key=lambda pair: (-pair.agreement, -pair.shared, pair.other),
    )


def cohesion(pairs: Collection[Agreement]) -> float | None:
    """Return the mean agreement of pairs, each counted as often as it shares items; None for none.

    So a pair that met once does not weigh as much as one that met a hundred times.
    """
    shared = sum(pair.shared for pair in pairs)
    return sum(pair.agreement * pair.shared for pair in pairs) / shared if shared else None


def loyalties(records: Collection[AnswerRecord], fewest: int = 1) -> list[Loyalty]:
    """Return how far each of some delegations agrees with what most of the others answered.

    Items on which the others have no single commonest answer are left out.
    """
    loyal = (_loyalty(one, [other for other in records if other is not one]) for one in records)
    kept = (one for one in loyal if one is not None and one.shared >= fewest)
    return sorted(kept, key=lambda one: (-one.loyalty, -one.shared, one.member))


def _loyalty(one: AnswerRecord, others: list[AnswerRecord]) -> Loyalty | None:
    line = AnswerRecord("", *_majority(others))
    pair = agreement(one, line)
    return None if pair is None else Loyalty(one.delegation, pair.agreement, pair.shared)


def _majority(records: list[AnswerRecord]) -> Iterator[int]:
    """Yield three masks: the items on which most are for, then between, then against."""
    length = max((record.answered.bit_length() for record in records), default=0)
    answers = [(record.yes, record.between, record.no) for record in records]
    counts = [
        [sum(masks[place] >> item & 1 for masks in answers) for item in range(length)]
        for place in range(3)
    ]
    for place in range(3):
        rest = [counts[other] for other in range(3) if other != place]
        yield sum(
            1 << item
            for item in range(length)
            if counts[place][item] > max(rest[0][item], rest[1][item])
        )
