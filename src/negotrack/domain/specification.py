"""The specification: what the record answers, for any day D and any moment K.

This is the plain meaning, and the only place that knows how the two axes of time choose and order
entries. Everything faster is tested against it::

    known(K)     = entries with recorded_at <= K
    effective(K) = known(K), with corrected entries carrying their replaced fields,
                   without retracted ones
    ordered(K)   = effective(K) sorted by
                   (last day of `on`, time of day, order, recorded_at, id)
    answer(D, K) = fold(ordered(K) whose last day of `on` <= D)
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from negotrack.domain.canonical import well_formed
from negotrack.domain.catalogue import UNCORRECTABLE, decode
from negotrack.domain.dates import span
from negotrack.domain.entries import EntryCorrected, EntryRetracted, Erratum
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry


class Effective(NamedTuple):
    """An entry as it counts: its id, its fields after correction, and the ids that corrected it."""

    id: str
    entry: Entry
    corrected_by: tuple[str, ...] = ()


SortKey = tuple[str, str, int, str, str]


def known(entries: Iterable[StoredEntry], k: str | None = None) -> list[StoredEntry]:
    """Return the entries that had been recorded by the instant ``k``; all of them for none."""
    return [kept for kept in entries if k is None or kept.entry.recorded_at <= k]


def effective(entries: Iterable[StoredEntry]) -> list[Effective]:
    """Return the entries that count: corrected ones with their replaced fields, no retracted ones.

    A retraction that was itself retracted has no effect, and a corrected correction acts as
    corrected. Corrections of one entry act in the order in which they were recorded.
    """
    errata: dict[str, list[StoredEntry]] = defaultdict(list)
    by_id = {kept.id: kept for kept in entries}
    for kept in by_id.values():
        if isinstance(kept.entry, Erratum):
            errata[kept.entry.entry].append(kept)

    settled: dict[str, Effective | None] = {}
    for root in by_id.values():
        waiting = [root]
        while waiting:
            kept = waiting[-1]
            before = [x for x in errata.get(kept.id, ()) if x.id not in settled]
            if kept.id in settled or not before:
                settled.setdefault(kept.id, _after(kept, errata.get(kept.id, ()), settled))
                waiting.pop()
            else:
                waiting += before
    return [live for kept in by_id.values() if (live := settled[kept.id]) is not None]


def _after(
    kept: StoredEntry, errata: Iterable[StoredEntry], settled: dict[str, Effective | None]
) -> Effective | None:
    """Return an entry after its errata, which are settled; None where one retracts it."""
    entry, corrected_by = kept.entry, []
    for erratum in sorted(errata, key=lambda k: (k.entry.recorded_at, k.id)):
        live = settled[erratum.id]
        if live is None:
            continue
        if isinstance(live.entry, EntryRetracted):
            return None
        entry = corrected(entry, live.entry)
        corrected_by.append(erratum.id)
    return Effective(kept.id, entry, tuple(corrected_by))


def corrected(entry: Entry, correction: Entry) -> Entry:
    """Return the entry with the fields that a correction replaces.

    A correction that cannot be applied (a field that the type does not have, a value that it
    cannot take) changes nothing; ``check`` reports it.
    """
    try:
        return replaced(entry, correction)
    except Rejected:
        return entry


def replaced(entry: Entry, correction: Entry) -> Entry:
    """Return the entry with its replaced fields; :class:`Rejected` where it cannot be."""
    assert isinstance(correction, EntryCorrected)
    forbidden = sorted(UNCORRECTABLE.intersection(correction.set))
    if forbidden:
        raise Rejected(
            f"`{forbidden[0]}` cannot be corrected", "retract the entry and log it again"
        )
    fields = msgspec.to_builtins(entry) | correction.set
    fields = {name: value for name, value in fields.items() if value is not None}
    try:
        new = decode(msgspec.json.encode(fields))
    except ValueError as error:
        raise Rejected(f"the correction does not fit the entry: {error}") from error
    well_formed(new)
    return new


def sort_key(live: Effective) -> SortKey:
    """Return what orders entries: last day, time of day, order, recorded_at, id."""
    entry = live.entry
    return span(entry.on).last, entry.at or "", entry.order or 0, entry.recorded_at, live.id


def ordered(entries: Iterable[Effective]) -> list[Effective]:
    """Return effective entries in the order in which they happened."""
    return sorted(entries, key=sort_key)


def answer(entries: Iterable[StoredEntry], day: str, k: str | None = None) -> Iterator[Effective]:
    """Yield what counts on ``day`` (``YYYY-MM-DD``) as it was known at ``k``, in order."""
    for live in ordered(effective(known(entries, k))):
        if span(live.entry.on).last <= day:
            yield live


def possible(entries: Iterable[StoredEntry], day: str, k: str | None = None) -> Iterator[Effective]:
    """Yield the entries whose span has begun by ``day`` and not ended: they may have happened."""
    for live in ordered(effective(known(entries, k))):
        when = span(live.entry.on)
        if when.first <= day < when.last:
            yield live


class EntryVersion(NamedTuple):
    """How an entry counted from one moment until, but not at, another; None as end: until now.

    ``first`` marks the entry as it was logged, which may have been known for no time at all.
    """

    id: str
    known_from: str
    known_until: str | None
    live: Effective
    first: bool


def versions(family: Iterable[StoredEntry]) -> Iterator[EntryVersion]:
    """Yield how each member of a family counted as its corrections and retractions came in.

    A family is an entry with all its errata, and theirs. For every moment K, the versions that
    hold at K are exactly ``effective(known(family, K))``.
    """
    members = {kept.id: kept for kept in family}.values()
    moments = sorted({kept.entry.recorded_at for kept in members})
    counted = [(k, {live.id: live for live in effective(known(members, k))}) for k in moments]
    for kept in members:
        logged = kept.entry.recorded_at
        begun, current, first = logged, Effective(kept.id, kept.entry), True
        for moment, counting in counted:
            now = counting.get(kept.id)
            if moment < logged or now == current:
                continue
            if current is not None:
                yield EntryVersion(kept.id, begun, moment, current, first)
            begun, current, first = moment, now, False  # type: ignore[assignment]
        if current is not None:
            yield EntryVersion(kept.id, begun, None, current, first)
