"""Progress of long work: on standard error, and only where somebody is looking."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from negotrack.workspace import Workspace

_EVERY = 0.2
_TOO_EARLY = 0.01
"""A share of the work from which no estimate can be made yet."""

_MINUTE = 60


@contextmanager
def showing(workspace: Workspace, share: Callable[[], float] = lambda: 0.0) -> Iterator[None]:
    """Show the progress of the workspace while the body runs, on a terminal.

    ``share`` says how much of the input was read, from 0 to 1, where the number of entries to come
    is not known; 0 where nothing is known.
    """
    if not sys.stderr.isatty():
        yield
        return
    began = dict[str, float]()
    last, shown = time.monotonic(), 0

    def show(what: str, count: int, of: int) -> None:
        nonlocal last, shown
        at = time.monotonic()
        spent = at - began.setdefault(what, at)
        if at - last < _EVERY or not spent:
            return
        last = at
        done = count / of if of else share()
        line = f"{what} {count:,}{f' of {of:,}' if of else ''} ({count / spent:,.0f}/s"
        line += f", about {_left(spent, done)} left)" if _TOO_EARLY < done < 1 else ")"
        sys.stderr.write("\r" + line.ljust(shown))
        sys.stderr.flush()
        shown = len(line)

    workspace.storage.progress = show
    try:
        yield
    finally:
        if shown:
            sys.stderr.write("\r" + " " * shown + "\r")
            sys.stderr.flush()


def _left(spent: float, done: float) -> str:
    """Return how long the rest will take, if it goes on as it went."""
    seconds = round(spent / done - spent)
    return f"{seconds} s" if seconds < 2 * _MINUTE else f"{round(seconds / _MINUTE)} min"
