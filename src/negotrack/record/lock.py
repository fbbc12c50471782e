"""One writer at a time: a lock on the workspace that vanishes with the process that holds it."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from negotrack.errors import Busy, Failed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 20.0
"""Seconds to wait for another writer before refusing."""

_PAUSE = 0.02
_PID_WIDTH = 32  # always as many bytes, so that the file need not be cut to size


@contextmanager
def only_writer(path: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the lock file while the body runs; :class:`~negotrack.errors.Busy` after the wait.

    The lock is the kernel's (``flock``), so a killed holder leaves nothing to clean up. The holder
    writes its process id into the file, for the message of those who wait in vain.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise Failed(
            f"cannot write to {path.parent}: {error.strerror}", "check its permissions"
        ) from error
    try:
        _wait(handle, path, PATIENCE if patience is None else patience)
        os.pwrite(handle, b"%-*d" % (_PID_WIDTH, os.getpid()), 0)
        yield
    finally:
        os.close(handle)


def _wait(handle: int, path: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                holder = os.pread(handle, _PID_WIDTH, 0).decode("ascii", "replace").strip()
                holder = holder or "unknown"
                raise Busy(
                    f"another process (pid {holder}) is writing to {path.parent.parent}",
                    "try again when it has finished",
                ) from None
            time.sleep(_PAUSE)
        else:
            return
