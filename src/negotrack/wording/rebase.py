"""Carrying: a change of a text, brought over to what the text has become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.wording.changes import Edit, applied, change, least, tidied
from negotrack.wording.collisions import collisions, meet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from negotrack.wording.changes import Edits


def rebased(change_of_then: Edits, then: Sequence[str], now: Sequence[str]) -> Edits | None:
    """Return a change, made on the text as it was then, as a change of the text as it is now.

    What happened meanwhile is taken as the least change, which touches no word that stayed.

    Returns:
        The change of the text as it is now; None if it is stale: words that it touches, or a place
        at which it inserts, were changed meanwhile; the empty change if it was taken up: all its
        edits were made meanwhile. Where only some of them were, it is stale, because somebody has
        to say what becomes of the rest.

    """
    then, now = list(then), list(now)
    if then == now:
        return change_of_then
    meanwhile = least(then, now)
    if _is_taken_up(change_of_then, then, now, meanwhile):
        return ()
    edits: list[Edit] = []
    at = grown = 0
    for edit in change_of_then:
        while at < len(meanwhile) and meanwhile[at].end <= edit.start:
            if meet(meanwhile[at], edit):
                return None
            grown += len(meanwhile[at].words) - (meanwhile[at].end - meanwhile[at].start)
            at += 1
        if at < len(meanwhile) and meet(meanwhile[at], edit):
            return None
        edits.append(Edit(edit.start + grown, edit.end + grown, edit.words))
    return tidied(now, edits)


def _is_taken_up(edits: Edits, then: list[str], now: list[str], meanwhile: Edits) -> bool:
    """Tell whether all edits of a change were made meanwhile, as they are or as they read well."""
    if applied(then, edits) == now or set(edits) <= set(meanwhile):
        return True
    met = collisions(then, {"change": edits, "meanwhile": meanwhile})
    return bool(met) and set(edits) <= set(change(then, now))
