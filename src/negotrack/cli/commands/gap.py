"""``negotrack gap``: who said one thing and voted another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, reading, resolving
from negotrack.errors import Usage
from negotrack.facts.rows import MOTION, STANCE, VOTE
from negotrack.render.answer import Column, Encoded, Record
from negotrack.views import answers

if TYPE_CHECKING:
    from negotrack.facts.rows import Row
    from negotrack.index.reading import Filter
    from negotrack.projections.positions.positions import OwnWords
    from negotrack.projections.votes.gap import Gap, GapQuery
    from negotrack.workspace import Workspace


@click.command()
@click.argument("delegation", metavar="[DELEGATION]", type=NameParam("delegation"), required=False)
@click.option("--all", "everything", is_flag=True, help="Also the votes that were as declared.")
@resolving
@reading(kinds=False)
def command(
    asked: Options,
    *,
    delegation: str | None,
    everything: bool,
    own_only: bool,
    own_words: OwnWords,
) -> None:
    """Who said one thing and voted another.

    \b
      negotrack gap
      negotrack gap IND --as-of 2024-08-08
      negotrack gap --all --format json

    Each vote is held against the stance that the delegation had declared by then on the same
    thing, in its own words or through its group. A vote on a motion to adopt, or to adopt a part,
    is a vote on its target; one on a motion to delete is the opposite. The gap is whole where one
    of the two is for it and the other against it, and half where one is an abstention or a
    reservation. Stances on an option of an issue say nothing of a vote on the issue.
    """
    if None not in (delegation, asked.by):
        raise Usage("DELEGATION and --by name two delegations", "give one of them")
    asked = asked._replace(by=delegation or asked.by)
    with workspace() as opened:
        from negotrack.projections.positions.positions import Resolution
        from negotrack.projections.votes.gap import gaps

        wanted = asked.filter(opened)
        wanted = wanted._replace(by=None, holder=wanted.by)
        motions = _motions(opened, wanted)
        words = Resolution(asked.accounts, own_only, own_words)
        found = gaps(_rows(opened, wanted), motions, words)
        found = [gap for gap in found if _is_about(gap, wanted.target)]
        of = f" of {wanted.holder}" if wanted.holder else ""
        shown = _shown(found, f"Words and votes{of} in {wanted.negotiation}", everything=everything)
        answered(opened, asked, wanted._replace(type=VOTE), "gap", shown)


def _motions(opened: Workspace, wanted: Filter) -> dict[str, GapQuery]:
    """Return what was put to the room, whoever is asked about."""
    from negotrack.projections.votes.gap import GapQuery

    found = opened.replay(_everywhere(wanted)._replace(type=MOTION))
    entries = [live.entry for live in found]
    return {e.motion: GapQuery(e.question, e.target) for e in entries}  # type: ignore[attr-defined]


def _everywhere(wanted: Filter) -> Filter:
    """Return the filter for what was known on the day, whatever else is asked."""
    from negotrack.index.reading import Filter

    return Filter(*wanted[:4])


def _rows(opened: Workspace, wanted: Filter) -> list[Row]:
    """Return the votes that are asked about, and all words that may have come before them."""
    from negotrack.projections.votes.gap import INTENDED

    index, then = opened.index, _everywhere(wanted)
    found = [
        *index.votes(wanted._replace(target=None)),
        *index.rows(then._replace(type=STANCE)),
        *index.rows(then._replace(type=INTENDED)),
        *index.memberships(then),
    ]
    return sorted(found, key=lambda row: row.sort_key)


def _is_about(gap: Gap, target: str | None) -> bool:
    """Whether a vote was on a target, or on a motion about it, or on a part of either."""
    if target is None:
        return True
    voted_on = gap.vote.target or ""
    return any(f"{name}/".startswith(f"{target}/") for name in (gap.target, voted_on))


def _shown(found: list[Gap], title: str, *, everything: bool) -> answers.Shown:
    columns = (
        Column("on", lambda r: answers.when(r, "voted_on"), most=12),
        Column("who", lambda r: r["delegation"], most=9),
        Column("target", lambda r: r["target"], most=15),
        Column("gap", lambda r: _GAPS[r["gap"]]),
        Column("words and vote", _words_and_vote, wide=True),
        Column("entries", _entries, most=8),
    )
    records = [_record(gap) for gap in found if everything or gap.width != "none"]
    is_disputed = any(gap.said.disputed for gap in found)
    return answers.Shown(title, records, columns, _said(found), len(found), is_disputed)


_GAPS = {"contradiction": "whole", "half": "half", "none": ""}


def _said(found: list[Gap]) -> str:
    widths = [gap.width for gap in found]
    whole = answers.counted(widths.count("contradiction"), "contradiction")
    return (
        f"{answers.counted(len(found), 'vote')} of somebody with a declared stance: {whole},"
        f" {widths.count('half'):,} half, {widths.count('none'):,} as declared"
    )


def _record(gap: Gap) -> Record:
    """Return a gap as tools get it, with both entries."""
    said, vote = gap.said, gap.vote
    return {
        "gap": gap.width,
        "delegation": gap.delegation,
        "target": gap.target,
        "stance": said.stance,
        "stance_since": said.since,
        "via": said.via,
        "through": said.through,
        "stance_source": said.source,
        "stance_sources": Encoded(said.sources),
        "stance_entry": said.entry,
        "motion": None if gap.question is None else vote.target,
        "question": gap.question,
        "vote": vote.verdict,
        "voted_on": vote.on,
        "intended": gap.intended,
        "vote_source": vote.source,
        "vote_sources": Encoded(vote.sources),
        "vote_entry": vote.id,
        "disputed": list(said.disputed),
        "possible": said.possible or vote.possible,
    }


def _words_and_vote(record: Record) -> str:
    through = f" through {record['through']}" if record["through"] else ""
    said = f"{record['stance']} since {record['stance_since']}{through} [{record['stance_source']}]"
    on = f" on {record['motion']} ({record['question']})" if record["motion"] else ""
    meant = f", had intended {record['intended']}" if record["intended"] else ""
    return f"said {said}; voted {record['vote']}{on}{meant} [{record['vote_source']}]"


def _entries(record: Record) -> str:
    return (
        f"{record['stance_entry'][: answers.SHORT_ID]} {record['vote_entry'][: answers.SHORT_ID]}"
    )
