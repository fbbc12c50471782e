"""The typed columns of an entry, as the index keeps them and projections read them."""

from __future__ import annotations

from typing import NamedTuple

STANCE = "stance.taken"

BOOKKEEPING = frozenset(
    {"delegation.registered", "provision.registered", "entry.corrected", "entry.retracted"}
)
"""Types that say nothing of what happened in the room: left out of a timeline unless asked for."""


class Row(NamedTuple):
    """One effective entry.

    Dates are ``YYYY-MM-DD``, ``sources`` is a JSON list and ``source`` the first of them in a word;
    what is absent is None. ``seq`` is the notification id in the store, ``names`` the name that the
    entry brings in, ``holder`` the delegation whose stance it is (the one spoken for, else the
    speaker), ``live`` false for a retracted entry.
    """

    seq: int
    id: str
    live: bool
    negotiation: str
    type: str
    on: str
    first: str
    last: str
    at: str
    order: int
    recorded_at: str
    recorded_by: str | None
    session: str | None
    by: str | None
    for_: str | None
    target: str | None
    names: str | None
    holder: str | None
    stance: str | None
    option: str | None
    via: str | None
    condition: str | None
    reason: str | None
    confidence: str
    summary: str
    source: str
    sources: str
    note: str | None
    corrected: bool

    @property
    def sort_key(self) -> tuple[str, str, int, str, str]:
        """The order of the design: last day, time of day, order, recorded_at, id."""
        return self.last, self.at, self.order, self.recorded_at, self.id


ORDER = "last, at, ord, recorded_at, id"
"""The same order, in SQL."""

COLUMNS = tuple({"on": "on_", "by": "by_", "order": "ord"}.get(f, f) for f in Row._fields)
"""The columns of the table, in the order of :class:`Row`; three are words of SQL."""
