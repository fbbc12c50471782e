"""Write the parts of the documentation that follow from the code.

``python scripts/commands_page.py`` writes ``docs/commands.md`` from the commands themselves, and
the tables of entry types in ``docs/formats.md`` from the types. With ``--check`` it writes nothing
and ends with 1 where a page says something else than the code. The tests fail then, too.
"""

from __future__ import annotations

import sys
from functools import cache
from inspect import cleandoc
from pathlib import Path
from textwrap import dedent
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    NamedTuple,
    get_args,
    get_origin,
    get_type_hints,
)

import click
from msgspec import Meta
from msgspec.structs import fields

from negotrack.cli.main import COMMANDS, cli
from negotrack.domain.catalogue import KINDS
from negotrack.domain.entries import Entry
from negotrack.domain.names import CODE, SLUG
from negotrack.domain.values import Figures, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.domain.catalogue import Kind

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "commands.md"
FORMATS = DOCS / "formats.md"
BEGIN = "<!-- written by scripts/commands_page.py: begin -->"
END = "<!-- written by scripts/commands_page.py: end -->"

_INTRODUCTION = """\
# Commands

This page is written by `python scripts/commands_page.py`. Do not edit it by hand.

Every command has `-h` and `--help`. Exit codes, environment and the forms of what is printed are
in [formats.md](formats.md). The words are explained in [glossary.md](glossary.md).

An option that can be repeated means each of its values. Any other is refused where it is given
twice.
"""

_SHARED = """\
Many commands take the same options. They are described here once; each command names the groups
that it takes, and lists its own.
"""

_KINDS = """\
Each kind of entry is a command of its own, named as the kind.

What is marked (needed) must be given. On a terminal, what is missing is asked for; elsewhere it is
refused with exit code 2. Some have a default where they are left out:

- a state is registered by its code alone: `--kind`, `--name` and `--alias` come from the table of
  states, and may be given to say something else;
- a session in New York, Vienna, Geneva or Nairobi needs no `--zone`; its `--on` is its first day;
- `delegation`, `provision`, `correction` and `retraction` are dated today;
- an entry dated within the days of exactly one session is put into that session;
  `--session none` leaves it out.
"""

_COLUMNS = ("option", "value", "meaning")

Row = tuple[str, str, str]
"""An option as a table shows it: how it is written, what it takes, what it means."""


class Group(NamedTuple):
    """Options that commands share, what they are for, and a command that has all of them."""

    name: str
    about: str
    of: str
    options: tuple[str, ...]


GROUPS = (
    Group(
        "Time",
        "Which day is asked about, and as known when. The words for days and moments are in the "
        "[glossary](glossary.md#periods).",
        "timeline",
        ("--as-of", "--known-at", "--possible"),
    ),
    Group(
        "Filters",
        "Which entries are asked about. The names are those of the journal: `--on` is a date, "
        "`--target` what an entry is about, `--by` who acted, `--delegation` whose it is.",
        "timeline",
        (
            "--since",
            "--on",
            "--session",
            "--by",
            "--delegation",
            "--target",
            "--kind",
            "--source",
            "--accounts",
        ),
    ),
    Group("Negotiation", "", "timeline", ("--negotiation",)),
    Group(
        "Resolving",
        "How positions come from groups.",
        "positions",
        ("--own-only", "--own-words"),
    ),
    Group("Language", "", "text", ("--language",)),
    Group(
        "Output",
        "In which [form](formats.md#what-commands-print) an answer is printed, and where to.",
        "timeline",
        ("--format", "--json", "-o", "--raw"),
    ),
    Group(
        "Tables",
        "How the lines of an answer are arranged. They are sorted, then turned round, then cut; in "
        "JSON and CSV, columns are fields.",
        "timeline",
        ("--columns", "--sort", "--reverse", "--limit"),
    ),
    Group(
        "Fields of most kinds",
        "What `log` takes for nearly every kind of entry.",
        "log document",
        (
            "--on",
            "--at",
            "--order",
            "--by",
            "--for",
            "--target",
            "--session",
            "--confidence",
            "--note",
            "--negotiation",
        ),
    ),
    Group(
        "Sources",
        "Where an entry is known from.",
        "log stance",
        ("--source", "--source-title", "--publisher", "--quote", "--retrieved"),
    ),
    Group("Trial", "", "log stance", ("--dry-run",)),
    Group("Result", "What a command did, for tools.", "log stance", ("--json",)),
)
"""The groups of shared options, in the order of the page."""


# -- Markdown ---------------------------------------------------------------------------------


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines) + "\n"


def _sentences(text: str) -> str:
    """Return running text from a docstring on one line, with code as Markdown marks it."""
    return " ".join(text.split()).replace("``", "`")


