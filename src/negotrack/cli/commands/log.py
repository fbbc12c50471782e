"""``negotrack log KIND``: log what happened. One subcommand for each kind of entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.context import workspace
from negotrack.cli.kinds import LogGroup
from negotrack.cli.logged import say_erratum
from negotrack.cli.options import say
from negotrack.cli.prompts import ask, assignment, sources
from negotrack.use_cases.correct import draft_erratum
from negotrack.use_cases.drafting import Drafting
from negotrack.use_cases.fields import fields_of
from negotrack.use_cases.log import log
from negotrack.views.entries import logged_lines, logged_record

if TYPE_CHECKING:
    from negotrack.domain.catalogue import Kind
    from negotrack.domain.entries import Erratum
    from negotrack.workspace import Workspace


@click.command(cls=LogGroup)
def command() -> None:
    """Log what happened, as an entry of one kind.

    \b
      negotrack log stance --by KEN --target art-6/2 --stance reserve \\
          --on 2023-08-23 --source https://example.org/report

    Flags first; on a terminal, what is missing is asked for. An entry is never edited: see
    `correct`, `retract` and `undo`.
    """


def _log(kind: Kind, given: dict[str, Any]) -> None:
    dry_run, json = given["dry_run"], given["json"]
    names = {"negotiation", *(field.attribute for field in fields_of(kind))}
    fields = {name: value for name, value in given.items() if name in names}
    fields["sources"] = sources(given)
    with workspace() as opened:
        if "entry" in fields:
            erratum = opened.errata.log(_erratum(opened, kind, fields), dry_run=dry_run)
            say_erratum(erratum, dry_run=dry_run, json=json)
            return
        draft = Drafting(opened.names, ask).draft(kind, fields)
        logged = log(opened.storage, draft, dry_run=dry_run)
        lines = logged_lines(logged, dry_run=dry_run, leave_out="--session none leaves it out")
        say(logged_record(logged, dry_run=dry_run), lines, json=json)


def _erratum(opened: Workspace, kind: Kind, fields: dict[str, Any]) -> Erratum:
    if "set" in fields:
        fields["set"] = tuple(map(assignment, fields["set"]))
    return draft_erratum(opened.errata, kind, fields, ask)


command.run = _log
