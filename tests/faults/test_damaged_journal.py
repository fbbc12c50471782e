from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from faults.evidence import (
    NAMES,
    NEW_STANCE,
    SESSION,
    change_bytes,
    flip_a_bit,
    journal,
    journaled,
    nothing_changes,
    stopped,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]

TORN = b'{"id":"0123456789abcdef'
EVERY_COMMAND = (("timeline",), NEW_STANCE, ("sync",), ("check",))


# -- a torn last line ---------------------------------------------------------------------------


def test_a_torn_last_line_is_set_aside_and_named(record: Path, run: Run) -> None:
    """A write moves a torn last line to a file that it names, and goes on (fault 4)."""
    before = journal(record)[SESSION]
    with (record / SESSION).open("ab") as file:
        file.write(TORN)
    done = run(*NEW_STANCE, at=record)
    assert done.code == 0
    (shelter,) = (record / ".negotrack/quarantine").iterdir()
    assert str(shelter) in done.err
    assert shelter.read_bytes() == TORN
    assert journal(record)[SESSION].startswith(before)
    assert TORN not in journal(record)[SESSION]
    assert journaled(record) == stored(record)


def test_a_check_finds_a_torn_last_line(record: Path, run: Run) -> None:
    """A check names a torn line with its file and byte, with exit code 1 (fault 4)."""
    size = (record / SESSION).stat().st_size
    with (record / SESSION).open("ab") as file:
        file.write(TORN)
    done = run("check", "--format", "csv", at=record)
    assert done.code == 1
    assert f"torn-line,{SESSION} byte {size}," in done.out


def test_a_line_torn_anywhere_is_written_again(
    record: Path, run: Run, answers: Callable[[Path], object]
) -> None:
    """However much of the last line is lost, the store has the entry and every answer (fault 4)."""
    whole, before = answers(record), journal(record)
    last = len(before[SESSION].splitlines(keepends=True)[-1])
    for lost in range(1, last, 29):
        (record / SESSION).write_bytes(before[SESSION][:-lost])
        assert run("sync", at=record).code == 0
        assert before == journal(record)
    assert whole == answers(record)


def test_a_tail_of_zeros_is_a_torn_line(record: Path, run: Run) -> None:
    """Zeros that a file system leaves at the end of a file are set aside (fault 4)."""
    before = journal(record)
    with (record / SESSION).open("ab") as file:
        file.write(bytes(4096))
    assert run("timeline", at=record).code == 0
    assert before == journal(record)


# -- damage in the middle -----------------------------------------------------------------------


@pytest.mark.parametrize("words", EVERY_COMMAND)
def test_a_damaged_line_stops_every_command(record: Path, run: Run, words: tuple[str, ...]) -> None:
    """Nothing is answered or written past a damaged line (fault 5)."""
    change_bytes(record / NAMES, b'"Kenya"', b'"Kenia"')
    with nothing_changes(record):
        assert run(*words, at=record).code == 5


def test_a_damaged_line_is_named(record: Path, run: Run) -> None:
    """The refusal says in which file and line the damage is, and what to do (fault 5)."""
    change_bytes(record / NAMES, b'"Kenya"', b'"Kenia"')
    stopped(run("timeline", at=record), 5, f"{NAMES}:", "restore the line from git")


def test_a_broken_line_is_named_with_its_column(record: Path, run: Run) -> None:
    """Where a line is no JSON any more, the column is the byte at which it breaks (fault 5)."""
    first, second, *rest = (record / NAMES).read_bytes().splitlines(keepends=True)
    at = second.index(b'"negotiation":')
    broken = second[:at] + b"#" + second[at:]
    (record / NAMES).write_bytes(b"".join([first, broken, *rest]))
    stopped(run("timeline", at=record), 5, f"{NAMES}:2:{at + 1}: ")


