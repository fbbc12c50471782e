"""Lines: where the words of a text stand when it is set, as one names them in a room."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)


class Set(NamedTuple):
    """A text as it is set: where its paragraphs and its lines begin, as places of tokens.

    ``lines`` has one list for each paragraph. A paragraph ends with its last word; the white space
    behind it belongs to none.
    """

    starts: list[int]
    ends: list[int]
    lines: list[list[int]]

    def paragraph(self, place: int) -> int:
        """Return the number, from 0, of the paragraph that a token is in or that ends before it."""
        return max(0, bisect_right(self.starts, place) - 1)

    def line(self, place: int) -> int:
        """Return the number, from 1, of the line of its paragraph that a token stands on."""
        return max(1, bisect_right(self.lines[self.paragraph(place)], place))

    def span(self, place: int) -> tuple[int, int]:
        """Return where the line of a token begins and where it is over."""
        at, line = self.paragraph(place), self.line(place)
        row = self.lines[at]
        return row[line - 1], row[line] if line < len(row) else self.ends[at]


def laid(tokens: Sequence[str], width: int) -> Set:
    """Return how a text is set at a width: line breaks part paragraphs, and blanks lines."""
    layout = Set([], [], [])
    start = 0
    for place in range(len(tokens) + 1):
        if place == len(tokens) or "\n" in tokens[place]:
            if start < place or not layout.starts:
                layout.starts.append(start)
                layout.ends.append(place)
                layout.lines.append(_lines(tokens, start, place, width))
            start = place + 1
    return layout


def _lines(tokens: Sequence[str], start: int, end: int, width: int) -> list[int]:
    """Return where lines begin; what no blank parts stays on one line, however long it is."""
    begins = [start]
    column = 0
    piece = start
    for place in range(start, end + 1):
        if place < end and not tokens[place].isspace():
            continue
        length = sum(map(len, tokens[piece:place]))
        if column + length > width and piece > begins[-1]:
            begins.append(piece)
            column = 0
        column += length + (len(tokens[place]) if place < end else 0)
        piece = place + 1
    return begins


def ordinal(number: int) -> str:
    """Return a number from 1 as the word or figure that tells an order."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"
