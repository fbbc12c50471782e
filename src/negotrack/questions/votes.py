"""How delegations voted and how the room stands: what is read for a question, and the answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from negotrack.domain.addresses import is_below
from negotrack.domain.dates import END_OF_TIME
from negotrack.domain.entry_types import (
    DECISION_TAKEN,
    ISSUE_RAISED,
    MOTION_PUT,
    RULE_SET,
    STANCE_TAKEN,
    VOTE_EXPLAINED,
    VOTE_INTENDED,
)
from negotrack.errors import Cure, Rejected, Usage
from negotrack.facts.query import Query, Resolution, several
from negotrack.questions.asking import (
    AskedOfTarget,
    AskedTally,
    AskedTrend,
    one_of,
    refuse_accounts,
    refuse_other,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Unpack

    from negotrack.domain.votes import Answer
    from negotrack.domain.voting_rules import Rule
    from negotrack.facts.query import Accounts, Names
    from negotrack.facts.rolls import Rolls
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.memberships import Memberships
    from negotrack.projections.votes.decisions import JudgedDecision
    from negotrack.projections.votes.gap import Gap
    from negotrack.projections.votes.tally import Supposed, Tally, TallyQuery
    from negotrack.projections.votes.trend import TrendPoint
    from negotrack.projections.votes.votes import Ballot, Voter
    from negotrack.questions.asking import Asked, AskedPositions, Asker
    from negotrack.questions.names import NameBook
    from negotrack.questions.positions import Positions
    from negotrack.storage import Storage

_OF_RULES = (
    "names IN (SELECT n FROM word WHERE word IN (SELECT name FROM name WHERE noun = 'rule'))"
)
"""The condition for what brings a rule of decision in."""


class Votes:
    """What was voted on, with the counts: called, it answers that; its methods count more.

    Each takes a query, or in its place the keywords of :class:`~negotrack.questions.asking.Asked`.
    """

    def __init__(
        self, storage: Storage, asker: Asker, names: NameBook, positions: Positions
    ) -> None:
        """Ask a record."""
        self._storage, self._asker, self._names = storage, asker, names
        self._positions = positions

    def __call__(self, query: Query | None = None, /, **asked: Unpack[Asked]) -> list[Ballot]:
        """Return what was voted on, with the counts of the votes; no words are read."""
        query = self._asker.query(query, asked)
        from negotrack.projections.votes.votes import ballots

        return ballots(self.rolls(query))

    def rolls(
        self,
        query: Query | None = None,
        /,
        accounts: Accounts = "official-first",
        **asked: Unpack[Asked],
    ) -> Rolls:
        """Return who gave which vote, by target."""
        query = self._asker.query(query, asked)
        refuse_accounts(accounts)
        from negotrack.facts.rolls import RollQuery

        which = RollQuery(votes=True, stances=False, latest=accounts == "latest")
        return self._storage.index.slices.rolls(query, which)

    def voters(
        self,
        query: Query | None = None,
        /,
        accounts: Accounts = "official-first",
        **asked: Unpack[Asked],
    ) -> list[Voter]:
        """Return how each delegation voted, with its explanation and what it had intended."""
        query = self._asker.query(query, asked)
        refuse_accounts(accounts)
        from negotrack.projections.votes.votes import voters

        slices = self._storage.index.slices
        beside = [slices.rows(query.narrowed(type=t)) for t in (VOTE_EXPLAINED, VOTE_INTENDED)]
        rows = [*slices.votes(query), *beside[0], *beside[1]]
        return list(voters(sorted(rows, key=lambda row: row.sort_key), accounts))

    def cast(self, query: Query | None = None, /, **asked: Unpack[Asked]) -> Iterator[Row]:
        """Yield the votes that a query asks for, in order."""
        query = self._asker.query(query, asked)
        return self._storage.index.slices.votes(query)

    def decision_lines(self, query: Query | None = None, /, **asked: Unpack[Asked]) -> list[str]:
        """Return what was decided on the targets of a query, each in a line, in order."""
        query = self._asker.query(query, asked)
        rows = self._storage.cached_index.slices.rows(_decisions(query))
        return [f"{row.target} {row.summary} ({row.on}) [{row.source}]" for row in rows]

    def decisions(
        self, query: Query | None = None, /, **asked: Unpack[Asked]
    ) -> list[JudgedDecision]:
        """Return what was decided on the targets of a query, and what the rules give for it."""
        query = self._asker.query(query, asked)
        from functools import cache, lru_cache

        from negotrack.domain.dates import span
        from negotrack.domain.voting_rules import rule_of
        from negotrack.projections.positions.memberships import current_memberships
        from negotrack.projections.votes.decisions import RuleContext, judged_decisions

        slices, day = self._storage.index.slices, query.of_day()
        codes = self._states(query.negotiation)
        rules = slices.fields(day.narrowed(type=RULE_SET), _OF_RULES)

        def motion(target: str) -> dict[str, Any]:
            motions = slices.fields(day.narrowed(type=MOTION_PUT, target=target))
            return next((fields for fields in motions if fields["motion"] == target), {})

        context = RuleContext(
            tuple((span(fields["on"]).last, rule_of(fields)) for fields in rules),
            cache(motion),
            cache(lambda target: self._roll(day.narrowed(target=target))),
            lru_cache(64)(lambda then: _seated(codes, then)),
            lru_cache(64)(lambda then: current_memberships(slices.memberships(day.at(as_of=then)))),
        )
        return judged_decisions(slices.fields(_decisions(query)), context)

    def _roll(self, query: Query) -> dict[str, str]:
        """Return how each delegation voted on the target of a query, by its last vote."""
        rolls = self.rolls(query)
        return {
            delegation: vote
            for roll in rolls.rolls
            if roll.target == query.target
            for vote, bits in roll.answers.items()
            for bit, delegation in enumerate(rolls.holders)
            if bits >> bit & 1
        }

    # -- the room -----------------------------------------------------------------------------

    def rules(self, query: Query | None = None, /, **asked: Unpack[Asked]) -> list[Rule]:
        """Return the rules of decision that the negotiation has on the day of a query."""
        query = self._asker.query(query, asked)
        from negotrack.domain.voting_rules import rule_of

        laid_down = query.of_day().narrowed(type=RULE_SET)
        return [
            rule_of(fields) for fields in self._storage.index.slices.fields(laid_down, _OF_RULES)
        ]

    def tally(  # noqa: PLR0913 - as much as a tally can be asked
        self,
        query: Query | None = None,
        /,
        question: TallyQuery | None = None,
        resolution: Resolution | None = None,
        *,
        option: str | None = None,
        undeclared: Answer = "abstain",
        supposing: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        groups: Iterable[str] = (),
        rule: str | None = None,
        **asked: Unpack[AskedTally],
    ) -> Tally:
        """Return how the room stands on the target of a query, and what each rule would give.

        Of the rest of the query only its time is looked at. What is asked of the tally is said by
        keywords, as in :meth:`question`, or by a ``question`` that was made once.
        """
        takes = AskedTally.__optional_keys__
        query, resolution = self._asker.resolved(query, resolution, asked, takes)
        one_of(query, "target")
        from negotrack.projections.votes.tally import VotingContext, tally

        if question is None:
            question = self.question(
                query,
                option=option,
                undeclared=undeclared,
                supposing=supposing,
                groups=groups,
                rule=rule,
            )
        context = VotingContext(
            query.negotiation, query.when.as_of, self.states(query), tuple(self.rules(query))
        )
        return tally(self._acts_on(query), query.one_target, context, question, resolution)

    def question(  # noqa: PLR0913 - as much as a tally can be asked
        self,
        query: Query | None = None,
        /,
        *,
        option: str | None = None,
        undeclared: Answer = "abstain",
        supposing: Mapping[str, str] | Iterable[tuple[str, str]] = (),
        groups: Iterable[str] = (),
        rule: str | None = None,
        **asked: Unpack[AskedOfTarget],
    ) -> TallyQuery:
        """Return what a tally is asked, its names resolved.

        ``option`` is the answer to an issue that would be voted on, ``undeclared`` what those
        without a position would do, ``supposing`` delegations with the stances that they are
        supposed to take, ``groups`` those of which the members are counted apart (one may be a
        text), ``rule`` the only one that is asked about.
        """
        from negotrack.domain.votes import UNDECLARED
        from negotrack.projections.votes.tally import TallyQuery

        query = self._asker.query(query, asked, AskedOfTarget.__optional_keys__)
        refuse_other("answer of the undeclared", undeclared, UNDECLARED)
        stances = supposing.items() if isinstance(supposing, Mapping) else supposing
        groups = (groups,) if isinstance(groups, str) else groups
        return TallyQuery(
            self.option(query, option=option),
            undeclared,
            tuple(self._supposed(query, *one) for one in stances),
            tuple(self._positions.group(query, group=group) for group in groups),
            self._rule(query, rule),
        )

    def option(
        self, query: Query | None = None, /, *, option: str | None, **asked: Unpack[AskedOfTarget]
    ) -> str | None:
        """Return an option of the target of a query; :class:`Rejected` where it has no such one."""
        from negotrack.domain.names import key, near

        query = self._asker.query(query, asked, AskedOfTarget.__optional_keys__)
        if option is None:
            return None
        one_of(query, "target")
        known = self.options(query)
        same = [name for name in known if key(name) == key(option)]
        if same:
            return same[0]
        if not known:
            raise Rejected(
                f"{query.one_target} has no options",
                Cure.by("leave-out", "leave the option out", option="option"),
            )
        close = near(option, known)
        cure = f"did you mean {', '.join(close)}?" if close else f"it has {', '.join(known)}"
        raise Rejected(f"{query.one_target} has no option {option}", cure)

    def _supposed(self, query: Query, name: str, stance: str) -> Supposed:
        from negotrack.domain.names import near
        from negotrack.domain.stances import CODES, STANCES, TAKEN_BACK
        from negotrack.projections.votes.tally import Supposed

        word = stance.lower()
        if word not in CODES:
            stances = [*(one.name for one in STANCES), TAKEN_BACK]
            close = ", ".join(near(stance, stances)) or ", ".join(stances)
            raise Usage(f"{name}={stance}: {stance} is no stance", f"did you mean {close}?")
        delegation = self._names.resolve(name, "delegation", negotiation=query.negotiation)
        return Supposed(delegation.name, word)

    def _rule(self, query: Query, name: str | None) -> str | None:
        """Return the name of a rule of the negotiation on the day, or of one of the usual rules."""
        from negotrack.domain.names import key, unknown
        from negotrack.domain.voting_rules import STANDARD

        if name is None:
            return None
        known = [rule.name for rule in (*self.rules(query), *STANDARD)]
        same = [rule for rule in known if key(rule) == key(name)]
        if not same:
            raise Rejected(*unknown("rule", name, known))
        return same[0]

    def gaps(
        self,
        query: Query | None = None,
        /,
        resolution: Resolution | None = None,
        **asked: Unpack[AskedPositions],
    ) -> list[Gap]:
        """Return every vote of one who had declared a stance before it, in the order of votes."""
        from negotrack.projections.votes.gap import GapQuery, gaps

        query, resolution = self._asker.resolved(query, resolution, asked)
        slices, day = self._storage.index.slices, query.of_day()
        motions = {
            fields["motion"]: GapQuery(fields["question"], fields.get("target"))
            for fields in slices.fields(day.narrowed(type=MOTION_PUT))
        }
        rows = [
            *slices.votes(query.narrowed(target=None)),
            *slices.rows(day.narrowed(type=STANCE_TAKEN)),
            *slices.rows(day.narrowed(type=VOTE_INTENDED)),
            *slices.memberships(day),
        ]
        rows.sort(key=lambda row: row.sort_key)
        return [gap for gap in gaps(rows, motions, resolution) if _is_about(gap, query.target)]

    def options(self, query: Query | None = None, /, **asked: Unpack[Asked]) -> tuple[str, ...]:
        """Return the options of the target of a query, if it is an issue that has any."""
        query = self._asker.query(query, asked)
        raised = (
            query.of_day().at(as_of=END_OF_TIME).narrowed(type=ISSUE_RAISED, target=query.target)
        )
        issues = self._storage.index.slices.fields(raised)
        of_target = (fields for fields in issues if fields["issue"] == query.target)
        return tuple(option for fields in of_target for option in fields.get("options", ()))

    def leading_option(self, query: Query | None = None, /, **asked: Unpack[Asked]) -> str | None:
        """Return the option that most are for on the day of a query; None where it is none."""
        query = self._asker.query(query, asked)
        from negotrack.projections.positions.positions import positions
        from negotrack.projections.votes.voter_stances import leading_option

        return leading_option(positions(self._acts_on(query)))

    def trend(
        self,
        query: Query | None = None,
        /,
        step: str = "day",
        option: str | None = None,
        group: str | None = None,
        resolution: Resolution | None = None,
        **asked: Unpack[AskedTrend],
    ) -> list[TrendPoint]:
        """Return how many stood where on the target of a query, over time.

        At the end of every ``day``, ``month`` or ``year`` in which that changed, or of every
        ``session``; from ``since`` on. With a ``group``, its members on each day are counted, else
        the states.
        """
        takes = AskedTrend.__optional_keys__
        query, resolution = self._asker.resolved(query, resolution, asked, takes)
        one_of(query, "target")
        from negotrack.projections.votes.tally import electors
        from negotrack.projections.votes.trend import STEPS, days_of, ends_of, trend

        refuse_other("step", step, STEPS)
        option = self.option(query, option=option)
        group = None if group is None else self._positions.group(query, group=group)
        rows = list(self._acts_on(query))
        codes = self._states(query.negotiation)
        if step == "session":
            sessions = self._names.registered("session", negotiation=query.negotiation)
            days = ends_of(((s.name, s.last) for s in sessions if s.last), query.when.as_of)
        else:
            days = days_of(rows, step, query.when.as_of)

        def voters(day: str, memberships: Memberships) -> list[str]:
            return electors(group, _seated(codes, day), memberships)

        points = trend(rows, days, voters, option, resolution)
        return [point for point in points if query.since is None or point.day >= query.since]

    def states(self, query: Query | None = None, /, **asked: Unpack[Asked]) -> tuple[str, ...]:
        """Return the states of the record whose seats were theirs on the day of a query."""
        query = self._asker.query(query, asked)
        return _seated(self._states(query.negotiation), query.when.as_of)

    def _states(self, negotiation: str) -> list[str]:
        names = self._names.registered("delegation", negotiation=negotiation)
        return [name.name for name in names if name.detail == "state"]

    def _acts_on(self, query: Query) -> Iterator[Row]:
        """Yield the stances and votes on one target, and all memberships, in order."""
        slices, of_target = self._storage.index.slices, query.of_day().narrowed(target=query.target)
        acts = [*slices.rows(of_target.narrowed(type=STANCE_TAKEN)), *slices.votes(of_target)]
        on_itself = (row for row in acts if row.target == query.target)
        rows = [*on_itself, *slices.memberships(of_target)]
        yield from sorted(rows, key=lambda row: row.sort_key)


def _decisions(query: Query) -> Query:
    return query.narrowed(type=DECISION_TAKEN, delegation=None)


def _seated(codes: list[str], day: str) -> tuple[str, ...]:
    """Return the states that had a seat on a day; one that no table knows has one for good."""
    from negotrack.domain.states import STATES

    known = ((code, STATES.get(code)) for code in codes)
    return tuple(
        code
        for code, state in known
        if state is None or state.since <= day <= (state.until or END_OF_TIME)
    )


def _is_about(gap: Gap, targets: Names) -> bool:
    """Whether a vote was on a target, or on a motion about it, or on a part of either."""
    voted_on = gap.target, gap.vote.target or ""
    return not targets or any(
        is_below(name, target) for target in several(targets) for name in voted_on
    )
