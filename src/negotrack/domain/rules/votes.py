"""Rules about stances, motions, rules of decision and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.domain.outcomes import INTO_ANOTHER
from negotrack.domain.rules.parties import group
from negotrack.domain.values import BY_VOTE
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from negotrack.domain import entries as e
    from negotrack.domain.register import Register


def options_differ(entry: e.IssueRaised, _: Register) -> None:
    """Refuse an issue that names an option twice."""
    if len(set(entry.options)) != len(entry.options):
        raise Rejected(f"an option of {entry.issue} is named twice", "name each option once")


def option_is_known(entry: e.StanceTaken, register: Register) -> None:
    """Refuse a stance on an option that its target has not."""
    target = register.get(entry.target, *TARGET_NOUNS)
    if entry.option is None or entry.option in target.options:
        return
    if not target.options:
        raise Rejected(f"{entry.target} has no options", "leave the option out")
    raise Rejected(
        f"{entry.target} has no option {entry.option}", f"it has {', '.join(target.options)}"
    )


def decision_is_whole(entry: e.DecisionTaken, register: Register) -> None:
    """Refuse a merger into nothing, figures without a vote, and what the record does not know."""
    if (entry.outcome in INTO_ANOTHER) != (entry.into is not None):
        raise Rejected(
            "a decision names what the target was merged into exactly when its outcome is merged",
            "give both `outcome` merged and `into`, or neither",
        )
    if entry.into is not None:
        register.get(entry.into, *TARGET_NOUNS)
        if entry.into == entry.target:
            raise Rejected(f"{entry.target} cannot be merged into itself", "name another target")
    if entry.document is not None:
        register.get(entry.document, "document")
    if entry.figures is not None and entry.method not in BY_VOTE:
        raise Rejected("only a decision by vote has figures", "set `method` to vote")
    _names_a_rule(entry, register)


def _names_a_rule(entry: e.DecisionTaken | e.MotionPut, register: Register) -> None:
    if entry.rule is not None:
        register.get(entry.rule, "rule")


def motion_is_about_something(entry: e.MotionPut, register: Register) -> None:
    """Refuse a motion to delete or divide nothing, and a rule that the record does not know."""
    _names_a_rule(entry, register)
    if entry.target is None and entry.question in ("deletion", "division"):
        raise Rejected(
            f"a motion of {entry.question} is about a target",
            "name what it would delete or divide",
        )


def rule_can_decide(entry: e.RuleSet, register: Register) -> None:
    """Refuse a rule that leaves open what it requires, or that nobody could meet."""
    if entry.requires == "qualified-majority" and entry.share is None and entry.count is None:
        raise Rejected("a qualified majority has a share or a count", "give one of them, or both")
    if (entry.requires == "component-majority") != bool(entry.components):
        raise Rejected(
            "a rule names components exactly when it is a component majority",
            "set `requires` to component-majority and name the groups, or neither",
        )
    for share in (entry.share, entry.quorum):
        above, _, below = (share or "1/1").partition("/")
        if int(above) > int(below):
            raise Rejected(f"{share} is more than all", "write a share such as 2/3")
    for code in (entry.electorate, *entry.components):
        if code is not None:
            group(code, register)
