"""Long tables, a screen at a time: where somebody is looking, and has a pager."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable


def pages(output: str | None) -> bool:
    """Whether what people read is to go through a pager if it is long.

    On a terminal that is not dumb, unless ``--no-pager`` was given or ``PAGER`` is
    empty or ``cat``.
    """
    options = click.get_current_context().find_root().obj or {}
    return (
        output is None
        and not options.get("no_pager")
        and os.environ.get("PAGER", "less") not in ("", "cat")
        and os.environ.get("TERM") != "dumb"
        and sys.stdout.isatty()
        and sys.stdin.isatty()
    )


def page(pieces: Iterable[str]) -> None:
    """Print what fits the screen, and page what does not."""
    import shutil

    text = "".join(pieces)
    if text.count("\n") < shutil.get_terminal_size().lines:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    os.environ.setdefault("LESS", "FRX")  # what git asks of it: colours, and no cleared screen
    click.echo_via_pager(text)
