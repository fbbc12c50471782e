"""``negotrack show``: everything about an entry, a target, a delegation or a session."""

from __future__ import annotations

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, reading
from negotrack.domain.canonical import StoredEntry
from negotrack.render.formats import FOR_TOOLS
from negotrack.use_cases.describe import NAMED_NOUNS


@click.command()
@click.argument("what", metavar="ID|NAME", type=NameParam(*NAMED_NOUNS))
@reading()
def command(what: str, asked: Options) -> None:
    """Everything about an entry (by its id), a target, a delegation, a session or a document.

    \b
      negotrack show scope --as-of 2023-09-01
      negotrack show 3290427b
      negotrack show KEN --format json

    For an entry: its fields and sources as logged, every correction and retraction of it with what
    it set, those of corrections and retractions below them, and how it counts now. For a name:
    what it is, who stands where on it and how it was voted on (for a delegation: its groups or its
    members, and where it stands), what was moved about it, and the last five events.
    """
    from negotrack.views.show import entry_shown, name_shown

    with workspace() as opened:
        subject = opened.descriptions.subject(what, asked.negotiation)
        if isinstance(subject, StoredEntry):
            query = asked._replace(negotiation=subject.entry.negotiation).query(opened)
            entry = opened.descriptions.entry(subject, query)
            shown = entry_shown(entry, for_tools=asked.form in FOR_TOOLS)
        else:
            name = opened.descriptions.name(subject, asked.query(opened), asked.accounts)
            query, shown = name.query, name_shown(name)
        answered(opened, asked, query, "show", shown)
