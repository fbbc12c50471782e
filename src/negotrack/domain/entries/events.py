"""Entries for what delegations and organs do with the things that have a name."""

from typing import Annotated

from msgspec import Meta

from negotrack.domain.entries.envelope import Entry
from negotrack.domain.names import ENGLISH
from negotrack.domain.outcomes import Outcome
from negotrack.domain.stances import Grade
from negotrack.domain.values import (
    Action,
    Count,
    Date,
    Delegation,
    Document,
    Figures,
    Language,
    Line,
    Method,
    Option,
    RuleName,
    Target,
    Text,
)
from negotrack.domain.votes import Vote


class GroupJoined(Entry, frozen=True, kw_only=True, tag="group.joined/1"):
    """A delegation became a member of a group."""

    by: Annotated[Delegation, Meta(description="the member")]
    group: Annotated[Delegation, Meta(description="the group it joins")]


class GroupLeft(Entry, frozen=True, kw_only=True, tag="group.left/1"):
    """A delegation stopped being a member of a group."""

    by: Annotated[Delegation, Meta(description="the member")]
    group: Annotated[Delegation, Meta(description="the group it leaves")]


class DocumentSigned(Entry, frozen=True, kw_only=True, tag="document.signed/1"):
    """A document was signed: by one signatory, or by a number where a source only counts."""

    document: Annotated[Document, Meta(description="the document that is signed")]
    count: Annotated[Count, Meta(description="how many had signed")] | None = None


class ProvisionWorded(Entry, frozen=True, kw_only=True, tag="provision.worded/1"):
    """A document gave a provision its words; what stands in brackets in them is not agreed."""

    document: Annotated[Document, Meta(description="the document in which it says so")]
    target: Annotated[Target, Meta(description="the provision, by its address there")]
    text: Annotated[Text, Meta(description="its full text")] | None = None
    title: Annotated[Line, Meta(description="its heading")] | None = None
    place: Annotated[Count, Meta(description="where it stands in the document, from 1")] | None = (
        None
    )
    formerly: Annotated[Target, Meta(description="its address in the text before")] | None = None
    language: Annotated[Language, Meta(description="the language of its text")] = ENGLISH


class BracketPlaced(Entry, frozen=True, kw_only=True, tag="bracket.placed/1"):
    """Words of a provision were put in square brackets: somebody does not agree to them."""

    target: Annotated[Target, Meta(description="the provision")]
    words: Annotated[Text, Meta(description="the words that are put in brackets")]
    text: Annotated[Text, Meta(description="the alternative that is put beside them")] | None = None
    nth: Annotated[Count, Meta(description="which of several such words, from 1")] | None = None
    reason: Annotated[Text, Meta(description="why")] | None = None
    language: Annotated[Language, Meta(description="the language of the words")] = ENGLISH


class BracketLifted(Entry, frozen=True, kw_only=True, tag="bracket.lifted/1"):
    """The brackets around words of a provision were taken away, with their alternatives."""

    target: Annotated[Target, Meta(description="the provision")]
    words: Annotated[Text, Meta(description="the words in one of the brackets")]
    text: Annotated[Text, Meta(description="the words that stay; else those in it")] | None = None
    nth: Annotated[Count, Meta(description="which of several such brackets, from 1")] | None = None
    reason: Annotated[Text, Meta(description="why")] | None = None
    language: Annotated[Language, Meta(description="the language of the words")] = ENGLISH


class ProposalCosponsored(Entry, frozen=True, kw_only=True, tag="proposal.cosponsored/1"):
    """A delegation became co-sponsor, or a number of them where a source only counts."""

    target: Annotated[Target, Meta(description="the proposal")]
    count: Annotated[Count, Meta(description="how many co-sponsors")] | None = None


class ProposalRevised(Entry, frozen=True, kw_only=True, tag="proposal.revised/1"):
    """A proposal was changed by those who made it."""

    target: Annotated[Target, Meta(description="the proposal")]
    title: Annotated[Line, Meta(description="what it proposes now")] | None = None
    text: Annotated[Text, Meta(description="its new text")] | None = None
    reason: Annotated[Text, Meta(description="why, or what changed")] | None = None


class ProposalWithdrawn(Entry, frozen=True, kw_only=True, tag="proposal.withdrawn/1"):
    """A proposal was taken off the table."""

    target: Annotated[Target, Meta(description="the proposal")]
    reason: Annotated[Text, Meta(description="why")] | None = None


