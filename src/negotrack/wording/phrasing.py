"""Phrasing: a change in the words in which it is read out in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.wording.layout import Set, laid, ordinal
from negotrack.wording.words import is_word, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotrack.wording.changes import Edit, Edits

_MARKS = {
    ",": "a comma",
    ";": "a semicolon",
    ":": "a colon",
    ".": "a full stop",
    "?": "a question mark",
    "[": "an opening bracket",
    "]": "a closing bracket",
}
_LONG = 12
"""Of more words than this that are deleted, only the first and the last are read out."""
_ENDS = 4


class _Text(NamedTuple):
    """A text, and how it is set."""

    tokens: Sequence[str]
    set: Set

    @property
    def several(self) -> bool:
        """Tell whether paragraphs have to be named."""
        return len(self.set.starts) > 1


def phrased(base: Sequence[str], change: Edits, *, width: int = 72) -> list[str]:
    """Return one sentence for each edit of a change, in order, without a full stop at its end.

    Lines are counted as the text is set at ``width`` columns, in each paragraph anew; paragraphs
    are named where there are several. An edit of nothing but blanks has no sentence.
    """
    text = _Text(base, laid(base, width))
    return [phrase for edit in change if (phrase := _phrase_of(text, edit))]


def _phrase_of(text: _Text, edit: Edit) -> str:
    deleted, new = text.tokens[edit.start : edit.end], list(edit.words)
    start, end = _core(text.tokens, edit.start, edit.end)
    if start == end and not joined(new).strip():
        return _parted(text, edit, deleted, new)
    if _whole(text, start, end) and _is_whole(text, edit):
        return _paragraphs(text, start, end, new)
    if start == end:
        return _inserted(text, edit, new)
    place = _place(text, start, end)
    gone = _deleted(text, start, end)
    if not joined(new).strip():
        return f"{place}, delete {gone}"
    return f"{place}, delete {gone} and insert {_quoted(new)}"


def _parted(text: _Text, edit: Edit, deleted: Sequence[str], new: Sequence[str]) -> str:
    """Say that a paragraph is parted in two, or two are joined; other blanks are not worth it."""
    was, becomes = "\n" in joined(deleted), "\n" in joined(new)
    if was == becomes or not 0 < edit.start <= edit.end < len(text.tokens):
        return ""
    if was:
        first, second = text.set.paragraph(edit.start), text.set.paragraph(edit.end)
        return f"join paragraphs {first + 1} and {second + 1}"
    place = _place(text, edit.start - 1, edit.start)
    return f"{place}, {_behind(text, edit.start)}, begin a new paragraph"


def _inserted(text: _Text, edit: Edit, new: list[str]) -> str:
    place = edit.start
    paragraph = text.set.paragraph(place)
    first, last = text.set.starts[paragraph], text.set.ends[paragraph]
    if _blank(text.tokens, 0, len(text.tokens)):
        return f"insert {_quoted(new)}"
    if place >= last and joined(new).startswith("\n"):
        return _new_paragraphs(text, paragraph + 1, new)
    if place == first and joined(new).endswith("\n"):
        return _new_paragraphs(text, paragraph, new)
    of = f" of paragraph {paragraph + 1}" if text.several else ""
    if _blank(text.tokens, place, last):
        return f"at the end{of}, add {_quoted(new)}"
    if _blank(text.tokens, first, place):
        return f"at the beginning{of}, insert {_quoted(new)}"
    where = _place(text, _solid_before(text, place), place)
    return f"{where}, {_behind(text, place)}, insert {_quoted(new)}"


def _new_paragraphs(text: _Text, behind: int, new: list[str]) -> str:
    """Say where new paragraphs stand by the number, from 1, of the one before them."""
    if not behind:
        return f"at the beginning, insert {_as_paragraphs(new)}"
    if behind == len(text.set.starts):
        return f"at the end, add {_as_paragraphs(new)}"
    return f"after paragraph {behind}, insert {_as_paragraphs(new)}"


def _as_paragraphs(new: list[str]) -> str:
    count = sum(1 for line in joined(new).split("\n") if line.strip())
    return f"{'a new paragraph' if count == 1 else f'{count} new paragraphs'}: {_quoted(new)}"


def _whole(text: _Text, start: int, end: int) -> bool:
    """Tell whether a passage is one or more whole paragraphs."""
    if start == end:
        return False
    first, last = text.set.paragraph(start), text.set.paragraph(end - 1)
    return _core(text.tokens, text.set.starts[first], text.set.ends[last]) == (start, end)


def _is_whole(text: _Text, edit: Edit) -> bool:
    """Tell whether what an edit puts in the place of paragraphs is on its own there as well."""
    new = joined(edit.words)
    before, after = joined(text.tokens[: edit.start]), joined(text.tokens[edit.end :])
    head = not before.strip() or before.endswith("\n") or new.startswith("\n") or not new.strip()
    tail = not after.strip() or after.startswith("\n") or new.endswith("\n") or not new.strip()
    return head and tail


def _paragraphs(text: _Text, start: int, end: int, new: list[str]) -> str:
    first, last = text.set.paragraph(start), text.set.paragraph(end - 1)
    if not text.several:
        named = "the paragraph"
    elif first == last:
        named = f"paragraph {first + 1}"
    else:
        named = f"paragraphs {first + 1} {'and' if last == first + 1 else 'to'} {last + 1}"
    if not joined(new).strip():
        return f"delete {named}"
    return f"replace {named} by {_quoted(new)}"


def _place(text: _Text, start: int, end: int) -> str:
    """Return the lines of a passage, and its paragraph where there are several."""
    first, last = text.set.paragraph(start), text.set.paragraph(end - 1)
    one, other = text.set.line(start), text.set.line(end - 1)
    if first != last:
        return f"in paragraph {first + 1}, line {one}, to paragraph {last + 1}, line {other}"
    of = f"in paragraph {first + 1}, " if text.several else "in "
    if one == other:
        return f"{of}line {one}"
    return f"{of}lines {one} {'and' if other == one + 1 else 'to'} {other}"


def _behind(text: _Text, place: int) -> str:
    at = _solid_before(text, place)
    return f"after {_which(text, at, at + 1)}"


def _solid_before(text: _Text, place: int) -> int:
    """Return the place of the last token before a place that is not a blank."""
    at = place - 1
    while at and text.tokens[at].isspace():
        at -= 1
    return at


def _deleted(text: _Text, start: int, end: int) -> str:
    passage = text.tokens[start:end]
    spots = [start + n for n, token in enumerate(passage) if is_word(token)]
    if len(spots) <= _LONG:
        return _which(text, start, end)
    head = joined(text.tokens[start : spots[_ENDS - 1] + 1])
    return f"from ‘{_flat(head)}’ to ‘{_flat(joined(text.tokens[spots[-_ENDS] : end]))}’"


def _which(text: _Text, start: int, end: int) -> str:
    """Return a passage quoted, and which one it is where the line has several."""
    sought = [token for token in text.tokens[start:end] if not token.isspace()]
    begin, over = text.set.span(start)
    beyond = min(len(text.tokens), over + end - start)
    solid = [n for n in range(begin, beyond) if not text.tokens[n].isspace()]
    places = [
        solid[n]
        for n in range(len(solid))
        if solid[n] < over and [text.tokens[m] for m in solid[n : n + len(sought)]] == sought
    ]
    if len(places) == 1 or start not in places:
        return _quoted(text.tokens[start:end])
    number = ordinal(places.index(start) + 1)
    mark = _MARKS.get(joined(sought))
    return f"the {number} {mark.split(' ', 1)[1] if mark else _quoted(sought)}"


def _quoted(tokens: Sequence[str]) -> str:
    """Return words in quotation marks, and a mark of punctuation by its name."""
    words = _flat(joined(tokens))
    return _MARKS.get(words) or f"‘{words}’"


def _flat(words: str) -> str:
    return "\n".join(" ".join(line.split()) for line in words.strip().split("\n"))


def _blank(tokens: Sequence[str], start: int, end: int) -> bool:
    return all(tokens[place].isspace() for place in range(start, end))


def _core(tokens: Sequence[str], start: int, end: int) -> tuple[int, int]:
    """Return a passage without the white space at its borders."""
    while start < end and tokens[start].isspace():
        start += 1
    while start < end and tokens[end - 1].isspace():
        end -= 1
    return start, end
