from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from faults.evidence import NEW_STANCE, journaled, nothing_changes, stored

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

    Run = Callable[..., Result]

ROW = b'{"type":"statement.made/1","negotiation":"demo","on":"2023-01-18","by":"KEN","says":"%d"}\n'
FIRST = b"".join(ROW % n for n in range(3_000))
SIGNALS = {signal.SIGINT: 130, signal.SIGTERM: 143}


def importing(record: Path) -> subprocess.Popen[bytes]:
    """Start an import that waits for more lines, after it has taken in some thousands."""
    words = [sys.executable, "-m", "negotrack", "-C", str(record), "import", "-"]
    started = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert started.stdin is not None
    # These are more bytes than the pipe holds, so when all are written most have been read.
    started.stdin.write(FIRST)
    started.stdin.flush()
    return started


def ending(ended: subprocess.Popen[bytes]) -> tuple[int | None, str, str]:
    """Return how a process ended within two seconds and what it said; None where it did not end."""
    try:
        ended.wait(2)
    except subprocess.TimeoutExpired:
        ended.kill()
        ended.communicate()
        return None, "", ""
    out, err = ended.communicate()
    return ended.returncode, out.decode(), err.decode()


@pytest.mark.parametrize("pause", [0, 0.4], ids=["busy", "waiting"])
@pytest.mark.parametrize("sent", SIGNALS)
def test_an_interrupted_import_leaves_nothing(
    record: Path, sent: signal.Signals, pause: float
) -> None:
    """Stopped while it works or waits, an import ends at once and adds nothing (fault 39)."""
    with nothing_changes(record):
        started = importing(record)
        time.sleep(pause)
        started.send_signal(sent)
        code, out, err = ending(started)
    assert (SIGNALS[sent], "") == (code, out)
    assert "Traceback" not in err


def test_an_import_that_is_fed_slowly_can_be_interrupted(record: Path) -> None:
    """A line every few milliseconds does not keep an import from stopping (fault 39)."""
    with nothing_changes(record):
        started = importing(record)
        assert started.stdin is not None
        for n in range(30):
            started.stdin.write(ROW % (9_000 + n))
            started.stdin.flush()
            time.sleep(0.01)
        started.send_signal(signal.SIGINT)
        code, out, err = ending(started)
    assert (code, out) == (130, "")
    assert err.strip() == "negotrack: interrupted"


@pytest.mark.parametrize("sent", SIGNALS)
def test_an_import_interrupted_twice_leaves_nothing(record: Path, sent: signal.Signals) -> None:
    """Impatience changes nothing: the second signal finds the work already stopped (fault 39)."""
    with nothing_changes(record):
        started = importing(record)
        started.send_signal(sent)
        time.sleep(0.01)
        started.send_signal(sent)
        code, out, _ = ending(started)
    assert code in (SIGNALS[sent], -sent)
    assert out == ""


def test_an_interrupted_import_can_be_repeated(record: Path, run: Run, tmp_path: Path) -> None:
    """The whole import succeeds after one that was stopped, each entry once (fault 39)."""
    before = len(stored(record))
    started = importing(record)
    started.send_signal(signal.SIGINT)
    ending(started)
    (tmp_path / "in.jsonl").write_bytes(FIRST)
    done = run("import", str(tmp_path / "in.jsonl"), at=record)
    assert done.out.startswith("3,000 added, 0 known already")
    assert before + 3_000 == len(stored(record))
    assert journaled(record) == stored(record)


@pytest.mark.parametrize("sent", SIGNALS)
def test_an_interrupted_wait_for_the_lock_changes_nothing(
    record: Path, sent: signal.Signals
) -> None:
    """A writer that waits for another can be told to stop (fault 39)."""
    from negotrack.record.lock import only_writer

    words = [sys.executable, "-m", "negotrack", "-C", str(record), *NEW_STANCE]
    with nothing_changes(record), only_writer(record / ".negotrack/lock"):
        waiting = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        _until_it_waits(waiting.pid)
        waiting.send_signal(sent)
        code, out, err = ending(waiting)
    assert (SIGNALS[sent], "") == (code, out)
    assert "Traceback" not in err


def _until_it_waits(pid: int) -> None:
    """Return when a process has the lock file open, which it opens to wait for it."""
    for _ in range(1_000):
        try:
            handles = [path.readlink().name for path in Path(f"/proc/{pid}/fd").iterdir()]
        except OSError:
            handles = []
        if "lock" in handles:
            return
        time.sleep(0.01)


def test_an_interrupted_answer_leaves_no_half_file(
    record: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C while an answer is written leaves the old file and nothing beside it (fault 39)."""
    old = tmp_path / "answers" / "timeline.txt"
    old.parent.mkdir()
    old.write_text("old")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("negotrack.render.out.os.fsync", interrupt)
        done = run("export", "-o", str(old), at=record)
    assert (done.code, done.err.strip()) == (130, "negotrack: interrupted")
    assert [old] == list(old.parent.iterdir())
    assert old.read_text() == "old"


def test_an_interrupted_journal_is_completed(
    record: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After Ctrl-C between store and journal, the next command completes (fault 39)."""

    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    before = stored(record)
    with monkeypatch.context() as patch:
        patch.setattr("negotrack.journal.appending._write", interrupt)
        assert run(*NEW_STANCE, at=record).code == 130
    assert len(before) == len(journaled(record))
    assert run("timeline", at=record).code == 0
    assert len(before) + 1 == len(journaled(record))
    assert journaled(record) == stored(record)


@pytest.mark.parametrize("step", ["write", "fsync"])
def test_an_interrupted_append_leaves_whole_lines(
    record: Path, run: Run, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Ctrl-C in the middle of an append leaves a journal that heals by itself (fault 39)."""
    count = len(stored(record))
    real = os.write

    def write_half(handle: int, data: bytes) -> int:
        real(handle, data[:40])
        raise KeyboardInterrupt

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        step_fails = write_half if step == "write" else interrupt
        patch.setattr(f"negotrack.journal.appending.os.{step}", step_fails)
        assert run(*NEW_STANCE, at=record).code in (0, 130)
    assert run("timeline", at=record).code == 0
    assert count + 1 == len(journaled(record))
    assert journaled(record) == stored(record)
