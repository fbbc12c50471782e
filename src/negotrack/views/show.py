"""Everything about one thing, as a list of fields: what has a name, or an entry with its errata."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from negotrack.domain.catalogue import STAMP
from negotrack.domain.entry_types import VOTE_CAST
from negotrack.domain.short_ids import in_sentence, in_table
from negotrack.domain.stances import in_words
from negotrack.domain.votes import in_reading_order
from negotrack.render.answer import Column
from negotrack.use_cases.errata import facts
from negotrack.use_cases.fields import value_in_words
from negotrack.views import decisions
from negotrack.views.entries import sentence
from negotrack.views.pending import fit, phrase
from negotrack.views.shown import Shown, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from negotrack.domain.entries import Entry
    from negotrack.projections.positions.memberships import Memberships
    from negotrack.projections.positions.positions import Position
    from negotrack.projections.positions.timeline import Happening
    from negotrack.projections.texts.provisions import HeldBracket, Provision
    from negotrack.use_cases.describe import (
        EntryDescription,
        ErratumDescription,
        MotionOn,
        NameDescription,
        OfferedChange,
        VotesOn,
    )

    Facts = dict[str, Any]

LAST_EVENTS = 5
_COLUMNS = (
    Column("field", lambda r: r["field"], most=28),
    Column("value", lambda r: value_in_words(r["value"]), wide=True),
)
_STAMPED = frozenset({"type", "negotiation", *STAMP})


def _shown(title: str, fields: Facts, summary: str, entries: int) -> Shown:
    rows = [{"field": name, "value": value} for name, value in fields.items()]
    return Shown(title, rows, _COLUMNS, summary, entries)


# -- what has a name --------------------------------------------------------------------------


def name_shown(description: NameDescription) -> Shown:
    """Return a description of something that has a name to be shown."""
    name, happenings = description.name, description.happenings
    is_delegation = name.noun == "delegation"
    is_about_it = name.noun in ("delegation", "session")
    last = [one for one in happenings if is_about_it or one.type != VOTE_CAST]
    fields = (
        _what_it_is(description)
        | (_of_delegation(description) if is_delegation else _of_target(description))
        | _last_events(last, is_delegation=is_delegation)
    )
    title = f"{name.noun.capitalize()} {name.name}"
    return _shown(title, fields, counted(len(happenings), "entry"), len(happenings))


def _what_it_is(description: NameDescription) -> Facts:
    name = description.name
    fields: Facts = {"name": name.name, "kind": name.noun, "title": name.title}
    if name.detail:
        fields["detail"] = name.detail
    if name.first:
        fields["days"] = f"{name.first} to {name.last}"
    return fields | description.fields | {"named by": in_table(name.id)}


def _last_events(happenings: list[Happening], *, is_delegation: bool) -> Facts:
    fields = {}
    for number, one in enumerate(reversed(happenings[-LAST_EVENTS:]), 1):
        who = f"{one.by}: " if one.by and not is_delegation else ""
        about = f"{one.target}: " if is_delegation and one.target else ""
        fields[f"last {number}"] = f"{one.on} {who}{about}{one.summary} ({in_table(one.entry)})"
    return fields


def _joined(lines: Iterable[tuple[str, str]]) -> Facts:
    """Return lines by their label; where accounts differ, several are under one."""
    fields: Facts = {}
    for label, words in lines:
        fields[label] = f"{fields[label]}; or {words}" if label in fields else words
    return fields


def _stands(p: Position) -> str:
    """Return a stance, since when, from whom, and the entry that it rests on."""
    through = f" through {p.through}" if p.via == "group" else ""
    marks = f"{' ?' * p.possible}{', disputed' * bool(p.disputed)}"
    conflict = ", other groups stand elsewhere" * bool(p.conflicts)
    words = in_words(p.stance, p.option)
    return f"{words}{through} since {p.since}{marks}{conflict} ({in_table(p.entry)})"


def _figures(votes: Mapping[str, int]) -> str:
    """Return how many gave which vote, in words."""
    return ", ".join(f"{votes[word]} {word.replace('-', ' ')}" for word in in_reading_order(votes))


# -- a delegation -----------------------------------------------------------------------------


def _of_delegation(description: NameDescription) -> Facts:
    """Return the groups and members of a delegation, how it voted, and where it stands."""
    code, memberships = description.name.name, description.memberships
    fields = _members(code, memberships) | _groups(code, memberships)
    if description.votes:
        fields["votes"] = _figures(description.votes)
    own = (p for p in description.positions if p.via != "vote")
    return fields | _joined((f"on {p.target}", _stands(p)) for p in own)


def _groups(code: str, memberships: Memberships) -> Facts:
    """Return the groups of a delegation, each with the day since which it belongs to it."""
    from negotrack.projections.positions.memberships import groups_of

    groups = sorted(groups_of(code, memberships).items())
    lines = (
        f"{group} since {membership.since}{' ?' * membership.possible}"
        + f" through {membership.group}" * (membership.group != group)
        for group, membership in groups
    )
    return {"groups": "; ".join(lines)} if groups else {}


def _members(code: str, memberships: Memberships) -> Facts:
    """Return the members of a group, by the day since which they belong to it."""
    from negotrack.projections.positions.memberships import groups_of, members_of

    members = members_of(code, memberships)
    since: dict[str, list[str]] = {}
    for member in members:
        one = groups_of(member, memberships)[code]
        through = f" through {one.group}" * (one.group != code)
        since.setdefault(f"since {one.since}{' ?' * one.possible}{through}", []).append(member)
    number: Facts = {"members": len(members)} if members else {}
    return number | {day: ", ".join(codes) for day, codes in sorted(since.items())}


# -- a target ---------------------------------------------------------------------------------


def _of_target(description: NameDescription) -> Facts:
    """Return the text, who stands where, the votes, and what was put about a target."""
    name = description.name.name
    fields: Facts = {}
    for provision in description.provisions:
        fields |= _text(provision, name)
    for change in description.offers:
        label = f"{change.offer.noun} {change.offer.slug}"
        fields[label] = _offered(change, description)
    fields |= _joined(_standing(description.positions, name, description.memberships))
    fields |= _joined(
        (f"decided {one.on}", f"{decisions.outcome(one)}; {decisions.by_the_rules(one)}")
        for one in description.decisions
    )
    for roll in description.rolls:
        fields |= _votes(roll, name)
    return fields | {f"motion {motion.name}": _motion(motion) for motion in description.motions}


def _standing(
    positions: Sequence[Position], name: str, memberships: Memberships
) -> Iterator[tuple[str, str]]:
    """Yield who stands where, the members of a group with it, and nobody who only voted."""
    from negotrack.projections.positions.memberships import members_of

    following = Counter((p.target, p.through) for p in positions if p.via == "group")
    holders = {(p.target, p.delegation) for p in positions}
    for p in positions:
        number = following[p.target, p.delegation]
        if _has_a_line(p, holders) or number:
            where = "" if p.target == name else f" on {p.target}"
            of = len(members_of(p.delegation, memberships)) if number else 0
            yield f"{p.delegation}{where}", f"{_stands(p)}{_with_members(number, of)}"


def _has_a_line(p: Position, holders: set[tuple[str, str]]) -> bool:
    """Whether a position has a line of its own: not a vote, nor one that a group's line has."""
    if p.via == "group":
        return (p.target, p.through) not in holders
    return p.via != "vote"


