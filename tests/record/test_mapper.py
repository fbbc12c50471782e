"""What the library stores of an entry: its line, under the tag of its type, and nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import given, settings
from hypothesis import strategies as st

from negotrack.domain.catalogue import BY_TAG, KINDS, RETIRED, kind_of
from negotrack.errors import Damaged
from negotrack.record.mapper import EntryEvent, EntryMapper
from negotrack.record.streams import stream_of
from record.room import STANCE, every_type
from strategies import kepts

if TYPE_CHECKING:
    from negotrack.domain.catalogue import Kind


# -- every type, into the store and back ------------------------------------------------------


@every_type
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_a_row_holds_the_line_under_the_tag(kind: Kind, data: st.DataObject) -> None:
    """The state of a row is the canonical line, and its topic is the type's name and version."""
    kept = data.draw(kepts(kind))
    event = EntryEvent(stream_of(kept.entry), 1, kept)
    row = EntryMapper().to_stored_event(event)
    assert (kind.tag, kept.line) == (row.topic, row.state)
    assert event == EntryMapper().to_domain_event(row)


# -- the mapper and the closed table ----------------------------------------------------------


def _row(topic: str, line: bytes = STANCE.line) -> StoredEvent:
    return StoredEvent(stream_of(STANCE.entry), 1, topic, line)


@pytest.mark.parametrize(
    "topic",
    ["os:system", "antigravity:x", "negotrack.domain.entries:StanceTaken", "", "stance.taken/9"],
)
def test_an_unknown_topic_is_refused(topic: str) -> None:
    """A topic that is not in the table is damage, and nothing is imported for it."""
    before = set(sys.modules)
    with pytest.raises(Damaged, match="unknown topic"):
        EntryMapper().to_domain_event(_row(topic))
    assert "antigravity" not in set(sys.modules) - before


@pytest.mark.parametrize(
    "line", [b"", b"{}", STANCE.line[:-1], STANCE.line.replace(b"support", b"oppose"), b"\xff" * 80]
)
def test_a_damaged_state_is_refused(line: bytes) -> None:
    """A state that is no line, or was altered, is damage."""
    with pytest.raises(Damaged, match=r"stance.taken/1 event that is damaged"):
        EntryMapper().to_domain_event(_row("stance.taken/1", line))


def test_a_topic_fits_its_line() -> None:
    """A row under the topic of another type was tampered with."""
    with pytest.raises(Damaged):
        EntryMapper().to_domain_event(_row("vote.cast/1"))


def test_a_state_may_come_as_any_buffer() -> None:
    """Databases give bytes in several forms."""
    row = StoredEvent(stream_of(STANCE.entry), 1, "stance.taken/1", memoryview(STANCE.line))  # type: ignore[arg-type]
    event = EntryMapper().to_domain_event(row)
    assert event.kept == STANCE


def test_the_table_of_topics_is_closed() -> None:
    """Topics are tags of entry types, today's or retired, and nothing else."""
    assert {kind.tag for kind in KINDS} == set(BY_TAG)
    assert not set(BY_TAG) & set(RETIRED)
    assert kind_of(STANCE.entry).tag in BY_TAG
