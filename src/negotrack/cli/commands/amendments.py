"""``negotrack amendments``: the amendments on the table, as a chair reads them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import of_texts
from negotrack.views.amendments import amendments

if TYPE_CHECKING:
    from negotrack.cli.options import Options


@click.command()
@click.argument(
    "target",
    metavar="[TARGET]",
    type=NameParam("provision", "amendment", "proposal"),
    required=False,
)
@of_texts
def command(target: str | None, language: str, asked: Options) -> None:
    """The amendments and proposals on the table, as a chair reads them out.

    \b
      negotrack amendments art-6/2 --as-of 2024-08-05
      negotrack amendments --as-of 2024-08-06 --format markdown -o list.md

    They stand in the order of the text. What each asks for is said in words, with the lines of the
    text as it is set at 72 columns; the change is worked out from the full texts.
    """
    with workspace() as opened:
        query = asked.query(opened)
        if target is not None:
            _, name = opened.names.addressed(
                target, "provision", "amendment", "proposal", negotiation=query.negotiation
            )
            query = query._replace(target=name)
        texts = opened.texts(query, language, query.one_target_or_none)
        shown = amendments(
            texts.offers(query.one_target_or_none), texts.drafting, query.one_target_or_none
        )
        answered(opened, asked, query, "amendments", shown)
