"""The amendments and proposals on the table, as a chair reads them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.projections.texts.open_ import offer_state, where
from negotrack.render.answer import Column, Record
from negotrack.views.pending import phrase
from negotrack.views.shown import Shown, counted, when

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.text import TextState

_COLUMNS = (
    Column("on", when, most=12),
    Column("by", lambda r: ", ".join(r["by"]), most=10),
    Column("target", lambda r: r["target"], most=15),
    Column("what", lambda r: f"{r['phrase']} [{r['state']}]", wide=True),
    Column("name", lambda r: r["name"], most=15),
)


def amendments(offers: Iterable[Offer], state: TextState, target: str | None) -> Shown:
    """Return offers with what each asks for in words, and how it fits the text as it is."""
    records = [_record(offer, state) for offer in offers]
    title = f"Amendments to {target}" if target else "Amendments on the table"
    summary = f"{counted(len(records), 'offer')} on the table"
    return Shown(title, records, _COLUMNS, summary, len(records))


def _record(offer: Offer, state: TextState) -> Record:
    above = offer.parent
    return {
        "name": offer.slug,
        "kind": offer.noun,
        "target": where(offer) if above is None else above.slug,
        "provision": where(offer),
        "title": offer.title,
        "by": list(offer.parties),
        "on": offer.on,
        "phrase": phrase(offer, offer.provision),
        "state": offer_state(offer, state),
        "text": offer.text,
        "depth": offer.depth,
        "entry": offer.entry,
        "possible": offer.possible,
    }
