"""What people give when they write: the options for it, and questions for what is missing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.fields import flag
from negotrack.cli.options import option
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.values import Source
    from negotrack.use_cases.fields import KindField

dry_run = option("--dry-run", is_flag=True, help="Check everything, keep nothing.")

_SOURCE = (
    option(
        "--source", "source", multiple=True, metavar="ADDRESS",
        help="Where we know it from; can be repeated. The details below are the last one's.",
    ),
    option("--source-title", help="The title of the source."),
    option("--publisher", help="Who published the source."),
    option("--quote", help="A passage of the source, word for word."),
    option("--retrieved", metavar="DATE", help="The day the source was read."),
)  # fmt: skip


def with_sources(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say where an entry is known from."""
    # A command takes options in order; a function, whose decorators stand above it, the last first.
    for decorate in _SOURCE if isinstance(command, click.Command) else reversed(_SOURCE):
        command = decorate(command)
    return command


def sources(given: dict[str, Any]) -> tuple[Source, ...]:
    """Return the sources that the options of :func:`with_sources` name."""
    from negotrack.domain.values import Source
    from negotrack.questions.periods import recorded

    details = {
        "title": given["source_title"],
        "publisher": given["publisher"],
        "quote": given["quote"],
        "retrieved": given["retrieved"] and recorded(given["retrieved"]),
    }
    *first, last = given["source"] or (None,)
    if last is None and not any(details.values()):
        return ()
    return (*(Source(address=a) for a in first), Source(address=last, **details))


def ask(field: KindField) -> Any:
    """Ask for a required field, where somebody is there to answer."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"{flag(field.name)} is needed: {field.about}")
    if field.choices:
        return click.prompt(field.about, type=click.Choice(field.choices), err=True)
    default = "today" if field.attribute == "on" else None
    answer = click.prompt(field.about, default=default, err=True)
    if field.name == "set":
        return (assignment(answer),)
    return (answer,) if field.many else answer


def needed(noun: str, name: str, given: Any) -> Any:
    """Return what was given for a field of a kind; ask for it where nothing was."""
    if given:
        return given
    from negotrack.domain.catalogue import kind_named
    from negotrack.use_cases.fields import fields_of

    return ask(next(field for field in fields_of(kind_named(noun)) if field.name == name))


def assignment(text: str) -> tuple[str, str]:
    """Return the field and the value, as typed, of ``FIELD=VALUE``."""
    name, equals, value = text.partition("=")
    if not equals:
        raise Rejected(f"{text!r} sets nothing", "write FIELD=VALUE, e.g. stance=oppose")
    return name, value
