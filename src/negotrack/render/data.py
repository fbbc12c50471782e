"""Records for tools: JSON, JSON Lines and CSV, with everything that a record says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.render.answer import Encoded
from negotrack.render.text import csv_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from negotrack.render.answer import Answer


_REMEMBERED = 4_096


def _compact(value: Any) -> str:
    import json  # noqa: PLC0415

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

    A cell that a spreadsheet would take for a formula is prefixed with ``'`` unless ``raw``.
    """
    import csv  # noqa: PLC0415
    import io  # noqa: PLC0415
    from functools import lru_cache, partial  # noqa: PLC0415

    remembered = lru_cache(_REMEMBERED)(partial(_text, raw=raw))

    def cell(value: Any) -> str:
        # Names, words and gaps come again and again; a matrix is made of nothing else.
        if value is None or type(value) is str:
            return remembered(value)
        return _text(value, raw=raw)

    buffer = io.StringIO()
    # Only with CR LF as its ending does the writer quote a cell with a CR; LF alone is written.
    writer = csv.writer(buffer, lineterminator="\r\n")

    def line(cells: Iterable[str]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(cells)
        return buffer.getvalue().removesuffix("\r\n") + "\n"

    if answer.parts:
        yield from _of_many_kinds(answer, line, cell)
        return
    for number, record in enumerate(answer.records):
        if number == 0:
            yield line(record)
        yield line([cell(value) for value in record.values()])


def _of_many_kinds(
    answer: Answer, line: Callable[[Iterable[str]], str], cell: Callable[[Any], str]
) -> Iterator[str]:
    """Yield the lines of records that differ in their keys: every key is a column."""
    records = list(answer.records)
    columns = list(dict.fromkeys(name for record in records for name in record))
    if records:
        yield line(columns)
    for record in records:
        yield line([cell(record.get(name)) for name in columns])


def _text(value: Any, *, raw: bool) -> str:
    text = _csv_cell(value)
    return text if raw else csv_safe(text)


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Encoded):
        return "" if value == "[]" else str(value)
    if isinstance(value, list | tuple | dict):
        return _compact(value) if value else ""
    return str(value)
