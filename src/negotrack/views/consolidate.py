"""The text with amendments in it, and where they collide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Record
from negotrack.render.runs import Passage, Run
from negotrack.views.pending import with_edits
from negotrack.views.shown import Shown, counted
from negotrack.wording.changes import least
from negotrack.wording.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.projections.texts.consolidate import Consolidated, Stale
    from negotrack.wording.collisions import Collision

_COLUMNS = (
    Column("provision", lambda r: r["provision"]),
    Column("text", lambda r: r["after"] or "", wide=True),
    Column("amendments", lambda r: ", ".join(r["taken"])),
)


def consolidation(
    provisions: Iterable[Consolidated], chosen: int, target: str | None, *, whole: bool
) -> Shown:
    """Return provisions with the amendments in them, of so many that were chosen.

    Those that stay as they are, and that nothing is to be said of, only where the ``whole`` text is
    asked for.
    """
    shown = [p for p in provisions if whole or _has_news(p)]
    taken = sum(len(p.taken) for p in shown)
    collisions = sum(len(p.collisions) for p in shown)
    stale = sum(len(p.stale) for p in shown)
    unplaced = sum(len(p.unplaced) for p in shown)
    summary = f"{taken:,} of {counted(chosen, 'amendment')} put in"
    summary += f"; {counted(collisions, 'collision')}" * bool(collisions)
    summary += f"; {stale:,} stale" * bool(stale)
    summary += f"; {unplaced:,} whose words are not known" * bool(unplaced)
    return Shown(
        f"Text of {target} as amended" if target else "Text as amended",
        [_record(p) for p in shown],
        _COLUMNS,
        summary,
        taken,
        passages=[_passage(p) for p in shown],
    )


def _has_news(provision: Consolidated) -> bool:
    return bool(provision.taken or provision.collisions or provision.stale or provision.unplaced)


def _record(provision: Consolidated) -> Record:
    return {
        "provision": provision.provision,
        "before": provision.before,
        "after": provision.after,
        "taken": list(provision.taken),
        "collisions": [
            {"first": c.first, "second": c.second, "words": c.words} for c in provision.collisions
        ],
        "stale": [s._asdict() for s in provision.stale],
        "unplaced": list(provision.unplaced),
        "behind": provision.behind,
        "left_out_with_theirs": list(provision.with_theirs),
    }


def _passage(provision: Consolidated) -> Passage:
    before, after = provision.before, provision.after
    runs: tuple[Run, ...] = (Run("same", before or ""),)
    if before != after:
        base = words(before or "")
        runs = with_edits(base, least(base, words(after or "")))
    heading = f"{provision.provision}  (new)" if before is None else provision.provision
    return Passage(heading, runs, tuple(_notes(provision)))


def _notes(provision: Consolidated) -> list[str]:
    """Return what was put in and what was left out, each in a sentence."""
    notes = [f"with {', '.join(provision.taken)}"] if provision.taken else []
    notes += [f"moved behind {provision.behind}"] if provision.behind else []
    notes += [f"{c.second} is left out: {c.first} {_place(c)}, too" for c in provision.collisions]
    notes += [_of_stale(stale) for stale in provision.stale]
    notes += [f"{name} is left out: its words are not known" for name in provision.unplaced]
    notes += [f"{name} is left out with what it amends" for name in provision.with_theirs]
    return notes


def _place(collision: Collision) -> str:
    """Return what both of two colliding amendments do, and to which words."""
    passage = collision.words.strip()
    if not passage:
        return "inserts at the beginning"
    verb = "inserts after" if collision.start == collision.end else "changes"
    return f"{verb} ‘{passage}’"


def _of_stale(stale: Stale) -> str:
    if not stale.then:
        return f"{stale.name} is stale: what it adds has the address of another provision now"
    since = "words that it touches were changed since"
    return f"{stale.name} is stale: {since}. It was made on ‘{stale.then}’"
