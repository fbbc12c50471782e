"""Entries as flat rows, for CSV: one column for each field that any type of entry has.

=====================  =======================================================================
column                 holds
=====================  =======================================================================
``type``               the type with its version (``stance.taken/1``), the type, or the noun
                       (``stance``)
a field's name         its value: text, a number; names in a list are separated by ``; ``,
                       or written as a JSON list
``figures``            the count of a vote, ``79-60-33``
``set``                what a correction sets, as a JSON object
``source_address`` …   the first source: address, title, publisher, quote, retrieved
``sources``            all sources as a JSON list, where there is more than one
``id``                 empty for a draft; else the stamp columns are filled and the id must fit
=====================  =======================================================================

Empty cells are absent fields. ``negotiation`` may be left out where the workspace has one.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from negotrack.domain.canonical import StoredEntry, encode, unstamped, well_formed
from negotrack.domain.catalogue import BY_NOUN, KINDS, NotAnEntry, decode
from negotrack.domain.names import near
from negotrack.domain.short_ids import in_sentence
from negotrack.domain.values import Json
from negotrack.domain.votes import COUNTED
from negotrack.errors import Rejected
from negotrack.exchange.readers.figures import figures, is_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from negotrack.domain.entries import Entry

_LISTS = frozenset({"aliases", "options", "sponsors", "components"})
_NUMBERS = frozenset({"order", "number", "count", "place", "nth"})
_SOURCE = ("address", "title", "publisher", "quote", "retrieved")
_JSON = {"set": dict[str, Json], "sources": list[dict[str, str]]}
_SEPARATOR = "; "


def _columns() -> tuple[str, ...]:
    names: dict[str, None] = {"id": None, "type": None}
    for kind in KINDS:
        for field in msgspec.structs.fields(kind.cls):
            names.setdefault(field.encode_name)
    names.pop("sources")
    return (*names, *(f"source_{part}" for part in _SOURCE), "sources")


COLUMNS: tuple[str, ...] = _columns()
"""Every column, in the order in which an export writes them."""

_TAGS = {word: kind.tag for kind in KINDS for word in (kind.tag, kind.type, kind.noun)}


def flat(stored: StoredEntry) -> dict[str, str]:
    """Return an entry as a row with every column."""
    fields: dict[str, Any] = msgspec.to_builtins(stored.entry)
    row = dict.fromkeys(COLUMNS, "")
    sources = fields.pop("sources", ())
    for name, value in fields.items():
        row[name] = _cell(name, value)
    row["id"], row["confidence"] = stored.id, stored.entry.confidence
    if len(sources) == 1:
        row |= {f"source_{part}": text for part, text in sources[0].items()}
    elif sources:
        row["sources"] = json.dumps(sources, ensure_ascii=False)
    return row


def _cell(name: str, value: Any) -> str:
    if name == "figures":
        return "-".join(str(value[part]) for part in COUNTED if part in value)
    if name in _LISTS and _is_plain(value):
        return _SEPARATOR.join(value)
    if name in _LISTS:
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else str(value)


def _is_plain(names: list[str]) -> bool:
    """Whether names in a list can be told apart when they are written one after another."""
    return not any(";" in n or n != n.strip() or not n or n.startswith("[") for n in names)


def check_heading(names: Iterable[str], known: Collection[str]) -> list[str]:
    """Return the columns of a heading; refuse one that is not known, or is there twice."""
    columns = list(names)
    for name in columns:
        if name not in known:
            close = near(name, known)
            hint = f"did you mean {', '.join(close)}?" if close else "see the documented columns"
            raise Rejected(f"line 1: no column {name!r}", hint)
    if len(set(columns)) != len(columns):
        double = next(name for name in columns if columns.count(name) > 1)
        raise Rejected(f"line 1: the column {double!r} is there twice", "keep one of them")
    return columns


def check_columns(names: Iterable[str]) -> None:
    """Refuse a heading with a column that nothing has, a double one, or one without types."""
    if "type" not in check_heading(names, COLUMNS):
        raise Rejected("line 1: no column 'type'", "say in it what each row is, e.g. stance")


def entry_of(row: dict[str, str], negotiation: str | None) -> StoredEntry | Entry:
    """Return what a row says: a whole entry where it has an id, else a draft."""
    fields = {name: _value(name, text) for name, text in row.items() if text and name != "id"}
    word = str(fields.get("type", ""))
    if word not in _TAGS:
        close = near(word, BY_NOUN)
        hint = f"did you mean {', '.join(close)}?" if close else ""
        raise Rejected(f"no kind of entry {word!r}", hint)
    fields["type"] = _TAGS[word]
    if negotiation is not None:
        fields.setdefault("negotiation", negotiation)
    source = {part: fields.pop(f"source_{part}", None) for part in _SOURCE}
    if any(source.values()) and "sources" not in fields:
        fields["sources"] = [{part: text for part, text in source.items() if text}]
    try:
        entry = decode(msgspec.json.encode(fields))
    except NotAnEntry as error:
        raise Rejected(str(error)) from error
    except (UnicodeEncodeError, ValueError) as error:
        raise Rejected(f"the row is not an entry: {error}") from error
    return _whole(entry, row["id"]) if row.get("id") else unstamped(entry)


def _whole(entry: Entry, claimed: str) -> StoredEntry:
    well_formed(entry)
    if not entry.recorded_at:
        raise Rejected("the row has an id but does not say when it was recorded", "empty the id")
    stored = encode(entry)
    if stored.id != claimed:
        raise Rejected(
            f"the id {in_sentence(claimed)} does not fit the row: it was altered",
            "empty the columns id, recorded_at, recorded_by and tool to log it as a new entry",
        )
    return stored


def _value(name: str, text: str) -> Any:
    if name in _LISTS and not text.startswith("["):
        return [part.strip() for part in text.split(_SEPARATOR.strip()) if part.strip()]
    if name in _NUMBERS:
        if not is_number(text):
            raise Rejected(f"{name} is {text[:20]!r}, not a number")
        return int(text)
    if name == "figures":
        return figures(text)
    if name in _JSON or name in _LISTS:
        try:
            return msgspec.json.decode(text.encode(), type=_JSON.get(name, list[str]))
        except (ValueError, RecursionError) as error:
            raise Rejected(f"the column {name} holds no such JSON: {error}") from error
    return text
