"""The usual room as stored entries, and one stance in it."""

from __future__ import annotations

import pytest

from conftest import stamped
from negotrack.domain.catalogue import KINDS
from shorthand import THE_ROOM, takes

ROOM = [stamped(draft, number) for number, draft in enumerate(THE_ROOM)]
STANCE = stamped(takes("KEN", "support", "scope"), 20)

every_type = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)
