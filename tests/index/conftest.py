"""Workspaces in which a little of everything happened, to ask the index about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.life import EVER, LIFE
from negotrack.workspace import Workspace
from shorthand import DEMO, correction, query, retraction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def living(folder: Path) -> Iterator[Workspace]:
    """Return a workspace in which a little of everything happened."""
    with Workspace(folder) as workspace:
        workspace.import_([(n, lambda d=draft: d) for n, draft in enumerate(LIFE, 1)])  # type: ignore[misc]
        yield workspace


@pytest.fixture
def corrected(living: Workspace) -> Workspace:
    """Return the same workspace after some corrections and retractions."""
    by_type = {row.type: row.id for row in living.storage.index.slices.rows(query(DEMO, EVER))}
    living.log(correction(by_type["decision.taken"], outcome="adopted"))
    first = living.log(retraction(by_type["proposal.tabled"]))
    living.log(retraction(first.id, reason="it was tabled"))
    living.log(retraction(by_type["statement.made"]))
    living.log(correction(by_type["document.issued"], title="Zero draft"))
    return living
