from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from shorthand import amendment, document, proposal, takes

if TYPE_CHECKING:
    from conftest import Scenario


@pytest.fixture
def table(room: Scenario) -> Scenario:
    """A room with a proposal, an amendment and a document on the table."""
    return room.given(
        proposal("p-1", "KEN"), proposal("p-2", "CHN"), amendment("a-1", "p-1", "AUT"), document()
    )


@pytest.fixture
def spoken(room: Scenario) -> Scenario:
    """A room in which Kenya supported the broad scope."""
    return room.given(takes("KEN", "support", "scope", option="broad"))
