"""How delegations voted: for each thing voted on, the roll, the figures, and what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.entry_types import VOTE_CAST, VOTE_EXPLAINED, VOTE_INTENDED
from negotrack.domain.votes import COUNTED
from negotrack.projections.positions.accounts import chosen_last, disputed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.facts.query import Accounts
    from negotrack.facts.rolls import Rolls
    from negotrack.facts.rows import Row


class Voter(NamedTuple):
    """A delegation and how it voted on a target; ``intended`` is how it later said it had meant to.

    ``says`` is its explanation of vote. ``disputed`` has the entries that tell its vote otherwise,
    from other sources; ``possible`` is true where the date is uncertain and may lie after the day
    asked about.
    """

    target: str
    delegation: str
    vote: str
    on: str
    intended: str | None
    says: str | None
    confidence: str
    source: str
    sources: str
    entry: str
    disputed: tuple[str, ...] = ()
    possible: bool = False


class Ballot(NamedTuple):
    """A thing that was voted on, and how many gave each answer, by the last vote of everybody."""

    target: str
    first: str
    last: str
    yes: int
    no: int
    abstain: int
    not_voting: int


def voters(rows: Iterable[Row], accounts: Accounts = "official-first") -> Iterator[Voter]:
    """Yield the last vote of every delegation on every target, by target and delegation."""
    rows = list(rows)
    against = disputed(row for row in rows if row.type == VOTE_CAST)
    last: dict[tuple[str, str], Row] = {}
    beside: dict[tuple[str, str, str], Row] = {}
    for row in chosen_last(rows, accounts):
        if row.holder is None or row.target is None:
            continue
        if row.type == VOTE_CAST:
            last[row.target, row.holder] = row
        else:
            beside[row.target, row.holder, row.type] = row
    for (target, holder), row in sorted(last.items(), key=lambda item: item[0]):
        intended = beside.get((target, holder, VOTE_INTENDED))
        explained = beside.get((target, holder, VOTE_EXPLAINED))
        yield Voter(
            target,
            holder,
            row.verdict or "",
            row.on,
            None if intended is None else intended.verdict,
            None if explained is None else explained.summary.partition(": ")[2],
            row.confidence,
            row.source,
            row.sources,
            row.id,
            against.get(row.id, ()),
            row.possible,
        )


def ballots(rolls: Rolls) -> list[Ballot]:
    """Return what was voted on, in the order of the last vote on it."""
    all_ballots = []
    for roll in rolls.rolls:
        if not roll.is_vote:
            continue
        counts = {vote: bits.bit_count() for vote, bits in roll.answers.items()}
        yes, no, abstain = (counts.pop(vote, 0) for vote in COUNTED)
        all_ballots.append(
            Ballot(roll.target, roll.first, roll.last, yes, no, abstain, sum(counts.values()))
        )
    return sorted(all_ballots, key=lambda ballot: (ballot.last, ballot.target))
