"""``negotrack names``: what delegations, sessions and targets are called."""

from __future__ import annotations

import click

from negotrack.cli.context import workspace
from negotrack.cli.options import negotiation, output
from negotrack.render.answer import Answer, Column
from negotrack.render.out import deliver, rendered
from negotrack.views import answers

NOUNS = (
    "delegation", "session", "issue", "provision", "proposal", "amendment", "motion", "document",
    "rule",
)  # fmt: skip


@click.command()
@click.argument("noun", metavar="[KIND]", type=click.Choice(NOUNS), required=False)
@negotiation
@output()
def command(
    noun: str | None, negotiation: str | None, form: str, output: str | None, *, raw: bool
) -> None:
    """What delegations, sessions and targets are called.

    \b
      negotrack names delegation
      negotrack names session --format json

    KIND is delegation, session, issue, provision, proposal, amendment, motion, document or rule.
    """
    with workspace() as opened:
        found = opened.names(*([noun] if noun else NOUNS), negotiation=negotiation)
        records = [
            {
                "kind": f.noun,
                "name": f.name,
                "title": f.title,
                "detail": f.detail or None,
                "first": f.first,
                "last": f.last,
                "entry": f.id,
            }
            for f in found
        ]
        columns = (
            Column("kind", lambda r: r["kind"]),
            Column("name", lambda r: r["name"], most=26),
            Column("title", _title, wide=True),
            Column("entry", lambda r: r["entry"][: answers.SHORT_ID]),
        )
        answer = Answer("Names", records, columns, f"{answers.counted(len(records), 'name')}.")
        deliver(rendered(answer, form, raw=raw), output)


def _title(record: dict[str, str | None]) -> str:
    days = f"{record['first']} to {record['last']}" if record["first"] else ""
    detail = f"({record['detail']})" if record["detail"] else ""
    return " ".join(part for part in (record["title"], detail, days) if part)
