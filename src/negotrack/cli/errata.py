"""Corrections and retractions as people give them: what they set, and what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from negotrack.cli.fields import assignment, corrected_field
from negotrack.cli.options import say
from negotrack.cli.prompts import SHORT_ID, in_a_cell, logged_line, resolved, sentence
from negotrack.domain.canonical import encode, id_of, typed
from negotrack.domain.catalogue import kind_of
from negotrack.domain.entries import EntryCorrected, Erratum, StanceTaken
from negotrack.domain.rules import MOST_COUNTED, current_entry, refuse_loss, refuse_uncorrectable
from negotrack.domain.specification import Effective, effective, replaced
from negotrack.errors import Conflict, Rejected
from negotrack.facts.rows import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.domain.rules import Uses
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.positions import Position
    from negotrack.workspace import Workspace

_LATER = "9999-12-30T00:00:00.000000Z"
"""When an erratum is thought to be recorded that is not stamped yet: after all that are."""


# -- what is given --------------------------------------------------------------------------------


def entry_to_amend(opened: Workspace, prefix: str) -> Effective:
    """Return the entry that the beginning of an id means, as it counts; refuse a retracted one."""
    kept = opened.entry(prefix)[1]
    return current_entry(kept.id, opened.family(kept.id))


def assignments(opened: Workspace, about: Effective, texts: Sequence[str]) -> dict[str, Any]:
    """Return what ``FIELD=VALUE`` texts set; :class:`Rejected` for one that changes nothing."""
    found: dict[str, Any] = {}
    for text in texts:
        name, value = assignment(text)
        refuse_uncorrectable(about.entry, [name])
        if name in found:
            raise Rejected(f"`{name}` is set twice", "set it once")
        found[name] = _meant(opened, about.entry, name, value)
        _changes_something(about.entry, name, found[name])
    return found


def _meant(opened: Workspace, entry: Entry, name: str, text: str) -> Any:
    kind = kind_of(entry)
    field = corrected_field(kind, name)
    value = field.corrected(text)
    if value is None or (field.noun != "date" and not field.nouns) or name == kind.names:
        return value
    found = resolved(opened, field, value, entry.negotiation)
    return list(found) if field.many else found


def _changes_something(entry: Entry, name: str, value: Any) -> None:
    before = facts(entry)
    try:
        after = facts(replaced(entry, _correction(entry, {name: value})))
    except Rejected:
        return  # a field that cannot stand alone, or not at all: the rules tell which
    if before == after:
        now = in_a_cell(before.get(name))
        raise Rejected(f"`{name}` is {now} already: setting it changes nothing", "leave it out")


def _correction(about: Entry, set_: dict[str, Any]) -> EntryCorrected:
    return EntryCorrected(
        negotiation=about.negotiation, on=about.on, entry="0" * 64, set=set_, reason="-"
    )


def facts(entry: Entry) -> dict[str, Any]:
    """Return an entry's fields as JSON has them, those with a default among them."""
    fields: dict[str, Any] = msgspec.to_builtins(entry)
    return fields | {"confidence": entry.confidence}


# -- what it changes ------------------------------------------------------------------------------


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


def preview(opened: Workspace, draft: Erratum) -> ErratumPreview:
    """Return what an erratum would change; :class:`Conflict` where others rest on what it takes."""
    root = _root(opened, draft.entry)
    family = opened.family(root)
    later = encode(msgspec.structs.replace(draft, recorded_at=_LATER))
    before, now = _counting(family), _counting([*family, later])
    fields = [
        change
        for entry_id in dict.fromkeys((draft.entry, root))
        for change in changes(entry_id, before.get(entry_id), now.get(entry_id))
    ]
    was, is_ = before.get(root), now.get(root)
    if was is not None and was != is_:
        refuse_loss(was, is_, _uses(opened, was.negotiation, root))
    return ErratumPreview(root, was, is_, fields, _shifts(opened, root, was, is_))


def _counting(family: list[StoredEntry]) -> dict[str, Entry]:
    return {live.id: live.entry for live in effective(family)}


def _root(opened: Workspace, entry_id: str) -> str:
    """Return the entry that an erratum is about in the end, as far as the record holds it."""
    kept = opened.entry(entry_id)[1]
    while isinstance(kept.entry, Erratum):
        try:
            kept = opened.entry(kept.entry.entry)[1]
        except Rejected:
            break
    return kept.id


def changes(entry_id: str, before: Entry | None, now: Entry | None) -> list[FieldDifference]:
    """Return the fields in which two states of an entry differ; none where one is absent."""
    if before is None or now is None:
        return []
    one, other = facts(before), facts(now)
    names = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    return [FieldDifference(entry_id, name, one.get(name), other.get(name)) for name in names]


