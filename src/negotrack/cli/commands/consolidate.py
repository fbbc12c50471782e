"""``negotrack consolidate``: the text with amendments in it, and where they collide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, of_texts, option
from negotrack.errors import Usage
from negotrack.views.consolidate import consolidation

if TYPE_CHECKING:
    from negotrack.questions.texts import Texts
    from negotrack.workspace import Workspace


@click.command()
@click.argument("target", metavar="[TARGET]", type=NameParam("provision"), required=False)
@option(
    "--accept", multiple=True, type=NameParam("amendment", "proposal"),
    help="An amendment to put in; can be given several times.",
)  # fmt: skip
@option("--pending", is_flag=True, help="Put in every amendment that is on the table.")
@option("--by", type=NameParam("delegation"), help="Of those on the table, this delegation's.")
@option("--all", "whole", is_flag=True, help="Also the provisions that stay as they are.")
@of_texts
def command(
    target: str | None,
    accept: tuple[str, ...],
    language: str,
    asked: Options,
    by: str | None,
    *,
    pending: bool,
    whole: bool,
) -> None:
    """The text with amendments in it, and where they collide.

    \b
      negotrack consolidate --accept ind-art-6-2 --as-of 2024-08-05
      negotrack consolidate art-6/2 --pending --as-of 2024-08-05
      negotrack consolidate --by IND --as-of 2024-08-05 --format html -o india.html

    Amendments are taken in the order in which they are put to the vote: an amendment of an
    amendment first, then the one furthest from the text. Where two touch the same words, the first
    one stands and both are named. One whose words were changed since it was moved is not put in by
    guess: it is named, with the text that it was made on.
    """
    with workspace() as opened:
        query = asked.query(opened)
        if target is not None:
            query = query._replace(
                target=opened.names.addressed(target, "provision", negotiation=query.negotiation)[1]
            )
        texts = opened.texts(query, language)
        texts.provisions(query.one_target_or_none)  # refuses where there is no text
        _check_choice(accept, by, pending=pending)
        chosen = _chosen(opened, texts, accept, by, query.one_target_or_none)
        provisions = texts.consolidated(chosen, query.one_target_or_none)
        shown = consolidation(provisions, len(chosen), query.one_target_or_none, whole=whole)
        answered(opened, asked, query, "consolidation", shown)


def _check_choice(accept: tuple[str, ...], by: str | None, *, pending: bool) -> None:
    """Refuse amendments that are chosen in two ways, or in none."""
    if accept and (pending or by):
        raise Usage("--accept names the amendments", "leave out --pending and --by")
    if not (accept or pending or by):
        raise Usage(
            "consolidated with which amendments?",
            "give --accept NAME, --pending, or --by DELEGATION",
        )


def _chosen(
    opened: Workspace, texts: Texts, accept: tuple[str, ...], by: str | None, target: str | None
) -> list[str]:
    """Return the names of the amendments to put in: those named, or those on the table."""
    if accept:
        nouns = ("amendment", "proposal")
        return list(dict.fromkeys(opened.names.resolve(name, *nouns).name for name in accept))
    offers = texts.offers(target)
    if by is not None:
        code = opened.names.resolve(by, "delegation").name
        offers = [offer for offer in offers if code in offer.parties]
    return [offer.slug for offer in offers if offer.provision is not None]
