"""What was decided, and whether the figures meet the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from negotrack.domain.values import Figures
from shorthand import decided, delegation, joined, motion, query, rule, votes

if TYPE_CHECKING:
    from negotrack.projections.votes.decisions import JudgedDecision
    from negotrack.workspace import Workspace


@pytest.fixture
def chamber(workspace: Workspace) -> Workspace:
    """Return a workspace with two groups, and a rule of two thirds."""
    for code in ("G77", "LMG"):
        workspace.log(delegation(code, "group"))
    workspace.log(joined("AUT", "EU", on="1995-01-01"))
    workspace.log(joined("KEN", "G77", on="1995-01-01"))
    workspace.log(joined("CHN", "G77", on="1995-01-01"))
    workspace.log(rule("thirds", "two-thirds"))
    return workspace


def _decided(workspace: Workspace, target: str) -> JudgedDecision:
    (decision,) = workspace.votes.decisions(
        query(workspace.names.negotiation()).narrowed(target=target)
    )
    return decision


def _given(decision: JudgedDecision) -> list[tuple[str, bool | None, bool]]:
    return [(one.rule.name, one.verdict.adopted, one.contradicts) for one in decision.judged]


def test_the_figures_are_held_against_the_rule(chamber: Workspace) -> None:
    """The figures of a decision go before the roll, and the rule says what they give."""
    chamber.log(votes("KEN", "yes", "art-6"))
    figures = Figures(yes=79, no=60, abstain=33)
    chamber.log(decided("art-6", "adopted", method="vote", figures=figures))
    decision = _decided(chamber, "art-6")
    assert (decision.counted, decision.figures, decision.named) == ("figures", (79, 60, 33), None)
    assert _given(decision) == [("thirds", False, True)]


def test_without_figures_the_roll_counts(chamber: Workspace) -> None:
    """A decision by vote without figures is counted from the votes in the record, by the last."""
    for voter, vote in (("KEN", "no"), ("KEN", "yes"), ("CHN", "yes"), ("AUT", "no")):
        chamber.log(votes(voter, vote, "art-6", at="10:00" if vote == "no" else "11:00"))
    chamber.log(decided("art-6", "adopted", method="show-of-hands"))
    decision = _decided(chamber, "art-6")
    assert (decision.counted, decision.figures) == ("roll", (2, 1, 0))
    assert _given(decision) == [("thirds", True, False)]


@pytest.mark.parametrize("method", ["consensus", "without-vote", "vote", None])
def test_what_was_not_counted_is_not_judged(chamber: Workspace, method: str | None) -> None:
    """Without figures and without a vote in the record no rule is applied."""
    chamber.log(decided("art-6", "adopted", method=method))
    decision = _decided(chamber, "art-6")
    assert (decision.counted, decision.figures, decision.judged) == (None, None, ())


def test_the_rule_of_a_motion_is_the_rule(chamber: Workspace) -> None:
    """A decision on a motion goes by the rule that the motion names."""
    chamber.log(rule("half", "absolute-majority"))
    chamber.log(motion("m-1", "art-6", rule="half"))
    chamber.log(decided("m-1", "rejected", method="vote", figures=Figures(yes=1, no=0)))
    decision = _decided(chamber, "m-1")
    assert decision.named == "half"
    assert [one.verdict.why for one in decision.judged] == ["1 of the 2 needed, of 3"]


def test_the_electorate_is_that_of_the_day(chamber: Workspace) -> None:
    """An absolute majority is of the members of the electorate on the day of the decision."""
    chamber.log(rule("of-g77", "absolute-majority", electorate="G77"))
    chamber.log(joined("AUT", "G77", on="2023-02-01"))
    figures = Figures(yes=2, no=0)
    for target, day in (("art-6", "2023-01-31"), ("title", "2023-02-01")):
        if target == "title":
            chamber.log(motion(target, "art-6"))
        chamber.log(decided(target, on=day, method="vote", figures=figures, rule="of-g77"))
        why = [one.verdict.why for one in _decided(chamber, target).judged]
        assert why == [
            "2 of the 2 needed, of 2" if target == "art-6" else "2 of the 2 needed, of 3"
        ]


def test_components_are_counted_from_a_whole_roll(chamber: Workspace) -> None:
    """Each component has its majority by the roll, where that is as long as the figures."""
    chamber.log(rule("each", "component-majority", components=("EU", "G77")))
    for voter, vote in (("KEN", "yes"), ("CHN", "yes"), ("AUT", "no")):
        chamber.log(votes(voter, vote, "art-6"))
    figures = Figures(yes=2, no=1)
    chamber.log(decided("art-6", "rejected", method="vote", figures=figures, rule="each"))
    assert _given(_decided(chamber, "art-6")) == [("each", False, False)]
    more = Figures(yes=20, no=1)
    chamber.log(motion("m-2", "art-6"))
    chamber.log(decided("m-2", "rejected", method="vote", figures=more, rule="each"))
    assert _given(_decided(chamber, "m-2")) == [("each", None, False)]


def test_only_decisions_that_are_asked_for(chamber: Workspace) -> None:
    """A filter by source leaves out decisions from others."""
    chamber.log(decided("art-6"))
    assert (
        chamber.votes.decisions(query(chamber.names.negotiation()).narrowed(source="press")) == []
    )
