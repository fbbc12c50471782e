"""Between events and stored rows: canonical bytes in, canonical bytes out.

The library's own mapper names classes by module path and imports whatever a stored topic says.
This one resolves topics from the closed table of entry types only, and what it stores is the
entry's journal line, so both replicas of the record hold the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from negotrack.domain.canonical import StoredEntry, decode_verified
from negotrack.domain.catalogue import BY_TAG, RETIRED, NotAnEntry, kind_of
from negotrack.errors import THE_JOURNAL_HAS_IT, Damaged
from negotrack.record.stores.sqlite_recorder import StoredRow

if TYPE_CHECKING:
    from eventsourcing.domain import DomainEventProtocol


class EntryEvent(NamedTuple):
    """An entry at its place in a stream: an event as the library understands it."""

    originator_id: str
    originator_version: int
    kept: StoredEntry


class EntryMapper(Mapper[str]):
    """Maps :class:`EntryEvent` events to rows and back."""

    def __init__(self) -> None:
        """Set up the base class; its transcoder is never used."""
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """Return the row that keeps an event."""
        assert isinstance(domain_event, EntryEvent)
        stream, version, kept = domain_event
        return StoredRow(stream, version, kind_of(kept.entry).tag, kept.line)  # type: ignore[return-value]

    def to_domain_event(self, stored_event: StoredEvent) -> EntryEvent:
        """Return the event that a row keeps; :class:`Damaged` for a topic or state not ours."""
        topic, state = stored_event.topic, bytes(stored_event.state)
        if topic not in BY_TAG and topic not in RETIRED:
            raise Damaged(
                f"the store holds an event of the unknown topic {topic[:100]!r}",
                THE_JOURNAL_HAS_IT,
            )
        try:
            kept = decode_verified(state)
        except NotAnEntry as error:
            raise Damaged(
                f"the store holds a {topic} event that is damaged: {error}",
                THE_JOURNAL_HAS_IT,
            ) from error
        if topic not in RETIRED and topic != kind_of(kept.entry).tag:
            raise Damaged(
                f"the store holds a {kind_of(kept.entry).tag} event under the topic {topic}",
                THE_JOURNAL_HAS_IT,
            )
        stream = stored_event.originator_id
        assert isinstance(stream, str)
        return EntryEvent(stream, stored_event.originator_version, kept)
