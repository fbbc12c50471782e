"""What the text says: that on the table, that which an offer asks for, that of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Column, Record
from negotrack.render.runs import Passage, Run
from negotrack.views.shown import Shown, counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.provisions import Provision
    from negotrack.projections.texts.text import TextState
    from negotrack.questions.texts import Wording

VIEWS = ("brackets", "clean", "pending")
"""The text as it is; without what is in brackets; with the amendments on the table in it."""

_COLUMNS = (
    Column("provision", lambda r: r["provision"]),
    Column("text", lambda r: r["text"], wide=True),
)


def text(
    state: TextState,
    provisions: Sequence[Provision],
    offers: Sequence[Offer],
    view: str,
    target: str | None,
) -> Shown:
    """Return provisions of the text as one of :data:`VIEWS` has them, with the offers to them."""
    rows = [_row(p, view, [o for o in offers if o.provision is p], state) for p in provisions]
    summary = f"{counted(len(rows), 'provision')} in {state.language}"
    summary += f" from {', '.join(state.documents)}" * bool(state.documents)
    return Shown(
        f"Text of {target}" if target else "Text",
        [record for record, _ in rows],
        _COLUMNS,
        summary,
        sum(len(p.readings) for p in provisions),
        passages=[passage for _, passage in rows],
        about={"language": state.language, "view": view, "documents": state.documents},
    )


def _row(
    provision: Provision, view: str, offers: list[Offer], state: TextState
) -> tuple[Record, Passage]:
    from negotrack.views.pending import clean, notes_of_pending, with_pending

    last = provision.readings[-1] if provision.readings else None
    runs: tuple[Run, ...] = (Run("same", provision.text),)
    notes: list[str] = []
    if view == "clean":
        runs = (Run("same", clean(provision.text)),)
    elif view == "pending":
        runs = with_pending(provision, offers)
        notes = notes_of_pending(state, offers)
    record = {
        "provision": provision.address,
        "title": provision.title,
        "text": "".join(run.words for run in runs) if view == "clean" else provision.text,
        "since": last and last.on,
        "by": list(last.by) if last else [],
        "document": provision.document,
        "entry": last and last.entry,
        "brackets": [bracket._asdict() for bracket in provision.brackets.values()],
        "pending": [offer.slug for offer in offers],
        "outcome": provision.settled and provision.settled.outcome,
        "possible": bool(last and last.possible),
    }
    return record, Passage(_heading(provision), runs, tuple(notes))


def _heading(provision: Provision) -> str:
    """Return the address of a provision with its title, and a ? where its text is possible."""
    mark = " ?" if provision.readings and provision.readings[-1].possible else ""
    title = f"  {provision.title}" if provision.title else ""
    return f"{provision.address}{mark}{title}"


def text_of_offer(offer: Offer) -> Shown:
    """Return the text that an amendment or a proposal asks for."""
    record = {
        "provision": offer.new or (offer.provision and offer.provision.address),
        "title": offer.title,
        "text": offer.text,
        "since": offer.on,
        "by": list(offer.parties),
        "document": None,
        "entry": offer.entry,
        "brackets": [],
        "pending": [offer.slug],
        "outcome": offer.settled and offer.settled.outcome,
        "possible": offer.possible,
    }
    words = offer.text if offer.text is not None else ""
    notes = () if offer.text is not None else (offer.trouble or "Its words are not known.",)
    passage = Passage(f"{offer.slug}  {offer.title}", (Run("same", words),), notes)
    parties = ", ".join(offer.parties) or "an unknown delegation"
    return Shown(
        f"Text of {offer.slug}", [record], _COLUMNS, f"As {parties} would have it", 1,
        passages=[passage],
    )  # fmt: skip


def text_of_document(slug: str, wordings: Mapping[str, Wording], language: str) -> Shown:
    """Return what a document says, by its wordings of provisions in one language."""
    return Shown(
        f"Text of {slug}",
        [_document_record(slug, *item) for item in wordings.items()],
        _COLUMNS,
        f"{counted(len(wordings), 'provision')} in {language}",
        len(wordings),
        passages=[_document_passage(*item) for item in wordings.items()],
        about={"language": language, "view": VIEWS[0], "documents": [slug]},
    )


def _document_record(slug: str, address: str, wording: Wording) -> Record:
    return {
        "provision": address,
        "title": wording.title,
        "text": wording.text,
        "since": wording.on,
        "by": list(wording.by),
        "document": slug,
        "entry": wording.entry,
    }


def _document_passage(address: str, wording: Wording) -> Passage:
    title = f"  {wording.title}" if wording.title else ""
    return Passage(f"{address}{title}", (Run("same", wording.text),))
