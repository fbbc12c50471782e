"""Moves: passages that were taken out in one place and put in at another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from negotrack.wording.words import is_word

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 5
"""So many words a passage must have to count as moved; fewer are a turn of phrase."""
_SLIPS = 2
"""So many words may have changed, on either side, between two parts of one moved passage."""


class WordSpan(NamedTuple):
    """The tokens ``start`` to ``end`` of a run, by its number."""

    run: int
    start: int
    end: int


class MovedPassage(NamedTuple):
    """A passage that moved: the same tokens ``away`` from one run and ``here`` in another.

    Parts of one passage in which a word or two changed share a ``number``, from 1 in the order of
    where they arrived.
    """

    number: int
    away: WordSpan
    here: WordSpan


class _Match(NamedTuple):
    away: WordSpan
    here: WordSpan
    words: int


def moves(
    deleted: Sequence[Sequence[str]], inserted: Sequence[Sequence[str]], least: int = LEAST
) -> list[MovedPassage]:
    """Return the passages of ``least`` words or more that deleted and inserted runs share.

    Each token moves once; longer passages are found before shorter ones.
    """
    matches = _disjoint(_matches(deleted, inserted, least), deleted, least)
    return _numbered(sorted(matches, key=lambda one: one.here), deleted, inserted)


def _places(run: Sequence[str]) -> list[int]:
    return [place for place, token in enumerate(run) if is_word(token)]


def _matches(
    deleted: Sequence[Sequence[str]], inserted: Sequence[Sequence[str]], least: int
) -> list[_Match]:
    """Return the longest passages that begin with the same words, each once."""
    index: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    ours = [_places(run) for run in deleted]
    for number, run in enumerate(deleted):
        places = ours[number]
        for at in range(len(places) - least + 1):
            gram = tuple(run[place] for place in places[at : at + least])
            index[gram].append((number, places[at]))
    matches: list[_Match] = []
    if not index:
        return matches
    for number, run in enumerate(inserted):
        places = _places(run)
        done: dict[tuple[int, int], int] = {}
        for at in range(len(places) - least + 1):
            gram = tuple(run[place] for place in places[at : at + least])
            for other, place in index.get(gram, ()):
                start = places[at]
                line = (other, place - start)
                if done.get(line, -1) > start:
                    continue
                match = _match(deleted[other], place, run, start, line=(other, number))
                done[line] = match.here.end
                if match.words >= least:
                    matches.append(match)
    return matches


def _match(
    one: Sequence[str], at: int, other: Sequence[str], place: int, *, line: tuple[int, int]
) -> _Match:
    """Return the passage from two places on, with the same blanks and punctuation before it."""
    end = _common(one, at, other, place)
    begin = 0
    while min(at, place) > begin and one[at - begin - 1] == other[place - begin - 1]:
        if is_word(one[at - begin - 1]):
            break
        begin += 1
    away, here = line
    return _Match(
        WordSpan(away, at - begin, at + end),
        WordSpan(here, place - begin, place + end),
        sum(map(is_word, one[at : at + end])),
    )


def _common(one: Sequence[str], at: int, other: Sequence[str], place: int) -> int:
    """Return how many tokens are the same from two places on."""
    length = 0
    most = min(len(one) - at, len(other) - place)
    while length < most and one[at + length] == other[place + length]:
        length += 1
    return length


def _disjoint(matches: list[_Match], deleted: Sequence[Sequence[str]], least: int) -> list[_Match]:
    """Choose matches so that no token is in two, the longest first; what is cut must still do."""
    gone: set[tuple[int, int]] = set()
    came: set[tuple[int, int]] = set()
    chosen: list[_Match] = []
    for one in sorted(matches, key=lambda match: (-match.words, match.here)):
        whole = zip(_tokens(one.away), _tokens(one.here), strict=True)
        start, end = _longest_free([a in gone or b in came for a, b in whole])
        away, here = _cut(one.away, start, end), _cut(one.here, start, end)
        size = sum(map(is_word, deleted[away.run][away.start : away.end]))
        if size >= least:
            gone.update(_tokens(away))
            came.update(_tokens(here))
            chosen.append(_Match(away, here, size))
    return chosen


def _tokens(span: WordSpan) -> list[tuple[int, int]]:
    return [(span.run, place) for place in range(span.start, span.end)]


def _cut(span: WordSpan, start: int, end: int) -> WordSpan:
    return WordSpan(span.run, span.start + start, span.start + end)


def _longest_free(taken: Sequence[bool]) -> tuple[int, int]:
    best, start = (0, 0), 0
    for place, mark in enumerate([*taken, True]):
        if mark:
            if place - start > best[1] - best[0]:
                best = (start, place)
            start = place + 1
    return best


def _numbered(
    matches: list[_Match], deleted: Sequence[Sequence[str]], inserted: Sequence[Sequence[str]]
) -> list[MovedPassage]:
    passages: list[MovedPassage] = []
    for one in matches:
        last = passages[-1] if passages else None
        number = last.number if last else 0
        if last is None or not _continues(last, one, deleted, inserted):
            number += 1
        passages.append(MovedPassage(number, one.away, one.here))
    return passages


def _continues(
    last: MovedPassage,
    one: _Match,
    deleted: Sequence[Sequence[str]],
    inserted: Sequence[Sequence[str]],
) -> bool:
    """Tell whether a match goes on with the passage of the last, but for a word or two."""
    if last.away.run != one.away.run or last.here.run != one.here.run:
        return False
    if not last.away.end <= one.away.start:
        return False
    ours = deleted[one.away.run][last.away.end : one.away.start]
    theirs = inserted[one.here.run][last.here.end : one.here.start]
    return all(sum(map(is_word, between)) <= _SLIPS for between in (ours, theirs))
