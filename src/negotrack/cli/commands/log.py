"""``negotrack log KIND``: log what happened. One subcommand for each kind of entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.dates import today
from negotrack.cli.examples import EXAMPLES, HELP
from negotrack.cli.fields import FieldOption, fields_of
from negotrack.cli.options import as_json, say
from negotrack.cli.prompts import ask, dry_run, logged_line, resolved, sources, with_sources
from negotrack.domain.catalogue import BY_NOUN, Kind
from negotrack.domain.dates import span
from negotrack.domain.states import STATES
from negotrack.facts.rows import in_words

if TYPE_CHECKING:
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
            from negotrack.cli.nouns import type_of_noun

            type_of_noun(args[0])
        return super().resolve_command(ctx, args)


@click.command(cls=LogGroup)
def command() -> None:
    """Log what happened, as an entry of one kind.

    \b
      negotrack log stance --by KEN --target art-6/2 --stance reserve \\
          --on 2023-08-23 --source https://example.org/report

    Flags first; on a terminal, what is missing is asked for. An entry is never edited: see
    `correct`, `retract` and `undo`.
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
    for decorate in (with_sources, _negotiation, dry_run, as_json):
        made = decorate(made)
    return made  # type: ignore[no-any-return]


def _attributes(kind: Kind) -> tuple[str, ...]:
    return kind.cls.__struct_fields__


def _help(kind: Kind) -> str:
    example = f"\b\n  negotrack log {kind.noun} {EXAMPLES[kind.noun]}"
    return f"{HELP[kind.noun]}\n\n{example}\n\n{kind.cls.__doc__}"


_negotiation = click.option(
    "--negotiation",
    type=NameParam("negotiation"),
    help="Which one, where the workspace has several.",
)


def _log(kind: Kind, found: list[FieldOption], named: str | None, given: dict[str, Any]) -> None:
    with workspace() as opened:
        if named in _POSITIONAL:
            _log_erratum(opened, kind, found, given)
            return
        where = given["named"] if kind.noun == "negotiation" else given["negotiation"]
        if kind.noun != "negotiation":
            where = opened.negotiation(where)
        values = {named: given["named"]} if named else {}
        values |= _defaults(opened, kind, given, where)
        values |= _given(opened, found, given, values, where)
        values |= {"negotiation": where, "sources": sources(given)}
        inferred = _in_session(opened, kind, values)
        logged = opened.log(kind.cls(**values), dry_run=given["dry_run"])
        _tell(logged, inferred, given)


def _log_erratum(
    opened: Workspace, kind: Kind, found: list[FieldOption], given: dict[str, Any]
) -> None:
    from negotrack.cli.errata import assignments, entry_to_amend, give

    about = entry_to_amend(opened, given["named"])
    where = about.entry.negotiation
    values = _given(opened, found, given, _defaults(opened, kind, given, where), where)
    if "set" in values:
        values["set"] = assignments(opened, about, values["set"])
    values |= {"negotiation": where, "sources": sources(given), "entry": about.id}
    _in_session(opened, kind, values)
    draft: Any = kind.cls(**values)
    give(opened, draft, dry_run=given["dry_run"], json=given["json"])


def _given(
    opened: Workspace,
    found: list[FieldOption],
    given: dict[str, Any],
    known: dict[str, Any],
    where: str,
) -> dict[str, Any]:
    """Return what was given for each field, what is known, and what had to be asked for."""
    values = dict(known)
    for field in found:
        value = given[field.attribute]
        if value in (None, ()) and field.required and field.attribute not in values:
            value = ask(field)
        if value not in (None, ()):
            values[field.attribute] = resolved(opened, field, value, where)
    return values


def _defaults(opened: Workspace, kind: Kind, given: dict[str, Any], where: str) -> dict[str, Any]:
    """Return what need not be typed: a state's names, a session's zone and first day."""
    keeps_books = kind.noun in _KEEPS_BOOKS
    values: dict[str, Any] = {"on": today(opened, where)} if keeps_books else {}
    if kind.noun == "delegation" and given["named"] in STATES:
        state = STATES[given["named"]]
        values |= {"kind": "state", "name": state.name, "aliases": state.aliases}
    if kind.noun == "session":
        if given["city"] in _ZONES:
            values["zone"] = _ZONES[given["city"]]
        if given["days"]:
            values["on"] = span(given["days"]).first
    return values


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
    else:
        said = logged_line(logged.id, entry, dry_run=given["dry_run"])
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
