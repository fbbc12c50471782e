"""``negotrack replay``: the entries up to a date, or what changed step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negotrack.cli import views
from negotrack.cli.options import Asked, reading
from negotrack.cli.session import workspace
from negotrack.errors import Usage
from negotrack.render.answer import Answer, Column
from negotrack.render.out import deliver, rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.index.reading import Filter
    from negotrack.projections.steps import Change, Step
    from negotrack.workspace import Workspace


@click.command()
@click.option("--to", metavar="DATE", help="The last date to replay; --as-of means the same.")
@click.option("--step", type=click.Choice(["day", "session"]), help="Print what changed, by steps.")
@reading(default="jsonl")
def command(to: str | None, step: str | None, asked: Asked) -> None:
    """The entries up to a date, or what changed step by step.

    \b
      negotrack replay --to 2023-09-01 --format jsonl
      negotrack replay --step session --format table

    As JSON Lines, each effective entry in canonical form, in the order in which they happened: by
    last day, time of day, order, recorded_at, id. A corrected entry keeps its id, has its new
    fields, and names what corrected it.
    """
    if to is not None and asked.as_of is not None and to != asked.as_of:
        raise Usage("--to and --as-of name two dates", "give one of them")
    with workspace() as opened:
        wanted = asked._replace(as_of=to or asked.as_of).filter(opened)
        if step is None and asked.form == "jsonl":
            deliver(_lines(opened, wanted), asked.output)
            return
        answer = _entries(opened, wanted) if step is None else _steps(opened, wanted, step)
        deliver(rendered(answer, asked.form, raw=asked.raw), asked.output)


def _lines(opened: Workspace, wanted: Filter) -> Iterator[str]:
    from negotrack.exchange.canonical import effective_line  # noqa: PLC0415

    return (effective_line(found) + "\n" for found in opened.replay(wanted))


def _entries(opened: Workspace, wanted: Filter) -> Answer:
    found = opened.timeline(wanted, bookkeeping=True)
    foot = views.footer(opened.report(wanted), views.counted(len(found), "entry"))
    return views.timeline_answer(found, f"Replay of {wanted.negotiation}", foot)


def _steps(opened: Workspace, wanted: Filter, by: str) -> Answer:
    steps = list(opened.steps(wanted, by))
    records = [_record(step, change) for step in steps for change in step.changes]
    columns = (
        Column(by, lambda r: r["step"] or "between", most=12),
        Column("on", lambda r: r["on"], most=11),
        Column("by", lambda r: r["for"] or r["by"] or "", most=10),
        Column("target", lambda r: r["target"] or "", most=15),
        Column("change", _change, wide=True),
        Column("entry", lambda r: r["entry"][: views.SHORT_ID]),
    )
    foot = views.footer(
        opened.report(wanted),
        f"{views.counted(len(records), 'change')} in {views.counted(len(steps), 'step')}",
    )
    return Answer(f"Replay of {wanted.negotiation} by {by}", records, columns, foot)


def _record(step: Step, change: Change) -> dict[str, Any]:
    record = {"step": step.name or None, "first": step.first, "last": step.last}
    return (
        record | views.happening_record(change.happening) | {"was": change.was, "now": change.now}
    )


def _change(record: dict[str, Any]) -> str:
    if record["was"] or record["now"]:
        return f"{record['was'] or 'undeclared'} -> {record['now'] or 'undeclared'}"
    return str(record["summary"])
