"""``negotrack undo``: retract the last entry that one logged."""

from __future__ import annotations

import click

from negotrack.cli.context import workspace
from negotrack.cli.logged import say_erratum
from negotrack.cli.options import as_json, option
from negotrack.cli.prompts import dry_run


@click.command()
@option("--reason", default="undone", show_default=True, help="Why it is retracted.")
@dry_run
@as_json
def command(reason: str, *, dry_run: bool, json: bool) -> None:
    """Retract the last entry that you logged and that still counts.

    \b
      negotrack undo
      negotrack undo --reason "Wrong meeting" --dry-run

    You are who NEGOTRACK_RECORDER names, or your login. An undo is itself an entry, a retraction;
    retractions are passed over, so a second undo goes on to the entry before and does not bring
    the first one back. To bring it back, retract the retraction: `negotrack retract ID`.
    """
    with workspace() as opened:
        say_erratum(opened.undo(reason=reason, dry_run=dry_run), dry_run=dry_run, json=json)
