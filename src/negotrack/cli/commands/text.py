"""``negotrack text``: what the text says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.addresses import addressed
from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, of_texts
from negotrack.errors import Usage
from negotrack.render.answer import Column, Record
from negotrack.render.runs import Passage, Run
from negotrack.views import answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.index.reading import Filter
    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.provisions import Provision
    from negotrack.projections.texts.text import TextState
    from negotrack.questions.texts import Texts, Wording
    from negotrack.workspace import Workspace

VIEWS = ("brackets", "clean", "pending")
_FOR_PEOPLE = ("table", "markdown", "html")
READABLE = ("provision", "amendment", "proposal")


@click.command()
@click.argument("target", metavar="[TARGET]", type=NameParam(*READABLE), required=False)
@click.option(
    "--view",
    type=click.Choice(VIEWS),
    default=VIEWS[0],
    show_default=True,
    help="As it is; without what is in brackets; or with the amendments on the table in it.",
)
@click.option(
    "--document",
    type=NameParam("document"),
    help="What this document says, whatever came after it.",
)
@of_texts
def command(
    target: str | None, view: str, document: str | None, language: str, asked: Options
) -> None:
    """What the text says, on any day.

    \b
      negotrack text art-6/2
      negotrack text art-45 --view clean
      negotrack text art-6/2 --view pending --as-of 2024-08-05
      negotrack text --document convention-text

    The text is that of the last draft by the day, with the amendments that were adopted and the
    brackets that were placed and lifted since. Square brackets are around what is not agreed. Of an
    amendment or a proposal, it is the text that it asks for.
    """
    with workspace() as opened:
        wanted = asked.filter(opened)
        if document is not None:
            if target is not None or view != VIEWS[0]:
                raise Usage("a document has one text", "leave out TARGET and --view")
            shown = _of_document(opened, document, language, wanted)
        elif target is None:
            only_words = view != "pending" and asked.form in _FOR_PEOPLE
            texts = opened.texts(wanted, language, only_words=only_words)
            shown = _on_the_table(texts, None, view)
        else:
            noun, name = addressed(opened, target, wanted, *READABLE)
            wanted = wanted._replace(target=name)
            texts = opened.texts(wanted, language, name)
            if noun == "provision":
                shown = _on_the_table(texts, name, view)
            else:
                shown = _of_offer(texts.offer(name))
        answered(opened, asked, wanted, "text", shown)


_COLUMNS = (
    Column("provision", lambda r: r["provision"]),
    Column("text", lambda r: r["text"], wide=True),
)


def _on_the_table(texts: Texts, name: str | None, view: str) -> answers.Shown:
    provisions = texts.provisions(name)
    offers = texts.offers() if view == "pending" else []
    found = texts.drafting
    rows = [_row(p, view, [o for o in offers if o.provision is p], found) for p in provisions]
    what = f" of {name}" if name else ""
    said = f"{answers.counted(len(rows), 'provision')} in {texts.language}"
    said += f" from {', '.join(texts.drafting.documents)}" * bool(texts.drafting.documents)
    return answers.Shown(
        f"Text{what}",
        [record for record, _ in rows],
        _COLUMNS,
        said,
        sum(len(p.readings) for p in provisions),
        passages=[passage for _, passage in rows],
        about={"language": texts.language, "view": view, "documents": texts.drafting.documents},
    )


def _row(
    provision: Provision, view: str, offers: list[Offer], found: TextState
) -> tuple[Record, Passage]:
    from negotrack.views.pending import clean, notes_of_pending, with_pending

    last = provision.readings[-1] if provision.readings else None
    runs: tuple[Run, ...] = (Run("same", provision.text),)
    notes: list[str] = []
    if view == "clean":
        runs = (Run("same", clean(provision.text)),)
    elif view == "pending":
        runs = with_pending(provision, offers)
        notes = notes_of_pending(found, offers)
    record = {
        "provision": provision.address,
        "title": provision.title,
        "text": "".join(run.words for run in runs) if view == "clean" else provision.text,
        "since": last and last.on,
        "by": list(last.by) if last else [],
        "document": provision.document,
        "entry": last and last.entry,
        "brackets": [held._asdict() for held in provision.held.values()],
        "pending": [offer.slug for offer in offers],
        "outcome": provision.settled and provision.settled.outcome,
        "possible": bool(last and last.possible),
    }
    return record, Passage(heading(provision), runs, tuple(notes))


def heading(provision: Provision) -> str:
    """Return the address of a provision with its title."""
    marks = " ?" if provision.readings and provision.readings[-1].possible else ""
    title = f"  {provision.title}" if provision.title else ""
    return f"{provision.address}{marks}{title}"


def _of_offer(offer: Offer) -> answers.Shown:
    record = {
        "provision": offer.new or (offer.provision and offer.provision.address),
        "title": offer.title,
        "text": offer.wanted,
        "since": offer.on,
        "by": list(offer.parties),
        "document": None,
        "entry": offer.entry,
        "brackets": [],
        "pending": [offer.slug],
        "outcome": offer.settled and offer.settled.outcome,
        "possible": offer.possible,
    }
    words = offer.wanted if offer.wanted is not None else ""
    notes = () if offer.wanted is not None else (offer.trouble or "Its words are not known.",)
    passage = Passage(f"{offer.slug}  {offer.title}", (Run("same", words),), notes)
    who = ", ".join(offer.parties) or "an unknown delegation"
    return answers.Shown(
        f"Text of {offer.slug}", [record], _COLUMNS, f"As {who} would have it", 1,
        passages=[passage],
    )  # fmt: skip


def _of_document(opened: Workspace, document: str, language: str, wanted: Filter) -> answers.Shown:
    slug = opened.resolve(document, "document", negotiation=wanted.negotiation).name
    texts = opened.texts(wanted, language, documents=(slug,))
    found = texts.document(slug)
    if not found:
        texts.provisions(slug)  # says in which languages there is one
    return answers.Shown(
        f"Text of {slug}",
        list(_document_records(slug, found)),
        _COLUMNS,
        f"{answers.counted(len(found), 'provision')} in {texts.language}",
        len(found),
        passages=list(_document_passages(found.items())),
        about={"language": texts.language, "view": "brackets", "documents": [slug]},
    )


def _document_records(slug: str, found: dict[str, Wording]) -> Iterator[Record]:
    for address, worded in found.items():
        yield {
            "provision": address,
            "title": worded.title,
            "text": worded.text,
            "since": worded.on,
            "by": list(worded.by),
            "document": slug,
            "entry": worded.entry,
        }


def _document_passages(found: Iterable[tuple[str, Wording]]) -> Iterator[Passage]:
    for address, worded in found:
        title = f"  {worded.title}" if worded.title else ""
        yield Passage(f"{address}{title}", (Run("same", worded.text),))
