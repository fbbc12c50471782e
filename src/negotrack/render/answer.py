"""An answer, ready to be shown: its records for tools, its columns or pictures for people."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from negotrack.render.runs import Passage

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


class Part(NamedTuple):
    """A table for people, under a heading that may be empty."""

    heading: str
    rows: Iterable[Record]
    columns: tuple[Column, ...]


class Picture(Protocol):
    """What is drawn on a terminal, and is a table everywhere else."""

    def drawn(self, width: int, *, color: bool) -> str:
        """Return the drawing, no wider than ``width``; empty where there is nothing to draw."""

    def part(self) -> Part:
        """Return the same as a table."""


class Answer(NamedTuple):
    """Records with all they say, the columns that a table shows, and what the answer rests on.

    ``title`` and ``footer`` are for people; ``about`` says the same to tools, and stands before the
    records in JSON. Where ``parts`` are given, people get these instead of a table of the records;
    where ``passages`` are, a running text.
    """

    title: str
    records: Iterable[Record]
    columns: tuple[Column, ...]
    footer: str = ""
    about: Record | None = None
    parts: tuple[Part | Picture, ...] = ()
    passages: "Iterable[Passage] | None" = None

    def for_people(self) -> tuple[Part | Picture, ...]:
        """Return what people get, in order."""
        return self.parts or (Part("", self.records, self.columns),)
