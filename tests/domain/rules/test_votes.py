from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from negotrack.domain.values import Figures
from shorthand import decided, issue, motion, rule, takes

if TYPE_CHECKING:
    from conftest import Scenario


def test_an_option_is_named_once(room: Scenario) -> None:
    """An issue does not have the same option twice."""
    room.when(issue("voting", "60", "30", "60")).then_refused("named twice")


def test_an_option_is_one_of_the_issue(room: Scenario) -> None:
    """A stance names one of the options of its issue, or none."""
    (
        room.given(takes("KEN", "support", "scope", option="broad"))
        .when(takes("KEN", "support", "scope", option="narrow"))
        .then_refused("no option narrow", "broad, limited")
    )


@pytest.mark.parametrize("target", ["art-6", "p-1", "a-1"])
def test_only_issues_have_options(table: Scenario, target: str) -> None:
    """A stance on anything else names no option."""
    table.when(takes("KEN", "support", target, option="broad")).then_refused("has no options")


@pytest.mark.parametrize("method", ["consensus", "without-vote", None])
def test_figures_need_a_vote(room: Scenario, method: str | None) -> None:
    """Only a decision by vote has figures."""
    figures = Figures(yes=2, no=1)
    room.given(decided("scope", figures=figures, method="vote"))
    room.given(decided("scope", method=method), decided("scope", method="vote"))
    room.when(decided("scope", figures=figures, method=method)).then_refused("only a decision by")


@pytest.mark.parametrize(
    "fields",
    [
        {"requires": "simple-majority"},
        {"requires": "simple-majority", "quorum": "1/2"},
        {"requires": "consensus"},
        {"requires": "qualified-majority", "share": "3/5"},
        {"requires": "qualified-majority", "share": "5/5"},
        {"requires": "qualified-majority", "count": 10},
        {"requires": "component-majority", "components": ("EU",)},
    ],
)
def test_a_rule_that_can_decide_is_let_in(room: Scenario, fields: dict[str, Any]) -> None:
    """Choice: a rule needs no share, and a share or a quorum may be all."""
    room.when(rule("of-procedure", **fields)).then_logged()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"requires": "qualified-majority"}, "a qualified majority has a share or a count"),
        ({"requires": "qualified-majority", "share": "6/5"}, "6/5 is more than all"),
        ({"requires": "simple-majority", "quorum": "3/2"}, "3/2 is more than all"),
        ({"requires": "component-majority"}, "exactly when it is a component majority"),
        ({"requires": "consensus", "components": ("EU",)}, "exactly when it is a component"),
        ({"requires": "component-majority", "components": ("KEN",)}, "KEN"),
        ({"requires": "consensus", "electorate": "KEN"}, "KEN"),
    ],
)
def test_a_rule_that_cannot_decide_is_refused(
    room: Scenario, fields: dict[str, Any], words: str
) -> None:
    """What a rule requires it has, no share is more than all, and its components are groups."""
    room.when(rule("of-procedure", **fields)).then_refused(words)


@pytest.mark.parametrize("question", ["deletion", "division"])
def test_a_motion_to_delete_or_divide_is_about_a_target(room: Scenario, question: str) -> None:
    """Only what is there can be deleted or divided; a motion of procedure is about nothing."""
    room.given(motion("m-1"), motion("m-2", "art-6", question=question))
    room.when(motion("m-3", question=question)).then_refused(
        f"a motion of {question} is about a target"
    )


def test_a_merger_says_into_what(table: Scenario) -> None:
    """What the target was merged into is named exactly when it was merged."""
    table.given(decided("p-2", "merged", into="p-1"))
    table.when(decided("p-2", "merged")).then_refused("exactly when its outcome is merged")
    table.when(decided("p-2", "adopted", into="p-1")).then_refused("exactly when")
    table.when(decided("p-2", "merged", into="p-2")).then_refused("merged into itself")
