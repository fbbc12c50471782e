"""``negotrack blame``: whose words these are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import of_texts, option
from negotrack.errors import Usage
from negotrack.views.blame import attributions, author_shares, survivals

if TYPE_CHECKING:
    from negotrack.cli.options import Options


@click.command()
@click.argument("target", metavar="[TARGET]", type=NameParam("provision"), required=False)
@option("--shares", is_flag=True, help="How many words each delegation brought in.")
@option(
    "--of", "offer", type=NameParam("amendment", "proposal"),
    help="Backwards: where the words of this amendment or proposal went.",
)  # fmt: skip
@of_texts
def command(
    target: str | None, offer: str | None, language: str, asked: Options, *, shares: bool
) -> None:
    """Whose words these are: who brought each of them in, when, and with what.

    \b
      negotrack blame title
      negotrack blame --shares
      negotrack blame --of ind-art-6-2

    Words in a draft that somebody had proposed before are credited to the proposal, and shared
    where several had proposed the same. Words that go away and come back stay with those who first
    brought them in; so do passages that move.
    """
    with workspace() as opened:
        query = asked.query(opened)
        if offer is not None and (target is not None or shares):
            raise Usage("--of follows one amendment", "leave out TARGET and --shares")
        if offer is not None:
            nouns = ("amendment", "proposal")
            name = opened.names.resolve(offer, *nouns, negotiation=query.negotiation).name
            shown = survivals(opened.texts(query, language, name).fates(name), name)
        else:
            if target is not None:
                query = query._replace(
                    target=opened.names.addressed(
                        target, "provision", negotiation=query.negotiation
                    )[1]
                )
            passages = opened.texts(query, language, query.one_target_or_none).credits(
                query.one_target_or_none
            )
            shown = (author_shares if shares else attributions)(passages, query.one_target_or_none)
        answered(opened, asked, query, "blame", shown)
