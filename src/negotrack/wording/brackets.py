"""Brackets: words that are not agreed, as drafts mark them, and their alternatives side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.errors import Rejected
from negotrack.wording.changes import Edit, tidied
from negotrack.wording.passages import before
from negotrack.wording.words import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from negotrack.wording.changes import Edits

_OPEN, _CLOSE = "[", "]"
_BETWEEN = frozenset({"/", "or"})
"""What may stand between two alternatives, besides white space."""

LEFT_OUT = ("[", "…", "]")
"""What stands for brackets in a clean text."""


class Bracket(NamedTuple):
    """Words in square brackets.

    ``start`` is the place of the token ``[`` and ``end`` is just past its ``]``; ``depth`` is 0 for
    a bracket that stands in no other. Brackets of the same ``group`` are alternatives: nothing but
    white space in one paragraph, "/" or "or" stands between them.
    """

    start: int
    end: int
    depth: int
    words: str
    group: int


def brackets(tokens: Sequence[str]) -> list[Bracket]:
    """Return all brackets in the order in which they open, those inside others too.

    Raises:
        Rejected: A bracket is not closed, or closed and not opened.

    """
    spans = _spans(tokens)
    all_brackets: list[Bracket] = []
    ended: dict[int, Bracket] = {}
    groups = 0
    for start, end, depth in sorted(spans):
        neighbour = ended.get(depth)
        if neighbour and _alternatives(tokens, neighbour.end, start):
            group = neighbour.group
        else:
            group = groups
            groups += 1
        words = joined(tokens[start + 1 : end - 1]).strip()
        ended[depth] = Bracket(start, end, depth, words, group)
        all_brackets.append(ended[depth])
    return all_brackets


def placed(tokens: Sequence[str], start: int, end: int, alternative: Sequence[str] = ()) -> Edits:
    """Return the change that puts a passage in brackets, and an alternative behind it.

    Where the passage is empty, the alternative alone stands in brackets.

    Raises:
        Rejected: There is nothing to put in brackets, or its own brackets do not balance.

    """
    start, end = _stripped(tokens, start, end)
    other = _bare(alternative)
    brackets(tokens[start:end])
    brackets(other)
    offered = ("[", *other, "]")
    if start < end:
        behind = (" ", *offered) if other else ()
        return (Edit(start, start, ("[",)), Edit(end, end, ("]", *behind)))
    if not other:
        raise Rejected("there are no words to put in brackets", "name a passage, or an alternative")
    return (Edit(start, start, _spaced(tokens, start, offered)),)


def lifted(tokens: Sequence[str], bracket: Bracket, keeps: Sequence[str] | None = None) -> Edits:
    """Return the change that takes a bracket out of the text, with the whole row it stands in.

    What stays is ``keeps``, or the bracket's own words where that is None. Where nothing stays, the
    blank before it goes too.
    """
    row = [one for one in brackets(tokens) if one.group == bracket.group]
    start, end = row[0].start, row[-1].end
    if keeps is None:
        inner, outer = _stripped(tokens, bracket.start + 1, bracket.end - 1)
        if inner < outer:
            return tidied(tokens, [Edit(start, inner, ()), Edit(outer, end, ())])
        keeps = ()
    stays = _bare(keeps)
    if not stays:
        start, end = _with_blank(tokens, start, end)
    return tidied(tokens, [Edit(start, end, stays)])


def unbracketed(tokens: Sequence[str]) -> list[str]:
    """Return what stands in no bracket; each row of brackets is marked by ``[…]``."""
    clean: list[str] = []
    done, row = 0, -1
    for bracket in brackets(tokens):
        if bracket.depth:
            continue
        if bracket.group != row:
            clean += tokens[done : bracket.start]
            clean += LEFT_OUT
        done, row = bracket.end, bracket.group
    return clean + list(tokens[done:])


def _spans(tokens: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield where each bracket begins and ends, and its depth, as they close."""
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token == _OPEN:
            opened.append(place)
        elif token == _CLOSE:
            if not opened:
                raise Rejected(
                    f"a bracket is closed that was not opened, {_where(tokens, place)}",
                    "add the “[” that is missing, or take the “]” away",
                )
            yield opened.pop(), place + 1, len(opened)
    if opened:
        raise Rejected(
            f"a bracket is opened and not closed, {_where(tokens, opened[-1])}",
            "add the “]” that is missing, or take the “[” away",
        )


def _where(tokens: Sequence[str], place: int) -> str:
    words = before(tokens, place)
    return f"after ‘{words}’" if words else "at the beginning"


def _alternatives(tokens: Sequence[str], start: int, end: int) -> bool:
    between = tokens[start:end]
    solid = [token for token in between if not token.isspace()]
    return (
        start <= end
        and len(solid) <= 1
        and _BETWEEN.issuperset(solid)
        and not any("\n" in token for token in between)
    )


def _stripped(tokens: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return a passage without the white space at its borders."""
    while start < end and tokens[start].isspace():
        start += 1
    while start < end and tokens[end - 1].isspace():
        end -= 1
    return start, end


def _bare(tokens: Sequence[str]) -> tuple[str, ...]:
    start, end = _stripped(tokens, 0, len(tokens))
    return tuple(tokens[start:end])


def _spaced(tokens: Sequence[str], place: int, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words with a blank towards a neighbour that is a word or a bracket."""
    ahead = place > 0 and not tokens[place - 1].isspace()
    behind = place < len(tokens) and (tokens[place][0].isalnum() or tokens[place] == "[")
    return (*((" ",) if ahead else ()), *words, *((" ",) if behind else ()))


def _with_blank(tokens: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return a passage with the blank beside it that goes when the passage does."""
    last = end == len(tokens) or "\n" in tokens[end]
    if start and tokens[start - 1].isspace() and (last or "\n" not in tokens[start - 1]):
        return start - 1, end
    if end < len(tokens) and tokens[end].isspace() and (not start or "\n" in tokens[start - 1]):
        return start, end + 1
    return start, end
