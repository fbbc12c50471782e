"""An answer on its way out: its heading, what it rests on, and the format that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Answer
from negotrack.views.shown import VERSION, footer

if TYPE_CHECKING:
    from negotrack.cli.options import Options
    from negotrack.facts.query import Query
    from negotrack.questions.entries import Report
    from negotrack.render.answer import Record
    from negotrack.render.arranging import Arrangement
    from negotrack.views.shown import Shown
    from negotrack.workspace import Workspace


def about(kind: str, asked: Options, query: Query, report: Report) -> Record:
    """Return what an answer is about and rests on, as tools get it."""
    return {
        "answer": kind,
        "version": VERSION,
        "negotiation": query.negotiation,
        "as_of": query.when.as_of,
        "known_at": query.when.known_at,
        "known_from": None,
        "since": query.since,
        "accounts": asked.accounts,
        "entries": report.entries,
        "entries_of_the_record": report.of,
        "possible": report.possible,
        "possible_counted": query.when.possible,
        "nothing_since": report.newest,
        "sessions_without_entries": list(report.empty),
    }


def answered(
    opened: Workspace,
    asked: Options,
    query: Query,
    kind: str,
    shown: Shown,
) -> None:
    """Print an answer with its heading, what it rests on, and what the record does not cover."""
    report = opened.entries.report(query, shown.entries)
    more = f" Where sources differ: {asked.accounts}." if shown.disputes else ""
    answer = Answer(
        f"{shown.title}, {asked.words(query)}",
        shown.records,
        shown.columns,
        footer(report, shown.summary, possible=query.when.possible) + more,
        about(kind, asked, query, report) | {"known_from": shown.known_from} | (shown.about or {}),
        shown.parts,
        shown.passages,
    )
    put(answer, asked.form, asked.output, raw=asked.raw, arrangement=asked.arrangement)


def put(
    answer: Answer,
    form: str,
    output: str | None,
    *,
    raw: bool = False,
    arrangement: Arrangement | None = None,
) -> None:
    """Print an answer in a format, arranged as asked: to a file, a pager or standard output."""
    from negotrack.render.formats import FOR_TOOLS
    from negotrack.render.out import deliver, rendered

    if arrangement is not None:
        from negotrack.render.arranging import arranged

        answer = arranged(answer, arrangement, for_tools=form in FOR_TOOLS)
    is_drawn = bool(answer.parts) or answer.passages is not None
    color = False
    if is_drawn:
        from negotrack.render.tones import use_color  # records have no colours

        color = use_color(output)
    pieces = rendered(answer, form, raw=raw, color=color)
    if form not in FOR_TOOLS:
        from negotrack.cli.pager import page, pages  # tools have no use for it

        if pages(output):
            page(pieces)
            return
    deliver(pieces, output)
