"""``negotrack schema``: the JSON Schemas of entries and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.options import option
from negotrack.errors import Usage
from negotrack.render.out import deliver

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem


def _complete(_: click.Context, __: click.Parameter, typed: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from negotrack.views.schema import subjects

    names = ((one["schema"], one["about"]) for one in subjects())
    return [CompletionItem(name, help=about) for name, about in names if name.startswith(typed)]


@click.command()
@click.argument("name", metavar="[NAME]", required=False, shell_complete=_complete)
@option("-o", "--output", metavar="FILE", help="Write to this file, which is replaced whole.")
def command(name: str | None, output: str | None) -> None:
    """The JSON Schema (2020-12) of entries, or of an answer.

    \b
      negotrack schema
      negotrack schema entry -o entry.schema.json
      negotrack schema stance
      negotrack schema positions

    Without NAME, what there are schemas of, as a JSON list. An entry is a line of the journal, and
    a draft is what `import` takes in; one type of entry goes by its noun. An answer is what the
    command of its name prints with --json, and without --columns, which leaves keys out.
    """
    from negotrack.views.schema import schema_of, subjects

    if name is None:
        deliver(_lines(subjects()), output)
        return
    schema = schema_of(name)
    if schema is None:
        raise _unknown(name, [str(one["schema"]) for one in subjects()])
    deliver(_indented(schema), output)


def _unknown(name: str, names: list[str]) -> Usage:
    from negotrack.domain.names import near

    close = near(name, names)
    cure = f"did you mean {', '.join(close)}?" if close else f"there are {', '.join(names)}"
    return Usage(f"no schema of {name}", cure)


def _lines(records: Iterable[dict[str, Any]]) -> Iterable[str]:
    """Return a JSON list with a record a line."""
    import json

    return ["[\n", ",\n".join(json.dumps(one, ensure_ascii=False) for one in records), "\n]\n"]


def _indented(schema: dict[str, Any]) -> Iterable[str]:
    import json

    return [json.dumps(schema, ensure_ascii=False, indent=2), "\n"]
