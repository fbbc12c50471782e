"""Votes and decisions that contradict each other, or the rule by which was decided."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from negotrack.checking.findings import Finding
from negotrack.domain import entries as e
from negotrack.domain.dates import span
from negotrack.domain.states import STATES
from negotrack.domain.values import VOTES
from negotrack.domain.voting_rules import Poll, Rule, applicable, contradicts, rule_of, verdict
from negotrack.facts.rows import row_of
from negotrack.projections.positions.accounts import chosen_last, disagree
from negotrack.projections.positions.memberships import (
    members_of,
    memberships,
    possible_memberships,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from negotrack.domain.register import Register
    from negotrack.domain.specification import Effective
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.memberships import Membership

Target = tuple[str, str]
"""A negotiation and what was voted on in it."""

Roll = dict[str, list["Effective"]]
"""The votes of each delegation on one thing, in order. Nearly all are the only ones."""


class _Laid(NamedTuple):
    """A rule, and the negotiation and the last day by which it was laid down."""

    negotiation: str
    last: str
    rule: Rule


class _VotingRecord:
    """What the entries say about voting: rolls, rules, motions, decisions and memberships."""

    def __init__(self, counting: Iterable[Effective]) -> None:
        self.rolls: dict[Target, Roll] = {}
        self.decisions: list[tuple[Effective, e.DecisionTaken]] = []
        self._laid: list[_Laid] = []
        self._motions: dict[Target, e.MotionPut] = {}
        self._named: dict[Target, str] = {}
        joined: dict[str, list[Row]] = {}
        for live in counting:
            entry = live.entry
            if isinstance(entry, e.VoteCast):
                of_it = self.rolls.setdefault((entry.negotiation, entry.target), {})
                of_it.setdefault(entry.for_ or entry.by, []).append(live)
            elif isinstance(entry, e.GroupJoined | e.GroupLeft):
                joined.setdefault(entry.negotiation, []).append(row_of(0, live))
            else:
                self._take(live)
        self._spells = {name: memberships(rows) for name, rows in joined.items()}

    def _take(self, live: Effective) -> None:
        entry = live.entry
        if isinstance(entry, e.DecisionTaken):
            self.decisions.append((live, entry))
            if entry.rule is not None:
                self._named[entry.negotiation, entry.target] = entry.rule
        elif isinstance(entry, e.MotionPut):
            self._motions[entry.negotiation, entry.motion] = entry
        elif isinstance(entry, e.RuleSet):
            import msgspec  # as the other rules import it

            fields = msgspec.structs.asdict(entry)
            self._laid.append(_Laid(entry.negotiation, span(entry.on).last, rule_of(fields)))

    def rules(self, target: Target, day: str, named: str | None = None) -> list[Rule]:
        """Return the rules by which a target may have been decided by a day."""
        motion = self._motions.get(target)
        named = named or self._named.get(target) or (None if motion is None else motion.rule)
        laid = (
            one.rule
            for one in self._laid
            if one.negotiation == target[0] and (one.last <= day or one.rule.name == named)
        )
        return applicable(laid, named, None if motion is None else motion.question)

    def members(self, negotiation: str, group: str, day: str) -> frozenset[str]:
        """Return who may have belonged to a group on a day."""
        found: list[Membership] = self._spells.get(negotiation, [])
        return frozenset(members_of(group, possible_memberships(found, day)))


def findings(counting: Iterable[Effective], registers: Mapping[str, Register]) -> Iterator[Finding]:
    """Yield what is wrong with the votes and decisions among ordered entries."""
    room = _VotingRecord(counting)
    for target, roll in room.rolls.items():
        for told in roll.values():
            yield from _twice(told)
        yield from _without_a_vote(target, roll, room, registers[target[0]])
    for live, decision in room.decisions:
        yield from _decision(live, decision, room)


def _twice(told: list[Effective]) -> Iterator[Finding]:
    """Yield a second vote on the same thing; another account of the first is none."""
    for before, row in pairwise([row_of(0, live) for live in told] if len(told) > 1 else ()):
        is_one_act = row.moment == before.moment
        if is_one_act and (row.verdict == before.verdict or disagree(before, row)):
            continue
        yield Finding(
            "voted-twice",
            row.id[:10],
            f"{row.holder} voted on {row.target} already: {before.verdict} on {before.on}"
            f" ({before.id[:10]})",
        )


def _without_a_vote(
    target: Target, roll: Roll, room: _VotingRecord, register: Register
) -> Iterator[Finding]:
    """Yield who voted and was none of those that may vote, under any rule that may apply."""
    known: dict[str, tuple[list[Rule], list[frozenset[str]]]] = {}
    for voter, told in roll.items():
        vote, when = _vote(told[-1]), span(told[-1].entry.on)
        if vote not in VOTES:
            continue
        if when.last not in known:
            rules = room.rules(target, when.last)
            groups = [r.electorate for r in rules if r.electorate is not None]
            members = [room.members(target[0], group, when.last) for group in groups]
            known[when.last] = rules, members
        rules, members = known[when.last]
        if any(voter in of_it for of_it in members):
            continue
        open_to_all = len(members) < len(rules)
        if open_to_all and _is_a_state(voter, when.first, register):
            continue
        groups = sorted({r.electorate for r in rules if r.electorate is not None})
        lacks = f"no member of {' or '.join(groups)}" if groups else "no state"
        yield Finding(
            "no-vote",
            told[-1].id[:10],
            f"{voter} voted {vote} on {target[1]}, and is {lacks} on {told[-1].entry.on}",
        )


def _vote(live: Effective) -> str:
    assert isinstance(live.entry, e.VoteCast)
    return live.entry.vote


def _is_a_state(code: str, day: str, register: Register) -> bool:
    found, state = register.find(code), STATES.get(code)
    if found is None or getattr(found.entry, "kind", None) != "state":
        return False
    return state is None or not state.until or day <= state.until


def _decision(live: Effective, decision: e.DecisionTaken, room: _VotingRecord) -> Iterator[Finding]:
    figures = decision.figures
    if figures is None:
        return
    target, day = (decision.negotiation, decision.target), span(decision.on).last
    poll = Poll(figures.yes, figures.no, figures.abstain or 0)
    rules = room.rules(target, day, decision.rule)
    for wrong in (*_beside_the_roll(decision, room), *_too_many(target, poll, rules, day, room)):
        yield Finding("figures", live.id[:10], f"{decision.target} {wrong}")
    told = [(rule, verdict(rule, _poll(poll, rule, target, day, room))) for rule in rules]
    if told and all(contradicts(decision.outcome, found) for _, found in told):
        rule, found = told[0]
        does = "adopts" if found.adopted else "rejects"
        yield Finding(
            "outcome",
            live.id[:10],
            f"{decision.target} was {decision.outcome}, but {rule.name} {does} it: {found.why}",
        )


def _beside_the_roll(decision: e.DecisionTaken, room: _VotingRecord) -> Iterator[str]:
    """Yield of which votes the record has more than the figures; it need not have them all."""
    figures = decision.figures
    assert figures is not None
    target = decision.negotiation, decision.target
    roll = _counts(room.rolls.get(target, {}), span(decision.on).last)
    for word, number in (("yes", figures.yes), ("no", figures.no), ("abstain", figures.abstain)):
        if number is not None and roll[word] > number:
            yield f"has {number} {word} by its figures, and {roll[word]} by the roll"


def _too_many(
    target: Target, poll: Poll, rules: list[Rule], day: str, room: _VotingRecord
) -> Iterator[str]:
    """Yield where more voted than may vote under any rule that may apply."""
    sizes = [len(room.members(target[0], r.electorate, day)) for r in rules if r.electorate]
    if rules and len(sizes) == len(rules) and poll.present > max(sizes):
        yield f"has {poll.present} votes by its figures, and {max(sizes)} may vote"


def _counts(roll: Roll, day: str) -> Counter[str]:
    """Return how many gave which vote by a day, by the last vote of each."""
    by_then = ([live for live in told if span(live.entry.on).last <= day] for told in roll.values())
    return Counter(_last(told) for told in by_then if told)


def _last(told: list[Effective]) -> str:
    """Return the last vote of a delegation; of several accounts of it, an official one."""
    if len(told) == 1:
        return _vote(told[0])
    return list(chosen_last(row_of(0, live) for live in told))[-1].verdict or ""


def _poll(poll: Poll, rule: Rule, target: Target, day: str, room: _VotingRecord) -> Poll:
    """Return a poll with what a rule asks: how many may vote, and each component by the roll.

    The components are known only where the roll has as many votes as the figures.
    """
    if rule.electorate is not None:
        poll = poll._replace(members=len(room.members(target[0], rule.electorate, day)))
    roll = room.rolls.get(target, {})
    counts = _counts(roll, day)
    if rule.components and (counts["yes"], counts["no"]) == (poll.yes, poll.no):
        parts = {}
        for group in rule.components:
            members = room.members(target[0], group, day)
            own = _counts({k: told for k, told in roll.items() if k in members}, day)
            parts[group] = Poll(own["yes"], own["no"], own["abstain"])
        poll = poll._replace(components=parts)
    return poll
