"""Entries in a sentence, and what was logged: for whoever writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.domain.catalogue import kind_of
from negotrack.domain.short_ids import in_sentence
from negotrack.domain.stances import in_words
from negotrack.domain.summary import summary
from negotrack.use_cases.fields import value_in_words

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry
    from negotrack.projections.positions.positions import Position
    from negotrack.use_cases.errata import ErratumPreview, LoggedErratum, PositionChange
    from negotrack.use_cases.log import Logged


def sentence(entry: Entry) -> str:
    """Return who did what, and about what."""
    words = summary(kind_of(entry).type, entry)
    who = " for ".join(filter(None, (entry.by, entry.for_)))
    front = " ".join(filter(None, (who, entry.target and f"on {entry.target}")))
    return f"{front}: {words}" if front else words


def _first_line(entry_id: str, entry: Entry, *, dry_run: bool) -> str:
    """Return what is said first of an entry that was logged, or would have been."""
    front = "would log:" if dry_run else in_sentence(entry_id)
    return f"{front} {sentence(entry)}"


# -- what was logged --------------------------------------------------------------------------


def logged_record(logged: Logged, *, dry_run: bool) -> dict[str, Any]:
    """Return what a log did, as tools get it."""
    entry, move = logged.entry, logged.move
    change = None
    if move is not None:
        position = move.position
        change = {
            "delegation": position.delegation,
            "target": position.target,
            "before": move.before,
            "now": in_words(position.stance, position.option),
        }
    return {
        "entry": logged.id,
        "new": logged.new,
        "dry_run": dry_run,
        "type": kind_of(entry).tag,
        "session": entry.session,
        "change": change,
    }


def logged_lines(logged: Logged, *, dry_run: bool, leave_out: str) -> str:
    """Return what a log did, in lines; ``leave_out`` says how to leave the session out."""
    if logged.new:
        lines = [_first_line(logged.id, logged.entry, dry_run=dry_run)]
    else:
        lines = [f"{in_sentence(logged.id)} says this already: nothing was added"]
    if logged.inferred:
        lines.append(f"in {logged.inferred}, which sat that day ({leave_out})")
    if logged.move is not None:
        position, before = logged.move.position, logged.move.before or "undeclared"
        now = in_words(position.stance, position.option)
        lines.append(f"{position.delegation} {before} -> {now} on {position.target}")
    return "\n".join(lines)


# -- an erratum -------------------------------------------------------------------------------


def erratum_record(logged: LoggedErratum, *, dry_run: bool) -> dict[str, Any]:
    """Return what a correction or a retraction did, as tools get it."""
    entry: Any = logged.entry
    preview = logged.preview
    return {
        "entry": logged.id,
        "new": True,
        "dry_run": dry_run,
        "type": kind_of(entry).tag,
        "session": entry.session,
        "change": None,
        "about": entry.entry,
        "root": preview.root,
        "counts": preview.now is not None,
        "fields": [difference._asdict() for difference in preview.fields],
        "positions": [
            {
                "delegation": shift.delegation,
                "target": shift.target,
                "before": _position_record(shift.before),
                "now": _position_record(shift.now),
            }
            for shift in preview.shifts
        ],
    }


def _position_record(position: Position | None) -> dict[str, Any] | None:
    if position is None:
        return None
    return {name: getattr(position, name) for name in ("stance", "option", "since", "entry")}


def erratum_lines(logged: LoggedErratum, *, dry_run: bool) -> str:
    """Return what a correction or a retraction did, in lines."""
    passed = in_sentence(logged.passed_over)
    lines = [
        _first_line(logged.id, logged.entry, dry_run=dry_run),
        *_preview_lines(logged.preview),
        *([f"passed over the retraction {passed}"] if passed else []),
    ]
    return "\n".join(lines)


def _preview_lines(preview: ErratumPreview) -> list[str]:
    lines = [
        f"{one.field}: {value_in_words(one.before)} -> {value_in_words(one.now)}"
        for one in preview.fields
    ]
    if preview.before is not None and preview.now is None:
        lines.append(f"no longer counts: {sentence(preview.before)}")
    if preview.before is None and preview.now is not None:
        lines.append(f"counts again: {sentence(preview.now)}")
    return lines + [_shifted(shift) for shift in preview.shifts]


def _shifted(shift: PositionChange) -> str:
    before, now = _words(shift.before), _words(shift.now)
    since = f" since {shift.now.since}" if shift.now else ""
    if shift.before is not None and before == now:
        before += f" since {shift.before.since}"
    return f"{shift.delegation} on {shift.target}: {before} -> {now}{since}"


def _words(position: Position | None) -> str:
    return in_words(position.stance, position.option) or "" if position else "undeclared"
