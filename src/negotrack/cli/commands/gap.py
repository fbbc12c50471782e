"""``negotrack gap``: who said one thing and voted another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, option, reading, resolving
from negotrack.domain.entry_types import VOTE_CAST
from negotrack.errors import Usage
from negotrack.facts.query import several
from negotrack.views.gap import gap

if TYPE_CHECKING:
    from negotrack.facts.query import OwnWords


@click.command()
@click.argument("delegation", metavar="[DELEGATION]", type=NameParam("delegation"), required=False)
@option("--all", "everything", is_flag=True, help="Also the votes that were as declared.")
@resolving
@reading(kinds=False)
def command(
    asked: Options,
    *,
    delegation: str | None,
    everything: bool,
    own_only: bool,
    own_words: OwnWords,
) -> None:
    """Who said one thing and voted another.

    \b
      negotrack gap
      negotrack gap IND --as-of 2024-08-08
      negotrack gap --all --format json

    Each vote is held against the stance that the delegation had declared by then on the same
    thing, in its own words or through its group. A vote on a motion to adopt, or to adopt a part,
    is a vote on its target; one on a motion to delete is the opposite. The gap is whole where one
    of the two is for it and the other against it, and half where one is an abstention or a
    reservation. Stances on an option of an issue say nothing of a vote on the issue.
    """
    if delegation is not None and asked.delegation:
        raise Usage("DELEGATION and --delegation name two delegations", "give one of them")
    if delegation is not None:
        asked = asked._replace(delegation=(delegation,))
    with workspace() as opened:
        query = asked.query(opened)
        gaps = opened.votes.gaps(query, asked.resolution(own_only=own_only, own_words=own_words))
        whose = ", ".join(several(query.delegation)) or None
        shown = gap(gaps, query.negotiation, whose, everything=everything)
        answered(opened, asked, query.narrowed(type=VOTE_CAST), "gap", shown)
