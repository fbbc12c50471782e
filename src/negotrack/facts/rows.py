"""The rows that projections read: one effective entry each, with all that a table may show."""

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.domain.dates import span
from negotrack.domain.summary import Fields, source, summary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from negotrack.domain.specification import Effective

STANCE = "stance.taken"
VOTE = "vote.cast"
DECISION = "decision.taken"
MOTION = "motion.put"
RULE = "rule.set"
ISSUE = "issue.raised"
MEMBERSHIPS = ("group.joined", "group.left")
"""Types that begin and end the membership of a delegation in a group."""

TEXTS = frozenset(
    {
        "document.issued",
        "provision.worded",
        "bracket.placed",
        "bracket.lifted",
        "proposal.tabled",
        "proposal.revised",
        "proposal.withdrawn",
        "amendment.moved",
        "amendment.revised",
        "amendment.withdrawn",
        DECISION,
    }
)
"""Types that say what a text says, what somebody would have it say, or what became of that."""

ACTS_ON_WORDS = frozenset(
    {"provision.worded", "bracket.placed", "bracket.lifted", "amendment.moved", "amendment.revised"}
)
"""Types that are about words which a text must have."""

BOOKKEEPING = frozenset(
    {"delegation.registered", "provision.registered", "entry.corrected", "entry.retracted"}
)
"""Types that say nothing of what happened in the room: left out of a timeline unless asked for."""

OFFICIAL = "official"

SUBJECTS = {
    "negotiation.opened": "negotiation",
    "session.scheduled": "session",
    "session.rescheduled": "session",
    "delegation.registered": "delegation",
    "group.joined": "group",
    "group.left": "group",
    "document.issued": "document",
    "document.signed": "document",
    "issue.raised": "issue",
    "provision.registered": "provision",
    "provision.worded": "document",
    "proposal.tabled": "proposal",
    "amendment.moved": "amendment",
    "motion.put": "motion",
    "rule.set": "rule",
}
"""The field of a type that holds what it is about, where that is no target."""


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
        """The order of the design: last day, time of day, order, recorded_at, id."""
        return self.last, self.at, self.order, self.recorded_at, self.id


class Matrix(NamedTuple):
    """Who stands where on everything: for each delegation a row, with a stance for each target.

    A stance is in words, such as ``support`` or ``oppose broad``; None is undeclared. Delegations
    and targets are sorted; those of which nothing is known are left out.
    """

    delegations: list[str]
    targets: list[str]
    stances: list[list[str | None]]


def of_delegations(found: Matrix, parties: "Collection[str]") -> Matrix:
    """Return the rows of a matrix that are of some delegations."""
    kept = [i for i, delegation in enumerate(found.delegations) if delegation in parties]
    stances = [found.stances[i] for i in kept]
    return Matrix([found.delegations[i] for i in kept], found.targets, stances)


def merged(found: "Iterable[Matrix]") -> Matrix:
    """Return several matrices as one."""
    held: dict[tuple[str, str], str | None] = {}
    for matrix in found:
        for delegation, row in zip(matrix.delegations, matrix.stances, strict=True):
            for target, stance in zip(matrix.targets, row, strict=True):
                held[delegation, target] = stance
    delegations = sorted({delegation for delegation, _ in held})
    targets = sorted({target for _, target in held})
    stances = [[held.get((who, target)) for target in targets] for who in delegations]
    return Matrix(delegations, targets, stances)


def in_words(stance: str | None, option: str | None) -> str | None:
    """Return a stance with its option, as people say it."""
    return stance if option is None or stance is None else f"{stance} {option}"


def subject(type_: str, fields: dict[str, Any]) -> str | None:
    """Return the name that an entry brings in or is about, where that is no target."""
    field = SUBJECTS.get(type_)
    return None if field is None else fields.get(field)


def row(seq: int, fields: dict[str, Any], *, corrected: bool, possible: bool = False) -> Row:
    """Return the row of an entry from its JSON, which has an ``id``."""
    get = fields.get
    type_ = fields["type"].partition("/")[0]
    when = span(fields["on"])
    is_stance = type_ == STANCE
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


def row_of(seq: int, found: "Effective", day: str | None = None) -> Row:
    """Return the row of an effective entry, as the law gives it; ``day`` is the one asked about."""
    import msgspec  # rows are mostly made from lines

    fields = msgspec.json.decode(msgspec.json.encode(found.entry, order="sorted"))
    fields["id"] = found.id
    possible = day is not None and span(found.entry.on).last > day
    return row(seq, fields, corrected=bool(found.corrected_by), possible=possible)
