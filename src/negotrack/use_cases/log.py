"""Logging one entry: stamped, decided and taken in; what the record says already adds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.canonical import encode, typed
from negotrack.domain.entry_types import STANCE_TAKEN
from negotrack.facts.query import Query
from negotrack.use_cases.inapplicable import TextsOfDays
from negotrack.use_cases.intake import id_of_same_content

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.index.index import Index
    from negotrack.projections.evidence.history import StanceChange
    from negotrack.storage import Storage
    from negotrack.use_cases.drafting import Draft


class Logged(NamedTuple):
    """What a log did: the entry, whether it is new, and the move that it makes, if any.

    ``inferred`` is the session that it was put into because it sat that day.
    """

    id: str
    entry: Entry
    new: bool
    move: StanceChange | None = None
    inferred: str | None = None


def log(storage: Storage, draft: Draft, *, dry_run: bool = False) -> Logged:
    """Stamp a draft and take it in, or raise the refusal of the rules."""
    entry = typed(draft.entry)
    with storage.changing(dry_run=dry_run) as (writing, index, stamp):
        same = id_of_same_content(index, storage.open_store(), entry)
        if same is None:
            kept = encode(stamp(entry))
            writing.inapplicable = TextsOfDays(index, writing).inapplicable
            writing.admit(kept)
    if same is not None:
        return Logged(same, entry, new=False, inferred=draft.inferred)
    move = _move(storage.index, kept)
    return Logged(kept.id, kept.entry, new=True, move=move, inferred=draft.inferred)


def _move(index: Index, kept: StoredEntry) -> StanceChange | None:
    """Return the move that a new entry makes.

    None where it is no stance, was a dry run, or tells an act of which another account is shown.
    """
    from negotrack.projections.evidence.history import stance_changes

    entry = kept.entry
    holder = entry.for_ or entry.by
    if holder is None or entry.target is None:
        return None
    cell = Query(entry.negotiation, delegation=holder, target=entry.target, type=STANCE_TAKEN)
    moves = [
        move
        for move in stance_changes(index.slices.rows(cell))
        if kept.id in (move.position.entry, *move.position.disputed)
    ]
    return moves[-1] if moves and moves[-1].position.entry == kept.id else None
