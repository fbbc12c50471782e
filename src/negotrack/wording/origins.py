"""Origins: who brought each word into a text, through all its versions; and where words went.

A word that stays where it is keeps its origin, and so does a passage that moves, or that is deleted
and comes back: it is not credited twice. A word that is new is credited to all who offered it at
its place, or to the version itself where nobody did.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.wording.changes import least
from negotrack.wording.matching import gaps
from negotrack.wording.moves import LEAST, moves
from negotrack.wording.words import is_word, joined

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping, Sequence

    from negotrack.wording.changes import Edit, Edits

RETURNS = 3
"""So many words a passage must have to count as one that came back or moved."""


class TextVersion(NamedTuple):
    """A text at one time.

    ``offers`` are the changes of the version before this one that were pending, by their keys.
    """

    key: Hashable
    words: Sequence[str]
    offers: Mapping[Hashable, Edits] = {}


class Survivor(NamedTuple):
    """Words that an offer would insert, and where they are in the last version.

    ``kept`` says that they are there on the credit of this offer; then they are ``start`` to
    ``end`` of its tokens, else both are -1.
    """

    words: str
    kept: bool
    start: int = -1
    end: int = -1


class _Step(NamedTuple):
    """A version: the numbers of its tokens, and which words of each offer it took up where."""

    numbers: list[int]
    taken: dict[Hashable, dict[tuple[int, int], int]]


class _Run(NamedTuple):
    """Tokens that were deleted, with their numbers."""

    tokens: Sequence[str]
    numbers: Sequence[int]


def origins(versions: Sequence[TextVersion]) -> list[tuple[Hashable, ...]]:
    """Return for each token of the last version the keys that share the credit for it."""
    steps, credit = _traced(versions)
    return [credit[number] for number in steps[-1].numbers] if steps else []


def survived(versions: Sequence[TextVersion], key: Hashable) -> list[Survivor]:
    """Return the words that an offer would insert, in its order, and which of them are left.

    Where the offer was pending through several versions, the first that took up some of it counts.
    """
    steps, credit = _traced(versions)
    chosen = _chosen(versions, steps, key)
    if chosen is None:
        return []
    where = {number: place for place, number in enumerate(steps[-1].numbers)}
    taken, numbers = steps[chosen].taken.get(key, {}), steps[chosen].numbers
    survivors: list[Survivor] = []
    for at, edit in enumerate(versions[chosen].offers[key]):
        places: list[int] = []
        for n in range(len(edit.words)):
            number = numbers[taken[at, n]] if (at, n) in taken else -1
            mine = number >= 0 and key in credit[number]
            places.append(where.get(number, -1) if mine else -1)
        survivors += _survivors(edit.words, places)
    return survivors


def _chosen(versions: Sequence[TextVersion], steps: Sequence[_Step], key: Hashable) -> int | None:
    offered = [n for n, version in enumerate(versions) if n and key in version.offers]
    took = [n for n in offered if key in steps[n].taken]
    return took[0] if took else offered[-1] if offered else None


def _survivors(words: Sequence[str], places: Sequence[int]) -> Iterator[Survivor]:
    """Yield runs of words that are in a row in the last version, or not in it."""
    start = 0
    for n in range(1, len(words) + 1):
        if n < len(words) and places[n] == (places[n - 1] + 1 if places[n - 1] >= 0 else -1):
            continue
        run = joined(words[start:n])
        if places[start] < 0:
            yield Survivor(run, kept=False)
        else:
            yield Survivor(run, kept=True, start=places[start], end=places[n - 1] + 1)
        start = n


def _traced(versions: Sequence[TextVersion]) -> tuple[list[_Step], list[tuple[Hashable, ...]]]:
    """Give each token a number when it is first brought in; return them, and who gets credit."""
    steps: list[_Step] = []
    credit: list[tuple[Hashable, ...]] = []
    gone: list[_Run] = []
    before: Sequence[str] = ()
    for version in versions:
        if steps:
            steps.append(_step(before, steps[-1].numbers, version, gone, credit))
        else:
            credit += [(version.key,)] * len(version.words)
            steps.append(_Step(list(range(len(credit))), {}))
        before = version.words
    return steps, credit


def _step(
    before: Sequence[str],
    old: list[int],
    version: TextVersion,
    gone: list[_Run],
    credit: list[tuple[Hashable, ...]],
) -> _Step:
    """Number the tokens of a version: those that are new get numbers, and their credit."""
    edits = least(before, version.words)
    gone += [_Run(before[e.start : e.end], old[e.start : e.end]) for e in edits if e.start < e.end]
    back = _back(edits, before, gone)
    taken: dict[Hashable, dict[tuple[int, int], int]] = {}
    numbers: list[int] = []
    done = 0
    for at, edit in enumerate(edits):
        numbers += old[done : edit.start]
        keys = _offered(edit, version.offers, len(numbers), taken)
        for n in range(len(edit.words)):
            if (at, n) in back:
                numbers.append(back[at, n])
            else:
                numbers.append(len(credit))
                credit.append(tuple(keys.get(n, ())) or (version.key,))
        done = edit.end
    numbers += old[done:]
    return _Step(numbers, taken)


def _back(edits: Edits, before: Sequence[str], gone: Sequence[_Run]) -> dict[tuple[int, int], int]:
    """Return the numbers of inserted tokens that were in the text before, by edit and token.

    A short passage that also stands where nothing changed is a formula, and did not come back.
    """
    numbers: dict[tuple[int, int], int] = {}
    standing: str | None = None
    for move in moves([run.tokens for run in gone], [edit.words for edit in edits], RETURNS):
        away, here = move.away, move.here
        passage = gone[away.run].tokens[away.start : away.end]
        if sum(map(is_word, passage)) < LEAST:
            standing = _standing(edits, before) if standing is None else standing
            if joined(passage).strip() in standing:
                continue
        for n in range(here.end - here.start):
            numbers[here.run, here.start + n] = gone[away.run].numbers[away.start + n]
    return numbers


def _standing(edits: Edits, before: Sequence[str]) -> str:
    """Return what of a text did not change, its pieces parted by lines."""
    pieces: list[str] = []
    done = 0
    for edit in edits:
        pieces.append(joined(before[done : edit.start]))
        done = edit.end
    return "\n".join([*pieces, joined(before[done:])])


def _offered(
    edit: Edit,
    offers: Mapping[Hashable, Edits],
    place: int,
    taken: dict[Hashable, dict[tuple[int, int], int]],
) -> dict[int, list[Hashable]]:
    """Return who offered each token that an edit inserts; note in ``taken`` which ones, and where.

    ``place`` is where the words of the edit begin in the new version.
    """
    keys: dict[int, list[Hashable]] = {}
    for key, change in offers.items():
        mine: set[int] = set()
        for at, offer in enumerate(change):
            if not _near(edit, offer):
                continue
            noted = taken.get(key, {})
            left = [n for n in range(len(offer.words)) if (at, n) not in noted]
            for ours, theirs in _shared([offer.words[n] for n in left], edit.words):
                if theirs not in mine:
                    taken.setdefault(key, noted)[at, left[ours]] = place + theirs
                    mine.add(theirs)
        for n in mine:
            keys.setdefault(n, []).append(key)
    return keys


def _near(edit: Edit, offer: Edit) -> bool:
    """Tell whether two edits are at one place, where a blank more or less makes no other place."""
    return edit.start <= offer.end + 1 and offer.start <= edit.end + 1


def _shared(offer: Sequence[str], inserted: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of tokens that an offer and an insertion have in common, as pairs.

    Where words are inserted and only blanks and punctuation are common, there is none.
    """
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for start, end, first, last in [
        *gaps(list(offer), list(inserted)),
        (len(offer), 0, len(inserted), 0),
    ]:
        pairs += zip(range(i, start), range(j, first), strict=True)
        i, j = end, last
    if any(map(is_word, inserted)) and not any(is_word(inserted[n]) for _, n in pairs):
        return []
    return pairs
