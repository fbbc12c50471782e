"""What a view returns, and the words that all views have in common."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.short_ids import in_table
from negotrack.render.answer import Column, Part, Picture, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotrack.questions.entries import Report
    from negotrack.render.runs import Passage

VERSION = 3
"""The version of what answers look like to tools; docs/formats.md has it."""
_MOST_NAMED = 3


class Shown(NamedTuple):
    """Records and columns with their title, what they are in words, and how many entries decide.

    ``summary`` is a sentence without its full stop, which begins the footer. ``about`` has what
    this kind of answer says besides, to tools; ``parts`` what people get instead of a table of the
    records, ``passages`` the running text that they get.
    """

    title: str
    records: Iterable[Record]
    columns: tuple[Column, ...]
    summary: str
    entries: int
    disputes: bool = False
    known_from: str | None = None
    about: Record | None = None
    parts: tuple[Part | Picture, ...] = ()
    passages: "Iterable[Passage] | None" = None


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it must be."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number:,} {noun if number == 1 else plural}"


def footer(report: "Report", summary: str, *more: str, possible: bool = False) -> str:
    """Return what an answer rests on, and what the record does not cover, in a few sentences."""
    parts = [f"{summary}; the record has {counted(report.of, 'entry')}."]
    if report.possible:
        number = counted(report.possible, "entry")
        counting = "Counted with a ?" if possible else "Not counted"
        parts.append(f"{counting}: {number} of uncertain date that may have happened by then.")
    if report.newest is not None and report.newest < report.as_of:
        parts.append(f"Nothing since {report.newest}.")
    if report.empty:
        sessions = names_in_short(report.empty, _MOST_NAMED)
        parts.append(f"Sessions without entries: {sessions}.")
    return " ".join([*parts, *more])


def names_in_short(names: "Sequence[str]", most: int) -> str:
    """Return the first ``most`` names in a line, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def when(record: Record, field: str = "on") -> str:
    """Return a date, marked where the act may have happened later than the day asked about."""
    return f"{record[field]} ?" if record["possible"] else str(record[field])


def entry_id(record: Record) -> str:
    """Return the short id of the entry that a record rests on."""
    return in_table(str(record["entry"]))


def source_of(record: Record) -> str:
    """Return where an entry comes from, and that it was worked out where it was."""
    source: str = record["source"]
    is_weak = record["confidence"] == "inferred" and source != "inferred"
    return f"{source}, inferred" if is_weak else source


def disputed_by(record: Record) -> str:
    """Return which entries tell an act differently, to be put behind its words; empty for none."""
    others = ", ".join(in_table(id_) for id_ in record["disputed"])
    return f" (disputed by {others})" if others else ""