class AmendmentRevised(Entry, frozen=True, kw_only=True, tag="amendment.revised/1"):
    """An amendment was changed by those who moved it."""

    target: Annotated[Target, Meta(description="the amendment")]
    action: Annotated[Action, Meta(description="what it would do now")] | None = None
    title: Annotated[Line, Meta(description="what it asks for now")] | None = None
    words: Annotated[Text, Meta(description="the words it acts on now")] | None = None
    text: Annotated[Text, Meta(description="its new words")] | None = None
    after: Annotated[Text, Meta(description="the words after which it puts them now")] | None = None
    nth: Annotated[Count, Meta(description="which of several such words, from 1")] | None = None
    full: (
        Annotated[Text, Meta(description="the full text that it would give its target now")] | None
    ) = None
    reason: Annotated[Text, Meta(description="why, or what changed")] | None = None


class AmendmentWithdrawn(Entry, frozen=True, kw_only=True, tag="amendment.withdrawn/1"):
    """An amendment was taken off the table."""

    target: Annotated[Target, Meta(description="the amendment")]
    reason: Annotated[Text, Meta(description="why")] | None = None


class StanceTaken(Entry, frozen=True, kw_only=True, tag="stance.taken/1"):
    """A delegation said where it stands on a target."""

    by: Annotated[Delegation, Meta(description="the delegation that spoke")]
    target: Annotated[Target, Meta(description="what the stance is on")]
    stance: Annotated[Grade, Meta(description="the stance; none takes it back")]
    option: Annotated[Option, Meta(description="the answer it is about")] | None = None
    condition: Annotated[Text, Meta(description="on what condition")] | None = None
    reason: Annotated[Text, Meta(description="why")] | None = None
    aligned_with: (
        Annotated[Delegation, Meta(description="whose statement it aligned itself with")] | None
    ) = None


class StatementMade(Entry, frozen=True, kw_only=True, tag="statement.made/1"):
    """A delegation said something that is no stance."""

    by: Annotated[Delegation, Meta(description="the delegation that spoke")]
    says: Annotated[Text, Meta(description="what it said, in a sentence")]
    aligned_with: (
        Annotated[Delegation, Meta(description="whose statement it aligned itself with")] | None
    ) = None


class VoteCast(Entry, frozen=True, kw_only=True, tag="vote.cast/1"):
    """A delegation voted."""

    by: Annotated[Delegation, Meta(description="the voter")]
    target: Annotated[Target, Meta(description="what was voted on")]
    vote: Annotated[Vote, Meta(description="the vote")]


class VoteExplained(Entry, frozen=True, kw_only=True, tag="vote.explained/1"):
    """A delegation explained its vote, before or after it was cast."""

    by: Annotated[Delegation, Meta(description="the voter")]
    target: Annotated[Target, Meta(description="what the vote is on")]
    says: Annotated[Text, Meta(description="the explanation, in a sentence")]


class VoteIntended(Entry, frozen=True, kw_only=True, tag="vote.intended/1"):
    """A delegation let it be known how it had intended to vote; the vote and its count stand."""

    by: Annotated[Delegation, Meta(description="the voter")]
    target: Annotated[Target, Meta(description="what was voted on")]
    vote: Annotated[Vote, Meta(description="the vote that it had intended")]


class DecisionTaken(Entry, frozen=True, kw_only=True, tag="decision.taken/1"):
    """The fate of a target was decided."""

    target: Annotated[Target, Meta(description="what was decided on")]
    outcome: Annotated[Outcome, Meta(description="what became of it")]
    method: Annotated[Method, Meta(description="how it was decided")] | None = None
    figures: Annotated[Figures, Meta(description="the count of the vote")] | None = None
    rule: Annotated[RuleName, Meta(description="the rule by which it was decided")] | None = None
    into: Annotated[Target, Meta(description="what it was merged into")] | None = None
    document: (
        Annotated[Document, Meta(description="the draft that it is about as a whole")] | None
    ) = None
    says: Annotated[Text, Meta(description="what was decided, in a sentence")] | None = None


class DeadlineSet(Entry, frozen=True, kw_only=True, tag="deadline.set/1"):
    """A day was set by which something is to be done."""

    due: Annotated[Date, Meta(description="the day it is due")]
    title: Annotated[Line, Meta(description="what is due")]
