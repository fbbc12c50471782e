"""Progress of long work: on standard error, and only where somebody is looking."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.workspace import Workspace

_EVERY = 0.2


@contextmanager
def showing(workspace: Workspace) -> Iterator[None]:
    """Show the progress of the workspace while the body runs, on a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    last = began = time.monotonic()
    shown = 0

    def show(what: str, count: int) -> None:
        nonlocal last, shown
        at = time.monotonic()
        if at - last < _EVERY:
            return
        last = at
        line = f"{what} {count:,} ({count / (at - began):,.0f}/s)"
        sys.stderr.write("\r" + line.ljust(shown))
        sys.stderr.flush()
        shown = len(line)

    workspace.progress = show
    try:
        yield
    finally:
        if shown:
            sys.stderr.write("\r" + " " * shown + "\r")
            sys.stderr.flush()
