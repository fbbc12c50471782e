"""Words: what a token is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from negotrack.wording.words import counted, joined, words
from texts import any_text


@given(any_text)
def test_no_character_is_lost(text: str) -> None:
    """The tokens of any text are the text again."""
    assert text == joined(words(text))


@given(any_text)
def test_no_token_is_empty_and_blanks_stand_alone(text: str) -> None:
    """A token is white space as a whole or has none, and two blanks never follow each other."""
    tokens = words(text)
    assert "" not in tokens
    assert [t for t in tokens if not t.isspace() and any(map(str.isspace, t))] == []
    assert not any(one.isspace() and other.isspace() for one, other in pairwise(tokens))


@pytest.mark.parametrize(
    "word",
    [
        "co-operation",
        "State’s",
        "l'État",
        "e\u0301tat",
        "10,000",
        "6.2",
        "противодействию",
        "مُحَمَّد",
        "می\u200cشود",
        "___",
    ],
)
def test_one_word_is_one_token(word: str) -> None:
    """Hyphens, apostrophes, accents, vowel signs and separators of digits stand inside a word."""
    assert words(f"({word})") == ["(", word, ")"]


def test_chinese_is_parted_into_characters() -> None:
    """A text without blanks can be compared by its characters."""
    assert words("缔约国应，ICT") == ["缔", "约", "国", "应", "，", "ICT"]


def test_punctuation_is_parted_from_words() -> None:
    """A mark of punctuation is a token of its own, and so is a run of white space."""
    assert words("States’ \n“may”..") == ["States", "’", " \n", "“", "may", "”", ".", "."]


def test_only_words_are_counted() -> None:
    """Blanks and punctuation are not counted as words, numbers and characters are."""
    assert counted(words("Article 6 (2): “shall”, 应该 ___")) == 6


def test_a_long_line_of_one_letter_is_one_word() -> None:
    """A hostile text of a million letters takes one step."""
    assert [len(token) for token in words("a" * 1_000_000)] == [1_000_000]
