"""Why an answer says what it says: the entries behind it, each with the part that it plays.

The parts are what an answer at a day D, as known at a moment K, makes of an entry. They are read
off the law: its versions say how an entry counted at K, and the policy on accounts which of those
that count decides.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from negotrack.domain.dates import span
from negotrack.domain.entries import EntryCorrected, EntryRetracted, Erratum, StanceTaken
from negotrack.domain.replay import effective, known, versions
from negotrack.index.rows import BOOKKEEPING, OFFICIAL, in_words, row_of
from negotrack.projections.accounts import disagree, settled
from negotrack.projections.positions import TAKEN_BACK as NO_STANCE
from negotrack.projections.positions import positions
from negotrack.projections.timeline import happening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.domain.entries import Entry
    from negotrack.domain.lines import Kept
    from negotrack.domain.replay import Version
    from negotrack.index.rows import Row
    from negotrack.projections.accounts import Accounts
    from negotrack.projections.timeline import Happening

DECIDES = "decides"
TAKEN_BACK = "taken back"
DISPUTED = "disputed"
OVERRIDDEN = "overridden"
POSSIBLE = "possible"
LATER = "later"
CORRECTED_AWAY = "corrected away"
CORRECTED_LATER = "corrected later"
RETRACTED = "retracted"
RECORDED_LATER = "recorded later"

ROLES = (
    DECIDES, TAKEN_BACK, DISPUTED, OVERRIDDEN,
    POSSIBLE, LATER, CORRECTED_AWAY, CORRECTED_LATER, RETRACTED, RECORDED_LATER,
)  # fmt: skip
"""What an entry can be to a cell; the first four count, the others do not.

