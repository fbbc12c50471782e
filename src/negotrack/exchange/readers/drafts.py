"""What readers of foreign forms share: a line's drafts or its refusal, and checks of cells."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from negotrack.domain.dates import span
from negotrack.domain.names import near
from negotrack.errors import Refusal, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from negotrack.domain.entries import Entry

Item = tuple[int, "Callable[[], Entry]"]
"""A line number, and what gives the draft of that line or raises what is wrong with it."""

LONGEST_TITLE = 500


class Names(Protocol):
    """What a map asks of the record: which of its names a word means."""

    def delegation(self, word: str, day: str) -> str:
        """Return the code of a delegation by its code, name or alias; :class:`Rejected` if none."""

    def target(self, word: str) -> str:
        """Return the slug of a target by its slug or title; :class:`Rejected` if none."""


def each(
    rows: Iterable[tuple[int, Any]], drafts: Callable[[Any], Iterable[Entry | Refusal]]
) -> Iterator[Item]:
    """Yield an item for each draft that ``drafts`` makes of a row, and one for each refusal."""
    for number, row in rows:
        try:
            for draft in drafts(row):
                yield number, partial(given, draft)
        except Refusal as refusal:
            yield number, partial(given, refusal)


def given(draft: Entry | Refusal) -> Entry:
    """Return a draft, or raise the refusal that stands in its place."""
    if isinstance(draft, Refusal):
        raise draft
    return draft


def whole(row: dict[str, str]) -> dict[str, str]:
    """Return a row of a table; refuse one that has more or fewer cells than the heading."""
    if "" in row:
        raise Rejected(row[""], "give each row as many cells as the first line")
    return row


def day(text: str, column: str) -> str:
    """Return a date that is a single day."""
    if not text:
        raise Rejected(f"no date in the column {column}", "write a day such as 2023-01-16")
    if not span(text).is_day or len(text) != len("2023-01-16"):
        raise Rejected(f"{text!r} is not a day", "write it like 2023-01-16")
    return text


def one_line(text: str) -> str:
    """Return a text as a title: on one line, and cut where it is too long."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1].rstrip() + "…"


def no_such(what: str, word: str, known: Iterable[str]) -> Rejected:
    """Return what to raise for a word that is none of a closed list."""
    words = list(known)
    close = near(word, words)
    cure = f"did you mean {', '.join(close)}?" if close else f"it is one of {', '.join(words)}"
    return Rejected(f"no {what} {word[:60]!r}", cure)


def sourced(row: dict[str, str]) -> dict[str, str]:
    """Return the cells for the source of an entry: its address or title, and the quote."""
    source, quote = row.get("source", ""), row.get("quote", "")
    if quote and not source:
        raise Rejected("a quote without its source", "fill the column `source`")
    part = "address" if source.startswith(("https://", "http://")) else "title"
    cells = {f"source_{part}": source, "source_quote": quote}
    return {name: text for name, text in cells.items() if text}
