"""JSON from outside, read piece by piece: the elements of its lists, one at a time.

An input is an object with lists, a bare list, or JSON Lines. Only one element is in memory, and it
has a limit; so a list may be longer than memory, and an input may be a pipe.
"""

from __future__ import annotations

import json
import re
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from negotrack.domain.canonical import LONGEST_LINE
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from negotrack.exchange.readers.jsonlines import Pieces

LONGEST_ELEMENT = LONGEST_LINE
_PIECE = 1 << 16
_BOM = "\ufeff"
_SPACE = re.compile(r"[ \t\r\n]*")
_FIRST_KEY = re.compile(r'\{[ \t\r\n]*"([^"\\]{1,100})"')
_FIRST_KEY_WITHIN = 4_096
_OPEN_TEXT = "Unterminated string"
_UNFINISHED = 16
"""An error so near to the end of what was read may only say that more has to be read."""


class Element(NamedTuple):
    """An element: the line on which it begins, the name of its list (or ``""``), and itself."""

    line: int
    of: str
    value: Any


def elements(file: Pieces, lists: Collection[str]) -> Iterator[Element]:
    """Yield the elements of an input; of an object that begins with one of ``lists``, of these.

    What such an object has beside them is passed over.
    """
    text = _Text(file)
    first = text.peek()
    if first == "[":
        yield from _list(text, "")
    elif first == "{" and text.first_key() in lists:
        yield from _object(text, lists)
    elif first:
        while text.peek():
            yield Element(text.line, "", text.value())
    else:
        raise Rejected("the input is empty", "it holds JSON")
    if text.peek():
        text.refuse("something stands after its end")


def _object(text: _Text, lists: Collection[str]) -> Iterator[Element]:
    text.take("{")
    while True:
        if text.peek() != '"':
            text.refuse("the name of a list is expected")
        name = text.value()
        text.take(":")
        if text.peek() == "[":
            for element in _list(text, name):
                if name in lists:
                    yield element
        else:
            text.value()
        if text.take(",}") == "}":
            return


def _list(text: _Text, name: str) -> Iterator[Element]:
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    while True:
        text.peek()
        yield Element(text.line, name, text.value())
        if text.take(",]") == "]":
            return


class _Text:
    """The text of an input, of which no more is kept than the element that is being read."""

    def __init__(self, file: Pieces) -> None:
        self._read = file.read1
        self._decoder = getincrementaldecoder("utf-8")()
        self._text, self._at, self._over = "", 0, False
        self.line = 1
        self._more(1)
        if self._text.startswith(_BOM):
            raise Rejected(
                "line 1: the input begins with a byte-order mark", "save it as UTF-8 without one"
            )

    def first_key(self) -> str:
        """Return the first key of the object that begins here, empty where there is none."""
        self._more(_FIRST_KEY_WITHIN)
        match = _FIRST_KEY.match(self._text, self._at)
        return match[1] if match else ""

    def peek(self) -> str:
        """Pass over white space; return the next character, empty at the end."""
        while True:
            self._pass(_SPACE.match(self._text, self._at).end())  # type: ignore[union-attr]
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(1):
                return ""

    def take(self, characters: str) -> str:
        """Pass over the next character, which is one of these."""
        character = self.peek()
        if not character or character not in characters:
            self.refuse(f"{' or '.join(characters)} is expected")
        self._pass(self._at + 1)
        return character

    def value(self) -> Any:
        """Return the value that begins here, and pass over it."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                self._unfinished(error)
            except RecursionError:
                self.refuse("nested too deeply")
            except ValueError:
                self.refuse("a number is too long")
            else:
                if end == len(self._text) and self._text[end - 1] not in '"]}' and self._more(1):
                    continue  # a number may go on
                self._pass(end)
                return value

    def _unfinished(self, error: json.JSONDecodeError) -> None:
        """Read more of a value that has not ended; refuse one that is wrong, or too long."""
        length = len(self._text) - self._at
        may_go_on = error.pos > len(self._text) - _UNFINISHED
        breaks_off = error.pos >= len(self._text) or error.msg.startswith(_OPEN_TEXT)
        if length > LONGEST_ELEMENT and (may_go_on or breaks_off):
            raise Rejected(
                f"line {self.line}: an element is longer than {LONGEST_ELEMENT:,} characters",
                "split it",
            )
        if error.pos >= 0 and (may_go_on or breaks_off) and self._more(2 * length):
            return
        if breaks_off:
            self.refuse("it breaks off")
        self._pass(max(self._at, error.pos))
        self.refuse(error.msg[:1].lower() + error.msg[1:])

    def refuse(self, what: str) -> NoReturn:
        """Refuse the input where it is read."""
        raise Rejected(f"line {self.line}: not valid JSON: {what}")

    def _pass(self, to: int) -> None:
        self.line += self._text.count("\n", self._at, to)
        self._at = to

    def _more(self, least: int) -> bool:
        """Read on until so many characters are there; whether there were any more."""
        parts = [self._text[self._at :]]
        length, before = len(parts[0]), len(parts[0])
        while length < max(least, before + 1) and not self._over:
            parts.append(self._piece())
            length += len(parts[-1])
        self._text, self._at = "".join(parts), 0
        return length > before

    def _piece(self) -> str:
        block = self._read(_PIECE)
        self._over = not block
        try:
            return self._decoder.decode(block, final=self._over)
        except UnicodeDecodeError as error:
            line = self.line + self._text.count("\n", self._at)
            line += block.count(b"\n", 0, error.start)
            raise Rejected(f"line {line}: not valid UTF-8", "save it as UTF-8") from error


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise json.JSONDecodeError(f"the key {double!r} is given twice", "", -1)
    return result


def _no_number(word: str) -> NoReturn:
    raise json.JSONDecodeError(f"no number can be {word}", "", -1)


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_no_number)
