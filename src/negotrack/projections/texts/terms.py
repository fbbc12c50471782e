"""What an amendment or a proposal would make of a text: the full text, from the words it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.errors import Rejected
from negotrack.wording.changes import Edit, applied
from negotrack.wording.passages import find
from negotrack.wording.words import joined, words

if TYPE_CHECKING:
    from collections.abc import Mapping


_LEFT_OUT = ["…", " "]
"""A gap in a text of which not all words are known."""


class Terms(NamedTuple):
    """What an offer says of a text: an operation on words, or the full text; all of it may be none.

    ``words`` are those it acts on, ``text`` those it puts there, ``after`` those behind which it
    puts them, ``nth`` which of several such words, ``full`` the full text.
    """

    action: str | None = None
    words: str | None = None
    text: str | None = None
    after: str | None = None
    nth: int | None = None
    full: str | None = None

    def revised(self, fields: Mapping[str, Any]) -> Terms:
        """Return the terms after a revision; what it does not name stays.

        A full text takes the place of words to act on, and words to act on that of a full text.
        """
        named = {name: fields[name] for name in self._fields if fields.get(name) is not None}
        if "full" in named:
            return Terms(self.action, full=named["full"])._replace(**named)
        base = self._replace(full=None) if named.keys() - {"action"} else self
        return base._replace(**named)


def terms_of(fields: Mapping[str, Any]) -> Terms:
    """Return what the fields of an amendment say of a text."""
    return Terms(**{name: fields.get(name) for name in Terms._fields})


def text_asked_for(base: str, terms: Terms) -> str | None:
    """Return the full text that terms would make of a base; None where they do not say it.

    Raises :class:`~negotrack.errors.Rejected` where they act on words that are not there.
    """
    if terms.full is not None:
        return terms.full
    if terms.action in (None, "described"):
        return None
    if terms.action in ("add", "replace") and terms.text is None:
        return None
    if terms.action == "retain":
        _range(base, terms.words, terms.nth)
        return base
    if terms.words is None and terms.after is None and terms.action != "add":
        return "" if terms.action == "delete" else terms.text
    tokens = words(base)
    edits = _OPERATIONS[terms.action](base, tokens, terms)
    return joined(applied(tokens, tuple(sorted(edits))))


def _range(base: str, passage: str | None, nth: int | None) -> tuple[int, int]:
    if passage is None:
        return 0, 0
    return find(words(base), passage, nth)


def _replacement(base: str, _: list[str], terms: Terms) -> list[Edit]:
    start, end = _range(base, terms.words, terms.nth)
    return [Edit(start, end, tuple(words(terms.text or "")))]


def _deletion(base: str, tokens: list[str], terms: Terms) -> list[Edit]:
    start, end = _range(base, terms.words, terms.nth)
    return [_without(tokens, start, end)]


def _without(tokens: list[str], start: int, end: int) -> Edit:
    """Return the deletion of a passage with one of the blanks around it."""
    if tokens[max(0, start - 2) : start] == _LEFT_OUT and tokens[end : end + 2] == _LEFT_OUT[::-1]:
        return Edit(start - 2, end + 1, ())  # what was between two gaps is one gap now
    before = start > 0 and tokens[start - 1].isspace()
    after = end < len(tokens) and tokens[end].isspace()
    if before and (after or end == len(tokens) or not tokens[end][0].isalnum()):
        return Edit(start - 1, end, ())
    return Edit(start, end + (after and start == 0), ())


def _addition(base: str, tokens: list[str], terms: Terms) -> list[Edit]:
    _, end = (0, len(tokens)) if terms.after is None else _range(base, terms.after, terms.nth)
    return [Edit(end, end, tuple(words(_spaced(tokens, end, terms.text or ""))))]


def _spaced(tokens: list[str], at: int, text: str) -> str:
    """Return words to insert, parted from what stands before them as words are."""
    glued = not text or text[0].isspace() or text[0] in ",.;:)]"
    return text if at == 0 or glued or tokens[at - 1].isspace() else f" {text}"


def _move(base: str, tokens: list[str], terms: Terms) -> list[Edit]:
    start, end = _range(base, terms.words, terms.nth)
    _, behind = _range(base, terms.after, None)
    if start < behind <= end:
        raise Rejected(
            "a passage cannot be moved behind itself", "give words outside it in `after`"
        )
    moved = tuple(words(_spaced(tokens, behind, joined(tokens[start:end]))))
    return [_without(tokens, start, end), Edit(behind, behind, moved)]


_OPERATIONS = {
    "replace": _replacement,
    "delete": _deletion,
    "add": _addition,
    "move": _move,
}
