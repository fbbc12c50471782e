"""Who said one thing and voted another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain.entry_types import VOTE_CAST
from negotrack.domain.specification import Effective, answer, ordered
from negotrack.facts.query import OFFICIAL_FIRST, Resolution
from negotrack.facts.rows import row_of
from negotrack.projections.positions.positions import positions
from negotrack.projections.votes.gap import Gap, GapQuery, gaps
from shorthand import joined, left, takes, votes
from strategies import ASKED, few, histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.facts.rows import Row

VOTING_DAY = "2023-01-18"
MOTIONS = {
    "to-adopt": GapQuery("adoption", "art-6"),
    "a-part": GapQuery("part", "art-6"),
    "to-delete": GapQuery("deletion", "art-6"),
    "to-divide": GapQuery("division", "art-6"),
    "to-close": GapQuery("procedure", None),
}


def _rows(*drafts: Entry) -> list[Row]:
    live = [Effective(f"{n:064}", draft) for n, draft in enumerate(drafts)]
    return [row_of(n, one) for n, one in enumerate(ordered(live))]


def _gaps(*drafts: Entry, resolution: Resolution = OFFICIAL_FIRST) -> list[Gap]:
    return gaps(_rows(*drafts), MOTIONS, resolution)


@pytest.mark.parametrize(
    ("stance", "vote", "width"),
    [
        ("support", "no", "contradiction"),
        ("accept", "no", "contradiction"),
        ("oppose", "yes", "contradiction"),
        ("block", "yes", "contradiction"),
        ("support", "abstain", "half"),
        ("block", "abstain", "half"),
        ("reserve", "yes", "half"),
        ("reserve", "abstain", "none"),
        ("support", "yes", "none"),
        ("block", "no", "none"),
    ],
)
def test_a_gap_is_as_wide_as_word_and_vote_are_apart(stance: str, vote: str, width: str) -> None:
    """For against against is a contradiction; what is in between is half."""
    (gap,) = _gaps(takes("KEN", stance, "art-6"), votes("KEN", vote, "art-6", on=VOTING_DAY))
    assert gap.width == width


@pytest.mark.parametrize(
    ("motion", "width"),
    [("to-adopt", "none"), ("a-part", "none"), ("to-delete", "contradiction")],
)
def test_a_vote_on_a_motion_is_one_on_its_target(motion: str, width: str) -> None:
    """To vote for adoption, or for a part, is to be for it; to vote for deletion, against it."""
    (gap,) = _gaps(takes("KEN", "support", "art-6"), votes("KEN", "yes", motion, on=VOTING_DAY))
    assert (gap.width, gap.target, gap.question) == (width, "art-6", MOTIONS[motion].asks)


@pytest.mark.parametrize("motion", ["to-divide", "to-close"])
def test_procedure_says_nothing_of_the_target(motion: str) -> None:
    """A vote to divide a question, or to close a debate, contradicts no stance on its target."""
    assert _gaps(takes("KEN", "support", "art-6"), votes("KEN", "no", motion)) == []


def test_words_on_the_motion_itself_come_first() -> None:
    """Who declared how it stands on the motion is held to that."""
    (gap,) = _gaps(
        takes("KEN", "support", "art-6"),
        takes("KEN", "support", "to-delete"),
        votes("KEN", "yes", "to-delete", on=VOTING_DAY),
    )
    assert (gap.width, gap.target, gap.question) == ("none", "to-delete", None)


@pytest.mark.parametrize("vote", ["absent", "not-participating", "not-a-member"])
def test_who_did_not_vote_did_not_vote_otherwise(vote: str) -> None:
    """Absence is no gap."""
    assert _gaps(takes("KEN", "support", "art-6"), votes("KEN", vote, "art-6")) == []


def test_words_after_the_vote_do_not_count() -> None:
    """A stance of a later day, or of a later hour, came after the vote."""
    vote = votes("KEN", "yes", "art-6", at="11:00")
    assert _gaps(vote, takes("KEN", "oppose", "art-6", on=VOTING_DAY)) == []
    assert _gaps(vote, takes("KEN", "oppose", "art-6", at="12:00")) == []
    assert [g.width for g in _gaps(vote, takes("KEN", "oppose", "art-6", at="10:00"))] == [
        "contradiction"
    ]


def test_a_group_speaks_for_its_members_of_the_day() -> None:
    """The group's word binds who was a member at the vote, unless own words alone are asked."""
    story = (joined("AUT", "EU", on="1995-01-01"), takes("EU", "oppose", "art-6"))
    vote = votes("AUT", "yes", "art-6", on=VOTING_DAY)
    (gap,) = _gaps(*story, vote)
    assert (gap.width, gap.declared.via, gap.declared.through) == (
        "contradiction",
        "group",
        "EU",
    )
    assert _gaps(*story, vote, resolution=Resolution(own_only=True)) == []
    assert _gaps(*story, left("AUT", "EU", on="2023-01-17"), vote) == []


