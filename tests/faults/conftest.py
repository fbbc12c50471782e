"""The record that faults happen to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from conftest import NOON
from faults.evidence import READING
from shorthand import correction, proposal, says, takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

Answers = dict[tuple[str, ...], str]


LATER = NOON + timedelta(days=1)


@pytest.fixture
def record(workspace: Workspace, clock: Callable[[datetime], None]) -> Path:
    """Return the folder of a closed workspace with the usual room and a few deeds, a day later."""
    workspace.log(takes("KEN", "support", "scope", option="broad", session="s-1"))
    workspace.log(proposal("p-1", "CHN", session="s-1"))
    first = workspace.log(takes("EU", "oppose", "scope", option="limited", session="s-1"))
    workspace.log(says("HRW", "It asked for safeguards.", "2023-01", session="s-1"))
    workspace.log(correction(first.id, stance="reserve"))
    workspace.close()
    clock(LATER)
    return workspace.places.root


@pytest.fixture
def answers(run: Callable[..., Result]) -> Callable[[Path], Answers]:
    """Return what asks a workspace everything that the record alone decides."""

    def ask(folder: Path) -> Answers:
        found = {words: run(*words, at=folder) for words in READING}
        assert [0] * len(READING) == [result.code for result in found.values()]
        return {words: result.out for words, result in found.items()}

    return ask