def _with_members(number: int, of: int) -> str:
    if not number:
        return ""
    return f", and {f'{number} of' if number < of else 'all'} its {of} members"


def _votes(roll: VotesOn, name: str) -> Facts:
    """Return the votes on a target or a part of it: the figures, and who gave which."""
    where = "" if roll.target == name else f" on {roll.target}"
    figures = _figures({word: len(voters) for word, voters in roll.voters.items()})
    fields: Facts = {f"votes{where}": f"{figures} ({roll.days})"}
    for word, voters in roll.voters.items():
        fields[f"{word.replace('-', ' ')}{where}"] = ", ".join(voters)
    return fields


def _motion(motion: MotionOn) -> str:
    votes = [_figures({w: len(v) for w, v in roll.voters.items()}) for roll in motion.votes]
    return "; ".join([motion.summary, *votes, *motion.outcomes])


# -- a text -----------------------------------------------------------------------------------


def _text(provision: Provision, name: str) -> Facts:
    where = "" if provision.address == name else f" of {provision.address}"
    last = provision.readings[-1]
    fields: Facts = {}
    if provision.title:
        fields[f"heading{where}"] = provision.title
    if provision.text:
        how = last.offer or last.document or "a bracket"
        fields[f"text{where}"] = f"{provision.text} (since {last.on}, {how})"
    brackets = "; ".join(map(_bracket, provision.brackets.values()))
    if brackets:
        fields[f"brackets{where}"] = brackets
    if provision.settled is not None:
        outcome = provision.settled.outcome.replace("-", " ")
        fields[f"settled{where}"] = f"{outcome} since {provision.settled.on}"
    return fields or {f"text{where}": f"none since {last.on}"}


