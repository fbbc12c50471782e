from __future__ import annotations

import json
from typing import TYPE_CHECKING

from negotrack.domain.values import Source
from negotrack.projections.positions.positions import matrix_of, positions
from projections.happenings import happened
from shorthand import decided, says, takes

if TYPE_CHECKING:
    from conftest import Scenario


def test_the_last_stance_is_the_position() -> None:
    """A later stance on the same target replaces the earlier, whatever its option."""
    rows = happened(
        takes("KEN", "oppose", "scope", on="2023-01-16", option="limited"),
        takes("KEN", "support", "scope", on="2023-01-17", option="broad"),
    )
    (position,) = positions(rows)
    assert position[:5] == ("KEN", "scope", "support", "broad", "2023-01-17")
    assert rows[1].id == position.entry


def test_positions_on_two_targets_are_two() -> None:
    """A paragraph is another target than its article."""
    rows = happened(takes("KEN", "oppose", "art-6"), takes("KEN", "support", "art-6/2"))
    assert [(p.target, p.stance) for p in positions(rows)] == [
        ("art-6", "oppose"),
        ("art-6/2", "support"),
    ]


def test_a_stance_taken_back_leaves_none() -> None:
    """Undeclared is the absence of a stance."""
    rows = happened(takes("KEN", "oppose", "art-6"), takes("KEN", "none", "art-6", on="2023-01-17"))
    assert positions(rows) == []
    again = happened(
        takes("KEN", "none", "art-6"), takes("KEN", "reserve", "art-6", on="2023-01-17")
    )
    assert [p.stance for p in positions(again)] == ["reserve"]


def test_positions_are_sorted_by_target_option_and_delegation() -> None:
    """Those who are for one option stand together."""
    rows = happened(
        takes("KEN", "support", "scope", option="limited"),
        takes("EU", "support", "scope", option="broad"),
        takes("CHN", "support", "scope", option="limited"),
        takes("CHN", "support", "art-6"),
        takes("HRW", "reserve", "scope"),
    )
    assert [(p.target, p.delegation) for p in positions(rows)] == [
        ("art-6", "CHN"),
        ("scope", "HRW"),
        ("scope", "EU"),
        ("scope", "CHN"),
        ("scope", "KEN"),
    ]


def test_a_position_says_where_it_comes_from() -> None:
    """Who spoke, with whose statement, in which session and by which source, is kept."""
    (position,) = positions(
        happened(
            takes(
                "AUT", "accept", "scope", for_="EU", aligned_with="KEN", session="s-1",
                condition="the list is closed", reason="certainty", confidence="official",
                sources=(Source(title="Report"),),
            )
        )
    )  # fmt: skip
    assert (position.delegation, position.by, position.through) == ("EU", "AUT", "KEN")
    assert (position.condition, position.reason) == ("the list is closed", "certainty")
    assert (position.session, position.confidence) == ("s-1", "official")
    assert json.loads(position.sources) == [{"title": "Report"}]


def test_own_words_have_no_speaker_and_no_via() -> None:
    """Only what differs from the plain case is said."""
    (position,) = positions(happened(takes("KEN", "accept", "scope")))
    assert (position.by, position.via) == (None, "own")


def test_decisions_and_statements_are_no_positions() -> None:
    """Only stances make positions."""
    assert positions(happened(decided("scope"), says("KEN", "Hm.", target="scope"))) == []


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


def test_a_late_entry_changes_the_past(room: Scenario) -> None:
    """What is logged last but happened first does not stand over what happened later."""
    (
        room.given(
            takes("KEN", "support", "art-6", on="2023-01-18"),
            takes("KEN", "reserve", "art-6", on="2023-01-16"),
        )
        .then_position("KEN", "art-6", "reserve", as_of="2023-01-17")
        .then_position("KEN", "art-6", "support", as_of="2023-01-19")
    )


def test_a_speaker_holds_no_position_for_those_it_speaks_for(room: Scenario) -> None:
    """A stance taken on behalf of a group is the group's."""
    (
        room.given(takes("AUT", "oppose", "art-6", for_="EU"))
        .then_position("EU", "art-6", "oppose", as_of="2023-01-16", by="AUT", via="own")
        .then_position("AUT", "art-6", None, as_of="2023-01-16")
    )


def test_a_stance_of_a_month_counts_from_its_last_day(room: Scenario) -> None:
    """An imprecise date counts once it is surely over."""
    (
        room.given(takes("KEN", "support", "art-6", on="2023-01"))
        .then_position("KEN", "art-6", None, as_of="2023-01-30")
        .then_position("KEN", "art-6", "support", as_of="2023-01-31", since="2023-01")
    )


def test_a_matrix_has_its_delegations_sorted() -> None:
    """The lines of a matrix are in the order of the alphabet, whoever spoke first."""
    names = [f"D{n:02}" for n in range(20)]
    rows = happened(*(takes(name, "support", "art-6") for name in reversed(names)))
    assert matrix_of(positions(rows)).delegations == names
