"""``negotrack sync``: make store and journal hold the same entries."""

from __future__ import annotations

import click

from negotrack.cli.context import workspace
from negotrack.cli.options import as_json, say


@click.command()
@as_json
def command(*, json: bool) -> None:
    """Make store and journal hold the same entries.

    \b
      git pull && negotrack sync

    Every command does this by itself where it must; sync says what it did.
    """
    with workspace() as opened:
        done = opened.sync()
        record = {
            "absorbed": done.absorbed,
            "journaled": done.journaled,
            "quarantined": list(done.quarantined),
        }
        said = f"{done.absorbed} into the store, {done.journaled} into the journal"
        say(record, said if any(done) else "in step already", json=json)
