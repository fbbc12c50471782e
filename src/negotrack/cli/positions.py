"""``negotrack positions``: who stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli import views
from negotrack.cli.completing import Name
from negotrack.cli.options import Asked, reading, resolving
from negotrack.cli.session import workspace
from negotrack.errors import Usage
from negotrack.index.rows import STANCE, of_delegations

if TYPE_CHECKING:
    from negotrack.projections.positions import OwnWords


@click.command()
@click.option("--matrix", is_flag=True, help="Delegations by targets, the stances alone.")
@resolving
@click.option(
    "--group", type=Name("delegation"), help="Only this group and its members on the day."
)
@reading(kinds=False)
def command(
    asked: Asked, *, matrix: bool, own_only: bool, own_words: OwnWords, group: str | None
) -> None:
    """Who stands where.

    \b
      negotrack positions --on scope --as-of 2023-09-01
      negotrack positions --by KEN --as-of ahc-6 --known-at 2023-09-15
      negotrack positions --since tuesday --format json
      negotrack positions --matrix --as-of ahc-6
      negotrack positions --on scope --group EU --as-of ahc-6

    A delegation's own last words count, or its vote. Where it said nothing itself, it stands where
    the group stands that it belongs to on that day and that spoke last; the column "via" names the
    group. The column "why" ends with where we know it from.
    """
    with workspace() as opened:
        wanted = asked.filter(opened)
        wanted = wanted._replace(by=None, holder=wanted.by, type=STANCE)
        title = f"Positions in {wanted.negotiation}"
        parties = None if group is None else opened.parties(wanted, group)
        if matrix:
            if asked.accounts == "all":
                raise Usage(
                    "a cell of the matrix has room for one account",
                    "choose --accounts official-first or latest, or leave --matrix out",
                )
            found = opened.matrix(wanted, asked.accounts, own_only=own_only, own_words=own_words)
            if parties is not None:
                found = of_delegations(found, parties)
            views.answered(opened, asked, wanted, "matrix", views.matrix(found, title))
            return
        held = opened.positions(wanted, asked.accounts, own_only=own_only, own_words=own_words)
        if parties is not None:
            held = [position for position in held if position.delegation in parties]
        shown = views.positions(held, title)
        views.answered(opened, asked, wanted, "positions", shown)
