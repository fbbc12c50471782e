from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from faults.evidence import NEW_STANCE, journaled, nothing_changes, stopped, stored
from negotrack.record.lock import only_writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from faults.conftest import Answers

    Run = Callable[..., Result]

WRITERS = 24
HOLDER = """
import sys, time
from pathlib import Path
from negotrack.record.lock import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writers wait a twentieth of a second only."""
    monkeypatch.setattr("negotrack.record.lock.PATIENCE", 0.05)


def test_twenty_four_writers_lose_nothing(record: Path) -> None:
    """Of 24 writers at once each is served or told who is writing; no entry is lost (fault 18)."""
    before = stored(record)
    words = [sys.executable, "-m", "negotrack", "-C", str(record), *NEW_STANCE, "--reason"]
    writers = [
        subprocess.Popen(
            [*words, f"writer {n}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for n in range(WRITERS)
    ]
    done = [(*writer.communicate(timeout=120), writer.returncode) for writer in writers]
    assert {0, 11} >= {code for _, _, code in done}, done
    served = [out[:10] for out, _, code in done if code == 0]
    assert len(before) + len(served) == len(stored(record))
    assert journaled(record) == stored(record)
    fresh = {entry[:10] for entry in stored(record)} - {entry[:10] for entry in before}
    assert fresh == set(served)
    assert ["pid"] * (WRITERS - len(served)) == [
        "pid" for _, err, code in done if code == 11 and "(pid " in err
    ]


@pytest.mark.usefixtures("impatient")
def test_a_writer_that_waits_in_vain_names_the_holder(record: Path, run: Run) -> None:
    """The wait is bounded; then the refusal names the process that writes (fault 18)."""
    with nothing_changes(record), only_writer(record / ".negotrack/lock"):
        stopped(run(*NEW_STANCE, at=record), 11, f"pid {os.getpid()}", "try again")


@pytest.mark.usefixtures("impatient")
def test_readers_do_not_wait_for_a_writer(record: Path, answers: Callable[[Path], Answers]) -> None:
    """While somebody writes, the record as it was is answered from (fault 18)."""
    whole = answers(record)
    with only_writer(record / ".negotrack/lock"):
        assert whole == answers(record)


def test_a_store_that_another_program_holds_is_busy(
    record: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where another program holds the store file itself, the wait is bounded too (fault 18)."""
    monkeypatch.setattr("negotrack.record.stores.sqlite_recorder._LOCK_SECONDS", 0.05)
    assert run("timeline", at=record).code == 0
    with nothing_changes(record):
        with closing(sqlite3.connect(record / ".negotrack/store.db")) as db:
            db.execute("BEGIN IMMEDIATE")
            done = run(*NEW_STANCE, at=record)
        stopped(done, 11, "store", "try again")


def test_the_lock_of_a_dead_process_is_no_lock(record: Path, run: Run) -> None:
    """A writer that was killed leaves nothing to clean up by hand (fault 19)."""
    lock = record / ".negotrack/lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(lock)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    assert str(holder.pid) == lock.read_text().strip()
    holder.send_signal(signal.SIGKILL)
    holder.wait(10)
    holder.stdout.close()
    done = run(*NEW_STANCE, at=record)
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("left", ["", "999999999", "nonsense"])
def test_a_lock_file_that_was_left_is_no_lock(record: Path, run: Run, left: str) -> None:
    """What stands in the lock file means nothing: the kernel holds the lock (fault 19)."""
    (record / ".negotrack/lock").write_text(left)
    assert run(*NEW_STANCE, at=record).code == 0


def test_the_same_fact_twice_is_one_entry(record: Path, run: Run) -> None:
    """A fact that is logged again adds nothing (fault 18)."""
    assert run(*NEW_STANCE, at=record).code == 0
    with nothing_changes(record):
        done = run(*NEW_STANCE, at=record)
    assert (done.code, "says this already" in done.out) == (0, True)
