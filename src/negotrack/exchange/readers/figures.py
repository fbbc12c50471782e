"""Numbers as people write them: the count of a vote, ``79-60-33``."""

from __future__ import annotations

from negotrack.domain.votes import COUNTED
from negotrack.errors import Rejected

_DIGITS = 9


def is_number(text: str) -> bool:
    """Whether a text is a whole number of a size that a count can have."""
    return text.isascii() and text.isdigit() and len(text) <= _DIGITS


def figures(text: str) -> dict[str, int]:
    """Return the count of a vote, written ``79-60-33`` or ``79-60``, by its parts."""
    numbers = text.split("-")
    if len(numbers) not in (2, 3) or not all(map(is_number, numbers)):
        raise Rejected(f"{text!r} is not the count of a vote", "write yes-no-abstain: 79-60-33")
    return dict(zip(COUNTED, map(int, numbers), strict=False))
