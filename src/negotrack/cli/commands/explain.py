"""``negotrack explain``: why a cell of a table, or a line of a timeline, says what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import put
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, reading, resolving
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.domain.short_ids import in_sentence
from negotrack.errors import Rejected, Usage
from negotrack.render.answer import Answer
from negotrack.views.basis import Basis
from negotrack.views.explain import basis, explanation, notes, rule
from negotrack.views.shown import footer
from negotrack.views.timeline_inclusion import inclusion

if TYPE_CHECKING:
    from negotrack.facts.query import OwnWords, Query
    from negotrack.questions.entries import Report
    from negotrack.views.shown import Shown

_NOT_FOR_CELLS = ("since", "on", "session", "by", "delegation", "target", "source")


@click.group()
def command() -> None:
    """Why a cell of a table says what it says.

    \b
      negotrack explain positions IND scope
      negotrack explain timeline 3290427b --as-of ahc-6

    Every entry that ever had to do with it is listed, with the part that it plays on the day asked
    about, as known at the moment asked about.
    """


# -- a cell -----------------------------------------------------------------------------------


@command.command("positions")
@click.argument("delegation", type=NameParam("delegation"))
@click.argument("target", type=NameParam(*TARGET_NOUNS))
@resolving
@reading(kinds=False)
def _positions(
    delegation: str, target: str, asked: Options, own_words: OwnWords, *, own_only: bool
) -> None:
    """Why a delegation stands where it does on a target.

    \b
      negotrack explain positions IND scope
      negotrack explain positions EU scope --as-of ahc-6 --known-at 2026-11-24
      negotrack explain positions AUT scope --own-words latest

    What decides comes first, then in order everything that ever was a stance or a vote of the
    delegation on the target: what was overridden, what another source tells differently, what was
    corrected away or retracted, what happened or was recorded later; each with its corrections. Of
    its groups, the last words on the target, and the entries by which it was a member or was not.
    """
    for name in _NOT_FOR_CELLS:
        if getattr(asked, name):
            raise Usage(
                "a position is explained by all that the record has about it",
                f"leave --{name} out",
            )
    with workspace() as opened:
        query = asked._replace(delegation=(delegation,), target=(target,)).query(opened)
        cell = opened.explain(query, asked.resolution(own_only=own_only, own_words=own_words))
        shown = explanation(cell, asked.form, own_words, own_only=own_only)
        report = basis(cell, opened.entries.report(query))
        ending = f". The rule: {rule(own_words, own_only=own_only)}."
        foot = footer(report, shown.summary, *notes(cell), possible=query.when.possible)
        _print(asked, query, shown, ending, report=report, footer=foot)


# -- a line of a timeline ---------------------------------------------------------------------


@command.command("timeline")
@click.argument("entry", metavar="ENTRY")
@reading()
def _timeline(entry: str, asked: Options) -> None:
    """Why an entry is, or is not, in the timeline, and as what.

    \b
      negotrack explain timeline 3290427b
      negotrack explain timeline 3290427b --as-of ahc-5 --by EU

    ENTRY is an id or the beginning of one. All that the entry ever said is listed, as it was logged
    and after each correction, and whether that was known at the moment asked about.
    """
    with workspace() as opened:
        stored = opened.entries.entry(entry)
        negotiation = stored.entry.negotiation
        if asked.negotiation not in (None, negotiation):
            raise Rejected(
                f"entry {in_sentence(stored.id)} is part of {negotiation}", "name that negotiation"
            )
        asked = asked._replace(negotiation=negotiation)
        query = asked.query(opened)
        standing = opened.entries.inclusion(stored.id, query)
        shown = inclusion(standing, asked.form)
        report = opened.entries.report(query, shown.entries)
        _print(asked, query, shown, f": {standing.why}.", report=report, footer=shown.summary)


# -- both -------------------------------------------------------------------------------------


def _print(
    asked: Options, query: Query, shown: Shown, ending: str, *, report: Report, footer: str
) -> None:
    """Print an explanation, with what ends its heading, what it rests on, and its footer."""
    rests_on = Basis(query, report, asked.accounts, asked.typed)
    answer = Answer(
        f"{shown.title}, {rests_on.dates_in_words()}{ending}",
        shown.records,
        shown.columns,
        footer,
        rests_on.about("explanation") | (shown.about or {}),
    )
    put(answer, asked.form, asked.output, raw=asked.raw, arrangement=asked.arrangement)
