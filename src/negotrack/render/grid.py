"""A grid: many rows by many columns with two letters in each cell, drawn so that it fits.

The columns have numbers; what they stand for is told below, unless the rows tell it. Rows stand in
blocks with a heading. Colours are added last and say nothing that the letters do not.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from negotrack.render import text
from negotrack.render.answer import Column, Part
from negotrack.render.tones import Tone, painted

if TYPE_CHECKING:
    from negotrack.render.answer import Record

_CELL = 3
_LABEL = 14
_MOST_COLUMNS = 99
_FEWEST_COLUMNS = 5
_INDENT = "    "


class Cell(NamedTuple):
    """A cell: two letters at most, their tone, and the same in words for where there is room."""

    letters: str
    tone: Tone = "plain"
    words: str = ""


class Line(NamedTuple):
    """A row; ``after`` stands behind its cells, and ``below`` it who stands alike."""

    label: str
    cells: tuple[Cell, ...]
    after: str = ""
    below: str = ""


class Block(NamedTuple):
    """Rows under a heading, which may be empty."""

    heading: str
    lines: tuple[Line, ...]


class Grid(NamedTuple):
    """A grid of blocks; ``after`` is the heading behind the cells, ``key`` tells what letters mean.

    With ``legend``, the names of the numbered columns are listed below.
    """

    corner: str
    columns: tuple[str, ...]
    blocks: tuple[Block, ...]
    key: str
    after: str = ""
    legend: bool = True

    def drawn(self, width: int, *, color: bool) -> str:
        """Return the drawing."""
        lines = [line for block in self.blocks for line in block.lines]
        if not lines:
            return ""
        room = max(len(text.cell(line.label)) for line in lines)
        label = min(max(room, len(self.corner)), _LABEL)
        numbers = "".join(f" {n:02}" for n in range(1, len(self.columns) + 1))
        told = [f"{self.corner:{label}} {numbers}  {self.after}".rstrip()]
        told.append("-" * min(len(told[0]), width))
        for block in self.blocks:
            if block.heading:
                told += ["", *_wrapped(block.heading, width)]
            for line in block.lines:
                told += self._line(line, label, width, color=color)
        told += ["", *_wrapped(self.key, width), *self._legend(width)]
        return "\n".join(told)

    def _line(self, line: Line, label: int, width: int, *, color: bool) -> list[str]:
        cells = "".join(" " + painted(f"{c.letters:>2}", c.tone, color=color) for c in line.cells)
        name = _cut(text.cell(line.label), label)
        drawn = f"{name:{label}} {cells}" + (f"  {line.after}" if line.after else "")
        return [drawn.rstrip(), *(_wrapped(line.below, width, _INDENT) if line.below else ())]

    def _legend(self, width: int) -> list[str]:
        if not self.legend:
            return []
        names = [f"{n:02} {text.cell(name)}" for n, name in enumerate(self.columns, 1)]
        return ["", *_in_columns(names, width)]

    def part(self) -> Part:
        """Return the grid as a table with the names of its columns."""
        rows: list[Record] = [
            {"block": block.heading, "line": line} for block in self.blocks for line in block.lines
        ]
        cells = (
            Column(name, lambda r, at=at: _said(r["line"].cells[at]))  # type: ignore[misc]
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


def columns_in(width: int, label: int = _LABEL, after: int = 0) -> int:
    """Return for how many columns there is room beside the labels and what stands behind."""
    room = (width - min(label, _LABEL) - 1 - (after and after + 2)) // _CELL
    return min(max(room, _FEWEST_COLUMNS), _MOST_COLUMNS)


def _said(cell: Cell) -> str:
    return cell.words or cell.letters.strip()


def _label_of(record: Record) -> str:
    line: Line = record["line"]
    return f"{line.label}: {line.below}" if line.below else line.label


def _cut(label: str, room: int) -> str:
    return label if len(label) <= room else label[: room - 1] + "…"


def _wrapped(words: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text.cell(words),
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