def _uses(opened: Workspace, negotiation: str, root: str) -> Uses:
    """Return what counts the entries that rest on something, looked for in the lines themselves."""

    def uses(text: str, rests: Callable[[Entry], bool]) -> int:
        seen, count, needle = {root}, 0, f'"{text}"'.encode()
        for line in opened.store_lines(*opened.index.recorded(negotiation)):
            if needle not in line or (user := _root(opened, id_of(line))) in seen:
                continue
            seen.add(user)
            live = _counting(opened.family(user)).get(user)
            count += live is not None and rests(live)
            if count == MOST_COUNTED:
                break
        return count

    return uses


def _shifts(
    opened: Workspace, root: str, before: Entry | None, now: Entry | None
) -> list[PositionChange]:
    cells = dict.fromkeys(
        (entry.for_ or entry.by, entry.target)
        for entry in (before, now)
        if isinstance(entry, StanceTaken)
    )
    found = [_shift(opened, root, now, str(who), str(what)) for who, what in cells]
    return [shift for shift in found if _summary_of(shift.before) != _summary_of(shift.now)]


def _shift(
    opened: Workspace, root: str, now: Entry | None, holder: str, target: str
) -> PositionChange:
    """Return a position as it is, and as it is with the root as it would count."""
    from negotrack.facts.rows import STANCE, row_of

    wanted = opened.filter(negotiation=_negotiation(opened, root))
    wanted = wanted._replace(holder=holder, target=target, type=STANCE)
    rows = [row for row in opened.index.rows(wanted) if row.target == target]
    others = [row for row in rows if row.id != root]
    if now is not None:
        new = row_of(0, Effective(root, now))
        others += [new] if (new.holder, new.target) == (holder, target) else []
    others.sort(key=lambda row: row.sort_key)
    return PositionChange(holder, target, _position(rows), _position(others))


def _negotiation(opened: Workspace, root: str) -> str:
    return opened.entry(root)[1].entry.negotiation


def _position(rows: list[Row]) -> Position | None:
    from negotrack.projections.positions.positions import positions

    return next(iter(positions(rows)), None)


def _summary_of(position: Position | None) -> tuple[str | None, ...] | None:
    return position and (position.stance, position.option, position.since)


# -- logging it -----------------------------------------------------------------------------------


def give(opened: Workspace, draft: Erratum, *, dry_run: bool, json: bool, after: str = "") -> None:
    """Log an erratum, and tell what it changes; ``after`` is said last, to people."""
    draft = typed(draft)  # type: ignore[assignment]
    effect = preview(opened, draft)
    logged = opened.log(draft, dry_run=dry_run)
    if not logged.new:
        raise Conflict(
            f"{logged.id[:SHORT_ID]} says this already, and another erratum came after it",
            "say it with another --reason",
        )
    said = [
        logged_line(logged.id, logged.entry, dry_run=dry_run),
        *_lines(effect),
        *filter(None, [after]),
    ]
    say(_record(logged.id, draft, effect, dry_run=dry_run), "\n".join(said), json=json)


def _record(
    entry_id: str, draft: Erratum, effect: ErratumPreview, *, dry_run: bool
) -> dict[str, Any]:
    return {
        "entry": entry_id,
        "new": True,
        "dry_run": dry_run,
        "type": kind_of(draft).tag,
        "session": draft.session,
        "change": None,
        "about": draft.entry,
        "root": effect.root,
        "counts": effect.now is not None,
        "fields": [change._asdict() for change in effect.fields],
        "positions": [
            {
                "delegation": shift.delegation,
                "target": shift.target,
                "before": _position_record(shift.before),
                "now": _position_record(shift.now),
            }
            for shift in effect.shifts
        ],
    }


def _position_record(position: Position | None) -> dict[str, Any] | None:
    if position is None:
        return None
    return {name: getattr(position, name) for name in ("stance", "option", "since", "entry")}


def _lines(effect: ErratumPreview) -> list[str]:
    lines = [f"{c.field}: {in_a_cell(c.before)} -> {in_a_cell(c.now)}" for c in effect.fields]
    if effect.before is not None and effect.now is None:
        lines.append(f"no longer counts: {sentence(effect.before)}")
    if effect.before is None and effect.now is not None:
        lines.append(f"counts again: {sentence(effect.now)}")
    return lines + [_shifted(shift) for shift in effect.shifts]


def _shifted(shift: PositionChange) -> str:
    before, now = _words(shift.before), _words(shift.now)
    since = f" since {shift.now.since}" if shift.now else ""
    if shift.before is not None and before == now:
        before += f" since {shift.before.since}"
    return f"{shift.delegation} on {shift.target}: {before} -> {now}{since}"


def _words(position: Position | None) -> str:
    return in_words(position.stance, position.option) or "" if position else "undeclared"
