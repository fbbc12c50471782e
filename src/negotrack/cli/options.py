"""Options that commands share, each declared once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from negotrack import clock
from negotrack.cli.completing import Name
from negotrack.render.answer import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.index.reading import Filter
    from negotrack.workspace import Workspace

TARGETS = ("issue", "provision", "proposal", "amendment")


class Asked(NamedTuple):
    """What the shared options of a reading command say, as typed."""

    as_of: str | None
    negotiation: str | None
    session: str | None
    by: str | None
    on: str | None
    kind: str | None
    source: str | None
    form: str
    output: str | None
    raw: bool

    def day(self, workspace: Workspace) -> str:
        """Return the day asked about; today where none was named."""
        if self.as_of is None:
            return clock.now().date().isoformat()
        from negotrack.cli.dates import last_day  # noqa: PLC0415

        return last_day(self.as_of, workspace, self.negotiation)

    def filter(self, workspace: Workspace, default_day: str | None = None) -> Filter:
        """Return the filter, every name in it resolved."""
        where = self.negotiation
        day = default_day if default_day and self.as_of is None else self.day(workspace)

        def named(word: str | None, *nouns: str) -> str | None:
            if word is None:
                return None
            return workspace.resolve(word, *nouns, negotiation=where).name

        return workspace.filter(day, where)._replace(
            session=named(self.session, "session"),
            by=named(self.by, "delegation"),
            target=named(self.on, *TARGETS, "document"),
            type=self._type(),
            source=self.source,
        )

    def _type(self) -> str | None:
        if self.kind is None:
            return None
        from negotrack.cli.nouns import type_of_noun  # noqa: PLC0415

        return type_of_noun(self.kind)


def negotiation(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that chooses among several negotiations."""
    return click.option(
        "--negotiation",
        type=Name("negotiation"),
        help="Which negotiation, where the workspace has several.",
    )(command)


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    options = (
        click.option(
            "--as-of",
            metavar="DATE",
            help="Only what had happened by then: a date, a month, a year, a session or today.",
        ),
        click.option("--session", type=Name("session"), help="Only this session."),
        click.option(
            "--by", type=Name("delegation"), help="Only what this delegation did, or had done."
        ),
        click.option(
            "--on",
            type=Name(*TARGETS, "document"),
            help="Only what is about this target, or about a part of it.",
        ),
        click.option("--kind", metavar="KIND", help="Only this kind of entry, e.g. stance."),
        click.option(
            "--source", metavar="TEXT", help="Only entries with a source that contains this text."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def output(
    default: str = "table", forms: tuple[str, ...] = FORMATS
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add the options that say in which format an answer is printed, and where to."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        options = (
            click.option(
                "--format",
                "form",
                type=click.Choice(forms),
                default=default,
                show_default=True,
                help="How to print the answer.",
            ),
            click.option(
                "-o",
                "--output",
                metavar="FILE",
                help="Write to this file, which is replaced whole.",
            ),
            click.option("--raw", is_flag=True, help="Do not guard CSV cells against formulas."),
        )
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def reading(
    default: str = "table", forms: tuple[str, ...] = FORMATS
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add what every reading command has; the command gets it as ``asked``."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        from functools import wraps  # noqa: PLC0415

        @wraps(command)
        def run(**options: Any) -> Any:
            asked = Asked(**{name: options.pop(name) for name in Asked._fields})
            return command(asked=asked, **options)

        return _filters(negotiation(output(default, forms)(run)))

    return decorate


def as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option by which a command that is no answer prints one JSON object."""
    return click.option("--json", is_flag=True, help="Print one JSON object.")(command)


def say(record: dict[str, Any], line: str, *, json: bool) -> None:
    """Print what a command did: an object for tools, or a line for people."""
    if json:
        import json as encoder  # noqa: PLC0415

        click.echo(encoder.dumps(record, ensure_ascii=False))
        return
    from negotrack.render.text import visible  # noqa: PLC0415

    click.echo("\n".join(visible(part) for part in line.splitlines()))
