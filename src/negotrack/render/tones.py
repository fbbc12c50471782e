"""Colours, which only help the eye: whatever they say, letters and figures say too."""

from __future__ import annotations

import os
import sys
from typing import Literal

Tone = Literal["for", "rather-for", "between", "against", "block", "faint", "plain"]

_CODES: dict[Tone, str] = {
    "for": "1;32",
    "rather-for": "32",
    "between": "33",
    "against": "31",
    "block": "1;31",
    "faint": "2",
}


def use_color(output: str | None = None) -> bool:
    """Whether an answer is to have colours, for people and for where it goes.

    Not in a file, and not where ``NO_COLOR`` is set (https://no-color.org); else where
    ``FORCE_COLOR`` is set, or on a terminal that is not dumb.
    """
    if output not in (None, "-") or os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "")
    if forced:
        return forced != "0"
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def painted(text: str, tone: Tone, *, color: bool) -> str:
    """Return a text in a tone; as it is without colours."""
    code = _CODES.get(tone)
    return f"\x1b[{code}m{text}\x1b[0m" if color and code and text.strip() else text
