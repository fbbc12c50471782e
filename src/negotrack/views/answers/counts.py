"""Answers that count: how the room stands, who voted how, who agrees with whom."""

from typing import Annotated, Literal

from negotrack.domain.outcomes import Outcome
from negotrack.domain.stances import STANCES, PositionGrade
from negotrack.domain.values import EntryId, Matters, Method, Question, RuleKind, Source
from negotrack.domain.votes import Answer, Vote
from negotrack.projections.positions.positions import Via
from negotrack.projections.votes.gap import Width
from negotrack.projections.votes.voter_stances import ELSEWHERE, NOWHERE
from negotrack.views.answers.keys import About, AnswerObject, Sourced, means

Count = Literal[PositionGrade, "elsewhere", "undeclared"]
"""What is counted in a tally."""

# -- how the room stands ----------------------------------------------------------------------


_HOW_MANY: dict[str, str] = {
    "members": "are counted",
    **{stance.name: stance.plural for stance in STANCES},
    ELSEWHERE: "speak of other options alone",
    NOWHERE: "have no position",
}


class CountsRecord(AnswerObject, frozen=True, kw_only=True):
    """How many stand where."""

    __annotations__ = {
        name: Annotated[int, means(f"how many {words}")] for name, words in _HOW_MANY.items()
    }


class TallyAbout(About, frozen=True, kw_only=True):
    """What was asked of a tally, and what it rests on."""

    target: Annotated[str, means("what is counted on")]
    option: Annotated[str | None, means("the option of an issue that is asked about")]
    electorate: Annotated[str | None, means("the group whose members are counted; null: states")]
    undeclared: Annotated[Answer, means("what is assumed of those without a position")]
    supposed: Annotated[bool, means("whether stances are supposed")]
    others: Annotated[list[str], means("who holds a position and has no vote")]


class GroupCountRecord(CountsRecord, frozen=True, kw_only=True):
    """How many of all, or of a group, stand where."""

    part: Annotated[Literal["count"], means("what the record is")]
    group: Annotated[str | None, means("the group; null for all")]


class RuleRecord(AnswerObject, frozen=True, kw_only=True):
    """What a rule would give."""

    part: Annotated[Literal["rule"], means("what the record is")]
    rule: Annotated[str, means("the name of the rule")]
    requires: Annotated[RuleKind, means("what it requires")]
    title: Annotated[str | None, means("what it is called")]
    matters: Annotated[Matters, means("which matters it decides")]
    electorate: Annotated[str | None, means("the group whose members may vote")]
    voters: Annotated[int, means("how many may vote under it")]
    adopted: Annotated[bool | None, means("what it gives; null where it cannot be told")]
    why: Annotated[str, means("the figures")]
    adopted_before: Annotated[bool | None, means("the same without what is supposed")]
    settled: Annotated[bool, means("whether it is the same whatever the undeclared do")]
    fewest_to_turn: Annotated[int | None, means("how many would have to change for the opposite")]
    pivotal: Annotated[list[str], means("whose change alone would turn it")]
    supposed: Annotated[bool, means("whether stances are supposed")]


class VoterStanceRecord(AnswerObject, frozen=True, kw_only=True):
    """Where one that may vote stands."""

    part: Annotated[Literal["delegation"], means("what the record is")]
    delegation: Annotated[str, means("who")]
    stance: Annotated[PositionGrade | None, means("the grade; null where it is undeclared")]
    option: Annotated[str | None, means("the option it is about")]
    via: Annotated[Via | None, means("where the position comes from")]
    through: Annotated[str | None, means("the group, or whose statement it aligned itself with")]
    since: Annotated[str | None, means("since when it stands there")]
    entry: Annotated[EntryId | None, means("the entry that the position rests on")]
    counted: Annotated[Count, means("under which of the counts it falls")]
    answer: Annotated[Answer, means("what it would do")]
    assumed: Annotated[bool, means("whether that is assumed and not what it said")]
    possible: Annotated[bool, means("whether its date is uncertain and may lie after the day")]
    before: Annotated[Count | None, means("the count without what is supposed")]


class TrendAbout(About, frozen=True, kw_only=True):
    """What was asked of a trend, and what it rests on."""

    target: Annotated[str, means("what is counted on")]
    option: Annotated[str | None, means("the option of an issue that is asked about")]
    group: Annotated[str | None, means("the group whose members are counted; null: states")]
    step: Annotated[Literal["day", "month", "year", "session"], means("what a record is for")]


class TrendRecord(CountsRecord, frozen=True, kw_only=True):
    """How many stood where on a day."""

    on: Annotated[str, means("the day of the counts")]


class TrendStepRecord(TrendRecord, frozen=True, kw_only=True):
    """How many stood where at the end of a month, a year or a session."""

    step: Annotated[str, means("the month, year or session")]


# -- votes and decisions ----------------------------------------------------------------------


class FiguresRecord(AnswerObject, frozen=True, kw_only=True):
    """The count of a vote."""

    yes: Annotated[int, means("how many voted for it")]
    no: Annotated[int, means("how many voted against it")]
    abstain: Annotated[int | None, means("how many abstained")]


class RuleJudgementRecord(AnswerObject, frozen=True, kw_only=True):
    """What a rule gives for a decision."""

    rule: Annotated[str, means("the name of the rule")]
    adopted: Annotated[bool | None, means("what it gives; null where it cannot be told")]
    why: Annotated[str, means("the figures")]
    contradicts: Annotated[bool, means("whether the outcome is the opposite")]


