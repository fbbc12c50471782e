"""Legibility: gaps as people would describe them, where several descriptions are true."""

from __future__ import annotations

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


def merge_close_edits(base: list[str], gaps: list[Gap]) -> list[Gap]:
    """Join gaps that only a blank or punctuation parts, or two replacements about a short word.

    So "may take" becomes "shall adopt" at once, and not in two edits around a blank. What
    stands between two mere insertions or two mere deletions stays, and so does the end of a
    paragraph.
    """
    made: list[Gap] = []
    for gap in gaps:
        near = made and gap[0] - made[-1][1] <= _NEAR
        if near and _slight(base[made[-1][1] : gap[0]], made[-1], gap):
            before = made.pop()
            made.append((before[0], gap[1], before[2], gap[3]))
        else:
            made.append(gap)
    return made


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
    made: list[Gap] = []
    for n, gap in enumerate(gaps):
        floor = made[-1][1] if made else 0
        ceiling = gaps[n + 1][0] if n + 1 < len(gaps) else len(base)
        moved = _slid(base, target, gap, floor, ceiling)
        if made and made[-1][1] == moved[0]:
            before = made.pop()
            moved = (before[0], moved[1], before[2], moved[3])
        made.append(moved)
    return made


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


def _boundary_score(text: list[str], start: int, end: int) -> int:
    """Return how well a passage reads as one that was put in or taken out."""
    first, last = text[start], text[end - 1]
    before = text[start - 1] if start else "\n"
    if "\n" in first:
        return 6
    if first.isspace():
        whole = before[-1] in _STOPS and last in _STOPS
        return 5 if whole else 3 if is_word(last) or last in _CLOSING else 1
    if first in _OPENING:
        return 4 if is_word(last) or last in _CLOSING else 0
    return 2 if last.isspace() and (before.isspace() or not start) else 0
