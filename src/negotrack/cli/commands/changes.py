"""``negotrack changes``: what moved in the room, and what we learned of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, known_at, reading
from negotrack.errors import Usage
from negotrack.render.answer import Column
from negotrack.views import answers

if TYPE_CHECKING:
    from negotrack.index.reading import Filter
    from negotrack.projections.evidence.retroactive import ChangedAnswer, RetroactiveChange
    from negotrack.render.answer import Record
    from negotrack.workspace import Workspace


@click.command()
@click.option("--from", "from_", metavar="DATE", help="What changed after this date.")
@click.option("--to", metavar="DATE", help="What changed until this date; today if left out.")
@click.option("--known-from", metavar="MOMENT", help="What was recorded after this moment.")
@click.option("--known-to", metavar="MOMENT", help="What was recorded until this moment.")
@reading()
def command(
    from_: str | None, to: str | None, known_from: str | None, known_to: str | None, asked: Options
) -> None:
    """What moved in the room between two days, or what we learned between two moments.

    \b
      negotrack changes --from 2023-08-21 --to 2023-09-01
      negotrack changes --from ahc-5 --to ahc-6 --on art-6/2
      negotrack changes --known-from yesterday
      negotrack changes --known-from 2026-11-24 --known-to 2026-11-25 --by IND

    With --from: stances with what they were before, proposals, amendments, decisions, memberships,
    statements. With --known-from: every entry that was logged, corrected or retracted meanwhile,
    and of which past days the answer is another since. Give one of the two; a period such as
    --from ahc-6 begins after its last day, and --since ahc-6 with its first.
    """
    is_known = known_from is not None
    if is_known and (from_, asked.since) != (None, None):
        raise Usage("--from asks of the room and --known-from of the record", "give one of them")
    if not is_known and (from_, asked.since) == (None, None):
        raise Usage("changes need a beginning", "give --from DATE or --known-from MOMENT")
    if None not in (from_, asked.since):
        raise Usage("--from and --since name two beginnings", "give one of them")
    if None not in (to, asked.as_of):
        raise Usage("--to and --as-of name two dates", "give one of them")
    if None not in (known_to, asked.known_at):
        raise Usage("--known-to and --known-at name two moments", "give one of them")
    asked = asked._replace(
        as_of=asked.as_of if to is None else to,
        known_at=asked.known_at if known_to is None else known_to,
    )
    with workspace() as opened:
        if known_from is not None:
            _learned(opened, asked, known_from)
        else:
            _moved(opened, asked, from_)


def _moved(opened: Workspace, asked: Options, from_: str | None) -> None:
    wanted = asked.filter(opened)
    if from_ is not None:
        wanted = wanted._replace(since=_day_after(from_, opened, asked, wanted))
    found = opened.changes(wanted, asked.accounts)
    moved = [change for change in found if change.moved]
    said = answers.counted(len(moved), "change")
    if len(moved) < len(found):
        said += f" ({answers.counted(len(found) - len(moved), 'stance')} repeated what was held)"
    shown = answers.Shown(
        f"Changes in {wanted.negotiation}", map(answers.change_record, moved), answers.CHANGE, said,
        len(moved), any(c.happening.disputed for c in moved),
    )  # fmt: skip
    since = asked.since if from_ is None else from_
    answered(opened, asked._replace(since=since), wanted, "changes", shown)


def _day_after(text: str, opened: Workspace, asked: Options, wanted: Filter) -> str:
    from datetime import date, timedelta

    from negotrack.cli.dates import last_day

    day = last_day(text, opened, asked.negotiation)
    if day > wanted.as_of:
        raise Usage(
            f"--from {text} ({day}) lies after {wanted.as_of}", "put the earlier date first"
        )
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def _learned(opened: Workspace, asked: Options, known_from: str) -> None:
    wanted = asked.filter(opened)
    begin = known_at(known_from, opened, asked.negotiation, early=True)
    if wanted.known_at is not None and begin > wanted.known_at:
        raise Usage(
            f"--known-from {begin} lies after --known-to {wanted.known_at}",
            "put the earlier moment first",
        )
    found = opened.retroactive_changes(wanted, begin, asked.accounts)
    effects = sum(len(lesson.changed_answers) for lesson in found)
    said = f"{answers.counted(len(found), 'entry')} learned, corrected or retracted"
    if effects:
        said += f", {answers.counted(effects, 'past answer')} changed"
    columns = (
        Column("on", answers.when, most=12),
        Column("by", lambda r: r["for"] or r["by"] or "", most=9),
        Column("target", lambda r: r["target"] or "", most=15),
        Column("what we learned", _lesson, wide=True),
        Column("entry", lambda r: r["entry"][: answers.SHORT_ID]),
    )
    title = f"What {wanted.negotiation} learned after {begin}"
    shown = answers.Shown(title, map(_record, found), columns, said, len(found), known_from=begin)
    answered(opened, asked, wanted, "lessons", shown)


def _record(lesson: RetroactiveChange) -> Record:
    return answers.happening_record(lesson.happening) | {
        "lesson": lesson.kind,
        "was": None if lesson.was is None else answers.happening_record(lesson.was),
        "effects": [_effect_record(effect) for effect in lesson.changed_answers],
    }


def _effect_record(effect: ChangedAnswer) -> Record:
    return effect._asdict()


def _lesson(record: Record) -> str:
    said = f"{record['lesson']}: {record['summary']}"
    if record["was"] is not None:
        said += f" (it said: {_differently(record['was'], record)})"
    effects = "; ".join(_effect(effect) for effect in record["effects"])
    return f"{said.rstrip('.')}. So {effects}" if effects else said


def _differently(was: Record, now: Record) -> str:
    """Return what an entry said before a correction, as far as it said it otherwise."""
    if was["summary"] != now["summary"]:
        return str(was["summary"])
    names = [n for n in ("on", "by", "for", "target", "session", "source") if was[n] != now[n]]
    return ", ".join(f"{name} {was[name]}" for name in names) or "other details"


def _effect(effect: Record) -> str:
    until = f" to {effect['last']}" if effect["last"] else ""
    before, after = effect["before"] or "undeclared", effect["after"] or "undeclared"
    return (
        f"{effect['delegation']} on {effect['target']} from {effect['first']}{until}:"
        f" {before} -> {after}"
    )
