"""``negotrack text``: what the text says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, of_texts, option
from negotrack.errors import Usage
from negotrack.render.formats import FOR_TOOLS
from negotrack.views.text import VIEWS, text, text_of_document, text_of_offer

if TYPE_CHECKING:
    from negotrack.facts.query import Query
    from negotrack.questions.texts import Texts
    from negotrack.views.shown import Shown
    from negotrack.workspace import Workspace

READABLE = ("provision", "amendment", "proposal")


@click.command()
@click.argument("target", metavar="[TARGET]", type=NameParam(*READABLE), required=False)
@option(
    "--view",
    type=click.Choice(VIEWS),
    default=VIEWS[0],
    show_default=True,
    help="As it is; without what is in brackets; or with the amendments on the table in it.",
)
@option(
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
        query = asked.query(opened)
        if document is not None and (target is not None or view != VIEWS[0]):
            raise Usage("a document has one text", "leave out TARGET and --view")
        if document is not None:
            shown = _of_document(opened, document, language, query)
        elif target is None:
            only_words = view != "pending" and asked.form not in FOR_TOOLS
            shown = _on_the_table(opened.texts(query, language, only_words=only_words), None, view)
        else:
            noun, name = opened.names.addressed(target, *READABLE, negotiation=query.negotiation)
            query = query._replace(target=name)
            texts = opened.texts(query, language, name)
            if noun == "provision":
                shown = _on_the_table(texts, name, view)
            else:
                shown = text_of_offer(texts.offer(name))
        answered(opened, asked, query, "text", shown)


def _on_the_table(texts: Texts, target: str | None, view: str) -> Shown:
    provisions = texts.provisions(target)
    offers = texts.offers() if view == "pending" else []
    return text(texts.drafting, provisions, offers, view, target)


def _of_document(opened: Workspace, document: str, language: str, query: Query) -> Shown:
    slug = opened.names.resolve(document, "document", negotiation=query.negotiation).name
    texts = opened.texts(query, language, documents=(slug,))
    wordings = texts.document(slug)
    if not wordings:
        texts.provisions(slug)  # says in which languages there is one
    return text_of_document(slug, wordings, language)
