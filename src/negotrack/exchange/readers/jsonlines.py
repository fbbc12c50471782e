"""JSON Lines from outside: bytes first, limits before content, one entry at a time."""

from __future__ import annotations

import json
import os
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from negotrack.domain.canonical import LONGEST_LINE, StoredEntry, decode_verified
from negotrack.domain.catalogue import NotAnEntry, decode
from negotrack.errors import Failed, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from negotrack.domain.entries import Entry

_BOM = b"\xef\xbb\xbf"


@contextmanager
def opened(name: str) -> Iterator[BufferedReader]:
    """Open a regular file, or standard input for ``-``; nothing else is read."""
    if name == "-":
        yield sys.stdin.buffer  # type: ignore[misc]
        return
    try:
        handle = os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise Failed(f"cannot read {name}: {error.strerror}", "check the path") from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise Rejected(f"{name} is not a regular file", "pipe it in and name it -")
    with os.fdopen(handle, "rb") as file:
        yield file


class Pieces(Protocol):
    """An input that is read piece by piece."""

    def read1(self, size: int = ..., /) -> bytes:
        """Return what is there, at most ``size`` bytes, without waiting for all of them."""


def lines(file: Pieces) -> Iterator[tuple[int, bytes]]:
    """Yield (number from 1, line without its end); foreign encodings are refused at once."""
    number, rest = 1, b""
    # read1 comes back after every piece, so that a signal is heard between two of them.
    while block := file.read1(LONGEST_LINE):
        if number == 1 and not rest and block.startswith(_BOM):
            raise Rejected(
                "line 1: the input begins with a byte-order mark", "save it as UTF-8 without one"
            )
        *whole, rest = (rest + block).split(b"\n")
        for line in whole:
            if len(line) > LONGEST_LINE or line.endswith(b"\r"):
                raise _refused(number, line)
            yield number, line
            number += 1
        if len(rest) > LONGEST_LINE:
            raise _refused(number, rest)
    if rest.endswith(b"\r"):
        raise _refused(number, rest)
    if rest:
        yield number, rest


def _refused(number: int, line: bytes) -> Rejected:
    if len(line) > LONGEST_LINE:
        return Rejected(f"line {number}: longer than {LONGEST_LINE:,} bytes", "split the entry")
    return Rejected(f"line {number}: the lines end with CR LF", "convert them to LF")


def entry_of(line: bytes, negotiation: str | None = None) -> StoredEntry | Entry:
    """Return what a JSON line says: a whole entry where it has an id, else a draft.

    A draft that names no negotiation is part of the one given.

    A whole entry keeps its id, who recorded it and when; the id must fit. A draft is stamped when
    it is taken in. Raises :class:`Rejected` with what is wrong.
    """
    try:
        if line.startswith(b'{"id":"'):
            return decode_verified(line)
        fields = _fields(line)
        if negotiation is not None and isinstance(fields, dict):
            line = json.dumps({"negotiation": negotiation} | fields).encode()
        entry = decode(line)
    except NotAnEntry as error:
        at = f" (column {error.at + 1})" if error.at else ""
        raise Rejected(f"{error}{at}") from error
    if entry.recorded_at or entry.recorded_by or entry.tool:
        raise Rejected(
            "the entry says when it was recorded but has no id",
            "leave recorded_at, recorded_by and tool out of a draft",
        )
    return entry


def _fields(line: bytes) -> object:
    """Return the JSON of a line, None if it is not valid; refuse a key that is given twice."""

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        result = dict(items)
        if len(result) != len(items):
            names = [name for name, _ in items]
            double = next(name for name in names if names.count(name) > 1)
            raise Rejected(f"the key {double!r} is given twice", "keep one of them")
        return result

    try:
        fields = json.loads(line, object_pairs_hook=pairs)
    except (ValueError, RecursionError):
        return None  # what is wrong is better said by the decoder
    if isinstance(fields, dict) and "id" in fields:
        raise NotAnEntry("an entry with an id begins with it, in the journal's canonical form")
    return fields