def _words(values: Iterable[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


# -- commands ---------------------------------------------------------------------------------


def _help(text: str) -> str:
    """Return a help text in Markdown: what click leaves as it is becomes a block of code."""
    parts = []
    for paragraph in cleandoc(text).split("\n\n"):
        if paragraph.startswith("\b"):
            parts.append("```sh\n" + dedent(paragraph.removeprefix("\b\n")).rstrip() + "\n```")
        else:
            parts.append(_sentences(paragraph))
    return "\n\n".join(parts) + "\n"


def _value(option: click.Option) -> str:
    if option.is_flag:
        return ""
    if isinstance(option.type, click.Choice):
        return _words(option.type.choices)
    named = option.metavar or option.type.get_metavar(option, click.Context(cli))
    return f"`{named or option.type.name.upper()}`"


def _option(option: click.Option) -> Row:
    about = option.help or ""
    if option.multiple and option.callback is None and "repeated" not in about:
        about += " Can be repeated."  # one that is given once has a callback which refuses more
    if option.show_default and option.default is not None:
        default = option.default
        about += f" `{default[0] if isinstance(default, tuple) else default}` where it is left out."
    return _words(option.opts), _value(option), about


def _options(command: click.Command) -> dict[str, Row]:
    """Return the rows of the options of a command, by how each is written first."""
    return {p.opts[0]: _option(p) for p in command.params if isinstance(p, click.Option)}


def _command(words: str) -> click.Command:
    """Return a command by the words that call it."""
    command: click.Command = cli
    for word in words.split():
        assert isinstance(command, click.Group)
        below = command.get_command(click.Context(command), word)
        assert below is not None
        command = below
    return command


@cache
def _shared_rows() -> dict[str, dict[str, Row]]:
    """Return the rows of each group of shared options."""
    return {
        group.name: {name: _options(_command(group.of))[name] for name in group.options}
        for group in GROUPS
    }


def _shared_options() -> Iterator[str]:
    yield "## Shared options\n"
    yield _SHARED
    for group in GROUPS:
        yield f"### {group.name}\n"
        if group.about:
            yield group.about + "\n"
        yield _table(_COLUMNS, _shared_rows()[group.name].values())


def _own_and_shared(options: dict[str, Row]) -> tuple[list[Row], list[str]]:
    """Return the options that a command has to itself, and in words the groups that it takes.

    A command takes a group of which it has most options, word for word.
    """
    own, taken = dict(options), []
    for group in GROUPS:
        rows = _shared_rows()[group.name]
        alike = [name for name, row in rows.items() if options.get(name) == row]
        if 2 * len(alike) <= len(rows):
            continue
        for name in alike:
            own.pop(name, None)
        taken.append(_taken(group, [name for name in rows if name not in alike], options))
    return list(own.values()), taken


def _taken(group: Group, others: list[str], options: dict[str, Row]) -> str:
    """Return a group that a command takes: without what it has not, and with what is its own."""
    words = f"[{group.name.lower()}](#{group.name.lower().replace(' ', '-')})"
    missing = [name for name in others if name not in options]
    differing = [name for name in others if name in options]
    if missing:
        words += f" without {_words(missing)}"
    if differing:
        words += f"{' and' if missing else ''} with its own {_words(differing)}"
    return words


def _all_options(command: click.Command) -> Iterator[str]:
    own, shared = _own_and_shared(_options(command))
    if own:
        yield _table(_COLUMNS, own)
    if shared:
        yield f"Shared: {'; '.join(shared)}.\n"


def _usage(path: str, command: click.Command) -> str:
    context = click.Context(command, parent=click.Context(cli, **cli.context_settings))
    pieces = " ".join(command.collect_usage_pieces(context))
    return f"```text\n{path} {pieces}\n```\n"


def _section(path: str, command: click.Command, level: int) -> Iterator[str]:
    yield f"{'#' * level} `{path}`\n"
    yield _help(command.help or "")
    yield _usage(path, command)
    yield from _all_options(command)


def _below(name: str, group: click.Group) -> Iterator[str]:
    if name == "log":
        yield _KINDS
    context = click.Context(group)
    for noun in group.list_commands(context):
        command = group.get_command(context, noun)
        assert command is not None
        yield from _section(f"negotrack {name} {noun}", command, 3)


def _page() -> Iterator[str]:
    yield _INTRODUCTION
    yield "## Options of the program\n"
    yield "They stand before the command: `negotrack -C FOLDER timeline`.\n"
    yield _table(_COLUMNS, _options(cli).values())
    yield from _shared_options()
    for section, rows in COMMANDS.items():
        listed = [(f"[`{name}`](#negotrack-{name})", about) for name, (_, about) in rows.items()]
        yield f"## {section}\n"
        yield _table(("command", "what it does"), listed)
        for name in rows:
            command = _command(name)
            yield from _section(f"negotrack {name}", command, 2)
            if isinstance(command, click.Group):
                yield from _below(name, command)


def commands_page() -> str:
    """Return ``docs/commands.md`` as the commands make it."""
    return "\n".join(_page())


# -- types ------------------------------------------------------------------------------------


def _parts(hint: Any) -> tuple[Any, list[Meta]]:
    """Return the bare type of a field, without None, and the notes on it, the innermost first."""
    notes: list[Meta] = []
    while True:
        if get_origin(hint) is Annotated:
            hint, *annotations = get_args(hint)
            notes += [note for note in annotations if isinstance(note, Meta)]
        elif type(None) in get_args(hint) and get_origin(hint) is not Literal:
            left = [part for part in get_args(hint) if part is not type(None)]
            if len(left) != 1:
                return hint, notes
            hint = left[0]
        else:
            return hint, notes


_OBJECTS = {
    Source: "[source](#sources)",
    Figures: "object: `yes`, `no` and, where it is known, `abstain`, each a count",
}


def _holds(hint: Any) -> str:
    """Return what a field can hold, in words."""
    bare, notes = _parts(hint)
    origin = get_origin(bare)
    if origin is Literal:
        return _words(get_args(bare))
    if origin is tuple:
        item, most = get_args(bare)[0], next(n.max_length for n in notes if n.max_length)
        return f"list of: {_holds(item)}; at most {most}"
    if origin is dict:
        return "object: names of fields and their new values, null to take one away"
    if bare in _OBJECTS:
        return _OBJECTS[bare]
    if bare is int:
        return next(f"number from {n.ge} to {n.le:,}" for n in notes if n.ge is not None)
    return _text(notes)


_NAMES = {
    "date": "[date](#dates)",
    "entry": "id of an entry, all 64 digits",
    "option": "slug of an option",
    "delegation": "code of a delegation",
}


def _text(notes: list[Meta]) -> str:
    extra = {name: value for note in notes for name, value in (note.extra or {}).items()}
    noun = extra.get("noun")
    if noun is not None:
        return _NAMES.get(noun, f"slug of a {noun}")
    if "pattern" in extra:
        return {CODE: "code", SLUG: "slug"}[extra["pattern"]]
    if any(note.pattern for note in notes):
        return "day, as in `2023-08-23`"
    most = next((n.max_length for n in notes if n.max_length), None)
    return "text" if most is None else f"text of 1 to {most:,} characters"


def _field_rows(cls: type[Any], names: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    hints = get_type_hints(cls, include_extras=True)
    by_name = {f.name: f for f in fields(cls)}
    for name in names:
        field = by_name[name]
        about = next((n.description for n in reversed(_parts(hints[name])[1]) if n.description), "")
        needed = "yes" if field.required else ""
        yield f"`{field.encode_name}`", needed, _holds(hints[name]), about


_HEADINGS = ("field", "needed", "holds", "meaning")


def _type(kind: Kind) -> str:
    own = kind.cls.__annotations__
    sentences = [_sentences(kind.cls.__doc__ or "")]
    if kind.names is not None:
        sentences.append(f"It brings a name into the record, in `{kind.names}`.")
    if kind.scheduled:
        sentences.append("It may lie in the future.")
    table = _table(_HEADINGS, _field_rows(kind.cls, own))
    return f"#### `{kind.tag}`\n\nNoun: `{kind.noun}`. {' '.join(sentences)}\n\n{table}"


def types_tables() -> str:
    """Return the tables of the envelope, of sources and of every entry type."""
    parts = [
        "#### Envelope\n\nEvery type has these fields. A type that lists one of them again below "
        "needs it, or says more of it.\n\n"
        + _table(_HEADINGS, _field_rows(Entry, Entry.__struct_fields__)),
        "#### Sources\n\nEach item of `sources` is an object with at least an `address` or a "
        f"`title`. {_sentences((Source.__doc__ or '').partition('.')[2])}\n\n"
        + _table(
            ("field", "holds"),
            ((name, holds) for name, _, holds, _ in _field_rows(Source, Source.__struct_fields__)),
        ),
    ]
    return "\n".join([*parts, *map(_type, KINDS)])


def formats_page(now: str) -> str:
    """Return ``docs/formats.md`` with its written part made anew; the rest is as it is now."""
    before, _, rest = now.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{types_tables()}\n{END}{after}"


def main(check: bool) -> int:  # noqa: FBT001 - the one argument of the program
    """Write both pages, or only check them; return 1 where a check found one out of date."""
    pages = {
        PAGE: commands_page(),
        FORMATS: formats_page(FORMATS.read_text(encoding="utf-8")),
    }
    old = [p for p, text in pages.items() if not p.exists() or p.read_text("utf-8") != text]
    for path, text in pages.items():
        state = "up to date" if path not in old else "out of date" if check else "written"
        print(f"docs/{path.name}: {state}")
        if path in old and not check:
            path.write_text(text, encoding="utf-8")
    return 1 if check and old else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
