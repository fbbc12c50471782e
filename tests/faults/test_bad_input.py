from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from conftest import NOON, Scenario
from faults.conftest import LATER
from faults.evidence import (
    NEW_STANCE,
    SESSION,
    STANCE,
    journal,
    journaled,
    nothing_changes,
    stopped,
    stored,
)
from shorthand import session, takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from conftest import Result
    from faults.conftest import Answers

    Run = Callable[..., Result]

DRAFT = b'{"type":"statement.made/1","negotiation":"demo","on":"2023-01-18","by":"KEN","says":"%s"}'


def drafts(number: int) -> list[bytes]:
    """Return the lines of so many drafts."""
    return [DRAFT % f"It spoke for the {n}th time.".encode() for n in range(number)]


# -- lines that are no entries ------------------------------------------------------------------

LINES = {
    "deep": b"[" * 200_000,
    "deep and closed": b'{"type":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "deep in a draft": DRAFT[:-2] + b'","sources":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "a long number": DRAFT[:-1] + b',"order":' + b"9" * 100_000 + b"}",
    "a small exponent": DRAFT[:-1] + b',"order":1e99999999}',
    "a key twice": DRAFT[:-1] + b',"by":"CHN"}',
    "trailing data": DRAFT + b" {}",
    "two entries": DRAFT + DRAFT,
    "no UTF-8": DRAFT % b"\xff\xfe",
    "overlong UTF-8": DRAFT % b"\xc0\xaf",
    "a UTF-8 surrogate": DRAFT % b"\xed\xa0\x80",
    "no object": b'"hello"',
    "no JSON": b"hello",
    "an unknown field": DRAFT[:-1] + b',"mood":"grim"}',
    "an unknown type": DRAFT.replace(b"statement.made", b"sigh.heaved"),
    "a stamp of its own": DRAFT[:-1] + b',"recorded_at":"2020-01-01T00:00:00.000000Z"}',
    "a long text": DRAFT % (b"a" * 100_001),
    "an id that does not fit": b'{"id":"%s",' % (b"0" * 64) + DRAFT[1:],
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_bad_line_is_refused_with_its_number(
    record: Path, run: Run, tmp_path: Path, line: bytes
) -> None:
    """One bad line among good ones is named, and nothing is taken in (fault 26)."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\n".join([*drafts(2), line, *drafts(4)]) + b"\n")
    gc.collect()  # what earlier tests left is not to be finalised at the bottom of a recursion
    with nothing_changes(record):
        done = run("import", str(path), at=record)
    assert done.code == 3
    assert "Traceback" not in done.err
    fault, summary = done.err.splitlines()
    assert fault.startswith("line 3: ")
    assert len(fault) < 1000
    assert "nothing was imported" in summary


@pytest.mark.parametrize("byte", [b"\0", b"a"])
def test_a_line_without_end_is_refused_before_it_is_read(
    record: Path, run: Run, tmp_path: Path, byte: bytes
) -> None:
    """A line of a gigabyte is refused by its first megabyte (fault 26)."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(DRAFT + b"\n" + byte * (1 << 21))
    os.truncate(path, 1 << 30)
    with nothing_changes(record):
        stopped(run("import", str(path), at=record), 3, "line 2: longer than")


