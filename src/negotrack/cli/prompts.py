"""What people give when they log something: the options, and the values that they mean."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.dates import recorded
from negotrack.cli.options import TARGETS
from negotrack.domain.catalogue import BY_NOUN, kind_of
from negotrack.domain.values import Source
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.cli.fields import FieldOption
    from negotrack.domain.entries import Entry
    from negotrack.workspace import Workspace

SHORT_ID = 10
"""As many digits of an id are shown where it stands in a sentence."""

dry_run = click.option("--dry-run", is_flag=True, help="Check everything, keep nothing.")

_SOURCE = (
    click.option(
        "--source", "source", multiple=True, metavar="ADDRESS",
        help="Where we know it from; can be repeated. The details below are the last one's.",
    ),
    click.option("--source-title", help="The title of the source."),
    click.option("--publisher", help="Who published the source."),
    click.option("--quote", help="A passage of the source, word for word."),
    click.option("--retrieved", metavar="DATE", help="The day the source was read."),
)  # fmt: skip


def with_sources(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say where an entry is known from."""
    # A command takes options in order; a function, whose decorators stand above it, the last first.
    for option in _SOURCE if isinstance(command, click.Command) else reversed(_SOURCE):
        command = option(command)
    return command


def sources(given: dict[str, Any]) -> tuple[Source, ...]:
    """Return the sources that the options of :func:`with_sources` name."""
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


def ask(field: FieldOption) -> Any:
    """Ask for a required field, where somebody is there to answer."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"{field.flag} is needed: {field.about}")
    if field.choices:
        return click.prompt(field.about, type=click.Choice(field.choices), err=True)
    default = "today" if field.attribute == "on" else None
    answer = click.prompt(field.about, default=default, err=True)
    return (answer,) if field.many else answer


def needed(noun: str, name: str, given: Any) -> Any:
    """Return what was given for a field of a kind; ask for it where nothing was."""
    if given:
        return given
    from negotrack.cli.fields import fields_of

    return ask(next(field for field in fields_of(BY_NOUN[noun]) if field.name == name))


def resolved(opened: Workspace, field: FieldOption, value: Any, negotiation: str) -> Any:
    """Return what was typed with its dates and names as the record has them."""
    if field.noun == "date":
        return _date(opened, field, value, negotiation)
    if field.attribute == "session" and value == "none":
        return value
    if not field.nouns:
        return field.value(value)
    words = value if field.many else (value,)
    names = [opened.resolve(w, *field.nouns, negotiation=negotiation).name for w in words]
    return tuple(names) if field.many else names[0]


def _date(opened: Workspace, field: FieldOption, value: str, negotiation: str) -> str:
    try:
        return recorded(value, opened, negotiation)
    except Rejected as error:
        if field.attribute == "on" and opened.index.named(negotiation, value, TARGETS):
            raise Rejected(error.sentence, f"name the target with --target {value}") from error
        raise


def sentence(entry: Entry) -> str:
    """Return who did what, and about what."""
    from negotrack.domain.summary import summary

    words = summary(kind_of(entry).type, entry)
    who = " for ".join(filter(None, (entry.by, entry.for_)))
    front = " ".join(filter(None, (who, entry.target and f"on {entry.target}")))
    return f"{front}: {words}" if front else words


def logged_line(entry_id: str, entry: Entry, *, dry_run: bool) -> str:
    """Return what is said first of an entry that was logged, or would have been."""
    front = "would log:" if dry_run else entry_id[:SHORT_ID]
    return f"{front} {sentence(entry)}"


def in_a_cell(value: Any) -> str:
    """Return the value of a field, as JSON has it, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return "; ".join(in_a_cell(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_a_cell(v)}" for name, v in value.items())
    return str(value)
