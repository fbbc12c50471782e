"""CSV that comes in: rows under a heading, of entries or of a foreign form."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from negotrack.domain.canonical import LONGEST_LINE
from negotrack.errors import Rejected
from negotrack.exchange.flat import check_columns, check_heading
from negotrack.render.harmless import csv_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

csv.field_size_limit(LONGEST_LINE)
_BOM = b"\xef\xbb\xbf"


class Columns(NamedTuple):
    """The columns of a form: those that a heading must have, and those that it may have."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def check(self, heading: list[str]) -> None:
        """Refuse a heading with another column, a double one, or without one that is needed."""
        names = check_heading(heading, (*self.needed, *self.optional))
        for name in self.needed:
            if name not in names:
                raise Rejected(f"line 1: no column {name!r}", f"it has {', '.join(self.needed)}")


def rows(
    file: BinaryIO, check: Callable[[list[str]], None] = check_columns
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line number, row) of a CSV file; the guard of an export against formulas is undone.

    The number is that of the row's last line; ``check`` refuses a heading. A row with another
    number of cells than the heading has one cell, under no name, that says so.
    """
    if getattr(file, "peek", None) is not None and file.peek(3)[:3] == _BOM:  # type: ignore[attr-defined]
        raise Rejected(
            "line 1: the input begins with a byte-order mark", "save it as UTF-8 without one"
        )
    reader = csv.reader(_limited(file), strict=True)
    try:
        heading = next(reader, None)
        if heading is None:
            raise Rejected("the input is empty", "its first line names the columns")
        check(heading)
        for cells in reader:
            if len(cells) != len(heading):
                yield reader.line_num, {"": f"{len(cells)} cells under {len(heading)} columns"}
                continue
            yield reader.line_num, dict(zip(heading, map(csv_plain, cells), strict=True))
    except csv.Error as error:
        raise Rejected(f"line {reader.line_num}: not valid CSV: {error}") from error


def _limited(file: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE + 2), b""), 1):
        if len(line) > LONGEST_LINE:
            raise Rejected(f"line {number}: longer than {LONGEST_LINE:,} bytes", "split it")
        if number == 1 and line.endswith(b"\r\n"):
            raise Rejected("line 1: the lines end with CR LF", "convert them to LF")
        try:
            yield line.decode()
        except UnicodeDecodeError as error:
            raise Rejected(f"line {number}: not valid UTF-8", "save it as UTF-8") from error
