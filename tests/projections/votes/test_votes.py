"""How delegations voted: one vote each, with what was said beside it."""

from __future__ import annotations

from typing import Any

from negotrack.domain import entries as e
from negotrack.domain.specification import Effective, ordered
from negotrack.domain.values import Source
from negotrack.facts.rolls import Roll, Rolls
from negotrack.facts.rows import row_of
from negotrack.projections.votes.votes import Voter, ballots, voters
from shorthand import DAY, DEMO, votes


def _voters(*drafts: e.Entry) -> list[Voter]:
    live = [Effective(f"{n:064}", draft) for n, draft in enumerate(drafts)]
    return list(voters(row_of(n, one) for n, one in enumerate(ordered(live))))


def test_a_delegation_votes_once() -> None:
    """The last vote on a target counts."""
    listed = _voters(
        votes("KEN", "no", "scope", on="2023-01-16"), votes("KEN", "yes", "scope", on="2023-01-17")
    )
    assert [(v.delegation, v.vote) for v in listed] == [("KEN", "yes")]


def test_what_a_voter_had_intended_stands_beside_its_vote() -> None:
    """An intention changes no vote, and an explanation is quoted with it."""
    about: dict[str, Any] = {"negotiation": DEMO, "on": DAY, "by": "KEN", "target": "scope"}
    (voter,) = _voters(
        votes("KEN", "no", "scope"),
        e.VoteIntended(**about, vote="abstain"),
        e.VoteExplained(**about, says="Too soon: much is open."),
    )
    assert (voter.vote, voter.intended, voter.says) == ("no", "abstain", "Too soon: much is open.")


def test_two_sources_that_tell_a_vote_differently_are_a_dispute() -> None:
    """Both accounts are kept; the official one is shown, and names the other."""
    (voter,) = _voters(
        votes("KEN", "yes", "scope", sources=(Source(title="Record"),), confidence="official"),
        votes("KEN", "no", "scope", sources=(Source(title="Press"),)),
    )
    assert (voter.vote, len(voter.disputed)) == ("yes", 1)


def test_votes_are_listed_by_target_and_delegation() -> None:
    """The order is that of the names, whatever the order of the votes."""
    listed = _voters(votes("KEN", "yes", "scope"), votes("AUT", "yes", "scope"),
                    votes("KEN", "no", "art-6"))  # fmt: skip
    assert [(v.target, v.delegation) for v in listed] == [
        ("art-6", "KEN"),
        ("scope", "AUT"),
        ("scope", "KEN"),
    ]


def test_what_was_voted_on_is_listed_by_the_last_vote_on_it() -> None:
    """The day of the last vote goes before the name, and that of the first one does not count."""
    days = {
        "art-6": ("2023-01-16", "2023-01-20"),
        "scope": ("2023-01-17", "2023-01-18"),
        "title": ("2023-01-15", "2023-01-20"),
    }
    rolls = tuple(
        Roll(target, None, is_vote=True, first=first, last=last, answers={"yes": 1})
        for target, (first, last) in days.items()
    )
    listed = ballots(Rolls(("KEN",), rolls))
    assert [one.target for one in listed] == ["scope", "art-6", "title"]
