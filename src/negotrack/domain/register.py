"""The register of a negotiation: every name in the record, and what it is the name of.

It is folded from the naming entries alone, so it stays small however long the record grows.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain import entries as e
from negotrack.domain.catalogue import KINDS
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.domain.names import a, near, unknown
from negotrack.domain.short_ids import in_sentence
from negotrack.domain.specification import Effective, effective, ordered
from negotrack.errors import Conflict, Rejected, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry


class Named(NamedTuple):
    """Something that has a name: its noun, its name, its title and the entry that named it."""

    noun: str
    name: str
    title: str
    entry: Entry
    id: str
    aliases: tuple[str, ...] = ()
    options: tuple[str, ...] = ()


_NAME_FIELD: dict[type[Entry], tuple[str, str]] = {
    kind.cls: (kind.noun, kind.names) for kind in KINDS if kind.names is not None
}
NAMING: tuple[type[Entry], ...] = (*_NAME_FIELD, e.SessionRescheduled)
"""The types of entry that the register is made of."""


def named(live: Effective) -> Named | None:
    """Return what an entry names, or none."""
    entry = live.entry
    if type(entry) not in _NAME_FIELD:
        return None
    noun, field = _NAME_FIELD[type(entry)]
    title = getattr(entry, "name", None) or getattr(entry, "title", None) or ""
    return Named(
        noun,
        getattr(entry, field),
        title,
        entry,
        live.id,
        getattr(entry, "aliases", ()),
        getattr(entry, "options", ()),
    )


class Register:
    """The names of one negotiation, and the questions that the hard rules ask of them.

    ``let_in`` is for the rules to note which combinations of names they let in; it is empty again
    whenever a name comes, goes or changes.
    """

    def __init__(self, negotiation: str, entries: Iterable[StoredEntry] = ()) -> None:
        """Fold the naming entries, and the corrections and retractions of them, into names."""
        self.negotiation = negotiation
        self.let_in: set[tuple[object, ...]] = set()
        self._kept: list[StoredEntry] = list(entries)
        self._fold()

    @property
    def is_open(self) -> bool:
        """Whether the negotiation has been opened."""
        return self.negotiation in self._names

    def names(self, *nouns: str) -> list[str]:
        """Return the names of the given kinds, or all."""
        return [n.name for n in self._names.values() if not nouns or n.noun in nouns]

    def __iter__(self) -> Iterator[Named]:
        """Yield everything that has a name."""
        return iter(self._names.values())

    def days(self, session: str) -> str | None:
        """Return the days of a session, after any rescheduling."""
        return self._days.get(session)

    def zone(self, session: str) -> str | None:
        """Return the time zone of a session's room."""
        return self._zones.get(session)

    def find(self, name: str) -> Named | None:
        """Return what has exactly this name."""
        return self._names.get(name)

    def get(self, name: str, *nouns: str) -> Named:
        """Return what has this name and is of one of the kinds; :class:`Rejected` otherwise."""
        bearer = self._names.get(name)
        if bearer is not None and bearer.noun in nouns:
            return bearer
        label = "target" if nouns == TARGET_NOUNS else " or ".join(nouns)
        if bearer is None:
            raise Unknown(*unknown(label, name, self.names(*nouns)))
        close = near(name, self.names(*nouns))
        raise Rejected(
            f"{name} is {a(bearer.noun)}, not {a(label)}",
            f"did you mean {', '.join(close)}?" if close else f"name {a(label)}",
        )

    def refuse_taken(self, name: str) -> None:
        """Refuse a name that something already has."""
        bearer = self._names.get(name)
        if bearer is not None:
            raise Conflict(
                f"the name {name} is taken: {bearer.noun} {bearer.title!r}, "
                f"entry {in_sentence(bearer.id)}",
                "choose another, or correct that entry",
            )

    def copy(self) -> Register:
        """Return a register of the same names, to which more can be added."""
        return Register(self.negotiation, self._kept)

    def without(self, entry_id: str) -> Register:
        """Return a register to read, in which the name that one entry brought is free."""
        other = copy(self)
        other.let_in = set()
        other._names = {name: n for name, n in self._names.items() if n.id != entry_id}  # noqa: SLF001
        return other

    def add(self, kept: StoredEntry) -> None:
        """Take in one more naming entry, or an erratum of one."""
        self.let_in.clear()
        self._kept.append(kept)
        live = Effective(kept.id, kept.entry)
        if self._stands_alone(named(live)):
            self._take(live)
        else:
            self._fold()

    def _stands_alone(self, bearer: Named | None) -> bool:
        """Whether a new entry can be taken in without looking at those before it again."""
        if bearer is None or bearer.noun == "session":
            return False
        return bearer.name not in self._names and bearer.id not in self._amended

    def _fold(self) -> None:
        self._names: dict[str, Named] = {}
        self._zones: dict[str, str] = {}
        self._days: dict[str, str] = {}
        self._amended = {k.entry.entry for k in self._kept if isinstance(k.entry, e.Erratum)}
        in_order = ordered(effective(self._kept))
        # A session is mostly moved before the first day it was scheduled for, which dates it.
        moves = [live for live in in_order if isinstance(live.entry, e.SessionRescheduled)]
        for live in [*in_order, *moves]:
            self._take(live)

    def _take(self, live: Effective) -> None:
        bearer = named(live)
        if bearer is not None:
            self._names.setdefault(bearer.name, bearer)
        if isinstance(live.entry, e.SessionScheduled | e.SessionRescheduled):
            if live.entry.zone is not None:
                self._zones[live.entry.session] = live.entry.zone
            if live.entry.days is not None:
                self._days[live.entry.session] = live.entry.days
