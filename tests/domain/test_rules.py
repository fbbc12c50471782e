from __future__ import annotations

from typing import TYPE_CHECKING

from shorthand import amendment, decided, delegation, issue, opened, takes

if TYPE_CHECKING:
    from conftest import Scenario


def test_a_negotiation_is_opened_before_anything_else(scenario: Scenario) -> None:
    """Nothing can be logged into a negotiation that was not opened."""
    scenario.when(delegation("KEN")).then_refused(
        "no negotiation demo", "negotrack log negotiation"
    )


def test_a_negotiation_is_opened_once(scenario: Scenario) -> None:
    """The name of a negotiation is taken once it is opened."""
    scenario.given(opened()).when(opened(title="Another")).then_refused("taken", code=4)


def test_a_stance_is_on_a_known_target(room: Scenario) -> None:
    """A stance on a target that nothing names is refused, with the near miss."""
    room.when(takes("KEN", "support", "scpe")).then_refused("no target scpe", "scope")


def test_an_option_is_one_of_the_issue(room: Scenario) -> None:
    """A stance names one of the options of its issue, or none."""
    (
        room.given(takes("KEN", "support", "scope", option="broad"))
        .when(takes("KEN", "support", "scope", option="narrow"))
        .then_refused("no option narrow", "broad, limited")
    )


def test_a_slug_names_one_thing(room: Scenario) -> None:
    """An issue cannot take the name of a provision."""
    room.when(issue("art-6")).then_refused("taken", "provision", code=4)


def test_an_amendment_may_amend_an_amendment(room: Scenario) -> None:
    """A sub-amendment is an amendment whose target is one."""
    room.given(amendment("a-1", "art-6/2", "KEN")).when(amendment("a-2", "a-1")).then_logged()


def test_figures_need_a_vote(room: Scenario) -> None:
    """Only a decision by vote has figures."""
    from negotrack.domain.values import Figures

    figures = Figures(yes=2, no=1)
    room.when(decided("scope", figures=figures, method="consensus")).then_refused(
        "only a decision by"
    )


def test_a_later_stance_replaces_an_earlier_one(room: Scenario) -> None:
    """A position is the last stance by the day that is asked about."""
    (
        room.given(
            takes("KEN", "reserve", "art-6", on="2023-01-16"),
            takes("KEN", "support", "art-6", on="2023-01-18"),
        )
        .then_position("KEN", "art-6", None, as_of="2023-01-15")
        .then_position("KEN", "art-6", "reserve", as_of="2023-01-17")
        .then_position("KEN", "art-6", "support", as_of="2023-01-19")
    )
