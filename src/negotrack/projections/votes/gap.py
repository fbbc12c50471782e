"""Who said one thing and voted another: each vote, beside the stance declared before it.

A vote on a motion to adopt its target, or a part of it, is a vote on that target, and one on a
motion to delete it is the opposite. Motions to divide a question, or about procedure, say nothing
of their target. A stance counts if it was declared by the time of the vote, in own words or through
a group; votes are no words. A stance on an option of an issue does not say how to vote on the issue
and is passed over. Who was absent, or did not take part, did not vote another thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from negotrack.domain.entry_types import MEMBERSHIPS, STANCE_TAKEN, VOTE_CAST, VOTE_INTENDED
from negotrack.domain.stances import GRADES, sign
from negotrack.domain.votes import GRADES_OF_VOTES
from negotrack.facts.query import OFFICIAL_FIRST
from negotrack.projections.positions.accounts import chosen_last
from negotrack.projections.positions.positions import positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from negotrack.facts.query import Accounts, Resolution
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.positions import Position

_AS_ITS_TARGET = ("adoption", "part")
_AGAINST_ITS_TARGET = "deletion"

Width = Literal["none", "half", "contradiction"]
"""How far a vote lies from the words: ``none``, as declared; ``half``, where one of the two is in
between; ``contradiction``, the opposite."""

WIDTHS: tuple[Width, ...] = ("none", "half", "contradiction")

Moment = tuple[str, str, int]


class GapQuery(NamedTuple):
    """What a motion asks, such as ``adoption``, and of which target; None for procedure."""

    asks: str
    target: str | None


class Gap(NamedTuple):
    """A vote, and the stance on ``target`` that the delegation had declared before it.

    ``question`` is what the motion asked that was voted on; None where the target itself was.
    ``intended`` is how the delegation later said that it had meant to vote.
    """

    width: Width
    delegation: str
    target: str
    question: str | None
    declared: Position
    vote: Row
    intended: str | None


class _Matter(NamedTuple):
    """What a vote is about: a target, the question of a motion, and whether yes is against it."""

    target: str
    question: str | None
    is_reversed: bool


def gaps(
    rows: Iterable[Row],
    motions: Mapping[str, GapQuery],
    resolution: Resolution = OFFICIAL_FIRST,
) -> list[Gap]:
    """Return every vote in ordered rows of one who had declared a stance, in the order of votes.

    The rows are votes, the intentions of some, stances and memberships; ``motions`` are the
    questions that were put, by their names.
    """
    rows = list(rows)
    intended = {(r.holder, r.target): r.verdict for r in rows if r.type == VOTE_INTENDED}
    declared = _Declared(rows, resolution)
    all_gaps = []
    for vote in _votes(rows, resolution.accounts):
        for matter in _matters(vote.target or "", motions):
            position = declared.by(vote, matter.target)
            if position is not None:
                meant = intended.get((vote.holder, vote.target))
                all_gaps.append(_gap(position, vote, matter, meant))
                break
    return all_gaps


def _votes(rows: list[Row], accounts: Accounts) -> list[Row]:
    """Return the votes that were cast, one account of each."""
    acts: dict[object, Row] = {}
    for row in chosen_last(rows, accounts):
        if row.type == VOTE_CAST:
            acts[row.holder, row.target, row.moment] = row
    return [vote for vote in acts.values() if vote.verdict in GRADES_OF_VOTES]


def _matters(target: str, motions: Mapping[str, GapQuery]) -> Iterator[_Matter]:
    """Yield what a vote may be held against: the thing voted on, and the target of a motion."""
    yield _Matter(target, None, is_reversed=False)
    motion = motions.get(target)
    if motion is None or motion.target is None:
        return
    if motion.asks in _AS_ITS_TARGET:
        yield _Matter(motion.target, motion.asks, is_reversed=False)
    elif motion.asks == _AGAINST_ITS_TARGET:
        yield _Matter(motion.target, motion.asks, is_reversed=True)


def _gap(declared: Position, vote: Row, matter: _Matter, intended: str | None) -> Gap:
    voted = sign(GRADES_OF_VOTES[vote.verdict or ""])
    if matter.is_reversed:
        voted = -voted
    width = WIDTHS[abs(sign(GRADES[declared.stance]) - voted)]
    return Gap(width, declared.delegation, matter.target, matter.question, declared, vote, intended)


class _Declared:
    """Who had declared what by the time of a vote; worked out once for each target and moment."""

    def __init__(self, rows: list[Row], resolution: Resolution) -> None:
        self._memberships = [row for row in rows if row.type in MEMBERSHIPS]
        self._stances: dict[str, list[Row]] = {}
        for row in rows:
            if row.type == STANCE_TAKEN and row.target is not None:
                self._stances.setdefault(row.target, []).append(row)
        self._resolution = resolution.one_account()
        self._known: dict[tuple[str, Moment], dict[str, Position]] = {}

    def by(self, vote: Row, target: str) -> Position | None:
        """Return the stance on a target that the voter had declared by the vote."""
        if target not in self._stances:
            return None
        key = target, vote.moment
        if key not in self._known:
            self._known[key] = self._at(target, vote.moment)
        return self._known[key].get(vote.holder or "")

    def _at(self, target: str, moment: Moment) -> dict[str, Position]:
        rows = [
            row for row in (*self._stances[target], *self._memberships) if _by_then(row, moment)
        ]
        rows.sort(key=lambda row: row.sort_key)
        current = positions(rows, self._resolution)
        return {position.delegation: position for position in current if position.option is None}


def _by_then(row: Row, moment: Moment) -> bool:
    """Whether a stance was declared by a vote, or a membership counted on its day."""
    return row.moment <= moment if row.type == STANCE_TAKEN else row.last <= moment[0]
