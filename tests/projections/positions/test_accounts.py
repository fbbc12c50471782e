"""Accounts of one act that differ: which is chosen, and which are disputed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from negotrack.domain.values import Source
from negotrack.projections.positions.accounts import chosen_last, content_of, disagree, disputed
from projections.happenings import happened
from shorthand import takes, votes

if TYPE_CHECKING:
    from negotrack.facts.query import Accounts

PAPER, RADIO = (Source(title="Paper"),), (Source(title="Radio"),)
OFFICIAL = takes("KEN", "support", "art-6", sources=PAPER, confidence="official")
REPORTED = takes("KEN", "oppose", "art-6", sources=RADIO)


@pytest.mark.parametrize(
    ("accounts", "last"), [("official-first", "support"), ("latest", "oppose"), ("all", "support")]
)
def test_the_chosen_account_comes_last(accounts: Accounts, last: str) -> None:
    """Official accounts come behind others, unless the one recorded last is asked for."""
    rows = list(chosen_last(happened(OFFICIAL, REPORTED), accounts))
    assert rows[-1].stance == last
    assert len(rows) == 2


def test_only_accounts_of_one_act_change_places() -> None:
    """What somebody else did at the same moment, or what was done later, stays where it is."""
    rows = happened(
        OFFICIAL,
        takes("AUT", "accept", "art-6"),
        REPORTED,
        takes("KEN", "reserve", "art-6", on="2023-01-17"),
    )
    assert [row.stance for row in rows] == ["support", "accept", "oppose", "reserve"]
    assert [row.stance for row in chosen_last(rows)] == ["oppose", "accept", "support", "reserve"]


def test_accounts_from_one_source_do_not_disagree() -> None:
    """A source that is cited twice has corrected itself."""
    rows = happened(OFFICIAL, takes("KEN", "oppose", "art-6", sources=PAPER))
    assert not disagree(*rows)
    assert disputed(rows) == {}


def test_accounts_that_say_the_same_do_not_disagree() -> None:
    """Two sources for one stance are no dispute, and an option is part of what is said."""
    same = happened(OFFICIAL, takes("KEN", "support", "art-6", sources=RADIO))
    assert not disagree(*same)
    assert disagree(
        *happened(OFFICIAL, takes("KEN", "support", "art-6", option="a", sources=RADIO))
    )


def test_without_a_source_an_account_is_of_who_recorded_it() -> None:
    """Two entries of one recorder without sources are one account."""
    rows = happened(takes("KEN", "support", "art-6"), takes("KEN", "oppose", "art-6"))
    assert not disagree(*rows)
    assert disagree(*happened(takes("KEN", "support", "art-6"), REPORTED))


def test_each_side_of_a_dispute_names_the_other() -> None:
    """By the id of an entry, the ids of those that tell its act differently."""
    one, other, later = happened(OFFICIAL, REPORTED, takes("KEN", "block", "art-6", "2023-01-17"))
    assert disputed([one, other, later]) == {one.id: (other.id,), other.id: (one.id,)}


def test_votes_can_be_disputed_too() -> None:
    """What accounts differ in is the stance with its option, the vote or the outcome."""
    rows = happened(
        votes("KEN", "yes", "art-6", sources=PAPER), votes("KEN", "no", "art-6", sources=RADIO)
    )
    assert [content_of(row) for row in rows] == [(None, None, "yes"), (None, None, "no")]
    assert set(disputed(rows)) == {row.id for row in rows}