def test_a_foreign_line_is_named(record: Path, run: Run) -> None:
    """A line that never was one of the journal is damage too (fault 5)."""
    data = (record / NAMES).read_bytes()
    (record / NAMES).write_bytes(b"hello\n" + data)
    with nothing_changes(record):
        stopped(run("timeline", at=record), 5, f"{NAMES}:1:1: ")


def test_an_empty_line_is_named(record: Path, run: Run) -> None:
    """An empty line is no entry (fault 5)."""
    data = (record / NAMES).read_bytes()
    (record / NAMES).write_bytes(b"\n" + data)
    with nothing_changes(record):
        stopped(run("timeline", at=record), 5, f"{NAMES}:1:1: ")


# -- bits ---------------------------------------------------------------------------------------


def test_a_flipped_bit_in_the_journal_is_found(record: Path, run: Run) -> None:
    """A check finds one wrong bit anywhere before the last byte of a file (fault 6)."""
    chance = random.Random(6)  # noqa: S311 - the same bits every time
    path = record / SESSION
    whole = path.read_bytes()
    for _ in range(60):
        place = len(whole)
        while place >= len(whole) - 1:
            path.write_bytes(whole)
            place = flip_a_bit(path, chance)
        done = run("check", at=record)
        assert (done.code, done.err) == (5, ""), f"byte {place}"
    path.write_bytes(whole)
    assert run("check", at=record).code == 0


def test_a_wrong_bit_in_a_type_is_damage(record: Path, run: Run) -> None:
    """An entry whose type was altered is damaged, not one of a newer release (fault 6)."""
    change_bytes(record / SESSION, b'"statement.made/1"', b'"statement.made/3"')
    stopped(run("timeline", at=record), 5, f"{SESSION}:", "altered")


# -- order, editing, merging --------------------------------------------------------------------


def test_the_order_of_lines_means_nothing(
    record: Path, run: Run, answers: Callable[[Path], object]
) -> None:
    """Lines in another order, as a merge or a sort leaves them, change no answer (fault 9)."""
    whole, chance = answers(record), random.Random(9)  # noqa: S311 - the same order every time
    for path in (record / "events").rglob("*.jsonl"):
        lines = path.read_bytes().splitlines(keepends=True)
        chance.shuffle(lines)
        path.write_bytes(b"".join(lines))
    assert whole == answers(record)
    shutil.rmtree(record / ".negotrack")
    assert whole == answers(record)
    assert run("check", at=record).code == 0


def test_a_line_that_is_there_twice_counts_once(
    record: Path, answers: Callable[[Path], object]
) -> None:
    """The same line twice is the same entry (fault 9)."""
    whole = answers(record)
    for path in (record / "events").rglob("*.jsonl"):
        path.write_bytes(path.read_bytes() * 2)
    assert whole == answers(record)
    shutil.rmtree(record / ".negotrack")
    assert whole == answers(record)


def conflict(record: Path) -> None:
    """Put the markers of a git conflict around the last two lines of a file."""
    *rest, ours, theirs = (record / SESSION).read_bytes().splitlines(keepends=True)
    markers = [b"<<<<<<< HEAD\n", ours, b"=======\n", theirs, b">>>>>>> geneva\n"]
    (record / SESSION).write_bytes(b"".join([*rest, *markers]))


@pytest.mark.parametrize("words", EVERY_COMMAND)
def test_conflict_markers_stop_every_command(
    record: Path, run: Run, words: tuple[str, ...]
) -> None:
    """With conflict markers in the journal nothing is answered or written (fault 10)."""
    before = stored(record)
    conflict(record)
    with_markers = journal(record)
    assert run(*words, at=record).code == 5
    assert (with_markers, before) == (journal(record), stored(record))


