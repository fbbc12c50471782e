"""Words: a text as the tokens that negotiators speak of, without the loss of one character."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHARACTERS = (
    "\u3005\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Scripts that put no blank between words: each character is a word of its own."""

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0903"
    "\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\U000e0100-\U000e01ef"
)
"""Marks that belong to the letter before them, such as accents and vowel signs."""

_JOINTS = "'\u2019\u02bc\u2010\u2011\u00ad\u200c\u200d-"
"""What stands inside a word: an apostrophe, a hyphen, a joiner."""


_LONG = 20_000
"""Texts of more characters than this are not remembered."""


@cache
def _token() -> re.Pattern[str]:
    letter = f"[^\\W{_CHARACTERS}]"
    inner = f"(?:[{_MARKS}]+|[{_JOINTS}](?={letter})|(?<=\\d)[.,](?=\\d))"
    word = f"{letter}+(?:{inner}{letter}*)*"
    return re.compile(f"{word}|\\s+|[{_CHARACTERS}][{_MARKS}]*|.", re.DOTALL)


def words(text: str) -> list[str]:
    """Return the tokens of a text; joined again, they are the text.

    A token is a word (letters and digits with the accents, apostrophes and hyphens inside it;
    ``co-operation``, ``States'`` without its apostrophe, and ``10,000`` are one each), a run of
    white space, a single character of Chinese, or a single mark of punctuation.
    """
    return list(_split(text)) if len(text) <= _LONG else _token().findall(text)


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[str, ...]:
    """Split a text that may come again: a draft repeats most of the one before it."""
    return tuple(_token().findall(text))


def joined(tokens: Iterable[str]) -> str:
    """Return the text of tokens."""
    return "".join(tokens)


def is_word(token: str) -> bool:
    """Tell whether a token has a letter or a digit: whether people count it as a word."""
    return token[:1].isalnum() or any(map(str.isalnum, token))


def counted(tokens: Iterable[str]) -> int:
    """Return how many of the tokens are words."""
    return sum(map(is_word, tokens))
