"""``negotrack votes``: how delegations voted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, option, reading
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.facts.query import several
from negotrack.render.formats import FOR_TOOLS
from negotrack.views.votes import ballots, voters

if TYPE_CHECKING:
    from negotrack.facts.query import Query
    from negotrack.views.shown import Shown
    from negotrack.workspace import Workspace


@click.command()
@click.argument("target", metavar="[TARGET]", type=NameParam(*TARGET_NOUNS), required=False)
@option("--unfold", is_flag=True, help="A line for each vote, with its source and its entry.")
@reading(kinds=False)
def command(target: str | None, asked: Options, *, unfold: bool) -> None:
    """How each delegation voted, and what was decided.

    \b
      negotrack votes
      negotrack votes res-74-247
      negotrack votes res-74-247 --format json
      negotrack votes --delegation KEN --since 2019

    With a target, who gave which answer, and what was said of it; --unfold lists each vote.
    Without a target or a delegation: everything that was voted on, with how many were for it,
    against it and abstained, counted from the votes in the record. A delegation counts once, by its
    last vote; how it later said that it had meant to vote stands beside it and is not counted.

    With what was decided stands what the rule gives for the figures: the rule that the decision or
    its motion names; where none is named, each that the negotiation had by then.
    """
    if target is not None:
        asked = asked._replace(target=(target,))
    with workspace() as opened:
        query = asked.query(opened)
        is_folded = not unfold and asked.form not in FOR_TOOLS
        if query.target is None and query.delegation is None:
            shown = _ballots(opened, query)
        else:
            shown = _voters(opened, query, asked, folded=is_folded)
        answered(opened, asked, query, "votes", shown)


def _ballots(opened: Workspace, query: Query) -> Shown:
    """Return everything that was voted on."""
    where = query.negotiation
    titles = {
        name.name: name.title for name in opened.names.registered(*TARGET_NOUNS, negotiation=where)
    }
    return ballots(opened.votes(query), opened.votes.decisions(query), titles, where)


def _voters(opened: Workspace, query: Query, asked: Options, *, folded: bool) -> Shown:
    """Return who voted how, with what was decided where one target is asked about."""
    roll = opened.votes.voters(query, asked.accounts)
    is_of_target = query.target is not None
    decisions = opened.votes.decisions(query) if is_of_target else []
    lines = opened.votes.decision_lines(query) if is_of_target else []
    return voters(
        roll,
        list(zip(decisions, lines, strict=True)),
        delegation=", ".join(several(query.delegation)) or None,
        target=", ".join(several(query.target)) or None,
        folded=folded,
    )
