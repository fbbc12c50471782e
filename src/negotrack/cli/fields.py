"""The fields of entry types as options of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.completing import NameParam
from negotrack.cli.once import Once

if TYPE_CHECKING:
    from negotrack.domain.catalogue import Kind
    from negotrack.use_cases.fields import KindField

_SINGULAR = {
    "aliases": "alias",
    "options": "option",
    "sponsors": "sponsor",
    "components": "component",
}
_QUOTED = frozenset({"title", "text", "words", "says", "reason"})
"""Fields that hold free text."""


def flag(name: str) -> str:
    """Return the option of a field, e.g. ``--aligned-with``."""
    return "--" + _SINGULAR.get(name, name).replace("_", "-")


def option_of(field: KindField) -> click.Option:
    """Return a field as an option."""
    kind: Any = click.STRING
    if field.nouns:
        kind = NameParam(*field.nouns)
    elif field.number:
        kind = click.INT
    elif field.choices:
        kind = click.Choice(field.choices)
    metavar = "DATE" if field.noun == "date" else "YES-NO-ABSTAIN" if field.counts else None
    if field.name == "set":
        metavar = "FIELD=VALUE"
    needed = " (needed)." if field.required else "."
    return Once(
        [flag(field.name), field.attribute], type=kind, multiple=field.many, metavar=metavar,
        help=field.about[:1].upper() + field.about[1:] + needed,
    )  # fmt: skip


def example(kind: Kind) -> str:
    """Return the example of a kind as one types it, after its noun."""
    words: list[str] = []
    for name, value in kind.example.items():
        for one in (value,) if isinstance(value, str) else value:
            word = f'"{one}"' if " " in one or name in _QUOTED else one
            words += [word] if name in (kind.names, "entry") else [flag(name), word]
    return " ".join(words)
