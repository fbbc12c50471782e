from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import about, records
from shorthand import joined, motion, takes, votes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

    Run = Callable[..., Result]

VOTING_DAY = "2023-01-18"


@pytest.fixture
def voted(workspace: Workspace) -> Path:
    """Return a workspace in which Austria left its group's line and Kenya kept its word."""
    workspace.log(joined("AUT", "EU", on="1995-01-01"))
    workspace.log(motion("delete-6", "art-6", question="deletion"))
    workspace.log(takes("EU", "support", "art-6"))
    workspace.log(takes("KEN", "oppose", "art-6"))
    workspace.log(takes("CHN", "reserve", "art-6"))
    for by in ("AUT", "KEN", "CHN"):
        workspace.log(votes(by, "yes", "delete-6", on=VOTING_DAY))
    workspace.close()
    return workspace.storage.places.root


def test_a_gap_has_both_entries(run: Run, voted: Path) -> None:
    """A record has the stance, where it comes from, the vote and the question."""
    answer = run("gap", "--format", "json", at=voted)
    gaps = {record["delegation"]: record for record in records(answer.out)}
    assert {name: record["gap"] for name, record in gaps.items()} == {
        "AUT": "contradiction",
        "CHN": "half",
    }
    aut = gaps["AUT"]
    assert (aut["stance"], aut["through"], aut["vote"]) == ("support", "EU", "yes")
    assert (aut["motion"], aut["question"], aut["target"]) == ("delete-6", "deletion", "art-6")
    assert len({aut["stance_entry"], aut["vote_entry"]}) == 2
    assert about(answer.out)["answer"] == "gap"


def test_the_gap_fits_the_terminal_and_sums_up(run: Run, voted: Path) -> None:
    """The table is no wider than 80 columns, and its last lines count all votes compared."""
    answer = run("gap", at=voted)
    assert max(map(len, answer.out.splitlines())) <= 80
    summary = "3 votes of somebody with a declared stance: 1 contradiction, 1 half, 1 as declared"
    assert summary in " ".join(answer.out.split())


def test_kept_words_are_listed_on_demand(run: Run, voted: Path) -> None:
    """``--all`` lists also the votes that were as declared."""
    gaps = records(run("gap", "KEN", "--all", "--format", "json", at=voted).out)
    assert [(r["delegation"], r["gap"]) for r in gaps] == [("KEN", "none")]


def test_a_target_takes_in_the_motions_about_it(run: Run, voted: Path) -> None:
    """``--on`` a provision finds the votes on motions to delete it; on another, none."""
    assert len(records(run("gap", "--target", "art-6", "--format", "json", at=voted).out)) == 2
    assert records(run("gap", "--target", "scope", "--format", "json", at=voted).out) == []


def test_own_words_alone_can_be_asked_for(run: Run, voted: Path) -> None:
    """Without its group Austria had said nothing."""
    gaps = records(run("gap", "--own-only", "--format", "json", at=voted).out)
    assert [r["delegation"] for r in gaps] == ["CHN"]


@pytest.mark.parametrize(
    ("words", "code", "cure"),
    [("KEN --delegation CHN", 2, "give one of them"), ("KEM", 3, "did you mean KEN")],
)
def test_what_means_nothing_is_refused(
    run: Run, voted: Path, words: str, code: int, cure: str
) -> None:
    """A refusal says what to do instead."""
    answer = run("gap", *words.split(), at=voted)
    assert (answer.code, answer.out) == (code, "")
    assert cure in answer.err