def test_memory_is_bounded(record: Path) -> None:
    """A gigabyte without a line end is refused within little memory (fault 26)."""
    feed = subprocess.Popen(["head", "-c", "1G", "/dev/zero"], stdout=subprocess.PIPE)
    most = 1 << 29
    done = subprocess.run(
        [sys.executable, "-m", "negotrack", "-C", str(record), "import", "-"],
        stdin=feed.stdout, capture_output=True, check=False, timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (most, most)),
    )  # fmt: skip
    assert feed.stdout is not None
    feed.stdout.close()
    feed.wait(10)
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"line 1: longer than" in done.stderr


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_cr_lf_in_an_input_is_refused(record: Path, run: Run, tmp_path: Path, form: str) -> None:
    """Line ends of another system are refused with their cure (fault 12)."""
    path = tmp_path / f"in.{form}"
    path.write_bytes(b"type,negotiation\r\n" if form == "csv" else DRAFT + b"\r\n")
    with nothing_changes(record):
        stopped(run("import", str(path), at=record), 3, "line 1", "CR LF", "convert them")


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_byte_order_mark_in_an_input_is_refused(
    record: Path, run: Run, tmp_path: Path, form: str
) -> None:
    """A byte-order mark is refused with its cure (fault 12)."""
    path = tmp_path / f"in.{form}"
    path.write_bytes(b"\xef\xbb\xbf" + (b"type\n" if form == "csv" else DRAFT + b"\n"))
    with nothing_changes(record):
        stopped(run("import", str(path), at=record), 3, "line 1", "byte-order mark")


def test_an_input_may_end_without_a_newline(record: Path, run: Run, tmp_path: Path) -> None:
    """The last line of an input counts, ended or not (fault 12)."""
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(drafts(2)))
    assert run("import", str(tmp_path / "in.jsonl"), at=record).out.startswith("2 added")


CSV = {
    "an open quote": b'statement,demo,2023-01-18,KEN,"x\n',
    "too few cells": b"statement,demo\n",
    "too many cells": b"statement,demo,2023-01-18,KEN,x,y\n",
    "no UTF-8": b"statement,demo,2023-01-18,KEN,\xff\n",
    "NUL": b"statement,demo,2023-01-18,KEN,a\0b\n",
    "an unknown kind": b"sigh,demo,2023-01-18,KEN,x\n",
    "a long cell": b"statement,demo,2023-01-18,KEN," + b"a" * (1 << 20) + b"\n",
}


@pytest.mark.parametrize("row", CSV.values(), ids=CSV)
def test_a_bad_row_is_refused(record: Path, run: Run, tmp_path: Path, row: bytes) -> None:
    """A bad row of a CSV file is named by its line, and nothing is taken in (fault 26)."""
    good = b"statement,demo,2023-01-18,KEN,It spoke.\n"
    (tmp_path / "in.csv").write_bytes(b"type,negotiation,on,by,says\n" + good + row)
    with nothing_changes(record):
        done = run("import", str(tmp_path / "in.csv"), at=record)
    assert done.code == 3
    assert "Traceback" not in done.err
    assert "line 3: " in done.err


# -- many lines, some bad -----------------------------------------------------------------------


def test_one_bad_line_among_thousands_stops_all(record: Path, run: Run, tmp_path: Path) -> None:
    """An import is all or nothing, however late the bad line comes (fault 27)."""
    lines = drafts(5_000)
    lines[4_321] = DRAFT.replace(b'"KEN"', b'"XYZ"')
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    with nothing_changes(record):
        done = run("import", str(tmp_path / "in.jsonl"), at=record)
    assert done.code == 3
    fault, summary = done.err.splitlines()
    assert fault.startswith("line 4322: no delegation XYZ")
    assert "1 of the entries cannot be taken in" in summary


def test_the_first_twenty_faults_are_named(record: Path, run: Run, tmp_path: Path) -> None:
    """Of many faults the first twenty are named by line, and all are counted (fault 27)."""
    lines = drafts(90)
    for n in range(3, 90, 3):
        lines[n - 1] = b"hello"
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    done = run("import", str(tmp_path / "in.jsonl"), at=record)
    *faults, summary = done.err.splitlines()
    assert [f"line {n}" for n in range(3, 63, 3)] == [line.split(":")[0] for line in faults]
    assert summary.startswith("negotrack: 29 of the entries cannot be taken in")


