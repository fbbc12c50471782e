"""``negotrack amendments``: the amendments on the table, as a chair reads them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.addresses import addressed
from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, of_texts
from negotrack.projections.texts.open_ import state, where
from negotrack.render.answer import Column, Record
from negotrack.views import answers
from negotrack.views.pending import phrase

if TYPE_CHECKING:
    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.text import TextState


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
        wanted = asked.filter(opened)
        if target is not None:
            _, name = addressed(opened, target, wanted, "provision", "amendment", "proposal")
            wanted = wanted._replace(target=name)
        texts = opened.texts(wanted, language, wanted.target)
        records = [_record(offer, texts.drafting) for offer in texts.offers(wanted.target)]
        said = f"{answers.counted(len(records), 'offer')} on the table"
        title = f"Amendments to {wanted.target}" if wanted.target else "Amendments on the table"
        answered(
            opened, asked, wanted, "amendments",
            answers.Shown(title, records, _COLUMNS, said, len(records)),
        )  # fmt: skip


_COLUMNS = (
    Column("on", answers.when, most=12),
    Column("by", lambda r: ", ".join(r["by"]), most=10),
    Column("target", lambda r: r["target"], most=15),
    Column("what", lambda r: f"{r['phrase']} [{r['state']}]", wide=True),
    Column("name", lambda r: r["name"], most=15),
)


def _record(offer: Offer, found: TextState) -> Record:
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
        "state": state(offer, found),
        "text": offer.wanted,
        "depth": offer.depth,
        "entry": offer.entry,
        "possible": offer.possible,
    }
