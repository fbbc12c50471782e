"""What each rule of decision would give if everybody voted as it stands, and who could turn it.

A delegation is pivotal where its change alone would make the verdict another: it does anything
else than it would, and all others do as they stand. Of the fewest that can turn a verdict together
the number is given, where each of them does what turns it soonest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.voting_rules import SIMPLE, Poll, Rule, Verdict, lacking, verdict
from negotrack.projections.votes.voter_stances import UNDECLARED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from negotrack.projections.votes.voter_stances import Answer, VoterStance


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
    to change for the opposite, None where that is not told.
    """

    rule: Rule
    verdict: Verdict
    voters: int
    settled: bool
    pivotal: tuple[str, ...]
    fewest: int | None


def rule_outcome(
    rule: Rule, found: Sequence[VoterStance], members: Mapping[str, Collection[str]]
) -> RuleOutcome:
    """Return what a rule gives for those that may vote under it."""
    room = _RuleWithGroups(rule, members)
    given = room.verdict(found)
    return RuleOutcome(
        rule,
        given,
        len(found),
        all(room.verdict(_assuming(found, one)).adopted == given.adopted for one in UNDECLARED),
        _pivotal(room, found, given),
        _fewest(room, found, given),
    )


def _assuming(found: Sequence[VoterStance], answer: Answer) -> list[VoterStance]:
    return [one._replace(answer=answer) if one.assumed else one for one in found]


class _RuleWithGroups:
    """A rule with its groups: it counts a room, and decides."""

    def __init__(self, rule: Rule, members: Mapping[str, Collection[str]]) -> None:
        self.rule = rule
        self.parts = {name: frozenset(members.get(name, ())) for name in rule.components}

    def verdict(self, found: Iterable[VoterStance]) -> Verdict:
        """Return what the rule decides on a room."""
        told = list(found)
        parts = {
            name: _poll([one for one in told if one.delegation in its])
            for name, its in self.parts.items()
        }
        return verdict(self.rule, _poll(told)._replace(components=parts))

    def parts_of(self, one: VoterStance) -> tuple[str, ...]:
        """Return the components that a delegation votes in."""
        return tuple(name for name, its in self.parts.items() if one.delegation in its)


def _poll(told: list[VoterStance]) -> Poll:
    counts = Counter(one.answer for one in told)
    return Poll(
        counts["yes"],
        counts["no"],
        counts["abstain"],
        members=len(told),
        objections=sum(one.objects for one in told),
    )


def _pivotal(
    room: _RuleWithGroups, found: Sequence[VoterStance], given: Verdict
) -> tuple[str, ...]:
    """Return whose change alone turns a verdict; of those that are alike, one is tried."""
    if given.adopted is None:
        return ()
    turns: dict[object, bool] = {}
    for place, one in enumerate(found):
        alike = _likeness(room, one)
        if alike not in turns:
            others = [*found[:place], *found[place + 1 :]]
            changed = ([*others, one._replace(**change._asdict())] for change in ALTERNATIVES)
            turns[alike] = any(room.verdict(c).adopted != given.adopted for c in changed)
    return tuple(one.delegation for one in found if turns[_likeness(room, one)])


def _likeness(room: _RuleWithGroups, one: VoterStance) -> object:
    return one.answer, one.objects, room.parts_of(one)


def _fewest(room: _RuleWithGroups, found: Sequence[VoterStance], given: Verdict) -> int | None:
    """Return how many must change for the opposite verdict; None where that is not told."""
    if given.adopted is None:
        return None
    if given.adopted:
        return _fewest_against(room, found)
    short = lacking(room.rule, _poll(list(found)))
    if room.rule.components:
        return None if short else _fewest_in_parts(room, found)
    absent = [one for one in found if one.answer == "absent"][:short]
    rest = [one for one in found if one not in absent]
    ranks = {"no": 0, "abstain": 1, "absent": 1, "yes": 2}
    ready = sorted(rest, key=lambda one: (not one.objects, ranks[one.answer]))
    return _until(room, [*absent, *ready], FOR, to=True)


def _fewest_against(room: _RuleWithGroups, found: Sequence[VoterStance]) -> int | None:
    """Return how many can defeat what is adopted: by turning against it, or by walking out."""
    ranks = {"yes": 0, "abstain": 1, "absent": 1, "no": 2}
    turning = [sorted(found, key=lambda one: ranks[one.answer])]
    for its in room.parts.values():
        turning.append(sorted(turning[0], key=lambda one, its=its: one.delegation not in its))  # type: ignore[misc]
    leaving = sorted(found, key=lambda one: one.answer == "absent")
    ways = [_until(room, order, AGAINST, to=False) for order in turning]
    ways.append(_until(room, leaving, LEAVING, to=False))
    return min((way for way in ways if way is not None), default=None)


def _fewest_in_parts(room: _RuleWithGroups, found: Sequence[VoterStance]) -> int | None:
    """Return how many can give each component a majority; None where one votes in several."""
    if any(len(room.parts_of(one)) > 1 for one in found):
        return None
    needed = []
    for its in room.parts.values():
        part = [one for one in found if one.delegation in its]
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
