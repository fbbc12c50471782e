"""The draft of a text in plain Markdown: facts at the top, and provisions under their addresses.

.. code-block:: markdown

    ---
    document: draft-2
    title: Second draft
    on: 2023-01-09
    ---

    # art-6 Safeguards (formerly art-5)

    ## art-6/1

    Each Party [shall] [may] ensure ...

What is written is what is read: :func:`written` and :func:`read` are inverse to each other. The
form is documented in docs/formats.md.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from negotrack.domain.names import LONGEST, SLUG, follows, near
from negotrack.errors import Refusal, Rejected
from negotrack.exchange import escapes
from negotrack.exchange.parts import (
    FACTS,
    LONGEST_TEXT,
    MOST_BYTES,
    MOST_PROVISIONS,
    DraftDocument,
    DraftPart,
    too_long,
    too_many,
)
from negotrack.exchange.readers.jsonlines import lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.exchange.readers.jsonlines import Pieces

_FENCE = "---"
_MOST_FAULTS = 1_000
_CURE = "write it like `## art-6/2 Safeguards`"


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(r" {0,3}#+(?:[ \t]+(?P<rest>.*))?", re.DOTALL)


@cache
def _origin() -> re.Pattern[str]:
    """Return the pattern of what a heading ends with where a provision had another address."""
    return re.compile(r"(?:^|(?<=[ \t]))\((?:[Ff]ormerly[ \t]+(?P<former>[^()]*)|[Nn]ew)\)$")


@cache
def _split() -> re.Pattern[str]:
    return re.compile(r"([^ \t]*)[ \t]*(.*)", re.DOTALL)


# -- reading ----------------------------------------------------------------------------------


def read(file: Pieces) -> DraftDocument:
    """Return what an input says.

    What is no such form at all is raised as :class:`Rejected`; what is wrong in a line is among the
    faults. Neither the text of a provision nor the whole is kept beyond its bounds.
    """
    return _Reading().of(_decoded(file))


def _decoded(file: Pieces) -> Iterator[tuple[int, str | Refusal]]:
    """Yield the lines; in the place of one that is no text, what is wrong with it."""
    size = 0
    for number, line in lines(file):
        size += len(line) + 1
        if size > MOST_BYTES:
            raise Rejected(
                f"line {number}: the draft is longer than {MOST_BYTES >> 20} megabytes",
                "is it one draft?",
            )
        try:
            text = line.decode()
        except UnicodeDecodeError:
            yield number, Rejected("not valid UTF-8", "save it as UTF-8")
            continue
        if "\r" in text:
            yield number, Rejected("there is a CR in the line", "convert ends of lines to LF")
        elif "\0" in text:
            yield number, Rejected("there is a NUL character in the line", "remove it")
        else:
            yield number, text


class _Reading:
    """A draft while it is read, line by line."""

    def __init__(self) -> None:
        self._facts: dict[str, str] = {}
        self._lines: dict[str, int] = {}
        self._parts: list[DraftPart] = []
        self._faults: list[tuple[int, Refusal]] = []
        self._text = _Text()
        self._open: list[str] | None = None
        """The lines of a fact or a heading of which the last is broken by a backslash."""
        self._begun = 0
        self._in_front: bool | None = None

    def of(self, numbered: Iterable[tuple[int, str | Refusal]]) -> DraftDocument:
        """Return the draft that lines say."""
        for number, line in numbered:
            if isinstance(line, Refusal):
                self._fault(number, line)
            elif self._in_front is None:
                self._begins(number, line)
            elif self._open is not None or not self._in_front or _has_words(line):
                self._take(number, line)
            if len(self._parts) > MOST_PROVISIONS:
                raise Rejected(f"line {number}: {too_many()}")
            if len(self._faults) > _MOST_FAULTS:
                break
        if self._open is not None:
            self._close()
        self._end_part()
        if self._in_front is None:
            raise Rejected("the input is empty", f"a draft begins with {_FENCE}")
        if self._in_front:
            raise Rejected(f"the facts at the top have no end: no second line {_FENCE}", "add it")
        return DraftDocument(self._facts, self._lines, self._parts, self._faults)

    def _fault(self, number: int, refusal: Refusal) -> None:
        self._faults.append((number, refusal))

    def _begins(self, number: int, line: str) -> None:
        if line.rstrip() != _FENCE:
            raise Rejected(
                f"line {number}: a draft begins with a line {_FENCE}",
                f"write what it is between two lines {_FENCE}: document, title, on",
            )
        self._in_front = True

    def _take(self, number: int, line: str) -> None:
        if self._open is not None:
            self._open.append(line)
        elif self._in_front and line.rstrip() == _FENCE:
            self._in_front = False
            return
        elif self._in_front or _heading().fullmatch(line):
            self._open, self._begun = [line], number
        else:
            self._words(number, line)
            return
        if not escapes.read(line).breaks:
            self._close()

    def _close(self) -> None:
        """Take in the fact or the heading whose lines are all there."""
        raw, self._open = self._open or [], None
        try:
            (self._fact if self._in_front else self._begin_part)(raw)
        except Refusal as refusal:
            self._fault(self._begun, refusal)

    def _fact(self, raw: list[str]) -> None:
        key, colon, value = raw[0].partition(":")
        key = key.strip()
        if not colon:
            raise Rejected(f"{raw[0][:60]!r} is no `key: value`", f"a line {_FENCE} ends the facts")
        if key not in FACTS:
            close = near(key, FACTS)
            hint = f"did you mean {', '.join(close)}?" if close else f"there are {', '.join(FACTS)}"
            raise Rejected(f"no key {key[:60]!r}", hint)
        if key in self._lines:
            raise Rejected(
                f"the key {key!r} is there twice: in line {self._lines[key]}, too",
                "keep one of them",
            )
        self._lines[key] = self._begun
        text = _joined([value, *raw[1:]])
        if text:
            self._facts[key] = text

    def _begin_part(self, raw: list[str]) -> None:
        self._end_part()
        match = _heading().fullmatch(raw[0])
        rest = "" if match is None else (match["rest"] or "")
        address, rest = _split().fullmatch(escapes.trimmed(rest)).groups()  # type: ignore[union-attr]
        self._check(address)
        *above, last = [rest, *raw[1:]]
        last = escapes.trimmed(last)
        origin = _origin().search(last)
        formerly = origin and origin["former"]
        if origin is not None:
            last = last[: origin.start()]
        if formerly is not None:
            _address(formerly, "there is no address behind `formerly`")
        title = _joined([*above, last]) or None
        is_new = origin is not None and not formerly
        self._parts.append(DraftPart(self._begun, address, title, None, formerly, is_new))
        self._text = _Text()

    def _check(self, address: str) -> None:
        """Refuse a heading without an address; what stands below it is none of the one before."""
        self._text = _Text(is_lost=True)
        _address(address)

    def _words(self, number: int, line: str) -> None:
        if not _has_words(line):
            self._text.blank()
        elif not self._parts and not self._text.is_lost:
            self._fault(
                number,
                Rejected("there is text before the first heading", f"give it one: {_CURE}"),
            )
            self._text = _Text(is_lost=True)
        elif not self._text.add(escapes.read(line)):
            self._fault(number, too_long(self._parts[-1].address))
            self._text = _Text(is_lost=True)

    def _end_part(self) -> None:
        if self._parts and not self._text.is_lost:
            self._parts[-1] = self._parts[-1]._replace(text=self._text.whole() or None)


def _address(word: str, lacks: str = "the heading has no address") -> None:
    if len(word) > LONGEST or not follows(SLUG, word):
        raise Rejected(f"{lacks}: {word[:LONGEST]!r} is none" if word else lacks, _CURE)


def _has_words(line: str) -> bool:
    return bool(line.strip(" \t"))


def _joined(raw: list[str]) -> str:
    return "\n".join(escapes.read(line).text for line in raw)


class _Text:
    """The text of a provision while it is read; ``is_lost`` where nobody asks for it."""

    def __init__(self, *, is_lost: bool = False) -> None:
        self.is_lost = is_lost
        self._pieces: list[str] = []
        self._length = 0
        self._glue = ""

    def add(self, line: escapes.EscapedLine) -> bool:
        """Take in a line, joined to the one before by a blank; whether there is still room."""
        if self.is_lost:
            return True
        self._pieces += (self._glue, line.text)
        self._length += len(self._glue) + len(line.text)
        self._glue = "\n" if line.breaks else " "
        return self._length <= LONGEST_TEXT

    def blank(self) -> None:
        """End the paragraph."""
        if self._pieces:
            self._glue = "\n"

    def whole(self) -> str:
        """Return the text."""
        return "".join(self._pieces)


# -- writing ----------------------------------------------------------------------------------


def written(facts: dict[str, str], parts: Iterable[DraftPart]) -> Iterator[str]:
    """Yield the lines of a draft, with their ends.

    Raises :class:`Rejected` for a text with a CR in it, which no line of this form can hold.
    """
    yield f"{_FENCE}\n"
    for key in FACTS:
        if facts.get(key):
            yield f"{key}: {_without_cr(key, escapes.broken(facts[key]))}\n"
    yield f"{_FENCE}\n"
    for part in parts:
        yield f"\n{_without_cr(part.address, _written_heading(part))}\n"
        if part.text:
            text = _without_cr(part.address, part.text)
            yield "".join(f"\n{escapes.written(line)}\n" for line in text.split("\n"))


def _without_cr(where: str, text: str) -> str:
    if "\r" in text:
        raise Rejected(
            f"there is a CR in {where}, which a draft cannot hold", "export it as JSON Lines"
        )
    return text


def _written_heading(part: DraftPart) -> str:
    """Return a heading, deeper for a part than for its whole."""
    words = ["#" * (1 + part.address.count("/")), part.address]
    if part.title:
        title = escapes.broken(part.title)
        above, end, last = title.rpartition("\n")
        origin = _origin().search(last)
        if origin is not None:
            last = f"{last[: origin.start()]}\\{last[origin.start() :]}"
        words.append(above + end + last)
    if part.formerly:
        words.append(f"(formerly {part.formerly})")
    elif part.is_new:
        words.append("(new)")
    return " ".join(words)
