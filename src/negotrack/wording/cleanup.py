"""Legibility: of several gaps that describe the same change, those that people would choose.

The idea of sliding an edit to the boundary that reads best is that of diff-match-patch
(``diff_cleanupSemanticLossless``, with its scores from 0 to 6) and of the sliders of git
(``git diff --indent-heuristic``). The boundaries scored here are those of the prose of treaties.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from negotrack.wording.words import is_word

if TYPE_CHECKING:
    from negotrack.wording.matching import Gap

_SHORT = 3
"""A word of so many letters does not keep two edits apart."""

_NEAR = 6
"""More tokens than this are no trifle between two edits, whatever they are."""

_STOPS = frozenset(".;:!?。；：！？؟؛")
_OPENING = frozenset(",;:([{“‘«،，、；：（")
_CLOSING = frozenset(")]}”’»）")


class _Boundary(IntEnum):
    """How well a passage reads as one that was inserted or deleted, by its first and last token.

    Only the order of the values counts: the highest is chosen, and of equals the first place.
    """

    INSIDE_PHRASE = 0
    """Anything else: the passage cuts a phrase, or leaves a mark without its words."""
    BLANK_FIRST = 1
    """It begins with a blank, and ends with neither a word nor a closing mark."""
    BLANK_LAST = 2
    """It ends with a blank, and stands behind a blank or at the beginning: "new words "."""
    WORDS = 3
    """It begins with a blank, and ends with a word or a closing mark: " new words"."""
    CLAUSE = 4
    """It begins with a comma or an opening mark, and ends like WORDS: ", new words"."""
    SENTENCE = 5
    """It begins with a blank behind the end of a sentence, and ends a sentence: " New words."."""
    PARAGRAPH = 6
    """It begins with a line break: a whole paragraph behind another."""


def merge_close_edits(base: list[str], gaps: list[Gap]) -> list[Gap]:
    """Join gaps that only a blank or punctuation parts, or two replacements about a short word.

    So "may take" becomes "shall adopt" at once, and not in two edits around a blank. What
    stands between two mere insertions or two mere deletions stays, and so does the end of a
    paragraph.
    """
    merged: list[Gap] = []
    for gap in gaps:
        near = merged and gap[0] - merged[-1][1] <= _NEAR
        if near and _slight(base[merged[-1][1] : gap[0]], merged[-1], gap):
            before = merged.pop()
            merged.append((before[0], gap[1], before[2], gap[3]))
        else:
            merged.append(gap)
    return merged


def _slight(between: list[str], before: Gap, after: Gap) -> bool:
    if any("\n" in token for token in between) or _alike(before, after):
        return False
    words = [token for token in between if is_word(token)]
    if not words:
        return True
    return len(words) == 1 and len(words[0]) <= _SHORT and _replaces(before) and _replaces(after)


def _replaces(gap: Gap) -> bool:
    return gap[0] < gap[1] and gap[2] < gap[3]


def _alike(before: Gap, after: Gap) -> bool:
    """Tell whether both gaps only insert, or both only delete."""
    insert = before[0] == before[1] and after[0] == after[1]
    return insert or (before[2] == before[3] and after[2] == after[3])


def slide(base: list[str], target: list[str], gaps: list[Gap]) -> list[Gap]:
    """Move mere insertions and deletions to where they read best; join those that then touch.

    If "x y" becomes "x y, x y", what was inserted is ", x y" and not "x y, ".
    """
    settled: list[Gap] = []
    for n, gap in enumerate(gaps):
        floor = settled[-1][1] if settled else 0
        ceiling = gaps[n + 1][0] if n + 1 < len(gaps) else len(base)
        moved = _slid(base, target, gap, floor, ceiling)
        if settled and settled[-1][1] == moved[0]:
            before = settled.pop()
            moved = (before[0], moved[1], before[2], moved[3])
        settled.append(moved)
    return settled


def _slid(base: list[str], target: list[str], gap: Gap, floor: int, ceiling: int) -> Gap:
    i, k, j, m = gap
    if i < k and j < m:
        return gap
    text, start, end = (target, j, m) if i == k else (base, i, k)
    least = most = 0
    while i + least > floor and text[start + least - 1] == text[end + least - 1]:
        least -= 1
    while k + most < ceiling and text[start + most] == text[end + most]:
        most += 1
    if not least and not most:
        return gap
    best = max(
        range(least, most + 1), key=lambda n: (_boundary_score(text, start + n, end + n), -n)
    )
    return (i + best, k + best, j + best, m + best)


def _boundary_score(text: list[str], start: int, end: int) -> _Boundary:
    """Return the boundary of the passage ``text[start:end]``; a higher one reads better."""
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else "\n"
    if "\n" in first:
        return _Boundary.PARAGRAPH
    ends_words = is_word(last) or last in _CLOSING
    if first.isspace():
        if before[-1] in _STOPS and last in _STOPS:
            return _Boundary.SENTENCE
        return _Boundary.WORDS if ends_words else _Boundary.BLANK_FIRST
    if first in _OPENING:
        return _Boundary.CLAUSE if ends_words else _Boundary.INSIDE_PHRASE
    if last.isspace() and (before.isspace() or not start):
        return _Boundary.BLANK_LAST
    return _Boundary.INSIDE_PHRASE
