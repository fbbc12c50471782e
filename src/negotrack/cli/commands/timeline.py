"""``negotrack timeline``: what happened, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, reading
from negotrack.errors import Rejected, Usage
from negotrack.views import answers

if TYPE_CHECKING:
    from negotrack.workspace import Workspace


@click.command()
@click.argument("period", metavar="[SESSION|PERIOD]", type=NameParam("session"), required=False)
@click.option("--all", "bookkeeping", is_flag=True, help="Also registrations and corrections.")
@reading()
def command(period: str | None, asked: Options, *, bookkeeping: bool) -> None:
    """What happened, in order.

    \b
      negotrack timeline ahc-6
      negotrack timeline 2023-Q3
      negotrack timeline ahc-5..ahc-6 --known-at 2026-11-24
      negotrack timeline --by KEN --as-of 2023-09-01 --format json

    A table shows registrations of names, corrections and retractions only with --all; they are
    never counted as something that happened in the room.
    """
    with workspace() as opened:
        if period is not None:
            asked = _within(asked, period, opened)
        wanted = asked.filter(opened)
        found = opened.timeline(wanted, bookkeeping=bookkeeping or wanted.type is not None)
        shown = answers.timeline(found, f"Timeline of {wanted.negotiation}")
        answered(opened, asked, wanted, "timeline", shown)


def _within(asked: Options, text: str, opened: Workspace) -> Options:
    """Return the question, about one session or about the days of a period."""
    try:
        return asked._replace(
            session=opened.resolve(text, "session", negotiation=asked.negotiation).name
        )
    except Rejected:
        if asked.as_of is not None or asked.since is not None:
            raise Usage(
                f"{text} names a period, and so do --since and --as-of", "give one of them"
            ) from None
    from negotrack.cli.dates import period

    period(text, opened, asked.negotiation)
    return asked._replace(since=text, as_of=text)
