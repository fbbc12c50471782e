"""JSON Schemas of entries and of answers, made from the types that declare them."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from msgspec.json import schema_components

from negotrack.domain.catalogue import KINDS, STAMP
from negotrack.views.answers.forms import ANSWERS
from negotrack.views.shown import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.domain.catalogue import Kind
    from negotrack.render.answer import Record
    from negotrack.views.answers.forms import AnswerForm, AnswerKind

    Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_REF = "#/$defs/{name}"
_NULL = {"type": "null"}
_ID = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


class _EntryForm(NamedTuple):
    """A form that entries have: fields put in front and at the end, those left out, those needed.

    ``kinds`` are the types of entry, of which an entry has one.
    """

    about: str
    front: Schema
    end: Schema
    left_out: tuple[str, ...]
    needed: tuple[str, ...]


_WITH_ID: Schema = {"id": _ID | {"description": "the SHA-256 of the rest, in canonical form"}}
_NEEDED = ("id", "recorded_at")
ENTRY_FORMS = {
    "entry": _EntryForm("a line of the journal: an entry of any type", _WITH_ID, {}, (), _NEEDED),
    "draft": _EntryForm("a draft of an entry, as an import takes it in", {}, {}, STAMP, ()),
    "effective": _EntryForm(
        "a line of a replay: an entry as it counts",
        _WITH_ID,
        {
            "corrected_by": {
                "description": "the corrections of it",
                "type": "array",
                "items": _ID,
                "minItems": 1,
            }
        },
        (),
        _NEEDED,
    ),
}
_EXPORT = "the whole record, every entry as it was logged"


# -- what there are schemas of ----------------------------------------------------------------


def subjects() -> list[Record]:
    """Return what there are schemas of, each with the name by which it is asked for."""
    return [
        *(_subject(name, "entries", form.about) for name, form in ENTRY_FORMS.items()),
        _subject("export", "answer", _EXPORT),
        *(_subject(name, "answer", answer.about) for name, answer in ANSWERS.items()),
        *(_subject(kind.noun, "type", _of_type(kind)) for kind in KINDS),
    ]


def _of_type(kind: Kind) -> str:
    return f"a line of the journal: an entry of type {kind.tag}"


def _subject(name: str, kind: Literal["entries", "type", "answer"], about: str) -> Record:
    return {"schema": name, "kind": kind, "about": about}


def schema_of(name: str) -> Schema | None:
    """Return the schema of something by its name; None where there is none of that name.

    A type of entry goes by its noun, by its name, or by its name with the version; an answer by the
    command that prints it, too.
    """
    if name in ENTRY_FORMS:
        return _of_entries(ENTRY_FORMS[name], KINDS)
    if name == "export":
        return _of_entries(ENTRY_FORMS["entry"], KINDS, of_list=True)
    if name in ANSWERS:
        return _of_answer(ANSWERS[name])
    for kind in KINDS:
        if name in (kind.noun, kind.type, kind.tag):
            form = ENTRY_FORMS["entry"]._replace(about=_of_type(kind))
            return _of_entries(form, (kind,))
    for answer in ANSWERS.values():
        if name in answer.commands:
            return _of_answer(answer)
    return None


# -- entries ----------------------------------------------------------------------------------


def _of_entries(form: _EntryForm, kinds: Iterable[Kind], *, of_list: bool = False) -> Schema:
    """Return the schema of an entry of any of the types, in a form; or of a list of such."""
    by_class = {kind.cls.__name__: kind for kind in kinds}
    refs, definitions = _components([kind.cls for kind in kinds])
    definitions = {
        name: _in_form(schema, form, by_class[name].tag) if name in by_class else schema
        for name, schema in definitions.items()
    }
    one = refs[0] if len(refs) == 1 else {"oneOf": refs}
    about = _EXPORT if of_list else form.about
    whole = {"type": "array", "items": one} if of_list else one
    return _document(about, whole, definitions)


def _in_form(schema: Schema, form: _EntryForm, tag: str) -> Schema:
    fields = {n: field for n, field in schema["properties"].items() if n not in form.left_out}
    required = [*form.needed, *(n for n in schema["required"] if n not in form.needed)]
    for name in form.needed:
        fields.get(name, {}).pop("default", None)
    properties = form.front | fields | form.end
    return schema | {"title": tag, "properties": properties, "required": required}


# -- answers ----------------------------------------------------------------------------------


def _of_answer(answer: AnswerKind) -> Schema:
    """Return the schema of an answer."""
    types = [type_ for form in answer.forms for type_ in (*form.records, form.about) if type_]
    refs, definitions = _components(types)
    remaining = iter(refs)
    alternatives = [_form(form, answer.shape, remaining) for form in answer.forms]
    return _document(answer.about, _any_of(alternatives), definitions)


def _form(form: AnswerForm, shape: str, refs: Iterator[Schema]) -> Schema:
    """Return the schema of a form of an answer, of which the next of the references are."""
    record = _any_of([next(refs) for _ in form.records])
    if shape == "object":
        return record
    records = {"type": "array", "items": record}
    if form.about is None:
        return records
    constants = {"answer": {"const": form.kind}, "version": {"const": VERSION}}
    about = {**next(refs), "properties": constants}
    return {
        "type": "object",
        "properties": {"about": about, "records": records},
        "required": ["about", "records"],
        "additionalProperties": False,
    }


def _any_of(schemas: list[Schema]) -> Schema:
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


# -- both -------------------------------------------------------------------------------------


def _document(about: str, schema: Schema, definitions: Schema) -> Schema:
    return {"$schema": DIALECT, "description": about, **schema, "$defs": definitions}


def _components(types: Iterable[Any]) -> tuple[list[Schema], Schema]:
    """Return schemas that refer to the definitions of types, and those definitions."""
    refs, definitions = schema_components(types, ref_template=_REF)
    return list(map(_tidy, refs)), {name: _tidy(schema) for name, schema in definitions.items()}


def _tidy(schema: Any) -> Any:
    """Return a schema without what only Python needs.

    What is absent where it has no value is never null, and what may be null says so in its type.
    """
    if isinstance(schema, list | tuple):
        return list(map(_tidy, schema))
    if not isinstance(schema, dict):
        return schema
    tidy = {name: _tidy(value) for name, value in schema.items()}
    if isinstance(tidy.get("description"), str):
        tidy["description"] = _flowing(tidy["description"])
    if len(tidy.get("enum", ())) == 1:
        tidy["const"] = tidy.pop("enum")[0]
    if _NULL not in tidy.get("anyOf", ()):
        return tidy
    rest = [one for one in tidy.pop("anyOf") if one != _NULL]
    if tidy.get("default", ...) is None:
        del tidy["default"]
        return tidy | _any_of(rest)
    return tidy | _or_null(rest)


def _or_null(schemas: list[Schema]) -> Schema:
    """Return the schema of what one of these allows, or null; as short as it can be said."""
    one = schemas[0]
    if len(schemas) > 1 or not {"type", "enum"} & one.keys():
        return {"anyOf": [*schemas, _NULL]}
    if "enum" in one:
        return one | {"enum": [*one["enum"], None]}
    return one | {"type": [one["type"], "null"]}


def _flowing(text: str) -> str:
    """Return a docstring as one paragraph, with code as other languages mark it."""
    return re.sub(r"\s+", " ", cleandoc(text)).replace("``", "`")
