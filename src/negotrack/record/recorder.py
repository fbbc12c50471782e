"""What the event-sourced application asks of a recorder, beside what the library's own promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from contextlib import AbstractContextManager


class Recorder(Protocol):
    """An application recorder of ``eventsourcing`` with one long transaction and ids in it."""

    datastore: Any

    def one_transaction(self, *, commit: bool) -> AbstractContextManager[None]:
        """Let every insertion until the end of the body be committed together or not at all."""

    def last_version(self, stream: str) -> int:
        """Return the version of the newest event of a stream, 0 for none."""

    def line(self, entry_id: str) -> bytes | None:
        """Return the line of the entry with this id."""

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of all entries."""

    def known_ids(self, ids: Collection[str]) -> set[str]:
        """Return those of the ids whose entries are in the store."""

    def states(self, streams: Sequence[str]) -> list[bytes]:
        """Return the lines of some streams, those of each in order."""
