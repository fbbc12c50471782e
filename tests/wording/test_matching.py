"""What of two texts is matched, and what is left between as gaps."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.wording.matching import gaps
from negotrack.wording.words import joined, words
from texts import STORE

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.wording.changes import Edits

    Making = Callable[[list[str], list[str]], Edits]
    Texts = tuple[list[str], list[str]]


@given(seed=st.integers(0, 1000))
def test_long_texts_of_few_words_are_matched_where_they_are_the_same(seed: int) -> None:
    """Without a single word that stands once, single edits far apart are found as made."""
    chance = random.Random(seed)  # noqa: S311 - texts are no secrets
    base = [chance.choice(STORE) for _ in range(600)]
    target = list(base)
    for place in (150, 300, 450):
        target[place] = "new"
    assert [(p, p + 1, p, p + 1) for p in (150, 300, 450)] == gaps(base, target)


def test_what_is_wholly_other_is_one_gap() -> None:
    """Two texts without a common word are one replacement, however long they are."""
    base, target = [f"a{n}" for n in range(20_000)], [f"b{n}" for n in range(20_000)]
    assert gaps(base, target) == [(0, 20_000, 0, 20_000)]


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        ("same text", "same text", []),
        ("", "new", [("", "new")]),
        ("old", "", [("old", "")]),
        (
            "States of the Union",
            "Parties of the League",
            [("States", "Parties"), ("Union", "League")],
        ),
        ("one two three four", "one three four", [("two ", "")]),
        ("one two three", "one two two three", [("", "two ")]),
        ("They may take it.", "They shall adopt it.", [("may take", "shall adopt")]),
    ],
)
def test_gaps_are_what_differs(base: str, target: str, expected: list[tuple[str, str]]) -> None:
    """What stands between two gaps is the same; words that differ are one gap, blanks and all."""
    old, new = words(base), words(target)
    assert [(joined(old[i:k]), joined(new[j:m])) for i, k, j, m in gaps(old, new)] == expected


def test_what_stands_once_anchors_the_texts() -> None:
    """A word that is once in both texts is matched, though a shorter change would leave it out."""
    old, new = words("a a a x b b b"), words("b b b x a a a")
    assert [(joined(old[i:k]), joined(new[j:m])) for i, k, j, m in gaps(old, new)] == [
        ("a a a", "b b b"),
        ("b b b", "a a a"),
    ]
