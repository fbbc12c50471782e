"""Of several gaps that describe one change, those that read best; one example for each choice."""

from __future__ import annotations

import pytest

from negotrack.wording.cleanup import merge_close_edits, slide
from negotrack.wording.matching import Gap, gaps
from negotrack.wording.words import joined, words


def replaced(text: str, *marked: str) -> tuple[list[str], list[Gap]]:
    """Return a text and gaps that replace, one by one, the words in it that are marked."""
    base = words(text)
    places = [base.index(word) for word in marked]
    return base, [(place, place + 1, place, place + 1) for place in places]


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("States may act", ("States", "may"), ["States may"]),
        ("States, may act", ("States", "may"), ["States, may"]),
        ("States of Europe", ("States", "Europe"), ["States of Europe"]),
        ("States with groups", ("States", "groups"), ["States", "groups"]),
        ("States of the Union", ("States", "Union"), ["States", "Union"]),
        ("States\nmay act", ("States", "may"), ["States", "may"]),
    ],
    ids=["blank", "comma", "short word", "long word", "two words", "end of a paragraph"],
)
def test_replacements_that_a_trifle_parts_are_one(
    text: str, marked: tuple[str, ...], expected: list[str]
) -> None:
    """A blank, a mark or a word of three letters keeps no two replacements apart."""
    base, changes = replaced(text, *marked)
    assert [joined(base[i:k]) for i, k, _, _ in merge_close_edits(base, changes)] == expected


def test_mere_insertions_stay_apart() -> None:
    """What stands between two insertions, or two deletions, was not touched."""
    base = words("States act")
    insertions = [(0, 0, 0, 2), (2, 2, 4, 6)]
    deletions = [(0, 1, 0, 0), (2, 3, 1, 1)]
    assert merge_close_edits(base, insertions) == insertions
    assert merge_close_edits(base, deletions) == deletions


def test_an_insertion_beside_a_short_word_stays_apart() -> None:
    """A word between a replacement and an insertion is a word that was not touched."""
    base = words("States of Europe")
    changes = [(0, 1, 0, 1), (4, 4, 4, 6)]
    assert merge_close_edits(base, changes) == changes


@pytest.mark.parametrize(
    ("base", "target", "inserted"),
    [
        ("Sign.\nRatify.", "Sign.\nReport.\nRatify.", "\nReport."),
        ("Sign it. Ratify it.", "Sign it. Report on it. Ratify it.", " Report on it."),
        ("States report, yearly.", "States report, yearly, and act, yearly.", ", yearly, and act"),
        ("States may act.", "States may promptly act.", " promptly"),
        ("States may act", "Some States may act", "Some "),
    ],
    ids=["paragraph", "sentence", "clause", "words", "at the beginning"],
)
def test_an_insertion_is_where_it_reads_best(base: str, target: str, inserted: str) -> None:
    """Choice: a whole paragraph before a sentence, that before a clause, and that before words."""
    old, new = words(base), words(target)
    ((start, end, first, last),) = slide(old, new, gaps(old, new))
    assert (start, joined(new[first:last])) == (end, inserted)
    assert old[:start] + new[first:last] + old[end:] == new


def test_a_deletion_is_where_it_reads_best() -> None:
    """What is taken out of a row is taken out with the mark before it."""
    old, new = words("x, y, z"), words("x, z")
    ((start, end, first, last),) = slide(old, new, gaps(old, new))
    assert (joined(old[start:end]), first) == (", y", last)


def test_a_replacement_stays_where_it_is() -> None:
    """Only what merely inserts or deletes can stand in several places."""
    old, new = words("States may act"), words("States must act")
    assert slide(old, new, gaps(old, new)) == gaps(old, new) == [(2, 3, 2, 3)]


def test_what_touches_after_sliding_is_one() -> None:
    """An insertion that slides up to the edit before it is part of that edit."""
    base, target = words("x y"), words("z y y")
    assert slide(base, target, [(0, 1, 0, 1), (3, 3, 3, 5)]) == [(0, 1, 0, 3)]
