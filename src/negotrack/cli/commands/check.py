"""``negotrack check``: verify every entry; silent when all is well."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import put
from negotrack.cli.context import tell
from negotrack.cli.cures import worded
from negotrack.cli.options import output
from negotrack.render.answer import Answer
from negotrack.render.formats import FOR_TOOLS
from negotrack.views.check import findings

if TYPE_CHECKING:
    from negotrack.checking.findings import Finding
    from negotrack.render.answer import Record


@click.command()
@output(tables=False)
def command(form: str, output: str | None, *, raw: bool) -> None:
    """Verify every entry: its identity in journal and store, and every hard rule.

    \b
      negotrack check && git push

    Silent, with exit code 0, when all is well; 1 when a rule is broken or something needs a look;
    3 when lines must be converted or need a newer release; 5 when the record is damaged.
    docs/checks.md says what each rule means.
    """
    from negotrack.checking.checks import check

    results, notices = check(click.get_current_context().obj["folder"])
    tell(notices)
    shown = findings([_record(finding) for finding in results])
    if results or form in FOR_TOOLS:
        answer = Answer(shown.title, shown.records, shown.columns)
        put(answer, form, output, raw=raw)
    if results:
        sys.exit(max(finding.code for finding in results))


def _record(finding: Finding) -> Record:
    """Return a finding with its cure in terms of the command line."""
    record = finding._asdict()
    cure = worded(record.pop("cure"))
    return record | {"finding": f"{finding.finding}; {cure}" if cure else finding.finding}