def test_faults_of_both_kinds_are_named_in_order(record: Path, run: Run, tmp_path: Path) -> None:
    """Lines that cannot be read and lines that break a rule are named as they come (fault 27)."""
    unknown = DRAFT.replace(b'"KEN"', b'"XYZ"')
    lines = [unknown, *[b"hello"] * 25]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    done = run("import", str(tmp_path / "in.jsonl"), at=record)
    *faults, summary = done.err.splitlines()
    assert [f"line {n}" for n in range(1, 21)] == [line.split(":")[0] for line in faults]
    assert summary.startswith("negotrack: 26 of the entries cannot be taken in")


def test_keep_going_takes_in_the_rest(record: Path, run: Run, tmp_path: Path) -> None:
    """With --keep-going the good lines are taken in, and the bad ones counted (fault 27)."""
    before = len(stored(record))
    lines = [*drafts(10), b"hello", DRAFT.replace(b'"KEN"', b'"XYZ"')]
    (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
    done = run("import", str(tmp_path / "in.jsonl"), "--keep-going", "--json", at=record)
    assert done.code == 3
    answer = json.loads(done.out)
    assert (answer["added"], answer["refused"]) == (10, 2)
    assert [fault["line"] for fault in answer["faults"]] == [11, 12]
    assert before + 10 == len(stored(record))
    assert journaled(record) == stored(record)


# -- entries from the future --------------------------------------------------------------------


def sealed(**fields: object) -> bytes:
    """Return a line with an id that fits, whatever its fields are."""
    body = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()
    return b'{"id":"%s",%s\n' % (sha256(body).hexdigest().encode(), body[1:])


FUTURE = {
    "negotiation": "demo", "on": "2023-01-18", "by": "KEN", "says": "It hummed.",
    "recorded_at": "2031-01-01T00:00:00.000000Z", "tool": "negotrack 9.9.0",
}  # fmt: skip
NEWER = {
    "type": sealed(**FUTURE, type="melody.hummed/1"),
    "version": sealed(**FUTURE, type="statement.made/2"),
    "field": sealed(**FUTURE, type="statement.made/1", key="C minor"),
}


@pytest.mark.parametrize("line", NEWER.values(), ids=NEWER)
@pytest.mark.parametrize("words", [("timeline",), NEW_STANCE])
def test_an_entry_of_a_newer_release_is_kept_and_named(
    record: Path, run: Run, line: bytes, words: tuple[str, ...]
) -> None:
    """What only a newer release knows is refused with its number, and the line stays (fault 28)."""
    with (record / SESSION).open("ab") as file:
        file.write(line)
    with nothing_changes(record):
        stopped(run(*words, at=record), 3, f"{SESSION}:", "needs negotrack >= 9.9.0")


@pytest.mark.parametrize("line", NEWER.values(), ids=NEWER)
def test_an_entry_of_a_newer_release_is_not_imported(
    record: Path, run: Run, tmp_path: Path, line: bytes
) -> None:
    """An import of what only a newer release knows is refused (fault 28)."""
    (tmp_path / "in.jsonl").write_bytes(line)
    with nothing_changes(record):
        done = run("import", str(tmp_path / "in.jsonl"), at=record)
    assert done.code == 3
    assert "line 1: " in done.err
    assert "needs negotrack >= 9.9.0" in done.err


# -- dates --------------------------------------------------------------------------------------

NO_DATES = (
    "now", "13:00", "9/8/2024", "2024-02-30", "2023-13", "0000", "0000-01-01", "10000-01-01",
    "20230116", "2023-1-6", "P1D", "2023-01-16T10:00", "2023-01-20/2023-01-16", "..", "/", "",
    "2023-W03", "-2023", "2023-01-16/", "\u0662\u0660\u0662\u0663", "20 23",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_refused(record: Path, run: Run, text: str) -> None:
    """What is no date, or could mean two days, is refused; no clock is asked (fault 34)."""
    with nothing_changes(record):
        stopped(run(*STANCE, "--on", text, at=record), 3, "; ")
    stopped(run("timeline", "--as-of", text, at=record), 3, "; ")


@pytest.mark.parametrize("text", [" 2023", "2023-01-16\n", "\t2023", "2023 "])
def test_blanks_are_no_part_of_a_recorded_date(record: Path, run: Run, text: str) -> None:
    """A date between blanks is refused where it is recorded; a question knows what it means."""
    with nothing_changes(record):
        stopped(run(*STANCE, "--on", text, at=record), 3, "; ")
    plain = run("timeline", "--as-of", text.strip(), "--format", "json", at=record)
    assert run("timeline", "--as-of", text, "--format", "json", at=record) == plain
    assert plain.code == 0


@pytest.mark.parametrize("words", ["last month", "tuesday", "2023-Q1", "s-1", "a week ago", "now"])
def test_words_of_a_question_are_no_dates_to_record(record: Path, run: Run, words: str) -> None:
    """What only a question may say is refused as the date of an entry."""
    with nothing_changes(record):
        stopped(run(*STANCE, "--on", words, at=record), 3, "is not a date; ")


EMPTY = (
    ("timeline", "--as-of"), ("timeline", "--since"), ("timeline", "--known-at"),
    ("timeline",), ("positions", "--as-of"), ("replay", "--to"),
    ("changes", "--since", "2022", "--to"), ("changes", "--known-from", "2022", "--known-to"),
)  # fmt: skip


@pytest.mark.parametrize("words", EMPTY)
@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_date_is_no_date(
    record: Path, run: Run, words: tuple[str, ...], text: str
) -> None:
    """A date that is empty, as an unset variable is, is refused and does not mean today."""
    stopped(run(*words, text, at=record), 3, "; ")


@pytest.mark.parametrize("text", ["24:00", "12:60", "9:00", "now", "12:00:00", "12.00", ""])
def test_what_is_no_time_is_refused(record: Path, run: Run, text: str) -> None:
    """A time of day that no clock shows is refused (fault 34)."""
    with nothing_changes(record):
        stopped(run(*STANCE, "--on", "2023-01-18", "--at", text, at=record), 3, "time of day")


IN_MARCH = session("s-2", "2022-03-21/2022-04-01")
IN_OCTOBER = session("s-3", "2022-10-24/2022-11-04")


def test_an_hour_that_the_clocks_skip_is_refused(room: Scenario) -> None:
    """In Vienna no clock showed 02:30 on the night that summer time began (fault 34)."""
    (
        room.given(IN_MARCH)
        .when(takes("KEN", "support", "art-6", on="2022-03-27", at="02:30", session="s-2"))
        .then_refused("skip 02:30 on 2022-03-27")
    )


def test_an_hour_that_comes_twice_is_a_reading_of_the_clock(room: Scenario) -> None:
    """The hour that comes twice when summer time ends is taken as it was read (fault 34)."""
    (
        room.given(IN_OCTOBER)
        .when(takes("KEN", "support", "art-6", on="2022-10-30", at="02:30", session="s-3"))
        .then_logged()
    )


# -- clocks -------------------------------------------------------------------------------------


def stamps(folder: Path) -> list[str]:
    """Return when the lines of a journal file were recorded, as they come."""
    return [json.loads(line)["recorded_at"] for line in journal(folder)[SESSION].splitlines()]


def test_a_clock_set_back_does_not_turn_the_record_back(
    record: Path, run: Run, clock: Callable[[datetime], None]
) -> None:
    """An entry is never recorded before the newest one, and the clock is doubted (fault 35)."""
    clock(NOON - timedelta(days=400))
    done = run(*STANCE, "--on", "2021-01-18", "--session", "s-1", at=record)
    assert (done.code, "the clock is behind the newest entry" in done.err) == (0, True)
    assert sorted(stamps(record)) == stamps(record)


def test_a_clock_set_forward_does_no_lasting_harm(
    record: Path, run: Run, clock: Callable[[datetime], None], answers: Callable[[Path], Answers]
) -> None:
    """After an entry from fifty years ahead the record goes on from there, and warns (fault 35)."""
    clock(LATER + timedelta(days=50 * 365))
    assert run(*NEW_STANCE, at=record).code == 0
    clock(LATER)
    done = run(*STANCE, "--on", "2023-01-19", at=record)
    assert (done.code, "the clock is behind the newest entry" in done.err) == (0, True)
    assert sorted(stamps(record)) == stamps(record)
    assert "2023-01-19" in answers(record)["timeline", "--as-of", "2023-06-01"]


def test_answers_are_the_same_in_every_zone(record: Path, program: Run) -> None:
    """No answer depends on where in the world it is asked (fault 35)."""
    outputs = [
        program("replay", "--step", "day", "--to", "today", at=record, env={"TZ": zone}).out
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")
    ]
    assert outputs[0] == outputs[1] != ""


# -- dates that are less than a day -------------------------------------------------------------

COUNTED = {
    "2022-12-31": (False, 0),
    "2023-01-01": (False, 1),
    "2023-01-30": (False, 1),
    "2023-01-31": (True, 0),
    "2023-01": (True, 0),
    "2022": (False, 0),
    "2023": (True, 0),
}
ON_THE_STATEMENT = (
    ("timeline", "--by", "HRW"),
    ("replay", "--by", "HRW", "--format", "table", "--to"),
    ("replay", "--by", "HRW", "--format", "table", "--step", "day", "--to"),
)


@pytest.mark.parametrize("day", COUNTED)
@pytest.mark.parametrize("words", ON_THE_STATEMENT)
def test_an_entry_of_a_month_counts_from_its_last_day(
    record: Path, run: Run, day: str, words: tuple[str, ...]
) -> None:
    """Before the end of its month an entry is not counted, and the answer says so (fault 36)."""
    counted, possible = COUNTED[day]
    option = () if words[-1] == "--to" else ("--as-of",)
    done = run(*words, *option, day, at=record)
    assert done.code == 0
    assert counted == ("safeguards" in done.out or "HRW" in done.out.partition("As of")[0])
    assert bool(possible) == ("Not counted: 1 entry" in " ".join(done.out.split()))


@pytest.mark.parametrize("words", [("positions",), ("history", "CHN", "scope")])
def test_a_stance_of_a_month_counts_from_its_last_day(
    record: Path, run: Run, words: tuple[str, ...]
) -> None:
    """Positions and histories follow the same rule as timelines (fault 36)."""
    log = ("log", "stance", "--by", "CHN", "--target", "scope", "--stance", "block")
    assert run(*log, "--on", "2023-02", at=record).code == 0
    during, after = (run(*words, "--as-of", d, at=record) for d in ("2023-02-27", "2023-02-28"))
    assert ("block" in during.out, "block" in after.out) == (False, True)
    assert ("Not counted" in during.out, "Not counted" in after.out) == (True, False)


# -- what is no file ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "fifo", "folder"])
def test_only_regular_files_are_read(record: Path, run: Run, tmp_path: Path, path: str) -> None:
    """Devices, pipes with a name and folders are refused at once, not read (fault 38)."""
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    with nothing_changes(record):
        stopped(run("import", str(tmp_path / path), at=record), 3, path, "regular file")


def test_a_pipe_in_the_journal_is_no_journal_file(
    record: Path, answers: Callable[[Path], Answers]
) -> None:
    """A named pipe among the journal files is left alone (fault 38)."""
    whole = answers(record)
    os.mkfifo(record / "events/demo/s-9.jsonl")
    assert whole == answers(record)


def test_an_answer_replaces_no_device(record: Path, run: Run, tmp_path: Path) -> None:
    """An output that is there and is no regular file is refused and stays what it is (fault 38)."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    stopped(run("timeline", "-o", str(fifo), at=record), 3, "fifo")
    assert fifo.is_fifo()
