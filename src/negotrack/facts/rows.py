"""The rows that projections read: one effective entry each, with all that a table may show."""

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.domain.dates import span
from negotrack.domain.entry_types import STANCE_TAKEN, SUBJECTS, type_of
from negotrack.domain.summary import Fields, source, summary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from negotrack.domain.specification import Effective

OFFICIAL = "official"


class Row(NamedTuple):
    """One effective entry.

    Dates are ``YYYY-MM-DD``, ``sources`` is a JSON list and ``source`` the first of them in a word;
    what is absent is None. ``seq`` is the notification id in the store, ``names`` the name that the
    entry brings in or is about, ``holder`` the delegation whose stance it is (the one spoken for,
    else the speaker), ``verdict`` the vote cast or the outcome of a decision, ``corrected`` whether
    a correction changed it, ``possible`` whether its date is uncertain and may lie after the day
    asked about.
    """

    seq: int
    id: str
    negotiation: str
    type: str
    on: str
    first: str
    last: str
    at: str
    order: int
    recorded_at: str
    recorded_by: str | None
    session: str | None
    by: str | None
    for_: str | None
    target: str | None
    names: str | None
    holder: str | None
    stance: str | None
    option: str | None
    verdict: str | None
    via: str | None
    condition: str | None
    reason: str | None
    confidence: str
    summary: str
    source: str
    sources: str
    note: str | None
    corrected: bool
    possible: bool = False

    @property
    def moment(self) -> tuple[str, str, int]:
        """When it happened, as exactly as the record says: last day, time of day, order."""
        return self.last, self.at, self.order

    @property
    def sort_key(self) -> tuple[str, str, int, str, str]:
        """Its sort key in canonical order: last day, time of day, order, recorded_at, id."""
        return self.last, self.at, self.order, self.recorded_at, self.id


class Matrix(NamedTuple):
    """Who stands where on everything: for each delegation a row, with a stance for each target.

    A stance is in words, such as ``support`` or ``oppose broad``; None is undeclared. Delegations
    and targets are sorted; those of which nothing is known are left out.
    """

    delegations: list[str]
    targets: list[str]
    stances: list[list[str | None]]


def of_delegations(matrix: Matrix, parties: "Collection[str]") -> Matrix:
    """Return the rows of a matrix that are of some delegations."""
    kept = [i for i, delegation in enumerate(matrix.delegations) if delegation in parties]
    stances = [matrix.stances[i] for i in kept]
    return Matrix([matrix.delegations[i] for i in kept], matrix.targets, stances)


def merged(matrices: "Iterable[Matrix]") -> Matrix:
    """Return several matrices as one."""
    stance_of: dict[tuple[str, str], str | None] = {}
    for matrix in matrices:
        for delegation, row in zip(matrix.delegations, matrix.stances, strict=True):
            for target, stance in zip(matrix.targets, row, strict=True):
                stance_of[delegation, target] = stance
    delegations = sorted({delegation for delegation, _ in stance_of})
    targets = sorted({target for _, target in stance_of})
    stances = [[stance_of.get((who, target)) for target in targets] for who in delegations]
    return Matrix(delegations, targets, stances)


def subject(type_: str, fields: dict[str, Any]) -> str | None:
    """Return the name that an entry brings in or is about, where that is no target."""
    field = SUBJECTS.get(type_)
    return None if field is None else fields.get(field)


def row(seq: int, fields: dict[str, Any], *, corrected: bool, possible: bool = False) -> Row:
    """Return the row of an entry from its JSON, which has an ``id``."""
    get = fields.get
    type_ = type_of(fields["type"])
    when = span(fields["on"])
    is_stance = type_ == STANCE_TAKEN
    confidence, sources = get("confidence", "reported"), get("sources")
    by, for_ = get("by"), get("for")
    return Row(
        seq,
        fields["id"],
        fields["negotiation"],
        type_,
        fields["on"],
        when.first,
        when.last,
        get("at", ""),
        get("order", 0),
        get("recorded_at", ""),  # a draft has none
        get("recorded_by"),
        get("session"),
        by,
        for_,
        get("target"),
        subject(type_, fields),
        for_ or by,
        fields["stance"] if is_stance else None,
        get("option") if is_stance else None,
        get("vote") or get("outcome"),
        get("aligned_with") if is_stance else None,
        get("condition") if is_stance else None,
        get("reason") if is_stance else None,
        confidence,
        summary(type_, Fields(fields)),
        source(sources or [], confidence),
        json.dumps(sources, ensure_ascii=False, separators=(",", ":")) if sources else "[]",
        get("note"),
        corrected,
        possible,
    )


def row_of(seq: int, live: "Effective", day: str | None = None) -> Row:
    """Return the row of an effective entry, which may lie after a ``day`` asked about."""
    import msgspec  # rows are mostly made from lines

    fields = msgspec.json.decode(msgspec.json.encode(live.entry, order="sorted"))
    fields["id"] = live.id
    possible = day is not None and span(live.entry.on).last > day
    return row(seq, fields, corrected=bool(live.corrected_by), possible=possible)
