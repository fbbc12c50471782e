"""Where an answer goes: the terminal, a pipe, or a file that is whole or absent."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from negotrack.errors import Failed, Rejected
from negotrack.render.formats import FOR_TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.render.answer import Answer

_UNKNOWN_WIDTH = 80


def width() -> int:
    """Return the columns of the terminal, or 80 where there is none and COLUMNS is unset."""
    import shutil  # only tables ask

    return shutil.get_terminal_size((_UNKNOWN_WIDTH, 24)).columns


def rendered(answer: Answer, form: str, *, raw: bool = False, color: bool = False) -> Iterator[str]:
    """Return an answer in one of the formats, in pieces; only that format is imported.

    Only pictures and running texts on a terminal have colours.
    """
    if form in FOR_TOOLS:
        from negotrack.render import data

        if form == "csv":
            return data.csv_lines(answer, raw=raw)
        return data.json_list(answer) if form == "json" else data.json_lines(answer)
    if answer.passages is not None:
        from negotrack.render import prose

        return prose.rendered(answer, form, width(), color=color)
    if form == "html":
        from negotrack.render import html

        return html.page(answer)
    from negotrack.render import table

    if form == "markdown":
        return iter([table.markdown(answer)])
    return iter([table.table(answer, width(), color=color)])


def deliver(pieces: Iterable[str], output: str | None) -> None:
    """Write pieces to standard output, or to a file that replaces the old one when it is whole."""
    if output is None or output == "-":
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
        return
    from pathlib import Path  # only files need it

    path = Path(output)
    if path.exists() and not path.is_file():
        raise Rejected(f"{output} is not a regular file", "choose another, or pipe the answer")
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
