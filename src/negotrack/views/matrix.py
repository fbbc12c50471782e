"""All positions at once: delegations by targets, as records for tools and as a grid for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.stances import BY_NAME
from negotrack.domain.stances import KEY as STANCE_KEY
from negotrack.render.grid import Block, Cell, Grid, GridLine, columns_in
from negotrack.views.shown import Shown, counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.facts.rows import Matrix
    from negotrack.projections.positions.memberships import Memberships

_EMPTY = Cell(".", "faint", "")
_KEY = f"{STANCE_KEY}, . undeclared"
_SHORT = 13
_ALONE = "In no group that speaks here"

Column = tuple[str, str]
"""A target, and the option of it that stances are about; empty for none."""


def matrix(stands: Matrix, negotiation: str) -> Shown:
    """Return a matrix without a picture.

    Tools get a record for each delegation, with the stance in words under each target.
    """
    records = [
        {"delegation": delegation, **dict(zip(stands.targets, stances, strict=True))}
        for delegation, stances in zip(stands.delegations, stands.stances, strict=True)
    ]
    count = sum(1 for row in stands.stances for stance in row if stance)
    return Shown(f"Positions in {negotiation}", records, (), counted(count, "position"), count)


class GridLayout(NamedTuple):
    """How a matrix is drawn: at a width, None for any; with a line for everybody if ``unfolded``.

    ``hint`` tells how to see what the width has no room for.
    """

    width: int | None = None
    unfolded: bool = False
    hint: str = ""


def drawn_matrix(
    stands: Matrix, negotiation: str, belongs: Memberships, layout: GridLayout
) -> Shown:
    """Return a matrix with its picture: a column for each target, or for each option of it.

    The columns on which most hold a position come first. At a width, those that have room; the
    rows of which they say nothing are left out. Delegations stand with their group, and those that
    stand alike in one line, unless the layout is ``unfolded``.
    """
    cells = {
        who: {
            _column(on, words): words
            for on, words in zip(stands.targets, row, strict=True)
            if words
        }
        for who, row in zip(stands.delegations, stands.stances, strict=True)
    }
    numbers = Counter(column for row in cells.values() for column in row)
    columns = sorted(numbers, key=lambda column: (-numbers[column], column))
    room = len(columns) if layout.width is None else columns_in(layout.width, 1)
    shown = columns[:room]
    rows = {who: row for who, row in cells.items() if any(column in row for column in shown)}
    blocks = _blocks(rows, shown, belongs, unfolded=layout.unfolded)
    names = tuple(" ".join(filter(None, column)) for column in shown)
    grid = Grid("delegation", names, blocks, _KEY)
    left_out = _left_out(len(columns) - len(shown), len(cells) - len(rows), layout.hint)
    plain = matrix(stands, negotiation)
    return plain._replace(parts=(grid,), summary=plain.summary + left_out)


def _column(target: str, words: str) -> Column:
    return target, words.partition(" ")[2]


def _left_out(columns: int, rows: int, hint: str) -> str:
    if not columns:
        return ""
    also = f", and {counted(rows, 'delegation')} with no other," if rows else ""
    how = f": {hint}" if hint else ""
    return f"; {counted(columns, 'column')} with fewer positions{also} left out{how}"


def _blocks(
    rows: dict[str, dict[Column, str]],
    shown: list[Column],
    belongs: Memberships,
    *,
    unfolded: bool,
) -> tuple[Block, ...]:
    """Return the rows by group: those of groups that have a row first, the biggest first."""
    home = _homes(rows, belongs)
    members: dict[str, list[str]] = {}
    for who in rows:
        members.setdefault(home.get(who, ""), []).append(who)
    order = sorted(members, key=lambda group: (not group, -len(members[group]), group))
    blocks = []
    for group in order:
        names = sorted(members[group], key=lambda who: (who != group, who))
        cells = {who: tuple(_cell(rows[who].get(column)) for column in shown) for who in names}
        lines = _lines(cells, group, unfolded=unfolded)
        heading = _heading(group, len(names)) if len(order) > 1 or group else ""
        blocks.append(Block(heading, tuple(lines)))
    return tuple(blocks)


def _homes(rows: Iterable[str], belongs: Memberships) -> dict[str, str]:
    """Return under which group each delegation stands: the smallest of its own that has a row."""
    from negotrack.projections.positions.memberships import groups_of, members_of

    names = list(rows)
    groups_by_name = {
        who: [group for group in groups_of(who, belongs) if group in names] for who in names
    }
    speaking = {group for groups in groups_by_name.values() for group in groups}
    sizes = {group: len(members_of(group, belongs)) for group in speaking}
    smallest = {
        who: min(groups, key=lambda group: (sizes[group], group))
        for who, groups in groups_by_name.items()
        if groups and who not in speaking
    }
    return smallest | {group: group for group in speaking}


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
    stance = BY_NAME[words.partition(" ")[0]]
    return Cell(stance.letter, stance.tone, words)
