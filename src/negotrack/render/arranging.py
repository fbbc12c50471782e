"""Tables as people want them: which columns, in which order, how many lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.errors import Rejected
from negotrack.render.answer import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from negotrack.render.answer import Answer, Record


_ROOM_ENOUGH = 16
"""The width at which a chosen column is wrapped, at least."""


class Arrangement(NamedTuple):
    """Which columns or fields, sorted by which, and how many lines of it; nothing where not asked.

    A name is the heading of a column, or a field of the records.
    """

    columns: tuple[str, ...] = ()
    sort: str | None = None
    limit: int | None = None
    reverse: bool = False


def arranged(answer: Answer, arrangement: Arrangement, *, for_tools: bool) -> Answer:
    """Return an answer with its records and columns arranged.

    :class:`~negotrack.errors.Rejected` for a name that it does not have, and for an answer that is
    a picture or a running text.
    """
    if not for_tools and (answer.parts or answer.passages is not None):
        raise Rejected("this answer is no table", "as CSV or JSON its records can be arranged")
    unarranged = list(answer.records)
    records = list(unarranged)
    if arrangement.sort is not None:
        text = _value_of(arrangement.sort, answer, unarranged)
        records.sort(key=lambda record: _sortable(text(record)))
    if arrangement.reverse:
        records.reverse()
    if arrangement.limit is not None:
        records = records[: arrangement.limit]
    if not arrangement.columns:
        return answer._replace(records=records)
    if for_tools:
        fields = [_field(name, answer, unarranged) for name in arrangement.columns]
        return answer._replace(records=[{f: r.get(f) for f in fields} for r in records])
    columns = tuple(_column(name, answer, unarranged) for name in arrangement.columns)
    return answer._replace(records=records, columns=_with_a_wide_one(columns, records))


def _with_a_wide_one(columns: tuple[Column, ...], records: list[Record]) -> tuple[Column, ...]:
    """Return columns of which one takes the room: the longest, if none of those chosen does."""
    if any(column.wide for column in columns):
        return columns
    longest = max(columns, key=lambda c: max((len(c.text(r)) for r in records), default=0))
    return tuple(c._replace(wide=c is longest, most=max(c.most, _ROOM_ENOUGH)) for c in columns)


def _sortable(value: Any) -> tuple[bool, float, str]:
    """Return what sorts numbers by their size, texts as they are, and what is absent last."""
    if isinstance(value, int | float):
        return False, float(value), ""
    return value in (None, ""), 0.0, str(value or "")


def _value_of(name: str, answer: Answer, records: list[Record]) -> Callable[[Record], Any]:
    column = _heading(name, answer.columns)
    if column is not None and not any(name in record for record in records):
        return column.text
    field = _field(name, answer, records)
    return lambda record: record.get(field)


def _heading(name: str, columns: Iterable[Column]) -> Column | None:
    return next((c for c in columns if c.heading.casefold() == name.casefold()), None)


def _column(name: str, answer: Answer, records: list[Record]) -> Column:
    """Return the column of a heading, or one that shows a field."""
    column = _heading(name, answer.columns)
    if column is not None:
        return column
    field = _field(name, answer, records)
    return Column(field, lambda record: _cell(record.get(field)))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _field(name: str, answer: Answer, records: list[Record]) -> str:
    """Return the name of a field that a record has, or any name where there is no record."""
    if not records or any(name in record for record in records):
        return name
    from difflib import get_close_matches  # only a refusal pays for it

    fields = dict.fromkeys(field for record in records for field in record)
    names = dict.fromkeys((*(column.heading for column in answer.columns), *fields))
    close = get_close_matches(name, names, n=3)
    cure = f"did you mean {', '.join(close)}?" if close else f"it has {', '.join(fields)}"
    raise Rejected(f"no column {name}", cure)
