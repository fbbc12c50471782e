"""Where an answer goes: the terminal, a pipe, or a file that is whole or absent."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from negotrack.errors import Failed
from negotrack.render import data, html, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.render.answer import Answer

_UNKNOWN_WIDTH = 80


def width() -> int:
    """Return the columns of the terminal, or 80 where there is none and COLUMNS is unset."""
    return shutil.get_terminal_size((_UNKNOWN_WIDTH, 24)).columns


def rendered(answer: Answer, form: str, *, raw: bool = False) -> Iterator[str]:
    """Yield an answer in one of the formats, in pieces."""
    if form == "json":
        yield from data.json_list(answer)
    elif form == "jsonl":
        yield from data.json_lines(answer)
    elif form == "csv":
        yield from data.csv_lines(answer, raw=raw)
    elif form == "html":
        yield from html.page(answer)
    elif form == "markdown":
        yield table.markdown(answer)
    else:
        yield table.table(answer, width())


def deliver(pieces: Iterable[str], output: str | None) -> None:
    """Write pieces to standard output, or to a file that replaces the old one when it is whole."""
    if output is None or output == "-":
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
        return
    path = Path(output)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise Failed(f"cannot write {output}: {error.strerror}", "choose another file") from error
    finally:
        beside.unlink(missing_ok=True)
