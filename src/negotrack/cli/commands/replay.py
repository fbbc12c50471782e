"""``negotrack replay``: the entries up to a date, or what changed step by step."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import click

from negotrack.cli.answering import answered
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, reading
from negotrack.errors import Usage
from negotrack.render.answer import Column
from negotrack.render.out import deliver
from negotrack.views import answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.index.reading import Filter
    from negotrack.workspace import Workspace

_PAUSE = 0.5


@click.command()
@click.option("--to", metavar="DATE", help="The last date to replay; --as-of means the same.")
@click.option("--step", type=click.Choice(["day", "session"]), help="Print what changed, by steps.")
@click.option("--follow", is_flag=True, help="Go on printing as entries arrive, until stopped.")
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
    asked = asked._replace(as_of=asked.as_of if to is None else to)
    with workspace() as opened:
        wanted = asked.filter(opened)
        if follow:
            deliver(_following(opened, wanted), None)
        elif step is None and asked.form == "jsonl":
            deliver(_lines(opened, wanted), asked.output)
        else:
            _shown(opened, asked, wanted, step)


def _lines(opened: Workspace, wanted: Filter) -> Iterator[str]:
    from negotrack.exchange.writers.effective_lines import effective_line

    return (effective_line(found) + "\n" for found in opened.replay(wanted))


def _following(opened: Workspace, wanted: Filter) -> Iterator[str]:
    """Yield the lines that are there, then those that arrive; each piece is written at once."""
    import gc

    from negotrack.exchange.writers.effective_lines import effective_line

    gc.enable()  # it is off in commands that are over before it matters
    position = opened.position()
    yield "".join(_lines(opened, wanted))
    while True:
        time.sleep(_PAUSE)
        arrived, position = opened.entries_since(wanted, position)
        if arrived:
            yield "".join(effective_line(found) + "\n" for found in arrived)


def _shown(opened: Workspace, asked: Options, wanted: Filter, step: str | None) -> None:
    title = f"Replay of {wanted.negotiation}"
    if step is None:
        found = opened.timeline(wanted, bookkeeping=True)
        answered(opened, asked, wanted, "replay", answers.timeline(found, title))
        return
    steps = 0
    records: list[dict[str, Any]] = []
    for one in opened.steps(wanted, step, asked.accounts):
        steps += 1
        front = {"step": one.name or None, "first": one.first, "last": one.last}
        records += [front | answers.change_record(change) for change in one.changes]
    sitting = Column(step, lambda r: r["step"] or "between", most=12)
    columns = (*((sitting,) if step == "session" else ()), *answers.CHANGE)  # which show the day
    count = len(records)
    said = f"{answers.counted(count, 'change')} in {answers.counted(steps, 'step')}"
    shown = answers.Shown(f"{title} by {step}", records, columns, said, count)
    answered(opened, asked, wanted, "replay", shown)
