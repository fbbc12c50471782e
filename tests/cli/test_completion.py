from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from negotrack.cli.main import COMMANDS
from negotrack.domain.catalogue import BY_NOUN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]
    Complete = Callable[..., list[str]]


@pytest.fixture
def complete(run: Run, treaty: Path, monkeypatch: pytest.MonkeyPatch) -> Complete:
    """Return what completes words in the treaty record, as a shell would: the lines it is given."""
    assert run("timeline", "ahc-6", at=treaty).code == 0

    def completer(words: str, shell: str = "bash", folder: Path = treaty) -> list[str]:
        line = f"negotrack -C {folder} {words}"
        *before, last = line.split(" ")
        monkeypatch.setenv("_NEGOTRACK_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", last if shell == "fish" else str(len(before)))
        result = run()
        assert (result.code, result.err) == (0, "")
        return [line for line in result.out.splitlines() if line]

    return completer


def values(lines: list[str]) -> set[str]:
    """Return the words that bash is offered."""
    return {line.partition(",")[2] for line in lines}


@pytest.mark.parametrize(
    ("shell", "words"),
    [("bash", "complete -o nosort -F"), ("zsh", "#compdef negotrack"), ("fish", "complete --no-f")],
)
def test_there_is_a_script_for_each_shell(run: Run, shell: str, words: str) -> None:
    """The script of each shell names the program and the variable that it is asked through."""
    result = run("completion", shell)
    assert (result.code, result.err) == (0, "")
    assert words in result.out
    assert f"_NEGOTRACK_COMPLETE={shell}_complete" in result.out


def test_the_bash_script_is_bash(run: Run) -> None:
    """Bash reads its script without complaint."""
    script = run("completion", "bash").out
    subprocess.run(["bash", "-n"], input=script.encode(), check=True)


def test_another_shell_is_a_wrong_use(run: Run) -> None:
    """A shell without a script is refused with those that have one."""
    result = run("completion", "tcsh")
    assert (result.code, result.out) == (2, "")
    assert "'bash', 'zsh', 'fish'" in result.err


def test_commands_are_completed(complete: Complete) -> None:
    """Without a word every command is offered."""
    assert {name for section in COMMANDS.values() for name in section} == values(complete(""))


def test_kinds_are_completed(complete: Complete) -> None:
    """After ``log`` the kinds of entry are offered."""
    assert set(BY_NOUN) == values(complete("log "))
    assert {"delegation", "decision", "deadline"} == values(complete("log de"))


def test_options_are_completed(complete: Complete) -> None:
    """After a hyphen the options are offered."""
    assert {"--as-of", "--session", "--format"} <= values(complete("timeline --"))


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("timeline ahc-", {"ahc-1", "ahc-6", "ahc-7r", "ahc-org"}),
        ("timeline --session ahc-", {"ahc-1", "ahc-6", "ahc-7r", "ahc-org"}),
        ("positions --delegation RU", {"RUS"}),
        ("positions --by ru", {"RUS"}),
        ("positions --target sc", {"scope"}),
        ("timeline --target art-6", {"art-6", "art-6/2"}),
        ("history IN", {"IND"}),
        ("history IND sco", {"scope"}),
        ("show human", {"human-rights"}),
        ("show CARI", {"CARICOM"}),
        ("log stance --by CARI", {"CARICOM"}),
        ("log stance --target sco", {"scope"}),
        ("log stance --stance re", {"reserve"}),
        ("timeline --negotiation un", {"un-cybercrime"}),
        ("timeline --format js", {"json", "jsonl"}),
    ],
)
def test_names_of_the_record_are_completed(
    complete: Complete, words: str, offered: set[str]
) -> None:
    """Delegations, targets and sessions are offered where one is asked for."""
    assert offered <= values(complete(words))


def test_only_what_fits_is_offered(complete: Complete) -> None:
    """A delegation is not offered as a session, nor a session as a target."""
    assert values(complete("timeline CARI")) == set()
    assert values(complete("positions --target ahc-")) == set()
    assert values(complete("positions --by scope")) == set()


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_titles_are_shown_beside_names(complete: Complete, shell: str) -> None:
    """Shells that can show them are given the titles of names."""
    assert "Russian Federation" in "\n".join(complete("positions --delegation RU", shell=shell))


def test_outside_of_a_workspace_no_name_is_offered(complete: Complete, tmp_path: Path) -> None:
    """Where there is no record, or no index yet, nothing is offered and nothing is said."""
    assert complete("positions --delegation RU", folder=tmp_path) == []
    (tmp_path / "negotrack.toml").touch()
    assert complete("positions --delegation RU", folder=tmp_path) == []
    assert not (tmp_path / ".negotrack").exists()


def test_completing_is_quick(treaty: Path) -> None:
    """Completing a name opens the index and no other part of the house."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "negotrack"],
        env={
            "_NEGOTRACK_COMPLETE": "bash_complete",
            "COMP_WORDS": f"negotrack -C {treaty} positions --delegation RU",
            "COMP_CWORD": "5",
        },
        capture_output=True,
        check=True,
        timeout=60,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert done.stdout.decode() == "plain,RUS\n"
    assert not {"negotrack.workspace", "negotrack.domain.catalogue", "msgspec"} & imported
