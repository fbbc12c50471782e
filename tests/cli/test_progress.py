from __future__ import annotations

import io
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from negotrack.cli.progress import showing

if TYPE_CHECKING:
    from negotrack.workspace import Workspace


class Terminal(io.StringIO):
    """Something that looks like a terminal and remembers what was written."""

    def isatty(self) -> bool:
        """Say that it is one."""
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal on standard error, and a clock on which a second passes at each look."""
    seconds = iter(range(1000))
    monkeypatch.setattr(
        "negotrack.cli.progress.time", SimpleNamespace(monotonic=lambda: next(seconds))
    )
    stderr = Terminal()
    monkeypatch.setattr("negotrack.cli.progress.sys", SimpleNamespace(stderr=stderr))
    return stderr


def test_progress_has_an_estimate(workspace: Workspace, terminal: Terminal) -> None:
    """Where the number of entries is known, so is how long the rest will take."""
    with showing(workspace):
        workspace.storage.progress("indexing", 10, 1000)
        workspace.storage.progress("indexing", 500, 1000)
    assert "indexing 500 of 1,000 (500/s, about 1 s left)" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")


def test_an_estimate_by_what_was_read(workspace: Workspace, terminal: Terminal) -> None:
    """Where it is not, the share of the input that was read tells."""
    with showing(workspace, lambda: 0.001 if "reading" not in terminal.getvalue() else 0.002):
        workspace.storage.progress("reading", 10, 0)
        workspace.storage.progress("reading", 20, 0)
    assert "reading 20 (20/s)" in terminal.getvalue()
    with showing(workspace, lambda: 0.004):
        workspace.storage.progress("reading", 10, 0)
    with showing(workspace, lambda: 0.0101):
        workspace.storage.progress("reading", 10, 0)
        workspace.storage.progress("reading", 30, 0)
    assert "(30/s, about 98 s left)" in terminal.getvalue()
    with showing(workspace, lambda: 1 / 60):
        workspace.storage.progress("reading", 10, 0)
        for _ in range(5):
            workspace.storage.progress("reading", 30, 0)
    assert "about 5 min left" in terminal.getvalue()


def test_nothing_is_shown_where_nobody_looks(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a terminal there is no progress."""
    with showing(workspace):
        workspace.storage.progress("indexing", 500, 1000)
    assert capsys.readouterr().err == ""
