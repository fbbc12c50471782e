"""``negotrack replay``: the entries up to a date, or what changed step by step."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, option, reading
from negotrack.errors import Usage
from negotrack.render.out import deliver
from negotrack.views.replay import replay
from negotrack.views.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.facts.query import Query
    from negotrack.workspace import Workspace

_PAUSE = 0.5


@click.command()
@option("--to", metavar="DATE", help="The last date to replay; --as-of means the same.")
@option("--step", type=click.Choice(["day", "session"]), help="Print what changed, by steps.")
@option("--follow", is_flag=True, help="Go on printing as entries arrive, until stopped.")
@reading(default="jsonl")
def command(to: str | None, step: str | None, asked: Options, *, follow: bool) -> None:
    """The entries up to a date, or what changed step by step.

    \b
      negotrack replay --to 2023-09-01 --format jsonl
      negotrack replay --step session --since ahc-5 --to ahc-6 --format table
      negotrack replay --follow

    As JSON Lines, each effective entry in canonical form, in the order in which they happened: by
    last day, time of day, order, recorded_at, id. A corrected entry keeps its id, has its new
    fields, and names what corrected it. With --since, a replay by steps begins from the positions
    of the day before. With --follow, what arrives later is printed in the order of arrival, a
    corrected entry again as it counts then.
    """
    if to is not None and asked.as_of is not None and to != asked.as_of:
        raise Usage("--to and --as-of name two dates", "give one of them")
    if follow and (asked.form != "jsonl" or step or asked.output or asked.known_at):
        raise Usage(
            "--follow prints entries as JSON Lines, as they arrive",
            "leave out --step, --known-at, --format and --output",
        )
    if step is None and asked.form == "jsonl" and asked.arrangement is not None:
        raise Usage(
            "a replay as JSON Lines is the entries themselves, whole and in order",
            "ask for another --format to arrange them",
        )
    asked = asked._replace(as_of=asked.as_of if to is None else to)
    with workspace() as opened:
        query = asked.query(opened)
        if follow:
            deliver(_following(opened, query), None)
        elif step is None and asked.form == "jsonl":
            deliver(_lines(opened, query), asked.output)
        elif step is None:
            happenings = opened.timeline(query, bookkeeping=True)
            shown = timeline(happenings, f"Replay of {query.negotiation}")
            answered(opened, asked, query, "replay", shown)
        else:
            steps = opened.positions.steps(query, step, asked.accounts)
            answered(opened, asked, query, "replay", replay(steps, step, query.negotiation))


def _lines(opened: Workspace, query: Query) -> Iterator[str]:
    from negotrack.exchange.writers.effective_lines import effective_line

    return (effective_line(entry) + "\n" for entry in opened.replay(query))


def _following(opened: Workspace, query: Query) -> Iterator[str]:
    """Yield the lines that are there, then those that arrive; each piece is written at once."""
    import gc

    from negotrack.exchange.writers.effective_lines import effective_line

    gc.enable()  # it is off in commands that are over before it matters
    position = opened.entries.position()
    yield "".join(_lines(opened, query))
    while True:
        time.sleep(_PAUSE)
        arrived, position = opened.entries.since(position, query)
        if arrived:
            yield "".join(effective_line(entry) + "\n" for entry in arrived)
