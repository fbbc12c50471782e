"""Votes and decisions that contradict each other, or the rule by which was decided."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from negotrack.checking.findings import Finding
from negotrack.domain import entries as e
from negotrack.domain.dates import span
from negotrack.domain.short_ids import in_sentence
from negotrack.domain.states import STATES
from negotrack.domain.votes import COUNTED, GRADES_OF_VOTES
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


class _RuleInForce(NamedTuple):
    """A rule, its negotiation, and the last day on which it may have been laid down."""

    negotiation: str
    last: str
    rule: Rule


class _VotingRecord:
    """What the entries say about voting: rolls, rules, motions, decisions and memberships."""

    def __init__(self, counting: Iterable[Effective]) -> None:
        self.rolls: dict[Target, Roll] = {}
        self.decisions: list[tuple[Effective, e.DecisionTaken]] = []
        self._rules: list[_RuleInForce] = []
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
            last = span(entry.on).last
            self._rules.append(_RuleInForce(entry.negotiation, last, rule_of(fields)))

    def rules(self, target: Target, day: str, named: str | None = None) -> list[Rule]:
        """Return the rules by which a target may have been decided by a day."""
        motion = self._motions.get(target)
        named = named or self._named.get(target) or (None if motion is None else motion.rule)
        rules = (
            in_force.rule
            for in_force in self._rules
            if in_force.negotiation == target[0]
            and (in_force.last <= day or in_force.rule.name == named)
        )
        return applicable(rules, named, None if motion is None else motion.question)

    def members(self, negotiation: str, group: str, day: str) -> frozenset[str]:
        """Return who may have belonged to a group on a day."""
        spells: list[Membership] = self._spells.get(negotiation, [])
        return frozenset(members_of(group, possible_memberships(spells, day)))


def findings(counting: Iterable[Effective], registers: Mapping[str, Register]) -> Iterator[Finding]:
    """Yield what is wrong with the votes and decisions among ordered entries."""
    record = _VotingRecord(counting)
    for target, roll in record.rolls.items():
        for votes in roll.values():
            yield from _twice(votes)
        yield from _without_a_vote(target, roll, record, registers[target[0]])
    for live, decision in record.decisions:
        yield from _decision(live, decision, record)


def _twice(votes: list[Effective]) -> Iterator[Finding]:
    """Yield second votes of a delegation on one thing; not a second account of the same vote."""
    for before, row in pairwise([row_of(0, live) for live in votes] if len(votes) > 1 else ()):
        is_one_act = row.moment == before.moment
        if is_one_act and (row.verdict == before.verdict or disagree(before, row)):
            continue
        yield Finding(
            "voted-twice",
            in_sentence(row.id),
            f"{row.holder} voted on {row.target} already: {before.verdict} on {before.on}"
            f" ({in_sentence(before.id)})",
        )


def _without_a_vote(
    target: Target, roll: Roll, record: _VotingRecord, register: Register
) -> Iterator[Finding]:
    """Yield the votes of those that may not vote under any rule that may apply."""
    known: dict[str, tuple[list[Rule], list[frozenset[str]]]] = {}
    for voter, votes in roll.items():
        vote, when = _vote(votes[-1]), span(votes[-1].entry.on)
        if vote not in GRADES_OF_VOTES:
            continue
        if when.last not in known:
            rules = record.rules(target, when.last)
            groups = [r.electorate for r in rules if r.electorate is not None]
            members = [record.members(target[0], group, when.last) for group in groups]
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
            in_sentence(votes[-1].id),
            f"{voter} voted {vote} on {target[1]}, and is {lacks} on {votes[-1].entry.on}",
        )


def _vote(live: Effective) -> str:
    assert isinstance(live.entry, e.VoteCast)
    return live.entry.vote


def _is_a_state(code: str, day: str, register: Register) -> bool:
    bearer, state = register.find(code), STATES.get(code)
    if bearer is None or getattr(bearer.entry, "kind", None) != "state":
        return False
    return state is None or not state.until or day <= state.until


def _decision(
    live: Effective, decision: e.DecisionTaken, record: _VotingRecord
) -> Iterator[Finding]:
    figures = decision.figures
    if figures is None:
        return
    target, day = (decision.negotiation, decision.target), span(decision.on).last
    poll = Poll(figures.yes, figures.no, figures.abstain or 0)
    rules = record.rules(target, day, decision.rule)
    for wrong in (
        *_beside_the_roll(decision, record),
        *_too_many(target, poll, rules, day, record),
    ):
        yield Finding("figures", in_sentence(live.id), f"{decision.target} {wrong}")
    rulings = [(rule, verdict(rule, _poll(poll, rule, target, day, record))) for rule in rules]
    if rulings and all(contradicts(decision.outcome, ruling) for _, ruling in rulings):
        rule, ruling = rulings[0]
        does = "adopts" if ruling.adopted else "rejects"
        yield Finding(
            "outcome",
            in_sentence(live.id),
            f"{decision.target} was {decision.outcome}, but {rule.name} {does} it: {ruling.why}",
        )


def _beside_the_roll(decision: e.DecisionTaken, record: _VotingRecord) -> Iterator[str]:
    """Yield where the roll has more votes of a kind than the figures; it may have fewer."""
    figures = decision.figures
    assert figures is not None
    target = decision.negotiation, decision.target
    roll = _counts(record.rolls.get(target, {}), span(decision.on).last)
    for word in COUNTED:
        number = getattr(figures, word)
        if number is not None and roll[word] > number:
            yield f"has {number} {word} by its figures, and {roll[word]} by the roll"


def _too_many(
    target: Target, poll: Poll, rules: list[Rule], day: str, record: _VotingRecord
) -> Iterator[str]:
    """Yield where more voted than may vote under any rule that may apply."""
    sizes = [len(record.members(target[0], r.electorate, day)) for r in rules if r.electorate]
    if rules and len(sizes) == len(rules) and poll.present > max(sizes):
        yield f"has {poll.present} votes by its figures, and {max(sizes)} may vote"


def _counts(roll: Roll, day: str) -> Counter[str]:
    """Return how many gave which vote by a day, by the last vote of each."""
    by_then = (
        [live for live in votes if span(live.entry.on).last <= day] for votes in roll.values()
    )
    return Counter(_last(votes) for votes in by_then if votes)


def _last(votes: list[Effective]) -> str:
    """Return the last vote of a delegation; of several accounts of it, an official one."""
    if len(votes) == 1:
        return _vote(votes[0])
    return list(chosen_last(row_of(0, live) for live in votes))[-1].verdict or ""


def _poll(poll: Poll, rule: Rule, target: Target, day: str, record: _VotingRecord) -> Poll:
    """Return a poll with what a rule asks: how many may vote, and each component by the roll.

    The components are known only where the roll has as many votes as the figures.
    """
    if rule.electorate is not None:
        poll = poll._replace(members=len(record.members(target[0], rule.electorate, day)))
    roll = record.rolls.get(target, {})
    counts = _counts(roll, day)
    if rule.components and (counts["yes"], counts["no"]) == (poll.yes, poll.no):
        parts = {}
        for group in rule.components:
            members = record.members(target[0], group, day)
            own = _counts({k: votes for k, votes in roll.items() if k in members}, day)
            parts[group] = Poll(own["yes"], own["no"], own["abstain"])
        poll = poll._replace(components=parts)
    return poll
