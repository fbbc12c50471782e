"""Corrections and retractions: what they are about, what they change, and their logging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from negotrack.domain.canonical import encode, typed
from negotrack.domain.entries import StanceTaken
from negotrack.domain.entry_types import STANCE_TAKEN
from negotrack.domain.rules.errata import current_entry, root_change
from negotrack.domain.short_ids import in_sentence
from negotrack.domain.specification import Effective, effective
from negotrack.errors import Conflict, Cure
from negotrack.facts.query import Query
from negotrack.use_cases.drafting import Draft
from negotrack.use_cases.log import log

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry, Erratum
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.positions import Position
    from negotrack.questions.entries import Entries
    from negotrack.questions.names import NameBook
    from negotrack.storage import Storage

_LATER = "9999-12-30T00:00:00.000000Z"
"""When an erratum is thought to be recorded that is not stamped yet: after all that are."""


class FieldDifference(NamedTuple):
    """A field of an entry, before and after an erratum; None where it is absent."""

    entry: str
    field: str
    before: Any
    now: Any


class PositionChange(NamedTuple):
    """The position of a delegation on a target, before and after; None for undeclared."""

    delegation: str
    target: str
    before: Position | None
    now: Position | None


class ErratumPreview(NamedTuple):
    """What an erratum does to the entry at the root, which all errata before it are about.

    ``before`` and ``now`` are how the root counts, None where it does not.
    """

    root: str
    before: Entry | None
    now: Entry | None
    fields: list[FieldDifference]
    shifts: list[PositionChange]


class LoggedErratum(NamedTuple):
    """What the logging of a correction or a retraction did: the entry, and what it changes.

    ``passed_over`` is the newest retraction that an undo went past to reach what it undoes.
    """

    id: str
    entry: Entry
    preview: ErratumPreview
    passed_over: str = ""


class Errata:
    """The corrections and retractions of a record."""

    def __init__(self, storage: Storage, book: NameBook, entries: Entries) -> None:
        """Amend the entries of a record."""
        self.storage, self.book, self.entries = storage, book, entries

    def entry_to_amend(self, prefix: str) -> Effective:
        """Return the entry that the beginning of an id means, as it counts; none retracted."""
        entry_id = self.entries.entry(prefix).id
        return current_entry(entry_id, self.entries.group(entry_id))

    def with_errata(self, entry_id: str) -> list[StoredEntry]:
        """Return an entry with its errata and theirs; empty where the record has it not."""
        from negotrack.errors import Rejected

        try:
            self.entries.entry(entry_id)
        except Rejected:
            return []
        return self.entries.group(entry_id)

    def log(self, draft: Erratum, *, dry_run: bool) -> LoggedErratum:
        """Log an erratum, and return what it changes.

        :class:`~negotrack.errors.Conflict` for one that was logged before: another came after it.
        """
        draft = typed(draft)  # type: ignore[assignment]
        preview = self.preview(draft)
        logged = log(self.storage, Draft(draft), dry_run=dry_run)
        if not logged.new:
            raise Conflict(
                f"{in_sentence(logged.id)} says this already, and another erratum came after it",
                Cure.by("another-reason", "say it with another reason"),
            )
        return LoggedErratum(logged.id, logged.entry, preview)

    def preview(self, draft: Erratum) -> ErratumPreview:
        """Return what an erratum would change."""
        later = encode(msgspec.structs.replace(draft, recorded_at=_LATER))
        change = root_change(later, self)
        before, now = self._versions(change.root, later)
        fields = [
            difference
            for entry_id in dict.fromkeys((draft.entry, change.root))
            for difference in differences(entry_id, before.get(entry_id), now.get(entry_id))
        ]
        shifts = self._shifts(change.root, change.before, change.after)
        return ErratumPreview(change.root, change.before, change.after, fields, shifts)

    def _versions(self, root: str, later: StoredEntry) -> tuple[dict[str, Entry], dict[str, Entry]]:
        """Return the entries of a group as they count before and after one more erratum."""
        group = self.with_errata(root)
        return tuple(  # type: ignore[return-value]
            {live.id: live.entry for live in effective(members)}
            for members in (group, [*group, later])
        )

    def _shifts(self, root: str, before: Entry | None, now: Entry | None) -> list[PositionChange]:
        cells = dict.fromkeys(
            (str(entry.for_ or entry.by), str(entry.target))
            for entry in (before, now)
            if isinstance(entry, StanceTaken)
        )
        shifts = [self._shift(root, now, *cell) for cell in cells]
        return [shift for shift in shifts if _summary(shift.before) != _summary(shift.now)]

    def _shift(self, root: str, now: Entry | None, holder: str, target: str) -> PositionChange:
        """Return a position as it is, and as it is with the root as it would count."""
        from negotrack.facts.rows import row_of

        negotiation = self.entries.entry(root).entry.negotiation
        cell = Query(negotiation, delegation=holder, target=target, type=STANCE_TAKEN)
        rows = [row for row in self.storage.index.slices.rows(cell) if row.target == target]
        others = [row for row in rows if row.id != root]
        if now is not None:
            new = row_of(0, Effective(root, now))
            others += [new] if (new.holder, new.target) == (holder, target) else []
        others.sort(key=lambda row: row.sort_key)
        return PositionChange(holder, target, _position(rows), _position(others))


def facts(entry: Entry) -> dict[str, Any]:
    """Return an entry's fields as JSON has them, those with a default among them."""
    fields: dict[str, Any] = msgspec.to_builtins(entry)
    return fields | {"confidence": entry.confidence}


def differences(entry_id: str, before: Entry | None, now: Entry | None) -> list[FieldDifference]:
    """Return the fields in which two states of an entry differ; none where one is absent."""
    if before is None or now is None:
        return []
    one, other = facts(before), facts(now)
    names = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    return [FieldDifference(entry_id, name, one.get(name), other.get(name)) for name in names]


def _position(rows: list[Row]) -> Position | None:
    from negotrack.projections.positions.positions import positions

    return next(iter(positions(rows)), None)


def _summary(position: Position | None) -> tuple[str | None, ...] | None:
    return position and (position.stance, position.option, position.since)
