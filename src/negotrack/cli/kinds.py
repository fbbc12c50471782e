"""The kinds of entry as subcommands of ``log``, each made from its type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.completing import NameParam
from negotrack.cli.fields import example, option_of
from negotrack.cli.options import as_json, option
from negotrack.cli.prompts import dry_run, with_sources
from negotrack.domain.catalogue import BY_NOUN, type_of_noun
from negotrack.use_cases.fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.catalogue import Kind

    Run = Callable[[Kind, dict[str, Any]], None]
    """Logs an entry of a kind from the values of its fields and of the other options."""

_negotiation = option(
    "--negotiation",
    type=NameParam("negotiation"),
    help="Which one, where the workspace has several.",
)


class LogGroup(click.Group):
    """The kinds of entry, each a command."""

    run: Run

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the nouns of the kinds."""
        return list(BY_NOUN)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Make and return the command that logs a kind."""
        kind = BY_NOUN.get(cmd_name)
        return None if kind is None else _command(kind, self.run)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of kinds without making their commands."""
        with formatter.section("Kinds"):
            formatter.write_dl([(noun, kind.help) for noun, kind in BY_NOUN.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the kind; suggest near misses."""
        if args and not args[0].startswith("-") and args[0] not in BY_NOUN:
            type_of_noun(args[0])
        return super().resolve_command(ctx, args)


def _command(kind: Kind, run: Run) -> click.Command:
    first = _first_argument(kind)
    fields = [field for field in fields_of(kind) if field.attribute != first]
    params: list[click.Parameter] = []
    if first is not None:
        label = "ENTRY" if first == "entry" else first.upper()
        params.append(click.Argument(["named"], metavar=label))
    params += map(option_of, fields)

    def call(**given: Any) -> None:
        run(kind, given if first is None else given | {first: given["named"]})

    command: Any = click.Command(kind.noun, params=params, callback=call, help=_help(kind))
    for decorate in (with_sources, _negotiation, dry_run, as_json):
        command = decorate(command)
    return command  # type: ignore[no-any-return]


def _first_argument(kind: Kind) -> str | None:
    """Return the field that is given first, without an option: a new name, or an entry."""
    return kind.names or ("entry" if "entry" in kind.cls.__struct_fields__ else None)


def _help(kind: Kind) -> str:
    typed = f"\b\n  negotrack log {kind.noun} {example(kind)}"
    return f"{kind.help}\n\n{typed}\n\n{kind.cls.__doc__}"
