"""``negotrack log KIND``: log what happened. One subcommand for each kind of entry."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.completing import Name
from negotrack.cli.dates import recorded, today
from negotrack.cli.examples import EXAMPLES, HELP
from negotrack.cli.fields import Field, fields_of
from negotrack.cli.options import as_json, say
from negotrack.cli.session import workspace
from negotrack.domain.catalogue import BY_NOUN, Kind, kind_of
from negotrack.domain.dates import span
from negotrack.domain.states import STATES
from negotrack.domain.values import Source
from negotrack.errors import Rejected
from negotrack.projections.history import in_words

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry
    from negotrack.workspace import Logged, Workspace

_POSITIONAL = {"entry"}
_ZONES = {
    "New York": "America/New_York",
    "Vienna": "Europe/Vienna",
    "Geneva": "Europe/Zurich",
    "Nairobi": "Africa/Nairobi",
}
_KEEPS_BOOKS = frozenset({"delegation", "provision", "correction", "retraction"})
"""Kinds that are dated by the day they are logged, where no day is given."""


class LogGroup(click.Group):
    """The kinds of entry, each a command made from its type."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the nouns of the kinds."""
        return list(BY_NOUN)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Make and return the command that logs a kind."""
        kind = BY_NOUN.get(cmd_name)
        return None if kind is None else _command(kind)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of kinds without making their commands."""
        with formatter.section("Kinds"):
            formatter.write_dl([(noun, HELP[noun]) for noun in BY_NOUN])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the kind; suggest near misses."""
        if args and not args[0].startswith("-") and args[0] not in BY_NOUN:
            from negotrack.cli.nouns import type_of_noun  # noqa: PLC0415

            type_of_noun(args[0])
        return super().resolve_command(ctx, args)


@click.command(cls=LogGroup)
def command() -> None:
    """Log what happened, as an entry of one kind.

    \b
      negotrack log stance --by KEN --target art-6/2 --stance reserve \\
          --on 2023-08-23 --source https://example.org/report

    Flags first; on a terminal, what is missing is asked for. An entry is never edited: see the
    kinds `correction` and `retraction`.
    """


def _command(kind: Kind) -> click.Command:
    named = kind.names or next((f for f in _POSITIONAL if f in _attributes(kind)), None)
    found = [f for f in fields_of(kind) if f.attribute not in (kind.names, *_POSITIONAL)]
    params: list[click.Parameter] = []
    if named is not None:
        label = "ENTRY" if named in _POSITIONAL else named.upper()
        params.append(click.Argument(["named"], metavar=label))
    params += [f.option() for f in found]

    def run(**given: Any) -> None:
        _log(kind, found, named, given)

    made: Any = click.Command(kind.noun, params=params, callback=run, help=_help(kind))
    for decorate in (*_SOURCE, _negotiation, _dry_run, as_json):
        made = decorate(made)
    return made  # type: ignore[no-any-return]


def _attributes(kind: Kind) -> tuple[str, ...]:
    return kind.cls.__struct_fields__


def _help(kind: Kind) -> str:
    example = f"\b\n  negotrack log {kind.noun} {EXAMPLES[kind.noun]}"
    return f"{HELP[kind.noun]}\n\n{example}\n\n{kind.cls.__doc__}"


_dry_run = click.option("--dry-run", is_flag=True, help="Check everything, keep nothing.")
_negotiation = click.option(
    "--negotiation", type=Name("negotiation"), help="Which one, where the workspace has several."
)
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


def _log(kind: Kind, found: list[Field], named: str | None, given: dict[str, Any]) -> None:
    with workspace() as opened:
        where = given["negotiation"]
        values: dict[str, Any] = {}
        opens = kind.noun == "negotiation"
        if named in _POSITIONAL:
            about = opened.entry(given["named"])[1]
            values[named], where = about.id, about.entry.negotiation
        else:
            where = given["named"] if opens else opened.negotiation(where)
            values |= {named: given["named"]} if named else {}
        values |= _defaults(kind, values, given)
        for field in found:
            value = given[field.attribute]
            if value in (None, ()):
                if field.attribute in values:
                    continue
                value = _ask(field) if field.required else None
            if value not in (None, ()):
                values[field.attribute] = _resolved(opened, field, value, where)
        values["negotiation"] = where
        values["sources"] = _sources(given)
        inferred = _in_session(opened, kind, values)
        logged = opened.log(kind.cls(**values), dry_run=given["dry_run"])
        _tell(logged, inferred, given)


def _defaults(kind: Kind, values: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """Return what need not be typed: a state's names, a session's zone and first day."""
    values = {"on": today()} if kind.noun in _KEEPS_BOOKS else {}
    if kind.noun == "delegation" and given["named"] in STATES:
        state = STATES[given["named"]]
        values |= {"kind": "state", "name": state.name, "aliases": state.aliases}
    if kind.noun == "session":
        if given["city"] in _ZONES:
            values["zone"] = _ZONES[given["city"]]
        if given["days"]:
            values["on"] = span(given["days"]).first
    return values


def _ask(field: Field) -> Any:
    """Ask for a required field, where somebody is there to answer."""
    if not sys.stdin.isatty():
        raise click.UsageError(f"{field.flag} is needed: {field.about}")
    if field.choices:
        return click.prompt(field.about, type=click.Choice(field.choices), err=True)
    default = today() if field.attribute == "on" else None
    answer = click.prompt(field.about, default=default, err=True)
    return (answer,) if field.many else answer


def _resolved(opened: Workspace, field: Field, value: Any, negotiation: str) -> Any:
    if field.noun == "date":
        try:
            return recorded(value)
        except Rejected as error:
            if field.attribute == "on" and opened.index.named(
                negotiation, value, ("issue", "provision", "proposal", "amendment")
            ):
                raise Rejected(error.sentence, f"name the target with --target {value}") from error
            raise
    if field.attribute == "session" and value == "none":
        return value
    if not field.nouns:
        return field.value(value)
    words = value if field.many else (value,)
    names = [opened.resolve(w, *field.nouns, negotiation=negotiation).name for w in words]
    return tuple(names) if field.many else names[0]


def _sources(given: dict[str, Any]) -> tuple[Source, ...]:
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


def _in_session(opened: Workspace, kind: Kind, values: dict[str, Any]) -> str | None:
    """Put a deed into the one session that was sitting on its day, unless told otherwise."""
    if "session" in values:
        if values["session"] == "none" and kind.noun != "rescheduling":
            del values["session"]
        return None
    if kind.names == "session" or kind.noun in _KEEPS_BOOKS or "on" not in values:
        return None
    if kind.noun == "negotiation":
        return None
    when = span(values["on"])
    sitting = [
        s.name
        for s in opened.names("session", negotiation=values["negotiation"])
        if s.first and s.last and s.first <= when.first and when.last <= s.last
    ]
    if len(sitting) != 1:
        return None
    values["session"] = sitting[0]
    return sitting[0]


def _sentence(entry: Entry) -> str:
    """Return who did what, and about what."""
    from negotrack.domain.summary import summary  # noqa: PLC0415

    words = summary(kind_of(entry).type, entry)
    who = " for ".join(filter(None, (entry.by, entry.for_)))
    front = " ".join(filter(None, (who, entry.target and f"on {entry.target}")))
    return f"{front}: {words}" if front else words


def _tell(logged: Logged, inferred: str | None, given: dict[str, Any]) -> None:
    entry, move = logged.entry, logged.move
    record = {
        "entry": logged.id,
        "new": logged.new,
        "dry_run": given["dry_run"],
        "type": type(entry).__struct_config__.tag,
        "session": entry.session,
        "change": None,
    }
    if not logged.new:
        said = f"{logged.id[:10]} says this already: nothing was added"
    elif given["dry_run"]:
        said = f"would log: {_sentence(entry)}"
    else:
        said = f"{logged.id[:10]} {_sentence(entry)}"
    if inferred:
        said += f"\nin {inferred}, which sat that day (--session none leaves it out)"
    if move is not None:
        p = move.position
        now = in_words(p.stance, p.option)
        record["change"] = {
            "delegation": p.delegation, "target": p.target, "before": move.before, "now": now,
        }  # fmt: skip
        said += f"\n{p.delegation} {move.before or 'undeclared'} -> {now} on {p.target}"
    say(record, said, json=given["json"])
