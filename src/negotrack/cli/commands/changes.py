"""``negotrack changes``: what moved in the room, and what we learned of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.context import workspace
from negotrack.cli.days import day_after_period
from negotrack.cli.options import Options, option, reading
from negotrack.errors import Usage
from negotrack.views.changes import changes, lessons

if TYPE_CHECKING:
    from negotrack.workspace import Workspace


@click.command()
@option("--from", "from_", metavar="DATE", help="What changed after this date.")
@option("--to", metavar="DATE", help="What changed until this date; today if left out.")
@option("--known-from", metavar="MOMENT", help="What was recorded after this moment.")
@option("--known-to", metavar="MOMENT", help="What was recorded until this moment.")
@reading()
def command(
    from_: str | None, to: str | None, known_from: str | None, known_to: str | None, asked: Options
) -> None:
    """What moved in the room between two days, or what we learned between two moments.

    \b
      negotrack changes --from 2023-08-21 --to 2023-09-01
      negotrack changes --from ahc-5 --to ahc-6 --target art-6/2
      negotrack changes --known-from yesterday
      negotrack changes --known-from 2026-11-24 --known-to 2026-11-25 --by IND

    With --from: stances with what they were before, proposals, amendments, decisions, memberships,
    statements. With --known-from: every entry that was logged, corrected or retracted meanwhile,
    and of which past days the answer is another since. Give one of the two; a period such as
    --from ahc-6 begins after its last day, and --since ahc-6 with its first.
    """
    is_known = known_from is not None
    if is_known and (from_, asked.begins) != (None, None):
        raise Usage("--from asks of the room and --known-from of the record", "give one of them")
    if not is_known and (from_, asked.begins) == (None, None):
        raise Usage("changes need a beginning", "give --from DATE or --known-from MOMENT")
    if None not in (from_, asked.begins):
        other = "--since" if asked.on is None else "--on"
        raise Usage(f"--from and {other} name two beginnings", "give one of them")
    if None not in (to, asked.on):
        raise Usage("--to and --on name two dates", "give one of them")
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
    query = asked.query(opened)
    if from_ is not None:
        query = query.narrowed(since=day_after_period(from_, opened, query))
    shown = changes(opened.changes(query, asked.accounts), query.negotiation)
    since = asked.since if from_ is None else from_
    answered(opened, asked._replace(since=since), query, "changes", shown)


def _learned(opened: Workspace, asked: Options, known_from: str) -> None:
    from negotrack.questions.asking import known_moment

    query = asked.query(opened)
    begin = known_moment(known_from, opened.names, query.negotiation)
    if query.when.known_at is not None and begin > query.when.known_at:
        raise Usage(
            f"--known-from {begin} lies after --known-to {query.when.known_at}",
            "put the earlier moment first",
        )
    retroactive = opened.positions.retroactive_changes(
        query, known_from=begin, accounts=asked.accounts
    )
    answered(opened, asked, query, "lessons", lessons(retroactive, query.negotiation, begin))
