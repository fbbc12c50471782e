"""A grid: many rows by many columns with a letter or two in each cell, drawn so that it fits.

The columns have numbers; their names are listed below, unless the rows have them. Over cells of
one letter the two digits stand above each other. Rows stand in blocks with a heading. Colours are
added last and say nothing that the letters do not.
"""

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from negotrack.render import harmless
from negotrack.render.answer import Column, Part
from negotrack.render.tones import Tone, painted

if TYPE_CHECKING:
    from negotrack.render.answer import Record

_LABEL = 14
_MOST_COLUMNS = 99
_FEWEST_COLUMNS = 5
_INDENT = "    "


class Cell(NamedTuple):
    """A cell: a letter or two, their tone, and the same in words for where there is room.

    A faint cell says that there is nothing to say.
    """

    letters: str
    tone: Tone = "plain"
    words: str = ""


class GridLine(NamedTuple):
    """A row; ``after`` is shown behind its cells, ``below`` under it: who stands alike."""

    label: str
    cells: tuple[Cell, ...]
    after: str = ""
    below: str = ""


class Block(NamedTuple):
    """Rows under a heading, which may be empty."""

    heading: str
    lines: tuple[GridLine, ...]


class Grid(NamedTuple):
    """A grid of blocks; ``after`` is the heading behind the cells, ``key`` explains the letters.

    With ``legend``, the names of the numbered columns are listed below.
    """

    corner: str
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]
    key: str
    after: str = ""
    legend: bool = True

    def drawn(self, width: int, *, color: bool) -> str:
        """Return the drawing, no wider than ``width`` where that can be."""
        lines = [line for block in self.blocks for line in block.lines]
        if not lines:
            return ""
        labels = [self.corner, *(harmless.cell(line.label) for line in lines)]
        size = max((len(cell.letters) for line in lines for cell in line.cells), default=1)
        frame = _Frame(min(max(map(len, labels)), _LABEL), size, width, color)
        drawing = [*frame.heading(self.corner, len(self.columns), self.after)]
        for block in self.blocks:
            if block.heading:
                drawing += ["", *_wrapped(block.heading, width)]
            for line in block.lines:
                drawing += frame.line(line)
        drawing += ["", *_wrapped(self.key, width), *self._legend(width)]
        return "\n".join(drawing)

    def _legend(self, width: int) -> list[str]:
        if not self.legend:
            return []
        names = [f"{n:02} {harmless.cell(name)}" for n, name in enumerate(self.columns, 1)]
        return ["", *_in_columns(names, width)]

    def part(self) -> Part:
        """Return the grid as a table with the names of its columns."""
        rows: list[Record] = [
            {"block": block.heading, "line": line} for block in self.blocks for line in block.lines
        ]
        cells = (
            Column(name, lambda r, at=at: _legend(r["line"].cells[at]))  # type: ignore[misc]
            for at, name in enumerate(self.columns)
        )
        columns = (
            Column("group", lambda r: r["block"]),
            Column(self.corner, _label_of, wide=True),
            *cells,
            *([Column(self.after, lambda r: r["line"].after)] if self.after else []),
        )
        is_grouped = any(block.heading for block in self.blocks)
        return Part("", rows, columns if is_grouped else columns[1:])


class _Frame(NamedTuple):
    """How wide the labels are, and the cells, and all of it."""

    label: int
    size: int
    width: int
    color: bool

    def heading(self, corner: str, columns: int, after: str) -> list[str]:
        """Return the numbers of the columns, and a rule below them."""
        numbers = [f"{n:02}" for n in range(1, columns + 1)]
        rows = [numbers] if self.size > 1 else [[n[0] for n in numbers], [n[1] for n in numbers]]
        lines = [self._row("", row, "") for row in rows[:-1]]
        lines.append(self._row(corner, rows[-1], after))
        return [*lines, "-" * min(max(map(len, lines)), self.width)]

    def line(self, line: GridLine) -> list[str]:
        """Return a row, and below it who stands alike."""
        cells = [
            painted(f"{cell.letters:>{self.size}}", cell.tone, color=self.color)
            for cell in line.cells
        ]
        below = _wrapped(line.below, self.width, _INDENT) if line.below else []
        return [self._row(harmless.cell(line.label), cells, line.after), *below]

    def _row(self, label: str, cells: list[str], after: str) -> str:
        name = label if len(label) <= self.label else f"{label[: self.label - 1]}…"
        return " ".join([f"{name:{self.label}} ", *cells, f" {after}"]).rstrip()


def columns_in(width: int, size: int, label: int = _LABEL, after: int = 0) -> int:
    """Return for how many columns of a size there is room beside labels and what stands behind."""
    room = (width - min(label, _LABEL) - 1 - (after and after + 2)) // (size + 1)
    return min(max(room, _FEWEST_COLUMNS), _MOST_COLUMNS)


def _legend(cell: Cell) -> str:
    return "" if cell.tone == "faint" else cell.words or cell.letters


def _label_of(record: "Record") -> str:
    line: GridLine = record["line"]
    return f"{line.label}: {line.below}" if line.below else line.label


def _wrapped(words: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(
        harmless.cell(words),
        max(width, 20),
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _in_columns(names: list[str], width: int) -> list[str]:
    """Return names side by side, read downward."""
    widest = max(len(name) for name in names) + 2
    across = max(width // widest, 1)
    down = -(-len(names) // across)
    rows = (names[row::down] for row in range(down))
    return ["".join(f"{name:{widest}}" for name in row).rstrip() for row in rows]
