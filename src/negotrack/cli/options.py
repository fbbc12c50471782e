"""Options that commands share, each declared once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from negotrack.cli.completing import NameParam
from negotrack.domain.names import ENGLISH
from negotrack.errors import Rejected, Usage
from negotrack.projections.positions.accounts import POLICIES
from negotrack.render.answer import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.index.reading import Filter
    from negotrack.projections.positions.accounts import Accounts
    from negotrack.workspace import Workspace

TARGETS = ("issue", "provision", "proposal", "amendment", "motion")


class Options(NamedTuple):
    """What the shared options of a reading command say, as typed."""

    as_of: str | None
    known_at: str | None
    since: str | None
    possible: bool
    accounts: Accounts
    negotiation: str | None
    session: str | None
    by: str | None
    on: str | None
    kind: str | None
    source: str | None
    form: str
    output: str | None
    raw: bool

    def filter(self, workspace: Workspace) -> Filter:
        """Return the filter, every name and every date in it resolved."""
        from negotrack.cli import dates

        where = self.negotiation
        day = dates.last_day("today" if self.as_of is None else self.as_of, workspace, where)
        since = None if self.since is None else dates.first_day(self.since, workspace, where)
        if since and since > day:
            raise Usage(f"--since {self.since} lies after {day}", "put the earlier date first")

        def named(word: str | None, *nouns: str) -> str | None:
            if word is None:
                return None
            return workspace.resolve(word, *nouns, negotiation=where).name

        return workspace.filter(day, where)._replace(
            known_at=self.known_at
            if self.known_at is None
            else known_at(self.known_at, workspace, where),
            since=since,
            possible=self.possible,
            session=named(self.session, "session"),
            by=named(self.by, "delegation"),
            target=named(self.on, *TARGETS, "document"),
            type=self._type(),
            source=self.source,
        )

    def words(self, wanted: Filter) -> str:
        """Return, for a heading, the dates asked about: as resolved, and as typed."""
        parts = [f"as of {_echo(wanted.as_of, self.as_of)}"]
        if wanted.since:
            parts.insert(0, f"since {_echo(wanted.since, self.since)}")
        if wanted.known_at:
            parts.append(f"as known at {_echo(wanted.known_at, self.known_at)}")
        if wanted.possible:
            parts.append("counting what is possible (?)")
        return ", ".join(parts)

    def _type(self) -> str | None:
        if self.kind is None:
            return None
        from negotrack.cli.nouns import type_of_noun

        return type_of_noun(self.kind)


def _echo(resolved: str, typed: str | None) -> str:
    """Return a date as resolved, with the words that meant it where they say it otherwise."""
    return resolved if typed in (None, resolved) else f"{resolved} ({typed})"


def known_at(
    text: str, workspace: Workspace, negotiation: str | None, *, early: bool = False
) -> str:
    """Return a moment of recording; refuse one from before the record began, unless ``early``."""
    from negotrack.cli.dates import instant

    moment = instant(text, workspace, negotiation)
    oldest = workspace.oldest()
    if moment < oldest and not early:
        raise Rejected(
            f"nothing was known at {moment}: the first entry was recorded at {oldest}",
            "ask for a later moment",
        )
    return moment


def negotiation(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that chooses among several negotiations."""
    return click.option(
        "--negotiation",
        type=NameParam("negotiation"),
        help="Which negotiation, where the workspace has several.",
    )(command)


