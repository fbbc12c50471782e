"""Lines of a draft that would be markup, escaped and read again."""

from __future__ import annotations

from hypothesis import given

from exchange.odd import odd
from negotrack.exchange import escapes


@given(odd.filter(lambda text: "\n" not in text))
def test_a_line_says_what_was_written(text: str) -> None:
    """An escaped line is read as its text, and does not run into the next line."""
    assert escapes.read(f" \t{escapes.written(text)}\t ") == escapes.EscapedLine(text)
