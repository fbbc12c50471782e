"""What is found about votes and memberships is reported by ``negotrack check``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from shorthand import joined, left, votes

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result
    from negotrack.workspace import Workspace


def test_check_reports_votes_and_memberships(
    workspace: Workspace, run: Callable[..., Result]
) -> None:
    """Each finding has its rule and the entry that it is about, and the exit code is 1."""
    workspace.log(joined("AUT", "EU", on="1995-01-01"))
    leaving = workspace.log(left("AUT", "EU", on="1990"))
    workspace.log(votes("KEN", "yes", "art-6"))
    second = workspace.log(votes("KEN", "no", "art-6", on="2023-01-17"))
    workspace.close()
    result = run("check", "--format", "json", at=workspace.storage.places.root)
    findings = [(one["rule"], one["where"], one["code"]) for one in json.loads(result.out)]
    assert result.code == 1
    assert findings == [
        ("membership", leaving.id[:10], 1),
        ("voted-twice", second.id[:10], 1),
    ]
