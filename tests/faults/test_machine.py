from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pexpect
import pytest

import negotrack
from faults.evidence import (
    NEW_STANCE,
    READING,
    SESSION,
    journal,
    journaled,
    nothing_changes,
    stopped,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Result
    from faults.conftest import Answers

    Run = Callable[..., Result]
    Ask = Callable[[Path], Answers]

NOBODY = 65534
PROGRAM = [sys.executable, "-m", "negotrack"]


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell, in which $N is the program in a workspace."""
    program = " ".join([*PROGRAM, "-C", str(folder)])
    return subprocess.run(
        ["bash", "-c", line], env={**os.environ, "N": program, "COLUMNS": "80", **environment},
        capture_output=True, check=False, text=True, timeout=60,
    )  # fmt: skip


# -- a full disk --------------------------------------------------------------------------------


def let_the_disk_fill(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """Let the journal have room for so many bytes and no more."""
    write, left = os.write, room

    def write_until_full(handle: int, data: bytes) -> int:
        nonlocal left
        if not left:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = write(handle, data[:left])
        left -= taken
        return taken

    monkeypatch.setattr("negotrack.journal.appending.os.write", write_until_full)


@pytest.mark.parametrize("room", [0, 1, 100])
def test_a_disk_that_fills_leaves_no_half_line(
    record: Path, run: Run, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    """A write that the disk cuts short is cut back, and a line says so (fault 13)."""
    before = journal(record)
    with monkeypatch.context() as patch:
        let_the_disk_fill(patch, room)
        done = run(*NEW_STANCE, at=record)
    stopped(done, 1, SESSION, "No space left on device", "safe in the store")
    assert done.out == ""
    assert before == journal(record)


def test_an_entry_that_the_disk_refused_is_completed(
    record: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When there is room again the next command completes the journal, once (fault 13)."""
    count = len(stored(record))
    with monkeypatch.context() as patch:
        let_the_disk_fill(patch, 100)
        assert run(*NEW_STANCE, at=record).code == 1
    assert run("timeline", at=record).code == 0
    assert count + 1 == len(journaled(record))
    assert journaled(record) == stored(record)
    assert "says this already" in run(*NEW_STANCE, at=record).out


@pytest.mark.parametrize("kibibytes", [16, 40])
def test_a_full_disk_at_the_store_changes_nothing(record: Path, kibibytes: int) -> None:
    """Where the store cannot grow, nothing is logged, and a sentence says so (fault 14)."""
    long = "a" * 60_000
    line = f"trap '' XFSZ; ulimit -f {kibibytes}; $N {' '.join(NEW_STANCE)} --reason {long}"
    with nothing_changes(record):
        done = shell(line, record)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_full_disk_at_an_answer_leaves_the_old_file(
    record: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that cannot be written whole replaces nothing (fault 14)."""
    old = tmp_path / "answers" / "timeline.txt"
    old.parent.mkdir()
    old.write_text("old")
    assert run("timeline", at=record).code == 0

    def refuse(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("negotrack.render.out.os.fsync", refuse)
        done = run("timeline", "-o", str(old), at=record)
    stopped(done, 1, str(old), "No space left on device")
    assert old.read_text() == "old"
    assert [old] == list(old.parent.iterdir())


# -- standard output ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [("timeline",), ("export",), ("check", "--format", "json"), ("--help",)]
)
def test_a_full_output_is_told_in_a_line(record: Path, words: tuple[str, ...]) -> None:
    """Where standard output is full, one line on standard error says so (fault 15)."""
    done = shell(f"$N {' '.join(words)} > /dev/full", record)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "No space left on device" in done.stderr


def test_an_output_that_nobody_reads_is_silent(record: Path) -> None:
    """A reader that stops reading early, as `head` does, is no error (fault 15)."""
    done = shell("$N timeline --format json | true; echo ${PIPESTATUS[0]}", record)
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_a_long_output_that_nobody_reads_is_silent(record: Path, run: Run, tmp_path: Path) -> None:
    """The same for an answer that is longer than a pipe holds (fault 15)."""
    row = '{"type":"statement.made/1","negotiation":"demo","on":"2023","by":"KEN","says":"%s"}\n'
    (tmp_path / "in.jsonl").write_text("".join(row % (str(n) * 300) for n in range(1000)))
    assert run("import", str(tmp_path / "in.jsonl"), at=record).code == 0
    done = shell("$N export | head -n 1; echo ${PIPESTATUS[0]}", record)
    assert done.stdout.endswith("}\n0\n")
    assert done.stderr == ""


@pytest.mark.parametrize("words", [("timeline",), ("--help",), ("check",), NEW_STANCE])
def test_a_closed_output_is_no_traceback(record: Path, words: tuple[str, ...]) -> None:
    """A standard output that is closed is told in a line, or not at all (fault 15)."""
    done = shell(f"$N {' '.join(words)} >&-", record)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1


def test_a_closed_error_output_is_no_traceback(record: Path) -> None:
    """A refusal keeps its exit code where nobody can be told (fault 15)."""
    done = shell("$N timeline --as-of never 2>&-", record)
    assert (done.returncode, done.stdout) == (3, "")


# -- permissions --------------------------------------------------------------------------------


def know_everything() -> None:
    """Import the whole program, so that it needs no file of its own later."""
    for module in walk_packages(negotrack.__path__, "negotrack."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


@contextmanager
def without_permission(folder: Path) -> Iterator[None]:
    """Be somebody who can read a folder, and all in it, and write nothing of it."""
    know_everything()
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    if os.geteuid():
        yield
    else:
        for parent in folder.parents[:-2]:
            parent.chmod(parent.stat().st_mode | 0o011)
        os.setresuid(NOBODY, NOBODY, 0)
        try:
            yield
        finally:
            os.setresuid(0, 0, 0)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def test_a_read_only_workspace_can_be_read(record: Path, run: Run, answers: Ask) -> None:
    """Without permission to write, every answer is the same, from a private copy (fault 17)."""
    whole = answers(record)
    with nothing_changes(record), without_permission(record):
        assert whole == answers(record)
        done = run("timeline", at=record)
    assert f"note: {record}/.negotrack cannot be written" in done.err


def test_a_read_only_journal_alone_can_be_read(record: Path, answers: Ask) -> None:
    """A journal without store or index, in a folder that is read-only, is enough (fault 17)."""
    whole = answers(record)
    shutil.rmtree(record / ".negotrack")
    with without_permission(record):
        assert whole == answers(record)
    assert not (record / ".negotrack").exists()


def test_a_private_copy_is_removed(
    record: Path, answers: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left of private copies (fault 17)."""
    place = tmp_path / "private"
    place.mkdir()
    place.chmod(0o777)
    monkeypatch.setattr("tempfile.tempdir", str(place))
    with without_permission(record):
        answers(record)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("words", [NEW_STANCE, ("import", "-"), ("rebuild",)])
def test_a_read_only_workspace_is_not_written(
    record: Path, run: Run, words: tuple[str, ...]
) -> None:
    """Without permission a writing command names the folder and the cure (fault 17)."""
    with nothing_changes(record), without_permission(record):
        done = run(*words, at=record)
    assert done.code == 1
    assert "Traceback" not in done.err
    *_, last = done.err.splitlines()
    assert last.startswith(f"negotrack: cannot write to {record}/.negotrack")
    assert "check the permissions" in last


def test_a_journal_file_that_cannot_be_written_is_named(record: Path, run: Run) -> None:
    """Where only the journal cannot be written, its file is named; the entry is safe (fault 17)."""
    before = journal(record)[SESSION]
    (record / SESSION).unlink()
    (record / SESSION).mkdir()
    stopped(run(*NEW_STANCE, at=record), 1, SESSION, "safe in the store")
    (record / SESSION).rmdir()
    (record / SESSION).write_bytes(before)
    assert run("timeline", at=record).code == 0
    assert journaled(record) == stored(record)


def test_a_folder_without_permission_is_no_workspace_to_be(tmp_path: Path, run: Run) -> None:
    """`init` in a read-only folder names it and the cure (fault 17)."""
    place = tmp_path / "place"
    place.mkdir()
    with without_permission(place):
        done = run("init", str(place))
    stopped(done, 1, str(place), "check its permissions")
    assert list(place.iterdir()) == []


# -- where a workspace can lie ------------------------------------------------------------------

ODD_NAMES = ("a?b", "a#b", "a%20b", "file:a", "a b'\"", "-o", "u\u0301")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_workspace_may_have_an_odd_name(
    record: Path, tmp_path: Path, name: str, answers: Ask, run: Run
) -> None:
    """A folder's name is never taken for an address or a pattern (fault 37)."""
    whole, place = answers(record), tmp_path / name
    shutil.copytree(record, place)
    assert whole == answers(place)
    assert run(*NEW_STANCE, at=place).code == 0
    assert (place / ".negotrack/store.db").is_file()
    assert {record.name, name} == {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize("name", [":memory:", "x:memory:y", "a\nb", "a?mode=memory"])
def test_a_special_name_is_refused(record: Path, tmp_path: Path, name: str, run: Run) -> None:
    """A folder whose name a database would misread is refused with its cure (fault 37)."""
    place = tmp_path / name
    shutil.copytree(record, place)
    with nothing_changes(place):
        stopped(run("timeline", at=place), 3, "rename it")


def test_the_journal_follows_no_link_out(record: Path, run: Run, tmp_path: Path) -> None:
    """A journal file that is a link is neither read nor written through (fault 37)."""
    outside = tmp_path / "outside.jsonl"
    outside.write_bytes((record / SESSION).read_bytes())
    (record / SESSION).unlink()
    (record / SESSION).symlink_to(outside)
    before = outside.read_bytes()
    stopped(run(*NEW_STANCE, at=record), 1, SESSION)
    assert before == outside.read_bytes()


def test_the_journal_follows_no_linked_folder_out(record: Path, run: Run, tmp_path: Path) -> None:
    """A journal folder that is a link is not written through either (fault 37)."""
    outside = tmp_path / "outside"
    shutil.move(record / "events/demo", outside)
    (record / "events/demo").symlink_to(outside)
    before = {path.name: path.read_bytes() for path in outside.iterdir()}
    run(*NEW_STANCE, at=record)
    assert before == {path.name: path.read_bytes() for path in outside.iterdir()}


# -- no terminal, and a poor one ----------------------------------------------------------------

POOR = {
    "no home": "env -u HOME",
    "nothing at all": "env -i PATH=$PATH PYTHONPATH=$PYTHONPATH",
    "plain C": "env LC_ALL=C LANG=C",
    "a dumb terminal": "env TERM=dumb",
    "no colour": "env NO_COLOR=1",
    "no input": "<&-",
    "an unknown user": "env -u USER -u LOGNAME -u NEGOTRACK_RECORDER",
}


@pytest.mark.parametrize("poor", POOR.values(), ids=POOR)
def test_a_poor_environment_is_enough(record: Path, poor: str) -> None:
    """Reading and writing work where there is next to nothing (fault 40)."""
    before = len(stored(record))
    words = " ".join(f"'{word}'" for word in (*NEW_STANCE, "--reason", "Genève, “né” 中"))
    prefix, suffix = ("", poor) if poor.startswith("<") else (poor, "")
    written = shell(f"{prefix} $N {words} {suffix}", record)
    assert (written.returncode, written.stderr) == (0, "")
    read = shell(f"{prefix} $N positions --target art-6 {suffix}", record)
    assert (read.returncode, read.stderr) == (0, "")
    assert "Genève, “né” 中" in read.stdout
    assert "\x1b" not in read.stdout
    assert before + 1 == len(stored(record))


@pytest.mark.parametrize("words", READING[:5])
@pytest.mark.parametrize("columns", [1, 20])
def test_a_narrow_terminal_is_enough(
    record: Path, run: Run, words: tuple[str, ...], columns: int
) -> None:
    """On a terminal of twenty columns no line of a table is longer; one column works (fault 40)."""
    done = run(*words, at=record, columns=columns)
    assert done.code == 0
    if columns == 20 and "json" not in words:
        assert [line for line in done.out.splitlines() if len(line) > columns] == []


@pytest.mark.parametrize("stdin", ["< /dev/null", "<&-", "<<< 'KEN'"])
def test_a_missing_answer_names_its_option(record: Path, stdin: str) -> None:
    """Where nobody can be asked, the option that is missing is named (fault 40)."""
    line = "$N log stance --target scope --stance oppose --on 2023-01-18"
    with nothing_changes(record):
        done = shell(f"{line} {stdin}", record)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert "--by is needed" in done.stderr


def asking(record: Path) -> pexpect.spawn[str]:
    """Start a command on a terminal that asks who took the stance."""
    words = ["-C", str(record), "log", "stance", "--target", "art-6", "--stance", "oppose"]
    return pexpect.spawn(
        sys.executable, ["-m", "negotrack", *words, "--on", "2023-01-18"],
        timeout=20, encoding="utf-8", echo=False,
    )  # fmt: skip


def test_a_missing_answer_is_asked_for_on_a_terminal(record: Path) -> None:
    """On a terminal the answer is asked for, and taken (fault 40)."""
    child = asking(record)
    child.expect("the delegation that spoke: ")
    child.sendline("KEN")
    child.expect("KEN undeclared -> oppose on art-6")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_an_interrupted_question_changes_nothing(record: Path) -> None:
    """Ctrl-C at a question ends the command with 130 (fault 39)."""
    with nothing_changes(record):
        child = asking(record)
        child.expect("the delegation that spoke: ")
        child.sendintr()
        # What is pressed between the question and the reading of its answer, Python overlooks.
        while child.expect(["interrupted", pexpect.TIMEOUT], timeout=2):
            child.sendintr()
        child.expect(pexpect.EOF)
        child.close()
    assert child.exitstatus == 130


def test_a_question_without_an_answer_changes_nothing(record: Path) -> None:
    """The end of input at a question ends the command without a traceback (fault 40)."""
    with nothing_changes(record):
        child = asking(record)
        child.expect("the delegation that spoke: ")
        child.sendeof()
        child.expect(pexpect.EOF)
        child.close()
    assert "Traceback" not in str(child.before)
    assert child.exitstatus != 0
