"""``negotrack timeline``: what happened, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, option, reading
from negotrack.errors import Usage
from negotrack.views.timeline import timeline

if TYPE_CHECKING:
    from negotrack.workspace import Workspace


@click.command()
@click.argument("period", metavar="[SESSION|PERIOD]", type=NameParam("session"), required=False)
@option("--all", "bookkeeping", is_flag=True, help="Also registrations and corrections.")
@reading()
def command(period: str | None, asked: Options, *, bookkeeping: bool) -> None:
    """What happened, in order.

    \b
      negotrack timeline ahc-6
      negotrack timeline 2023-Q3
      negotrack timeline ahc-5..ahc-6 --known-at 2026-11-24
      negotrack timeline --on 2024-08-05
      negotrack timeline --by KEN --target scope --as-of 2023-09-01 --format json

    A table shows registrations of names, corrections and retractions only with --all; they are
    never counted as something that happened in the room.
    """
    with workspace() as opened:
        if period is not None:
            asked = _within(asked, period, opened)
        query = asked.query(opened)
        happenings = opened.timeline(query, bookkeeping=bookkeeping or query.type is not None)
        shown = timeline(happenings, f"Timeline of {query.negotiation}")
        answered(opened, asked, query, "timeline", shown)


def _within(asked: Options, text: str, opened: Workspace) -> Options:
    """Return the question, about one session or about the days of a period."""
    where = opened.names.negotiation(asked.negotiation)
    if opened.names.is_known(text, "session", negotiation=where):
        return asked._replace(session=(*asked.session, text))
    if (asked.as_of, asked.since, asked.on) != (None, None, None):
        raise Usage(
            f"{text} names a period, and so do --since, --on and --as-of", "give one of them"
        )
    return asked._replace(since=text, as_of=text)
