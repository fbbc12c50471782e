"""Who agrees with whom: pairs, pairs in two spans of time, and members with their group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Record
from negotrack.views.shown import Shown, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotrack.projections.positions.alignment import Agreement, Loyalty


def title(negotiation: str, delegation: str | None, group: str | None) -> str:
    """Return of whom agreements are, and in what."""
    of = f" of {delegation}" if delegation else ""
    return f"Alignment{of} in {group or negotiation}"


def agreements(pairs: Sequence[Agreement], title: str, top: int | None, hint: str = "") -> Shown:
    """Return how far delegations agree, the closest first.

    ``top`` is how many of the closest and of the farthest are shown, None for all; ``hint`` tells
    how to leave out pairs that share a single item.
    """
    from negotrack.projections.positions.alignment import cohesion

    columns = (
        Column("one", lambda r: r["one"], most=16),
        Column("other", lambda r: r["other"], wide=True),
        _share("agreement"),
        _share("kappa"),
        Column("shared", _shared),
    )
    mean = cohesion(pairs)
    summary = counted(len(pairs), "pair")
    if mean is not None:
        summary += f" agree to {mean:.2f}, weighted by what they share"
    summary += _slight(pairs, hint)
    if top is not None and 2 * top < len(pairs):
        pairs = [*pairs[:top], *pairs[-top:]]
        summary += f"; the {top} closest and the {top} farthest are shown"
    return Shown(title, (pair._asdict() for pair in pairs), columns, summary, len(pairs))


def _slight(pairs: Sequence[Agreement], hint: str) -> str:
    """Return how many pairs rest on one item alone, where others rest on more."""
    slight = sum(pair.shared == 1 for pair in pairs)
    if not slight or slight == len(pairs):
        return ""
    how = f", and {hint}" if hint else ""
    return f"; {slight:,} share a single item{how}"


def comparison(
    pairs: Sequence[Agreement], others: Sequence[Agreement], title: str, top: int | None
) -> Shown:
    """Return the pairs of two spans, those that came nearest from ``others`` to ``pairs`` first."""
    then = {frozenset((p.one, p.other)): p for p in others}
    records = [
        {
            **pair._asdict(),
            "compared": other.agreement,
            "compared_shared": other.shared,
            "change": pair.agreement - other.agreement,
        }
        for pair in pairs
        if (other := then.get(frozenset((pair.one, pair.other))))
    ]
    records.sort(key=lambda r: -r["change"])
    count = len(records)
    if top is not None and 2 * top < count:
        records = records[:top] + records[-top:]
    columns = (
        Column("one", lambda r: r["one"], most=16),
        Column("other", lambda r: r["other"], wide=True),
        Column("agreement", lambda r: f"{r['agreement']:.2f} on {r['shared']:,}"),
        Column("compared", lambda r: f"{r['compared']:.2f} on {r['compared_shared']:,}"),
        Column("change", lambda r: f"{r['change']:+.2f}"),
    )
    summary = f"{counted(count, 'pair')} of both spans, those that came nearest first"
    return Shown(title, records, columns, summary, len(records))


def loyalties(members: Sequence[Loyalty], title: str) -> Shown:
    """Return how far each member of a group agrees with most of the others."""
    columns = (
        Column("member", lambda r: r["member"], wide=True),
        _share("loyalty"),
        Column("shared", _shared),
    )
    summary = counted(len(members), "member")
    records = (member._asdict() for member in members)
    return Shown(f"Loyalty: {title}", records, columns, summary, len(members))


def _share(name: str) -> Column:
    def text(record: Record) -> str:
        return "" if record[name] is None else f"{record[name]:.2f}"

    return Column(name, text)


def _shared(record: Record) -> str:
    return f"{record['shared']:,}"
