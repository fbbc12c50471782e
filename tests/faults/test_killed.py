from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faults.evidence import NEW_STANCE, SESSION, journal, journaled, stored

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result
    from faults.conftest import Answers

    Run = Callable[..., Result]
    Ask = Callable[[Path], Answers]

CAMPAIGN = Path(__file__).parents[2] / "scripts/kill.py"
DYING = """
import os, shutil, signal, sys
from negotrack.cli.main import main

def dying(step):
    def last(*given, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*given, **named)
    return last

left = int(sys.argv.pop(1))
for name in sys.argv.pop(1).split():
    setattr(os, name, dying(getattr(os, name)))
main()
"""
"""The program, killed as it would take the step after so many steps of some kinds."""

STEPS = "write pwrite fsync ftruncate replace rename open mkdir"
SPEECH = '{"type":"statement.made/1","negotiation":"demo","on":"%s","by":"KEN","says":"Yes."}\n'
DAYS = ("2021-05-01", "2022-05-01", "2023-01-17", "2023-01-18", "2023-01-19")
IMPORT = "".join(SPEECH % day for day in DAYS)


def killed(folder: Path, left: int, *words: str, steps: str = STEPS, stdin: str = "") -> bool:
    """Run a command that is killed after so many steps; return whether it was."""
    command = [sys.executable, "-c", DYING, str(left), steps, "-C", str(folder), *words]
    done = subprocess.run(command, input=stdin.encode(), capture_output=True, check=False)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode != 0


# -- killed anywhere ----------------------------------------------------------------------------