``taken back`` is the entry that takes the stance back and so decides that there is none,
``disputed`` another account of the act that decides. ``corrected away`` is an entry that, as known
at K, is about another delegation, target or date than before a correction; ``corrected later`` one
that a correction recorded after K brings into the cell.
"""

COUNTED = ROLES[:4]

COUNTS = "counts"
BOOKS = "bookkeeping"

_SHORT_ID = 8


class Change(NamedTuple):
    """A field that a correction sets: what it said before, and what it says now; None for no value.

    The values are those of the entry's JSON.
    """

    field: str
    before: Any
    after: Any


class Amended(NamedTuple):
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
    changes: tuple[Change, ...]
    counted: str


class Evidence(NamedTuple):
    """An entry that ever was a stance of the delegation on the target, and what it is to the cell.

    ``role`` is one of :data:`ROLES`, ``says`` the stance in a sentence, as it counted at K or when
    it last was in this cell, ``why`` the reason for the role. ``sources`` is a JSON list and
    ``source`` the first of them in a word; ``possible`` is true where the entry counts although its
    date is uncertain and may lie after the day asked about.
    """

    id: str
    role: str
    says: str
    on: str
    by: str | None
    for_: str | None
    stance: str
    option: str | None
    confidence: str
    recorded_at: str
    recorded_by: str | None
    source: str
    sources: str
    why: str
    errata: tuple[Amended, ...]
    possible: bool


class Explanation(NamedTuple):
    """Why a cell says what it says.

    ``stance`` is None where the delegation is undeclared. ``evidence`` is in the order of the law,
    but what decides comes first; where all accounts are asked for, several may decide.
    """

    delegation: str
    target: str
    as_of: str
    known_at: str | None
    stance: str | None
    option: str | None
    evidence: tuple[Evidence, ...]


class Telling(NamedTuple):
    """What an entry said from one moment until, but not at, another (None: until now)."""

    known_from: str
    known_until: str | None
    happening: Happening


class Standing(NamedTuple):
    """Why an entry is, or is not, in the timeline.

    ``role`` is ``counts``, ``bookkeeping`` (it counts, and is shown on demand), or the reason for
    which it is left out: ``possible``, ``later``, ``retracted`` or ``recorded later``. ``counting``
    is the entry as it counted at K, None where it did not, ``tellings`` all that it ever said.
    """

    id: str
    role: str
    why: str
    as_of: str
    known_at: str | None
    counting: Happening | None
    tellings: tuple[Telling, ...]
    errata: tuple[Amended, ...]


class _Question(NamedTuple):
    cell: tuple[str, str]
    day: str
    k: str | None
    possible: bool

    def counts(self, entry: Entry) -> bool:
        """Whether an entry counts on the day."""
        when = span(entry.on)
        return (when.first if self.possible else when.last) <= self.day


class _Story(NamedTuple):
    """A family as the cell sees it.

    ``told`` are the versions of its entry, ``now`` the one that held at K, ``here`` those in the
    cell that were known by then, ``shown`` the last of these; where there is none, the first later.
    """

    family: list[Kept]
    told: list[Version]
    now: Version | None
    here: list[Version]
    shown: Version

    @property
    def id(self) -> str:
        """The id of the entry."""
        return self.family[0].id


_Part = tuple[str, str]
"""A role, and why."""


def explain_cell(  # noqa: PLR0913 - a cell, the two axes of time, and what counts on them
    families: Iterable[list[Kept]],
    holder: str,
    target: str,
    day: str,
    k: str | None = None,
    *,
    possible: bool = False,
    accounts: Accounts = "official-first",
) -> Explanation:
    """Return why a delegation stands where it does on a target, on a day, as known at a moment.

    A family is an entry, first, with all its errata, and theirs. There must be one for each entry
    that, as logged or after any correction, was a stance of the delegation on the target; families
    of other entries are left out.
    """
    asked = _Question((holder, target), day, k, possible)
    by_id = {family[0].id: family for family in families}.values()
    stories = [story for family in by_id if (story := _story(family, asked))]
    parts = {story.id: part for story in stories if (part := _left_out(story, asked))}
    counting = [_row(story, day) for story in stories if story.id not in parts]
    parts |= _parts(sorted(counting, key=_order), asked, accounts)
    held = positions(sorted(counting, key=_order), accounts)
    evidence = [_evidence(story, parts[story.id], asked) for story in _in_order(stories, parts)]
    stance, option = (held[0].stance, held[0].option) if held else (None, None)
    return Explanation(holder, target, day, k, stance, option, tuple(evidence))


# -- families ---------------------------------------------------------------------------------


def _cell(entry: Entry) -> tuple[str | None, str | None] | None:
    if not isinstance(entry, StanceTaken):
        return None
    return entry.for_ or entry.by, entry.target


def _story(family: list[Kept], asked: _Question) -> _Story | None:
    """Return a family as the cell sees it; None where its entry never was in the cell."""
    told = [v for v in versions(family) if v.id == family[0].id]
    in_cell = [v for v in told if _cell(v.live.entry) == asked.cell]
    if not in_cell:
        return None
    here = [v for v in in_cell if _by(v.known_from, asked.k)]
    return _Story(family, told, _at(told, asked.k), here, (here or in_cell[:1])[-1])


def _by(moment: str, k: str | None) -> bool:
    return k is None or moment <= k


def _at(found: Iterable[Version], k: str | None) -> Version | None:
    """Return the version that holds at a moment, if there is one."""
    for version in found:
        is_over = version.known_until is not None and _by(version.known_until, k)
        if _by(version.known_from, k) and not is_over:
            return version
    return None


def _row(story: _Story, day: str) -> Row:
    return row_of(0, story.shown.live, day)


def _order(row: Row) -> tuple[str, str, int, str, str]:
    return row.sort_key


def _in_order(stories: list[_Story], parts: dict[str, _Part]) -> list[_Story]:
    """Return stories in the order of the law, those that decide before all others."""

    def place(story: _Story) -> tuple[bool, tuple[str, str, int, str, str]]:
        decides = parts[story.id][0] in (DECIDES, TAKEN_BACK)
        return not decides, _row(story, "").sort_key

    return sorted(stories, key=place)


# -- what does not count ----------------------------------------------------------------------


def _left_out(story: _Story, asked: _Question) -> _Part | None:
    """Return why an entry does not count for the cell; None where it does."""
    logged, now = story.family[0].entry.recorded_at, story.now
    if not _by(logged, asked.k):
        return RECORDED_LATER, _recorded_later(logged, asked.k)
    if now is None:
        return RETRACTED, _retracted(story.family, asked.k)
    if _cell(now.live.entry) != asked.cell:
        return _elsewhere(story, now, asked)
    if asked.counts(now.live.entry):
        return None
    return _ahead(story, now, asked)


def _recorded_later(logged: str, k: str | None) -> str:
    return f"it was recorded at {logged}, after {k}"


def _retracted(family: list[Kept], k: str | None) -> str:
    """Return which retraction took an entry out, and its reason."""
    root = family[0].id
    found = [
        live
        for live in effective(known(family, k))
        if isinstance(live.entry, EntryRetracted) and live.entry.entry == root
    ]
    first = min(found, key=lambda live: (live.entry.recorded_at, live.id))
    assert isinstance(first.entry, EntryRetracted)
    when = _day(first.entry.recorded_at)
    return f"retraction {_short(first.id)} of {when} took it out: {_clause(first.entry.reason)}"


def _elsewhere(story: _Story, now: Version, asked: _Question) -> _Part:
    """Return why an entry is, as known at K, in another cell."""
    holder, target = _cell(now.live.entry) or ("", "")
    there = f"a stance of {holder} on {target}"
    if story.here:
        by = _mover(story, story.here[-1], "by", "for", "target")
        return CORRECTED_AWAY, f"{by} made it {there}"
    brought = _day(story.shown.known_from)
    return CORRECTED_LATER, (
        f"it was {there} as known at {asked.k}; a correction of {brought} brought it here"
    )


def _ahead(story: _Story, now: Version, asked: _Question) -> _Part:
    """Return why an entry does not count on the day by its date."""
    on = now.live.entry.on
    if span(on).first <= asked.day:
        return POSSIBLE, _uncertain(on, asked.day)
    before = [v for v in story.here if asked.counts(v.live.entry)]
    if before:
        by = _mover(story, before[-1], "on")
        moved = f"its date from {before[-1].live.entry.on} to {on}, after {asked.day}"
        return CORRECTED_AWAY, f"{by} moved {moved}"
    return LATER, f"it happened on {on}, after {asked.day}"


def _uncertain(on: str, day: str) -> str:
    return f"its date {on} is uncertain: begun by {day}, but perhaps not over; it was not counted"


def _mover(story: _Story, before: Version, *fields: str) -> str:
    """Return, in words, the erratum by which an entry was no longer as it had been before."""
    root, moment = story.id, story.told[story.told.index(before) + 1].known_from
    found = [
        kept
        for kept in sorted(story.family[1:], key=_made)
        if kept.entry.recorded_at == moment and _moves(kept.entry, root, fields)
    ]
    when = f"of {_day(moment)}"
    if not found:
        return f"what was recorded on {_day(moment)}"
    if isinstance(found[-1].entry, EntryCorrected):
        return f"correction {_short(found[-1].id)} {when}"
    return f"retraction {_short(found[-1].id)} {when} undid a correction, which"


def _moves(erratum: Entry, root: str, fields: tuple[str, ...]) -> bool:
    if isinstance(erratum, EntryCorrected):
        return erratum.entry == root and not erratum.set.keys().isdisjoint(fields)
    return isinstance(erratum, EntryRetracted) and erratum.entry != root


# -- what counts ------------------------------------------------------------------------------


def _parts(rows: list[Row], asked: _Question, accounts: Accounts) -> dict[str, _Part]:
    """Return the parts of the ordered rows that count for the cell."""
    acts = [list(act) for _, act in groupby(settled(rows, accounts), key=lambda r: r.moment)]
    if not acts:
        return {}
    found = {
        row.id: (OVERRIDDEN, f"it was followed by {_short(after[-1].id)} of {after[-1].on}")
        for act, after in pairwise(acts)
        for row in act
    }
    deciding = {p.entry for p in positions(rows, accounts)}
    last = acts[-1]
    return found | {row.id: _part(row, last, deciding, asked, accounts) for row in last}


def _part(
    row: Row, act: list[Row], deciding: set[str], asked: _Question, accounts: Accounts
) -> _Part:
    """Return the part of one account of the act that decides, the chosen account being the last."""
    chosen = act[-1]
    if row is chosen:
        role = DECIDES if row.id in deciding else TAKEN_BACK
        return role, _decides(row, act, asked, accounts)
    if row.id in deciding:
        return DECIDES, f"it tells the same act as {_short(chosen.id)}, and all accounts were asked"
    preferred = f"{_short(chosen.id)} {_preferred(row, chosen, accounts)}"
    if disagree(row, chosen):
        return DISPUTED, f"it tells the same act from another source; {preferred}"
    return OVERRIDDEN, f"it tells the same act; {preferred}"


def _decides(row: Row, act: list[Row], asked: _Question, accounts: Accounts) -> str:
    holder, target = asked.cell
    why = f"it is the last stance that {holder} took on {target} by {asked.day}"
    if row.stance == NO_STANCE:
        why = f"with it {holder} took its stance on {target} back, and it took none after that"
    against = [other for other in act if disagree(other, row)]
    if against:
        others = ", ".join(_short(other.id) for other in against)
        why += f"; {others} tells it differently, but it {_preferred(against[-1], row, accounts)}"
    if row.possible:
        why += "; its date is uncertain and may lie after that, but such entries were counted"
    return why


def _preferred(other: Row, chosen: Row, accounts: Accounts) -> str:
    """Return why one account of an act stands before another."""
    if accounts != "latest" and chosen.confidence == OFFICIAL != other.confidence:
        return "is official"
    if chosen.recorded_at > other.recorded_at:
        return "was recorded later"
    return "comes later by its id"


# -- in words ---------------------------------------------------------------------------------


def _evidence(story: _Story, part: _Part, asked: _Question) -> Evidence:
    row = _row(story, asked.day)
    assert row.stance is not None
    role, why = part
    return Evidence(
        id=row.id,
        role=role,
        says=_says(row),
        on=row.on,
        by=row.by,
        for_=row.for_,
        stance=row.stance,
        option=row.option,
        confidence=row.confidence,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        source=row.source,
        sources=row.sources,
        why=why,
        errata=tuple(_errata(story.family, asked.k)),
        possible=asked.possible and role in COUNTED and row.possible,
    )


def _says(row: Row) -> str:
    """Return a stance as a sentence without its full stop."""
    words = f"{in_words(row.stance, row.option)} since {row.on}"
    if row.stance == NO_STANCE:
        words = f"took its stance back on {row.on}"
    condition = f"if {_clause(row.condition)}" if row.condition else ""
    spoken = f"spoken by {row.by}" if row.by != row.holder else ""
    aligned = f"aligned with {row.via}" if row.via else ""
    reason = f": {_clause(row.reason)}" if row.reason else ""
    return ", ".join(part for part in (words, condition, spoken, aligned) if part) + reason


def _errata(family: list[Kept], k: str | None) -> Iterator[Amended]:
    """Yield the corrections and retractions of a family in the order in which they were made."""
    counting = {live.id: live.entry for live in effective(known(family, k))}
    for kept in sorted(family[1:], key=_made):
        erratum = counting.get(kept.id, kept.entry)
        assert isinstance(erratum, Erratum)
        undone = "undone" if _by(erratum.recorded_at, k) else RECORDED_LATER
        yield Amended(
            kept.id,
            erratum.entry,
            "retraction" if isinstance(erratum, EntryRetracted) else "correction",
            erratum.recorded_at,
            erratum.recorded_by,
            erratum.reason,
            tuple(_changes(kept, erratum, family)),
            "counted" if kept.id in counting else undone,
        )


def _made(kept: Kept) -> tuple[str, str]:
    return kept.entry.recorded_at, kept.id


def _changes(kept: Kept, erratum: Entry, family: list[Kept]) -> Iterator[Change]:
    """Yield what a correction set, beside what stood there when it was made."""
    if not isinstance(erratum, EntryCorrected):
        return
    about = erratum.entry
    earlier = [one for one in family if one.id == about or _made(one) < _made(kept)]
    before = next((live.entry for live in effective(earlier) if live.id == about), None)
    fields = {} if before is None else msgspec.to_builtins(before)
    for field, after in sorted(erratum.set.items()):
        yield Change(field, fields.get(field, getattr(before, field, None)), after)


def _clause(text: str) -> str:
    return text.strip().rstrip(".")


def _short(id_: str) -> str:
    return id_[:_SHORT_ID]


def _day(moment: str) -> str:
    return moment[:10]


# -- the timeline -----------------------------------------------------------------------------


def explain_entry(
    family: list[Kept],
    day: str,
    k: str | None = None,
    *,
    possible: bool = False,
    bookkeeping: bool = False,
) -> Standing:
    """Return why an entry is, or is not, in the timeline of a day as known at a moment.

    ``family`` is the entry, first, with all its errata; ``bookkeeping`` whether what only keeps the
    books was asked for.
    """
    found = [v for v in versions(family) if v.id == family[0].id]
    now = _at(found, k)
    role, why = _role(family, now, _Question(("", ""), day, k, possible))
    counting = None if now is None else happening(row_of(0, now.live, day))
    if role == COUNTS and counting and counting.type in BOOKKEEPING and not bookkeeping:
        role, why = BOOKS, "it only keeps the books, which a timeline shows on demand"
    return Standing(
        id=family[0].id,
        role=role,
        why=why,
        as_of=day,
        known_at=k,
        counting=counting,
        tellings=tuple(
            Telling(v.known_from, v.known_until, happening(row_of(0, v.live))) for v in found
        ),
        errata=tuple(_errata(family, k)),
    )


def _role(family: list[Kept], now: Version | None, asked: _Question) -> _Part:
    logged = family[0].entry.recorded_at
    if not _by(logged, asked.k):
        return RECORDED_LATER, _recorded_later(logged, asked.k)
    if now is None:
        return RETRACTED, _retracted(family, asked.k)
    on = now.live.entry.on
    if span(on).last <= asked.day:
        return COUNTS, f"its date {on} is over by {asked.day}"
    if span(on).first > asked.day:
        return LATER, f"it is dated {on}, after {asked.day}"
    if asked.possible:
        return COUNTS, f"its date {on} has begun by {asked.day}, and what is possible was counted"
    return POSSIBLE, _uncertain(on, asked.day)
