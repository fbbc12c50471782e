"""``negotrack retract``: withdraw an earlier entry, as if it had never been made."""

from __future__ import annotations

from typing import Any

import click

from negotrack.cli.context import workspace
from negotrack.cli.logged import say_erratum
from negotrack.cli.options import as_json, option
from negotrack.cli.prompts import dry_run, needed, sources, with_sources


@click.command()
@click.argument("entry", metavar="ID")
@option("--reason", help="Why it is retracted (needed).")
@option("--on", metavar="DATE", default="today", help="When it was retracted; today, unless told.")
@with_sources
@dry_run
@as_json
def command(entry: str, reason: str | None, on: str, **given: Any) -> None:
    """Withdraw an earlier entry: it is kept, and does not count any more.

    \b
      negotrack retract 4f2c91 --reason "Logged twice"

    The entry goes by the beginning of its id. What brought a name that other entries use is not
    retracted before those are. A retraction is itself an entry: to let what it is about count
    again, retract the retraction.
    """
    from negotrack.use_cases.retract import retract

    with workspace() as opened:
        about = opened.errata.entry_to_amend(entry)
        reason = needed("retraction", "reason", reason)
        logged = retract(opened.errata, about, reason, on, sources(given), dry_run=given["dry_run"])
        say_erratum(logged, dry_run=given["dry_run"], json=given["json"])
