"""What happened, in order: every entry once, and said as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from conftest import stamped
from negotrack.domain.entry_types import BOOKKEEPING
from negotrack.domain.specification import Effective, effective, ordered
from negotrack.facts.rows import row_of
from negotrack.projections.positions.timeline import happening, timeline
from projections.happenings import happened
from shorthand import correction, delegation, provision, retraction, says, takes
from strategies import few, histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry


@few
@given(histories())
def test_a_timeline_is_every_row_once(kept: list[StoredEntry]) -> None:
    """With the books that are kept, nothing is left out; without them, only they are."""
    rows = [row_of(0, live) for live in ordered(effective(kept))]
    assert [row.id for row in rows] == [h.entry for h in timeline(rows, bookkeeping=True)]
    shown = [row.id for row in rows if row.type not in BOOKKEEPING]
    assert shown == [h.entry for h in timeline(rows)]


def test_books_are_shown_on_demand() -> None:
    """Registrations, corrections and retractions say nothing of what happened in the room."""
    rows = happened(
        delegation("KEN"), provision("art-6"), retraction("a" * 64), correction("b" * 64, note="x")
    )
    assert list(timeline(rows)) == []
    assert len(list(timeline(rows, bookkeeping=True))) == 4


def test_a_happening_says_what_its_entry_says() -> None:
    """Each column is a field of the entry; what is absent is None."""
    (row,) = happened(
        takes(
            "AUT",
            "oppose",
            "scope",
            for_="EU",
            at="10:00",
            session="s-1",
            note="seen",
            on="2023-01?",
        )
    )
    event = happening(row)
    assert event[1:5] == ("2023-01?", "10:00", "s-1", "stance.taken")
    assert event[5:9] == ("AUT", "EU", "scope", "oppose")
    assert event[9:14] == ("reported", "reported", "[]", "seen", False)
    assert event[14:16] == ("2023-03-01T12:00:00.000000Z", "tester")
    assert (event.disputed, event.possible) == ((), False)
    assert happening(happened(says("KEN", "Hm."))[0]).at is None


def test_a_naming_entry_is_about_what_it_names() -> None:
    """The target of a happening is the target of its entry, or the name that it gives."""
    assert happening(happened(provision("art-6"))[0]).target == "art-6"


def test_a_corrected_entry_is_marked() -> None:
    """Who reads a timeline sees that an entry is no longer as it was logged."""
    kept = stamped(takes("KEN", "oppose", "scope"))
    row = row_of(0, Effective(kept.id, kept.entry, ("c" * 64,)))
    assert happening(row).corrected
