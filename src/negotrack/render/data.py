"""Records for tools: JSON, JSON Lines and CSV, with everything that a record says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.render.answer import Encoded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.render.answer import Answer, Record


_REMEMBERED, _SHORT = 4_096, 40


def _compact(value: Any) -> str:
    import json

    if isinstance(value, dict):
        value = {k: json.loads(v) if isinstance(v, Encoded) else v for k, v in value.items()}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_lines(answer: Answer) -> Iterator[str]:
    """Yield each record as a line of JSON."""
    for record in answer.records:
        yield _compact(record) + "\n"


def json_list(answer: Answer) -> Iterator[str]:
    """Yield a JSON list, a record a line; where the answer says what it is about, an object."""
    front, end = "[", "]\n"
    if answer.about is not None:
        yield f'{{"about":{_compact(answer.about)},\n"records":'
        end = "]}\n"
    for line in json_lines(answer):
        yield f"{front}\n{line[:-1]}"
        front = ","
    yield "[" + end if front == "[" else "\n" + end


def csv_lines(answer: Answer, *, raw: bool = False) -> Iterator[str]:
    """Yield the lines of a CSV file with a heading; lists and objects become JSON.

    A text that a spreadsheet would take for a formula is prefixed with ``'`` unless ``raw``. A
    number is none, be it below zero.
    """
    import csv

    # Only with CR LF as its ending does the writer quote a cell with a CR; LF alone is written.
    line = csv.writer(_Written(), lineterminator="\r\n").writerow
    texts = _Texts(raw=raw)
    other = texts.other
    records = _alike(answer.records) if answer.parts else answer.records
    for number, record in enumerate(records):
        if number == 0:
            yield f"{line(record)[:-2]}\n"
        cells = [texts[v] if type(v) is str else other(v) for v in record.values()]
        yield f"{line(cells)[:-2]}\n"


def _alike(records: Iterable[Record]) -> list[Record]:
    """Return records that differ in their keys with all of them: every key is a column."""
    all_records = list(records)
    columns = dict.fromkeys(name for record in all_records for name in record)
    return [{name: record.get(name) for name in columns} for record in all_records]


class _Written:
    """A file that hands back what is written to it."""

    @staticmethod
    def write(text: str) -> str:
        return text


class _Texts(dict[str, str]):
    """Cells by their texts: names and words come again and again, and are remembered."""

    def __init__(self, *, raw: bool) -> None:
        from negotrack.render.harmless import csv_safe  # JSON needs no guard

        self._guarded = str if raw else csv_safe

    def __missing__(self, text: str) -> str:
        cell = self._guarded(text)
        # An id comes once, and a long text hardly more often.
        if len(text) <= _SHORT and len(self) < _REMEMBERED:
            self[text] = cell
        return cell

    def other(self, value: Any) -> str:
        """Return the cell of what is no plain text."""
        if not value and value != 0:  # nothing, or an empty list
            return ""
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return str(value)
        if isinstance(value, list | tuple | dict):
            return self._guarded(_compact(value))
        return "" if isinstance(value, Encoded) and value == "[]" else self._guarded(str(value))