def resolving(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how positions come from groups."""
    options = (
        click.option(
            "--own-only", is_flag=True, help="Own words and votes alone, none through a group."
        ),
        click.option(
            "--own-words",
            type=click.Choice(("keep", "latest")),
            default="keep",
            show_default=True,
            help="Whether own words stand for good, or give way to later ones of a group.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


_AS_OF = click.option(
    "--as-of",
    metavar="DATE",
    help="Only what had happened by then: 2023-08-23, 2023-Q3, ahc-6, 3 weeks ago.",
)
_KNOWN_AT = click.option(
    "--known-at",
    metavar="MOMENT",
    help="Only what had been recorded by then: a date or 2023-09-01T12:00Z.",
)
_POSSIBLE = click.option(
    "--possible",
    is_flag=True,
    help="Count also what may have happened by then, marked with a ?.",
)


def _filters(command: Callable[..., Any], *, kinds: bool) -> Callable[..., Any]:
    of_kind = click.option("--kind", metavar="KIND", help="Only this kind of entry, e.g. stance.")
    options = (
        _AS_OF,
        _KNOWN_AT,
        click.option("--since", metavar="DATE", help="Only what happened from then on."),
        _POSSIBLE,
        click.option(
            "--accounts",
            type=click.Choice(POLICIES),
            default=POLICIES[0],
            show_default=True,
            help="Which to show where sources tell one act differently.",
        ),
        click.option("--session", type=NameParam("session"), help="Only this session."),
        click.option(
            "--by", type=NameParam("delegation"), help="Only what this delegation did, or had done."
        ),
        click.option(
            "--on",
            type=NameParam(*TARGETS, "document"),
            help="Only what is about this target, or about a part of it.",
        ),
        *([of_kind] if kinds else []),
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
    default: str = "table", forms: tuple[str, ...] = FORMATS, *, kinds: bool = True
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add what every reading command has; the command gets it as ``asked``.

    ``kinds`` is false for commands about one kind of entry.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        from functools import wraps

        @wraps(command)
        def run(**options: Any) -> Any:
            asked = Options(**{name: options.pop(name, None) for name in Options._fields})
            return command(asked=asked, **options)

        return _filters(negotiation(output(default, forms)(run)), kinds=kinds)

    return decorate


_OF_TEXTS = ("as_of", "known_at", "possible", "negotiation", "form", "output", "raw")
"""What is asked of texts as of everything else."""


def of_texts(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every command about texts has; the command gets it as ``asked`` and ``language``.

    A text on a day is what everything done to it by then made of it, so nothing of that can be
    left out but by the day and the moment.
    """
    from functools import wraps

    @wraps(command)
    def run(**options: Any) -> Any:
        given: dict[str, Any] = dict.fromkeys(Options._fields) | {"accounts": POLICIES[0]}
        given |= {name: options.pop(name) for name in _OF_TEXTS}
        asked = Options(**given)
        return command(asked=asked, **options)

    options = (
        _AS_OF,
        _KNOWN_AT,
        _POSSIBLE,
        click.option(
            "--language",
            metavar="TAG",
            default=ENGLISH,
            show_default=True,
            help="The language of the text: ar, zh, en, fr, ru, es.",
        ),
        negotiation,
        output(),
    )
    decorated: Callable[..., Any] = run
    for option in reversed(options):
        decorated = option(decorated)
    return decorated


def one_target(asked: Options, target: str, why: str, *kept: str) -> Options:
    """Return what is asked about one target; refuse what would leave a part of the room out.

    ``why`` is the refusal's sentence, ``kept`` the options that may narrow the answer all the same.
    """
    for name in ("since", "session", "by", "on", "source"):
        if name not in kept and getattr(asked, name):
            raise Usage(why, f"leave --{name} out")
    if asked.accounts == "all":
        raise Usage("a count has room for one account", "choose official-first or latest")
    return asked._replace(on=target)


def as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option by which a command that is no answer prints one JSON object."""
    return click.option("--json", is_flag=True, help="Print one JSON object.")(command)


def say(record: dict[str, Any], line: str, *, json: bool) -> None:
    """Print what a command did: an object for tools, or a line for people."""
    if json:
        import json as encoder

        click.echo(encoder.dumps(record, ensure_ascii=False))
        return
    from negotrack.render.harmless import visible

    click.echo("\n".join(visible(part) for part in line.splitlines()))
