"""Who said one thing and voted another: each vote, beside the stance declared before it.

A vote on a motion to adopt its target, or a part of it, is a vote on that target, and one on a
motion to delete it is the opposite. Motions to divide a question, or about procedure, say nothing
of their target. A stance counts if it was declared by the time of the vote, in own words or through
a group; votes are no words. A stance on an option of an issue does not say how to vote on the issue
and is passed over. Who was absent, or did not take part, did not vote another thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from negotrack.facts.rows import MEMBERSHIPS, STANCE, VOTE
from negotrack.projections.positions.accounts import chosen_last
from negotrack.projections.positions.positions import Resolution, positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from negotrack.facts.rows import Row
    from negotrack.projections.positions.accounts import Accounts
    from negotrack.projections.positions.positions import Position

FOR, BETWEEN, AGAINST = 2, 1, 0

_SAID = {"support": FOR, "accept": FOR, "reserve": BETWEEN, "oppose": AGAINST, "block": AGAINST}
_VOTED = {"yes": FOR, "abstain": BETWEEN, "no": AGAINST}
_AS_ITS_TARGET = ("adoption", "part")
_AGAINST_ITS_TARGET = "deletion"
INTENDED = "vote.intended"

Width = Literal["none", "half", "contradiction"]
"""How far a vote lies from the words: as declared; half, where one of the two is in between; the
opposite."""

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
    said: Position
    vote: Row
    intended: str | None


class _Matter(NamedTuple):
    """What a vote is about: a target, the question of a motion, and whether yes is against it."""

    target: str
    question: str | None
    is_reversed: bool


def gaps(
    rows: Iterable[Row], motions: Mapping[str, GapQuery], words: Resolution | None = None
) -> list[Gap]:
    """Return every vote in ordered rows of one who had declared a stance, in the order of votes.

    The rows are votes, the intentions of some, stances and memberships; ``motions`` are the
    questions that were put, by their names.
    """
    told = list(rows)
    chosen = words or Resolution()
    intended = {(r.holder, r.target): r.verdict for r in told if r.type == INTENDED}
    declared = _Declared(told, chosen)
    found = []
    for vote in _votes(told, chosen.accounts):
        for matter in _matters(vote.target or "", motions):
            said = declared.by(vote, matter.target)
            if said is not None:
                meant = intended.get((vote.holder, vote.target))
                found.append(_gap(said, vote, matter, meant))
                break
    return found


def _votes(told: list[Row], accounts: Accounts) -> list[Row]:
    """Return the votes that were cast, one account of each."""
    acts: dict[object, Row] = {}
    for row in chosen_last(told, accounts):
        if row.type == VOTE:
            acts[row.holder, row.target, row.moment] = row
    return [vote for vote in acts.values() if vote.verdict in _VOTED]


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


def _gap(said: Position, vote: Row, matter: _Matter, intended: str | None) -> Gap:
    voted = _VOTED[vote.verdict or ""]
    if matter.is_reversed:
        voted = FOR - voted
    width = WIDTHS[abs(_SAID[said.stance] - voted)]
    return Gap(width, said.delegation, matter.target, matter.question, said, vote, intended)


class _Declared:
    """Who had declared what by the time of a vote; worked out once for each target and moment."""

    def __init__(self, told: list[Row], words: Resolution) -> None:
        self._memberships = [row for row in told if row.type in MEMBERSHIPS]
        self._stances: dict[str, list[Row]] = {}
        for row in told:
            if row.type == STANCE and row.target is not None:
                self._stances.setdefault(row.target, []).append(row)
        self._words = words
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
        accounts, own_only, own_words = self._words
        rows = [
            row for row in (*self._stances[target], *self._memberships) if _by_then(row, moment)
        ]
        rows.sort(key=lambda row: row.sort_key)
        one: Accounts = "latest" if accounts == "latest" else "official-first"
        held = positions(rows, one, own_only=own_only, own_words=own_words)
        return {position.delegation: position for position in held if position.option is None}


def _by_then(row: Row, moment: Moment) -> bool:
    """Whether a stance was declared by a vote, or a membership counted on its day."""
    return row.moment <= moment if row.type == STANCE else row.last <= moment[0]
