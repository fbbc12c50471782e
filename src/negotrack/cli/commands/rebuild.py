"""``negotrack rebuild``: make the index anew, or the store from the journal."""

from __future__ import annotations

import click

from negotrack.cli.context import workspace
from negotrack.cli.options import as_json, option, say
from negotrack.cli.progress import showing
from negotrack.views.rebuild import record, sentence


@click.command()
@option("--store", is_flag=True, help="Set the store aside, and make it anew too.")
@as_json
def command(*, store: bool, json: bool) -> None:
    """Make the index anew from the store; with --store, the store from the journal first.

    \b
      negotrack rebuild
      negotrack rebuild --store

    No entry is lost: the store is set aside, not deleted, and every entry in the journal is taken
    back. An entry that was only in the store is still in the file set aside.
    """
    with workspace() as opened, showing(opened):
        entries = opened.rebuild(store=store)
        say(record(entries), sentence(entries), json=json)