def _bracket(bracket: HeldBracket) -> str:
    who = f"held by {', '.join(bracket.holders)} " if bracket.holders else ""
    return f"[{bracket.words}] {who}since {bracket.since}"


def _offered(change: OfferedChange, description: NameDescription) -> str:
    """Return what an offer asks for, who made it, and who stands where on it."""
    offer = change.offer
    assert description.state is not None
    who = ", ".join(offer.parties) or "unknown"
    how = fit(offer, description.state)
    sides: dict[str, list[str]] = {}
    for position in change.positions:
        stance = in_words(position.stance, position.option) or ""
        sides.setdefault(stance, []).append(position.delegation)
    stands = "; ".join(f"{stance}: {', '.join(names)}" for stance, names in sides.items())
    return f"{who}, {offer.on}: {phrase(offer, offer.provision)}{how}{'; ' * bool(stands)}{stands}"


# -- an entry ---------------------------------------------------------------------------------


def entry_shown(description: EntryDescription, *, for_tools: bool) -> Shown:
    """Return a description of an entry to be shown; tools get its errata whole."""
    entry, live = description.entry, description.live
    fields: Facts = {"entry": entry.id, **_logged(entry.entry)}
    if description.own is not None:
        fields |= _what_it_changed(description, description.own)
    state = "corrected" if live and live.corrected_by else "as logged"
    fields["state"] = state if live else "retracted"
    if for_tools and description.errata:
        fields["errata"] = list(map(_record, description.errata))
    if not for_tools:
        fields |= dict(_lines(description.errata, entry.id))
    if description.errata and (live is not None or for_tools):
        fields["now"] = None if live is None else _correctable(live.entry)
    summary = f"Counted at {live.entry.on}" if live else "Not counted"
    return _shown(f"Entry {in_sentence(entry.id)}", fields, summary, description.entries)


def _logged(entry: Entry) -> Facts:
    fields = facts(entry)
    fields["confidence"] = fields.pop("confidence")
    return fields


def _correctable(entry: Entry) -> Facts:
    """Return what an entry says as it counts, without what a correction cannot change."""
    return {name: value for name, value in facts(entry).items() if name not in _STAMPED}


def _what_it_changed(description: EntryDescription, own: ErratumDescription) -> Facts:
    """Return what an erratum is about, and what it changed there."""
    about = description.about
    says = "not in the record" if about is None else sentence(about)
    erratum: Any = own.entry.entry
    fields: Facts = {"about": {"entry": erratum.entry, "says": says}}
    return fields | _changes(own)


def _changes(erratum: ErratumDescription) -> Facts:
    if erratum.changes is None:
        return {}
    pairs = erratum.changes.items()
    return {"changes": {name: {"before": before, "now": now} for name, (before, now) in pairs}}


def _record(erratum: ErratumDescription) -> Facts:
    return {
        "id": erratum.entry.id,
        **_logged(erratum.entry.entry),
        "counts": erratum.counts,
        **_changes(erratum),
        "errata": list(map(_record, erratum.errata)),
    }


def _lines(
    errata: list[ErratumDescription], about: str, depth: int = 0
) -> Iterator[tuple[str, str]]:
    """Yield a label and a line for each erratum, those of errata below what they are about."""
    for one in errata:
        noun = "retraction" if one.changes is None else "correction"
        yield f"{'> ' * depth}{noun} {in_table(one.entry.id)}", _line(one, about)
        yield from _lines(one.errata, one.entry.id, depth + 1)


def _line(erratum: ErratumDescription, about: str) -> str:
    entry: Any = erratum.entry.entry
    verb = "retracts" if erratum.changes is None else "corrects"
    what = "".join(
        f"; {name}: {value_in_words(before)} -> {value_in_words(now)}"
        for name, (before, now) in (erratum.changes or {}).items()
    )
    gone = "" if erratum.counts else "; does not count any more"
    who = "unknown" if entry.recorded_by is None else entry.recorded_by
    return (
        f"{in_sentence(erratum.entry.id)} {verb} {in_sentence(about)}{what}; {entry.reason}"
        f" ({entry.recorded_at}, {who}){gone}"
    )
