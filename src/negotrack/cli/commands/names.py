"""``negotrack names``: what delegations, sessions and targets are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import put
from negotrack.cli.context import workspace
from negotrack.cli.options import negotiation, output
from negotrack.render.answer import Answer
from negotrack.views.names import names

NOUNS = (
    "delegation", "session", "issue", "provision", "proposal", "amendment", "motion", "document",
    "rule",
)  # fmt: skip

if TYPE_CHECKING:
    from negotrack.render.arranging import Arrangement


@click.command()
@click.argument("noun", metavar="[KIND]", type=click.Choice(NOUNS), required=False)
@negotiation
@output()
def command(
    noun: str | None,
    negotiation: str | None,
    form: str,
    output: str | None,
    arrangement: Arrangement | None,
    *,
    raw: bool,
) -> None:
    """What delegations, sessions and targets are called.

    \b
      negotrack names delegation
      negotrack names session --format json

    KIND is delegation, session, issue, provision, proposal, amendment, motion, document or rule.
    """
    with workspace() as opened:
        registered = opened.names.registered(*([noun] if noun else NOUNS), negotiation=negotiation)
        shown = names(name._asdict() for name in registered)
        answer = Answer(shown.title, shown.records, shown.columns, f"{shown.summary}.")
        put(answer, form, output, raw=raw, arrangement=arrangement)
