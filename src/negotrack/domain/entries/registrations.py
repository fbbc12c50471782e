"""Entries that bring a name into the record: negotiation, sessions, delegations and targets."""

from typing import Annotated

from msgspec import Meta

from negotrack.domain.entries.envelope import Entry
from negotrack.domain.names import ENGLISH
from negotrack.domain.values import (
    Action,
    Code,
    Count,
    Date,
    Delegation,
    DelegationKind,
    Draft,
    Language,
    Line,
    Matters,
    Option,
    Question,
    RuleKind,
    RuleName,
    Session,
    Share,
    Slug,
    Target,
    Text,
)


class NegotiationOpened(Entry, frozen=True, kw_only=True, tag="negotiation.opened/1"):
    """A process with a mandate and a decision rule began."""

    title: Annotated[Line, Meta(description="what the negotiation is called")]
    body: Annotated[Line, Meta(description="the organ that negotiates")] | None = None
    mandate: Annotated[Line, Meta(description="the decision it rests on")] | None = None
    decision_rule: Annotated[Line, Meta(description="how it decides")] | None = None


class SessionScheduled(Entry, frozen=True, kw_only=True, tag="session.scheduled/1"):
    """A sitting was given a place and days. ``on`` is its first day unless a source says more."""

    session: Annotated[Slug, Meta(description="the slug it is known by, e.g. ahc-6")]
    title: Annotated[Line, Meta(description="what the session is called")]
    city: Annotated[Line, Meta(description="where it sits")]
    zone: Annotated[str, Meta(description="the room's time zone, e.g. Europe/Vienna")]
    days: Annotated[Date, Meta(description="its days, e.g. 2023-08-21/2023-09-01")]
    number: Annotated[Count, Meta(description="its number, where it has one")] | None = None
    aliases: Annotated[tuple[Line, ...], Meta(max_length=50, description="other names")] = ()


class SessionRescheduled(Entry, frozen=True, kw_only=True, tag="session.rescheduled/1"):
    """A session was moved to other days or another place."""

    session: Annotated[Session, Meta(description="the session that is moved")]
    days: Annotated[Date, Meta(description="its new days")] | None = None
    city: Annotated[Line, Meta(description="its new city")] | None = None
    zone: Annotated[str, Meta(description="its new time zone")] | None = None
    reason: Annotated[Text, Meta(description="why")] | None = None


class DelegationRegistered(Entry, frozen=True, kw_only=True, tag="delegation.registered/1"):
    """A state, group, observer or office that can hold a position became known to the record."""

    delegation: Annotated[Code, Meta(description="its code; a state has its ISO 3166 alpha-3")]
    kind: Annotated[DelegationKind, Meta(description="what kind of delegation it is")]
    name: Annotated[Line, Meta(description="its name at the time")]
    aliases: Annotated[tuple[Line, ...], Meta(max_length=50, description="other names")] = ()


class DocumentIssued(Entry, frozen=True, kw_only=True, tag="document.issued/1"):
    """A document was issued."""

    document: Annotated[Slug, Meta(description="the slug it is known by")]
    title: Annotated[Line, Meta(description="its title")]
    symbol: Annotated[Line, Meta(description="its symbol, e.g. A/AC.291/22/Rev.3")] | None = None
    draft: (
        Annotated[Draft, Meta(description="whether it is a draft, of the whole or of parts")] | None
    ) = None


class IssueRaised(Entry, frozen=True, kw_only=True, tag="issue.raised/1"):
    """An open question came up, on which positions are held."""

    issue: Annotated[Slug, Meta(description="the slug it is known by, e.g. scope")]
    title: Annotated[Line, Meta(description="the question")]
    options: Annotated[
        tuple[Option, ...], Meta(max_length=50, description="the answers on the table")
    ] = ()


class ProvisionRegistered(Entry, frozen=True, kw_only=True, tag="provision.registered/1"):
    """A piece of the text became addressable."""

    provision: Annotated[Slug, Meta(description="its address, e.g. art-6/2")]
    title: Annotated[Line, Meta(description="its heading")] | None = None


class ProposalTabled(Entry, frozen=True, kw_only=True, tag="proposal.tabled/1"):
    """A text or an idea was put on the table by one or more delegations."""

    proposal: Annotated[Slug, Meta(description="the slug it is known by")]
    title: Annotated[Line, Meta(description="what it proposes")]
    target: Annotated[Target, Meta(description="what it is about")] | None = None
    sponsors: Annotated[
        tuple[Delegation, ...], Meta(max_length=250, description="further sponsors")
    ] = ()
    text: Annotated[Text, Meta(description="its text")] | None = None
    language: Annotated[Language, Meta(description="the language of its text")] = ENGLISH


class AmendmentMoved(Entry, frozen=True, kw_only=True, tag="amendment.moved/1"):
    """A change to a provision, a proposal or another amendment was moved."""

    amendment: Annotated[Slug, Meta(description="the slug it is known by")]
    target: Annotated[Target, Meta(description="what it would change")]
    action: Annotated[Action, Meta(description="what it would do")]
    title: Annotated[Line, Meta(description="what it asks for")]
    words: Annotated[Text, Meta(description="the words it acts on")] | None = None
    text: Annotated[Text, Meta(description="the words it puts there")] | None = None
    after: Annotated[Text, Meta(description="the words after which it puts them")] | None = None
    nth: Annotated[Count, Meta(description="which of several such words, from 1")] | None = None
    full: (
        Annotated[Text, Meta(description="the full text that it would give its target")] | None
    ) = None
    provision: (
        Annotated[Target, Meta(description="the new provision that it adds after its target")]
        | None
    ) = None
    behind: (
        Annotated[Target, Meta(description="the provision after which it moves its target")] | None
    ) = None
    language: Annotated[Language, Meta(description="the language of its words")] = ENGLISH
    sponsors: Annotated[
        tuple[Delegation, ...], Meta(max_length=250, description="further sponsors")
    ] = ()


class MotionPut(Entry, frozen=True, kw_only=True, tag="motion.put/1"):
    """A question was put to the room, which may vote on it."""

    motion: Annotated[Slug, Meta(description="the slug it is known by")]
    title: Annotated[Line, Meta(description="what it asks")]
    question: Annotated[Question, Meta(description="what kind of question it is")]
    target: Annotated[Target, Meta(description="what it is about, if the record has it")] | None = (
        None
    )
    words: Annotated[Text, Meta(description="the part of the text that it is about")] | None = None
    symbol: Annotated[Line, Meta(description="the symbol of what is voted on")] | None = None
    rule: Annotated[RuleName, Meta(description="the rule that decides it")] | None = None


class RuleSet(Entry, frozen=True, kw_only=True, tag="rule.set/1"):
    """A rule was laid down by which the negotiation decides."""

    rule: Annotated[Slug, Meta(description="the slug it is known by, e.g. two-thirds")]
    requires: Annotated[RuleKind, Meta(description="what it requires")]
    title: Annotated[Line, Meta(description="what it is called")] | None = None
    matters: Annotated[Matters, Meta(description="which matters it decides")] = "all"
    share: Annotated[Share, Meta(description="the share that must be in favour")] | None = None
    count: Annotated[Count, Meta(description="how many must be in favour")] | None = None
    quorum: Annotated[Share, Meta(description="the share of members that must be there")] | None = (
        None
    )
    electorate: (
        Annotated[Delegation, Meta(description="the group whose members may vote")] | None
    ) = None
    components: Annotated[
        tuple[Delegation, ...],
        Meta(max_length=50, description="the groups of which each must have a majority"),
    ] = ()
