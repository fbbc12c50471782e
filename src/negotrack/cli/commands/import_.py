"""``negotrack import``: take in entries from JSON Lines, CSV or a foreign form."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.context import workspace
from negotrack.cli.maps import MAPS
from negotrack.cli.options import as_json, negotiation, say
from negotrack.cli.progress import showing
from negotrack.errors import Rejected
from negotrack.render.harmless import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedReader
    from typing import BinaryIO

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.workspace import Workspace


_BY_NAME = {".csv": "csv", ".md": "draft", ".xml": "akoma-ntoso"}
"""What a file is taken for by the end of its name."""


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option(
    "--as", "form", type=click.Choice(["jsonl", "csv", *MAPS]),
    help="The form of the input; by default as the file is named, JSON Lines from a pipe.",
)  # fmt: skip
@click.option("--keep-going", is_flag=True, help="Take in what can be; report the rest.")
@click.option("--dry-run", is_flag=True, help="Check everything, keep nothing.")
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

    form = form or _BY_NAME.get(file[file.rfind(".") :].lower(), "jsonl")
    with (
        workspace() as opened,
        opened_input(file) as source,
        showing(opened, _share(source)),
    ):
        items = _items(form, source, opened, negotiation)
        done = opened.import_(items, keep_going=keep_going, dry_run=dry_run)
    record = done._asdict() | {
        "dry_run": dry_run,
        "faults": [{"line": number, "fault": fault} for number, fault in done.faults],
    }
    added = "would be added" if dry_run else "added"
    said = f"{done.added:,} {added}, {done.known:,} known already, {done.refused:,} refused"
    say(record, said, json=json)
    for number, fault in done.faults if not json else ():
        click.echo(f"line {number}: {visible(fault)}", err=True)
    if done.refused:
        sys.exit(Rejected.exit_code)


def _items(
    form: str, source: BufferedReader, opened: Workspace, negotiation: str | None
) -> Iterator[tuple[int, Callable[[], StoredEntry | Entry]]]:
    """Return what reads the entries of an input, with their lines."""
    if form in MAPS:
        return MAPS[form](source, opened, opened.negotiation(negotiation))
    read = _csv if form == "csv" else _jsonl
    return read(source, _default(opened, negotiation))


def _share(source: BufferedReader) -> Callable[[], float]:
    """Return what says how much of the input was read; nothing is known of a pipe."""

    def share() -> float:
        import os  # only a terminal asks

        size = os.fstat(source.fileno()).st_size
        return source.tell() / size if size else 0.0

    return share


def _default(opened: Workspace, negotiation: str | None) -> str | None:
    """Return the negotiation of drafts that name none; None where the record is empty."""
    return opened.negotiation(negotiation) if opened.index.negotiations() else negotiation


def _jsonl(
    source: BufferedReader, negotiation: str | None
) -> Iterator[tuple[int, Callable[[], StoredEntry | Entry]]]:
    from negotrack.exchange.readers.jsonlines import entry_of, lines

    read = partial(entry_of, negotiation=negotiation)
    return ((number, partial(read, line)) for number, line in lines(source) if line)


def _csv(
    source: BinaryIO, negotiation: str | None
) -> Iterator[tuple[int, Callable[[], StoredEntry | Entry]]]:
    from negotrack.exchange.flat import entry_of
    from negotrack.exchange.readers.tables import rows

    def read(row: dict[str, Any]) -> StoredEntry | Entry:
        if "" in row:
            raise Rejected(row[""], "give each row as many cells as the first line")
        return entry_of(row, negotiation)

    return ((number, partial(read, row)) for number, row in rows(source))
