"""Options that commands share, each declared once.

An option has one name and means one thing, as in the journal: ``--on`` a date, ``--target`` what an
entry is about, ``--by`` who acted, ``--delegation`` whose it is. One that is repeated means each of
its values, or is refused (:class:`Once`).
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from negotrack.cli.completing import NameParam
from negotrack.cli.once import Once
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.domain.names import ENGLISH
from negotrack.errors import Rejected, Usage
from negotrack.facts.query import POLICIES, Resolution, several
from negotrack.render.formats import FORMATS, form_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.facts.query import Accounts, Query
    from negotrack.render.arranging import Arrangement
    from negotrack.workspace import Workspace

SUBJECTS = (*TARGET_NOUNS, "document")
"""What an entry may be about."""


def option(*names: str, **settings: Any) -> "Callable[[Callable[..., Any]], Callable[..., Any]]":
    """Add an option; see :class:`Once`."""
    return click.option(*names, cls=Once, **settings)


def _each(*names: str, **settings: Any) -> "Callable[[Callable[..., Any]], Callable[..., Any]]":
    """Add an option that can be repeated, and then means each of its values."""
    settings["help"] += " Can be repeated."
    return click.option(*names, cls=Once, multiple=True, **settings)


class Options(NamedTuple):
    """What the shared options of a reading command say, as typed."""

    as_of: str | None
    known_at: str | None
    since: str | None
    on: str | None
    possible: bool
    accounts: "Accounts"
    negotiation: str | None
    session: tuple[str, ...]
    by: tuple[str, ...]
    delegation: tuple[str, ...]
    target: tuple[str, ...]
    kind: tuple[str, ...]
    source: tuple[str, ...]
    form: str
    output: str | None
    raw: bool
    arrangement: "Arrangement | None"

    @property
    def begins(self) -> str | None:
        """The date that an answer begins with, as typed: that of ``--since`` or of ``--on``."""
        return self.on if self.since is None else self.since

    def query(self, workspace: "Workspace") -> "Query":
        """Return the query, every name and every date in it resolved."""
        since, as_of = self.since, self.as_of
        if self.on is not None:
            if since is not None or as_of is not None:
                raise Usage(
                    "--on names the days, and so do --since and --as-of", "give one of them"
                )
            _refuse_a_target(workspace, self.on, self.negotiation)
            since = as_of = self.on
        try:
            return workspace.query(
                negotiation=self.negotiation,
                as_of=as_of,
                known_at=self.known_at,
                since=since,
                possible=self.possible,
                session=self.session or None,
                by=self.by or None,
                delegation=self.delegation or None,
                target=self.target or None,
                kind=self.kind or None,
                source=self.source or None,
            )
        except Rejected as refusal:
            if since is not None and refusal.sentence.startswith(f"{since} lies after"):
                raise Usage(f"--since {refusal.sentence}", refusal.cure) from refusal
            raise

    def resolution(self, *, own_only: bool = False, own_words: Any = "keep") -> Resolution:
        """Return how positions are to be resolved."""
        return Resolution(self.accounts, own_only, own_words)

    @property
    def typed(self) -> dict[str, str | None]:
        """The dates as they were typed, by what they are in a query."""
        as_of = self.as_of or self.on
        return {"as_of": as_of, "since": self.begins, "known_at": self.known_at}


def _refuse_a_target(workspace: "Workspace", word: str, negotiation: str | None) -> None:
    """Refuse a target where a date belongs: ``on`` is a date wherever it stands."""
    where = workspace.names.negotiation(negotiation)
    is_session = workspace.names.is_known(word, "session", negotiation=where)
    if not is_session and workspace.names.is_known(word, *SUBJECTS, negotiation=where):
        raise Usage("--on takes a date", f"for a target use --target {word}")


def negotiation(command: "Callable[..., Any]") -> "Callable[..., Any]":
    """Add the option that chooses among several negotiations."""
    return option(
        "--negotiation",
        type=NameParam("negotiation"),
        help="Which negotiation, where the workspace has several.",
    )(command)


def resolving(command: "Callable[..., Any]") -> "Callable[..., Any]":
    """Add the options that say how positions come from groups."""
    options: tuple[Callable[..., Any], ...] = (
        click.option(
            "--own-only", is_flag=True, help="Own words and votes alone, none through a group."
        ),
        option(
            "--own-words",
            type=click.Choice(("keep", "latest")),
            default="keep",
            show_default=True,
            help="Whether own words stand for good, or give way to later ones of a group.",
        ),
    )
    for decorate in reversed(options):
        command = decorate(command)
    return command


_AS_OF = option(
    "--as-of",
    metavar="DATE",
    help="Only what had happened by then: 2023-08-23, 2023-Q3, ahc-6, 3 weeks ago.",
)
_KNOWN_AT = option(
    "--known-at",
    metavar="MOMENT",
    help="Only what had been recorded by then: a date or 2023-09-01T12:00Z.",
)
_POSSIBLE = click.option(
    "--possible",
    is_flag=True,
    help="Count also what may have happened by then, marked with a ?.",
)


def _filters(command: "Callable[..., Any]", *, kinds: bool) -> "Callable[..., Any]":
    of_kind = _each("--kind", metavar="KIND", help="Only this kind of entry, e.g. stance.")
    options: tuple[Callable[..., Any], ...] = (
        _AS_OF,
        _KNOWN_AT,
        option("--since", metavar="DATE", help="Only what happened from then on."),
        option("--on", metavar="DATE", help="Only what happened on that day, or in that period."),
        _POSSIBLE,
        option(
            "--accounts",
            type=click.Choice(POLICIES),
            default=POLICIES[0],
            show_default=True,
            help="Which to show where sources tell one act differently.",
        ),
        _each("--session", type=NameParam("session"), help="Only this session."),
        _each(
            "--by", type=NameParam("delegation"), help="Only what this delegation did, or had done."
        ),
        _each(
            "--delegation",
            "delegations",
            type=NameParam("delegation"),
            help="Only what is this delegation's own: its positions, its votes.",
        ),
        _each(
            "--target",
            "targets",
            type=NameParam(*SUBJECTS),
            help="Only what is about this target, or about a part of it.",
        ),
        *([of_kind] if kinds else []),
        _each(
            "--source", metavar="TEXT", help="Only entries with a source that contains this text."
        ),
    )
    for decorate in reversed(options):
        command = decorate(command)
    return command


_ARRANGING = (
    option("--columns", metavar="NAME,...", help="Only these columns, or fields, in this order."),
    option("--sort", metavar="NAME", help="Sort by this column or field."),
    click.option("--reverse", is_flag=True, help="The other way round."),
    option("--limit", type=click.IntRange(min=1), metavar="N", help="The first N lines alone."),
)


def output(
    default: str = "table", forms: tuple[str, ...] = FORMATS, *, tables: bool = True
) -> "Callable[[Callable[..., Any]], Callable[..., Any]]":
    """Add the options that say in which format an answer is printed, where to, and arranged how.

    The format is that of ``--format``, or of ``--json``, or the one that the ending of the file
    says, or ``default``.
    """

    def decorate(command: "Callable[..., Any]") -> "Callable[..., Any]":
        from functools import wraps

        @wraps(command)
        def run(**options: Any) -> Any:
            options["form"] = _form(options, default, forms)
            if tables:
                options["arrangement"] = _arrangement(options)
            return command(**options)

        decorators: tuple[Callable[..., Any], ...] = (
            option(
                "--format",
                "form",
                type=click.Choice(forms),
                help=f"How to print the answer; {default} unless -o names a file.",
            ),
            click.option("--json", is_flag=True, help="The same as --format json."),
            option(
                "-o",
                "--output",
                metavar="FILE",
                help="Write to this file, which is replaced whole; x.csv is written as CSV.",
            ),
            click.option("--raw", is_flag=True, help="Do not guard CSV cells against formulas."),
            *(_ARRANGING if tables else ()),
        )
        decorated: Callable[..., Any] = run
        for one in reversed(decorators):
            decorated = one(decorated)
        return decorated

    return decorate


def _form(options: dict[str, Any], default: str, forms: tuple[str, ...]) -> str:
    """Return the format that is asked for; refuse two that differ."""
    named, is_json = options["form"], options.pop("json")
    if is_json and named not in (None, "json"):
        raise Usage(f"--json and --format {named} name two formats", "give one of them")
    if is_json and "json" not in forms:
        raise Usage("this command has no JSON", f"it has {', '.join(forms)}")
    ending = form_of(options["output"])
    return str(named or ("json" if is_json else ending if ending in forms else default))


def _arrangement(options: dict[str, Any]) -> "Arrangement | None":
    columns, sort, limit, reverse = map(options.pop, ("columns", "sort", "limit", "reverse"))
    names = tuple(word.strip() for word in columns.split(",") if word.strip()) if columns else ()
    if not (names or sort or limit or reverse):
        return None
    from negotrack.render.arranging import Arrangement  # an answer as it is does not need it

    return Arrangement(names, sort, limit, reverse=reverse)


def reading(
    default: str = "table", forms: tuple[str, ...] = FORMATS, *, kinds: bool = True
) -> "Callable[[Callable[..., Any]], Callable[..., Any]]":
    """Add what every reading command has; the command gets it as ``asked``.

    ``kinds`` is false for commands about one kind of entry.
    """

    def decorate(command: "Callable[..., Any]") -> "Callable[..., Any]":
        from functools import wraps

        @wraps(command)
        def run(**options: Any) -> Any:
            return command(asked=_taken_from(options), **options)

        return _filters(negotiation(output(default, forms)(run)), kinds=kinds)

    return decorate


_EVERYTHING: dict[str, Any] = dict.fromkeys(Options._fields) | {
    "accounts": POLICIES[0],
    "possible": False,
    **dict.fromkeys(("session", "by", "delegation", "target", "kind", "source"), ()),
}
"""What is asked where nothing is said."""


_PARAMETERS = {"target": "targets", "delegation": "delegations"}
"""Fields whose options are parameters of another name: an argument may have theirs."""


_OF_TEXTS = ("as_of", "known_at", "possible", "negotiation", "form", "output", "raw", "arrangement")
"""What is asked of texts as of everything else."""


def _taken_from(options: dict[str, Any], fields: tuple[str, ...] = Options._fields) -> Options:
    """Take what is asked out of the parameters of a command."""
    given = dict(_EVERYTHING)
    for field in fields:
        parameter = field
        if _PARAMETERS.get(field) in options:
            parameter = _PARAMETERS[field]
        elif field in _PARAMETERS:
            continue
        if parameter in options:
            given[field] = options.pop(parameter)
    return Options(**given)


def of_texts(command: "Callable[..., Any]") -> "Callable[..., Any]":
    """Add what every command about texts has; the command gets it as ``asked`` and ``language``.

    A text on a day is what everything done to it by then made of it, so nothing of that can be
    left out but by the day and the moment.
    """
    from functools import wraps

    @wraps(command)
    def run(**options: Any) -> Any:
        return command(asked=_taken_from(options, _OF_TEXTS), **options)

    decorators: tuple[Callable[..., Any], ...] = (
        _AS_OF,
        _KNOWN_AT,
        _POSSIBLE,
        option(
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
    for decorate in reversed(decorators):
        decorated = decorate(decorated)
    return decorated


_NARROWING = ("since", "on", "session", "by", "delegation", "target", "source")


def one_target(asked: Options, target: str, why: str, *kept: str) -> Options:
    """Return what is asked about one target; refuse what would leave a part of the room out.

    ``why`` is the refusal's sentence, ``kept`` the options that may narrow the answer all the same;
    ``on`` may wherever ``since`` may.
    """
    if "since" in kept:
        kept = (*kept, "on")
    for name in _NARROWING:
        if name not in kept and getattr(asked, name):
            raise Usage(why, "name the day with --as-of" if name == "on" else f"leave --{name} out")
    if asked.accounts == "all":
        raise Usage("a count has room for one account", "choose official-first or latest")
    return asked._replace(target=(target,))


def only_one(names: Any, flag: str) -> str | None:
    """Return the one value of an option of which a command can use one; refuse more."""
    values = several(names)
    if len(values) > 1:
        raise Usage(f"{flag} is given {len(values)} times", "give it once here")
    return values[0] if values else None


def as_json(command: "Callable[..., Any]") -> "Callable[..., Any]":
    """Add the option by which a command that is no answer prints one JSON object."""
    return click.option("--json", is_flag=True, help="Print one JSON object.")(command)


def say(record: dict[str, Any], line: str, *, json: bool, is_answer: bool = False) -> None:
    """Print what a command did: an object for tools, or a line for people.

    With ``--quiet`` people get no line, unless it is what they asked for.
    """
    if json:
        import json as encoder

        click.echo(encoder.dumps(record, ensure_ascii=False))
        return
    if not is_answer and click.get_current_context().find_root().obj.get("quiet"):
        return
    from negotrack.render.harmless import visible

    click.echo("\n".join(visible(part) for part in line.splitlines()))
