"""Conflicting accounts: entries from different sources that tell one act differently.

An act is known by its moment: entries of one type by the same delegation on the same target, with
the same last day, time of day and order, are accounts of one act. Both are kept; which of them an
answer shows is a policy, and every answer says that the other is there.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from negotrack.facts.rows import OFFICIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.facts.query import Accounts
    from negotrack.facts.rows import Row


def chosen_last(rows: Iterable[Row], accounts: Accounts = "official-first") -> Iterator[Row]:
    """Yield ordered rows so that, of several accounts of one act, the chosen one comes last."""
    if accounts == "latest":
        yield from rows
        return
    for _, group in groupby(rows, key=lambda row: row.moment):
        same_moment = list(group)
        acts: dict[object, list[Row]] = {}
        for row in same_moment:
            acts.setdefault(_act(row), []).append(row)
        turns = {
            act: iter(sorted(members, key=lambda row: row.confidence == OFFICIAL))
            for act, members in acts.items()
        }
        yield from (next(turns[_act(row)]) for row in same_moment)


def _act(row: Row) -> tuple[object, ...]:
    return row.type, row.holder, row.target, row.moment


def disagree(one: Row, other: Row) -> bool:
    """Whether two accounts of one act say different things, from different sources."""
    return content_of(one) != content_of(other) and not _origins(one) & _origins(other)


def content_of(row: Row) -> tuple[str | None, ...]:
    """Return what accounts of one act can differ in: the stance and option, vote or outcome."""
    return row.stance, row.option, row.verdict


def _origins(row: Row) -> set[str]:
    """Return the addresses, or titles, of the sources; who recorded it, where none is named."""
    import json  # only where accounts differ

    named = {source.get("address") or source.get("title") for source in json.loads(row.sources)}
    return named or {f"recorded by {row.recorded_by}"}


def disputed(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Return, by entry id, the ids of the accounts that disagree with it; only where some do."""
    acts: dict[object, list[Row]] = {}
    for row in rows:
        if any(content_of(row)):
            acts.setdefault((row.type, row.holder, row.target, row.moment), []).append(row)
    disagreeing = {}
    for act in acts.values():
        for row in act if len(act) > 1 else ():
            others = tuple(other.id for other in act if disagree(row, other))
            if others:
                disagreeing[row.id] = others
    return disagreeing
