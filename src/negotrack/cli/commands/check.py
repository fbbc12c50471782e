"""``negotrack check``: verify every entry; silent when all is well."""

from __future__ import annotations

import sys

import click

from negotrack.cli.context import tell
from negotrack.cli.options import output
from negotrack.render.answer import Answer, Column
from negotrack.render.out import deliver, rendered


@click.command()
@output()
def command(form: str, output: str | None, *, raw: bool) -> None:
    """Verify every entry: its identity in journal and store, and every hard rule.

    \b
      negotrack check && git push

    Silent, with exit code 0, when all is well; 1 when a rule is broken or something needs a look;
    3 when lines must be converted or need a newer release; 5 when the record is damaged.
    docs/checks.md says what each rule means.
    """
    from negotrack.checking import check

    findings, notices = check(click.get_current_context().obj["folder"])
    tell(notices)
    if not findings:
        if form in ("json", "csv", "jsonl"):
            deliver(rendered(Answer("Check", [], ()), form), output)
        return
    columns = (
        Column("rule", lambda r: r["rule"], most=18),
        Column("where", lambda r: r["where"], most=30),
        Column("finding", lambda r: r["finding"], wide=True),
    )
    records = [f._asdict() for f in findings]
    deliver(rendered(Answer("Check", records, columns), form, raw=raw), output)
    sys.exit(max(f.code for f in findings))
