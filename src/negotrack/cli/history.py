"""``negotrack history``: how a position came about."""

from __future__ import annotations

import click

from negotrack.cli import views
from negotrack.cli.completing import Name
from negotrack.cli.options import TARGETS, Asked, reading
from negotrack.cli.session import workspace
from negotrack.index.rows import STANCE
from negotrack.render.out import deliver, rendered


@click.command()
@click.argument("delegation", type=Name("delegation"))
@click.argument("target", metavar="[TARGET]", type=Name(*TARGETS), required=False)
@reading()
def command(delegation: str, target: str | None, asked: Asked) -> None:
    """How a position came about: each stance, what it was before, and why.

    \b
      negotrack history IND
      negotrack history EU scope --as-of ahc-6
    """
    asked = asked._replace(by=delegation, on=target or asked.on)
    with workspace() as opened:
        wanted = asked.filter(opened)
        found = [m for m in opened.history(wanted) if m.position.delegation == wanted.by]
        foot = views.footer(
            opened.report(wanted._replace(type=STANCE)),
            f"{views.counted(len(found), 'stance')} of {wanted.by}",
        )
        answer = views.history_answer(found, f"History of {wanted.by}", foot)
        deliver(rendered(answer, asked.form, raw=asked.raw), asked.output)