def test_an_earlier_vote_is_no_word() -> None:
    """Only stances are held against votes: two votes may differ."""
    assert _gaps(votes("KEN", "no", "art-6"), votes("KEN", "yes", "art-6", on=VOTING_DAY)) == []


def test_an_option_is_not_what_is_voted_on() -> None:
    """Who supports one option of an issue may vote as it likes on the issue."""
    story = takes("KEN", "support", "scope", option="broad"), votes("KEN", "no", "scope")
    assert _gaps(*story) == []


def test_every_vote_is_held_against_the_words() -> None:
    """Two votes on the same thing on two days are two chances to differ."""
    both = _gaps(
        takes("KEN", "support", "art-6", on="2023-01-10"),
        votes("KEN", "no", "art-6"),
        votes("KEN", "yes", "art-6", on=VOTING_DAY),
    )
    assert [gap.width for gap in both] == ["contradiction", "none"]


@few
@given(kept=histories(), day=st.sampled_from(ASKED))
def test_gaps_are_what_each_vote_by_itself_gives(kept: list[StoredEntry], day: str) -> None:
    """Vote by vote, the stance is the position that the entries before it leave, votes aside."""
    rows = [row_of(n, live, day) for n, live in enumerate(answer(kept, day))]
    for gap in gaps(rows, {}):
        vote = gap.vote
        before = [
            row
            for row in rows
            if row.type != VOTE_CAST
            and (row.moment <= vote.moment if row.stance else row.last <= vote.last)
        ]
        declared = {(p.delegation, p.target): p for p in positions(before)}
        assert gap.declared == declared[gap.delegation, gap.target]


@pytest.mark.parametrize(
    ("stance", "vote", "count"),
    [
        ({"at": "14:59"}, {"at": "15:00"}, 1),
        ({"at": "15:00"}, {"at": "15:00"}, 1),
        ({"at": "15:01"}, {"at": "15:00"}, 0),
        ({"order": 2}, {"order": 2}, 1),
        ({"order": 3}, {"order": 2}, 0),
    ],
)
def test_a_stance_of_the_very_moment_of_the_vote_was_declared_by_then(
    stance: dict[str, Any], vote: dict[str, Any], count: int
) -> None:
    """Choice: what was declared at the moment of the vote is not later than the vote."""
    declared = takes("KEN", "support", "art-6", on=VOTING_DAY, **stance)
    assert count == len(_gaps(declared, votes("KEN", "no", "art-6", on=VOTING_DAY, **vote)))


@pytest.mark.parametrize(("on", "count"), [(VOTING_DAY, 1), ("2023-01-19", 0)])
def test_who_joins_on_the_day_of_the_vote_is_held_to_its_group(on: str, count: int) -> None:
    """Choice: a membership counts from its first day on, whatever the time of the vote."""
    declared = takes("EU", "support", "art-6")
    vote = votes("KEN", "no", "art-6", on=VOTING_DAY, at="09:00")
    assert count == len(_gaps(declared, joined("KEN", "EU", on=on), vote))


@pytest.mark.parametrize(("on", "count"), [("2023-01-19", 1), (VOTING_DAY, 0)])
def test_who_leaves_on_the_day_of_the_vote_is_not_held_to_its_group(on: str, count: int) -> None:
    """Choice: a membership does not count any more on the day on which it ends."""
    declared = takes("EU", "support", "art-6"), joined("KEN", "EU", on="2023-01-10")
    vote = votes("KEN", "no", "art-6", on=VOTING_DAY, at="09:00")
    assert count == len(_gaps(*declared, left("KEN", "EU", on=on), vote))
