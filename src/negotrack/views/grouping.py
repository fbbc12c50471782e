"""Many delegations in few words: those that stand somewhere through a group are named with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from negotrack.render.answer import Record


def named(delegations: Iterable[tuple[str, str | None]]) -> str:
    """Return delegations in a line, each given with the group that it stands through, or None.

    Those of a group come last, as ``EU (27): AUT, BEL, ...``.
    """
    own: list[str] = []
    members: dict[str, list[str]] = {}
    for delegation, group in delegations:
        (own if group is None else members.setdefault(group, [])).append(delegation)
    parts = [", ".join(own)] if own else []
    parts += [of_group(group, names) for group, names in sorted(members.items())]
    return "; ".join(parts)


def of_group(group: str, members: list[str]) -> str:
    """Return members of a group with it and with their number."""
    return f"{group} ({len(members)}): {', '.join(members)}"


def folded(records: Iterable[Record], alike: Callable[[Record], object]) -> list[Record]:
    """Return records of which those that are alike are one, which has the others as ``members``.

    ``alike`` gives what those have in common, None for a record that stands for itself. The one
    that is left is that of the group, and where it has none, the first.
    """
    unfolded = list(records)
    keys = [alike(record) for record in unfolded]
    places: dict[object, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault((place,) if key is None else key, []).append(place)
    heads = {_head(unfolded, same): same for same in places.values()}
    return [
        unfolded[head] | {"members": [unfolded[i]["delegation"] for i in same if i != head]}
        for head, same in sorted(heads.items())
    ]


def _head(records: list[Record], places: list[int]) -> int:
    """Return the place of the record that stands for the others."""
    return next((place for place in places if records[place]["via"] != "group"), places[0])


def party(record: Record) -> str:
    """Return whose words a position rests on: those of its group, or its own."""
    return str(record["through"] if record["via"] == "group" else record["delegation"])


def whose(record: Record) -> str:
    """Return whose record it is, with the number of members that it stands for."""
    members = record.get("members")
    return f"{record['delegation']} +{len(members)}" if members else str(record["delegation"])


def with_members(record: Record) -> str:
    """Return for whom else a record stands, to be put at the end of its words."""
    members = ", ".join(record.get("members", ()))
    return f" With it: {members}" if members else ""
