"""``negotrack open``: what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import of_texts, option
from negotrack.errors import Usage
from negotrack.views.open_ import KINDS, open_counts, open_points

if TYPE_CHECKING:
    from negotrack.cli.options import Options
    from negotrack.facts.query import Query
    from negotrack.workspace import Workspace


@click.command()
@click.argument(
    "target",
    metavar="[TARGET]",
    type=NameParam("provision", "amendment", "proposal"),
    required=False,
)
@option("--kind", type=click.Choice(KINDS), help="Only these.")
@option("--trend", is_flag=True, help="How much was open at the end of each session.")
@of_texts
def command(
    target: str | None, kind: str | None, language: str, asked: Options, *, trend: bool
) -> None:
    """What is still open, since when, and who holds it.

    \b
      negotrack open --as-of 2024-08-06
      negotrack open art-45 --as-of 2024-08-06
      negotrack open --kind bracket --as-of 2024-08-06 --format csv
      negotrack open --trend

    Brackets, amendments and proposals on the table, and articles that are not agreed. An amendment
    is stale where the words that it touches were changed since it was moved, and taken up where the
    text says it already.
    """
    with workspace() as opened:
        query = asked.query(opened)
        if trend and (target is not None or kind is not None):
            raise Usage("--trend counts the whole text", "leave out TARGET and --kind")
        if trend:
            days = _ends_of_sessions(opened, query)
            shown = open_counts(opened.texts(query, language).trend(days))
        else:
            if target is not None:
                _, name = opened.names.addressed(
                    target, "provision", "amendment", "proposal", negotiation=query.negotiation
                )
                query = query._replace(target=name)
            points = opened.texts(query, language, query.one_target_or_none).points(
                query.one_target_or_none
            )
            shown = open_points(
                [p for p in points if kind in (None, p.kind)], query.one_target_or_none
            )
        answered(opened, asked, query, "open", shown)


def _ends_of_sessions(opened: Workspace, query: Query) -> list[tuple[str, str]]:
    """Return the name and the last day of each session that was over by the day, in order."""
    sessions = opened.names.registered("session", negotiation=query.negotiation)
    days = sorted((s.last, s.name) for s in sessions if s.last and s.last <= query.when.as_of)
    return [(name, day) for day, name in days]
