"""``negotrack init``: make a folder a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from negotrack.cli.options import as_json, say
from negotrack.use_cases.create import create_workspace
from negotrack.views.init import record, sentence

_NEXT = "negotrack log negotiation SLUG --title TITLE --on DATE"


@click.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False))
@as_json
def command(folder: str, *, json: bool) -> None:
    """Make this folder, or FOLDER, a workspace.

    \b
      negotrack init
      negotrack log negotiation my-treaty --title "My treaty" --on 2026-01-15

    Writes negotrack.toml and events/, and tells git to leave .negotrack/ out and to merge journals
    by union. What is there already is left as it is.
    """
    root = Path(click.get_current_context().obj["folder"], folder).resolve()
    create_workspace(root)
    say(record(root), sentence(root, _NEXT), json=json)
