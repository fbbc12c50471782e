"""``negotrack open``: what is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.addresses import addressed
from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, of_texts
from negotrack.errors import Usage
from negotrack.render.answer import Column, Record
from negotrack.views import answers

if TYPE_CHECKING:
    from negotrack.index.reading import Filter
    from negotrack.projections.texts.open_ import OpenCount, OpenPoint
    from negotrack.questions.texts import Texts
    from negotrack.workspace import Workspace

_KINDS = ("bracket", "amendment", "proposal", "provision")


@click.command()
@click.argument(
    "target",
    metavar="[TARGET]",
    type=NameParam("provision", "amendment", "proposal"),
    required=False,
)
@click.option("--kind", type=click.Choice(_KINDS), help="Only these.")
@click.option("--trend", is_flag=True, help="How much was open at the end of each session.")
@of_texts
def command(
    target: str | None, kind: str | None, language: str, asked: Options, *, trend: bool
) -> None:
    """What is still open, since when, and who holds it.

    \b
      negotrack open --as-of 2024-08-06
      negotrack open art-45 --as-of 2024-08-06
      negotrack open --kind bracket --as-of 2024-08-06 --format csv
      negotrack open --trend

    Brackets, amendments and proposals on the table, and articles that are not agreed. An amendment
    is stale where the words that it touches were changed since it was moved, and taken up where the
    text says it already.
    """
    with workspace() as opened:
        wanted = asked.filter(opened)
        if trend:
            if target is not None or kind is not None:
                raise Usage("--trend counts the whole text", "leave out TARGET and --kind")
            shown = _trend(opened, opened.texts(wanted, language), wanted)
        else:
            if target is not None:
                _, name = addressed(opened, target, wanted, "provision", "amendment", "proposal")
                wanted = wanted._replace(target=name)
            texts = opened.texts(wanted, language, wanted.target)
            points = [p for p in texts.points(wanted.target) if kind in (None, p.kind)]
            shown = _points(points, wanted.target)
        answered(opened, asked, wanted, "open", shown)


def _what(record: Record) -> str:
    if record["kind"] == "bracket":
        return f"[{record['what']}]"
    if record["kind"] == "provision":
        return str(record["what"])
    state = "" if record["state"] == "pending" else f" ({record['state']})"
    return f"{record['kind']} {record['name']}: {record['what']}{state}"


_COLUMNS = (
    Column("provision", lambda r: r["provision"], most=12),
    Column("what", _what, wide=True),
    Column("held by", lambda r: ", ".join(r["holders"]), most=12),
    Column("since", lambda r: answers.when(r, "since"), most=12),
    Column("days", lambda r: f"{r['days']:,}"),
    Column("entry", lambda r: r["entry"][: answers.SHORT_ID]),
)


def _points(found: list[OpenPoint], target: str | None) -> answers.Shown:
    kinds = [p.kind for p in found]
    said = ", ".join(
        answers.counted(kinds.count(kind), noun)
        for kind, noun in zip(_KINDS, ("bracket", "amendment", "proposal", "article"), strict=True)
        if kind in kinds
    )
    title = f"Open in {target}" if target else "Open in the text"
    records = [p._asdict() for p in found]
    return answers.Shown(title, records, _COLUMNS, f"{said or 'nothing'} open", len(found))


def _trend(opened: Workspace, texts: Texts, wanted: Filter) -> answers.Shown:
    sessions = opened.names("session", negotiation=wanted.negotiation)
    days = sorted((s.last, s.name) for s in sessions if s.last and s.last <= wanted.as_of)
    counts = texts.trend([(name, day) for day, name in days])
    first = next((i for i, c in enumerate(counts) if _has_something(c)), len(counts))
    kept = counts[first:]
    columns = (
        Column("session", lambda r: r["name"], wide=True),
        Column("on", lambda r: r["day"]),
        Column("brackets", lambda r: str(r["brackets"])),
        Column("offers", lambda r: str(r["amendments"] + r["proposals"])),
        Column("articles", lambda r: str(r["articles"])),
        Column("open", lambda r: str(r["open"])),
        Column("ad ref.", lambda r: str(r["ad_referendum"])),
        Column("agreed", lambda r: str(r["agreed"])),
    )
    said = f"{answers.counted(len(kept), 'session')} since there was a text, or an offer"
    records = [c._asdict() for c in kept]
    return answers.Shown("Open in the text, by session", records, columns, said, len(kept))


def _has_something(found: OpenCount) -> bool:
    return bool(found.articles or found.amendments or found.proposals)