def test_conflict_markers_are_explained(record: Path, run: Run) -> None:
    """The refusal names both sides, their lines, and the cure (fault 10)."""
    conflict(record)
    lines = (record / SESSION).read_bytes().splitlines()
    begins, ends = lines.index(b"<<<<<<< HEAD") + 1, len(lines)
    stopped(
        run("timeline", at=record), 5,
        f"{SESSION}: git conflict at lines {begins} to {ends}",
        f"HEAD (from line {begins + 1})", f"geneva (from line {begins + 3})",
        "keep the lines of both and delete the marker lines",
    )  # fmt: skip


def test_conflict_markers_with_the_base_are_explained(record: Path, run: Run) -> None:
    """Markers with the base between them name where the other side begins (fault 10)."""
    *rest, ours, theirs = (record / SESSION).read_bytes().splitlines(keepends=True)
    markers = [b"<<<<<<< HEAD\n", ours, b"||||||| 1234567\n", b"=======\n", theirs]
    (record / SESSION).write_bytes(b"".join([*rest, *markers, b">>>>>>> geneva\n"]))
    stopped(run("timeline", at=record), 5, f"geneva (from line {len(rest) + 5})")


def test_a_cured_conflict_is_a_merge(
    record: Path, answers: Callable[[Path], object], run: Run
) -> None:
    """When the marker lines are deleted, the record is as if nothing had happened (fault 10)."""
    whole = answers(record)
    conflict(record)
    assert run("timeline", at=record).code == 5
    lines = (record / SESSION).read_bytes().splitlines(keepends=True)
    (record / SESSION).write_bytes(b"".join(line for line in lines if line.startswith(b"{")))
    assert whole == answers(record)


def edited_too(record: Path) -> int:
    """Put an edited copy of a line after it, as a union merge does; return its line number."""
    lines = (record / SESSION).read_bytes().splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if b'"support"' in line)
    lines.insert(at + 1, lines[at].replace(b'"support"', b'"oppose"'))
    (record / SESSION).write_bytes(b"".join(lines))
    return at + 2


def test_an_edited_line_is_named(record: Path, run: Run) -> None:
    """A line whose id does not fit any more is named, beside the original too (fault 11)."""
    number = edited_too(record)
    before = stored(record)
    stopped(run("timeline", at=record), 5, f"{SESSION}:{number}:", "the line was altered")
    assert before == stored(record)


def test_an_edited_line_is_found_by_check(record: Path, run: Run) -> None:
    """A check shows the edited version by its line, and the original stays as it was (fault 11)."""
    number = edited_too(record)
    done = run("check", "--format", "csv", at=record)
    assert done.code == 5
    assert f"{SESSION}:{number}:" in done.out


# -- how files end and begin --------------------------------------------------------------------


@pytest.mark.parametrize("words", [("timeline",), NEW_STANCE])
def test_cr_lf_in_the_journal_is_refused(record: Path, run: Run, words: tuple[str, ...]) -> None:
    """Line ends of another system are refused with the command that cures them (fault 12)."""
    path = record / SESSION
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = journal(record)
    stopped(run(*words, at=record), 3, f"{SESSION}:1: ", "CR LF", "sed -i")
    assert before == journal(record)


@pytest.mark.parametrize("words", [("timeline",), NEW_STANCE])
def test_a_byte_order_mark_in_the_journal_is_refused(
    record: Path, run: Run, words: tuple[str, ...]
) -> None:
    """A byte-order mark is refused with its cure (fault 12)."""
    path = record / SESSION
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    before = journal(record)
    stopped(run(*words, at=record), 3, f"{SESSION}: ", "byte-order mark", "without one")
    assert before == journal(record)


def test_a_missing_last_newline_is_healed_before_appending(record: Path, run: Run) -> None:
    """An editor that drops the last newline does no harm: the next line begins anew (fault 12)."""
    path = record / SESSION
    before = path.read_bytes()
    path.write_bytes(before.removesuffix(b"\n"))
    done = run(*NEW_STANCE, at=record)
    assert (done.code, done.err) == (0, "")
    assert path.read_bytes().startswith(before)
    assert journaled(record) == stored(record)
