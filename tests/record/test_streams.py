"""In which stream an entry lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negotrack.record.streams import dossier_of, errata_of, register_of, stream_of
from record.room import every_type
from shorthand import DEMO, correction, issue, joined, retraction, says, session, takes
from strategies import kepts

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.catalogue import Kind


@every_type
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_a_stream_is_a_pure_function_of_the_entry(kind: Kind, data: st.DataObject) -> None:
    """Who recorded an entry, when, and how it is sourced, does not move it."""
    kept: StoredEntry = data.draw(kepts(kind))
    other = msgspec.structs.replace(
        kept.entry,
        recorded_at="2099-01-01T00:00:00.000000Z",
        recorded_by="x",
        sources=(),
        on="1999",
    )
    assert stream_of(kept.entry) == stream_of(other)


def test_streams_are_called_for_ever_as_they_are_now() -> None:
    """The ids of streams are derived from names, and a store of last year has the same."""
    assert register_of(DEMO) == "a5a548bffab45b759d9b481cfff6b86c"
    assert dossier_of(DEMO, "scope") == "877c3db49d1854468f4f03c680fa04d9"
    assert errata_of("a" * 64) == "158e17363ae556d9afb64a3c9b36d306"


@pytest.mark.parametrize(
    ("entry", "stream"),
    [
        (issue(), register_of(DEMO)),
        (session(), register_of(DEMO)),
        (takes("KEN", "support", "scope"), dossier_of(DEMO, "scope")),
        (joined("AUT", "EU"), dossier_of(DEMO, "EU")),
        (says("KEN", "Hm."), dossier_of(DEMO, "KEN")),
        (correction("a" * 64, note="x"), errata_of("a" * 64)),
        (retraction("a" * 64), errata_of("a" * 64)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_entries_lie_with_what_they_are_about(entry: object, stream: str) -> None:
    """Names lie in the register, deeds in a dossier, errata with the entry they are about."""
    assert stream == stream_of(entry)  # type: ignore[arg-type]
