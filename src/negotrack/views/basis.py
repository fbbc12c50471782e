"""What a view shows, made an answer: with the dates asked about, and what it rests on.

Every front end makes its answers here, so that a page says what the command line says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.render.answer import Answer
from negotrack.views.shown import VERSION, footer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from negotrack.facts.query import Accounts, Query
    from negotrack.questions.entries import Report
    from negotrack.render.answer import Record
    from negotrack.views.shown import Shown

    Typed = Mapping[str, str | None]
    """``as_of``, ``since`` and ``known_at`` as somebody typed them; None for what was not."""


class Basis:
    """What an answer rests on: the query, a report on what counts, and how accounts are chosen."""

    def __init__(self, query: Query, report: Report, accounts: Accounts, typed: Typed) -> None:
        """Keep what was asked: the dates of the query also as they were typed."""
        self.query, self.report, self.accounts, self.typed = query, report, accounts, typed

    def answer(self, kind: str, shown: Shown) -> Answer:
        """Return what is shown with its heading, and what the record does not cover.

        ``kind`` tells tools what the records are.
        """
        more = f" Where sources differ: {self.accounts}." if shown.disputes else ""
        possible = self.query.when.possible
        return Answer(
            f"{shown.title}, {self.dates_in_words()}",
            shown.records,
            shown.columns,
            footer(self.report, shown.summary, possible=possible) + more,
            self.about(kind) | {"known_from": shown.known_from} | (shown.about or {}),
            shown.parts,
            shown.passages,
        )

    def about(self, kind: str) -> Record:
        """Return what an answer is about and rests on, as tools get it."""
        query, report = self.query, self.report
        return {
            "answer": kind,
            "version": VERSION,
            "negotiation": query.negotiation,
            "as_of": query.when.as_of,
            "known_at": query.when.known_at,
            "known_from": None,
            "since": query.since,
            "accounts": self.accounts,
            "entries": report.entries,
            "entries_of_the_record": report.of,
            "possible": report.possible,
            "possible_counted": query.when.possible,
            "nothing_since": report.newest,
            "sessions_without_entries": list(report.empty),
        }

    def dates_in_words(self) -> str:
        """Return, for a heading, the dates asked about: as resolved, and as typed."""
        when, since = self.query.when, self.query.since
        parts = [f"as of {_echo(when.as_of, self.typed.get('as_of'))}"]
        if since:
            parts.insert(0, f"since {_echo(since, self.typed.get('since'))}")
        if when.known_at:
            parts.append(f"as known at {_echo(when.known_at, self.typed.get('known_at'))}")
        if when.possible:
            parts.append("counting what is possible (?)")
        return ", ".join(parts)


def _echo(resolved: str, typed: str | None) -> str:
    """Return a date as resolved, with the words that meant it where they say it otherwise."""
    return resolved if typed in (None, resolved) else f"{resolved} ({typed})"
