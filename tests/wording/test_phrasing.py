"""Phrasing: changes as they are read out, on generated and on treaty-like texts."""

from __future__ import annotations

import pytest
from hypothesis import given

from negotrack.wording.changes import change
from negotrack.wording.phrasing import phrased
from negotrack.wording.words import joined, words
from texts import pairs

TEXT = (
    "Each State Party shall adopt such legislative and other measures as may be necessary"
    " for the suppression of the offences set out in the articles of this Convention."
)


def sentences(base: str, target: str, width: int = 72) -> list[str]:
    """Return how the change between two texts is read out."""
    return phrased(words(base), change(words(base), words(target)), width=width)


@given(texts=pairs())
def test_every_edit_of_words_is_read_out(texts: tuple[list[str], list[str]]) -> None:
    """There is a sentence for each edit that has more than blanks."""
    base, target = texts
    edits = change(base, target)
    telling = [e for e in edits if joined([*base[e.start : e.end], *e.words]).strip()]
    assert len(telling) <= len(phrased(base, edits)) <= len(edits)
    assert all(one and one == one.strip() for one in phrased(base, edits))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("suppression", "restriction", "in line 2, delete ‘suppression’ and insert ‘restriction’"),
        ("shall adopt", "may take", "in line 1, delete ‘shall adopt’ and insert ‘may take’"),
        (" legislative and other", "", "in line 1, delete ‘legislative and other’"),
        ("such legislative", "such public legislative", "in line 1, after ‘such’, insert ‘public’"),
        (
            "of this",
            "of, and the protocol to, this",
            "in line 3, after ‘of’, insert ‘, and the protocol to,’",
        ),
        ("the articles", "articles", "in line 2, delete the third ‘the’"),
        ("Each", "In law, each", "in line 1, delete ‘Each’ and insert ‘In law, each’"),
        ("Each", "Now Each", "at the beginning, insert ‘Now’"),
        ("Convention.", "Convention. It is short.", "at the end, add ‘It is short.’"),
        ("measures as", "measures, as", "in line 1, after ‘measures’, insert a comma"),
        (
            "may be necessary",
            "is fit",
            "in lines 1 and 2, delete ‘may be necessary’ and insert ‘is fit’",
        ),
    ],
)
def test_an_edit_is_read_out_as_in_the_room(old: str, new: str, expected: str) -> None:
    """The line, what is deleted and what is inserted; which one, where a line has several."""
    assert old in TEXT
    assert sentences(TEXT, TEXT.replace(old, new, 1)) == [expected]


def test_of_a_long_deletion_both_ends_are_read_out() -> None:
    """A chair does not read thirteen words that are to go."""
    long = " such legislative and other measures as may be necessary for the suppression of"
    place, ends = "in lines 1 and 2", "‘such legislative and other’ to ‘for the suppression of’"
    assert sentences(TEXT, TEXT.replace(long, "")) == [f"{place}, delete from {ends}"]


A, B, C = "First it is said.", "Second it is done.", "Third it is over."


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        (
            f"{A}\n{B}",
            f"{A}\nSecond it is left.",
            ["in paragraph 2, line 1, delete ‘done’ and insert ‘left’"],
        ),
        (f"{A}\n{C}", f"{A}\n{B}\n{C}", [f"after paragraph 1, insert a new paragraph: ‘{B}’"]),
        (A, f"{A}\n{B}\n{C}", [f"at the end, add 2 new paragraphs: ‘{B}\n{C}’"]),
        (B, f"{A}\n{B}", [f"at the beginning, insert a new paragraph: ‘{A}’"]),
        (f"{A}\n{B}\n{C}", f"{A}\n{C}", ["delete paragraph 2"]),
        (f"{A}\n{B}", B, ["delete paragraph 1"]),
        (f"{A}\n{B}\n{C}", A, ["delete paragraphs 2 and 3"]),
        (f"{A}\n{B}", f"{A}\nNever mind", ["replace paragraph 2 by ‘Never mind’"]),
        (A, "Never mind", ["replace the paragraph by ‘Never mind’"]),
        (A, "", ["delete the paragraph"]),
        ("", A, [f"insert ‘{A}’"]),
        (f"{A}\n{B}", f"{A} {B}", ["join paragraphs 1 and 2"]),
        (f"{A} {B}", f"{A}\n{B}", ["in line 1, after the first full stop, begin a new paragraph"]),
        (f"{A}\n{B}", f"{A} So.\n{B}", ["at the end of paragraph 1, add ‘So.’"]),
        (f"{A}\n{B}", f"{A}\nSo {B}", ["at the beginning of paragraph 2, insert ‘So’"]),
        ("a  b", "a b", []),
    ],
)
def test_paragraphs_are_named(base: str, target: str, expected: list[str]) -> None:
    """Whole paragraphs are added, deleted and replaced by their numbers."""
    assert sentences(base, target) == expected
