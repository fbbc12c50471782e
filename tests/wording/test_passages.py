"""Passages: found by their words, refused with what is nearest."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from negotrack.errors import Rejected
from negotrack.wording.passages import before, everywhere, find, nearest, quoted
from negotrack.wording.words import joined, words
from texts import prose

TEXT = words(
    "Each State Party shall take such measures as may be necessary for the suppression of the\n"
    "theft of property, including property acquired abroad."
)


def passage_at(passage: str, nth: int | None = None) -> str:
    """Return the words of the text at the place that was found."""
    start, end = find(TEXT, passage, nth)
    return joined(TEXT[start:end])


@given(text=prose, data=st.data())
def test_what_stands_in_the_text_is_found(text: list[str], data: st.DataObject) -> None:
    """Every passage of a text is found, and what is found reads as the passage does."""
    start = data.draw(st.integers(0, len(text)))
    passage = joined(text[start : data.draw(st.integers(start, len(text)))])
    assume(passage.strip())
    places = everywhere(text, passage)
    assert {passage.split()[0]} == {text[place].split()[0] for place, _ in places}
    assert {"".join(passage.split())} == {joined(text[a:b]).replace(" ", "") for a, b in places}


def test_white_space_is_not_compared() -> None:
    """A passage is found across the end of a line."""
    assert passage_at("of the  theft") == "of the\ntheft"


def test_a_passage_that_stands_twice_must_be_chosen() -> None:
    """Where the words stand several times, the refusal says how to choose, and nth chooses."""
    with pytest.raises(Rejected, match="‘property’ are 2 times in the text; say which"):
        find(TEXT, "property")
    assert find(TEXT, "property", 1) < find(TEXT, "property", 2)
    assert passage_at("property acquired") == "property acquired"


@pytest.mark.parametrize("nth", [0, 2, -1])
def test_there_is_no_other(nth: int) -> None:
    """A number that is not there is refused with how often the words stand there."""
    with pytest.raises(Rejected, match=f"are once in the text, there is no {nth}"):
        find(TEXT, "suppression", nth)


@pytest.mark.parametrize(
    ("passage", "like"),
    [
        ("the supression of theft", "suppression of the\ntheft"),
        ("the Suppression of", "the suppression of"),
        ("supresion", "suppression"),
        ("measures that may be necessary", "measures as may be necessary"),
        ("zzz qqq", ""),
        ("…", ""),
    ],
)
def test_the_nearest_passage_is_shown(passage: str, like: str) -> None:
    """A slip of the pen, another case or another word lead to the words that were meant."""
    assert nearest(TEXT, passage) == like


def test_the_nearest_passage_has_more_of_the_words_not_one_of_them_twice() -> None:
    """A word that stands there more often than it is sought counts once, wherever it stands."""
    text = words("The property of property owners shall be protected.")
    assert nearest(text, "owners of property") == "of property owners"


def test_a_refusal_shows_the_nearest() -> None:
    """Who asks for words that are not there is told what is there."""
    with pytest.raises(Rejected) as refused:
        find(TEXT, "the restriction of the theft")
    assert refused.value.sentence == "the words ‘the restriction of the theft’ are not in the text"
    assert str(refused.value.cure).startswith("the nearest that it has: ‘")
    with pytest.raises(Rejected, match="nothing in it is like them"):
        find(TEXT, "zzz")


@pytest.mark.parametrize("passage", ["", " \n "])
def test_a_passage_without_words_is_refused(passage: str) -> None:
    """Nothing stands nowhere."""
    with pytest.raises(Rejected, match="a passage without words stands nowhere"):
        find(TEXT, passage)


def test_a_long_quotation_is_shortened() -> None:
    """A sentence quotes both ends of what is long, on one line."""
    assert quoted("a\nb") == "a b"
    assert quoted(" ".join("abcdefghijklmno")) == "a b c d e f … j k l m n o"


def test_a_place_is_named_by_the_words_before_it() -> None:
    """The last words before a place, with their punctuation."""
    assert before(words("one two, three"), 4, 1) == "two,"
    assert before(words("one"), 0) == ""
