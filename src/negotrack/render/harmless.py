"""Text from outside, made harmless for where it is shown."""

from __future__ import annotations

import re
from functools import cache

# Controls, and the characters that reorder, hide or join: bidirectional marks, overrides and
# isolates, zero-width characters, soft hyphen, byte-order mark, line and paragraph separators,
# variation selectors and tags, and lone surrogates.
_HIDDEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
    "\ud800-\udfff]"
)
_LATIN_1, _BASIC_PLANE = 0xFF, 0xFFFF
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARDED = (*_FORMULA, "'")


@cache
def hidden() -> re.Pattern[str]:
    """Return the pattern of the characters that hide, reorder or drive a terminal."""
    return re.compile(_HIDDEN)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code <= _LATIN_1:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _BASIC_PLANE else f"\\U{code:08x}"


def visible(text: str) -> str:
    """Return text in which no character can drive a terminal or hide: such are written out."""
    if text.isascii() and text.isprintable():
        return text
    return hidden().sub(_escape, text)


def cell(text: str) -> str:
    """Return visible text on one line."""
    return " ".join(visible(text).split()) if text else ""


def markdown(text: str) -> str:
    """Return text for a cell of a Markdown table: nothing in it is markup."""
    return re.sub(r"([\\`*_{}\[\]<>|~#])", r"\\\1", cell(text))


def csv_safe(text: str) -> str:
    """Return a CSV cell that no spreadsheet takes for a formula; :func:`csv_plain` undoes it."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def csv_plain(text: str) -> str:
    """Return the text of which :func:`csv_safe` made a cell."""
    return text[1:] if text[:1] == "'" and text[1:2] in _GUARDED else text
