"""Evidence: an entry that has to do with an answer, the part that it plays, and its errata."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from negotrack.domain.entries import EntryCorrected, EntryRetracted, Erratum
from negotrack.domain.entry_types import MEMBERSHIPS, VOTE_CAST
from negotrack.domain.short_ids import in_sentence, in_table
from negotrack.domain.specification import effective, known
from negotrack.domain.stances import TAKEN_BACK as NO_STANCE
from negotrack.domain.stances import in_words
from negotrack.projections.positions.positions import stance_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.facts.rows import Row

DECIDES = "decides"
TAKEN_BACK = "taken back"
DISPUTED = "disputed"
CONFLICT = "conflict"
AGREES = "agrees"
OWN_WORDS_STAND = "own words stand"
NOT_A_MEMBER = "not a member"
MEMBERSHIP = "membership"
LEFT = "left"
SAYS_NOTHING = "says nothing"
OVERRIDDEN = "overridden"
POSSIBLE = "possible"
LATER = "later"
CORRECTED_AWAY = "corrected away"
CORRECTED_LATER = "corrected later"
RETRACTED = "retracted"
RECORDED_LATER = "recorded later"

ROLES = (
    DECIDES, TAKEN_BACK, DISPUTED, CONFLICT, AGREES, OWN_WORDS_STAND, NOT_A_MEMBER, MEMBERSHIP,
    LEFT, SAYS_NOTHING, OVERRIDDEN,
    POSSIBLE, LATER, CORRECTED_AWAY, CORRECTED_LATER, RETRACTED, RECORDED_LATER,
)  # fmt: skip
"""What an entry can be to a cell; those up to ``overridden`` count by the day, the others do not.

