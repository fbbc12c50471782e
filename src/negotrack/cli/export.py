"""``negotrack export``: the whole record, for other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.options import negotiation, output
from negotrack.cli.progress import showing
from negotrack.cli.session import workspace
from negotrack.render.answer import Answer
from negotrack.render.out import deliver, rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.domain.lines import Kept
    from negotrack.render.answer import Record


@click.command()
@negotiation
@output(default="jsonl", forms=("jsonl", "json", "csv"))
def command(negotiation: str | None, form: str, output: str | None, *, raw: bool) -> None:
    """The whole record, every entry as it was logged, corrections and retractions among them.

    \b
      negotrack export -o record.jsonl
      negotrack export --format csv -o record.csv

    JSON Lines are the journal's own lines, and CSV has every field in a column; `negotrack import`
    takes both back without loss. For a selection of entries use timeline or replay.
    """
    with workspace() as opened, showing(opened):
        where = opened.negotiation(negotiation)
        entries = opened.entries(where)
        if form == "jsonl":
            deliver((kept.line.decode() + "\n" for kept in entries), output)
            return
        records = _flat(entries) if form == "csv" else _objects(entries)
        deliver(rendered(Answer(f"Record of {where}", records, ()), form, raw=raw), output)


def _flat(entries: Iterator[Kept]) -> Iterator[Record]:
    from negotrack.exchange.flat import flat  # noqa: PLC0415

    return map(flat, entries)


def _objects(entries: Iterator[Kept]) -> Iterator[Record]:
    import json  # noqa: PLC0415

    return (json.loads(kept.line) for kept in entries)
