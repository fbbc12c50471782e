from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import stamped
from negotrack.domain.canonical import LONGEST_LINE, body_of
from negotrack.domain.catalogue import KINDS
from negotrack.errors import Failed, Rejected
from negotrack.exchange.readers.jsonlines import entry_of, lines, opened
from shorthand import takes
from strategies import few, kepts

if TYPE_CHECKING:
    from pathlib import Path

    from negotrack.domain.canonical import StoredEntry

DRAFT = takes("KEN", "support", "scope")
LINE = msgspec.json.encode(DRAFT)
KEPT = stamped(DRAFT)


@few
@given(st.sampled_from(KINDS).flatmap(kepts))
def test_a_whole_entry_keeps_its_id(kept: StoredEntry) -> None:
    """A line of the journal is taken as it is."""
    assert kept == entry_of(kept.line)


@few
@given(st.sampled_from(KINDS).flatmap(kepts))
def test_a_draft_may_be_written_anyhow(kept: StoredEntry) -> None:
    """A draft has no stamp, and its keys stand in any order, with spaces."""
    bare = msgspec.structs.replace(kept.entry, recorded_at="", recorded_by=None, tool=None)
    pretty = b" " + msgspec.json.format(msgspec.json.encode(bare), indent=1)
    assert bare == entry_of(pretty)


def test_an_altered_entry_is_refused() -> None:
    """The id of a whole entry must fit."""
    with pytest.raises(Rejected, match="altered"):
        entry_of(KEPT.line.replace(b"support", b"oppose"))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (body_of(KEPT.line), "says when it was recorded but has no id"),
        (LINE[:-1] + b',"tool":"x"}', "has no id"),
        (b'{"type":"stance.taken/1","id":"' + b"a" * 64 + b'"}', "begins with it"),
        (b' {"id":"' + KEPT.line[7:], "begins with it"),
        (LINE[:-1] + b',"by":"CHN"}', "the key 'by' is given twice"),
        (LINE[:-1] + b',"sources":[{"title":"a","title":"b"}]}', "the key 'title' is given twice"),
        (LINE[:-1] + b',"mood":1}', "mood"),
        (LINE[:-1] + b',"note":7}', "in `note`"),
        (LINE[:-1] + b',"note":NaN}', "malformed"),
        (LINE[:-1] + b',"note":"\\ud800"}', "."),
        (LINE[:-1] + b',"note":"\xff"}', "UTF-8"),
        (LINE[:-1] + b',"order":' + b"9" * 100_000 + b"}", "order"),
        (LINE[:-1] + b',"note":' + b"[" * 200_000 + b"}", "."),
        (b"[" * 200_000, "."),
        (LINE + b"{}", "trailing"),
        (LINE[:-5], "."),
        (b"null", "object"),
        (b"<<<<<<< HEAD", "malformed"),
        (b'{"type":"mood.sensed/1"}', "needs negotrack >="),
        (LINE[:-1] + b',"(byte q":1}', "unknown field"),
    ],
    ids=range(20),
)
def test_what_is_no_entry_is_refused(line: bytes, words: str) -> None:
    """Whatever a line is, the answer is a sentence."""
    with pytest.raises(Rejected, match=words):
        entry_of(line)


def test_a_refusal_names_the_column() -> None:
    """People count from one."""
    with pytest.raises(Rejected, match=r"column 3\)"):
        entry_of(b"{ x}")


@pytest.mark.parametrize("end", [b"", b"\n"])
def test_lines_are_numbered_from_one(end: bytes) -> None:
    """The last line may lack its end."""
    assert list(lines(io.BytesIO(b"a\n\nc" + end))) == [(1, b"a"), (2, b""), (3, b"c")]


def test_an_empty_input_has_no_lines() -> None:
    """Nothing comes of nothing."""
    assert list(lines(io.BytesIO(b""))) == []


def test_lines_go_over_the_blocks_in_which_they_are_read() -> None:
    """A long input gives the lines that were put in."""
    expected = [b"x" * length for length in (LONGEST_LINE, 0, LONGEST_LINE - 1, 3, LONGEST_LINE)]
    numbered = list(lines(io.BytesIO(b"\n".join(expected))))
    assert list(enumerate(expected, 1)) == numbered


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xef\xbb\xbf{}\n", "line 1: the input begins with a byte-order mark"),
        (b"{}\n{}\r\n", "line 2: the lines end with CR LF"),
        (b"{}\n" + b"x" * (LONGEST_LINE + 1) + b"\n", "line 2: longer than"),
        (b"x" * (LONGEST_LINE * 3), "line 1: longer than"),
    ],
    ids=["bom", "crlf", "long", "no-end"],
)
def test_foreign_encodings_are_refused_at_once(data: bytes, words: str) -> None:
    """A mark, a foreign line end or an endless line is refused with its number."""
    with pytest.raises(Rejected, match=words):
        list(lines(io.BytesIO(data)))


def test_an_endless_line_is_not_read_to_its_end() -> None:
    """Memory stays bounded, however long a line is."""
    source = io.BytesIO(b"x" * (LONGEST_LINE * 20))
    with pytest.raises(Rejected):
        list(lines(source))
    assert source.tell() <= LONGEST_LINE * 3


def test_a_regular_file_is_read(tmp_path: Path) -> None:
    """The content is what the file has."""
    path = tmp_path / "notes.jsonl"
    path.write_bytes(LINE)
    with opened(str(path)) as file:
        assert file.read() == LINE


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The path and what the system says stand in the refusal."""
    with (
        pytest.raises(Failed, match=r"cannot read .*nothing.jsonl: No such file"),
        opened(str(tmp_path / "nothing.jsonl")),
    ):
        pass


def test_a_pipe_is_not_opened_by_name(tmp_path: Path) -> None:
    """Only regular files are opened; anything else is piped in."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    for name in (str(path), "/dev/null"):
        with pytest.raises(Rejected, match="not a regular file"), opened(name):
            pass
