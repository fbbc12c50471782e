"""The commands that count: ``votes`` and ``alignment``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import about, records
from shorthand import decided, intends, joined, motion, takes, votes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

    Run = Callable[..., Result]


@pytest.fixture
def voted(workspace: Workspace) -> Path:
    """Return a workspace in which there was a vote on two things."""
    workspace.log(joined("AUT", "EU", on="1995-01-01"))
    workspace.log(motion("m-1", "art-6"))
    for target in ("m-1", "art-6/2"):
        workspace.log(votes("KEN", "yes", target))
        workspace.log(votes("CHN", "no", target))
        workspace.log(votes("AUT", "abstain", target))
    workspace.log(votes("HRW", "absent", "m-1"))
    workspace.log(decided("m-1", "rejected", method="roll-call"))
    workspace.log(takes("EU", "support", "scope", option="limited"))
    workspace.log(takes("CHN", "support", "scope", option="broad"))
    workspace.close()
    return workspace.storage.places.root


def test_everything_that_was_voted_on_is_listed(run: Run, voted: Path) -> None:
    """Without a target each thing voted on has its counts; who did not vote is counted apart."""
    rows = records(run("votes", "--format", "json", at=voted).out)
    counts = [(r["target"], r["yes"], r["no"], r["abstain"], r["not_voting"]) for r in rows]
    assert counts == [("art-6/2", 1, 1, 1, 0), ("m-1", 1, 1, 1, 1)]


def test_a_vote_is_listed_voter_by_voter(run: Run, voted: Path) -> None:
    """With a target everybody's vote is there, and the footer counts and says what was decided."""
    out = run("votes", "m-1", "--unfold", at=voted).out
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


def test_a_vote_is_held_against_the_rule(run: Run, voted: Path) -> None:
    """The footer and the facts say what the rule gives, and so do the records."""
    says = "no rule is named; by simple-majority it is rejected: 1 of the 2 needed, of 2 voting"
    for words in (("votes", "m-1"), ("show", "m-1")):
        assert says in " ".join(run(*words, "--format", "markdown", at=voted).out.split())
    decisions = about(run("votes", "m-1", "--format", "json", at=voted).out)["decisions"]
    listed = records(run("votes", "--format", "json", at=voted).out)[1]["decisions"]
    assert decisions == listed
    (decision,) = decisions
    assert (decision["outcome"], decision["counted_from"]) == ("rejected", "roll")
    assert [(r["rule"], r["adopted"], r["contradicts"]) for r in decision["rules"]] == [
        ("simple-majority", False, False)
    ]


def test_votes_of_a_source_go_with_its_decisions(run: Run, voted: Path) -> None:
    """A filter by source narrows votes and decisions alike."""
    result = run("votes", "m-1", "--source", "press", at=voted)
    assert (result.code, result.err) == (0, "")
    assert "rejected" not in result.out


def test_the_votes_of_a_delegation(run: Run, voted: Path) -> None:
    """With a delegation its votes are there, target by target."""
    ballots = records(run("votes", "--delegation", "KEN", "--format", "json", at=voted).out)
    assert [(r["target"], r["vote"]) for r in ballots] == [("art-6/2", "yes"), ("m-1", "yes")]


def test_agreement_has_the_number_behind_it(run: Run, voted: Path) -> None:
    """Every pair says over how many things it was counted."""
    rows = records(run("alignment", "--format", "json", at=voted).out)
    pairs = {(r["one"], r["other"]): (r["agreement"], r["shared"]) for r in rows}
    assert pairs["KEN", "CHN"] == (0.0, 2)
    assert pairs["KEN", "AUT"] == (0.5, 2)


def test_what_rests_on_little_is_said(run: Run, workspace: Workspace) -> None:
    """The footer says how many pairs share a single item, where others share more."""
    for voter, target in (("KEN", "art-6"), ("CHN", "art-6"), ("KEN", "art-6/2")):
        workspace.log(votes(voter, "yes", target))
    for voter in ("CHN", "AUT"):
        workspace.log(votes(voter, "yes", "art-6/2"))
    workspace.close()
    out = " ".join(run("alignment", at=workspace.storage.places.root).out.split())
    assert "2 share a single item, and --min 2 leaves them out" in out
    out = run("alignment", "--min", "2", at=workspace.storage.places.root).out
    assert "single" not in out


def test_votes_and_stances_can_be_compared_apart(run: Run, voted: Path) -> None:
    """With stances alone only those that took one are compared: on each option."""
    pairs = records(run("alignment", "--of", "stances", "--format", "json", at=voted).out)
    assert [({r["one"], r["other"]}, r["agreement"], r["shared"]) for r in pairs] == [
        ({"CHN", "EU"}, 0.0, 2)
    ]


def test_one_delegation_has_partners(run: Run, voted: Path) -> None:
    """With a delegation, it is compared with each other one."""
    pairs = records(run("alignment", "KEN", "--format", "json", at=voted).out)
    assert {r["one"] for r in pairs} == {"KEN"}
    assert [r["other"] for r in pairs] == ["AUT", "CHN"]


def test_loyalty_is_to_a_group(run: Run, voted: Path) -> None:
    """Loyalty without a group is wrong usage, with one sentence that says what is missing."""
    refused = run("alignment", "--loyalty", at=voted)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "negotrack: --loyalty is to a group; name it with --group\n"


def test_only_groups_have_members(run: Run, voted: Path) -> None:
    """A state is no group, for alignment as for positions."""
    for command in ("alignment", "positions"):
        refused = run(command, "--group", "KEN", at=voted)
        assert refused.code == 3
        assert "KEN (Kenya) is not a group" in refused.err


def test_a_group_can_be_looked_at_alone(run: Run, voted: Path) -> None:
    """Positions of a group are its own and those of its members on the day."""
    positions = records(run("positions", "--group", "EU", "--format", "json", at=voted).out)
    assert {(r["delegation"], r["target"], r["via"]) for r in positions} == {
        ("AUT", "art-6/2", "vote"),
        ("AUT", "m-1", "vote"),
        ("AUT", "scope", "group"),
        ("EU", "scope", "own"),
    }


def test_own_words_alone(run: Run, voted: Path) -> None:
    """``--own-only`` leaves out what delegations have through their groups."""
    positions = records(
        run("positions", "--target", "scope", "--own-only", "--format", "json", at=voted).out
    )
    assert {r["delegation"] for r in positions} == {"CHN", "EU"}
    grid = records(run("positions", "--matrix", "--own-only", "--format", "json", at=voted).out)
    assert {r["delegation"]: r["scope"] for r in grid}["AUT"] is None