class DecisionRecord(AnswerObject, frozen=True, kw_only=True):
    """What was decided, and what the rules give."""

    target: Annotated[str, means("what was decided on")]
    on: Annotated[str, means("the date as recorded")]
    outcome: Annotated[Outcome, means("what became of it")]
    method: Annotated[Method | None, means("how it was decided")]
    figures: Annotated[FiguresRecord | None, means("the count of the vote")]
    counted_from: Annotated[Literal["figures", "roll"] | None, means("where the count is from")]
    rule: Annotated[str | None, means("the rule that it or its motion names")]
    rules: Annotated[list[RuleJudgementRecord], means("what each rule gives")]
    entry: Annotated[EntryId, means("the id")]


class BallotRecord(AnswerObject, frozen=True, kw_only=True):
    """A thing that was voted on."""

    target: Annotated[str, means("slug of what was voted on")]
    title: Annotated[str | None, means("its title")]
    first: Annotated[str, means("the day of the first vote on it")]
    last: Annotated[str, means("the day of the last vote on it")]
    yes: Annotated[int, means("how many voted for it")]
    no: Annotated[int, means("how many voted against it")]
    abstain: Annotated[int, means("how many abstained")]
    not_voting: Annotated[int, means("of how many it is recorded that they did not vote")]
    decisions: Annotated[list[DecisionRecord], means("what was decided on it")]


class VotersAbout(About, frozen=True, kw_only=True):
    """What was asked of votes, and what was decided on the target."""

    decisions: Annotated[list[DecisionRecord], means("what was decided on the target")]


class VoterRecord(Sourced, frozen=True, kw_only=True):
    """The vote of a delegation on a target."""

    target: Annotated[str, means("slug of what was voted on")]
    delegation: Annotated[str, means("code of the voter")]
    vote: Annotated[Vote, means("the vote")]
    on: Annotated[str, means("the date as recorded")]
    intended: Annotated[Vote | None, means("how it had intended to vote")]
    says: Annotated[str | None, means("its explanation of vote")]
    entry: Annotated[EntryId, means("the id of the vote")]


class GapRecord(AnswerObject, frozen=True, kw_only=True):
    """A vote beside the stance that was declared before it."""

    gap: Annotated[Width, means("how far they are apart")]
    delegation: Annotated[str, means("who")]
    target: Annotated[str, means("what it had declared itself on")]
    stance: Annotated[PositionGrade, means("the grade")]
    stance_since: Annotated[str, means("since when it stands there")]
    via: Annotated[Via, means("where the position comes from")]
    through: Annotated[str | None, means("the group, or whose statement it aligned itself with")]
    stance_source: Annotated[str, means("the first source of the stance in a word")]
    stance_sources: Annotated[list[Source], means("where the stance is known from")]
    stance_entry: Annotated[EntryId, means("the entry that the position rests on")]
    motion: Annotated[str | None, means("the motion that was voted on")]
    question: Annotated[Question | None, means("what the motion asked")]
    vote: Annotated[Vote, means("the vote")]
    voted_on: Annotated[str, means("the date of the vote as recorded")]
    intended: Annotated[Vote | None, means("how it had intended to vote")]
    vote_source: Annotated[str, means("the first source of the vote in a word")]
    vote_sources: Annotated[list[Source], means("where the vote is known from")]
    vote_entry: Annotated[EntryId, means("the id of the vote")]
    disputed: Annotated[list[EntryId], means("entries that tell the stance differently")]
    possible: Annotated[bool, means("whether a date is uncertain and may lie after the day")]


# -- who agrees with whom ---------------------------------------------------------------------


class AgreementRecord(AnswerObject, frozen=True, kw_only=True):
    """How far two delegations agree."""

    one: Annotated[str, means("code of a delegation")]
    other: Annotated[str, means("code of the other")]
    agreement: Annotated[float, means("from 0 to 1, over what both answered")]
    kappa: Annotated[float | None, means("Cohen's kappa with linear weights")]
    shared: Annotated[int, means("on how many items both answered")]


class ComparisonRecord(AgreementRecord, frozen=True, kw_only=True):
    """How far two delegations agree in two spans of time."""

    compared: Annotated[float, means("the agreement in the other span")]
    compared_shared: Annotated[int, means("on how many items both answered there")]
    change: Annotated[float, means("the difference")]


class LoyaltyRecord(AnswerObject, frozen=True, kw_only=True):
    """How far a member agrees with most of the others of its group."""

    member: Annotated[str, means("code of the member")]
    loyalty: Annotated[float, means("from 0 to 1, over what it and the majority answered")]
    shared: Annotated[int, means("on how many items both answered")]


class BlocRecord(AnswerObject, frozen=True, kw_only=True):
    """Delegations that agree."""

    bloc: Annotated[int, means("its number")]
    size: Annotated[int, means("how many delegations")]
    agreement: Annotated[float | None, means("the mean of its pairs")]
    shared: Annotated[int | None, means("the fewest items that two share")]
    delegations: Annotated[list[str], means("who")]


class AgreementRowRecord(AnswerObject, frozen=True, kw_only=True):
    """How far a delegation agrees with each other."""

    number: Annotated[int, means("its place in the order of the blocs")]
    delegation: Annotated[str, means("code of the delegation")]
    bloc: Annotated[int | None, means("the number of its bloc")]
    agreement: Annotated[dict[str, float], means("the agreement, by delegation")]
    shared: Annotated[dict[str, int], means("on how many items both answered, by delegation")]
