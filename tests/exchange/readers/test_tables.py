"""Rows of a table in CSV, each with its line."""

from __future__ import annotations

from typing import Any

import pytest

from exchange.files import file_of
from negotrack.domain.canonical import LONGEST_LINE
from negotrack.errors import Rejected
from negotrack.exchange.readers.tables import rows


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "the input is empty"),
        (b"\xef\xbb\xbftype,by\n", "byte-order mark"),
        (b"type,by\r\n", "CR LF"),
        (b"type,by\nstance,\xff\n", "not valid UTF-8"),
        (b'type,by\nstance,"KEN" x\n', "line 2: not valid CSV"),
        (b'type,by\nstance,"KEN\n', "not valid CSV"),
        (b"type,by\nstance," + b"x" * (LONGEST_LINE + 1) + b"\n", "longer than"),
        (b"type,by\x00\n", "no column|not valid CSV"),
    ],
    ids=["empty", "bom", "crlf", "utf-8", "quote", "open-quote", "long", "nul"],
)
def test_a_file_that_is_no_csv_is_refused(data: bytes, words: str) -> None:
    """What is wrong with a file is said with its line."""
    with pytest.raises(Rejected, match=words):
        list(rows(file_of(data)))


def test_a_row_with_too_many_cells_says_so() -> None:
    """A row must have as many cells as the heading; the others are read."""
    numbered = list(rows(file_of("type,by\nstance,KEN,x\nstance,CHN\n")))
    assert numbered == [(2, {"": "3 cells under 2 columns"}), (3, {"type": "stance", "by": "CHN"})]


def test_a_row_is_known_by_the_line_on_which_it_ends() -> None:
    """A quoted cell may go over lines."""
    numbered: list[tuple[int, Any]] = list(rows(file_of('type,note\nstance,"a\nb"\nstance,c\n')))
    assert [(number, row["note"]) for number, row in numbered] == [(3, "a\nb"), (4, "c")]
