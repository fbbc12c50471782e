"""The record that faults happen to."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from conftest import NOON
from faults.evidence import READING
from negotrack.workspace import Workspace
from shorthand import DEMO, THE_ROOM, correction, proposal, says, takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from conftest import Result

Answers = dict[tuple[str, ...], str]

LATER = NOON + timedelta(days=1)


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed workspace with the usual room and a few deeds, of which tests get copies."""
    root = tmp_path_factory.mktemp("master")
    (root / "events").mkdir()
    (root / "negotrack.toml").write_text(f'negotiation = "{DEMO}"\n')
    with pytest.MonkeyPatch.context() as patch, Workspace(root) as workspace:
        patch.setenv("NEGOTRACK_RECORDER", "tester")
        patch.setattr("negotrack.clock.now", lambda: NOON)
        workspace.import_([(n, lambda d=draft: d) for n, draft in enumerate(THE_ROOM, 1)])  # type: ignore[misc]
        workspace.log(takes("KEN", "support", "scope", option="broad", session="s-1"))
        workspace.log(proposal("p-1", "CHN", session="s-1"))
        first = workspace.log(takes("EU", "oppose", "scope", option="limited", session="s-1"))
        workspace.log(says("HRW", "It asked for safeguards.", "2023-01", session="s-1"))
        workspace.log(correction(first.id, stance="reserve"))
    return root


@pytest.fixture
def record(master: Path, tmp_path: Path, clock: Callable[[datetime], None]) -> Path:
    """Return a closed workspace with the usual room and a few deeds, a day later."""
    root: Path = shutil.copytree(master, tmp_path / "workspace")
    with Workspace(root) as workspace:
        workspace.sync()
    clock(LATER)
    return root


@pytest.fixture
def answers(run: Callable[..., Result]) -> Callable[[Path], Answers]:
    """Return what asks a workspace everything that the record alone decides."""

    def ask(folder: Path) -> Answers:
        results = {words: run(*words, at=folder) for words in READING}
        assert {words: result for words, result in results.items() if result.code} == {}
        return {words: result.out for words, result in results.items()}

    return ask
