"""The fields of entry types as options of the command line, read off the types themselves."""

from __future__ import annotations

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

from negotrack.cli.completing import Name
from negotrack.cli.options import TARGETS
from negotrack.domain.catalogue import STAMP
from negotrack.domain.values import Figures
from negotrack.errors import Rejected
from negotrack.exchange.flat import figures

if TYPE_CHECKING:
    from negotrack.domain.catalogue import Kind

_SINGULAR = {"aliases": "alias", "options": "option", "sponsors": "sponsor"}
_NOT_TYPED = frozenset({"sources", "negotiation", *STAMP})
_NOUNS = {"target": TARGETS}


class Field(NamedTuple):
    """One field of an entry type as people give it.

    ``noun`` says which names of the record it holds, if any; ``many`` that it can be given more
    than once.
    """

    name: str
    attribute: str
    required: bool
    about: str
    noun: str | None
    many: bool
    choices: tuple[str, ...]
    number: bool
    counts: bool

    @property
    def flag(self) -> str:
        """The option, e.g. ``--aligned-with``."""
        return "--" + _SINGULAR.get(self.name, self.name).replace("_", "-")

    @property
    def nouns(self) -> tuple[str, ...]:
        """The nouns among whose names the value is looked up."""
        if self.noun is None or self.noun in ("date", "entry", "option"):
            return ()
        return _NOUNS.get(self.noun, (self.noun,))

    def option(self) -> click.Option:
        """Return the field as an option."""
        kind: Any = click.STRING
        if self.nouns:
            kind = Name(*self.nouns)
        elif self.number:
            kind = click.INT
        elif self.choices:
            kind = click.Choice(self.choices)
        metavar = "DATE" if self.noun == "date" else "YES-NO-ABSTAIN" if self.counts else None
        if self.name == "set":
            metavar = "FIELD=VALUE"
        return click.Option(
            [self.flag, self.attribute], type=kind, multiple=self.many, metavar=metavar,
            help=self.about[:1].upper() + self.about[1:] + (" (needed)." if self.required else "."),
        )  # fmt: skip

    def value(self, given: Any) -> Any:
        """Return what was typed as the value that the entry takes."""
        if self.counts:
            return Figures(**figures(given))
        if self.name == "set":
            return dict(map(_assignment, given))
        if self.many:
            return tuple(given)
        return given


def _assignment(text: str) -> tuple[str, Any]:
    import json  # noqa: PLC0415

    name, equals, value = text.partition("=")
    if not equals:
        raise Rejected(f"{text!r} sets nothing", "write FIELD=VALUE, e.g. stance=oppose")
    if value[:1] in ("[", "{") or value == "null" or name in ("order", "number", "count"):
        try:
            return name, json.loads(value)
        except (ValueError, RecursionError) as error:
            raise Rejected(f"the value of {name} is not valid JSON: {error}") from error
    return name, value


def _metas(hint: Any) -> list[Any]:
    """Return a type and everything it is annotated with, from the outside in."""
    if get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        return [*notes, *_metas(inner)]
    found = [hint]
    if type(None) in get_args(hint):
        for part in get_args(hint):
            if part is not type(None):
                found += _metas(part)
    elif get_origin(hint) is tuple:
        found += _metas(get_args(hint)[0])
    return found


def fields_of(kind: Kind) -> list[Field]:
    """Return the fields that people give when they log an entry of a kind, required ones first."""
    hints = get_type_hints(kind.cls, include_extras=True)
    found = [
        _field(f.encode_name, f.name, f.required, _metas(hints[f.name]))
        for f in fields(kind.cls)
        if f.encode_name not in _NOT_TYPED
    ]
    own = set(kind.cls.__annotations__)
    return sorted(found, key=lambda f: (not f.required, f.attribute not in own))


def _field(name: str, attribute: str, required: bool, metas: list[Any]) -> Field:  # noqa: FBT001
    notes = [m for m in metas if isinstance(m, Meta)]
    literals = [m for m in metas if get_origin(m) is Literal]
    nouns = [m.extra["noun"] for m in notes if m.extra and "noun" in m.extra]
    return Field(
        name=name,
        attribute=attribute,
        required=required,
        about=next((m.description for m in notes if m.description), ""),
        noun=nouns[0] if nouns else None,
        many=name in _SINGULAR or name == "set",
        choices=get_args(literals[0]) if literals else (),
        number=int in metas,
        counts=Figures in metas,
    )
