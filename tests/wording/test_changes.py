"""Changes: exact, in words, and as people would say them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from negotrack.wording.changes import Edit, applied, change, least, tidied, touched, undone
from negotrack.wording.words import joined, words
from texts import pairs, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.wording.changes import Edits

    Making = Callable[[list[str], list[str]], Edits]
    Texts = tuple[list[str], list[str]]

BOTH = pytest.mark.parametrize("making", [change, least])


def in_words(base: str, target: str) -> list[tuple[str, str]]:
    """Return what a change deletes and inserts, as text."""
    edits = change(words(base), words(target))
    return [(joined(words(base)[e.start : e.end]), joined(e.words)) for e in edits]


@BOTH
@given(texts=pairs())
def test_to_apply_is_the_inverse_of_to_compute(making: Making, texts: Texts) -> None:
    """The change between two texts makes the one of the other, and back."""
    base, target = texts
    edits = making(base, target)
    assert target == applied(base, edits)
    assert base == applied(target, undone(base, edits))


@BOTH
@given(texts=pairs())
def test_unchanged_and_deleted_words_are_the_base(making: Making, texts: Texts) -> None:
    """Unchanged with deleted words are the base, unchanged with inserted words the target."""
    base, target = texts
    edits = making(base, target)
    deleted = {place for edit in edits for place in range(edit.start, edit.end)}
    unchanged = [token for place, token in enumerate(base) if place not in deleted]
    inserted = [token for edit in edits for token in edit.words]
    assert len(base) == len(unchanged) + len(deleted)
    assert len(target) == len(unchanged) + len(inserted)
    bare = [Edit(edit.start, edit.end, ()) for edit in edits]
    assert unchanged == applied(base, bare)


@BOTH
@given(texts=pairs())
def test_edits_are_in_order_and_apart(making: Making, texts: Texts) -> None:
    """At least one unchanged word stands between two edits, and no edit puts what was there."""
    base, target = texts
    edits = making(base, target)
    assert all(one.end < other.start for one, other in pairwise(edits))
    assert all(tuple(base[edit.start : edit.end]) != edit.words for edit in edits)
    assert edits == tidied(base, edits)


@BOTH
@given(base=tokens)
def test_the_same_text_has_no_change(making: Making, base: list[str]) -> None:
    """Between a text and itself there is no edit."""
    assert making(base, list(base)) == ()


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
    assert expected == in_words(base, target)


def test_the_least_change_leaves_short_words() -> None:
    """What both texts have is left in place, however short it is."""
    base, target = words("take of all"), words("give of any")
    assert [Edit(0, 5, ("give", " ", "of", " ", "any"))] == list(change(base, target))
    assert [Edit(0, 1, ("give",)), Edit(4, 5, ("any",))] == list(least(base, target))


def test_words_touched_are_deleted_and_inserted_ones() -> None:
    """Blanks and commas do not count, or a comma would bring an amendment further off."""
    base, target = words("States may, so, act"), words("States shall act now")
    assert touched(change(base, target), base) == 4


def test_a_text_turned_round_ends() -> None:
    """The worst order of words is answered, exactly, if not with the longest match."""
    base = [f"w{n % 977}" for n in range(5_000)]
    assert base[::-1] == applied(base, change(base, base[::-1]))
