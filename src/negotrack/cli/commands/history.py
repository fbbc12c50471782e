"""``negotrack history``: how a position came about."""

from __future__ import annotations

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, reading
from negotrack.domain.entry_types import STANCE_TAKEN, TARGET_NOUNS
from negotrack.views.history import history


@click.command()
@click.argument("delegation", type=NameParam("delegation"))
@click.argument("target", metavar="[TARGET]", type=NameParam(*TARGET_NOUNS), required=False)
@reading(kinds=False)
def command(delegation: str, target: str | None, asked: Options) -> None:
    """How a position came about: each stance and vote, what was held before, and why.

    \b
      negotrack history IND
      negotrack history EU scope --as-of ahc-6
      negotrack history EU scope --known-at 2026-11-24

    Only the delegation's own words and votes are listed, none of its groups'; each with the day it
    was recorded. A vote stands as the stance that it means.
    """
    asked = asked._replace(delegation=(delegation,))
    if target is not None:
        asked = asked._replace(target=(target,))
    with workspace() as opened:
        query = asked.query(opened).narrowed(type=STANCE_TAKEN)
        stance_changes = opened.history(query, asked.accounts)
        answered(opened, asked, query, "history", history(stance_changes, query.one_delegation))
