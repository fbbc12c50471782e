"""A little of everything that can happen, and all that an index can be asked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.domain.entries import DocumentSigned
from negotrack.domain.values import Source
from shorthand import (
    DEMO,
    THE_ROOM,
    amendment,
    decided,
    document,
    joined,
    proposal,
    query,
    session,
    takes,
)
from shorthand import says as says_so

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry
    from negotrack.workspace import Workspace

EVER = "9999-12-31"

LIFE: tuple[Entry, ...] = (
    *THE_ROOM,
    session("s-2", "2023-02-06/2023-02-10", title="Second session"),
    proposal("p-1", "KEN", session="s-1", target="scope"),
    amendment("a-1", "art-6/2", "AUT", on="2023-01-17", session="s-1"),
    document(on="2023-01-12"),
    DocumentSigned(negotiation=DEMO, on="2023-01-20", document="draft-1", by="KEN"),
    joined("AUT", "EU", on="1995-01-01"),
    takes("KEN", "support", "scope", option="broad", session="s-1", at="10:00",
          sources=(
              Source(title="Daily Report", publisher="The Observer", quote="Kenya said yes."),
          )),
    takes("AUT", "oppose", "scope", for_="EU", option="broad", session="s-1",
          sources=(Source(address="https://example.org/daily"), Source(title='Say "no"'))),
    takes("CHN", "reserve", "art-6", on="2023-01"),
    takes("HRW", "block", "art-6/2", on="2023-02-07", session="s-2"),
    takes("HRW", "accept", "art-6", on="2023", sources=(Source(title="Élan"),)),
    decided("art-6/2", "agreed", on="2023-02-08", session="s-2"),
    says_so("CHN", "Hm.", on="2023-01-18"),
)  # fmt: skip


def everything(workspace: Workspace) -> dict[str, Any]:
    """Return all that the index can be asked, apart from the numbers in the store."""
    index = workspace.storage.index
    answers: dict[str, Any] = {
        day: [row._replace(seq=0) for row in index.slices.rows(query(DEMO, day))]
        for day in ("2023-01-16", "2023-01-31", EVER)
    }
    answers["possible"] = [
        index.coverage.possible(query(DEMO, d)) for d in ("2023-01-16", "2023-06-01")
    ]
    answers["names"] = index.names.registered(DEMO)
    answers["named"] = index.names.known_as(DEMO, "the union", ("delegation",))
    answers["counts"] = index.coverage.counts()
    return answers
