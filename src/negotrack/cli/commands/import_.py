"""``negotrack import``: take in entries from JSON Lines, CSV or a foreign form."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from negotrack.cli.context import workspace
from negotrack.cli.cures import line, worded
from negotrack.cli.options import as_json, negotiation, option, say
from negotrack.cli.progress import showing
from negotrack.errors import Cure, Rejected
from negotrack.render.harmless import visible
from negotrack.use_cases.import_formats import FORMATS, entries_of, format_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import BufferedReader

    from negotrack.use_cases.intake import Imported


@click.command()
@click.argument("file", metavar="FILE|-")
@option(
    "--as", "form", type=click.Choice(FORMATS),
    help="The form of the input; by default as the file is named, JSON Lines from a pipe.",
)  # fmt: skip
@option("--keep-going", is_flag=True, help="Take in what can be; report the rest.")
@option("--dry-run", is_flag=True, help="Check everything, keep nothing.")
@negotiation
@as_json
def command(
    file: str,
    form: str | None,
    negotiation: str | None,
    *,
    keep_going: bool,
    dry_run: bool,
    json: bool,
) -> None:
    """Take in entries, all of them or none.

    \b
      negotrack import notes.jsonl
      negotrack import notes.csv --dry-run
      negotrack import draft-2.md --as draft
      negotrack import table.csv --as stances
      zcat un_votes.csv.gz | negotrack import - --as assembly-votes

    A line with an id is taken as it is; one without is a draft, and is stamped as log would do.
    What the record holds already adds nothing, so an import can be repeated. The columns of a CSV
    file, and what is made of each of the other forms, are described in docs/formats.md.
    """
    from negotrack.exchange.readers.jsonlines import opened as opened_input

    with (
        workspace() as opened,
        opened_input(file) as source,
        showing(opened, _share(source)),
    ):
        form = form or format_of(file)
        items = entries_of(source, form, opened.storage, opened.names, negotiation)
        done = opened.import_(items, keep_going=keep_going, dry_run=dry_run)
        if done.inapplicable:
            words = f"{done.inapplicable} of the entries do not fit the text"
            opened.notices.append(worded(Cure.by("check", words)))
    _tell(done, dry_run=dry_run, json=json)


def _tell(done: Imported, *, dry_run: bool, json: bool) -> None:
    """Print what an import did, with its first faults; where there are any, end with a code."""
    faults = [(number, line(refusal)) for number, refusal in done.faults]
    record = {
        "added": done.added,
        "known": done.known,
        "refused": done.refused,
        "faults": [{"line": number, "fault": fault} for number, fault in faults],
        "dry_run": dry_run,
    }
    added = "would be added" if dry_run else "added"
    summary = f"{done.added:,} {added}, {done.known:,} known already, {done.refused:,} refused"
    say(record, summary, json=json)
    for number, fault in faults if not json else ():
        click.echo(f"line {number}: {visible(fault)}", err=True)
    if done.refused:
        sys.exit(Rejected.exit_code)


def _share(source: BufferedReader) -> Callable[[], float]:
    """Return what says how much of the input was read; nothing is known of a pipe."""

    def share() -> float:
        import os  # only a terminal asks

        size = os.fstat(source.fileno()).st_size
        return source.tell() / size if size else 0.0

    return share
