"""``alignment``: pairs, blocs, all with all, and two spans compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import records
from shorthand import votes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

    Run = Callable[..., Result]


@pytest.fixture
def split(workspace: Workspace) -> Path:
    """Return a workspace in which two vote alike and one against them, but for the first day."""
    for by in ("AUT", "KEN", "CHN"):
        workspace.log(votes(by, "yes", "scope", on="2023-01-16"))
    for target in ("art-6", "art-6/2"):
        for by, vote in (("AUT", "yes"), ("KEN", "yes"), ("CHN", "no")):
            workspace.log(votes(by, vote, target, on="2023-01-18"))
    workspace.close()
    return workspace.storage.places.root


def test_agreement_has_the_number_behind_it(run: Run, two_votes: Path) -> None:
    """Every pair says over how many things it was counted."""
    rows = records(run("alignment", "--format", "json", at=two_votes).out)
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


def test_votes_and_stances_can_be_compared_apart(run: Run, two_votes: Path) -> None:
    """With stances alone only those that took one are compared: on each option."""
    pairs = records(run("alignment", "--of", "stances", "--format", "json", at=two_votes).out)
    assert [({r["one"], r["other"]}, r["agreement"], r["shared"]) for r in pairs] == [
        ({"CHN", "EU"}, 0.0, 2)
    ]


def test_one_delegation_has_partners(run: Run, two_votes: Path) -> None:
    """With a delegation, it is compared with each other one."""
    pairs = records(run("alignment", "KEN", "--format", "json", at=two_votes).out)
    assert {r["one"] for r in pairs} == {"KEN"}
    assert [r["other"] for r in pairs] == ["AUT", "CHN"]


def test_loyalty_is_to_a_group(run: Run, two_votes: Path) -> None:
    """Loyalty without a group is wrong usage, with one sentence that says what is missing."""
    refused = run("alignment", "--loyalty", at=two_votes)
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == "negotrack: --loyalty is to a group; name it with --group\n"


def test_only_groups_have_members(run: Run, two_votes: Path) -> None:
    """A state is no group, for alignment as for positions."""
    for command in ("alignment", "positions"):
        refused = run(command, "--group", "KEN", at=two_votes)
        assert refused.code == 3
        assert "KEN (Kenya) is not a group" in refused.err


# -- blocs, all with all, two spans ---------------------------------------------------------------


def test_blocs_are_those_that_agree(run: Run, split: Path) -> None:
    """A bloc has its members, their agreement and the fewest items that two of them share."""
    blocs = records(run("alignment", "--blocs", "2", "--format", "json", at=split).out)
    assert [(r["bloc"], sorted(r["delegations"]), r["agreement"], r["shared"]) for r in blocs] == [
        (1, ["AUT", "KEN"], 1.0, 3),
        (2, ["CHN"], None, None),
    ]
    near = records(run("alignment", "--blocs", "--format", "json", at=split).out)
    assert near == blocs


def test_the_matrix_has_all_with_all(run: Run, split: Path) -> None:
    """Each delegation has its agreement with each other, and on how many items."""
    rows = records(run("alignment", "--matrix", "--format", "json", at=split).out)
    by = {r["delegation"]: r for r in rows}
    assert by["CHN"]["agreement"] == pytest.approx({"AUT": 1 / 3, "KEN": 1 / 3})
    assert by["CHN"]["shared"] == {"AUT": 3, "KEN": 3}


@pytest.mark.parametrize("columns", [80, 120])
def test_the_matrix_fits_the_terminal(run: Run, split: Path, columns: int) -> None:
    """A cell has two characters: hundredths, ** for all, -- for oneself."""
    out = run("alignment", "--matrix", at=split, columns=columns).out
    assert max(map(len, out.splitlines())) <= columns
    assert "-- ** 33" in out


def test_some_can_be_chosen(run: Run, split: Path) -> None:
    """``--among``, repeated, leaves the others out."""
    words = ("--among", "Kenya", "--among", "CHN")
    (pair,) = records(run("alignment", *words, "--format", "json", at=split).out)
    assert {pair["one"], pair["other"]} == {"KEN", "CHN"}


def test_two_spans_are_compared(run: Run, split: Path) -> None:
    """Who drifted apart is last, with both figures and what is behind each."""
    words = ("--since", "2023-01-17", "--compare", "2023-01-16", "--format", "json")
    pairs = records(run("alignment", *words, at=split).out)
    last = pairs[-1]
    assert (last["agreement"], last["shared"]) == (0, 2)
    assert (last["compared"], last["compared_shared"], last["change"]) == (1, 1, -1)


@pytest.mark.parametrize("words", ["--blocs 0", "--blocs many", "--blocs --matrix", "--min 0"])
def test_what_means_nothing_is_refused(run: Run, split: Path, words: str) -> None:
    """A refusal says what to do instead."""
    answer = run("alignment", *words.split(), at=split)
    assert (answer.code, answer.out) == (2, "")
