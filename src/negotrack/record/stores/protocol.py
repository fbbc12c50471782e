"""What every store promises, whatever database it stands on.

A store is a set of entries with an order of arrival. It promises that order and the identity of
entries, and nothing of how they are numbered inside: a *position* is a number that grows with every
commit, without a promise that none is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from negotrack.record.application import Transaction


class Store(Protocol):
    """The entries of a workspace, open.

    ``name`` is what people know it by, ``identity`` tells one store from another: an index that
    was made of one is not used with another. Every method that reads sees what was committed, and
    nothing else.
    """

    name: str
    identity: str

    def last(self) -> int:
        """Return the position of the newest entry, 0 for none."""

    def count(self) -> int:
        """Return the number of entries."""

    def after(self, position: int) -> Iterator[tuple[int, str, bytes]]:
        """Yield (position, topic, line) of the entries after a position, in order of arrival."""

    def lines(self, positions: Iterable[int]) -> Iterator[bytes]:
        """Yield the lines at the given positions, in the order given; ``KeyError`` for none."""

    def find(self, prefix: str, limit: int = 10) -> list[tuple[int, bytes]]:
        """Return (position, line) of entries whose id begins with a prefix, by id."""

    def missing_from(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Yield (topic, line) of the entries whose ids are not among those given."""

    def faults(self) -> list[str]:
        """Return what the database finds wrong with itself."""

    def transaction(self, *, keep: bool = True) -> AbstractContextManager[Transaction]:
        """Take entries in until the end of the body: all of them are committed, or none.

        ``append`` takes in one that another replica has, ``admit`` a new one, by the rules.
        Without ``keep``, or where the body raises, nothing is committed. What is committed is
        acknowledged: it survives the machine.
        """

    def close(self) -> None:
        """Close the connection."""
