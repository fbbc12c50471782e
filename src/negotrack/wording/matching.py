"""Matching: which tokens two texts have in common, in a time that grows with their length.

Patience: what stands once in both texts, first runs of four tokens, then of two, then single ones,
anchors one text to the other, and what lies between two anchors is matched in the same way. Where
nothing stands once, the shortest change is sought (Myers, "An O(ND) difference algorithm and its
variations", 1986), up to a bound beyond which a passage counts as rewritten. Blanks are matched
last, between words that match: they are half of all tokens and say nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import compress, islice
from operator import not_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

Gap = tuple[int, int, int, int]
"""``base[i:k]`` is replaced by ``target[j:m]``, written ``(i, k, j, m)``."""

Pair = tuple[int, int]

_DEPTH = 40
"""So often a gap is anchored anew; texts that were made to need more count as rewritten."""
_BOUND = 120
"""So many tokens the shortest change may insert and delete where nothing anchors the texts."""


def gaps(base: list[str], target: list[str]) -> list[Gap]:
    """Return what differs, in order: gaps between runs of tokens that are the same in both."""
    head = _head(base, target)
    tail = _tail(base, target, head)
    end, last = len(base) - tail, len(target) - tail
    if head in (end, last):
        return [(head, end, head, last)] if end > head or last > head else []
    ours = _solid(base, head, end)
    theirs = _solid(target, head, last)
    pairs = _matched([base[i] for i in ours], [target[j] for j in theirs])
    differences: list[Gap] = []
    i, j = head, head
    for one, other in [*pairs, (len(ours), len(theirs))]:
        k, m = (ours[one], theirs[other]) if one < len(ours) else (end, last)
        if (k > i or m > j) and base[i:k] != target[j:m]:
            differences.append(_bare(base, target, (i, k, j, m)))
        i, j = k + 1, m + 1
    return differences


def _solid(tokens: list[str], start: int, end: int) -> list[int]:
    """Return the places of what is not white space."""
    blank = map(str.isspace, islice(tokens, start, end))
    return list(compress(range(start, end), map(not_, blank)))


def _bare(base: list[str], target: list[str], gap: Gap) -> Gap:
    """Return a gap without the same blanks at its borders."""
    i, k, j, m = gap
    while i < k and j < m and base[i] == target[j]:
        i += 1
        j += 1
    while i < k and j < m and base[k - 1] == target[m - 1]:
        k -= 1
        m -= 1
    return (i, k, j, m)


def _head(base: list[str], target: list[str]) -> int:
    """Return how many first tokens are the same, comparing long runs at once."""
    low, high = 0, min(len(base), len(target))
    if base[:high] == target[:high]:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if base[low:middle] == target[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _tail(base: list[str], target: list[str], head: int) -> int:
    """Return how many last tokens are the same, of those behind the first that are."""
    most = min(len(base), len(target)) - head
    same = 0
    while same < most and base[-1 - same] == target[-1 - same]:
        same += 1
    return same


def _matched(base: list[str], target: list[str]) -> list[Pair]:
    """Return the places of words that match, rising in both texts."""
    pairs: list[Pair] = []
    open_gaps = [(0, len(base), 0, len(target), 0)]
    while open_gaps:
        i, k, j, m, depth = open_gaps.pop()
        while i < k and j < m and base[i] == target[j]:
            pairs.append((i, j))
            i += 1
            j += 1
        while i < k and j < m and base[k - 1] == target[m - 1]:
            k -= 1
            m -= 1
            pairs.append((k, m))
        if i == k or j == m:
            continue
        anchors = _anchors(base[i:k], target[j:m]) if depth < _DEPTH else []
        if not anchors:
            pairs += [(i + x, j + y) for x, y in _shortest(base[i:k], target[j:m])]
            continue
        anchors = [(i + x, j + y) for x, y in anchors]
        pairs += anchors
        for one, other in [*anchors, (k, m)]:
            if i < one and j < other:
                open_gaps.append((i, one, j, other, depth + 1))
            i, j = one + 1, other + 1
    return sorted(pairs)


def _anchors(base: list[str], target: list[str]) -> list[Pair]:
    """Return places of what stands once in both texts, in long runs if possible."""
    shorter = min(len(base), len(target))
    for length, enough in ((4, 48), (2, 12), (1, 1)):
        if shorter >= enough:
            pairs = _lone(_runs(base, length), _runs(target, length))
            if pairs:
                return _rising(pairs)
    return []


def _runs(tokens: list[str], length: int) -> Sequence[Hashable]:
    return list(zip(*(tokens[n:] for n in range(length)), strict=False)) if length > 1 else tokens


def _lone(base: Sequence[Hashable], target: Sequence[Hashable]) -> list[Pair]:
    """Return the places of what is once in the one and once in the other, by the first."""
    counts, others = Counter(base), Counter(target)
    ours = dict(zip(base, range(len(base)), strict=True))
    theirs = dict(zip(target, range(len(target)), strict=True))
    return [(ours[t], theirs[t]) for t, n in counts.items() if n == 1 and others.get(t) == 1]


def _rising(pairs: list[Pair]) -> list[Pair]:
    """Return the longest row of pairs that rises in both places; they rise in the first."""
    places = [place for _, place in pairs]
    if places == sorted(places):
        return pairs
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, place in enumerate(places):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1] = [place]
        last[at : at + 1] = [n]
    row: list[Pair] = []
    n = last[-1] if last else -1
    while n >= 0:
        row.append(pairs[n])
        n = before[n]
    return row[::-1]


def _shortest(base: list[str], target: list[str]) -> list[Pair]:
    """Return the matches of the shortest change, or none where it is longer than the bound."""
    common = set(base) & set(target)
    ours = [i for i, token in enumerate(base) if token in common]
    theirs = [j for j, token in enumerate(target) if token in common]
    steps = _trace([base[i] for i in ours], [target[j] for j in theirs])
    return [(ours[x], theirs[y]) for x, y in _walked(steps, len(ours), len(theirs))]


def _trace(base: list[str], target: list[str]) -> list[dict[int, int]]:
    """Return how far each number of edits reaches on each diagonal; empty beyond the bound."""
    reach = {1: 0}
    steps: list[dict[int, int]] = []
    for edits in range(min(_BOUND, len(base) + len(target)) + 1):
        steps.append(reach.copy())
        for line in range(-edits, edits + 1, 2):
            down = line == -edits or (line != edits and reach[line - 1] < reach[line + 1])
            x = reach[line + 1] if down else reach[line - 1] + 1
            y = x - line
            while x < len(base) and y < len(target) and base[x] == target[y]:
                x += 1
                y += 1
            reach[line] = x
            if line == len(base) - len(target) and x >= len(base):
                return steps
    return []


def _walked(steps: list[dict[int, int]], x: int, y: int) -> list[Pair]:
    """Walk a trace back from its end; return the matches on the way, the last first."""
    pairs: list[Pair] = []
    for edits in range(len(steps) - 1, -1, -1):
        reach, line = steps[edits], x - y
        down = line == -edits or (line != edits and reach[line - 1] < reach[line + 1])
        line += 1 if down else -1
        start = reach[line] if edits else 0
        floor = start + (0 if down or not edits else 1)
        while x > floor:
            x -= 1
            y -= 1
            pairs.append((x, y))
        x, y = start, start - line
    return pairs
