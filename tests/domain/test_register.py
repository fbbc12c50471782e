from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Scenario, stamped
from domain.rules.deeds import corrects, moved
from negotrack.domain.register import Register
from shorthand import DEMO, THE_ROOM, retraction
from strategies import few

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry


def test_the_register_knows_the_names(room: Scenario) -> None:
    """Names are listed by their kinds, and everything with a name can be walked through."""
    register = Register(DEMO, room.kept)
    assert {"s-1", "scope"} == set(register.names("session", "issue"))
    assert sorted(register.names()) == sorted(named.name for named in register)
    assert register.find("nothing") is None
    assert not Register("other").is_open


def test_the_register_knows_aliases_and_options(room: Scenario) -> None:
    """What is named brings its title, its aliases and its options."""
    register = Register(DEMO, room.kept)
    assert register.get("EU", "delegation").aliases == ("the Union",)
    assert register.get("scope", "issue").options == ("broad", "limited")
    assert register.get("HRW", "delegation").title == "Human Rights Watch"


@pytest.mark.parametrize("on", ["2022-12-01", "2023-01-16", "2023-01-20"])
def test_a_moved_session_has_its_new_days(room: Scenario, on: str) -> None:
    """A session sits on the days it was moved to, mostly before the day it would have begun."""
    room.given(moved("s-1", on=on, days="2023-02-06/2023-02-10", zone="America/New_York"))
    register = Register(DEMO, room.kept)
    assert register.days("s-1") == "2023-02-06/2023-02-10"
    assert register.zone("s-1") == "America/New_York"
    assert register.days("scope") is None


def test_the_register_without_an_entry_has_not_its_name(room: Scenario) -> None:
    """A naming entry can be thought away."""
    register = Register(DEMO, room.kept)
    assert register.without(register.get("scope", "issue").id).find("scope") is None
    assert register.find("scope") is not None


REGISTER = [
    *THE_ROOM,
    moved("s-1", on="2023-01-10", days="2023-02-06/2023-02-10"),
    moved("s-1", on="2023-01-05", days="2023-03-06/2023-03-10", zone="America/New_York"),
]


def _errata() -> list[Entry]:
    sealed = [stamped(draft, number) for number, draft in enumerate(REGISTER)]
    return [corrects(sealed[7].id, title="Corrected"), retraction(sealed[8].id)]


@few
@given(st.permutations([*REGISTER, *_errata()]))
def test_names_may_be_added_in_any_order(drafts: list[Entry]) -> None:
    """A register to which entries are added one by one is the register of all of them."""
    numbers = {id(draft): number for number, draft in enumerate(REGISTER)}
    kept = [stamped(draft, numbers.get(id(draft), 50)) for draft in drafts]
    grown = Register(DEMO)
    for one in kept:
        grown.add(one)
    folded = Register(DEMO, kept)
    assert {names.name: names for names in folded} == {names.name: names for names in grown}
    assert folded.days("s-1") == grown.days("s-1")
    assert folded.zone("s-1") == grown.zone("s-1")
