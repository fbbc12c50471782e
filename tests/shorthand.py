"""Entries in a word or two, for tests: everything that a test does not care about has a default."""

from __future__ import annotations

from typing import Any

from negotrack.domain import entries as e
from negotrack.domain.dates import END_OF_TIME, Day, Instant
from negotrack.facts.query import Query, When

DEMO = "demo"
DAY = "2023-01-16"


def opened(negotiation: str = DEMO, **more: Any) -> e.NegotiationOpened:
    """A negotiation was opened."""
    return e.NegotiationOpened(
        **{"negotiation": negotiation, "on": "2022-01-01", "title": "A demonstration"} | more
    )


def session(slug: str = "s-1", days: str = "2023-01-16/2023-01-20", **more: Any) -> Any:
    """A session was scheduled."""
    fields = {"session": slug, "title": "First session", "city": "Vienna", "days": days}
    fields |= {"zone": "Europe/Vienna", "on": days[:10], "negotiation": DEMO}
    return e.SessionScheduled(**fields | more)


def delegation(code: str, kind: str = "state", **more: Any) -> e.DelegationRegistered:
    """A delegation was registered; a state by its code, a group with ``kind="group"``."""
    fields = {"negotiation": DEMO, "on": "2022-01-01", "name": f"Delegation {code}"}
    return e.DelegationRegistered(**fields | {"delegation": code, "kind": kind} | more)


def issue(slug: str = "scope", *options: str, **more: Any) -> e.IssueRaised:
    """An issue was raised, with options."""
    fields = {"negotiation": DEMO, "on": "2022-01-02", "title": "How broad?"}
    return e.IssueRaised(**fields | {"issue": slug, "options": options} | more)


def provision(address: str = "art-6/2", **more: Any) -> e.ProvisionRegistered:
    """A provision was registered."""
    return e.ProvisionRegistered(
        **{"negotiation": DEMO, "on": "2022-01-02", "provision": address} | more
    )


def proposal(slug: str, by: str | None = None, on: str = DAY, **more: Any) -> e.ProposalTabled:
    """A proposal was tabled."""
    fields = {"negotiation": DEMO, "on": on, "title": f"Proposal {slug}", "by": by}
    return e.ProposalTabled(**fields | {"proposal": slug} | more)


def amendment(slug: str, target: str, by: str | None = None, on: str = DAY, **more: Any) -> Any:
    """An amendment was moved."""
    fields = {"negotiation": DEMO, "on": on, "title": f"Amendment {slug}", "by": by}
    fields |= {"amendment": slug, "target": target, "action": "described"}
    return e.AmendmentMoved(**fields | more)


def document(slug: str = "draft-1", on: str = DAY, **more: Any) -> e.DocumentIssued:
    """A document was issued."""
    return e.DocumentIssued(
        **{"negotiation": DEMO, "on": on, "document": slug, "title": "First draft"} | more
    )


def worded(
    target: str, text: str | None, document: str = "draft-1", on: str = DAY, **more: Any
) -> e.ProvisionWorded:
    """A document gave a provision its words."""
    fields = {"negotiation": DEMO, "on": on, "document": document, "target": target, "text": text}
    return e.ProvisionWorded(**fields | more)


def bracketed(target: str, words: str, by: str | None = None, on: str = DAY, **more: Any) -> Any:
    """Words of a provision were put in brackets."""
    fields = {"negotiation": DEMO, "on": on, "by": by, "target": target, "words": words}
    return e.BracketPlaced(**fields | more)


def unbracketed(target: str, words: str, on: str = DAY, **more: Any) -> e.BracketLifted:
    """Brackets around words of a provision were taken away."""
    return e.BracketLifted(
        **{"negotiation": DEMO, "on": on, "target": target, "words": words} | more
    )


def takes(by: str, stance: str, target: str, on: str = DAY, **more: Any) -> e.StanceTaken:
    """A delegation took a stance."""
    fields = {"negotiation": DEMO, "on": on, "by": by, "stance": stance, "target": target}
    return e.StanceTaken(**fields | more)


def says(by: str, words: str, on: str = DAY, **more: Any) -> e.StatementMade:
    """A delegation said something."""
    return e.StatementMade(**{"negotiation": DEMO, "on": on, "by": by, "says": words} | more)


def joined(by: str, group: str, on: str = DAY, **more: Any) -> e.GroupJoined:
    """A delegation joined a group."""
    return e.GroupJoined(**{"negotiation": DEMO, "on": on, "by": by, "group": group} | more)


def left(by: str, group: str, on: str = DAY, **more: Any) -> e.GroupLeft:
    """A delegation left a group."""
    return e.GroupLeft(**{"negotiation": DEMO, "on": on, "by": by, "group": group} | more)


def votes(by: str, vote: str, target: str, on: str = DAY, **more: Any) -> e.VoteCast:
    """A delegation voted."""
    fields = {"negotiation": DEMO, "on": on, "by": by, "vote": vote, "target": target}
    return e.VoteCast(**fields | more)


def intends(by: str, vote: str, target: str, on: str = DAY, **more: Any) -> e.VoteIntended:
    """A delegation let it be known how it had intended to vote."""
    fields = {"negotiation": DEMO, "on": on, "by": by, "vote": vote, "target": target}
    return e.VoteIntended(**fields | more)


def motion(slug: str, target: str | None = None, on: str = DAY, **more: Any) -> e.MotionPut:
    """A motion was put."""
    fields: dict[str, Any] = {"negotiation": DEMO, "on": on, "title": f"Motion {slug}"}
    fields |= {"motion": slug, "target": target}
    fields["question"] = "procedure" if target is None else "adoption"
    return e.MotionPut(**fields | more)


def rule(slug: str, requires: str, on: str = "2022-01-02", **more: Any) -> e.RuleSet:
    """A rule of decision was laid down."""
    fields = {"negotiation": DEMO, "on": on, "rule": slug, "requires": requires}
    return e.RuleSet(**fields | more)


def decided(target: str, outcome: str = "adopted", on: str = DAY, **more: Any) -> e.DecisionTaken:
    """A decision was taken."""
    fields = {"negotiation": DEMO, "on": on, "target": target, "outcome": outcome}
    return e.DecisionTaken(**fields | more)


def correction(entry: str, on: str = "2023-02-01", reason: str = "misheard", **set_: Any) -> Any:
    """An entry was corrected: the named fields are set."""
    return e.EntryCorrected(negotiation=DEMO, on=on, entry=entry, set=set_, reason=reason)


def retraction(entry: str, on: str = "2023-02-01", reason: str = "twice") -> e.EntryRetracted:
    """An entry was retracted."""
    return e.EntryRetracted(negotiation=DEMO, on=on, entry=entry, reason=reason)


THE_ROOM = (
    opened(),
    session(),
    delegation("KEN", name="Kenya"),
    delegation("CHN", name="China"),
    delegation("AUT", name="Austria"),
    delegation("EU", "group", name="European Union", aliases=("the Union",)),
    delegation("HRW", "observer", name="Human Rights Watch"),
    issue("scope", "broad", "limited"),
    provision("art-6"),
    provision("art-6/2"),
)
"""What most stories begin with."""


def query(
    negotiation: str = DEMO,
    as_of: str = END_OF_TIME,
    known_at: str | None = None,
    *,
    possible: bool = False,
    **fields: Any,
) -> Query:
    """Return what is asked of a negotiation, of names and dates that need no checking."""
    when = When(Day(as_of), None if known_at is None else Instant(known_at), possible)
    return Query(negotiation, when, **fields)
