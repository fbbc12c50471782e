"""``negotrack movers``: who changed, how far, and toward whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.context import workspace
from negotrack.cli.days import day_after_period
from negotrack.cli.options import Options, option, reading, resolving
from negotrack.errors import Usage
from negotrack.facts.query import several
from negotrack.render.formats import FOR_TOOLS
from negotrack.views.movers import movers

if TYPE_CHECKING:
    from negotrack.facts.query import OwnWords


@click.command()
@option("--from", "from_", metavar="DATE", help="Where they stood at the end of this date.")
@option("--to", metavar="DATE", help="Where they stood by this date; today if left out.")
@option("--unfold", is_flag=True, help="A line for everybody that moved with its group.")
@resolving
@reading(kinds=False)
def command(
    asked: Options,
    *,
    from_: str | None,
    to: str | None,
    unfold: bool,
    own_only: bool,
    own_words: OwnWords,
) -> None:
    """Who changed between two days, how far, and toward whom.

    \b
      negotrack movers --from 2023-08-21 --to 2023-09-01
      negotrack movers --from ahc-5 --to ahc-6 --target scope
      negotrack movers --since 2023 --delegation KEN --own-only

    The distance is that of the grades, from support (+2) to block (-2); "total" adds up how far a
    delegation went on all targets. It joins those who stood there already on the first day; a
    group stands for its members. First words are listed after the moves, and last who no longer
    has a position. To speak of another option has no distance. Members that moved with their group
    are named in its line, unless --unfold asks for a line for each.
    """
    asked = _checked(asked, from_, to)
    with workspace() as opened:
        query = asked.query(opened)
        if from_ is not None:
            query = query.narrowed(since=day_after_period(from_, opened, query))
        resolution = asked.resolution(own_only=own_only, own_words=own_words)
        moves = opened.positions.movers(query, resolution)
        is_folded = not unfold and asked.form not in FOR_TOOLS
        mover = ", ".join(several(query.delegation)) or None
        shown = movers(moves, query.negotiation, mover, folded=is_folded)
        since = asked.since if from_ is None else from_
        answered(opened, asked._replace(since=since), query, "movers", shown)


def _checked(asked: Options, from_: str | None, to: str | None) -> Options:
    """Refuse two words for one day, or none; return what is asked with its last day."""
    if (from_, asked.begins) == (None, None):
        raise Usage("who moved needs a beginning", "give --from DATE")
    if None not in (from_, asked.begins):
        other = "--since" if asked.on is None else "--on"
        raise Usage(f"--from and {other} name two beginnings", "give one of them")
    if None not in (to, asked.on):
        raise Usage("--to and --on name two dates", "give one of them")
    if None not in (to, asked.as_of):
        raise Usage("--to and --as-of name two dates", "give one of them")
    return asked._replace(as_of=asked.as_of if to is None else to)