``taken back`` is the entry that takes the delegation's own stance back, ``disputed`` another
account of the act that decides. Words of a group of the delegation that do not decide are a
``conflict`` (they stand elsewhere) or ``agrees``, where a group that spoke later decides; ``own
words stand`` where the delegation's own do; ``not a member`` where it did not belong to the group.
``membership`` begins a membership that holds on the day, ``left`` ended one. ``says nothing`` is a
vote that was not cast, a group's stance taken back, or a membership begun or ended twice.
``corrected away`` is an entry that, as known at K, is about another delegation, target or date than
before a correction; ``corrected later`` one that a correction recorded after K brings here.
"""

COUNTED = ROLES[: ROLES.index(OVERRIDDEN) + 1]

Part = tuple[str, str]
"""A role, and why."""

_KINDS = {VOTE_CAST: "vote", MEMBERSHIPS[0]: "joining", MEMBERSHIPS[1]: "leaving"}


class FieldChange(NamedTuple):
    """A field that a correction sets: what it said before, and what it says now; None for no value.

    The values are those of the entry's JSON.
    """

    field: str
    before: Any
    after: Any


class ErratumEvidence(NamedTuple):
    """A correction or retraction: of which entry, by whom, why, what it set, and if it counted.

    ``about`` is the id of an entry or of another erratum. ``counted`` is ``counted``,
    ``recorded later`` (after K) or ``undone`` (it was retracted itself by K).
    """

    id: str
    about: str
    kind: str
    recorded_at: str
    recorded_by: str | None
    reason: str
    changes: tuple[FieldChange, ...]
    counted: str


class Evidence(NamedTuple):
    """An entry that bears on where a delegation stands on a target, and what it is to the cell.

    ``role`` is one of :data:`ROLES`, ``kind`` ``stance``, ``vote``, ``joining`` or ``leaving``,
    ``says`` what it says in a sentence, as it counted at K or when it last was here, ``why`` the
    reason for the role. ``stance`` is the one that it takes, or that a vote means; None where it
    takes none. ``sources`` is a JSON list and ``source`` the first of them in a word; ``possible``
    is true where the entry counts although its date is uncertain and may lie after the day asked
    about.
    """

    id: str
    role: str
    kind: str
    says: str
    on: str
    by: str | None
    for_: str | None
    stance: str | None
    option: str | None
    confidence: str
    recorded_at: str
    recorded_by: str | None
    source: str
    sources: str
    why: str
    errata: tuple[ErratumEvidence, ...]
    possible: bool


def evidence(row: Row, part: Part, errata: tuple[ErratumEvidence, ...], *, whose: str) -> Evidence:
    """Return an entry with its part in the cell of the delegation ``whose``."""
    role, why = part
    return Evidence(
        id=row.id,
        role=role,
        kind=_KINDS.get(row.type, "stance"),
        says=says(row, whose),
        on=row.on,
        by=row.by,
        for_=row.for_,
        stance=stance_of(row),
        option=row.option,
        confidence=row.confidence,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        source=row.source,
        sources=row.sources,
        why=why,
        errata=errata,
        possible=role in COUNTED and row.possible,
    )


def says(row: Row, whose: str) -> str:
    """Return an entry as a sentence without its full stop; others than ``whose`` are named."""
    if row.type in MEMBERSHIPS:
        return f"{row.by} {row.summary} on {row.on}"
    front = "" if row.holder == whose else f"{row.holder}: "
    condition = f"if {clause(row.condition)}" if row.condition else ""
    spoken = f"spoken by {row.by}" if row.by != row.holder else ""
    aligned = f"aligned with {row.via}" if row.via else ""
    reason = f": {clause(row.reason)}" if row.reason else ""
    parts = (part for part in (_words(row), condition, spoken, aligned) if part)
    return front + ", ".join(parts) + reason


def _words(row: Row) -> str:
    if row.type == VOTE_CAST:
        return f"{row.summary} on {row.on}"
    if row.stance == NO_STANCE:
        return f"took its stance back on {row.on}"
    return f"{in_words(row.stance, row.option)} since {row.on}"


def errata_of(family: list[StoredEntry], k: str | None) -> Iterator[ErratumEvidence]:
    """Yield the corrections and retractions of a family in the order in which they were made."""
    counting = {live.id: live.entry for live in effective(known(family, k))}
    for kept in sorted(family[1:], key=recording_order):
        erratum = counting.get(kept.id, kept.entry)
        assert isinstance(erratum, Erratum)
        undone = "undone" if by_then(erratum.recorded_at, k) else RECORDED_LATER
        yield ErratumEvidence(
            kept.id,
            erratum.entry,
            "retraction" if isinstance(erratum, EntryRetracted) else "correction",
            erratum.recorded_at,
            erratum.recorded_by,
            erratum.reason,
            tuple(_changes(kept, erratum, family)),
            "counted" if kept.id in counting else undone,
        )


def _changes(kept: StoredEntry, erratum: Entry, family: list[StoredEntry]) -> Iterator[FieldChange]:
    """Yield what a correction set, beside what stood there when it was made."""
    if not isinstance(erratum, EntryCorrected):
        return
    about = erratum.entry
    earlier = [
        one for one in family if one.id == about or recording_order(one) < recording_order(kept)
    ]
    before = next((live.entry for live in effective(earlier) if live.id == about), None)
    fields = {} if before is None else msgspec.to_builtins(before)
    for field, after in sorted(erratum.set.items()):
        yield FieldChange(field, fields.get(field, getattr(before, field, None)), after)


# -- what all parts share ---------------------------------------------------------------------


def recording_order(kept: StoredEntry) -> tuple[str, str]:
    """Return what orders errata: when they were recorded, and the id."""
    return kept.entry.recorded_at, kept.id


def by_then(moment: str, k: str | None) -> bool:
    """Whether a moment of recording is no later than the one asked about."""
    return k is None or moment <= k


def clause(text: str) -> str:
    """Return a sentence without its full stop."""
    return text.strip().rstrip(".")


def short(id_: str) -> str:
    """Return the first digits of an id."""
    return in_table(id_)


def day_of(moment: str) -> str:
    """Return the day of a moment of recording."""
    return in_sentence(moment)
