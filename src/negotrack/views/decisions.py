"""Decisions in words and as records: what was decided, and whether the figures meet the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.votes import COUNTED

if TYPE_CHECKING:
    from negotrack.projections.votes.decisions import JudgedDecision, RuleJudgement
    from negotrack.render.answer import Record

_GIVES = {True: "it is adopted", False: "it is rejected", None: "it cannot be told"}


def decision_record(decision: JudgedDecision) -> Record:
    """Return a decision as tools get it."""
    figures = None
    if decision.figures is not None:
        figures = dict(zip(COUNTED, decision.figures, strict=True))
    return {
        "target": decision.target,
        "on": decision.on,
        "outcome": decision.outcome,
        "method": decision.method,
        "figures": figures,
        "counted_from": decision.counted,
        "rule": decision.named,
        "rules": [
            {
                "rule": one.rule.name,
                "adopted": one.verdict.adopted,
                "why": one.verdict.why,
                "contradicts": one.contradicts,
            }
            for one in decision.judged
        ],
        "entry": decision.entry,
    }


def by_the_rules(decision: JudgedDecision) -> str:
    """Return what each rule gives for a decision, in a sentence; empty where none is applied."""
    if not decision.judged:
        return ""
    which = "" if decision.named else "no rule is named; "
    roll = ", as the roll counts" if decision.counted == "roll" else ""
    return which + "; ".join(map(_rule, decision.judged)) + roll


def _rule(one: RuleJudgement) -> str:
    against = ", which the outcome contradicts" if one.contradicts else ""
    return f"by {one.rule.name} {_GIVES[one.verdict.adopted]}: {one.verdict.why}{against}"


def outcome(decision: JudgedDecision) -> str:
    """Return the outcome of a decision with its own figures."""
    if decision.counted != "figures" or decision.figures is None:
        return decision.outcome
    figures = "-".join(str(n) for n in decision.figures if n is not None)
    return f"{decision.outcome} {figures}"


def in_short(decision: JudgedDecision) -> str:
    """Return the outcome of a decision, and whether each rule gives the same."""
    rules = ", ".join(
        f"{'against' if one.contradicts else 'by'} {one.rule.name}"
        for one in decision.judged
        if one.verdict.adopted is not None
    )
    return outcome(decision) + (f" ({rules})" if rules else "")
