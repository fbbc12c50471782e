"""``negotrack movers``: who changed, how far, and toward whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, reading, resolving
from negotrack.errors import Usage
from negotrack.render.answer import Column, Encoded, Record
from negotrack.views import answers
from negotrack.views.grouping import folded, party, whose, with_members

if TYPE_CHECKING:
    from negotrack.index.reading import Filter
    from negotrack.projections.positions.accounts import Accounts
    from negotrack.projections.positions.movers import NetMove
    from negotrack.projections.positions.positions import OwnWords, Position
    from negotrack.workspace import Workspace

_MOST_NAMED = 3


@click.command()
@click.option("--from", "from_", metavar="DATE", help="Where they stood at the end of this date.")
@click.option("--to", metavar="DATE", help="Where they stood by this date; today if left out.")
@click.option("--unfold", is_flag=True, help="A line for everybody that moved with its group.")
@resolving
@reading(kinds=False)
def command(
    asked: Options,
    *,
    from_: str | None,
    to: str | None,
    unfold: bool,
    own_only: bool,
    own_words: OwnWords,
) -> None:
    """Who changed between two days, how far, and toward whom.

    \b
      negotrack movers --from 2023-08-21 --to 2023-09-01
      negotrack movers --from ahc-5 --to ahc-6 --on scope
      negotrack movers --since 2023 --by KEN --own-only

    The distance is that of the grades, from support (+2) to block (-2); "total" adds up how far a
    delegation went on all targets. It joins those who stood there already on the first day; a
    group stands for its members. First words are listed after the moves, and last who no longer
    has a position. To speak of another option has no distance. Members that moved with their group
    are named in its line, unless --unfold asks for a line for each.
    """
    asked = _checked(asked, from_, to)
    with workspace() as opened:
        wanted = asked.filter(opened)
        before = _first_day(opened, asked, from_, wanted)
        mover, wanted = wanted.by, wanted._replace(by=None, since=_beside(before, 1))
        found = _shifts(opened, asked, wanted, before, own_only=own_only, own_words=own_words)
        found = [shift for shift in found if mover in (None, shift.delegation)]
        of = f" of {mover}" if mover else ""
        is_folded = not unfold and asked.form not in answers.FOR_TOOLS
        shown = _shown(found, f"Moves{of} in {wanted.negotiation}", is_folded=is_folded)
        since = asked.since if from_ is None else from_
        answered(opened, asked._replace(since=since), wanted, "movers", shown)


def _checked(asked: Options, from_: str | None, to: str | None) -> Options:
    """Refuse two words for one day, or none; return what is asked with its last day."""
    if (from_, asked.since) == (None, None):
        raise Usage("who moved needs a beginning", "give --from DATE")
    if None not in (from_, asked.since):
        raise Usage("--from and --since name two beginnings", "give one of them")
    if None not in (to, asked.as_of):
        raise Usage("--to and --as-of name two dates", "give one of them")
    return asked._replace(as_of=asked.as_of if to is None else to)


def _first_day(opened: Workspace, asked: Options, from_: str | None, wanted: Filter) -> str:
    """Return the day of the positions to begin with: that of --from, or the one before --since."""
    if from_ is None:
        assert wanted.since is not None
        return _beside(wanted.since, -1)
    from negotrack.cli.dates import last_day

    day = last_day(from_, opened, asked.negotiation)
    if day > wanted.as_of:
        raise Usage(
            f"--from {from_} ({day}) lies after {wanted.as_of}", "put the earlier date first"
        )
    return day


def _beside(day: str, days: int) -> str:
    from datetime import date, timedelta

    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        raise Usage(f"the calendar ends at {day}", "choose another date") from None


def _shifts(
    opened: Workspace,
    asked: Options,
    wanted: Filter,
    before: str,
    *,
    own_only: bool,
    own_words: OwnWords,
) -> list[NetMove]:
    """Return who stands elsewhere than before; one account counts of each act."""
    from negotrack.projections.positions.movers import net_moves

    def held(day: str) -> list[Position]:
        then = wanted._replace(as_of=day, since=None)
        accounts: Accounts = "latest" if asked.accounts == "latest" else "official-first"
        return opened.positions(then, accounts, own_only=own_only, own_words=own_words)

    return net_moves(held(before), held(wanted.as_of))


def _shown(found: list[NetMove], title: str, *, is_folded: bool) -> answers.Shown:
    columns = (
        Column("on", _when, most=12),
        Column("who", whose, most=13),
        Column("target", lambda r: r["target"], most=13),
        Column("far", lambda r: "" if r["change"] is None else f"{r['change']:+d}"),
        Column("total", lambda r: str(r["total"]) if r["kind"] == "moved" else ""),
        Column("move", _move, wide=True),
        Column("entry", lambda r: r["entry"][: answers.SHORT_ID]),
    )
    records = [_record(shift) for shift in found]
    if is_folded:
        records = folded(records, _alike)
    is_disputed = any(shift.after and shift.after.disputed for shift in found)
    return answers.Shown(title, records, columns, _said(found), len(found), is_disputed)


def _said(found: list[NetMove]) -> str:
    """Return how many moved, declared themselves, or no longer have a position."""
    kinds = [shift.kind for shift in found]
    movers = {shift.delegation for shift in found if shift.kind == "moved"}
    parts = [f"{answers.counted(kinds.count('moved'), 'move')} of"]
    parts[0] += f" {answers.counted(len(movers), 'delegation')}"
    parts.append(answers.counted(kinds.count("declared"), "first word"))
    parts.append(f"{answers.counted(kinds.count('undeclared'), 'position')} no longer held")
    return ", ".join(parts)


def _record(shift: NetMove) -> Record:
    """Return a shift as tools get it; without a position now, its entry is the one before."""
    held = shift.after or shift.before
    assert held is not None
    return {
        "kind": shift.kind,
        "delegation": shift.delegation,
        "target": shift.target,
        "before": _words(shift.before),
        "now": _words(shift.after),
        "change": shift.change,
        "total": shift.total,
        "toward": list(shift.toward),
        "standing": shift.standing,
        "since": None if shift.after is None else shift.after.since,
        "via": held.via,
        "through": held.through,
        "confidence": held.confidence,
        "source": held.source,
        "sources": Encoded(held.sources),
        "entry": held.entry,
        "entry_before": None if shift.before is None else shift.before.entry,
        "disputed": list(held.disputed),
        "possible": held.possible,
    }


def _words(position: Position | None) -> str | None:
    from negotrack.facts.rows import in_words

    return None if position is None else in_words(position.stance, position.option)


def _when(record: Record) -> str:
    return "" if record["since"] is None else answers.when(record, "since")


def _move(record: Record) -> str:
    words = f"{record['before'] or 'undeclared'} -> {record['now'] or 'undeclared'}"
    through = f" through {record['through']}" if record["via"] == "group" else ""
    joins = f"; joins {_some(record['toward'])} ({record['standing']})" * bool(record["toward"])
    return f"{words}{through}{joins} [{record['source']}]{with_members(record)}"


def _alike(record: Record) -> object:
    """Return what members that moved with their group have in common with it, and it with them."""
    names = ("kind", "target", "before", "now", "total", "entry", "possible")
    return *(record[name] for name in names), party(record)


def _some(names: list[str]) -> str:
    """Return the most numerous of those already standing somewhere, and how many more."""
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
