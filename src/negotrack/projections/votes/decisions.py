"""What was decided on a target, and whether the figures meet the rule by which it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from negotrack.domain.dates import span
from negotrack.domain.values import BY_VOTE
from negotrack.domain.voting_rules import Poll, Rule, Verdict, applicable, contradicts, verdict
from negotrack.projections.positions.memberships import members_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from negotrack.projections.positions.memberships import Memberships

Fields = dict[str, Any]
"""An entry as it counts: the fields of its line."""


class RuleJudgement(NamedTuple):
    """What a rule gives for the figures of a decision, and whether the outcome is another."""

    rule: Rule
    verdict: Verdict
    contradicts: bool


class JudgedDecision(NamedTuple):
    """A decision, and what each rule gives by which it may have been taken.

    ``named`` is the rule that the decision or its motion names; ``counted`` whether the figures are
    those of the decision or were counted from the roll, None where nothing was voted on or counted:
    then no rule is applied.
    """

    target: str
    on: str
    outcome: str
    method: str | None
    figures: tuple[int, int, int | None] | None
    named: str | None
    counted: Literal["figures", "roll"] | None
    judged: tuple[RuleJudgement, ...]
    says: str | None
    entry: str


class RuleContext(NamedTuple):
    """What decisions are judged by.

    ``rules`` are those of the negotiation, each with the last day by which it was laid down;
    ``motion`` gives the entry by which something was put as a question, empty for what is none;
    ``roll`` the votes on a target, ``states`` and ``belongs`` who is a state, and who belongs to
    which group, on a day.
    """

    rules: tuple[tuple[str, Rule], ...]
    motion: Callable[[str], Fields]
    roll: Callable[[str], Mapping[str, str]]
    states: Callable[[str], tuple[str, ...]]
    belongs: Callable[[str], Memberships]


def judged_decisions(decisions: Iterable[Fields], room: RuleContext) -> list[JudgedDecision]:
    """Return decisions, given as entries in order, with what the rules give for them."""
    return [_decided(decision, room) for decision in decisions]


def _decided(decision: Fields, room: RuleContext) -> JudgedDecision:
    target, day = decision["target"], span(decision["on"]).last
    motion = room.motion(target)
    named = decision.get("rule") or motion.get("rule")
    poll, counted = _poll(decision, room)
    laid = (rule for last, rule in room.rules if last <= day or rule.name == named)
    rules = applicable(laid, named, motion.get("question"))
    return JudgedDecision(
        target,
        decision["on"],
        decision["outcome"],
        decision.get("method"),
        (poll.yes, poll.no, poll.abstain) if poll else None,
        named,
        counted,
        () if poll is None else tuple(_judged(rule, poll, decision, room) for rule in rules),
        decision.get("says"),
        decision["id"],
    )


def _poll(
    decision: Fields, room: RuleContext
) -> tuple[Poll | None, Literal["figures", "roll"] | None]:
    """Return the count of a decision: by its figures, else by the roll of what was voted on."""
    figures = decision.get("figures")
    if figures is not None:
        return Poll(figures["yes"], figures["no"], figures.get("abstain") or 0), "figures"
    if decision.get("method") not in BY_VOTE:
        return None, None
    roll = room.roll(decision["target"])
    poll = _count(roll, roll)
    return (poll, "roll") if poll.present else (None, None)


def _count(roll: Mapping[str, str], of: Iterable[str]) -> Poll:
    answers = [roll[who] for who in of if who in roll]
    return Poll(answers.count("yes"), answers.count("no"), answers.count("abstain"))


def _judged(rule: Rule, poll: Poll, decision: Fields, room: RuleContext) -> RuleJudgement:
    day = span(decision["on"]).last
    if rule.electorate is None:
        members = len(room.states(day))
    else:
        members = len(members_of(rule.electorate, room.belongs(day)))
    parts = None
    if rule.components:
        roll = room.roll(decision["target"])
        whole = _count(roll, roll)
        if (whole.yes, whole.no) == (poll.yes, poll.no):
            belongs = room.belongs(day)
            parts = {name: _count(roll, members_of(name, belongs)) for name in rule.components}
    ruling = verdict(rule, poll._replace(members=members, components=parts))
    return RuleJudgement(rule, ruling, contradicts(decision["outcome"], ruling))
