"""``negotrack positions``: who stands where."""

from __future__ import annotations

import click

from negotrack.cli import views
from negotrack.cli.options import Asked, reading
from negotrack.cli.session import workspace
from negotrack.errors import Usage
from negotrack.index.rows import STANCE


@click.command()
@click.option("--matrix", is_flag=True, help="Delegations by targets, the stances alone.")
@reading(kinds=False)
def command(asked: Asked, *, matrix: bool) -> None:
    """Who stands where.

    \b
      negotrack positions --on scope --as-of 2023-09-01
      negotrack positions --by KEN --as-of ahc-6 --known-at 2023-09-15
      negotrack positions --since tuesday --format json
      negotrack positions --matrix --as-of ahc-6

    A position is the last stance that a delegation took on a target by the date. The column "why"
    ends with where we know it from.
    """
    with workspace() as opened:
        wanted = asked.filter(opened)
        wanted = wanted._replace(by=None, holder=wanted.by, type=STANCE)
        title = f"Positions in {wanted.negotiation}"
        if matrix:
            if asked.accounts == "all":
                raise Usage(
                    "a cell of the matrix has room for one account",
                    "choose --accounts official-first or latest, or leave --matrix out",
                )
            found = opened.matrix(wanted, asked.accounts)
            views.answered(opened, asked, wanted, "matrix", views.matrix(found, title))
            return
        held = opened.positions(wanted, asked.accounts)
        shown = views.positions(held, title)
        views.answered(opened, asked, wanted, "positions", shown)
