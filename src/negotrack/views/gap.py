"""Who said one thing and voted another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.short_ids import in_table
from negotrack.render.answer import Column, Encoded, Record
from negotrack.views.shown import Shown, counted, when

if TYPE_CHECKING:
    from negotrack.projections.votes.gap import Gap

_WIDTHS = {"contradiction": "whole", "half": "half", "none": ""}


def gap(gaps: list[Gap], negotiation: str, delegation: str | None, *, everything: bool) -> Shown:
    """Return votes beside the stances that were declared by then, of all or of one delegation.

    Votes that were as declared are counted, and shown with ``everything``.
    """
    columns = (
        Column("on", lambda r: when(r, "voted_on"), most=12),
        Column("who", lambda r: r["delegation"], most=9),
        Column("target", lambda r: r["target"], most=15),
        Column("gap", lambda r: _WIDTHS[r["gap"]]),
        Column("words and vote", _words_and_vote, wide=True),
        Column("entries", _entries, most=8),
    )
    of = f" of {delegation}" if delegation else ""
    title = f"Words and votes{of} in {negotiation}"
    records = [_record(one) for one in gaps if everything or one.width != "none"]
    is_disputed = any(one.declared.disputed for one in gaps)
    return Shown(title, records, columns, _summary(gaps), len(gaps), is_disputed)


def _summary(gaps: list[Gap]) -> str:
    widths = [one.width for one in gaps]
    whole = counted(widths.count("contradiction"), "contradiction")
    return (
        f"{counted(len(gaps), 'vote')} of somebody with a declared stance: {whole},"
        f" {widths.count('half'):,} half, {widths.count('none'):,} as declared"
    )


def _record(one: Gap) -> Record:
    """Return a gap as tools get it, with both entries."""
    stance, vote = one.declared, one.vote
    return {
        "gap": one.width,
        "delegation": one.delegation,
        "target": one.target,
        "stance": stance.stance,
        "stance_since": stance.since,
        "via": stance.via,
        "through": stance.through,
        "stance_source": stance.source,
        "stance_sources": Encoded(stance.sources),
        "stance_entry": stance.entry,
        "motion": None if one.question is None else vote.target,
        "question": one.question,
        "vote": vote.verdict,
        "voted_on": vote.on,
        "intended": one.intended,
        "vote_source": vote.source,
        "vote_sources": Encoded(vote.sources),
        "vote_entry": vote.id,
        "disputed": list(stance.disputed),
        "possible": stance.possible or vote.possible,
    }


def _words_and_vote(record: Record) -> str:
    through = f" through {record['through']}" if record["through"] else ""
    source = record["stance_source"]
    words = f"{record['stance']} since {record['stance_since']}{through} [{source}]"
    on = f" on {record['motion']} ({record['question']})" if record["motion"] else ""
    meant = f", had intended {record['intended']}" if record["intended"] else ""
    return f"said {words}; voted {record['vote']}{on}{meant} [{record['vote_source']}]"


def _entries(record: Record) -> str:
    return f"{in_table(record['stance_entry'])} {in_table(record['vote_entry'])}"