def test_a_campaign_of_kills_loses_nothing() -> None:
    """Whenever a writer is killed, what it acknowledged is kept, and nothing is half (fault 1)."""
    done = subprocess.run(
        [sys.executable, str(CAMPAIGN), "12", "--seed", "1"], capture_output=True, check=False,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 kills" in done.stdout.splitlines()[-1]


def test_a_log_that_is_killed_at_a_step_is_whole_or_absent(record: Path, run: Run) -> None:
    """Killed before any of its steps, a log leaves its entry whole or not at all (fault 1)."""
    before, left = stored(record), 0
    while killed(record, left, *NEW_STANCE, "--reason", f"step {left}"):
        assert run("timeline", at=record).code == 0
        after = stored(record)
        assert len(after) - len(before) in (0, 1)
        assert set(before) <= set(after)
        assert after == journaled(record)
        before, left = after, left + 1
    assert left > 5
    assert run("check", at=record).code == 0


def test_an_import_that_is_killed_at_a_step_is_whole_or_absent(
    record: Path, run: Run, tmp_path: Path
) -> None:
    """Killed before any of its steps, an import is there whole or not at all (fault 1)."""
    whole, left = stored(record), 0
    words = ("import", "-")
    while True:
        place = tmp_path / str(left)
        shutil.copytree(record, place)
        was_killed = killed(place, left, *words, stdin=IMPORT)
        assert run("timeline", at=place).code == 0
        assert len(stored(place)) - len(whole) in (0, 5)
        assert stored(place) == journaled(place)
        if not was_killed:
            break
        left += 4
    assert left > 10


def test_a_rebuild_that_is_killed_at_a_step_heals(
    record: Path, answers: Ask, tmp_path: Path
) -> None:
    """Killed while the store is made anew, the next command makes it from the journal (fault 1)."""
    whole, left = answers(record), 0
    while True:
        place = tmp_path / str(left)
        shutil.copytree(record, place)
        was_killed = killed(place, left, "rebuild", "--store")
        assert whole == answers(place)
        if not was_killed:
            break
        left += 3
    assert left > 2


# -- killed between store and journal -----------------------------------------------------------


def test_an_entry_of_the_store_alone_is_journaled_once(record: Path, run: Run) -> None:
    """Killed between commit and append, an entry is completed by the next command (fault 2)."""
    before = stored(record)
    assert killed(record, 0, *NEW_STANCE, steps="write")
    assert len(before) + 1 == len(stored(record))
    assert before == journaled(record)
    assert run("timeline", at=record).code == 0
    assert journaled(record) == stored(record)
    completed = journal(record)
    assert run("sync", at=record).out == "in step already\n"
    assert completed == journal(record)


def test_a_command_that_was_killed_can_be_repeated(record: Path, run: Run) -> None:
    """Who did not see an id logs again, and the entry is there once (fault 2)."""
    before = stored(record)
    assert killed(record, 0, *NEW_STANCE, steps="write")
    done = run(*NEW_STANCE, at=record)
    assert (done.code, "says this already" in done.out) == (0, True)
    assert len(before) + 1 == len(stored(record)) == len(journaled(record))


def test_a_journal_line_that_the_note_does_not_know_is_written_once(record: Path, run: Run) -> None:
    """Killed between append and the note of it, an entry is not journaled again (fault 2)."""
    assert killed(record, 0, *NEW_STANCE, steps="replace")
    complete = journal(record)
    assert journaled(record) == stored(record)
    assert run("sync", at=record).code == 0
    assert complete == journal(record)


# -- power loss ---------------------------------------------------------------------------------


@pytest.mark.parametrize("note", ["kept", "old", "torn", "lost"])
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.999, 1.0])
def test_an_unsynced_tail_is_written_again(
    record: Path, run: Run, answers: Ask, note: str, kept: float
) -> None:
    """A tail of the journal that never reached the disk is written from the store (fault 3)."""
    in_step, path = record / ".negotrack/in-step", record / SESSION
    old_note, old_size = in_step.read_bytes(), path.stat().st_size
    assert run(*NEW_STANCE, at=record).code == 0
    whole, complete = answers(record), journaled(record)
    new_note = in_step.read_bytes()
    data = path.read_bytes()
    path.write_bytes(data[: old_size + int(kept * (len(data) - old_size))])
    notes = {"kept": new_note, "old": old_note, "torn": new_note[: len(new_note) // 2]}
    in_step.unlink()
    if note in notes:
        in_step.write_bytes(notes[note])
    assert whole == answers(record)
    assert complete == journaled(record) == stored(record)


def test_writes_that_arrive_in_another_order_do_no_harm(record: Path, answers: Ask) -> None:
    """Pages of the journal that stayed zero are damage that stops, or are healed (fault 3)."""
    whole, data = answers(record), (record / SESSION).read_bytes()
    chance = random.Random(3)  # noqa: S311 - the same losses every time
    for _ in range(5):
        cut = chance.randrange(len(data) - 200)
        lines = data[:cut].count(b"\n")
        (record / SESSION).write_bytes(data[:cut] + bytes(len(data) - cut))
        assert whole == answers(record)
        assert lines <= (record / SESSION).read_bytes().count(b"\n")
        assert journaled(record) == stored(record)


def test_a_store_behind_the_journal_catches_up(
    record: Path, run: Run, tmp_path: Path, answers: Ask
) -> None:
    """A store whose last commit was lost takes it from the journal (fault 3)."""
    shutil.copytree(record / ".negotrack", tmp_path / "state")
    assert run(*NEW_STANCE, at=record).code == 0
    whole, ids = answers(record), stored(record)
    shutil.rmtree(record / ".negotrack")
    shutil.copytree(tmp_path / "state", record / ".negotrack")
    assert whole == answers(record)
    assert ids == stored(record)


@pytest.mark.parametrize("half", ["store.db", "in-step"])
def test_a_half_made_file_is_no_harm(record: Path, answers: Ask, half: str) -> None:
    """What a killed maker left beside a file is ignored (fault 1)."""
    whole = answers(record)
    for name in (f"{half}.1.new", f"{half}.{os.getpid()}.new", f"{half}.new"):
        (record / ".negotrack" / name).write_bytes(b"half")
    (record / ".negotrack" / half).unlink()
    assert whole == answers(record)
