from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import about, records
from shorthand import joined, takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

    Run = Callable[..., Result]

SPAN = ("--from", "2023-01-16", "--to", "2023-01-20")


@pytest.fixture
def room(workspace: Workspace) -> Path:
    """Return a workspace in which Kenya turned around."""
    workspace.log(joined("AUT", "EU", on="1995-01-01"))
    workspace.log(takes("EU", "oppose", "art-6"))
    workspace.log(takes("KEN", "support", "art-6"))
    workspace.log(takes("KEN", "oppose", "art-6", on="2023-01-18"))
    workspace.log(takes("CHN", "support", "art-6", on="2023-01-19"))
    workspace.close()
    return workspace.storage.places.root


def test_movers_say_how_far_and_toward_whom(run: Run, room: Path) -> None:
    """A record has what was held before and now, the distance, and who stood there already."""
    answer = run("movers", *SPAN, "--format", "json", at=room)
    moved, declared = records(answer.out)
    assert (moved["delegation"], moved["before"], moved["now"]) == ("KEN", "support", "oppose")
    assert (moved["change"], moved["total"], moved["toward"]) == (-3, 3, ["EU"])
    assert moved["standing"] == 2
    assert (declared["kind"], declared["delegation"]) == ("declared", "CHN")
    assert about(answer.out)["answer"] == "movers"


def test_movers_fit_the_terminal(run: Run, room: Path) -> None:
    """The table is no wider than 80 columns and counts moves apart from first words."""
    answer = run("movers", *SPAN, at=room)
    assert max(map(len, answer.out.splitlines())) <= 80
    assert "support -> oppose; joins EU (2)" in " ".join(answer.out.split())
    assert "1 move of 1 delegation, 1 first word" in answer.out


def test_the_beginning_may_be_the_first_day_that_counts(run: Run, room: Path) -> None:
    """``--since`` begins with the positions of the day before."""
    since = run("movers", "--since", "2023-01-17", "--format", "jsonl", at=room)
    assert since.out == run("movers", "--from", "2023-01-16", "--format", "jsonl", at=room).out


def test_one_delegation_can_be_asked_about(run: Run, room: Path) -> None:
    """``--delegation`` leaves only its moves, and still names those it joined."""
    (moved,) = records(
        run("movers", *SPAN, "--delegation", "Kenya", "--format", "json", at=room).out
    )
    assert (moved["delegation"], moved["toward"]) == ("KEN", ["EU"])


@pytest.mark.parametrize(
    ("words", "code", "cure"),
    [
        ("", 2, "give --from DATE"),
        ("--from 2023-01-01 --since 2023", 2, "give one of them"),
        ("--from 2023-01-01 --to 2023-02 --as-of 2023-02", 2, "give one of them"),
        ("--from 2023-02-01 --to 2023-01-01", 2, "put the earlier date first"),
        ("--from 2023-01-01 --by KEM", 3, "did you mean KEN"),
    ],
)
def test_what_means_nothing_is_refused(
    run: Run, room: Path, words: str, code: int, cure: str
) -> None:
    """A refusal says what to do instead."""
    answer = run("movers", *words.split(), at=room)
    assert (answer.code, answer.out) == (code, "")
    assert cure in answer.err


def test_members_that_moved_with_their_group_are_named_with_it(
    run: Run, workspace: Workspace
) -> None:
    """A table has them in the line of the group, and ``--unfold`` and JSON a line for each."""
    for code in ("AUT", "CHN"):
        workspace.log(joined(code, "EU", on="1995-01-01"))
    workspace.log(takes("EU", "oppose", "art-6", on="2023-01-16"))
    workspace.log(takes("CHN", "support", "art-6", on="2023-01-16"))
    workspace.log(takes("EU", "support", "art-6", on="2023-01-20"))
    workspace.close()
    words = ("movers", "--from", "2023-01-16")
    out = run(*words, "--format", "markdown", at=workspace.storage.places.root).out
    assert "| EU +1 |" in out
    assert "With it: AUT" in out
    unfolded = run(*words, "--unfold", at=workspace.storage.places.root).out
    assert "With it" not in unfolded
    movers = records(run(*words, "--format", "json", at=workspace.storage.places.root).out)
    assert sorted(r["delegation"] for r in movers) == ["AUT", "EU"]
