"""``negotrack history``: how a position came about."""

from __future__ import annotations

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import TARGETS, Options, reading
from negotrack.facts.rows import STANCE
from negotrack.views import answers


@click.command()
@click.argument("delegation", type=NameParam("delegation"))
@click.argument("target", metavar="[TARGET]", type=NameParam(*TARGETS), required=False)
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
    asked = asked._replace(by=delegation, on=target or asked.on)
    with workspace() as opened:
        wanted = asked.filter(opened)
        wanted = wanted._replace(by=None, holder=wanted.by, type=STANCE)
        found = opened.history(wanted, asked.accounts)
        answered(opened, asked, wanted, "history", answers.history(found, wanted.holder or ""))
