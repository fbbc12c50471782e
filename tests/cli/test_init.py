from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]


def test_a_folder_becomes_a_workspace(run: Run, tmp_path: Path) -> None:
    """``init`` writes the settings, the folder of the journal, and two lines for git."""
    result = run("init", at=tmp_path)
    assert (result.code, result.err) == (0, "")
    assert result.out == (
        f"made a workspace in {tmp_path}\n"
        "next: negotrack log negotiation SLUG --title TITLE --on DATE\n"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".gitattributes",
        ".gitignore",
        "events",
        "negotrack.toml",
    ]
    assert (tmp_path / ".gitignore").read_text() == ".negotrack/\n"
    assert "merge=union" in (tmp_path / ".gitattributes").read_text()


def test_another_folder_can_be_named(run: Run, tmp_path: Path) -> None:
    """``init FOLDER`` makes the folder where there is none."""
    assert run("init", "a/b", at=tmp_path).code == 0
    assert (tmp_path / "a" / "b" / "negotrack.toml").is_file()


def test_the_new_workspace_is_found_from_below(run: Run, office: Path) -> None:
    """A workspace is found from any folder in it, as git finds its own."""
    run("log", "negotiation", "demo", "--title", "Demo", "--on", "2023-01-09", at=office)
    below = office / "events" / "deep" / "down"
    below.mkdir(parents=True)
    assert "Demo: negotiation opened" in run("timeline", at=below).out


def test_tools_are_told_the_folder(run: Run, tmp_path: Path) -> None:
    """``--json`` prints the root of the new workspace."""
    assert json.loads(run("init", "--json", at=tmp_path).out) == {"root": str(tmp_path)}


def test_a_workspace_is_made_once(run: Run, office: Path) -> None:
    """A workspace is not made again, with exit code 4, and stays as it is."""
    (office / "negotrack.toml").write_text("# mine\n")
    result = run("init", at=office)
    assert (result.code, result.out) == (4, "")
    assert "is a workspace already; log into it with `negotrack log`" in result.err
    assert (office / "negotrack.toml").read_text() == "# mine\n"


def test_what_git_was_told_before_stays(run: Run, tmp_path: Path) -> None:
    """Lines that are there already are kept, and none is written twice."""
    (tmp_path / ".gitignore").write_text("*.pyc\n.negotrack/")
    (tmp_path / ".gitattributes").write_text("*.png binary")
    assert run("init", at=tmp_path).code == 0
    assert (tmp_path / ".gitignore").read_text() == "*.pyc\n.negotrack/"
    lines = (tmp_path / ".gitattributes").read_text().splitlines()
    assert lines == ["*.png binary", "events/**/*.jsonl text eol=lf merge=union"]


def test_a_file_is_no_folder(run: Run, tmp_path: Path) -> None:
    """Where a file stands in the way, nothing is made and one line says so."""
    (tmp_path / "events").write_text("in the way")
    result = run("init", at=tmp_path)
    assert (result.code, result.out) == (1, "")
    assert f"cannot make a workspace in {tmp_path}: File exists" in result.err


def test_an_empty_record_says_how_to_begin(run: Run, office: Path) -> None:
    """Every question to an empty record is answered with the first step."""
    for words in ("timeline", "positions", "names", "export", "replay"):
        result = run(words, at=office)
        assert (result.code, result.out) == (3, "")
        assert "the record is empty; begin with `negotrack log negotiation" in result.err


def test_an_empty_record_is_well(run: Run, office: Path) -> None:
    """Check and doctor have nothing to say against an empty record."""
    assert run("check", at=office) == (0, "", "")
    assert "entries    0\n" in run("doctor", at=office).out
