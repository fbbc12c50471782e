"""A draft of an entry from a kind and fields as people give them.

Names and aliases become the names of the record, words for days become dates, and what need not be
said is filled in: the names of a state, the time zone of a city, the first day of a session, and
the session that sat on the day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.domain.dates import span
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.domain.names import a
from negotrack.domain.states import STATES
from negotrack.domain.values import Source
from negotrack.errors import Cure, Rejected
from negotrack.questions.periods import recorded, today, written
from negotrack.use_cases.fields import field_named, fields_of
from negotrack.use_cases.sessions import session_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from negotrack.domain.catalogue import Kind
    from negotrack.domain.entries import Entry
    from negotrack.questions.names import NameBook
    from negotrack.use_cases.fields import KindField

    Ask = Callable[[KindField], Any]
    """Returns the value of a field that is needed and was not given, or refuses."""

_ZONES = {
    "New York": "America/New_York",
    "Vienna": "Europe/Vienna",
    "Geneva": "Europe/Zurich",
    "Nairobi": "Africa/Nairobi",
}
_KEEPS_BOOKS = frozenset({"delegation", "provision", "correction", "retraction"})
"""Kinds that are dated by the day they are logged, where no day is given."""

NO_SESSION = "none"
"""The word by which an entry is left out of the session that sat on its day."""


class Draft(NamedTuple):
    """An entry that is not logged yet, and the session that it was put into unless told so."""

    entry: Entry
    inferred: str | None = None


class Drafting:
    """Makes drafts, by the names and the days of a record."""

    def __init__(self, book: NameBook, ask: Ask | None = None) -> None:
        """Look names up in a record; ``ask`` for what is needed and not given, or refuse it."""
        self._book = book
        self._ask = ask

    def draft(self, kind: Kind, given: Mapping[str, Any]) -> Draft:
        """Return the draft of an entry of a kind.

        ``given`` has values by the names of fields, those of class attributes or of JSON; None and
        an empty list are as nothing given. :class:`~negotrack.errors.Rejected` for a field that
        the kind has not, for one that it needs, and for a name or a date that means nothing.
        """
        fields = {name: value for name, value in given.items() if value not in (None, (), [])}
        negotiation = self._negotiation(kind, fields)
        sources = sources_of(fields.pop("sources", ()))
        values = self._defaults(kind, fields, negotiation)
        values |= self._values(kind, fields, values, negotiation)
        values |= {"negotiation": negotiation, "sources": sources}
        inferred = self._put_into_session(kind, values)
        return Draft(kind.cls(**values), inferred)

    def _negotiation(self, kind: Kind, fields: dict[str, Any]) -> str:
        slug = fields.pop("negotiation", None)
        if kind.noun != "negotiation":
            return self._book.negotiation(slug)
        if slug is None:
            raise _needed(kind, "negotiation", "the slug it is known by")
        return str(slug)

    def _values(
        self, kind: Kind, given: dict[str, Any], defaults: dict[str, Any], negotiation: str
    ) -> dict[str, Any]:
        fields = fields_of(kind)
        known = {field.name: field for field in fields} | {f.attribute: f for f in fields}
        given = {field_named(kind, name, known).attribute: v for name, v in given.items()}
        values = {}
        for field in fields:
            value = given.get(field.attribute)
            if value is None and field.required and field.attribute not in defaults:
                value = self._asked(kind, field)
            if value is not None:
                values[field.attribute] = self.resolved(field, value, negotiation, kind)
        return values

    def _asked(self, kind: Kind, field: KindField) -> Any:
        if self._ask is None:
            raise _needed(kind, field.name, field.about)
        return self._ask(field)

    def _defaults(self, kind: Kind, given: dict[str, Any], negotiation: str) -> dict[str, Any]:
        """Return what need not be given: a state's names, a session's zone and first day."""
        values: dict[str, Any] = {}
        if kind.noun in _KEEPS_BOOKS:
            values["on"] = today(self._book, negotiation)
        if kind.noun == "delegation" and given.get("delegation") in STATES:
            state = STATES[given["delegation"]]
            values |= {"kind": "state", "name": state.name, "aliases": state.aliases}
        if kind.noun == "session":
            if given.get("city") in _ZONES:
                values["zone"] = _ZONES[given["city"]]
            if given.get("days"):
                values["on"] = span(written(given["days"])).first
        return values

    def _put_into_session(self, kind: Kind, values: dict[str, Any]) -> str | None:
        """Put a deed into the one session that sat on its day, unless told otherwise."""
        if "session" in values:
            if values["session"] == NO_SESSION and kind.noun != "rescheduling":
                del values["session"]
            return None
        if kind.noun in _KEEPS_BOOKS or kind.noun in ("negotiation", "session"):
            return None
        session = session_on(values["on"], values["negotiation"], self._book)
        if session is not None:
            values["session"] = session
        return session

    def resolved(self, field: KindField, value: Any, negotiation: str, kind: Kind) -> Any:
        """Return what was given with its dates and names as the record has them.

        The name that an entry brings is new, so it is taken as it is.
        """
        if field.noun == "date":
            return self._date(field, value, negotiation)
        if not field.nouns or field.name == kind.names:
            return field.value(value)
        if field.attribute == "session" and value == NO_SESSION:
            return value
        words = field.value(value) if field.many else (value,)
        names = [self._book.resolve(w, *field.nouns, negotiation=negotiation).name for w in words]
        return tuple(names) if field.many else names[0]

    def _date(self, field: KindField, value: str | date, negotiation: str) -> str:
        try:
            return recorded(value, self._book, negotiation)
        except Rejected as refusal:
            names = self._book
            if (
                field.attribute == "on"
                and isinstance(value, str)
                and names.is_known(value, *TARGET_NOUNS, negotiation=negotiation)
            ):
                cure = Cure.by("name-target", "name it as the target", target=value)
                raise Rejected(refusal.sentence, cure) from refusal
            raise


def _needed(kind: Kind, name: str, about: str) -> Rejected:
    return Rejected(f"{a(kind.noun)} needs `{name}`", f"give {about}")


def sources_of(given: Iterable[Source | str]) -> tuple[Source, ...]:
    """Return sources, of which an address alone is enough."""
    many = (given,) if isinstance(given, str | Source) else given
    return tuple(Source(address=one) if isinstance(one, str) else one for one in many)
