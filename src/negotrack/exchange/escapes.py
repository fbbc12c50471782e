r"""How any text is written in lines of the Markdown form of drafts, and read from them.

A line is read without the blanks around it. A backslash takes the mark of punctuation, or the
blank, behind it as itself: ``\#``, ``\\``. At the end of a line it ends the paragraph there. These
are the escapes of Markdown; the last is its hard line break.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_BLANKS = " \t"


class EscapedLine(NamedTuple):
    """A line as it is read: its text, and whether a backslash at its end breaks it there."""

    text: str
    breaks: bool = False


@cache
def _escaped() -> re.Pattern[str]:
    return re.compile(r"\\([!-/:-@\[-`{-~ \t])")


def trimmed(raw: str) -> str:
    """Return a line without the blanks around it; one that is escaped stays."""
    raw = raw.lstrip(_BLANKS)
    short = raw.rstrip(_BLANKS)
    return raw[: len(short) + 1] if _is_open(short) else short


def _is_open(raw: str) -> bool:
    """Whether a line ends with a backslash that nothing before it takes as itself."""
    return (len(raw) - len(raw.rstrip("\\"))) % 2 == 1


def read(raw: str) -> EscapedLine:
    """Return what a line says."""
    raw = trimmed(raw)
    breaks = _is_open(raw)
    return EscapedLine(plain(raw[:-1] if breaks else raw), breaks)


def plain(raw: str) -> str:
    """Return a text without its escapes."""
    return _escaped().sub(r"\1", raw) if "\\" in raw else raw


def written(text: str) -> str:
    """Return a text without ends of lines as a line that says it; an empty one breaks at once."""
    if not text:
        return "\\"
    raw = text.replace("\\", "\\\\")
    if len(text) > 1 and text[-1] in _BLANKS:
        raw = f"{raw[:-1]}\\{raw[-1]}"
    return f"\\{raw}" if text[0] in f"{_BLANKS}#" else raw


def broken(text: str) -> str:
    """Return any text as lines of which each but the last is broken by a backslash."""
    first, *rest = (written(line) if line else "" for line in text.split("\n"))
    return "".join([first, *(f"\\\n{line}" for line in rest)])
