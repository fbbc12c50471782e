"""``negotrack trend``: how the room came to stand where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, one_target, reading, resolving
from negotrack.cli.options import option as one_option
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.views.trend import TrendSubject, trend

if TYPE_CHECKING:
    from negotrack.facts.query import OwnWords


@click.command()
@click.argument("target", metavar="TARGET", type=NameParam(*TARGET_NOUNS))
@one_option(
    "--step",
    type=click.Choice(["day", "month", "year", "session"]),
    default="day",
    show_default=True,
    help="Each in which something changed; each session.",
)
@one_option("--option", metavar="OPTION", help="The answer to an issue that is asked about.")
@one_option(
    "--group", type=NameParam("delegation"), help="Only the members of this group on each day."
)
@resolving
@reading(kinds=False)
def command(
    asked: Options,
    *,
    target: str,
    step: str,
    option: str | None,
    group: str | None,
    own_only: bool,
    own_words: OwnWords,
) -> None:
    """How many stood where, over time.

    \b
      negotrack trend scope --option limited
      negotrack trend convention --step session --as-of 2024-12-31
      negotrack trend convention --group EU --since 2023 --format csv

    At the end of every day, month or year in which a count changed, or of every session: how many
    states support it, accept it, and so on, as "tally" counts them, with who belonged to which
    group then. In the picture a letter stands for a delegation, or for several where they are many.
    """
    asked = one_target(asked, target, "a trend is of all that may vote, over time", "since")
    with workspace() as opened:
        query = asked.query(opened)
        whose = None if group is None else opened.positions.group(query, group=group)
        chosen = opened.votes.option(query, option=option) or opened.votes.leading_option(query)
        resolution = asked.resolution(own_only=own_only, own_words=own_words)
        points = opened.votes.trend(query, step, chosen, whose, resolution)
        subject = TrendSubject(query.one_target, chosen, whose, step)
        answered(opened, asked, query, "trend", trend(points, subject, query.negotiation))
