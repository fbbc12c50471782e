"""The index of ids within one transaction: kept at every insertion, or made once at the end.

Ids are random, so an index that is kept is touched all over: with a million entries that costs
more than all else in the store. Where a transaction brings many entries beside those that the store
held, it is cheaper to take the index down and to make it anew from all ids, sorted. Meanwhile a
filter tells which ids are certainly new; at the first doubt the index is made, and answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.record.stores.sqlite_layout import EVENTS, ID, ID_IN_LINE, ID_INDEX

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable

MANY = 20_000
"""So many entries a transaction takes in, at least, before the index is left for its end."""

_SHARE = 8
"""Nor is it left before they are one for so many of those that the store held."""

_PLACE = 27  # bits of a place in the filter: 16 MiB, however many ids
_DIGITS = _PLACE
_LAST_PLACE = (1 << _PLACE) - 1


class BloomFilter:
    """A Bloom filter of ids: it may doubt an id that is new, and never misses one it was given.

    An id is a hash, so its own digits say which four bits are its. Among a million ids it doubts
    fewer than one new id in a million.
    """

    def __init__(self) -> None:
        """Begin without an id."""
        self._bits = bytearray(1 << (_PLACE - 3))

    def add(self, ids: Iterable[str | bytes]) -> None:
        """Note ids, as their hexadecimal digits."""
        bits = self._bits
        for one in ids:
            n = int(one[:_DIGITS], 16)
            for place in (
                n & _LAST_PLACE,
                n >> _PLACE & _LAST_PLACE,
                n >> 2 * _PLACE & _LAST_PLACE,
                n >> 3 * _PLACE,
            ):
                bits[place >> 3] |= 1 << (place & 7)

    def doubts(self, ids: Iterable[str | bytes]) -> bool:
        """Whether one of the ids may be among those noted."""
        bits = self._bits
        for one in ids:
            n = int(one[:_DIGITS], 16)
            first, second = n & _LAST_PLACE, n >> _PLACE & _LAST_PLACE
            if bits[first >> 3] >> (first & 7) & bits[second >> 3] >> (second & 7) & 1:
                third, fourth = n >> 2 * _PLACE & _LAST_PLACE, n >> 3 * _PLACE
                if bits[third >> 3] >> (third & 7) & bits[fourth >> 3] >> (fourth & 7) & 1:
                    return True
        return False


class IdIndex:
    """The unique index of ids, in the transaction of one cursor."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        """Begin with the index as it is in the file."""
        self._cursor = cursor
        self._filter: BloomFilter | None = None
        self._fresh = 0
        self._indexed = self._last()

    def grew(self, lines: Collection[bytes]) -> None:
        """Note the lines that were inserted, and leave the index for later where that pays."""
        if self._filter is not None:
            self._filter.add(line[ID_IN_LINE] for line in lines)
            return
        self._fresh += len(lines)
        if self._fresh > max(MANY, self._indexed // _SHARE):
            self._take_down()

    def is_needed(self, ids: Iterable[str]) -> bool:
        """Whether only the index can tell which of the ids the store holds."""
        return self._filter is None or self._filter.doubts(ids)

    def complete(self) -> None:
        """Have the index, as it has to be wherever an entry is looked up, and at the end."""
        if self._filter is not None:
            self._filter = None
            self._cursor.execute(ID_INDEX)
            self._fresh, self._indexed = 0, self._last()

    def _take_down(self) -> None:
        self._filter = BloomFilter()
        self._cursor.execute(f"SELECT {ID} FROM {EVENTS}")
        self._filter.add(row[0] for row in self._cursor)
        self._cursor.execute("DROP INDEX entry_id")

    def _last(self) -> int:
        self._cursor.execute(f"SELECT max(rowid) FROM {EVENTS}")
        return self._cursor.fetchone()[0] or 0
