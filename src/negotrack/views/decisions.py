"""Decisions in words and as records: what was decided, and whether the figures meet the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from negotrack.projections.votes.decisions import JudgedDecision, RuleJudgement
    from negotrack.render.answer import Record

_GIVES = {True: "it is adopted", False: "it is rejected", None: "it cannot be told"}


def decision_record(found: JudgedDecision) -> Record:
    """Return a decision as tools get it."""
    figures = None
    if found.figures is not None:
        figures = dict(zip(("yes", "no", "abstain"), found.figures, strict=True))
    return {
        "target": found.target,
        "on": found.on,
        "outcome": found.outcome,
        "method": found.method,
        "figures": figures,
        "counted_from": found.counted,
        "rule": found.named,
        "rules": [
            {
                "rule": one.rule.name,
                "adopted": one.verdict.adopted,
                "why": one.verdict.why,
                "contradicts": one.contradicts,
            }
            for one in found.judged
        ],
        "entry": found.entry,
    }


def by_the_rules(found: JudgedDecision) -> str:
    """Return what each rule gives for a decision, in a sentence; empty where none is applied."""
    if not found.judged:
        return ""
    which = "" if found.named else "no rule is named; "
    roll = ", as the roll counts" if found.counted == "roll" else ""
    return which + "; ".join(map(_rule, found.judged)) + roll


def _rule(one: RuleJudgement) -> str:
    against = ", which the outcome contradicts" if one.contradicts else ""
    return f"by {one.rule.name} {_GIVES[one.verdict.adopted]}: {one.verdict.why}{against}"


def outcome(found: JudgedDecision) -> str:
    """Return the outcome of a decision with its own figures."""
    if found.counted != "figures" or found.figures is None:
        return found.outcome
    return f"{found.outcome} {'-'.join(str(n) for n in found.figures if n is not None)}"


def in_short(found: JudgedDecision) -> str:
    """Return the outcome of a decision, and whether each rule gives the same."""
    rules = ", ".join(
        f"{'against' if one.contradicts else 'by'} {one.rule.name}"
        for one in found.judged
        if one.verdict.adopted is not None
    )
    return outcome(found) + (f" ({rules})" if rules else "")
