"""``positions``: those of a group, as a matrix, and folded by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import records
from negotrack.views.positions import folded_records
from negotrack.workspace import Workspace
from shorthand import delegation, joined, proposal, query, takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]


@pytest.fixture
def union(workspace: Workspace) -> Path:
    """Return a workspace in which the EU speaks for two members, and one of three speaks itself."""
    for code in ("BEL", "BGR"):
        workspace.log(delegation(code))
    for code in ("AUT", "BEL", "BGR"):
        workspace.log(joined(code, "EU", on="2000-01-01"))
    workspace.log(takes("EU", "support", "scope", option="limited", reason="As agreed."))
    workspace.log(takes("EU", "oppose", "art-6"))
    workspace.log(takes("AUT", "reserve", "art-6"))
    workspace.log(takes("CHN", "block", "art-6/2"))
    workspace.log(takes("CHN", "support", "scope", option="broad"))
    workspace.close()
    return workspace.storage.places.root


def test_the_matrix_is_a_grid_by_group(run: Run, union: Path) -> None:
    """A group stands first in its block, then its members, and last who belongs to none."""
    lines = run("positions", "--matrix", at=union).out.splitlines()
    start = lines.index("EU and 3 members")
    assert lines[start : start + 7] == [
        "EU and 3 members",
        "EU          O S . .",
        "AUT         R S . .",
        "BEL, BGR    O S . .",
        "",
        "In no group that speaks here (1)",
        "CHN         . . B S",
    ]
    legend = lines[start + 10].split("  ")
    named = [name.strip() for name in legend if name]
    assert named == ["01 art-6", "02 scope limited", "03 art-6/2", "04 scope broad"]


def test_the_matrix_can_be_unfolded(run: Run, union: Path) -> None:
    """With ``--unfold`` everybody has a line."""
    lines = run("positions", "--matrix", "--unfold", at=union).out.splitlines()
    assert "BEL         O S . ." in lines
    assert "BGR         O S . ." in lines


def test_targets_can_be_chosen(run: Run, union: Path) -> None:
    """``--target`` can be repeated: several targets with their parts, and only who stands there."""
    words = ("positions", "--target", "art-6", "--target", "scope", "--format", "json")
    assert {r["target"] for r in records(run(*words, at=union).out)} == {
        "art-6",
        "art-6/2",
        "scope",
    }
    words = ("positions", "--target", "art-6/2", "--target", "art-6", "--format", "json")
    cells = [(r["delegation"], r["target"]) for r in records(run(*words, at=union).out)]
    assert len(cells) == len(set(cells)) == 5
    chosen = ("--matrix", "--target", "art-6/2", "--target", "art-6/2", "--format", "json")
    grid = records(run("positions", *chosen, at=union).out)
    assert grid == [{"delegation": "CHN", "art-6/2": "block"}]


def test_an_unknown_target_of_several_is_refused(run: Run, union: Path) -> None:
    """A list is refused for the name in it that is none."""
    refused = run("positions", "--target", "scope", "--target", "art-7", at=union)
    assert (refused.code, refused.out) == (3, "")
    assert "no target art-7" in refused.err


def test_what_has_no_room_is_left_out_and_said(run: Run, workspace: Workspace) -> None:
    """The columns on which most hold a position come first; the page says what it leaves out."""
    for number in range(40):
        workspace.log(proposal(f"p-{number:02}"))
        workspace.log(takes("KEN", "support", f"p-{number:02}"))
    workspace.log(takes("AUT", "support", "p-39"))
    workspace.log(takes("CHN", "support", "p-38"))
    workspace.close()
    out = run("positions", "--matrix", at=workspace.storage.places.root).out
    assert all(len(line) <= 80 for line in out.splitlines())
    assert "01 p-38" in out
    assert "02 p-39" in out
    assert "8 columns with fewer positions left out" in " ".join(out.split())
    rows = records(
        run("positions", "--matrix", "--format", "json", at=workspace.storage.places.root).out
    )
    assert len(rows[0]) == 41


@pytest.mark.parametrize("forced", ["", "1"])
def test_a_pipe_has_colors_where_they_are_forced(program: Run, union: Path, forced: str) -> None:
    """Letters say it all; colors come only where they are wanted, and never into tables."""
    env = {"NO_COLOR": "", "FORCE_COLOR": forced}
    for words in ("--matrix", "--target scope"):
        out = program("positions", *words.split(), at=union, env=env).out
        assert ("\x1b[" in out) == (forced == "1" and words == "--matrix")


# -- folded ---------------------------------------------------------------------------------------


def test_members_are_named_with_their_group(run: Run, union: Path) -> None:
    """A table names those that stand with their group in its line, and JSON has them all."""
    out = run("positions", "--target", "scope", "--format", "markdown", at=union).out
    assert "| EU +3 | support limited |" in out
    assert r"As agreed \[reported\] With it: AUT, BEL, BGR" in out
    assert "5 positions" in out
    positions = records(run("positions", "--target", "scope", "--format", "json", at=union).out)
    assert [r["delegation"] for r in positions] == ["CHN", "AUT", "BEL", "BGR", "EU"]


def test_who_speaks_itself_is_not_folded(run: Run, union: Path) -> None:
    """A member with words of its own keeps its line."""
    lines = run("positions", "--target", "art-6", at=union).out.splitlines()
    assert any(line.startswith("AUT ") and "reserve" in line for line in lines)
    assert any(line.startswith("EU +2 ") for line in lines)


def test_a_table_can_be_unfolded(run: Run, union: Path) -> None:
    """With ``--unfold`` each member has a line with its group under ``via``."""
    out = run("positions", "--target", "scope", "--unfold", at=union).out
    assert "With it" not in out
    assert sum(line.split()[:1] in (["AUT"], ["BEL"], ["BGR"]) for line in out.splitlines()) == 3


def test_members_are_folded_without_their_group(union: Path) -> None:
    """Where the group has no line of its own, the first of its members stands for the others."""
    with Workspace(union) as opened:
        positions = opened.positions(query(opened.names.negotiation()).narrowed(target="scope"))
    members = [position for position in positions if position.via == "group"]
    (line,) = folded_records(members)
    assert (line["delegation"], line["members"]) == ("AUT", ["BEL", "BGR"])


# -- of a group, and through none -----------------------------------------------------------------


def test_a_group_can_be_looked_at_alone(run: Run, two_votes: Path) -> None:
    """Positions of a group are its own and those of its members on the day."""
    positions = records(run("positions", "--group", "EU", "--format", "json", at=two_votes).out)
    assert {(r["delegation"], r["target"], r["via"]) for r in positions} == {
        ("AUT", "art-6/2", "vote"),
        ("AUT", "m-1", "vote"),
        ("AUT", "scope", "group"),
        ("EU", "scope", "own"),
    }


def test_own_words_alone(run: Run, two_votes: Path) -> None:
    """``--own-only`` leaves out what delegations have through their groups."""
    positions = records(
        run("positions", "--target", "scope", "--own-only", "--format", "json", at=two_votes).out
    )
    assert {r["delegation"] for r in positions} == {"CHN", "EU"}
    grid = records(run("positions", "--matrix", "--own-only", "--format", "json", at=two_votes).out)
    assert {r["delegation"]: r["scope"] for r in grid}["AUT"] is None
