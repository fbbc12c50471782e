"""Entries as they count, with all their fields: for the few questions that ask for those."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from negotrack.index.reading import mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.index.reading import Filter, Index

_ORDER = "last, at, ord, recorded, tie"


def told(index: Index, wanted: Filter) -> Iterator[dict[str, Any]]:
    """Yield the effective entries that a filter asks for as the fields of their lines, in order."""
    where, values = index._where(wanted)  # noqa: SLF001 - one more way of reading the same slice
    counting = f"{'first' if wanted.possible else 'last'} <= :as_of AND {where}"
    query = (
        "SELECT entry.row, seq, false, line FROM entry"
        f" LEFT JOIN revision ON revision.row = entry.row WHERE {counting} ORDER BY {_ORDER}"
    )
    for _, found, _, _ in index._lines(query, values):  # noqa: SLF001
        if wanted.source is None or mentions(json.dumps(found.get("sources", [])), wanted.source):
            yield found
