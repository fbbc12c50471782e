"""Texts with marks: without what is in brackets, and with what is offered to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.projections.drafting import merged
from negotrack.projections.open_points import state
from negotrack.render.answer import Run
from negotrack.wording.brackets import unbracketed
from negotrack.wording.changes import change, least
from negotrack.wording.collisions import combined
from negotrack.wording.phrasing import phrased
from negotrack.wording.redlines import redline
from negotrack.wording.words import joined, words

if TYPE_CHECKING:
    from negotrack.projections.drafting import Offer, Provision
    from negotrack.wording.redlines import Segment


def clean(text: str) -> str:
    """Return what nobody put in brackets."""
    return joined(unbracketed(words(text)))


def runs(segments: list[Segment]) -> tuple[Run, ...]:
    """Return the segments of a redline as they are printed."""
    return tuple(Run(s.kind, s.words, s.move, s.layer) for s in segments)


def with_pending(provision: Provision, offers: list[Offer]) -> tuple[Run, ...]:
    """Return a text with all changes that are offered and do not collide."""
    base = words(provision.text)
    changes = []
    for offer in offers:
        text = None if offer.parent or offer.new or offer.behind else merged(offer, provision.text)
        if text is not None:
            changes.append((offer.slug, least(base, words(text))))
    return runs(redline(base, combined(base, changes).words))


def notes_of_pending(provision: Provision, offers: list[Offer]) -> list[str]:
    """Return what each offer asks for, in words, and how it fits the text as it is."""
    return [f"{title(offer)}: {phrase(offer, provision)}{fit(offer)}" for offer in offers]


def fit(offer: Offer) -> str:
    """Return how an offer fits the text as it is, where it is not simply pending."""
    how = state(offer)
    return "" if how in ("pending", "unplaced") else f" ({how})"


def title(offer: Offer) -> str:
    """Return an offer's name with who made it."""
    return f"{offer.slug} ({', '.join(offer.parties) or 'unknown'}, {offer.on})"


def phrase(offer: Offer, provision: Provision | None) -> str:
    """Return what an offer asks for, as it is said in the room."""
    if offer.new is not None:
        behind = "" if provision is None else f" after {provision.address}"
        return f"add a new provision {offer.new}{behind}: ‘{offer.wanted or offer.title}’"
    if offer.behind is not None:
        return f"move it behind {offer.behind}"
    if offer.wanted is None or offer.base is None:
        return f"{offer.title} ({offer.trouble or 'its words are not known'})"
    if offer.wanted == offer.base:
        return f"{offer.title} (keep the text)" if offer.terms.action == "retain" else offer.title
    base = words(offer.base)
    said = "; ".join(phrased(base, change(base, words(offer.wanted))))
    return said if offer.parent is None else f"in {offer.parent.slug}, {said}"
