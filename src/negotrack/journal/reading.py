"""Reading journal files: every line verified, every fault with its file, line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.canonical import (
    LONGEST_LINE,
    StoredEntry,
    decode_verified,
    verify,
    well_formed,
)
from negotrack.domain.catalogue import NeedsNewer, NotAnEntry
from negotrack.errors import Damaged, Refusal, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

    from negotrack.places import Places

_BOM = b"\xef\xbb\xbf"
_OURS, _MIDDLE, _THEIRS, _BASE = b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||"


class JournalLine(NamedTuple):
    """A verified line: its number in the file (from 1), its id, and its bytes without the end."""

    number: int
    id: str
    data: bytes


class Torn(NamedTuple):
    """The rest of a line that was being written when the writer died."""

    offset: int
    data: bytes


class JournalFile:
    """One file of the journal, read from beginning to end."""

    def __init__(self, places: Places, path: Path) -> None:
        """Name the file; nothing is read yet."""
        self._name = places.relative(path)
        self.path = path
        self.torn: Torn | None = None
        self.ends_open = False

    def lines(self) -> Iterator[JournalLine]:
        """Yield the verified lines.

        A broken last line without an end is put into ``torn`` and not yielded; ``ends_open`` says
        that the last line is whole but for its end. Everything else that is wrong is raised:
        :class:`Damaged` for what was altered, :class:`Rejected` for foreign line ends.
        """
        offset = 0
        with self.path.open("rb") as file:
            for number, raw in enumerate(iter(lambda: file.readline(LONGEST_LINE + 2), b""), 1):
                whole = raw.endswith(b"\n")
                self._refuse_foreign(number, raw, file)
                data = raw[:-1] if whole else raw
                try:
                    yield JournalLine(number, verify(data), data)
                except NotAnEntry as error:
                    if whole or len(raw) > LONGEST_LINE:
                        raise self.fault(number, error) from error
                    self.torn = Torn(offset, raw)
                    return
                self.ends_open = not whole
                offset += len(raw)

    def _refuse_foreign(self, number: int, raw: bytes, file: BinaryIO) -> None:
        if number == 1 and raw.startswith(_BOM):
            raise Rejected(
                f"{self._name}: the file begins with a byte-order mark",
                "save it as UTF-8 without one",
            )
        if raw.endswith(b"\r\n"):
            raise Rejected(
                f"{self._name}:{number}: the lines end with CR LF",
                f"convert them: sed -i 's/\\r$//' {self._name}",
            )
        if raw.startswith(_OURS):
            raise self._conflict(number, raw, file)

    def _conflict(self, number: int, raw: bytes, file: BinaryIO) -> Damaged:
        ours, theirs = raw[len(_OURS) :].decode("utf-8", "replace").strip(), ""
        middle = end = at = number
        while line := file.readline(LONGEST_LINE + 2):
            at += 1
            if line.startswith(_MIDDLE) and middle == number:
                middle = at
            elif line.startswith(_THEIRS):
                end, theirs = at, line[len(_THEIRS) :].decode("utf-8", "replace").strip()
                break
        return Damaged(
            f"{self._name}: git conflict at lines {number} to {end or at}: "
            f"{ours or 'ours'} (from line {number + 1}) and {theirs or 'theirs'} "
            f"(from line {middle + 1}) each added lines",
            "keep the lines of both and delete the marker lines",
        )

    def fault(self, number: int, error: NotAnEntry) -> Refusal:
        """Return the refusal for a line that cannot be taken."""
        place = f"{self._name}:{number}:{error.at + 1}"
        if isinstance(error, NeedsNewer):
            return Rejected(f"{place}: {error}", "the line is kept as it is")
        return Damaged(
            f"{place}: {error}", "restore the line from git, or from another clone, or delete it"
        )

    def unseal(self, line: JournalLine) -> StoredEntry:
        """Return the entry of a verified line, or raise its fault."""
        try:
            kept = decode_verified(line.data)
            well_formed(kept.entry)
        except NotAnEntry as error:
            raise self.fault(line.number, error) from error
        except Rejected as error:
            raise self.fault(line.number, NotAnEntry(error.sentence)) from error
        return kept
