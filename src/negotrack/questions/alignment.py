"""Who agrees with whom, from what delegations said themselves and how they voted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Unpack

    from negotrack.facts.query import Query
    from negotrack.projections.positions.alignment import Agreement, AnswerRecord, Loyalty
    from negotrack.projections.positions.blocs import Blocs
    from negotrack.questions.asking import Asked, Asker
    from negotrack.questions.names import NameBook
    from negotrack.questions.positions import Positions
    from negotrack.storage import Storage


class Compared(NamedTuple):
    """What is compared, and between whom.

    Answers in ``votes``, in ``stances`` or in both, of the members of a ``group`` on the day, or of
    those ``among`` which it is asked; pairs that share at least the ``fewest`` items.
    """

    votes: bool = True
    stances: bool = True
    group: str | None = None
    among: tuple[str, ...] = ()
    fewest: int = 1


EVERYTHING = Compared()
"""Votes and stances, of all."""


class Alignment:
    """How far delegations agree: called, it answers that, closest first.

    Each question takes a query, or in its place the keywords of
    :class:`~negotrack.questions.asking.Asked`.
    """

    def __init__(
        self, storage: Storage, asker: Asker, names: NameBook, positions: Positions
    ) -> None:
        """Ask a record."""
        self._storage, self._asker, self._names = storage, asker, names
        self._positions = positions

    def __call__(
        self,
        query: Query | None = None,
        /,
        compared: Compared = EVERYTHING,
        party: str | None = None,
        **asked: Unpack[Asked],
    ) -> list[Agreement]:
        """Return how far delegations agree: all pairs, or one ``party`` with the others."""
        from negotrack.projections.positions.alignment import agreements, partners

        query = self._asker.query(query, asked)
        answers = self._answers(query, compared)
        if party is None:
            return agreements(answers, compared.fewest)
        code = self._names.resolve(party, "delegation", negotiation=query.negotiation).name
        return partners(answers, code, compared.fewest)

    def loyalties(
        self, query: Query | None = None, /, compared: Compared = EVERYTHING, **asked: Unpack[Asked]
    ) -> list[Loyalty]:
        """Return how far each delegation agrees with what most of the others answered."""
        from negotrack.projections.positions.alignment import loyalties

        answers = self._answers(self._asker.query(query, asked), compared)
        return loyalties(answers, compared.fewest)

    def blocs(
        self, pairs: list[Agreement], *, count: int | None = None, agreement: float = 0.0
    ) -> Blocs:
        """Return the blocs that agreements make: so many, or such that members agree so far."""
        from negotrack.projections.positions.blocs import blocs

        return blocs(pairs, count=count, agreement=agreement)

    def _answers(self, query: Query, compared: Compared) -> list[AnswerRecord]:
        from negotrack.facts.rolls import RollQuery
        from negotrack.projections.positions.alignment import answer_records

        which = RollQuery(compared.votes, compared.stances)
        records = answer_records(self._storage.index.slices.rolls(query, which))
        if compared.group is not None:
            members = self._positions.members(query, group=compared.group)
            records = [record for record in records if record.delegation in members]
        where = query.negotiation
        names = {
            self._names.resolve(word, "delegation", negotiation=where).name
            for word in compared.among
        }
        return [record for record in records if not names or record.delegation in names]
