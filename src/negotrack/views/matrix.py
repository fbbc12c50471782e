"""All positions at once, as ``negotrack positions --matrix`` draws them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from negotrack.render.grid import Block, Cell, Grid, GridLine, columns_in
from negotrack.views.answers import LETTERS, counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.facts.rows import Matrix
    from negotrack.projections.positions.memberships import Memberships
    from negotrack.render.tones import Tone

_TONES: dict[str, Tone] = {
    "support": "for",
    "accept": "rather-for",
    "reserve": "between",
    "oppose": "against",
    "block": "block",
}
_EMPTY = Cell(".", "faint", "")
_KEY = "S support, A accept, R reserve, O oppose, B block, . undeclared"
_SHORT = 13
_ALONE = "In no group that speaks here"

Column = tuple[str, str]
"""A target, and the option of it that stances are about; empty for none."""


class Drawn(NamedTuple):
    """The grid of a matrix, and what of the matrix is not in it, in words."""

    grid: Grid
    left_out: str


def drawn(found: Matrix, belongs: Memberships, width: int | None, *, unfolded: bool) -> Drawn:
    """Return a matrix as a grid: a column for each target, or for each option of it.

    The columns on which most hold a position come first. At a width, those that have room; the
    rows of which they say nothing are left out. Delegations stand with their group, and those that
    stand alike in one line, unless ``unfolded``.
    """
    held = {
        who: {
            _column(on, words): words for on, words in zip(found.targets, row, strict=True) if words
        }
        for who, row in zip(found.delegations, found.stances, strict=True)
    }
    numbers = Counter(column for cells in held.values() for column in cells)
    columns = sorted(numbers, key=lambda column: (-numbers[column], column))
    room = len(columns) if width is None else columns_in(width, 1)
    shown = columns[:room]
    rows = {who: cells for who, cells in held.items() if any(column in cells for column in shown)}
    blocks = _blocks(rows, shown, belongs, unfolded=unfolded)
    names = tuple(" ".join(filter(None, column)) for column in shown)
    grid = Grid("delegation", names, blocks, _KEY)
    return Drawn(grid, _left_out(len(columns) - len(shown), len(held) - len(rows)))


def _column(target: str, words: str) -> Column:
    return target, words.partition(" ")[2]


def _left_out(columns: int, rows: int) -> str:
    if not columns:
        return ""
    also = f", and {counted(rows, 'delegation')} with no other," if rows else ""
    return (
        f"; {counted(columns, 'column')} with fewer positions{also} left out:"
        " choose with --on, or ask for another --format"
    )


def _blocks(
    rows: dict[str, dict[Column, str]],
    shown: list[Column],
    belongs: Memberships,
    *,
    unfolded: bool,
) -> tuple[Block, ...]:
    """Return the rows by group: those of groups that have a row first, the biggest first."""
    home = homes(rows, belongs)
    members: dict[str, list[str]] = {}
    for who in rows:
        members.setdefault(home.get(who, ""), []).append(who)
    order = sorted(members, key=lambda group: (not group, -len(members[group]), group))
    made = []
    for group in order:
        its = sorted(members[group], key=lambda who: (who != group, who))
        cells = {who: tuple(_cell(rows[who].get(column)) for column in shown) for who in its}
        lines = _lines(cells, group, unfolded=unfolded)
        heading = _heading(group, len(its)) if len(order) > 1 or group else ""
        made.append(Block(heading, tuple(lines)))
    return tuple(made)


def homes(rows: Iterable[str], belongs: Memberships) -> dict[str, str]:
    """Return under which group each delegation stands: the smallest of its own that has a row."""
    from negotrack.projections.positions.memberships import groups_of, members_of

    told = list(rows)
    its = {who: [group for group in groups_of(who, belongs) if group in told] for who in told}
    speaking = {group for groups in its.values() for group in groups}
    sizes = {group: len(members_of(group, belongs)) for group in speaking}
    found = {
        who: min(groups, key=lambda group: (sizes[group], group))
        for who, groups in its.items()
        if groups and who not in speaking
    }
    return found | {group: group for group in speaking}


def _heading(group: str, number: int) -> str:
    if not group:
        return f"{_ALONE} ({number})"
    return f"{group} and {counted(number - 1, 'member')}"


def _lines(cells: dict[str, tuple[Cell, ...]], group: str, *, unfolded: bool) -> Iterable[GridLine]:
    """Yield the rows of a block; those that are alike are one, but for the group's own."""
    if unfolded:
        yield from (GridLine(who, row) for who, row in cells.items())
        return
    alike: dict[tuple[bool, tuple[Cell, ...]], list[str]] = {}
    for who, row in cells.items():
        alike.setdefault((who == group, row), []).append(who)
    for (_, row), names in alike.items():
        label = ", ".join(names)
        is_short = len(label) <= _SHORT
        shown = label if is_short else f"{names[0]} +{len(names) - 1}"
        yield GridLine(shown, row, below="" if is_short or len(names) == 1 else label)


def _cell(words: str | None) -> Cell:
    if words is None:
        return _EMPTY
    grade = words.partition(" ")[0]
    return Cell(LETTERS[grade], _TONES[grade], words)
