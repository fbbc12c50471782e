from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from domain.rules.deeds import cosponsors, left, moved, signs
from shorthand import amendment, delegation, joined, proposal, says, session, takes

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Scenario
    from negotrack.domain.entries import Entry


def test_a_state_has_its_iso_code(room: Scenario) -> None:
    """A code that no state has is refused for a state, with the near ones."""
    room.when(delegation("FIM")).then_refused("not the ISO 3166 alpha-3 code", "FIN")


def test_a_code_far_from_every_state_needs_another_kind(room: Scenario) -> None:
    """Where no state's code is near, the cure is to name the kind."""
    room.when(delegation("ACCESS-NOW")).then_refused("not the ISO").then_cure(
        "name-kind", kind="observer"
    )


def test_a_code_of_a_state_is_for_the_state(room: Scenario) -> None:
    """A group or observer cannot take the code of a state."""
    room.when(delegation("FIN", "observer")).then_refused("is the code of Finland")
    room.then_cure("register-as", kind="state")


def test_an_unregistered_state_is_named(room: Scenario) -> None:
    """A state that is not registered yet is called by its name, and the cure registers it."""
    room.when(takes("FIN", "support", "scope")).then_refused(
        "FIN (Finland) is not registered in demo"
    )
    room.then_cure("register", code="FIN")


@pytest.mark.parametrize(
    "fields",
    [{"by": "CHM"}, {"for_": "CHM"}, {"aligned_with": "CHM"}],
    ids=["by", "for", "aligned"],
)
def test_a_party_is_a_known_delegation(room: Scenario, fields: dict[str, str]) -> None:
    """Who acts, for whom, and whom they follow: all are registered."""
    stance = msgspec.structs.replace(takes("KEN", "support", "scope"), **fields)
    room.when(stance).then_refused("no delegation CHM", "did you mean", "CHN")


@pytest.mark.parametrize("slug", ["scope", "s-1", "demo"])
def test_a_group_is_no_slug(room: Scenario, slug: str) -> None:
    """What is no delegation cannot act."""
    stance = msgspec.structs.replace(takes("KEN", "support", "scope"), by=slug)
    room.when(stance).then_refused()


@pytest.mark.parametrize(
    "tabled",
    [proposal("p-1", sponsors=("KEN", "XYZ")), amendment("a-1", "art-6", sponsors=("XYZ",))],
)
def test_sponsors_are_known(room: Scenario, tabled: Entry) -> None:
    """Every further sponsor is registered."""
    room.when(tabled).then_refused("no delegation XYZ")


def test_known_sponsors_are_let_in(room: Scenario) -> None:
    """A proposal may have any number of known sponsors, and may be about a target."""
    room.when(proposal("p-1", "KEN", sponsors=("AUT", "HRW"), target="scope")).then_logged()


def test_nobody_acts_for_itself(room: Scenario) -> None:
    """To speak on behalf of oneself is just to speak."""
    room.given(takes("AUT", "support", "scope", for_="EU")).when(
        takes("EU", "support", "scope", for_="EU")
    ).then_refused("EU cannot act on behalf of itself", "leave `for` out")


@pytest.mark.parametrize("entry", [joined, left])
def test_only_groups_have_members(room: Scenario, entry: Callable[..., Entry]) -> None:
    """A delegation joins and leaves groups, not states."""
    room.given(entry("AUT", "EU")).when(entry("AUT", "CHN")).then_refused(
        "CHN (China) is not a group"
    )


@pytest.mark.parametrize("entry", [joined, left])
def test_a_group_is_known(room: Scenario, entry: Callable[..., Entry]) -> None:
    """A group that was not registered has no members."""
    room.when(entry("AUT", "EFTA")).then_refused("no delegation EFTA")


@pytest.mark.parametrize("entry", [joined, left])
def test_a_group_is_not_its_own_member(room: Scenario, entry: Callable[..., Entry]) -> None:
    """No group joins or leaves itself."""
    room.when(entry("EU", "EU")).then_refused("EU cannot be a member of itself")


def test_a_session_is_known(room: Scenario) -> None:
    """An entry lies in a session that was scheduled, or in none."""
    room.given(says("KEN", "Good morning.", session="s-1")).when(
        says("KEN", "Good night.", session="s-9")
    ).then_refused("no session s-9", "s-1")


def test_a_target_is_no_session(room: Scenario) -> None:
    """What has another kind of name is no session."""
    room.when(says("KEN", "Good night.", session="scope")).then_refused(
        "scope is an issue, not a session"
    )


def test_only_a_known_session_is_moved(room: Scenario) -> None:
    """A session is scheduled before it is rescheduled."""
    room.given(moved("s-1", days="2023-02")).when(moved("s-9", days="2023-02")).then_refused(
        "no session s-9"
    )


DST_NIGHT = "2022-03-27"


@pytest.fixture
def night(room: Scenario) -> Scenario:
    """A session in Vienna that sat through the night in which summer time began."""
    return room.given(session("s-2", "2022-03-21/2022-04-01"))


def test_a_time_that_the_clocks_skip_is_refused(night: Scenario) -> None:
    """No clock of the room showed half past two that night."""
    night.when(says("KEN", "Hello.", on=DST_NIGHT, at="02:30", session="s-2")).then_refused(
        "the clocks of Europe/Vienna skip 02:30 on 2022-03-27"
    )


@pytest.mark.parametrize(
    ("on", "at", "where"),
    [
        (DST_NIGHT, "03:30", "s-2"),
        (DST_NIGHT, "02:30", None),
        ("2022-03", "02:30", "s-2"),
        ("2022-10-30", "02:30", "s-2"),
    ],
    ids=["after", "no-session", "no-day", "twice"],
)
def test_other_times_are_let_in(night: Scenario, on: str, at: str, where: str | None) -> None:
    """A gap exists in one room on one night; an hour that comes twice is an hour."""
    night.when(says("KEN", "Hello.", on=on, at=at, session=where)).then_logged()


def test_the_clocks_are_those_of_the_room_after_a_move(night: Scenario) -> None:
    """A session that was moved to New York goes by the clocks there."""
    night.given(moved("s-2", on="2022-03-01", city="New York", zone="America/New_York")).when(
        says("KEN", "Hello.", on=DST_NIGHT, at="02:30", session="s-2")
    ).then_logged()


@pytest.mark.parametrize(
    "entry", [lambda **m: signs("draft-1", **m), lambda **m: cosponsors("p-1", **m)]
)
def test_one_is_named_or_many_are_counted(table: Scenario, entry: Callable[..., Entry]) -> None:
    """A source names a signatory or co-sponsor, or only counts them."""
    table.given(entry(by="KEN"), entry(count=72), entry(count=0))
    table.when(entry()).then_refused("how many", "give `by` or `count`")
    table.when(entry(by="KEN", count=1)).then_refused("how many")
