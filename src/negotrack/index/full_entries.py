"""Entries as they count, with all their fields: for the few questions that ask for those."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from negotrack.index.reading import LINES, ORDER, mentions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.index.reading import Filter, Index


OF_RULES = "names IN (SELECT n FROM word WHERE word IN (SELECT name FROM name WHERE noun = 'rule'))"
"""The condition for what brings a rule of decision in."""


def entry_fields(index: Index, wanted: Filter, kind: str = "true") -> Iterator[dict[str, Any]]:
    """Yield the effective entries that a filter asks for as the fields of their lines, in order.

    ``kind`` is one more condition, in SQL, where few entries can be meant.
    """
    where, values = index._where(wanted)  # noqa: SLF001 - one more way of reading the same slice
    counting = f"{'first' if wanted.possible else 'last'} <= :as_of AND {kind} AND {where}"
    query = f"{LINES} WHERE {counting} ORDER BY {ORDER}"
    for _, found, _, _ in index._lines(query, values):  # noqa: SLF001 - the same
        if wanted.source is None or mentions(json.dumps(found.get("sources", [])), wanted.source):
            yield found
