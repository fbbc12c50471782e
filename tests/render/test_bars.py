"""Bars fit the terminal, and nobody who is there is left out of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from negotrack.render.bars import Bar, Bars, BarSegment
from strategies import few

LETTERS = "SAROB"


def _bars(*counts: list[int]) -> Bars:
    bars = (
        Bar(f"2023-01-{n:02}", tuple(map(BarSegment, LETTERS, ["plain"] * 5, row)), ())  # type: ignore[arg-type]
        for n, row in enumerate(counts, 1)
    )
    return Bars(("day",), tuple(bars))


def test_a_letter_is_a_delegation_where_there_is_room() -> None:
    """Small bars are as long as the numbers, and the scale says so."""
    drawn = _bars([3, 0, 1, 2, 0]).drawn(40, color=False)
    assert "2023-01-01  SSSROO" in drawn.splitlines()
    assert drawn.endswith("Each letter of a bar is one delegation.")


@few
@given(
    rows=st.lists(st.lists(st.integers(0, 200), min_size=5, max_size=5), min_size=1, max_size=4),
    width=st.integers(30, 120),
)
def test_bars_fit_and_leave_nobody_out(rows: list[list[int]], width: int) -> None:
    """No line is wider than the terminal, and a letter stands for each that is not nobody."""
    lines = _bars(*rows).drawn(width, color=False).splitlines()
    for row, line in zip(rows, lines[2:], strict=False):
        bar = line[len("2023-01-01") :].strip()
        assert len(line) <= width
        assert set(bar) == {letter for letter, n in zip(LETTERS, row, strict=True) if n}
        assert bar == "".join(sorted(bar, key=LETTERS.index))


def test_colors_change_nothing_but_colors() -> None:
    """Without its escape sequences a colored bar is the plain one."""
    bars = Bars(("day",), (Bar("d", (BarSegment("S", "for", 2), BarSegment("B", "block", 1)), ()),))
    colored = bars.drawn(40, color=True)
    assert "\x1b[1;32mSS\x1b[0m\x1b[1;31mB\x1b[0m" in colored
    for code in ("\x1b[1;32m", "\x1b[1;31m", "\x1b[0m"):
        colored = colored.replace(code, "")
    assert colored == bars.drawn(40, color=False)


def test_no_bars_are_no_picture() -> None:
    """Where there is nothing to show nothing is drawn."""
    assert Bars(("day",), ()).drawn(80, color=False) == ""
