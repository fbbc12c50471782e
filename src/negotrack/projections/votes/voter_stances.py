"""Where each of those that may vote stands on a target, and how many stand where.

What somebody stands for is taken for the vote that it would cast: support and acceptance for yes,
reservation for an abstention, opposition and a red line for no. Of an issue with options one is
asked about; to be for another option is to be against it, and what else is said of others says
nothing of it. Who has no position is undeclared; what it would do is an assumption, which the
answer names.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from negotrack.projections.positions.positions import Position, Via

Answer = Literal["yes", "no", "abstain", "absent"]
"""What one does in a vote; who is absent is not there at all."""

UNDECLARED: tuple[Answer, ...] = ("abstain", "absent", "yes", "no")
"""What may be assumed about who is undeclared."""

STANCES = ("support", "accept", "reserve", "oppose", "block")
ELSEWHERE, NOWHERE = "elsewhere", "undeclared"
COUNTS = (*STANCES, ELSEWHERE, NOWHERE)
"""What is counted: the stances; ``elsewhere`` who speaks of other options; ``undeclared``."""

_ANSWERS: dict[str, Answer] = {
    "support": "yes",
    "accept": "yes",
    "reserve": "abstain",
    "oppose": "no",
    "block": "no",
}
_FOR = ("support", "accept")


class VoterStance(NamedTuple):
    """Where a delegation stands, and what it would do in a vote.

    ``counted`` is one of :data:`COUNTS`; ``stance`` and ``option`` are its words, None where it is
    undeclared. ``assumed`` is true where the answer does not follow from its words; ``objects``
    where it is a red line to it, which consensus does not survive.
    """

    delegation: str
    counted: str
    answer: Answer
    assumed: bool
    objects: bool
    stance: str | None = None
    option: str | None = None
    via: Via | None = None
    through: str | None = None
    since: str | None = None
    entry: str | None = None
    possible: bool = False


class StanceCount(NamedTuple):
    """How many of a group, or of all (None), stand where: one number for each of ``COUNTS``."""

    group: str | None
    members: int
    counts: dict[str, int]


def voter_stances(
    held: Iterable[Position],
    electorate: Collection[str],
    option: str | None = None,
    undeclared: Answer = "abstain",
) -> list[VoterStance]:
    """Return where each of those that may vote stands, of positions on one target; sorted."""
    positions = {p.delegation: p for p in held}
    return [_stand(who, positions.get(who), option, undeclared) for who in sorted(electorate)]


def _stand(who: str, held: Position | None, option: str | None, undeclared: Answer) -> VoterStance:
    if held is None:
        return VoterStance(who, NOWHERE, undeclared, assumed=True, objects=False)
    words = {
        "stance": held.stance,
        "option": held.option,
        "via": held.via,
        "through": held.through,
        "since": held.since,
        "entry": held.entry,
        "possible": held.possible,
    }
    if held.option == option:
        answer, objects = _ANSWERS[held.stance], held.stance == "block"
        return VoterStance(who, held.stance, answer, assumed=False, objects=objects, **words)  # type: ignore[arg-type]
    if option is not None and held.option is not None and held.stance in _FOR:
        return VoterStance(who, ELSEWHERE, "no", assumed=False, objects=False, **words)  # type: ignore[arg-type]
    return VoterStance(who, ELSEWHERE, undeclared, assumed=True, objects=False, **words)  # type: ignore[arg-type]


def leading_option(held: Iterable[Position]) -> str | None:
    """Return the option that most are for; None where most speak of none."""
    votes = Counter(p.option for p in held if p.stance in _FOR)
    if not votes:
        return None
    return max(votes, key=lambda option: (votes[option], option is None, option or ""))


def stance_count(found: Iterable[VoterStance], group: str | None = None) -> StanceCount:
    """Return how many stand where."""
    told = list(found)
    numbers = Counter(one.counted for one in told)
    return StanceCount(group, len(told), {word: numbers[word] for word in COUNTS})


def by_group(
    found: Iterable[VoterStance], members: Mapping[str, Collection[str]]
) -> list[StanceCount]:
    """Return how many of each group stand where, of those that may vote; the biggest first."""
    told = list(found)
    made = (
        stance_count((one for one in told if one.delegation in its), group)
        for group, its in members.items()
    )
    return sorted(made, key=lambda count: (-count.members, count.group or ""))
