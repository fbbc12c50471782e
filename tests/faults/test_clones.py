from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from faults.evidence import journaled, stored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from faults.conftest import Answers

    Run = Callable[..., Result]
    Ask = Callable[[Path], Answers]


def stance(by: str, grade: str, target: str, day: str) -> tuple[str, ...]:
    """Return the command that logs a stance."""
    return ("log", "stance", "--by", by, "--target", target, "--stance", grade, "--on", day)


VIENNA = (
    stance("KEN", "oppose", "art-6", "2023-01-18"),
    stance("CHN", "support", "art-6", "2023-01-18"),
    ("log", "statement", "--by", "HRW", "--says", "It left.", "--on", "2023-01"),
    ("log", "proposal", "p-vienna", "--title", "A text", "--by", "AUT", "--on", "2023-01-19"),
)
NAIROBI = (
    stance("KEN", "reserve", "art-6", "2023-01-17"),
    ("log", "delegation", "VNM", "--on", "2022-01-03"),
    stance("VNM", "block", "scope", "2023-01-19"),
    ("log", "proposal", "p-nairobi", "--title", "A text", "--by", "KEN", "--on", "2023-01-19"),
)


def git(folder: Path, *words: str) -> None:
    """Run git in a clone, which must succeed."""
    who = ("-c", "user.name=tester", "-c", "user.email=tester@example.org")
    plain = ("-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")
    subprocess.run(
        ["git", "-C", str(folder), *who, *plain, *words], check=True, capture_output=True
    )


@pytest.fixture
def shared(record: Path, run: Run) -> Path:
    """Return a workspace in a git repository, as `negotrack init` sets it up."""
    (record / "negotrack.toml").unlink()
    assert run("init", str(record)).code == 0
    git(record, "init")
    git(record, "add", ".")
    git(record, "commit", "-m", "the record")
    return record


def branch(shared: Path, folder: Path, run: Run, commands: tuple[tuple[str, ...], ...]) -> Path:
    """Return a clone in which some things were logged on a branch of its own."""
    git(shared.parent, "clone", str(shared), str(folder))
    git(folder, "checkout", "-b", folder.name)
    for words in commands:
        done = run(*words, at=folder)
        assert done.code == 0, done.err
    git(folder, "add", "events")
    git(folder, "commit", "-m", f"from {folder.name}")
    return folder


def merged(first: Path, second: Path, folder: Path) -> Path:
    """Return a clone of a branch with another merged into it, without a conflict."""
    git(first.parent, "clone", str(first), str(folder))
    git(folder, "pull", "--no-rebase", "--no-edit", str(second), second.name)
    return folder


def test_git_leaves_the_store_out(shared: Path) -> None:
    """What git keeps of a workspace is its settings and its journal (fault 20)."""
    listed = subprocess.run(
        ["git", "-C", str(shared), "ls-files"], check=True, capture_output=True, text=True
    ).stdout.split()
    assert listed[:2] == [".gitattributes", ".gitignore"]
    assert "negotrack.toml" in listed
    assert [name for name in listed if name.startswith(".negotrack")] == []


def test_two_clones_merge_without_a_conflict(
    shared: Path, tmp_path: Path, run: Run, answers: Ask
) -> None:
    """Two branches that logged different things merge in either order to one record (fault 9)."""
    vienna = branch(shared, tmp_path / "vienna", run, VIENNA)
    nairobi = branch(shared, tmp_path / "nairobi", run, NAIROBI)
    one = merged(vienna, nairobi, tmp_path / "one")
    other = merged(nairobi, vienna, tmp_path / "other")
    assert answers(one) == answers(other)
    assert journaled(one) == journaled(other) == stored(one) == stored(other)
    assert set(stored(one)) == {*stored(vienna), *stored(nairobi)}
    assert run("check", at=one).code == run("check", at=other).code == 0
    text = answers(one)["positions", "--as-of", "2023-06-01", "--format", "json"]
    assert ("VNM" in text, "CHN" in text) == (True, True)


def test_a_clone_with_a_store_takes_in_what_it_pulls(
    shared: Path, tmp_path: Path, run: Run, answers: Ask
) -> None:
    """A clone whose store is older than what it pulls answers as a fresh clone does (fault 9)."""
    vienna = branch(shared, tmp_path / "vienna", run, VIENNA)
    nairobi = branch(shared, tmp_path / "nairobi", run, NAIROBI)
    answers(vienna)
    git(vienna, "pull", "--no-rebase", "--no-edit", str(nairobi), "nairobi")
    pulled = answers(vienna)
    shutil.rmtree(vienna / ".negotrack")
    assert pulled == answers(vienna)


def test_an_entry_outlives_a_branch_that_does_not_have_it(
    shared: Path, tmp_path: Path, run: Run
) -> None:
    """What was acknowledged stays when a branch without it is checked out (fault 20)."""
    vienna = branch(shared, tmp_path / "vienna", run, VIENNA)
    ids = stored(vienna)
    git(vienna, "checkout", "-q", "-")
    assert run("sync", at=vienna).code == 0
    assert ids == stored(vienna) == journaled(vienna)


def test_the_same_fact_from_two_clones_is_kept_twice(
    shared: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people who log one fact make two entries, which check names (fault 20)."""
    vienna = branch(shared, tmp_path / "vienna", run, VIENNA[:1])
    monkeypatch.setenv("NEGOTRACK_RECORDER", "somebody else")
    nairobi = branch(shared, tmp_path / "nairobi", run, VIENNA[:1])
    both = merged(vienna, nairobi, tmp_path / "both")
    assert run("sync", at=both).code == 0
    assert {*stored(vienna), *stored(nairobi)} == set(stored(both))
    done = run("check", "--format", "csv", at=both)
    assert done.code == 1
    (first,), (second,) = (set(stored(c)) - set(stored(shared)) for c in (vienna, nairobi))
    assert first[:10] in done.out
    assert second[:10] in done.out


def test_one_name_for_two_things_is_kept_and_found(shared: Path, tmp_path: Path, run: Run) -> None:
    """Two clones that gave one name to two proposals merge; check finds it (fault 20)."""
    words = ("log", "proposal", "p-9", "--by", "KEN", "--on", "2023-01-19", "--title")
    vienna = branch(shared, tmp_path / "vienna", run, ((*words, "A text"),))
    nairobi = branch(shared, tmp_path / "nairobi", run, ((*words, "Another text"),))
    both = merged(vienna, nairobi, tmp_path / "both")
    done = run("check", "--format", "csv", at=both)
    assert {*stored(vienna), *stored(nairobi)} == set(stored(both))
    assert (done.code, "hard-rule" in done.out, "p-9" in done.out) == (1, True, True)
    assert run("timeline", at=both).code == 0


def test_a_retraction_resolves_a_name_that_two_things_have(
    shared: Path, tmp_path: Path, run: Run
) -> None:
    """When one of the two is retracted, check is silent again (fault 20)."""
    words = ("log", "proposal", "p-9", "--by", "KEN", "--on", "2023-01-19", "--title")
    vienna = branch(shared, tmp_path / "vienna", run, ((*words, "A text"),))
    nairobi = branch(shared, tmp_path / "nairobi", run, ((*words, "Another text"),))
    both = merged(vienna, nairobi, tmp_path / "both")
    assert run("check", at=both).code == 1
    (mistaken,) = set(stored(nairobi)) - set(stored(shared))
    retraction = ("log", "retraction", mistaken, "--reason", "a double", "--on", "2023-02-01")
    done = run(*retraction, at=both)
    assert done.code == 0, done.err
    done = run("check", at=both)
    assert (done.code, done.out) == (0, "")
