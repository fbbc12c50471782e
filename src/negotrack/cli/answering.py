"""An answer on its way out: its heading, what it rests on, and the format that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Answer
from negotrack.views.answers import VERSION, footer

if TYPE_CHECKING:
    from negotrack.cli.options import Options
    from negotrack.index.reading import Filter
    from negotrack.render.answer import Record
    from negotrack.views.answers import Shown
    from negotrack.workspace import Report, Workspace


def about(kind: str, asked: Options, wanted: Filter, report: Report) -> Record:
    """Return what an answer is about and rests on, as tools get it."""
    return {
        "answer": kind,
        "version": VERSION,
        "negotiation": wanted.negotiation,
        "as_of": wanted.as_of,
        "known_at": wanted.known_at,
        "known_from": None,
        "since": wanted.since,
        "accounts": asked.accounts,
        "entries": report.entries,
        "entries_of_the_record": report.of,
        "possible": report.possible,
        "possible_counted": wanted.possible,
        "nothing_since": report.newest,
        "sessions_without_entries": list(report.empty),
    }


def answered(
    opened: Workspace,
    asked: Options,
    wanted: Filter,
    kind: str,
    shown: Shown,
) -> None:
    """Print an answer with its heading, what it rests on, and what the record does not cover."""
    from negotrack.render.out import deliver, rendered
    from negotrack.render.tones import use_color as has_colors

    report = opened.report(wanted, shown.entries)
    more = f" Where sources differ: {asked.accounts}." if shown.disputes else ""
    answer = Answer(
        f"{shown.title}, {asked.words(wanted)}",
        shown.records,
        shown.columns,
        footer(report, shown.said, possible=wanted.possible) + more,
        about(kind, asked, wanted, report) | {"known_from": shown.known_from} | (shown.about or {}),
        shown.parts,
        shown.passages,
    )
    is_drawn = bool(shown.parts) or shown.passages is not None
    color = is_drawn and has_colors(asked.output)
    deliver(rendered(answer, asked.form, raw=asked.raw, color=color), asked.output)
