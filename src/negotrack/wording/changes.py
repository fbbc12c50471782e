"""Changes: what makes one text of another, in words, as people would describe it.

What differs is computed in :mod:`negotrack.wording.matching` and made legible in
:mod:`negotrack.wording.cleanup`. A change is always computed and never stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.wording.cleanup import merge_close_edits, slide
from negotrack.wording.matching import gaps
from negotrack.wording.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from negotrack.wording.matching import Gap


class Edit(NamedTuple):
    """The tokens ``base[start:end]`` become ``words``; where start is end, words are inserted."""

    start: int
    end: int
    words: tuple[str, ...]


Edits = tuple[Edit, ...]
"""Edits in order. No two of them touch, and each changes something."""


def change(base: Sequence[str], target: Sequence[str]) -> Edits:
    """Return the change that makes the target of the base, in a form that reads well.

    A short word or a blank between two edits is part of them, and an edit that could stand in
    several places stands where a phrase begins.
    """
    base, target = list(base), list(target)
    differences = slide(base, target, gaps(base, target))
    return _edits(base, target, slide(base, target, merge_close_edits(base, differences)))


def least(base: Sequence[str], target: Sequence[str]) -> Edits:
    """Return the change that leaves in place what both texts have, were it one short word.

    It reads worse than :func:`change`, and shows better who brought which words.
    """
    base, target = list(base), list(target)
    return _edits(base, target, slide(base, target, gaps(base, target)))


def applied(base: Sequence[str], change: Iterable[Edit]) -> list[str]:
    """Return the base with a change made to it."""
    tokens: list[str] = []
    done = 0
    for edit in change:
        tokens += base[done : edit.start]
        tokens += edit.words
        done = edit.end
    tokens += base[done:]
    return tokens


def undone(base: Sequence[str], change: Iterable[Edit]) -> Edits:
    """Return the inverse of a change: applied to the changed text, it gives the base again."""
    edits: list[Edit] = []
    grown = 0
    for edit in change:
        start = edit.start + grown
        edits.append(Edit(start, start + len(edit.words), tuple(base[edit.start : edit.end])))
        grown += len(edit.words) - (edit.end - edit.start)
    return tuple(edits)


def tidied(base: Sequence[str], edits: Iterable[Edit]) -> Edits:
    """Return edits as a change: those that touch are merged, those that change nothing left out.

    The edits are in order and do not overlap.
    """
    merged: list[Edit] = []
    for edit in edits:
        if merged and merged[-1].end == edit.start:
            before = merged.pop()
            merged.append(Edit(before.start, edit.end, before.words + edit.words))
        else:
            merged.append(edit)
    return tuple(lean for edit in merged if (lean := _lean(base, edit)))


def touched(change: Iterable[Edit], base: Sequence[str]) -> int:
    """Return how many words a change deletes from its base and inserts into it."""
    return sum(counted(edit.words) + counted(base[edit.start : edit.end]) for edit in change)


def _edits(base: list[str], target: list[str], gaps: list[Gap]) -> Edits:
    return tidied(base, (Edit(i, k, tuple(target[j:m])) for i, k, j, m in gaps))


def _lean(base: Sequence[str], edit: Edit) -> Edit | None:
    """Return an edit without unchanged words at its borders; None if it changes nothing."""
    start, end, words = edit.start, edit.end, list(edit.words)
    while start < end and words and base[end - 1] == words[-1]:
        end -= 1
        words.pop()
    kept = 0
    while start < end and kept < len(words) and base[start] == words[kept]:
        start += 1
        kept += 1
    return Edit(start, end, tuple(words[kept:])) if start < end or kept < len(words) else None
