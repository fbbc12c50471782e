"""Whose words these are: passage by passage, by delegation, or where those of an offer went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Record
from negotrack.views.shown import Shown, counted, entry_id
from negotrack.wording.words import counted as word_count
from negotrack.wording.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotrack.projections.texts.blame import Attribution, Survival


def _parties(record: Record) -> str:
    return ", ".join(record["by"]) or "unknown"


def _vehicle(record: Record) -> str:
    """Return the offers, or else the document, with which words came in."""
    return ", ".join(record["offers"]) or record["document"] or ""


_CREDITS = (
    Column("provision", lambda r: r["provision"], most=12),
    Column("by", _parties, most=12),
    Column("on", lambda r: r["on"], most=12),
    Column("with", _vehicle, most=14),
    Column("words", lambda r: r["words"], wide=True),
    Column("entry", entry_id),
)


def attributions(passages: Sequence[Attribution], target: str | None) -> Shown:
    """Return whose words a target, or the whole text, is made of, passage by passage."""
    records = [{**p._asdict(), "count": _length(p.words)} for p in passages]
    total = sum(record["count"] for record in records)
    summary = f"{counted(total, 'word')} in {counted(len(records), 'passage')}"
    title = f"Whose words {target} has" if target else "Whose words the text has"
    columns = _CREDITS[1:] if len({p.provision for p in passages}) == 1 else _CREDITS
    return Shown(title, records, columns, summary, len({p.entry for p in passages}))


def _length(passage: str) -> int:
    return word_count(words(passage))


def author_shares(passages: Sequence[Attribution], target: str | None) -> Shown:
    """Return how many words of a target, or of the whole text, each delegation brought in."""
    from negotrack.projections.texts.blame import shares

    rows = shares(passages)
    columns = (
        Column("delegation", lambda r: r["delegation"] or "unknown"),
        Column("words", lambda r: f"{r['words']:,}"),
        Column("shared", lambda r: f"{r['shared']:,}" if r["shared"] else ""),
        Column("share", _share, wide=True),
    )
    total = rows[0].of if rows else 0
    title = f"Words in {target}" if target else "Words in the text"
    summary = f"{counted(total, 'word')} of {counted(len(rows), 'delegation')}"
    return Shown(title, [row._asdict() for row in rows], columns, summary, len(rows))


def _share(record: Record) -> str:
    return f"{record['words'] / record['of']:.1%}" if record["of"] else ""


def survivals(passages: Sequence[Survival], offer: str) -> Shown:
    """Return which words of an amendment or a proposal are in the text."""
    columns = (
        Column("provision", lambda r: r["provision"]),
        Column("in the text", lambda r: "yes" if r["kept"] else "no"),
        Column("words", lambda r: r["words"], wide=True),
    )
    proposed = sum(_length(p.words) for p in passages)
    kept = sum(_length(p.words) for p in passages if p.kept)
    summary = f"{kept:,} of {counted(proposed, 'word')} of {offer} in the text"
    if not proposed:
        summary = f"The words of {offer} are not known, or it brings none in"
    title, records = f"Where the words of {offer} went", [p._asdict() for p in passages]
    return Shown(title, records, columns, summary, len(passages))
