"""``negotrack timeline``: what happened, in order."""

from __future__ import annotations

import click

from negotrack.cli import views
from negotrack.cli.completing import Name
from negotrack.cli.options import Asked, reading
from negotrack.cli.session import workspace
from negotrack.render.out import deliver, rendered


@click.command()
@click.argument("sitting", metavar="[SESSION]", type=Name("session"), required=False)
@click.option("--all", "bookkeeping", is_flag=True, help="Also registrations and corrections.")
@reading()
def command(sitting: str | None, asked: Asked, *, bookkeeping: bool) -> None:
    """What happened, in order.

    \b
      negotrack timeline ahc-6
      negotrack timeline --by KEN --as-of 2023-09-01 --format json

    A table shows registrations of names, corrections and retractions only with --all; they are
    never counted as something that happened in the room.
    """
    if sitting is not None:
        asked = asked._replace(session=sitting)
    with workspace() as opened:
        wanted = asked.filter(opened)
        found = opened.timeline(wanted, bookkeeping=bookkeeping or wanted.type is not None)
        foot = views.footer(opened.report(wanted), views.counted(len(found), "entry"))
        answer = views.timeline_answer(found, f"Timeline of {wanted.negotiation}", foot)
        deliver(rendered(answer, asked.form, raw=asked.raw), asked.output)
