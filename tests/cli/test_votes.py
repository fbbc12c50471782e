"""``votes``: how delegations two_votes, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import about, records
from shorthand import intends, votes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

    Run = Callable[..., Result]


def test_everything_that_was_voted_on_is_listed(run: Run, two_votes: Path) -> None:
    """Without a target each thing voted on has its counts; who did not vote is counted apart."""
    rows = records(run("votes", "--format", "json", at=two_votes).out)
    counts = [(r["target"], r["yes"], r["no"], r["abstain"], r["not_voting"]) for r in rows]
    assert counts == [("art-6/2", 1, 1, 1, 0), ("m-1", 1, 1, 1, 1)]


def test_a_vote_is_listed_voter_by_voter(run: Run, two_votes: Path) -> None:
    """With a target everybody's vote is there, and the footer counts and says what was decided."""
    out = run("votes", "m-1", "--unfold", at=two_votes).out
    assert [line.split()[:2] for line in out.splitlines()[4:8]] == [
        ["AUT", "abstain"],
        ["CHN", "no"],
        ["HRW", "absent"],
        ["KEN", "yes"],
    ]
    text = " ".join(out.split())
    assert "1 yes, 1 no, 1 abstain, 1 absent as counted [reported]" in text
    assert "m-1 rejected by roll call" in text
    assert all(len(line) <= 80 for line in out.splitlines())


def test_a_roll_is_folded_by_answer(run: Run, workspace: Workspace) -> None:
    """A table names together who gave one answer, and apart of whom there is more to say."""
    for voter in ("KEN", "AUT"):
        workspace.log(votes(voter, "yes", "art-6"))
    workspace.log(votes("CHN", "not-participating", "art-6"))
    workspace.log(intends("KEN", "no", "art-6"))
    workspace.close()
    lines = run("votes", "art-6", at=workspace.storage.places.root).out.splitlines()
    assert "yes 2                AUT, KEN" in lines
    assert "not participating 1  CHN" in lines
    more = lines.index("Of whom there is more to say:")
    assert lines[more + 4].startswith("KEN         yes   2023-01-16  had intended no [reported]")
    assert not lines[more + 5]


def test_a_vote_is_held_against_the_rule(run: Run, two_votes: Path) -> None:
    """The footer and the facts say what the rule gives, and so do the records."""
    says = "no rule is named; by simple-majority it is rejected: 1 of the 2 needed, of 2 voting"
    for words in (("votes", "m-1"), ("show", "m-1")):
        assert says in " ".join(run(*words, "--format", "markdown", at=two_votes).out.split())
    decisions = about(run("votes", "m-1", "--format", "json", at=two_votes).out)["decisions"]
    listed = records(run("votes", "--format", "json", at=two_votes).out)[1]["decisions"]
    assert decisions == listed
    (decision,) = decisions
    assert (decision["outcome"], decision["counted_from"]) == ("rejected", "roll")
    assert [(r["rule"], r["adopted"], r["contradicts"]) for r in decision["rules"]] == [
        ("simple-majority", False, False)
    ]


def test_votes_of_a_source_go_with_its_decisions(run: Run, two_votes: Path) -> None:
    """A filter by source narrows votes and decisions alike."""
    result = run("votes", "m-1", "--source", "press", at=two_votes)
    assert (result.code, result.err) == (0, "")
    assert "rejected" not in result.out


def test_the_votes_of_a_delegation(run: Run, two_votes: Path) -> None:
    """With a delegation its votes are there, target by target."""
    ballots = records(run("votes", "--delegation", "KEN", "--format", "json", at=two_votes).out)
    assert [(r["target"], r["vote"]) for r in ballots] == [("art-6/2", "yes"), ("m-1", "yes")]
