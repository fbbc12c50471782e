"""Where the lines of a text begin when it is set, and how an order is told."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.wording.layout import laid, ordinal
from negotrack.wording.words import joined, words
from texts import prose

if TYPE_CHECKING:
    from collections.abc import Sequence


@given(text=prose, width=st.integers(12, 40))
def test_lines_are_those_of_the_independent_library(text: list[str], width: int) -> None:
    """Lines begin where textwrap begins them."""
    rows: Sequence[str] = textwrap.wrap(joined(text), width, break_on_hyphens=False)
    begins = laid(text, width).lines[0]
    ends = [*begins[1:], len(text)]
    assert rows == [joined(text[a:b]).strip() for a, b in zip(begins, ends, strict=True) if a < b]


def test_a_word_longer_than_the_line_is_the_one_line_that_it_begins() -> None:
    """A first word that is too long for the width has no empty line before it."""
    assert laid(words("Notwithstanding article 6"), 10).lines == [[0, 2]]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "first"),
        (10, "tenth"),
        (11, "11th"),
        (12, "12th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (112, "112th"),
    ],
)
def test_an_order_is_told_in_words_and_then_in_figures(number: int, expected: str) -> None:
    """Up to the tenth in words."""
    assert ordinal(number) == expected
