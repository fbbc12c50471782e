"""What each rule of decision would give if everybody voted as it stands, and who could turn it.

A delegation is pivotal where its change alone would make the verdict another: it does anything
else than it would, and all others do as they stand. Of the fewest that can turn a verdict together
the number is given, where each of them does what turns it soonest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.votes import UNDECLARED
from negotrack.domain.voting_rules import SIMPLE, Poll, Rule, Verdict, lacking, verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from negotrack.domain.votes import Answer
    from negotrack.projections.votes.voter_stances import VoterStance


class AlternativeVote(NamedTuple):
    """What a delegation could do instead."""

    answer: Answer
    objects: bool = False


FOR, AGAINST, LEAVING = (
    AlternativeVote("yes"),
    AlternativeVote("no", objects=True),
    AlternativeVote("absent"),
)
ALTERNATIVES = (FOR, AGAINST, LEAVING, AlternativeVote("no"), AlternativeVote("abstain"))


class RuleOutcome(NamedTuple):
    """What a rule gives for a room.

    ``voters`` is how many may vote under it. ``settled`` says whether it gives the same whatever
    the undeclared do; ``pivotal`` whose change alone would turn it; ``fewest`` how many would have
    to change for the opposite, None where no such number is known.
    """

    rule: Rule
    verdict: Verdict
    voters: int
    settled: bool
    pivotal: tuple[str, ...]
    fewest: int | None


def rule_outcome(
    rule: Rule, stances: Sequence[VoterStance], members: Mapping[str, Collection[str]]
) -> RuleOutcome:
    """Return what a rule gives for those that may vote under it."""
    room = _RuleWithGroups(rule, members)
    given = room.verdict(stances)
    return RuleOutcome(
        rule,
        given,
        len(stances),
        all(room.verdict(_assuming(stances, one)).adopted == given.adopted for one in UNDECLARED),
        _pivotal(room, stances, given),
        _fewest(room, stances, given),
    )


def _assuming(stances: Sequence[VoterStance], answer: Answer) -> list[VoterStance]:
    return [one._replace(answer=answer) if one.assumed else one for one in stances]


class _RuleWithGroups:
    """A rule with its groups: it counts a room, and decides."""

    def __init__(self, rule: Rule, members: Mapping[str, Collection[str]]) -> None:
        self.rule = rule
        self.parts = {name: frozenset(members.get(name, ())) for name in rule.components}

    def verdict(self, stances: Iterable[VoterStance]) -> Verdict:
        """Return what the rule decides on a room."""
        stances = list(stances)
        parts = {
            name: _poll([one for one in stances if one.delegation in members])
            for name, members in self.parts.items()
        }
        return verdict(self.rule, _poll(stances)._replace(components=parts))

    def parts_of(self, one: VoterStance) -> tuple[str, ...]:
        """Return the components that a delegation votes in."""
        return tuple(name for name, members in self.parts.items() if one.delegation in members)


def _poll(stances: list[VoterStance]) -> Poll:
    counts = Counter(one.answer for one in stances)
    return Poll(
        counts["yes"],
        counts["no"],
        counts["abstain"],
        members=len(stances),
        objections=sum(one.objects for one in stances),
    )


def _pivotal(
    room: _RuleWithGroups, stances: Sequence[VoterStance], given: Verdict
) -> tuple[str, ...]:
    """Return whose change alone turns a verdict; of those that are alike, one is tried."""
    if given.adopted is None:
        return ()
    turns: dict[object, bool] = {}
    for place, one in enumerate(stances):
        alike = _likeness(room, one)
        if alike not in turns:
            others = [*stances[:place], *stances[place + 1 :]]
            changed = ([*others, one._replace(**change._asdict())] for change in ALTERNATIVES)
            turns[alike] = any(room.verdict(c).adopted != given.adopted for c in changed)
    return tuple(one.delegation for one in stances if turns[_likeness(room, one)])


def _likeness(room: _RuleWithGroups, one: VoterStance) -> object:
    return one.answer, one.objects, room.parts_of(one)


def _fewest(room: _RuleWithGroups, stances: Sequence[VoterStance], given: Verdict) -> int | None:
    """Return how many must change for the opposite verdict; None where no such number is known.

    That is so where there is no verdict, or where no change gives the opposite; and, for a rule
    with components that adopts nothing, where a quorum is lacking or a delegation votes in several.
    """
    if given.adopted is None:
        return None
    if given.adopted:
        return _fewest_against(room, stances)
    short = lacking(room.rule, _poll(list(stances)))
    if room.rule.components:
        return None if short else _fewest_in_parts(room, stances)
    absent = [one for one in stances if one.answer == "absent"][:short]
    rest = [one for one in stances if one not in absent]
    ranks = {"no": 0, "abstain": 1, "absent": 1, "yes": 2}
    ready = sorted(rest, key=lambda one: (not one.objects, ranks[one.answer]))
    return _until(room, [*absent, *ready], FOR, to=True)


def _fewest_against(room: _RuleWithGroups, stances: Sequence[VoterStance]) -> int | None:
    """Return how many can defeat what is adopted: by turning against it, or by walking out."""
    ranks = {"yes": 0, "abstain": 1, "absent": 1, "no": 2}
    turning = [sorted(stances, key=lambda one: ranks[one.answer])]
    for members in room.parts.values():
        turning.append(
            sorted(turning[0], key=lambda one, members=members: one.delegation not in members)  # type: ignore[misc]
        )
    leaving = sorted(stances, key=lambda one: one.answer == "absent")
    ways = [_until(room, order, AGAINST, to=False) for order in turning]
    ways.append(_until(room, leaving, LEAVING, to=False))
    return min((way for way in ways if way is not None), default=None)


def _fewest_in_parts(room: _RuleWithGroups, stances: Sequence[VoterStance]) -> int | None:
    """Return how many can give each component a majority; None where one votes in several."""
    if any(len(room.parts_of(one)) > 1 for one in stances):
        return None
    needed = []
    for members in room.parts.values():
        part = [one for one in stances if one.delegation in members]
        own = _RuleWithGroups(SIMPLE, {})
        if not own.verdict(part).adopted:
            needed.append(_fewest(own, part, own.verdict(part)))
    return None if None in needed else sum(n for n in needed if n)


def _until(
    room: _RuleWithGroups, order: Sequence[VoterStance], change: AlternativeVote, *, to: bool
) -> int | None:
    """Return after how many changes, in order, the verdict is the opposite; None for never."""

    def turned(count: int) -> bool:
        changed = (one._replace(**change._asdict()) for one in order[:count])
        return room.verdict([*changed, *order[count:]]).adopted is to

    first = bisect_left(range(len(order) + 1), x=True, key=turned)
    return first if first <= len(order) else None
