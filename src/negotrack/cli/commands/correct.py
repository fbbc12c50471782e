"""``negotrack correct``: replace fields of an earlier entry."""

from __future__ import annotations

from typing import Any

import click

from negotrack.cli.context import workspace
from negotrack.cli.logged import say_erratum
from negotrack.cli.options import as_json, option
from negotrack.cli.prompts import assignment, dry_run, needed, sources, with_sources


@click.command()
@click.argument("entry", metavar="ID")
@option(
    "--set", "texts", metavar="FIELD=VALUE", multiple=True,
    help="What to set (needed); can be repeated. FIELD= takes the field away.",
)  # fmt: skip
@option("--reason", help="Why it is corrected (needed).")
@option("--on", metavar="DATE", default="today", help="When it was corrected; today, unless told.")
@with_sources
@dry_run
@as_json
def command(entry: str, texts: tuple[str, ...], reason: str | None, on: str, **given: Any) -> None:
    """Replace fields of an earlier entry, which is kept as it was logged.

    \b
      negotrack correct 4f2c91 --set stance=reserve --reason "Misheard"
      negotrack correct 4f2c91 --set by=Kenya --set option= --reason "It was Kenya"

    The entry goes by the beginning of its id. Names, aliases and dates are understood as they are
    by `log`; `FIELD=` takes a field away, and a list is separated by `;`. The entry as corrected
    must satisfy every rule that a new one has to. A correction is itself an entry: it can be
    corrected, but for what it sets, and retracted.
    """
    from negotrack.use_cases.correct import correct

    with workspace() as opened:
        about = opened.errata.entry_to_amend(entry)
        pairs = map(assignment, needed("correction", "set", texts))
        reason = needed("correction", "reason", reason)
        logged = correct(
            opened.errata, about, pairs, reason, on, sources(given), dry_run=given["dry_run"]
        )
        say_erratum(logged, dry_run=given["dry_run"], json=given["json"])
