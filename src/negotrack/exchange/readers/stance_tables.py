"""Stances in a plain table, as people keep them: one row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.dates import span
from negotrack.domain.stances import GRADES
from negotrack.errors import Rejected
from negotrack.exchange.flat import entry_of
from negotrack.exchange.readers.drafts import each, no_such, sourced, whole
from negotrack.exchange.readers.tables import Columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from negotrack.domain.entries import Entry
    from negotrack.exchange.readers.drafts import Item, Names

COLUMNS = Columns(
    ("delegation", "target", "stance"),
    ("option", "on", "session", "condition", "reason", "aligned_with", "for", "source", "quote",
     "confidence", "note"),
)  # fmt: skip
_AS_THEY_ARE = ("option", "condition", "reason", "confidence", "note")
_WORDS = (*GRADES, "none")


def drafts(
    rows: Iterable[tuple[int, dict[str, str]]],
    negotiation: str,
    names: Names,
    session: Callable[[str], tuple[str, str]],
) -> Iterator[Item]:
    """Yield a stance for each row; ``session`` gives the slug of a session and its days."""

    def stance(row: dict[str, str]) -> tuple[Entry]:
        whole(row)
        if row["stance"] not in _WORDS:
            raise no_such("stance", row["stance"], _WORDS)
        cells = {name: row[name] for name in _AS_THEY_ARE if row.get(name)} | sourced(row)
        when = _when(row, session)
        day = span(when["on"]).last
        for column, field in (("delegation", "by"), ("for", "for"), ("aligned_with",) * 2):
            if row.get(column):
                cells[field] = names.delegation(row[column], day)
        cells |= when | {"type": "stance", "stance": row["stance"]}
        if row["target"]:
            cells["target"] = names.target(row["target"])
        return (entry_of(cells, negotiation),)  # type: ignore[return-value]

    return each(rows, stance)


def _when(row: dict[str, str], session: Callable[[str], tuple[str, str]]) -> dict[str, str]:
    """Return the day of a stance and its session; without a day, it has the days of the session."""
    if not row.get("session"):
        if not row.get("on"):
            raise Rejected("a stance without a day", "fill the column `on`, or `session`")
        return {"on": row["on"]}
    slug, days = session(row["session"])
    return {"on": row.get("on") or days, "session": slug}
