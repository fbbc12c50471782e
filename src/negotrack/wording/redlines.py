"""Redlines: what one text deletes, inserts and moves in another, in one row of segments."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from negotrack.wording.changes import change
from negotrack.wording.moves import moves
from negotrack.wording.words import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from negotrack.wording.moves import MovedPassage

SegmentKind = Literal["same", "deleted", "inserted", "moved-away", "moved-here"]


class Segment(NamedTuple):
    """Words that have one fate.

    ``move`` numbers a passage that moved, from 1, and what changed inside it; 0 is none. ``layer``
    2 is what the amendment of an amendment does. ``undone`` says that layer 2 takes out what
    layer 1 had put in: such words are deleted, and are not words of the base.

    Segments that are same, deleted (and not undone) or moved away are the base, in order; those
    that are same, inserted or moved here are the target.
    """

    kind: SegmentKind
    words: str
    move: int = 0
    layer: int = 1
    undone: bool = False


Redline = list[Segment]


def redline(base: Sequence[str], target: Sequence[str]) -> Redline:
    """Return what a target does to its base, with moved passages as moves."""
    return redline_of_parts({"": base}, {"": target})[""]


def redline_of_parts(
    base: Mapping[str, Sequence[str]], target: Mapping[str, Sequence[str]]
) -> dict[str, Redline]:
    """Return the redline of each part of two documents, by its address.

    The parts are in the order of the target; a part that only the base has follows the one that it
    followed there. A passage that moved from one part to another is a move as well.
    """
    changes = {
        address: change(base.get(address, ()), target.get(address, ()))
        for address in _in_order(list(base), list(target))
    }
    deleted: list[Sequence[str]] = []
    inserted: list[Sequence[str]] = []
    for address, edits in changes.items():
        deleted += [base.get(address, ())[edit.start : edit.end] for edit in edits]
        inserted += [edit.words for edit in edits]
    away, here = _by_run(moves(deleted, inserted))
    redlines: dict[str, Redline] = {}
    run = 0
    for address, edits in changes.items():
        part, done = base.get(address, ()), 0
        segments: Redline = []
        for edit in edits:
            segments.append(Segment("same", joined(part[done : edit.start])))
            segments += _pieces(deleted[run], "deleted", "moved-away", away.get(run, []))
            segments += _pieces(inserted[run], "inserted", "moved-here", here.get(run, []))
            done, run = edit.end, run + 1
        segments.append(Segment("same", joined(part[done:])))
        redlines[address] = [segment for segment in segments if segment.words]
    return redlines


def two_layers(base: Sequence[str], amended: Sequence[str], again: Sequence[str]) -> Redline:
    """Return what an amendment does to a text, and on layer 2 what another does to the amendment.

    Moves are not sought: the words of each layer stand where that layer puts them.
    """
    second = change(amended, again)
    marks = [False] * len(amended)
    put_in: dict[int, tuple[str, ...]] = {}
    for edit in second:
        marks[edit.start : edit.end] = [True] * (edit.end - edit.start)
        put_in[edit.end] = edit.words
    return _joined(_layers(base, amended, marks, put_in))


def _layers(
    base: Sequence[str],
    amended: Sequence[str],
    marks: Sequence[bool],
    put_in: Mapping[int, Sequence[str]],
) -> Iterator[Segment]:
    """Yield segments of one token; ``marks`` are True for what goes, ``put_in`` is what comes."""
    yield from (Segment("inserted", token, 0, 2) for token in put_in.get(0, ()))
    place = done = 0
    steps = [*change(base, amended), None]
    for edit in steps:
        kept = (edit.start if edit else len(base)) - done
        for fresh, count in ((False, kept), (True, len(edit.words) if edit else 0)):
            for token in amended[place : place + count]:
                yield _layered(token, fresh=fresh, gone=marks[place])
                place += 1
                yield from (Segment("inserted", one, 0, 2) for one in put_in.get(place, ()))
            if edit and not fresh:
                yield from (Segment("deleted", one) for one in base[edit.start : edit.end])
        done = edit.end if edit else done


def _layered(token: str, *, fresh: bool, gone: bool) -> Segment:
    if gone:
        return Segment("deleted", token, 0, 2, fresh)
    return Segment("inserted" if fresh else "same", token)


def _joined(segments: Iterable[Segment]) -> Redline:
    rows = groupby(segments, key=lambda one: one._replace(words=""))
    return [fate._replace(words="".join(one.words for one in row)) for fate, row in rows]


def _in_order(base: list[str], target: list[str]) -> list[str]:
    """Return all addresses, those of the target in its order, the others behind their neighbour."""
    there = set(target)
    behind: dict[str, list[str]] = {}
    last = ""
    for address in base:
        if address in there:
            last = address
        else:
            behind.setdefault(last, []).append(address)
    addresses = behind.get("", []) if "" not in there else []
    for address in target:
        addresses = [*addresses, address, *behind.get(address, [])]
    return addresses


def _by_run(
    passages: Iterable[MovedPassage],
) -> tuple[dict[int, list[MovedPassage]], dict[int, list[MovedPassage]]]:
    away: dict[int, list[MovedPassage]] = {}
    here: dict[int, list[MovedPassage]] = {}
    for move in passages:
        away.setdefault(move.away.run, []).append(move)
        here.setdefault(move.here.run, []).append(move)
    return away, here


def _pieces(
    tokens: Sequence[str], plain: SegmentKind, moved: SegmentKind, passages: Iterable[MovedPassage]
) -> Iterator[Segment]:
    """Yield a run as plain and moved segments; what parts a moved passage has its number."""
    done, number = 0, 0
    spans = sorted((m.away if moved == "moved-away" else m.here, m.number) for m in passages)
    for span, move in spans:
        inside = move if move == number else 0
        yield Segment(plain, joined(tokens[done : span.start]), inside)
        yield Segment(moved, joined(tokens[span.start : span.end]), move)
        done, number = span.end, move
    yield Segment(plain, joined(tokens[done:]))
