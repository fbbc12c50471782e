"""Families: an entry with its errata, where it stood before and after them, and why it is out.

A family is an entry, first, with all its errata, and theirs. It is looked at from one place: the
words of a delegation on a target, or the membership of a delegation in a group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.dates import span
from negotrack.domain.entries import (
    EntryCorrected,
    EntryRetracted,
    GroupJoined,
    GroupLeft,
    StanceTaken,
    VoteCast,
)
from negotrack.domain.specification import effective, known, versions
from negotrack.facts.rows import row_of
from negotrack.projections.evidence.evidence import (
    CORRECTED_AWAY,
    CORRECTED_LATER,
    LATER,
    POSSIBLE,
    RECORDED_LATER,
    RETRACTED,
    by_then,
    clause,
    day_of,
    recording_order,
    short,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.domain.specification import EntryVersion
    from negotrack.facts.query import When
    from negotrack.facts.rows import Row
    from negotrack.projections.evidence.evidence import Part

EntryGroup = list["StoredEntry"]

WORDS = "words"
MEMBERS = "membership"


class Subject(NamedTuple):
    """Where an entry stands: the ``words`` of whom on what, or whose ``membership`` in what."""

    kind: str
    whose: str
    about: str


class EntryHistory(NamedTuple):
    """A family as it is seen from a place.

    ``versions`` are those of its entry, ``now`` the one that held at K, ``here`` those in the place
    that were known by then, ``shown`` the last of these; where there is none, the first later.
    """

    place: Subject
    family: EntryGroup
    versions: list[EntryVersion]
    now: EntryVersion | None
    here: list[EntryVersion]
    shown: EntryVersion

    @property
    def id(self) -> str:
        """The id of the entry."""
        return self.family[0].id

    def row(self, when: When) -> Row:
        """Return the entry as it is shown."""
        return row_of(0, self.shown.live, when.as_of)


def subject_of(entry: Entry) -> Subject | None:
    """Return where an entry stands; None for one that says nothing of positions."""
    if isinstance(entry, StanceTaken | VoteCast):
        return Subject(WORDS, entry.for_ or entry.by or "", entry.target or "")
    if isinstance(entry, GroupJoined | GroupLeft):
        return Subject(MEMBERS, entry.by, entry.group)
    return None


def _described(entry: Entry) -> str:
    """Return what an entry that has a place is, and where it stands."""
    place = subject_of(entry)
    assert place is not None
    if place.kind == MEMBERS:
        return f"a membership of {place.whose} in {place.about}"
    act = "stance" if isinstance(entry, StanceTaken) else "vote"
    return f"a {act} of {place.whose} on {place.about}"


def entry_histories(family: EntryGroup, when: When) -> dict[Subject, EntryHistory]:
    """Return a family as it is seen from every place in which it ever stood."""
    entry_versions = own_versions(family)
    now = version_at(entry_versions, when.known_at)
    histories = {}
    for place in {subject_of(version.live.entry): None for version in entry_versions}:
        if place is not None:
            there = [v for v in entry_versions if subject_of(v.live.entry) == place]
            here = [v for v in there if by_then(v.known_from, when.known_at)]
            shown = (here or there[:1])[-1]
            histories[place] = EntryHistory(place, family, entry_versions, now, here, shown)
    return histories


def own_versions(family: EntryGroup) -> list[EntryVersion]:
    """Return the versions of the entry itself, without those of its errata."""
    return [v for v in versions(family) if v.id == family[0].id]


def version_at(entry_versions: Iterable[EntryVersion], k: str | None) -> EntryVersion | None:
    """Return the version that holds at a moment, if there is one."""
    for version in entry_versions:
        is_over = version.known_until is not None and by_then(version.known_until, k)
        if by_then(version.known_from, k) and not is_over:
            return version
    return None


# -- what does not count ----------------------------------------------------------------------


def why_left_out(story: EntryHistory, when: When) -> Part | None:
    """Return why an entry does not count in its place; None where it does."""
    gone = why_unknown(story.family, story.now, when.known_at)
    if gone or story.now is None:
        return gone
    if subject_of(story.now.live.entry) != story.place:
        return _elsewhere(story, story.now, when)
    if when.counts(story.now.live.entry.on):
        return None
    return _ahead(story, story.now, when)


def why_unknown(family: EntryGroup, now: EntryVersion | None, k: str | None) -> Part | None:
    """Return why an entry was not known at a moment, or not any more; None where it was."""
    logged = family[0].entry.recorded_at
    if not by_then(logged, k):
        return RECORDED_LATER, f"it was recorded at {logged}, after {k}"
    return (RETRACTED, _retracted(family, k)) if now is None else None


def why_uncertain(on: str, day: str) -> str:
    """Return why an entry of an uncertain date does not count."""
    return f"its date {on} is uncertain: begun by {day}, but perhaps not over; it was not counted"


def _retracted(family: EntryGroup, k: str | None) -> str:
    """Return which retraction took an entry out, and its reason."""
    root = family[0].id
    retractions = [
        live
        for live in effective(known(family, k))
        if isinstance(live.entry, EntryRetracted) and live.entry.entry == root
    ]
    first = min(retractions, key=lambda live: (live.entry.recorded_at, live.id))
    assert isinstance(first.entry, EntryRetracted)
    when = day_of(first.entry.recorded_at)
    return f"retraction {short(first.id)} of {when} took it out: {clause(first.entry.reason)}"


def _elsewhere(story: EntryHistory, now: EntryVersion, when: When) -> Part:
    """Return why an entry stands, as known at K, in another place."""
    there = _described(now.live.entry)
    if story.here:
        by = _mover(story, story.here[-1], "by", "for", "target", "group")
        return CORRECTED_AWAY, f"{by} made it {there}"
    brought = day_of(story.shown.known_from)
    return CORRECTED_LATER, (
        f"it was {there} as known at {when.known_at}; a correction of {brought} brought it here"
    )


def _ahead(story: EntryHistory, now: EntryVersion, when: When) -> Part:
    """Return why an entry does not count on the day by its date."""
    on = now.live.entry.on
    if span(on).first <= when.as_of:
        return POSSIBLE, why_uncertain(on, when.as_of)
    before = [v for v in story.here if when.counts(v.live.entry.on)]
    if before:
        by = _mover(story, before[-1], "on")
        moved = f"its date from {before[-1].live.entry.on} to {on}, after {when.as_of}"
        return CORRECTED_AWAY, f"{by} moved {moved}"
    return LATER, f"it happened on {on}, after {when.as_of}"


def _mover(story: EntryHistory, before: EntryVersion, *fields: str) -> str:
    """Return, in words, the erratum by which an entry was no longer as it had been before."""
    root, moment = story.id, story.versions[story.versions.index(before) + 1].known_from
    errata = [
        kept
        for kept in sorted(story.family[1:], key=recording_order)
        if kept.entry.recorded_at == moment and _moves(kept.entry, root, fields)
    ]
    when = f"of {day_of(moment)}"
    if not errata:
        return f"what was recorded on {day_of(moment)}"
    if isinstance(errata[-1].entry, EntryCorrected):
        return f"correction {short(errata[-1].id)} {when}"
    return f"retraction {short(errata[-1].id)} {when} undid a correction, which"


def _moves(erratum: Entry, root: str, fields: tuple[str, ...]) -> bool:
    if isinstance(erratum, EntryCorrected):
        return erratum.entry == root and not erratum.set.keys().isdisjoint(fields)
    return isinstance(erratum, EntryRetracted) and erratum.entry != root
