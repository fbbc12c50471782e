"""Passages: where in a text some words stand, and what stands there that is like them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from negotrack.errors import Cure, Rejected
from negotrack.wording.words import is_word, joined, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUOTED = 12
"""A quotation in a sentence has no more words than this; of a longer one, the ends are shown."""
_LIKE = 0.6
"""A word that is so like another (as difflib counts it) may be a slip of the pen for it."""


def find(
    base: Sequence[str], passage: str | Sequence[str], nth: int | None = None
) -> tuple[int, int]:
    """Return where a passage begins in the base and where it is over, as places of tokens.

    White space is not compared, letter case is. ``nth``, from 1, chooses where it stands several
    times.

    Raises:
        Rejected: It does not stand there; or several times, and none of them was chosen.

    """
    places = everywhere(base, passage)
    if not places:
        raise Rejected(f"the words ‘{quoted(passage)}’ are not in the text", _cure(base, passage))
    if nth is None and len(places) > 1:
        raise Rejected(
            f"the words ‘{quoted(passage)}’ are {len(places)} times in the text",
            Cure.by("choose-occurrence", "say which", nth="2"),
        )
    if nth is not None and not 1 <= nth <= len(places):
        often = "once" if len(places) == 1 else f"{len(places)} times"
        raise Rejected(f"the words ‘{quoted(passage)}’ are {often} in the text, there is no {nth}.")
    return places[(nth or 1) - 1]


def everywhere(base: Sequence[str], passage: str | Sequence[str]) -> list[tuple[int, int]]:
    """Return all places of a passage that do not overlap, in order.

    Raises:
        Rejected: The passage has no words.

    """
    sought = _solid(words(passage) if isinstance(passage, str) else passage)
    if not sought:
        raise Rejected("a passage without words stands nowhere", "give the words as they stand")
    places = [place for place, token in enumerate(base) if not token.isspace()]
    solid = [base[place] for place in places]
    spans: list[tuple[int, int]] = []
    free = 0
    for at, token in enumerate(solid):
        if token == sought[0] and at >= free and solid[at : at + len(sought)] == sought:
            free = at + len(sought)
            spans.append((places[at], places[free - 1] + 1))
    return spans


def nearest(base: Sequence[str], passage: str | Sequence[str]) -> str:
    """Return the passage of the base that is most like the given one; empty if nothing is."""
    sought = _solid(words(passage) if isinstance(passage, str) else passage)
    places = [place for place, token in enumerate(base) if not token.isspace()]
    solid = [base[place].casefold() for place in places]
    counts = _alike(set(solid), [token.casefold() for token in sought])
    begin = _densest(solid, counts, len(sought))
    if begin is None:
        return ""
    window = solid[begin : begin + len(sought)]
    hits = [n for n, token in enumerate(window) if token in counts]
    first, last = places[begin + hits[0]], places[begin + hits[-1]]
    return joined(base[first : last + 1])


def quoted(passage: str | Sequence[str]) -> str:
    """Return a passage as a sentence quotes it: on one line, of a long one both ends."""
    parts = (passage if isinstance(passage, str) else joined(passage)).split()
    if len(parts) > _QUOTED:
        half = _QUOTED // 2
        parts = [*parts[:half], "…", *parts[-half:]]
    return " ".join(parts)


def before(base: Sequence[str], place: int, count: int = 4) -> str:
    """Return the last words before a place in the base, as one names the place."""
    begin = place
    while begin and count:
        begin -= 1
        count -= is_word(base[begin])
    return joined(base[begin:place]).strip()


def _cure(base: Sequence[str], passage: str | Sequence[str]) -> str:
    like = nearest(base, passage)
    return f"the nearest that it has: ‘{quoted(like)}’" if like else "nothing in it is like them"


def _solid(tokens: Sequence[str]) -> list[str]:
    return [token for token in tokens if not token.isspace()]


def _alike(there: set[str], sought: list[str]) -> Counter[str]:
    """Return how often each word is sought, as it is there or as the word there most like it."""
    from difflib import get_close_matches  # only for a sentence of refusal

    counts: Counter[str] = Counter()
    for token in sought:
        if token in there:
            counts[token] += 1
        elif is_word(token) and len(counts) < _QUOTED:
            counts.update(get_close_matches(token, there, n=1, cutoff=_LIKE))
    return counts


def _densest(solid: list[str], counts: Counter[str], length: int) -> int | None:
    """Return where the window of a length begins that has most of the words; None if none has."""
    weight = {token: len(token) if is_word(token) else 0 for token in counts}
    missing = counts.copy()
    best, place, here = 0, None, 0
    for end, token in enumerate(solid, 1):
        if token in counts:
            missing[token] -= 1
            here += weight[token] if missing[token] >= 0 else 0
        gone = solid[end - length - 1] if end > length else ""
        if gone in counts:
            missing[gone] += 1
            here -= weight[gone] if missing[gone] > 0 else 0
        if here > best:
            best, place = here, max(0, end - length)
    return place
