"""``negotrack positions``: who stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, option, reading, resolving
from negotrack.domain.entry_types import STANCE_TAKEN
from negotrack.errors import Usage
from negotrack.facts.rows import of_delegations
from negotrack.render.formats import FOR_TOOLS

if TYPE_CHECKING:
    from collections.abc import Collection

    from negotrack.facts.query import OwnWords, Query, Resolution
    from negotrack.views.shown import Shown
    from negotrack.workspace import Workspace


@click.command()
@option("--matrix", is_flag=True, help="All at once: delegations by targets, in letters.")
@option("--unfold", is_flag=True, help="A line for everybody: also for those who stand alike.")
@resolving
@option("--group", type=NameParam("delegation"), help="Only this group and its members on the day.")
@reading(kinds=False)
def command(
    asked: Options,
    *,
    matrix: bool,
    unfold: bool,
    own_only: bool,
    own_words: OwnWords,
    group: str | None,
) -> None:
    """Who stands where.

    \b
      negotrack positions --target scope --as-of 2023-09-01
      negotrack positions --delegation KEN --as-of ahc-6 --known-at 2026-11-24
      negotrack positions --since tuesday --format json
      negotrack positions --matrix --target scope --target art-6/2 --as-of ahc-6
      negotrack positions --target scope --group EU --as-of ahc-6 --unfold

    A delegation's own last words count, or its vote. Where it said nothing itself, it stands where
    the group stands that it belongs to on that day and that spoke last; the column "via" names the
    group. The column "why" ends with where we know it from. Members that stand somewhere through
    their group are named in its line, unless --unfold asks for a line for each. --by leaves only
    what that delegation said itself, for whomever it spoke.
    """
    with workspace() as opened:
        query = asked.query(opened).narrowed(type=STANCE_TAKEN)
        resolution = asked.resolution(own_only=own_only, own_words=own_words)
        parties = None if group is None else opened.positions.members(query, group=group)
        if matrix:
            shown = _matrix(opened, asked, query, resolution, parties, unfolded=unfold)
            answered(opened, asked, query, "matrix", shown)
            return
        stands = [
            position
            for position in opened.positions(query, resolution)
            if parties is None or position.delegation in parties
        ]
        from negotrack.views.positions import positions  # a matrix does without

        is_folded = not unfold and asked.form not in FOR_TOOLS
        shown = positions(stands, query.negotiation, folded=is_folded)
        answered(opened, asked, query, "positions", shown)


def _matrix(
    opened: Workspace,
    asked: Options,
    query: Query,
    resolution: Resolution,
    parties: Collection[str] | None,
    *,
    unfolded: bool,
) -> Shown:
    """Return the matrix of what is asked, of those parties; people get a picture of it."""
    from negotrack.views.matrix import GridLayout, drawn_matrix, matrix

    if asked.accounts == "all":
        raise Usage(
            "a cell of the matrix has room for one account",
            "choose --accounts official-first or latest, or leave --matrix out",
        )
    stands = opened.matrix(query, resolution)
    if parties is not None:
        stands = of_delegations(stands, parties)
    if asked.form in FOR_TOOLS:
        return matrix(stands, query.negotiation)
    from negotrack.render.out import width

    hint = "choose with --target, or ask for another --format"
    layout = GridLayout(width() if asked.form == "table" else None, unfolded, hint)
    memberships = opened.positions.memberships(query)
    return drawn_matrix(stands, query.negotiation, memberships, layout)
