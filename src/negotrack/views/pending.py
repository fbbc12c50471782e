"""Texts with marks: without what is in brackets, and with what is offered to change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.projections.texts.offer import merged
from negotrack.projections.texts.open_ import offer_state
from negotrack.render.runs import Run
from negotrack.wording.brackets import unbracketed
from negotrack.wording.changes import change, least
from negotrack.wording.collisions import combined
from negotrack.wording.phrasing import phrased
from negotrack.wording.words import joined, words

if TYPE_CHECKING:
    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.provisions import Provision
    from negotrack.projections.texts.text import TextState
    from negotrack.wording.changes import Edits
    from negotrack.wording.redlines import Segment


_ONE_LINE = 1_000_000


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
        text = None if offer.parent or offer.adds or offer.behind else merged(offer, provision.text)
        if text is not None:
            changes.append((offer.slug, least(base, words(text))))
    return with_edits(base, least(base, combined(base, changes).words))


def with_edits(base: list[str], edits: Edits) -> tuple[Run, ...]:
    """Return a text with each edit marked by itself, so that amendments can be told apart."""
    marked: list[Run] = []
    done = 0
    for edit in edits:
        marked += [
            Run("same", joined(base[done : edit.start])),
            Run("deleted", joined(base[edit.start : edit.end])),
            Run("inserted", joined(edit.words)),
        ]
        done = edit.end
    marked.append(Run("same", joined(base[done:])))
    return tuple(run for run in marked if run.words)


def notes_of_pending(state: TextState, offers: list[Offer]) -> list[str]:
    """Return what each offer asks for, in words, and how it fits the text as it is."""
    return [
        f"{title(offer)}: {phrase(offer, offer.provision)}{fit(offer, state)}" for offer in offers
    ]


def fit(offer: Offer, state: TextState) -> str:
    """Return how an offer fits the text as it is, where it is not simply pending."""
    how = offer_state(offer, state)
    return "" if how in ("pending", "unplaced") else f" ({how})"


def title(offer: Offer) -> str:
    """Return an offer's name with who made it."""
    return f"{offer.slug} ({', '.join(offer.parties) or 'unknown'}, {offer.on})"


def _phrased(base: list[str], edits: Edits) -> list[str]:
    """Return what a change says; of a text with gaps, nobody knows the lines."""
    if "…" not in base:
        return phrased(base, edits)
    return [part.removeprefix("in line 1, ") for part in phrased(base, edits, width=_ONE_LINE)]


def phrase(offer: Offer, provision: Provision | None) -> str:
    """Return what an offer asks for, as it is said in the room."""
    if offer.adds is not None:
        behind = "" if provision is None else f" after {provision.address}"
        return f"add a new provision {offer.new}{behind}: ‘{offer.text or offer.title}’"
    if offer.behind is not None:
        return f"move it behind {offer.behind}"
    if offer.text is None or offer.base is None:
        return f"{offer.title} ({offer.trouble or 'its words are not known'})"
    if offer.text == offer.base:
        return f"{offer.title} (keep the text)" if offer.terms.action == "retain" else offer.title
    base = words(offer.base)
    sentence = "; ".join(_phrased(base, change(base, words(offer.text))))
    return sentence if offer.parent is None else f"in {offer.parent.slug}, {sentence}"
