"""Rules about corrections and retractions: what they may be about, and what they leave behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from negotrack.domain import entries as e
from negotrack.domain.catalogue import UNCORRECTABLE, kind_of
from negotrack.domain.short_ids import in_sentence
from negotrack.domain.specification import Effective, effective, replaced
from negotrack.errors import Conflict, Cure, Rejected, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry


class Archive(Protocol):
    """What the rules about errata ask of the record."""

    def with_errata(self, entry_id: str) -> list[StoredEntry]:
        """Return an entry with its corrections and retractions, and theirs; empty if unknown."""


class RootChange(NamedTuple):
    """What an erratum changes: the entry at the root, which all errata between are about.

    ``before`` and ``after`` are how it counts, None where it does not.
    """

    root: str
    before: Entry | None
    after: Entry | None


def entry_amended(erratum: e.Erratum, archive: Archive) -> Effective:
    """Return the entry that an erratum is about, as it counts.

    Refuses one that the record does not hold, that is retracted, or of another negotiation.
    """
    group = archive.with_errata(erratum.entry)
    if not group:
        raise Unknown(
            f"no entry {in_sentence(erratum.entry)} in the record",
            Cure.by("list-ids", "the timeline lists ids"),
        )
    live = current_entry(erratum.entry, group)
    if live.entry.negotiation != erratum.negotiation:
        raise Rejected(
            f"entry {in_sentence(erratum.entry)} is part of {live.entry.negotiation}",
            "name that negotiation",
        )
    return live


def current_entry(entry_id: str, group: list[StoredEntry]) -> Effective:
    """Return an entry as it counts; :class:`Conflict` where it is retracted, saying by what."""
    counting = {live.id: live for live in effective(group)}
    if entry_id in counting:
        return counting[entry_id]
    by = next(
        live.id
        for live in counting.values()
        if isinstance(live.entry, e.EntryRetracted) and live.entry.entry == entry_id
    )
    raise Conflict(
        f"entry {in_sentence(entry_id)} is retracted already, by {in_sentence(by)}",
        Cure.by("retract", "where it is to count again, retract that", entry=in_sentence(by)),
    )


def root_change(erratum: StoredEntry, archive: Archive) -> RootChange:
    """Return what an erratum, which the record does not hold yet, changes in the end."""
    assert isinstance(erratum.entry, e.Erratum)
    root, group = root_of(erratum.entry.entry, archive)
    return RootChange(root, counting(root, group), counting(root, [*group, erratum]))


def root_of(entry_id: str, archive: Archive) -> tuple[str, list[StoredEntry]]:
    """Return the id of the entry that errata are about in the end, and that entry with its errata.

    An entry that is no erratum is its own root; so is an erratum of what the record does not hold.
    """
    group = archive.with_errata(entry_id)
    while group and isinstance(group[0].entry, e.Erratum):
        above = archive.with_errata(group[0].entry.entry)
        if not above:
            break
        entry_id, group = group[0].entry.entry, above
    return entry_id, group


def counting(entry_id: str, group: list[StoredEntry]) -> Entry | None:
    """Return an entry as it counts after its errata; None where it does not count."""
    return next((live.entry for live in effective(group) if live.id == entry_id), None)


def entry_corrected(live: Effective, correction: e.EntryCorrected) -> Entry:
    """Return an entry with what a correction sets; refuse what cannot be set."""
    refuse_uncorrectable(live.entry, correction.set)
    new = replaced(live.entry, correction)
    names = kind_of(live.entry).names
    if names is not None and getattr(new, names) != getattr(live.entry, names):
        raise Rejected(
            f"`{names}` is the name by which other entries know it",
            "retract the entry and log it again under the new name",
        )
    return new


def refuse_uncorrectable(entry: Entry, fields: Iterable[str]) -> None:
    """Refuse to correct what an entry is, what an erratum is about, and who put it in when."""
    forbidden = sorted(UNCORRECTABLE.intersection(fields))
    if not forbidden:
        return
    cure = "retract the entry and log it again"
    if isinstance(entry, e.EntryCorrected) and forbidden[0] in ("entry", "set"):
        cure = "retract that correction, and correct the entry anew"
    elif isinstance(entry, e.EntryRetracted) and forbidden[0] == "entry":
        cure = "retract that retraction, and retract the other entry"
    raise Rejected(f"`{forbidden[0]}` cannot be corrected", cure)
