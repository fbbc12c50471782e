"""Tables that fit the terminal, and the same in Markdown."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from negotrack.render import harmless
from negotrack.render.answer import Part

if TYPE_CHECKING:
    from negotrack.render.answer import Answer, Column, Picture

    Columns = tuple[Column, ...]
    Cells = list[list[str]]

_GAP = 2
_NARROWEST = 16
"""Fewer columns than this for the wide column, and records are stacked instead."""


def _wrap(cell: str, width: int) -> str:
    if len(cell) <= width:
        return cell
    # Names and spans of dates may break after a hyphen or a slash, running text only at spaces.
    is_name = " " not in cell.removesuffix(" ?")  # what is possible is marked with it
    spaced = cell.replace("/", "/ ") if is_name else cell
    lines = textwrap.wrap(spaced, width, break_on_hyphens=is_name)
    return "\n".join(line.replace("/ ", "/") if is_name else line for line in lines)


def table(answer: Answer, width: int, *, color: bool = False) -> str:
    """Return a table no wider than ``width``; stacked records where it would be too narrow.

    An answer in several parts is several tables and pictures under each other.
    """
    heading = f"{_paragraph(harmless.cell(answer.title), width)}\n\n" if answer.about else ""
    shown = (_part(part, width, color=color) for part in answer.for_people())
    bodies = [body for body in shown if body]
    if not bodies:
        return heading + _paragraph(f"Nothing to show. {answer.footer}", width) + "\n"
    footer = _paragraph(answer.footer, width)
    return heading + "\n\n".join([*bodies, *([footer] if footer else [])]) + "\n"


def _part(part: Part | Picture, width: int, *, color: bool) -> str:
    """Return a table or a picture; empty where it has nothing to show."""
    if not isinstance(part, Part):
        return part.drawn(width, color=color)
    cells = [[harmless.cell(c.text(r)) for c in part.columns] for r in part.rows]
    if not cells:
        return ""
    columns, cells = _without_empty(part.columns, cells)
    limits = _limits(columns, cells, width)
    body = _stacked(columns, cells, width) if limits is None else _grid(columns, cells, limits)
    return f"{_paragraph(harmless.cell(part.heading), width)}\n\n{body}" if part.heading else body


def _paragraph(words: str, width: int) -> str:
    return "\n".join(textwrap.wrap(words, max(width, 20), break_on_hyphens=False))


def _without_empty(columns: Columns, cells: Cells) -> tuple[Columns, Cells]:
    """Leave out the columns in which no record says anything."""
    kept = [i for i in range(len(columns)) if any(row[i] for row in cells)]
    return tuple(columns[i] for i in kept), [[row[i] for i in kept] for row in cells]


def _limits(columns: Columns, cells: Cells, width: int) -> list[int] | None:
    needed = [
        max(len(column.heading), *(len(row[i]) for row in cells))
        for i, column in enumerate(columns)
    ]
    limits = [
        need if column.wide else min(need, max(column.most, len(column.heading)))
        for column, need in zip(columns, needed, strict=True)
    ]
    limits = [
        n if column.wide else _widest([column.heading, *(row[i] for row in cells)], n)
        for i, (n, column) in enumerate(zip(limits, columns, strict=True))
    ]
    narrow = sum(n for n, column in zip(limits, columns, strict=True) if not column.wide)
    room = width - narrow - _GAP * (len(columns) - 1)
    if room < _NARROWEST:
        return None
    return [min(n, room) if c.wide else n for n, c in zip(limits, columns, strict=True)]


def _widest(cells: list[str], limit: int) -> int:
    """Return how wide cells are once they are wrapped."""
    return max(len(line) for cell in cells for line in _wrap(cell, limit).split("\n"))


def _grid(columns: Columns, cells: Cells, limits: list[int]) -> str:
    import tabulate  # 50 ms that only tables pay

    tabulate.MIN_PADDING = 0  # or it adds two blanks to every heading, and the table is too wide

    wrapped = [[_wrap(c, n) for c, n in zip(row, limits, strict=True)] for row in cells]
    headings = [column.heading for column in columns]
    grid = tabulate.tabulate(wrapped, headers=headings, tablefmt="simple", disable_numparse=True)
    return "\n".join(line.rstrip() for line in grid.splitlines())


def _stacked(columns: Columns, cells: Cells, width: int) -> str:
    blocks = []
    for row in cells:
        lines: list[str] = []
        for column, value in zip(columns, row, strict=True):
            if value:
                lines += textwrap.wrap(
                    f"{column.heading}: {value}",
                    max(width, 12),
                    subsequent_indent="  ",
                    break_on_hyphens=False,
                )
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def markdown(answer: Answer) -> str:
    """Return the table, or the tables of the parts, in Markdown."""
    heading = f"{harmless.markdown(answer.title)}\n\n" if answer.about else ""
    tables = "\n\n".join(
        _markdown(part if isinstance(part, Part) else part.part()) for part in answer.for_people()
    )
    return (
        heading + tables + (f"\n\n{harmless.markdown(answer.footer)}" * bool(answer.footer)) + "\n"
    )


def _markdown(part: Part) -> str:
    head = "| " + " | ".join(harmless.markdown(column.heading) for column in part.columns) + " |"
    rule = "|" + "|".join(" --- " for _ in part.columns) + "|"
    rows = [
        "| " + " | ".join(harmless.markdown(c.text(record)) for c in part.columns) + " |"
        for record in part.rows
    ]
    heading = f"{harmless.markdown(part.heading)}\n\n" if part.heading else ""
    return heading + "\n".join([head, rule, *rows])
