"""``negotrack sync``: make store and journal hold the same entries."""

from __future__ import annotations

import click

from negotrack.cli.context import workspace
from negotrack.cli.options import as_json, say
from negotrack.views.sync import record, sentence


@click.command()
@as_json
def command(*, json: bool) -> None:
    """Make store and journal hold the same entries.

    \b
      git pull && negotrack sync

    Every command does this by itself where it must; sync says what it did.
    """
    with workspace() as opened:
        synced = opened.sync()
        say(record(*synced), sentence(*synced), json=json)
