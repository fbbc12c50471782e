"""Where each of those that may vote stands on a target, and how many stand where.

What somebody stands for is taken for the vote that it would cast: support and acceptance for yes,
reservation for an abstention, opposition and a red line for no. Of an issue with options one is
asked about; to be for another option is to be against it, and what else is said of others says
nothing of it. Who has no position is undeclared; what it would do is an assumption, which the
answer names.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.stances import BY_NAME, STANCES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from negotrack.domain.votes import Answer
    from negotrack.projections.positions.positions import Position, Via

ELSEWHERE, NOWHERE = "elsewhere", "undeclared"
COUNTS = (*BY_NAME, ELSEWHERE, NOWHERE)
"""What is counted: the stances; ``elsewhere`` who speaks of other options; ``undeclared``."""

_FOR = tuple(stance.name for stance in STANCES if stance.side == "for")


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
    positions: Iterable[Position],
    electorate: Collection[str],
    option: str | None = None,
    undeclared: Answer = "abstain",
) -> list[VoterStance]:
    """Return where each of those that may vote stands, of positions on one target; sorted."""
    by_delegation = {p.delegation: p for p in positions}
    return [_stand(who, by_delegation.get(who), option, undeclared) for who in sorted(electorate)]


def _stand(
    who: str, position: Position | None, option: str | None, undeclared: Answer
) -> VoterStance:
    if position is None:
        return VoterStance(who, NOWHERE, undeclared, assumed=True, objects=False)
    words = {
        "stance": position.stance,
        "option": position.option,
        "via": position.via,
        "through": position.through,
        "since": position.since,
        "entry": position.entry,
        "possible": position.possible,
    }
    if position.option == option:
        stance = BY_NAME[position.stance]
        answer, objects = stance.vote, stance.objects
        return VoterStance(who, position.stance, answer, assumed=False, objects=objects, **words)  # type: ignore[arg-type]
    if option is not None and position.option is not None and position.stance in _FOR:
        return VoterStance(who, ELSEWHERE, "no", assumed=False, objects=False, **words)  # type: ignore[arg-type]
    return VoterStance(who, ELSEWHERE, undeclared, assumed=True, objects=False, **words)  # type: ignore[arg-type]


def leading_option(positions: Iterable[Position]) -> str | None:
    """Return the option that most are for; None where most speak of none."""
    votes = Counter(p.option for p in positions if p.stance in _FOR)
    if not votes:
        return None
    return max(votes, key=lambda option: (votes[option], option is None, option or ""))


def stance_count(stances: Iterable[VoterStance], group: str | None = None) -> StanceCount:
    """Return how many stand where."""
    stances = list(stances)
    numbers = Counter(one.counted for one in stances)
    return StanceCount(group, len(stances), {word: numbers[word] for word in COUNTS})


def by_group(
    stances: Iterable[VoterStance], members: Mapping[str, Collection[str]]
) -> list[StanceCount]:
    """Return how many of each group stand where, of those that may vote; the biggest first."""
    stances = list(stances)
    counts = (
        stance_count((one for one in stances if one.delegation in names), group)
        for group, names in members.items()
    )
    return sorted(counts, key=lambda count: (-count.members, count.group or ""))
