"""The questions that count: how delegations voted, who agrees with whom, how the room stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.facts.rows import DECISION, ISSUE, MOTION, RULE, STANCE
from negotrack.storage import Storage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.domain.voting_rules import Rule
    from negotrack.facts.rows import Row
    from negotrack.index.reading import Filter
    from negotrack.projections.positions.accounts import Accounts
    from negotrack.projections.positions.alignment import Agreement, Loyalty
    from negotrack.projections.positions.alignment import AnswerRecord as Answered
    from negotrack.projections.positions.memberships import Memberships
    from negotrack.projections.positions.positions import Resolution
    from negotrack.projections.votes.decisions import Fields, JudgedDecision
    from negotrack.projections.votes.tally import Tally, TallyQuery
    from negotrack.projections.votes.trend import TrendPoint
    from negotrack.projections.votes.votes import Ballot, Voter

_FOR_EVER = "9999-12-31"


class Counting(Storage):
    """The part of a :class:`~negotrack.workspace.Workspace` that counts."""

    def ballots(self, wanted: Filter) -> list[Ballot]:
        """Return what was voted on, with the counts of the votes; no words are read."""
        from negotrack.index.rolls import RollQuery
        from negotrack.projections.votes.votes import ballots

        return ballots(self.index.rolls(wanted, RollQuery(stances=False)))

    def voters(self, wanted: Filter, accounts: Accounts = "official-first") -> list[Voter]:
        """Return how each delegation voted, with its explanation and what it had intended."""
        from negotrack.projections.votes.votes import voters

        index = self.index
        beside = [index.rows(wanted._replace(type=t)) for t in ("vote.explained", "vote.intended")]
        rows = sorted([*index.votes(wanted), *beside[0], *beside[1]], key=lambda row: row.sort_key)
        return list(voters(rows, accounts))

    def decision_lines(self, wanted: Filter) -> list[str]:
        """Return what was decided on the targets of a filter, each in a line, in order."""
        found = self.cached_index.rows(wanted._replace(type=DECISION, holder=None))
        return [f"{row.target} {row.summary} ({row.on}) [{row.source}]" for row in found]

    def ballots_and_stances(
        self, wanted: Filter, *, votes: bool = True, stances: bool = True
    ) -> list[Answered]:
        """Return what every delegation answered itself, in votes or stances, to be compared."""
        from negotrack.index.rolls import RollQuery
        from negotrack.projections.positions.alignment import answer_records

        return answer_records(self.index.rolls(wanted, RollQuery(votes, stances)))

    def agreements(
        self, found: list[Answered], of: str | None = None, fewest: int = 1
    ) -> list[Agreement]:
        """Return how far delegations agree, closest first: all pairs, or one with the others."""
        from negotrack.projections.positions.alignment import agreements, partners

        return agreements(found, fewest) if of is None else partners(found, of, fewest)

    def loyalties(self, found: list[Answered], fewest: int = 1) -> list[Loyalty]:
        """Return how far each delegation agrees with what most of the others answered."""
        from negotrack.projections.positions.alignment import loyalties

        return loyalties(found, fewest)

    def judged_decisions(self, wanted: Filter) -> list[JudgedDecision]:
        """Return what was decided on the targets of a filter, and what the rules give for it."""
        from functools import cache, lru_cache

        from negotrack.domain.dates import span
        from negotrack.domain.voting_rules import rule_of
        from negotrack.index.full_entries import OF_RULES, entry_fields
        from negotrack.projections.positions.memberships import current_memberships
        from negotrack.projections.votes.decisions import RuleContext, judged_decisions

        index, day = self.index, _day_of(wanted)
        codes = self._states(wanted.negotiation)
        rules = entry_fields(index, day._replace(type=RULE), OF_RULES)
        laid = tuple((span(fields["on"]).last, rule_of(fields)) for fields in rules)

        def motion(target: str) -> Fields:
            its = entry_fields(index, day._replace(type=MOTION, target=target))
            return next((f for f in its if f["motion"] == target), {})

        room = RuleContext(
            laid,
            cache(motion),
            cache(lambda target: self._roll(day._replace(target=target))),
            lru_cache(64)(lambda then: _seated(codes, then)),
            lru_cache(64)(
                lambda then: current_memberships(index.memberships(day._replace(as_of=then)))
            ),
        )
        decisions = entry_fields(index, wanted._replace(type=DECISION, holder=None))
        return judged_decisions(decisions, room)

    def _roll(self, wanted: Filter) -> dict[str, str]:
        """Return how each delegation voted on the target of a filter, by its last vote."""
        from negotrack.index.rolls import RollQuery

        found = self.index.rolls(wanted, RollQuery(stances=False))
        return {
            holder: word
            for roll in found.rolls
            if roll.target == wanted.target
            for word, bits in roll.answers.items()
            for bit, holder in enumerate(found.holders)
            if bits >> bit & 1
        }

    def rules(self, wanted: Filter) -> list[Rule]:
        """Return the rules of decision that the negotiation has on the day of a filter."""
        from negotrack.domain.voting_rules import rule_of
        from negotrack.index.full_entries import OF_RULES, entry_fields

        laid = _day_of(wanted)._replace(type=RULE)
        return [rule_of(fields) for fields in entry_fields(self.index, laid, OF_RULES)]

    def tally(self, wanted: Filter, question: TallyQuery, words: Resolution | None = None) -> Tally:
        """Return how the room stands on the target of a filter, and what each rule would give.

        Of the rest of the filter the day, the moment and ``possible`` are looked at.
        """
        from negotrack.projections.votes.tally import VotingContext, tally

        assert wanted.target is not None
        rules = tuple(self.rules(wanted))
        room = VotingContext(wanted.negotiation, wanted.as_of, self.states(wanted), rules)
        return tally(self._acts_on(wanted), wanted.target, room, question, words)

    def options(self, wanted: Filter) -> tuple[str, ...]:
        """Return the options of the target of a filter, if it is an issue that has any."""
        from negotrack.index.full_entries import entry_fields

        raised = _day_of(wanted)._replace(as_of=_FOR_EVER, type=ISSUE, target=wanted.target)
        found = (f for f in entry_fields(self.index, raised) if f["issue"] == wanted.target)
        return tuple(option for fields in found for option in fields.get("options", ()))

    def leading_option(self, wanted: Filter) -> str | None:
        """Return the option that most are for on the day of a filter; None where it is none."""
        from negotrack.projections.positions.positions import positions
        from negotrack.projections.votes.voter_stances import leading_option

        return leading_option(positions(self._acts_on(wanted)))

    def trend(
        self,
        wanted: Filter,
        step: str = "day",
        option: str | None = None,
        group: str | None = None,
        words: Resolution | None = None,
    ) -> list[TrendPoint]:
        """Return how many stood where on the target of a filter, over time.

        At the end of every ``day``, ``month`` or ``year`` in which that changed, or of every
        ``session``; from ``wanted.since`` on. With a ``group``, its members on each day are
        counted, else the states.
        """
        from negotrack.projections.positions.positions import Resolution
        from negotrack.projections.votes.tally import electors
        from negotrack.projections.votes.trend import days_of, ends_of, trend

        rows, how = list(self._acts_on(wanted)), words or Resolution()
        codes = self._states(wanted.negotiation)
        if step == "session":
            named = self.index.names(wanted.negotiation, "session")
            when = ends_of(((s.name, s.last) for s in named if s.last), wanted.as_of)
        else:
            when = days_of(rows, step, wanted.as_of)

        def voters(day: str, belongs: Memberships) -> list[str]:
            return electors(group, _seated(codes, day), belongs)

        points = trend(rows, when, voters, option, how)
        return [p for p in points if wanted.since is None or p.day >= wanted.since]

    def states(self, wanted: Filter) -> tuple[str, ...]:
        """Return the states of the record whose seats were theirs on the day of a filter."""
        return _seated(self._states(wanted.negotiation), wanted.as_of)

    def _states(self, negotiation: str) -> list[str]:
        found = self.index.names(negotiation, "delegation")
        return [named.name for named in found if named.detail == "state"]

    def _acts_on(self, wanted: Filter) -> Iterator[Row]:
        """Yield the stances and votes on one target, and all memberships, in order."""
        index, asked = self.index, _day_of(wanted)._replace(target=wanted.target)
        acts = [*index.rows(asked._replace(type=STANCE)), *index.votes(asked)]
        own = (row for row in acts if row.target == wanted.target)
        yield from sorted([*own, *index.memberships(asked)], key=lambda row: row.sort_key)


def _seated(codes: list[str], day: str) -> tuple[str, ...]:
    """Return the states that had a seat on a day; one that no table knows has one for good."""
    from negotrack.domain.states import STATES

    known = ((code, STATES.get(code)) for code in codes)
    return tuple(
        code
        for code, state in known
        if state is None or state.since <= day <= (state.until or _FOR_EVER)
    )


def _day_of(wanted: Filter) -> Filter:
    """Return a filter of which only the day, the moment and ``possible`` are left."""
    return type(wanted)(*wanted[:4])
