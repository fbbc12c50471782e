from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.render import harmless

ANY = st.text()
DRIVING = ["\x1b[31m", "\x1b]0;title\x07", "\r", "\x00", "\x7f", "\x9b2J", "\b"]
HIDING = [
    "\u202e",
    "\u2066",
    "\u200b",
    "\u200d",
    "\u00ad",
    "\ufeff",
    "\u2028",
    "\ufe0f",
    "\U000e0041",
]


@pytest.mark.parametrize("sequence", DRIVING)
def test_nothing_drives_the_terminal(sequence: str) -> None:
    """Controls and escape sequences are written out."""
    shown = harmless.visible(f"before{sequence}after")
    assert shown.isprintable()
    assert re.fullmatch(r"before\\x[0-9a-f]{2}.*after", shown)


@pytest.mark.parametrize("character", HIDING)
def test_nothing_hides(character: str) -> None:
    """Characters that hide, join or reorder are written out with their code points."""
    code = ord(character)
    written = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
    expected = f"a{written}b" if code < 0x10000 else f"a\\U{code:08x}b"
    assert expected == harmless.visible(f"a{character}b")


@pytest.mark.parametrize("words", ["Côte d'Ivoire", "中国", "العربية", "Российская", "é 🇺🇾"])
def test_the_letters_of_every_language_stay(words: str) -> None:
    """What is only foreign is shown as it is."""
    assert words == harmless.visible(words)


@given(ANY)
def test_a_cell_is_one_visible_line(words: str) -> None:
    """Whatever a cell is given, it is one line without a control or hidden character."""
    shown = harmless.cell(words)
    assert harmless.hidden().search(shown) is None
    assert len(shown.splitlines()) <= 1
    assert shown == " ".join(shown.split())


@given(ANY)
def test_showing_twice_is_showing_once(words: str) -> None:
    """What was made visible is left as it is."""
    assert harmless.visible(words) == harmless.visible(harmless.visible(words))


def test_markup_is_escaped_in_markdown() -> None:
    """Pipes, backticks, stars, brackets and angles are text in a Markdown table."""
    assert harmless.markdown("a|b `c` *d* [e](f) <g>") == r"a\|b \`c\` \*d\* \[e\](f) \<g\>"


@given(ANY)
def test_no_pipe_ends_a_markdown_cell(words: str) -> None:
    """However many backslashes come before a pipe, an odd number escapes it."""
    shown = harmless.markdown(words)
    assert "\n" not in shown
    assert all(len(match[1]) % 2 for match in re.finditer(r"(\\*)\|", shown))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'quoted"])
def test_a_formula_is_guarded(cell: str) -> None:
    """A CSV cell that a spreadsheet would run, or that looks guarded, gets an apostrophe."""
    assert f"'{cell}" == harmless.csv_safe(cell)


@pytest.mark.parametrize("cell", ["", "plain", "a=b", "2023-01-16", " =1"])
def test_other_cells_are_not_guarded(cell: str) -> None:
    """A CSV cell that is no formula stays as it is."""
    assert cell == harmless.csv_safe(cell)


@given(ANY)
def test_the_guard_can_be_taken_off(words: str) -> None:
    """The importer reads back exactly what was exported."""
    assert words == harmless.csv_plain(harmless.csv_safe(words))
