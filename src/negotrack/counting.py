"""The questions that count: how delegations voted, who agrees with whom, how the room stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.index.rows import DECISION
from negotrack.replicas import Replicas

if TYPE_CHECKING:
    from negotrack.index.reading import Filter
    from negotrack.projections.accounts import Accounts
    from negotrack.projections.alignment import Agreement, Loyalty
    from negotrack.projections.alignment import Record as Answered
    from negotrack.projections.voting import Ballot, Voter


class Counting(Replicas):
    """The part of a :class:`~negotrack.workspace.Workspace` that counts."""

    def ballots(self, wanted: Filter) -> list[Ballot]:
        """Return what was voted on, with the counts of the votes; no words are read."""
        from negotrack.index.rolls import Asked  # noqa: PLC0415
        from negotrack.projections.voting import ballots  # noqa: PLC0415

        return ballots(self.index.rolls(wanted, Asked(stances=False)))

    def voters(self, wanted: Filter, accounts: Accounts = "official-first") -> list[Voter]:
        """Return how each delegation voted, with its explanation and what it had intended."""
        from negotrack.projections.voting import voters  # noqa: PLC0415

        index = self.index
        beside = [index.rows(wanted._replace(type=t)) for t in ("vote.explained", "vote.intended")]
        rows = sorted([*index.votes(wanted), *beside[0], *beside[1]], key=lambda row: row.sort_key)
        return list(voters(rows, accounts))

    def decisions(self, wanted: Filter) -> list[str]:
        """Return what was decided on the targets of a filter, each in a line, in order."""
        found = self.opened_index.rows(wanted._replace(type=DECISION, holder=None))
        return [f"{row.target} {row.summary} ({row.on}) [{row.source}]" for row in found]

    def answered(
        self, wanted: Filter, *, votes: bool = True, stances: bool = True
    ) -> list[Answered]:
        """Return what every delegation answered itself, in votes or stances, to be compared."""
        from negotrack.index.rolls import Asked  # noqa: PLC0415
        from negotrack.projections.alignment import records  # noqa: PLC0415

        return records(self.index.rolls(wanted, Asked(votes, stances)))

    def agreements(
        self, found: list[Answered], of: str | None = None, fewest: int = 1
    ) -> list[Agreement]:
        """Return how far delegations agree, closest first: all pairs, or one with the others."""
        from negotrack.projections.alignment import agreements, partners  # noqa: PLC0415

        return agreements(found, fewest) if of is None else partners(found, of, fewest)

    def loyalties(self, found: list[Answered], fewest: int = 1) -> list[Loyalty]:
        """Return how far each delegation agrees with what most of the others answered."""
        from negotrack.projections.alignment import loyalties  # noqa: PLC0415

        return loyalties(found, fewest)
