"""What is still open in the text, since when and who holds it; and how much was, by session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Record
from negotrack.views.shown import Shown, counted, entry_id, when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotrack.projections.texts.open_ import OpenCount, OpenPoint

_NOUNS = {
    "bracket": "bracket",
    "amendment": "amendment",
    "proposal": "proposal",
    "provision": "article",
}
KINDS = tuple(_NOUNS)
"""The kinds of what can be open."""


def _what(record: Record) -> str:
    if record["kind"] == "bracket":
        return f"[{record['what']}]"
    if record["kind"] == "provision":
        return str(record["what"])
    state = "" if record["state"] == "pending" else f" ({record['state']})"
    return f"{record['kind']} {record['name']}: {record['what']}{state}"


_POINTS = (
    Column("provision", lambda r: r["provision"], most=12),
    Column("what", _what, wide=True),
    Column("held by", lambda r: ", ".join(r["holders"]), most=12),
    Column("since", lambda r: when(r, "since"), most=12),
    Column("days", lambda r: f"{r['days']:,}"),
    Column("entry", entry_id),
)
_COUNTS = (
    Column("session", lambda r: r["name"], wide=True),
    Column("on", lambda r: r["day"]),
    Column("brackets", lambda r: str(r["brackets"])),
    Column("offers", lambda r: str(r["amendments"] + r["proposals"])),
    Column("articles", lambda r: str(r["articles"])),
    Column("open", lambda r: str(r["open"])),
    Column("ad ref.", lambda r: str(r["ad_referendum"])),
    Column("agreed", lambda r: str(r["agreed"])),
)


def open_points(points: Sequence[OpenPoint], target: str | None) -> Shown:
    """Return what is open in a target, or in the whole text."""
    kinds = [p.kind for p in points]
    numbers = [counted(kinds.count(k), noun) for k, noun in _NOUNS.items() if k in kinds]
    title = f"Open in {target}" if target else "Open in the text"
    summary = f"{', '.join(numbers) or 'nothing'} open"
    return Shown(title, [p._asdict() for p in points], _POINTS, summary, len(points))


def open_counts(counts: Sequence[OpenCount]) -> Shown:
    """Return how much was open by session, from the first that had a text or an offer on."""
    first = next((i for i, c in enumerate(counts) if _has_something(c)), len(counts))
    records = [c._asdict() for c in counts[first:]]
    summary = f"{counted(len(records), 'session')} since there was a text, or an offer"
    return Shown("Open in the text, by session", records, _COUNTS, summary, len(records))


def _has_something(count: OpenCount) -> bool:
    return bool(count.articles or count.amendments or count.proposals)
