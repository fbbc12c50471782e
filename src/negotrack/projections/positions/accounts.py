"""Conflicting accounts: entries from different sources that tell one act differently.

An act is known by its moment: entries of one type by the same delegation on the same target, with
the same last day, time of day and order, are accounts of one act. Both are kept; which of them an
answer shows is a policy, and every answer says that the other is there.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from negotrack.facts.rows import OFFICIAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.facts.rows import Row

Accounts = Literal["official-first", "latest", "all"]
"""Official accounts before others, then the one recorded last; the one recorded last; all."""

POLICIES: tuple[Accounts, ...] = ("official-first", "latest", "all")


def chosen_last(rows: Iterable[Row], accounts: Accounts = "official-first") -> Iterator[Row]:
    """Yield ordered rows so that, of several accounts of one act, the chosen one comes last."""
    if accounts == "latest":
        yield from rows
        return
    for _, group in groupby(rows, key=lambda row: row.moment):
        told = list(group)
        acts: dict[object, list[Row]] = {}
        for row in told:
            acts.setdefault(_act(row), []).append(row)
        turns = {
            act: iter(sorted(members, key=lambda row: row.confidence == OFFICIAL))
            for act, members in acts.items()
        }
        yield from (next(turns[_act(row)]) for row in told)


def _act(row: Row) -> tuple[object, ...]:
    return row.type, row.holder, row.target, row.moment


def disagree(one: Row, other: Row) -> bool:
    """Whether two accounts of one act say different things, from different sources."""
    return content_of(one) != content_of(other) and not _origins(one) & _origins(other)


def content_of(row: Row) -> tuple[str | None, ...]:
    """Return what accounts of one act can differ in: the stance and option, vote or outcome."""
    return row.stance, row.option, row.verdict


def _origins(row: Row) -> set[str]:
    """Return where an account comes from; who recorded it, where no source is named."""
    import json  # only where accounts differ

    found = {source.get("address") or source.get("title") for source in json.loads(row.sources)}
    return found or {f"recorded by {row.recorded_by}"}


def disputed(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    """Return, for each entry of which another account disagrees, the ids of those that do."""
    acts: dict[object, list[Row]] = {}
    for row in rows:
        if any(content_of(row)):
            acts.setdefault((row.type, row.holder, row.target, row.moment), []).append(row)
    found = {}
    for act in acts.values():
        for row in act if len(act) > 1 else ():
            others = tuple(other.id for other in act if disagree(row, other))
            if others:
                found[row.id] = others
    return found
