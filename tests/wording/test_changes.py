"""Changes: exact, in words, and as people would say them."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.wording.changes import Edit, applied, change, least, tidied, touched, undone
from negotrack.wording.matching import gaps
from negotrack.wording.words import joined, words
from texts import STORE, pairs, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.wording.changes import Edits

    Making = Callable[[list[str], list[str]], Edits]
    Texts = tuple[list[str], list[str]]

BOTH = pytest.mark.parametrize("made", [change, least])


def said(base: str, target: str) -> list[tuple[str, str]]:
    """Return what a change deletes and inserts, as text."""
    found = change(words(base), words(target))
    return [(joined(words(base)[e.start : e.end]), joined(e.words)) for e in found]


@BOTH
@given(texts=pairs())
def test_to_apply_is_the_inverse_of_to_compute(made: Making, texts: Texts) -> None:
    """The change between two texts makes the one of the other, and back."""
    base, target = texts
    found = made(base, target)
    assert target == applied(base, found)
    assert base == applied(target, undone(base, found))


@BOTH
@given(texts=pairs())
def test_unchanged_and_deleted_words_are_the_base(made: Making, texts: Texts) -> None:
    """Unchanged with deleted words are the base, unchanged with inserted words the target."""
    base, target = texts
    found = made(base, target)
    deleted = {place for edit in found for place in range(edit.start, edit.end)}
    unchanged = [token for place, token in enumerate(base) if place not in deleted]
    inserted = [token for edit in found for token in edit.words]
    assert len(base) == len(unchanged) + len(deleted)
    assert len(target) == len(unchanged) + len(inserted)
    bare = [Edit(edit.start, edit.end, ()) for edit in found]
    assert unchanged == applied(base, bare)


@BOTH
@given(texts=pairs())
def test_edits_are_in_order_and_apart(made: Making, texts: Texts) -> None:
    """At least one unchanged word stands between two edits, and no edit puts what was there."""
    base, target = texts
    found = made(base, target)
    assert all(one.end < other.start for one, other in pairwise(found))
    assert all(tuple(base[edit.start : edit.end]) != edit.words for edit in found)
    assert found == tidied(base, found)


@BOTH
@given(base=tokens)
def test_the_same_text_has_no_change(made: Making, base: list[str]) -> None:
    """Between a text and itself there is no edit."""
    assert made(base, list(base)) == ()


@given(texts=pairs())
def test_what_is_legible_touches_no_less(texts: Texts) -> None:
    """The least change touches no more words than the legible one."""
    base, target = texts
    assert touched(least(base, target), base) <= touched(change(base, target), base)


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        ("States may take measures", "States shall adopt measures", [("may take", "shall adopt")]),
        ("life, data, within", "life, data, property, within", [("", ", property")]),
        ("life and data.", "life and data, and property.", [("", ", and property")]),
        ("data and property", "data and property, and property", [("", ", and property")]),
        ("the person", "the legal person", [("", " legal")]),
        ("the legal person", "the person", [(" legal", "")]),
        ("One. Three.", "One. Two. Three.", [("", " Two.")]),
        ("One.\nThree.", "One.\nTwo.\nThree.", [("", "\nTwo.")]),
        ("One.\nTwo.", "One.\nTwo.\nThree.", [("", "\nThree.")]),
        (
            "to the crime of theft",
            "for a crime at sea",
            [("to the", "for a"), ("of theft", "at sea")],
        ),
        ("by public bodies", "by any public, private bodies", [("", " any"), ("", ", private")]),
        ("各国应采取措施", "各国可以采取必要措施", [("应", "可以"), ("", "必要")]),
        ("Old end.\nOld start", "New end.\nNew start", [("Old", "New"), ("Old", "New")]),
        ("one\ntwo", "one two", [("\n", " ")]),
    ],
)
def test_a_change_reads_well(base: str, target: str, expected: list[tuple[str, str]]) -> None:
    """An edit has whole phrases with the comma before them, and no islands of short words."""
    assert expected == said(base, target)


def test_the_least_change_leaves_short_words() -> None:
    """What both texts have is left in place, however short it is."""
    base, target = words("take of all"), words("give of any")
    assert [Edit(0, 5, ("give", " ", "of", " ", "any"))] == list(change(base, target))
    assert [Edit(0, 1, ("give",)), Edit(4, 5, ("any",))] == list(least(base, target))


def test_words_touched_are_deleted_and_inserted_ones() -> None:
    """Blanks and commas do not count, or a comma would bring an amendment further off."""
    base, target = words("States may, so, act"), words("States shall act now")
    assert touched(change(base, target), base) == 4


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


def test_a_text_turned_round_ends() -> None:
    """The worst order of words is answered, exactly, if not with the longest match."""
    base = [f"w{n % 977}" for n in range(5_000)]
    assert base[::-1] == applied(base, change(base, base[::-1]))
