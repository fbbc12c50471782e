from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotrack.render.answer import Answer, Column, Record
from negotrack.render.table import table
from render.answers import NASTY, RECORDS, answer, record, show

WIDTHS = (20, 40, 80, 120)


def widest(text: str) -> int:
    """Return the length of the longest line."""
    return max(map(len, text.splitlines()))


def test_a_table_has_a_heading_a_rule_and_a_footer() -> None:
    """A table is a heading, a rule, a line for each record and what it rests on."""
    expected = """\
on          by   what
----------  ---  ------------
2023-01-16  KEN  opposed it
2023-01-17  CHN  supported it

As of 2023-01-16: all.
"""
    rows = (record(), record("supported it", "2023-01-17", "CHN"))
    assert expected == table(answer(*rows), 80)


def test_an_empty_answer_says_so() -> None:
    """Without records there is no table, but a sentence and what it rests on."""
    assert table(answer(), 80) == "Nothing to show. As of 2023-01-16: all.\n"


def test_an_empty_answer_without_a_footer_says_so() -> None:
    """Without a footer an empty answer is a single sentence."""
    assert table(answer(footer=""), 80) == "Nothing to show.\n"


@pytest.mark.parametrize("width", WIDTHS)
def test_an_empty_answer_fits(width: int) -> None:
    """The sentence about an empty answer is wrapped like any other."""
    long = "As of 2023-01-16: 0 entries. Not counted: 3 entries of uncertain date."
    assert widest(table(answer(footer=long), width)) <= width


def test_a_column_without_a_word_is_left_out() -> None:
    """A column in which no record says anything takes no room."""
    assert "by" not in table(answer(record(by=None)), 80).splitlines()[0]


def test_the_wide_column_takes_the_room() -> None:
    """Long text is wrapped in its own column, at spaces."""
    lines = table(answer(record("word " * 30)), 60).splitlines()
    assert all(line.startswith(" " * 17) for line in lines[3:-2])
    assert {"word"} == set(" ".join(lines[3:-2]).split())


def test_a_narrow_terminal_stacks_records() -> None:
    """Where the wide column would be too narrow, each record is a block of lines."""
    expected = "on: 2023-01-16\nby: KEN\nwhat: opposed it\n\nAs of 2023-01-16:\nall.\n"
    assert expected == table(answer(record()), 20)


@pytest.mark.parametrize("width", WIDTHS)
@settings(max_examples=60, deadline=None)
@given(records=RECORDS)
def test_no_line_is_wider_than_the_terminal(width: int, records: list[Record]) -> None:
    """Whatever is in the record, no line of a table is longer than the terminal is wide."""
    assert widest(table(answer(*records), width)) <= width


@settings(max_examples=60, deadline=None)
@given(records=RECORDS, width=st.integers(12, 200))
def test_no_text_is_lost(records: list[Record], width: int) -> None:
    """However narrow the terminal, every letter of the wide column is shown."""
    shown = table(answer(*records), width)
    for row in records:
        for letter in row["what"]:
            assert not letter.isalnum() or letter in shown


def test_numbers_stay_as_they_are_written() -> None:
    """A table shows 12.10, 1e5 and 007 as they were written."""
    shown = table(answer(record("12.10"), record("1e5"), record("007"), record("80,443")), 80)
    assert [line.split()[-1] for line in shown.splitlines()[2:6]] == [
        "12.10",
        "1e5",
        "007",
        "80,443",
    ]


def test_a_name_is_broken_after_a_hyphen() -> None:
    """A name that is too long for its column goes on after a hyphen, not in the middle."""
    columns = (
        Column("target", lambda r: r["target"], most=14),
        Column("what", lambda r: r["what"], wide=True),
    )
    given_ = Answer("T", [{"target": "prior-authorization", "what": "opposed"}], columns)
    lines = table(given_, 80).splitlines()[2:]
    assert [line[:14].strip() for line in lines] == ["prior-", "authorization"]


def test_a_span_is_broken_after_its_slash() -> None:
    """A span of days that is too long for its column goes on after the slash."""
    lines = table(answer(record(on="2023-08-21/2023-08-25")), 80).splitlines()
    assert [line[:11].strip() for line in lines[2:4]] == ["2023-08-21/", "2023-08-25"]


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_drives_the_terminal_from_a_cell(width: int) -> None:
    """Escape sequences and overrides in a record are shown, not obeyed."""
    shown = table(answer(record(NASTY, by="\x1b]0;x\x07")), width)
    assert shown.replace("\n", "").isprintable()


@given(RECORDS)
def test_markdown_keeps_its_table(records: list[Record]) -> None:
    """Whatever is in a cell, a Markdown table is a line for each record and three cells wide."""
    lines = show(answer(*records, footer=""), "markdown").splitlines()
    assert len(records) + 2 == len(lines)
    for line in lines:
        unescaped = line.replace("\\\\", "").replace("\\|", "")
        assert unescaped.count("|") == 4


def test_markdown_escapes_markup() -> None:
    """A cell with markup is shown as it was written."""
    expected = r"| 2023-01-16 | KEN | \<b\> \| \`x\` |"
    assert expected == show(answer(record("<b> | `x`")), "markdown").splitlines()[2]


def test_an_empty_markdown_table_has_its_heading() -> None:
    """Without records a Markdown table is a heading and its rule, and what it rests on."""
    expected = "| on | by | what |\n| --- | --- | --- |\n\nAs of 2023-01-16: all.\n"
    assert expected == show(answer(), "markdown")
