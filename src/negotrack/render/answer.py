"""An answer, ready to be shown: its records for tools, its columns for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FORMATS = ("table", "json", "jsonl", "csv", "markdown", "html")

Record = dict[str, Any]


class Encoded(str):
    """A value that is JSON already: decoded where it is printed as data, and not before."""

    __slots__ = ()


class Column(NamedTuple):
    """A column of a table for people.

    ``text`` makes the cell from a record. A table has one ``wide`` column, which takes the room
    that the others leave; ``most`` is the width at which a narrow one is wrapped.
    """

    heading: str
    text: Callable[[Record], str]
    wide: bool = False
    most: int = 16


class Answer(NamedTuple):
    """Records with all they say, the columns that a table shows, and what the answer rests on.

    ``title`` and ``footer`` are for people; ``about`` says the same to tools, and stands before the
    records in JSON.
    """

    title: str
    records: Iterable[Record]
    columns: tuple[Column, ...]
    footer: str = ""
    about: Record | None = None
