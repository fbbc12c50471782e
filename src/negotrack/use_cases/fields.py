"""The fields of entry types as people give them, read off the types themselves."""

from __future__ import annotations

from datetime import date
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

from msgspec import Meta, to_builtins
from msgspec.structs import fields

from negotrack.domain.catalogue import STAMP, UNCORRECTABLE
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.domain.values import Figures
from negotrack.errors import Rejected
from negotrack.exchange.readers.figures import figures
from negotrack.questions.periods import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.domain.catalogue import Kind

_LISTS = frozenset({"aliases", "options", "sponsors", "components", "set"})
_NOT_TYPED = frozenset({"sources", "negotiation", *STAMP})
_NOUNS = {"target": TARGET_NOUNS}
_MOST_DIGITS = 9


class KindField(NamedTuple):
    """One field of an entry type as people give it.

    ``name`` is its key in JSON, ``attribute`` that of the class. ``noun`` says which names of the
    record it holds, if any; ``many`` that it can be given more than once.
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
    def nouns(self) -> tuple[str, ...]:
        """The nouns among whose names the value is looked up."""
        if self.noun is None or self.noun in ("date", "entry", "option"):
            return ()
        return _NOUNS.get(self.noun, (self.noun,))

    def value(self, given: Any) -> Any:
        """Return what was given as the value that the entry takes."""
        if self.counts and isinstance(given, str):
            return Figures(**figures(given))
        if self.many and not isinstance(given, dict):
            return (given,) if isinstance(given, str) else tuple(given)
        if self.choices and not self.many and given not in self.choices:
            raise Rejected(f"{given!r} is no `{self.name}`", _choose(str(given), self.choices))
        return given

    def corrected(self, given: Any) -> Any:
        """Return what a correction sets the field to, as JSON has it; None to take it away.

        A text is read as people type it; anything else is the value itself.
        """
        if given is None or given in ("", "null"):
            return self._taken_away()
        if isinstance(given, date):
            return written(given)
        if not isinstance(given, str):
            return to_builtins(given)
        return self._read(given)

    def _taken_away(self) -> None:
        if self.required:
            raise Rejected(
                f"`{self.name}` cannot be taken away: the entry needs it",
                "set it to another value, or retract the entry",
            )

    def _read(self, text: str) -> Any:
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


def _choose(word: str, choices: Iterable[str]) -> str:
    """Return the cure for a word that is none of a closed list: the near ones, and all."""
    from negotrack.domain.names import near  # only a refusal pays for it

    close = near(word, choices)
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


def fields_of(kind: Kind) -> list[KindField]:
    """Return the fields that people give when they log an entry of a kind, required ones first."""
    hints = get_type_hints(kind.cls, include_extras=True)
    given = [
        _field(f.encode_name, f.name, f.required, _metas(hints[f.name]))
        for f in fields(kind.cls)
        if f.encode_name not in _NOT_TYPED
    ]
    own = set(kind.cls.__annotations__)
    return sorted(given, key=lambda f: (not f.required, f.attribute not in own))


def correctable(kind: Kind) -> dict[str, KindField]:
    """Return the fields of a kind that a correction can set, by their names."""
    hints = get_type_hints(kind.cls, include_extras=True)
    return {
        f.encode_name: _field(f.encode_name, f.name, f.required, _metas(hints[f.name]))
        for f in fields(kind.cls)
        if f.encode_name not in UNCORRECTABLE
    }


def field_named(kind: Kind, name: str, known: dict[str, KindField]) -> KindField:
    """Return the field of a kind with a name; :class:`Rejected` where it is none of those known."""
    if name not in known:
        from negotrack.domain.names import a  # only a refusal pays for it

        names = dict.fromkeys([*(field.name for field in known.values()), "sources"])
        cure = _choose(name, names).replace("it is one of", "its fields are")
        raise Rejected(f"{a(kind.noun)} has no field {name!r}", cure)
    return known[name]


def _metas(hint: Any) -> list[Any]:
    """Return a type and everything it is annotated with, from the outside in."""
    if get_origin(hint) is Annotated:
        inner, *notes = get_args(hint)
        return [*notes, *_metas(inner)]
    parts = [hint]
    if type(None) in get_args(hint):
        for part in get_args(hint):
            if part is not type(None):
                parts += _metas(part)
    elif get_origin(hint) is tuple:
        parts += _metas(get_args(hint)[0])
    return parts


def _field(name: str, attribute: str, required: bool, metas: list[Any]) -> KindField:  # noqa: FBT001
    notes = [m for m in metas if isinstance(m, Meta)]
    literals = [m for m in metas if get_origin(m) is Literal]
    nouns = [m.extra["noun"] for m in notes if m.extra and "noun" in m.extra]
    return KindField(
        name=name,
        attribute=attribute,
        required=required,
        about=next((m.description for m in notes if m.description), ""),
        noun=nouns[0] if nouns else None,
        many=name in _LISTS,
        choices=get_args(literals[0]) if literals else (),
        number=int in metas,
        counts=Figures in metas,
    )


def value_in_words(value: Any) -> str:
    """Return the value of a field, as JSON has it, in words."""
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return "; ".join(value_in_words(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {value_in_words(v)}" for name, v in value.items())
    return str(value)
