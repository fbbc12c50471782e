"""Texts for tests: tokens from a small store of treaty words, so that much repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from negotrack.wording.changes import Edit, change, tidied
from negotrack.wording.words import words

if TYPE_CHECKING:
    from negotrack.wording.changes import Edits

STORE = ("shall", "may", "a", "the", "State", "of", "property", "assets", "приняты", "国")
MARKS = (" ", " ", " ", ",", ".", "\n")

tokens = st.lists(st.sampled_from(STORE + MARKS), max_size=30)
"""Tokens in any order, blanks beside blanks among them."""

prose = st.lists(st.sampled_from(STORE), max_size=24).map(lambda drawn: words(" ".join(drawn)))
"""Words with a blank between any two."""

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@st.composite
def variants(draw: st.DrawFn, base: list[str]) -> list[str]:
    """Draw a text that was made of another by a few replacements."""
    tokens = list(base)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(tokens)))
        end = draw(st.integers(start, min(len(tokens), start + 4)))
        tokens[start:end] = draw(st.lists(st.sampled_from(STORE + MARKS), max_size=4))
    return tokens


@st.composite
def pairs(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Draw two texts: one made of the other, or two that have nothing to do with each other."""
    base = draw(tokens)
    return base, draw(st.one_of(variants(base), tokens))


@st.composite
def edits(draw: st.DrawFn, base: list[str]) -> Edits:
    """Draw a change of a text, written as edits at any places."""
    drawn: list[Edit] = []
    place = 0
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(place, len(base)))
        end = draw(st.integers(start, min(len(base), start + 3)))
        drawn.append(Edit(start, end, tuple(draw(st.lists(st.sampled_from(STORE), max_size=2)))))
        place = end + 1
        if place > len(base):
            break
    return tidied(base, drawn)


@st.composite
def amended(draw: st.DrawFn, count: int) -> tuple[list[str], list[Edits]]:
    """Draw a text and some changes of it."""
    base = draw(st.one_of(tokens, prose))
    changes = [draw(st.one_of(edits(base), variants(base).map(lambda to: change(base, to))))]
    changes += [draw(edits(base)) for _ in range(count - 1)]
    return base, changes
