"""A grid fits the terminal, can be read without colors, and is a table everywhere else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from negotrack.render.grid import Block, Cell, Grid, GridLine, columns_in
from strategies import few

NONE, FOR, AGAINST = Cell(".", "faint"), Cell("S", "for", "support"), Cell("O", "against", "oppose")
GRID = Grid(
    "who",
    ("scope broad", "art-6"),
    (
        Block("EU and 1 member", (GridLine("AUT +2", (FOR, NONE), below="AUT, BEL, BGR"),)),
        Block("", (GridLine("CHN", (NONE, AGAINST)),)),
    ),
    "S support, O oppose",
)


def test_a_grid_is_drawn_with_its_legend() -> None:
    """Numbers stand over the letters, those who stand alike below, and the legend at the end."""
    assert GRID.drawn(60, color=False).splitlines() == [
        "        0 0",
        "who     1 2",
        "-----------",
        "",
        "EU and 1 member",
        "AUT +2  S .",
        "    AUT, BEL, BGR",
        "CHN     . O",
        "",
        "S support, O oppose",
        "",
        "01 scope broad  02 art-6",
    ]


def test_cells_of_two_letters_have_numbers_of_two() -> None:
    """Where cells are wider a number stands in one line, and what is behind has its heading."""
    lines = (
        GridLine("01 AUT", (Cell("--"), Cell("**")), "2-4"),
        GridLine("02 BEL", (Cell("**"), Cell("--")), "2"),
    )
    grid = Grid("no", ("AUT", "BEL"), (Block("", lines),), "key", "shared", legend=False)
    assert grid.drawn(60, color=False).splitlines()[:4] == [
        "no      01 02  shared",
        "---------------------",
        "01 AUT  -- **  2-4",
        "02 BEL  ** --  2",
    ]


def test_colors_change_nothing_but_colors() -> None:
    """Without its escape sequences a colored grid is the plain one."""
    colored = GRID.drawn(60, color=True)
    assert "\x1b[1;32mS\x1b[0m \x1b[2m.\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == GRID.drawn(60, color=False)


def test_elsewhere_a_grid_is_a_table() -> None:
    """As a table it has the names of the columns, and the words of the cells that say something."""
    part = GRID.part()
    texts = [[column.text(row) for column in part.columns] for row in part.rows]
    assert [column.heading for column in part.columns] == ["group", "who", "scope broad", "art-6"]
    assert texts == [
        ["EU and 1 member", "AUT +2: AUT, BEL, BGR", "support", ""],
        ["", "CHN", "", "oppose"],
    ]


@few
@given(
    labels=st.lists(st.text("ABC-\x1b\u202e ", min_size=1, max_size=30), min_size=1, max_size=5),
    width=st.integers(40, 160),
    size=st.integers(1, 2),
)
def test_a_grid_of_the_columns_that_have_room_fits(
    labels: list[str], width: int, size: int
) -> None:
    """With as many columns as have room no line is wider than the terminal, nor drives it."""
    columns = columns_in(width, size)
    cells = (Cell("S" * size),) * columns
    lines = tuple(GridLine(label, cells, below=", ".join(labels)) for label in labels)
    drawn = Grid("who", ("a-target",) * columns, (Block("A group", lines),), "key").drawn(
        width, color=False
    )
    assert max(map(len, drawn.splitlines())) <= width
    assert not {"\x1b", "\u202e"} & set(drawn)


def test_no_rows_are_no_picture() -> None:
    """Where nobody holds a position nothing is drawn."""
    assert Grid("who", (), (), "key").drawn(80, color=False) == ""
