"""The votes that can be cast: their codes on disk, and the stances that they mean."""

from __future__ import annotations

from typing import get_args

from negotrack.domain.stances import BY_NAME
from negotrack.domain.votes import (
    CODES,
    COUNTED,
    GRADES_OF_VOTES,
    NAMES,
    STANCE_OF_VOTE,
    VOTE_OF_STANCE,
    VOTES,
    Vote,
    in_reading_order,
)


def test_the_type_names_the_votes() -> None:
    """What the type of a vote lets in is a row of the table, and the other way round."""
    assert get_args(Vote) == tuple(vote.name for vote in VOTES)


def test_codes_on_disk_are_for_ever() -> None:
    """An index of last year has the same codes, and none stands for two votes."""
    assert CODES == {
        "yes": 0,
        "no": 1,
        "abstain": 2,
        "absent": 3,
        "not-participating": 4,
        "not-a-member": 5,
    }
    assert {code: name for name, code in CODES.items()} == NAMES


def test_three_votes_are_counted() -> None:
    """Figures are given of them, in this order; the others say why somebody did not vote."""
    assert COUNTED == ("yes", "no", "abstain")
    assert [vote.side for vote in VOTES] == ["for", "against", "between", None, None, None]


def test_a_vote_means_a_stance() -> None:
    """A vote in favour is support, one against opposition, an abstention a reservation."""
    assert STANCE_OF_VOTE == {"yes": "support", "no": "oppose", "abstain": "reserve"}
    assert VOTE_OF_STANCE == {"support": "yes", "oppose": "no", "reserve": "abstain"}
    assert {vote: BY_NAME[stance].vote for vote, stance in STANCE_OF_VOTE.items()} == {
        vote: vote for vote in COUNTED
    }


def test_votes_are_graded_from_yes_to_no() -> None:
    """Where an order of standing is meant, an abstention is between the two."""
    assert list(GRADES_OF_VOTES.items()) == [("yes", 1), ("abstain", 0), ("no", -1)]


def test_counted_votes_are_read_out_first() -> None:
    """Behind them come the others, and words that are no votes, by the alphabet."""
    assert in_reading_order({"absent", "no", "yes", "abstain"}) == [
        "yes",
        "no",
        "abstain",
        "absent",
    ]
    assert in_reading_order(["not-participating", "absent", "no", "else"]) == [
        "no",
        "absent",
        "else",
        "not-participating",
    ]
