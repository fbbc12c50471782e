"""How the room stands on a target: who stands where, what each rule would give, what would turn it.

What is supposed (``--if``) is a stance taken on the day asked about, after everything else. So a
group that is supposed to speak is followed by its members under the same rule as ever: those that
spoke for themselves, or voted, stay where they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.entry_types import STANCE_TAKEN
from negotrack.domain.voting_rules import STANDARD, Rule
from negotrack.facts.query import OFFICIAL_FIRST
from negotrack.facts.rows import row
from negotrack.projections.positions.memberships import current_memberships, members_of
from negotrack.projections.positions.positions import positions
from negotrack.projections.votes.rule_outcomes import rule_outcome
from negotrack.projections.votes.voter_stances import (
    by_group,
    leading_option,
    stance_count,
    voter_stances,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from negotrack.domain.votes import Answer
    from negotrack.facts.query import Resolution
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.memberships import Memberships
    from negotrack.projections.positions.positions import Position
    from negotrack.projections.votes.rule_outcomes import RuleOutcome
    from negotrack.projections.votes.voter_stances import StanceCount, VoterStance

_AFTER_ALL = "24:00"


class Supposed(NamedTuple):
    """A stance that somebody is supposed to take; ``none`` takes back its own words."""

    delegation: str
    stance: str


class TallyQuery(NamedTuple):
    """What a tally is about, besides the target and the day.

    ``option`` is the answer to an issue that would be voted on, None for the one that most are for;
    ``undeclared`` what is assumed of who has no position; ``groups`` whose members are counted
    apart (empty: all that have any), ``rule`` the only rule to apply, with its electorate.
    """

    option: str | None = None
    undeclared: Answer = "abstain"
    supposing: tuple[Supposed, ...] = ()
    groups: tuple[str, ...] = ()
    rule: str | None = None


class VotingContext(NamedTuple):
    """What is known of a room: its negotiation and day, the states in it, and its rules."""

    negotiation: str
    day: str
    states: tuple[str, ...]
    rules: tuple[Rule, ...]


class Tally(NamedTuple):
    """How the room stands on ``target``, and on one ``option`` of it where it has any.

    ``electorate`` is the group whose members are counted, None for the states. ``before`` is how it
    stands without what is supposed, None where nothing is. ``others`` hold a position and have no
    vote: observers, offices and groups.
    """

    target: str
    option: str | None
    electorate: str | None
    voter_stances: tuple[VoterStance, ...]
    total: StanceCount
    groups: tuple[StanceCount, ...]
    rulings: tuple[RuleOutcome, ...]
    others: tuple[str, ...]
    before: Tally | None = None

    @property
    def undeclared(self) -> tuple[str, ...]:
        """Who has no position at all."""
        return tuple(one.delegation for one in self.voter_stances if one.stance is None)


def tally(
    rows: Iterable[Row],
    target: str,
    room: VotingContext,
    question: TallyQuery,
    resolution: Resolution = OFFICIAL_FIRST,
) -> Tally:
    """Return how a room stands, from the ordered acts on a target and the memberships."""
    rows = list(rows)
    current = positions(rows, resolution.one_account())
    option = question.option or leading_option(current)
    now = _tally(rows, current, target, room, question._replace(option=option))
    if not question.supposing:
        return now
    last = max([room.day, *(row.last for row in rows)])
    then = rows + [_row(one, target, option, last, room) for one in question.supposing]
    current = positions(then, resolution.one_account())
    supposed = _tally(then, current, target, room, question._replace(option=option))
    return supposed._replace(before=now)


def _tally(
    rows: list[Row],
    current: list[Position],
    target: str,
    room: VotingContext,
    question: TallyQuery,
) -> Tally:
    rules = _rules(room, question.rule)
    electorate = _electorate(rules)
    belongs = current_memberships(rows)

    def standing(group: str | None) -> list[VoterStance]:
        voters = electors(group, room.states, belongs)
        return voter_stances(current, voters, question.option, question.undeclared)

    stances = standing(electorate)
    members = _members(question.groups, belongs, {one.delegation for one in stances})
    parts = {name: members_of(name, belongs) for rule in rules for name in rule.components}
    may_vote = {one.delegation for one in stances}
    return Tally(
        target,
        question.option,
        electorate,
        tuple(stances),
        stance_count(stances),
        tuple(by_group(stances, members)),
        tuple(rule_outcome(rule, standing(rule.electorate), parts) for rule in rules),
        tuple(sorted({p.delegation for p in current} - may_vote)),
    )


def electors(group: str | None, states: Collection[str], belongs: Memberships) -> list[str]:
    """Return who may vote: the states, or the members of a group, sorted.

    For a member that is a group its own members vote; where the record has none, it votes itself.
    """
    if group is None:
        return sorted(states)
    groups = {above for memberships in belongs.values() for above in memberships}
    return [member for member in members_of(group, belongs) if member not in groups]


def _rules(room: VotingContext, only: str | None) -> list[Rule]:
    """Return the rules of a negotiation, and the usual ones that are not among them."""
    if only is not None:
        return [rule for rule in (*room.rules, *STANDARD) if rule.name == only][:1]
    usual = (r for r in STANDARD if not any(r.decides_as(own) for own in room.rules))
    return [*room.rules, *usual]


def _electorate(rules: Iterable[Rule]) -> str | None:
    """Return the one electorate that rules name; None where they name none or different ones."""
    named = {rule.electorate for rule in rules if rule.electorate is not None}
    return named.pop() if len(named) == 1 else None


def _members(
    names: Collection[str], belongs: Memberships, may_vote: Collection[str]
) -> Mapping[str, Collection[str]]:
    groups = names or {group for memberships in belongs.values() for group in memberships}
    members = {group: [m for m in members_of(group, belongs) if m in may_vote] for group in groups}
    return {group: voters for group, voters in members.items() if voters or names}


def _row(one: Supposed, target: str, option: str | None, day: str, room: VotingContext) -> Row:
    fields = {
        "id": "",
        "negotiation": room.negotiation,
        "type": f"{STANCE_TAKEN}/1",
        "on": day,
        "at": _AFTER_ALL,
        "by": one.delegation,
        "target": target,
        "stance": one.stance,
        "option": None if one.stance == "none" else option,
    }
    return row(
        0, {name: value for name, value in fields.items() if value is not None}, corrected=False
    )
