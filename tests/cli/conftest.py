"""Workspaces for commands that write, with the clock running."""

from __future__ import annotations

import json
import shlex
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from negotrack.workspace import Workspace
from shorthand import (
    decided,
    delegation,
    issue,
    joined,
    motion,
    opened,
    provision,
    session,
    takes,
    votes,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

PARTIES = {
    "KEN": "Kenya",
    "AUT": "Austria",
    "CHN": "China",
    "RUS": "Russian Federation",
    "EGY": "Egypt",
    "GBR": "United Kingdom",
}

NAMED = (
    opened(),
    session(),
    *(delegation(code, name=name) for code, name in PARTIES.items()),
    delegation("EU", "group", name="European Union"),
    delegation("ARE", name="United Arab Emirates", aliases=("Emirates",)),
    issue("scope", "broad", "limited"),
    provision("art-6/2"),
)


@pytest.fixture
def office(tmp_path: Path, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty workspace made by ``init``."""
    monkeypatch.setenv("NEGOTRACK_RECORDER", "tester")
    root = tmp_path / "office"
    assert run("init", str(root)).code == 0
    return root


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace in which a negotiation, a session, parties and targets are named."""
    root = tmp_path_factory.mktemp("furnished")
    (root / "events").mkdir()
    (root / "negotrack.toml").touch()
    with Workspace(root) as workspace:
        workspace.import_([(n, lambda d=draft: d) for n, draft in enumerate(NAMED)])  # type: ignore[misc]
    return root


@pytest.fixture
def demo(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a furnished workspace of one's own."""
    monkeypatch.setenv("NEGOTRACK_RECORDER", "tester")
    return shutil.copytree(furnished, tmp_path / "demo")


@pytest.fixture
def log(demo: Path, run: Callable[..., Result]) -> Callable[[str], Result]:
    """Return what logs an entry by the words after ``negotrack log``."""

    def logger(words: str) -> Result:
        return run("log", *shlex.split(words), at=demo)

    return logger


@pytest.fixture
def log_json(log: Callable[[str], Result]) -> Callable[[str], dict[str, Any]]:
    """Return what logs an entry that must be let in, and gets what tools are told."""

    def logger(words: str) -> dict[str, Any]:
        result = log(f"{words} --json")
        assert (result.code, result.err) == (0, "")
        record = json.loads(result.out)
        assert isinstance(record, dict)
        return record

    return logger


@pytest.fixture
def two_votes(workspace: Workspace) -> Path:
    """Return a workspace in which there was a vote on two things."""
    workspace.log(joined("AUT", "EU", on="1995-01-01"))
    workspace.log(motion("m-1", "art-6"))
    for target in ("m-1", "art-6/2"):
        workspace.log(votes("KEN", "yes", target))
        workspace.log(votes("CHN", "no", target))
        workspace.log(votes("AUT", "abstain", target))
    workspace.log(votes("HRW", "absent", "m-1"))
    workspace.log(decided("m-1", "rejected", method="roll-call"))
    workspace.log(takes("EU", "support", "scope", option="limited"))
    workspace.log(takes("CHN", "support", "scope", option="broad"))
    workspace.close()
    return workspace.storage.places.root
