"""``negotrack positions``: who stands where."""

from __future__ import annotations

import click

from negotrack.cli import views
from negotrack.cli.options import Asked, reading
from negotrack.cli.session import workspace
from negotrack.index.rows import STANCE
from negotrack.render.out import deliver, rendered


@click.command()
@reading()
def command(asked: Asked) -> None:
    """Who stands where.

    \b
      negotrack positions --on scope --as-of 2023-09-01
      negotrack positions --by KEN --format json

    A position is the last stance that a delegation took on a target by the date. The column "why"
    ends with where we know it from.
    """
    with workspace() as opened:
        wanted = asked.filter(opened)
        held = opened.positions(wanted)
        said = views.counted(len(held), "position")
        heading, name = views.the_same(held)
        if name:
            said += f" {'on' if heading == 'target' else 'of'} {name}"
        foot = views.footer(opened.report(wanted._replace(type=STANCE)), said)
        answer = views.positions_answer(held, f"Positions in {wanted.negotiation}", foot)
        deliver(rendered(answer, asked.form, raw=asked.raw), asked.output)
