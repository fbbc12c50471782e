"""Findings about a story, as ``negotrack check`` makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from negotrack.checking import memberships, votes
from negotrack.domain.register import Register
from negotrack.domain.specification import effective, ordered
from shorthand import DEMO

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Scenario

    Check = Callable[[Scenario], list[tuple[str, str]]]


@pytest.fixture
def findings() -> Check:
    """Return what gives the rules and the sentences of the findings about a story."""

    def check(story: Scenario) -> list[tuple[str, str]]:
        counting = ordered(effective(story.kept))
        register = Register(DEMO, story.kept)
        reported = [*memberships.findings(counting), *votes.findings(counting, {DEMO: register})]
        return [(finding.rule, finding.finding) for finding in reported]

    return check
