from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given

from negotrack.render.answer import Answer, Record
from render.answers import RECORDS, answer, parsed, record, show


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
    rows = cells(show(answer(*records), "csv"))
    assert len(records) + 1 == len(rows)
    assert {3} == {len(row) for row in rows}
