"""Many delegations in few words: those that stand somewhere through a group are named with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def named(found: Iterable[tuple[str, str | None]]) -> str:
    """Return delegations in a line, each given with the group that it stands through, or None.

    Those of a group come last, as ``EU (27): AUT, BEL, ...``.
    """
    own: list[str] = []
    members: dict[str, list[str]] = {}
    for delegation, group in found:
        (own if group is None else members.setdefault(group, [])).append(delegation)
    parts = [", ".join(own)] if own else []
    parts += [of_group(group, its) for group, its in sorted(members.items())]
    return "; ".join(parts)


def of_group(group: str, members: list[str]) -> str:
    """Return members of a group with it and with their number."""
    return f"{group} ({len(members)}): {', '.join(members)}"
