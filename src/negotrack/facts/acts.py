"""What was done about a text: effective entries with their words, in canonical order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.domain.dates import span
from negotrack.domain.entry_types import type_of
from negotrack.domain.names import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Mapping

    from negotrack.domain.specification import Effective


class Act(NamedTuple):
    """One effective entry that is about a text.

    ``fields`` is what its line says. ``by`` is the one it was done for, else who did it; ``last``
    the last day of its date; ``possible`` whether it may have happened after the day asked about.
    """

    id: str
    type: str
    on: str
    last: str
    by: str | None
    target: str | None
    fields: Mapping[str, Any]
    possible: bool = False

    @property
    def place(self) -> tuple[str, str, int, str, str]:
        """Its sort key in canonical order: last day, time of day, order, recorded_at, id."""
        get = self.fields.get
        return self.last, get("at", ""), get("order", 0), get("recorded_at", ""), self.id

    @property
    def parties(self) -> tuple[str, ...]:
        """Who did it, with the sponsors it names."""
        sponsors = tuple(self.fields.get("sponsors", ()))
        return sponsors if self.by is None else (self.by, *sponsors)

    @property
    def language(self) -> str:
        """The language of its words."""
        return str(self.fields.get("language", ENGLISH))


def act(fields: dict[str, Any], *, possible: bool = False) -> Act:
    """Return the act of an entry from its JSON, which has an ``id``."""
    get = fields.get
    return Act(
        fields["id"],
        type_of(fields["type"]),
        fields["on"],
        span(fields["on"]).last,
        get("for") or get("by"),
        get("target"),
        fields,
        possible,
    )


def act_of(live: Effective, day: str | None = None) -> Act:
    """Return the act of an effective entry, which may lie after a ``day`` asked about."""
    import msgspec  # acts are mostly made from lines

    fields = msgspec.json.decode(msgspec.json.encode(live.entry, order="sorted"))
    possible = day is not None and span(live.entry.on).last > day
    return act({**fields, "id": live.id}, possible=possible)
