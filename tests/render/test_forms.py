from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from negotrack.render.answer import Answer, Record
from render.answers import NASTY, RECORDS, answer, parsed, record, show


def cells(text: str) -> list[list[str]]:
    """Return the cells of a CSV file."""
    return list(csv.reader(io.StringIO(text)))


@given(RECORDS)
def test_json_is_exact(records: list[Record]) -> None:
    """JSON holds every record with every character that it has."""
    assert records == parsed(show(answer(*records), "json"))


@given(RECORDS)
def test_json_lines_are_the_same_records(records: list[Record]) -> None:
    """JSON Lines are the records of the JSON list, one a line."""
    lines = show(answer(*records), "jsonl").removesuffix("\n").split("\n")
    assert records == [json.loads(line) for line in lines]


def test_json_has_a_record_a_line() -> None:
    """A JSON list can be compared line by line."""
    expected = '[\n{"on":"a","by":"b","what":"c"},\n{"on":"d","by":null,"what":"é"}\n]\n'
    given_ = answer(record("c", "a", "b"), record("é", "d", None))
    assert expected == show(given_, "json")


@pytest.mark.parametrize(("form", "expected"), [("json", "[]\n"), ("jsonl", ""), ("csv", "")])
def test_an_empty_answer_is_empty_for_tools(form: str, expected: str) -> None:
    """Without records tools get an empty list, no lines, or no rows."""
    assert expected == show(answer(), form)


def test_csv_has_a_heading() -> None:
    """The first line of a CSV file names the fields of the records."""
    assert show(answer(record()), "csv") == "on,by,what\n2023-01-16,KEN,opposed it\n"


def test_csv_writes_lists_as_json_and_absence_as_nothing() -> None:
    """Lists and objects are JSON in a cell; null is an empty cell; truth is in small letters."""
    given_ = Answer("T", [{"a": [{"b": 1}], "c": None, "d": True, "e": [], "f": 7}], ())
    assert cells(show(given_, "csv")) == [
        ["a", "c", "d", "e", "f"],
        ['[{"b":1}]', "", "true", "", "7"],
    ]


@pytest.mark.parametrize("what", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "'x"])
def test_csv_guards_formulas(what: str) -> None:
    """A cell that a spreadsheet would run is prefixed, unless raw cells are asked for."""
    assert f"'{what}" == cells(show(answer(record(what)), "csv"))[1][2]
    assert what == cells(show(answer(record(what)), "csv", raw=True))[1][2]


def test_csv_leaves_numbers_as_they_are() -> None:
    """A number below zero is no formula, so it stays one that a program can read."""
    given_ = Answer("T", [{"kappa": -0.25, "change": -1, "what": "-1"}], ())
    assert cells(show(given_, "csv"))[1] == ["-0.25", "-1", "'-1"]


@given(RECORDS)
def test_csv_keeps_its_columns(records: list[Record]) -> None:
    """Whatever is in a cell, each record is one row with as many cells as the heading."""
    found = cells(show(answer(*records), "csv"))
    assert len(records) + 1 == len(found)
    assert {3} == {len(row) for row in found}


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


class Page(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag and its attributes."""
        self.tags.append(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self.words.append(data)


@settings(deadline=None)
@given(RECORDS)
def test_a_page_is_inert(records: list[Record]) -> None:
    """Whatever is in the record, a page has the tags that the program wrote and no others."""
    page = Page(show(answer(*records), "html"))
    rows = len(records)
    assert page.tags.count("tr") == rows + 1
    assert page.tags.count("td") == 3 * rows
    assert {"name", "charset", "http-equiv", "content", "lang"} == set(page.attributes)
    assert not {"script", "img", "link", "iframe", "a", "form"} & set(page.tags)


def test_a_page_forbids_itself_every_request() -> None:
    """The page's own policy lets it load nothing, and only its own style."""
    page = show(answer(record(NASTY)), "html")
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_page_says_what_it_rests_on() -> None:
    """The title, the heading and the footer of a page are those of the answer."""
    words = Page(show(answer(record()), "html")).words
    assert words.count("Title") == 2
    assert "As of 2023-01-16: all." in words


def test_quotes_cannot_leave_a_cell() -> None:
    """Quotes and ampersands are entities in a page."""
    assert "a&quot; onload=&#x27;x&#x27; &amp;" in show(answer(record("a\" onload='x' &")), "html")
