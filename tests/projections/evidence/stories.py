"""Stories of which one cell is explained: what KEN says on art-6."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from conftest import Scenario, stamped
from negotrack.domain.dates import Day, Instant
from negotrack.domain.entries import Erratum
from negotrack.facts.query import Resolution, When
from negotrack.projections.evidence.explain import explain_cell
from strategies import ASKED

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.projections.evidence.evidence import Evidence
    from negotrack.projections.evidence.explain import Explanation

K = "2023-03-01T12:00:{:02}.000000Z"
"""The moment at which the entry of so many seconds after noon was recorded."""

JANUARY = When(Day("2023-01-31"))


class Story:
    """Entries, recorded one a second, and the explanation of what KEN says on art-6."""

    def __init__(self, *drafts: Entry) -> None:
        """Record drafts."""
        self.kept: list[StoredEntry] = []
        for draft in drafts:
            self.then(draft)

    def then(self, draft: Entry) -> str:
        """Record one more and return its id."""
        self.kept.append(stamped(draft, len(self.kept)))
        return self.kept[-1].id

    def id(self, number: int) -> str:
        """Return the short id of an entry."""
        return self.kept[number].id[:8]

    def explain(self, day: str = "2023-01-31", k: str | None = None, **more: Any) -> Explanation:
        """Explain the cell of KEN on art-6."""
        counting = more.pop("possible", False)
        when = When(Day(day), None if k is None else Instant(k), counting)
        return explain_cell(families(self.kept), "KEN", "art-6", when, Resolution(**more))

    def one(self, number: int = 0, *asked: Any, **more: Any) -> Evidence:
        """Return what one entry is to the cell."""
        by_id = {e.id: e for e in self.explain(*asked, **more).evidence}
        return by_id[self.kept[number].id]


def families(kept: list[StoredEntry]) -> list[list[StoredEntry]]:
    """Return the family of every entry that is no erratum."""
    scenario = Scenario()
    scenario.kept = kept
    return [scenario.with_errata(k.id) for k in kept if not isinstance(k.entry, Erratum)]


days = st.sampled_from(ASKED)
