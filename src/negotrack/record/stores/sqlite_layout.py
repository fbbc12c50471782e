"""The layout of the store's SQLite file: everything that depends on the library's table.

The events table has no explicit row number: a row's ``rowid`` is its notification id, the order of
commitment, so the file is never vacuumed.
"""

from __future__ import annotations

APPLICATION_ID = 0x6E65676F  # "nego"
LAYOUT = 1
EVENTS = "stored_events"
CHUNK = 500

# The id stands at a fixed place in the canonical line (domain/canonical.py), so the store can hold
# each entry once, and find it by any prefix of its id, without a column of its own.
ID = "substr(state, 8, 64)"
ID_IN_LINE = slice(7, 71)
ID_INDEX = f"CREATE UNIQUE INDEX entry_id ON {EVENTS} ({ID})"

MARKS = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {LAYOUT}",
    ID_INDEX,
    "CREATE TABLE store (identity TEXT NOT NULL)",
    "INSERT INTO store VALUES (lower(hex(randomblob(16))))",
)
"""Run once when the file is made, after the library has made its table."""


def ids_among(count: int) -> str:
    """Return the query for which of ``count`` ids the store holds."""
    return f"SELECT {ID} FROM {EVENTS} WHERE {ID} IN ({','.join('?' * count)})"
