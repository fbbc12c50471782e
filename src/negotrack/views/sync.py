"""What a synchronisation of store and journal did."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotrack.render.answer import Record


def record(absorbed: int, journaled: int, quarantined: Sequence[str]) -> Record:
    """Return how many entries went into the store and into the journal, and what was set aside."""
    return {"absorbed": absorbed, "journaled": journaled, "quarantined": list(quarantined)}


def sentence(absorbed: int, journaled: int, quarantined: Sequence[str]) -> str:
    """Return the same in words, without what was set aside."""
    if not (absorbed or journaled or quarantined):
        return "in step already"
    return f"{absorbed} into the store, {journaled} into the journal"
