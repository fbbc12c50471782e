"""What was done about a text: effective entries with their words, in the order of the law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.domain.dates import span
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
        """Where it stands in the order of the law."""
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
        fields["type"].partition("/")[0],
        fields["on"],
        span(fields["on"]).last,
        get("for") or get("by"),
        get("target"),
        fields,
        possible,
    )


def act_of(found: Effective, day: str | None = None) -> Act:
    """Return the act of an effective entry, as the law gives it; ``day`` is the one asked about."""
    import msgspec  # acts are mostly made from lines

    fields = msgspec.json.decode(msgspec.json.encode(found.entry, order="sorted"))
    possible = day is not None and span(found.entry.on).last > day
    return act({**fields, "id": found.id}, possible=possible)
