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

from negotrack.cli.completing import NameParam
from negotrack.cli.options import TARGETS
from negotrack.domain.catalogue import STAMP, UNCORRECTABLE
from negotrack.domain.values import Figures
from negotrack.errors import Rejected
from negotrack.exchange.readers.figures import figures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.domain.catalogue import Kind

_SINGULAR = {
    "aliases": "alias",
    "options": "option",
    "sponsors": "sponsor",
    "components": "component",
}
_NOT_TYPED = frozenset({"sources", "negotiation", *STAMP})
_NOUNS = {"target": TARGETS}
_MOST_DIGITS = 9


class FieldOption(NamedTuple):
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
            kind = NameParam(*self.nouns)
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
        if self.many:
            return tuple(given)
        return given

    def corrected(self, text: str) -> Any:
        """Return what a correction sets the field to, as JSON has it; None to take it away."""
        if text in ("", "null"):
            if self.required:
                raise Rejected(
                    f"`{self.name}` cannot be taken away: the entry needs it",
                    "set it to another value, or retract the entry",
                )
            return None
        if self.choices and text not in self.choices:
            raise Rejected(f"{text!r} is no `{self.name}`", _choose(text, self.choices))
        if self.number:
            return _number(self.name, text)
        if self.counts:
            return figures(text) if text[:1] != "{" else _json(self.name, text)
        if self.name == "sources":
            return _sources(text)
        if self.many:
            return _json(self.name, text) if text[:1] == "[" else _parts(text)
        return text


def _choose(wanted: str, choices: Iterable[str]) -> str:
    """Return the cure for a word that is none of a closed list: the near ones, and all."""
    from negotrack.domain.names import near  # only a refusal pays for it

    close = near(wanted, choices)
    hint = f"did you mean {', '.join(close)}? " if close else ""
    return f"{hint}it is one of {', '.join(choices)}"


def _number(name: str, text: str) -> int:
    value = _json(name, text)
    if type(value) is not int or len(text) > _MOST_DIGITS:
        raise Rejected(f"`{name}` is {text[:20]!r}, not a whole number", f"write e.g. {name}=2")
    return value


def _sources(text: str) -> Any:
    if text[:1] != "[":
        raise Rejected(
            "`sources` is a list of sources in JSON",
            'write sources=[{"address": "https://..."}], with all the sources it is to have',
        )
    return _json("sources", text)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _json(name: str, text: str) -> Any:
    import json

    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Rejected(f"the value of {name} is not valid JSON: {error}") from error


def assignment(text: str) -> tuple[str, str]:
    """Return the field and the value, as typed, of ``FIELD=VALUE``."""
    name, equals, value = text.partition("=")
    if not equals:
        raise Rejected(f"{text!r} sets nothing", "write FIELD=VALUE, e.g. stance=oppose")
    return name, value


def correctable(kind: Kind) -> dict[str, FieldOption]:
    """Return the fields of a kind that a correction can set, by their names."""
    hints = get_type_hints(kind.cls, include_extras=True)
    return {
        f.encode_name: _field(f.encode_name, f.name, f.required, _metas(hints[f.name]))
        for f in fields(kind.cls)
        if f.encode_name not in UNCORRECTABLE
    }


def corrected_field(kind: Kind, name: str) -> FieldOption:
    """Return the field of a kind that a correction sets; :class:`Rejected` where it has none."""
    known = correctable(kind)
    if name not in known:
        from negotrack.domain.names import a  # only a refusal pays for it

        cure = _choose(name, known).replace("it is one of", "its fields are")
        raise Rejected(f"{a(kind.noun)} has no field {name!r}", cure)
    return known[name]


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


def fields_of(kind: Kind) -> list[FieldOption]:
    """Return the fields that people give when they log an entry of a kind, required ones first."""
    hints = get_type_hints(kind.cls, include_extras=True)
    found = [
        _field(f.encode_name, f.name, f.required, _metas(hints[f.name]))
        for f in fields(kind.cls)
        if f.encode_name not in _NOT_TYPED
    ]
    own = set(kind.cls.__annotations__)
    return sorted(found, key=lambda f: (not f.required, f.attribute not in own))


def _field(name: str, attribute: str, required: bool, metas: list[Any]) -> FieldOption:  # noqa: FBT001
    notes = [m for m in metas if isinstance(m, Meta)]
    literals = [m for m in metas if get_origin(m) is Literal]
    nouns = [m.extra["noun"] for m in notes if m.extra and "noun" in m.extra]
    return FieldOption(
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
