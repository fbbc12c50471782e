"""Memberships that cannot be: that end before they begin, overlap, or go in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.checking.findings import Finding
from negotrack.domain import entries as e
from negotrack.domain.dates import span
from negotrack.domain.short_ids import in_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.domain.specification import Effective

MembershipKey = tuple[str, str, str]
"""A negotiation, a member and a group."""


def findings(counting: Iterable[Effective]) -> Iterator[Finding]:
    """Yield what is wrong with the memberships among ordered entries."""
    acts: dict[MembershipKey, list[Effective]] = {}
    groups: dict[tuple[str, str], set[str]] = {}
    for live in counting:
        entry = live.entry
        if not isinstance(entry, e.GroupJoined | e.GroupLeft):
            continue
        membership = entry.negotiation, entry.by, entry.group
        acts.setdefault(membership, []).append(live)
        groups_of_member = groups.setdefault((entry.negotiation, entry.by), set())
        if isinstance(entry, e.GroupLeft):
            groups_of_member.discard(entry.group)
        elif entry.group not in groups_of_member:
            groups_of_member.add(entry.group)
            yield from _circle(live, membership, groups)
    for membership, changes in acts.items():
        yield from _overlaps(membership, changes)
        yield from _ends(membership, changes)


def _overlaps(membership: MembershipKey, changes: list[Effective]) -> Iterator[Finding]:
    """Yield joinings by one who is a member already; not a second account of the same joining."""
    _, member, group = membership
    began: Effective | None = None
    for live in changes:
        if isinstance(live.entry, e.GroupLeft):
            began = None
        elif began is None:
            began = live
        elif _is_after(live, began):
            yield Finding(
                "membership",
                in_sentence(live.id),
                f"{member} joins {group} on {live.entry.on}, of which it is a member since"
                f" {began.entry.on} ({in_sentence(began.id)})",
            )


def _ends(membership: MembershipKey, changes: list[Effective]) -> Iterator[Finding]:
    """Yield leavings before any joining; of imprecise dates only those where that is certain."""
    _, member, group = membership
    joinings = [live for live in changes if isinstance(live.entry, e.GroupJoined)]
    for live in changes:
        if isinstance(live.entry, e.GroupJoined):
            continue
        if any(not _is_after(joining, live) for joining in joinings):
            continue
        begins = min((joining.entry.on for joining in joinings), default=None)
        wrong = f"before it joins on {begins}" if begins else "which it never joined"
        yield Finding(
            "membership",
            in_sentence(live.id),
            f"{member} leaves {group} on {live.entry.on}, {wrong}",
        )


def _is_after(later: Effective, earlier: Effective) -> bool:
    """Whether one certainly happened on a later day than another."""
    return span(later.entry.on).first > span(earlier.entry.on).last


def _circle(
    live: Effective, joined: MembershipKey, groups: dict[tuple[str, str], set[str]]
) -> Iterator[Finding]:
    """Yield where a group has become a member of itself by a joining."""
    negotiation, member, group = joined
    path = _path(negotiation, group, member, groups)
    if path:
        around = " in ".join((member, *path))
        yield Finding(
            "group-circle", in_sentence(live.id), f"{member} is a member of itself: {around}"
        )


def _path(
    negotiation: str, start: str, end: str, groups: dict[tuple[str, str], set[str]]
) -> tuple[str, ...]:
    """Return through whom one delegation belongs to another, both included; empty for not."""
    paths: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    for path in paths:
        if path[-1] == end:
            return path
        new = sorted(groups.get((negotiation, path[-1]), set()) - seen)
        seen.update(new)
        paths += [(*path, group) for group in new]
    return ()
