"""The names of the types of entry, and sets of them: in one place, for readers of lines and rows.

They are plain texts, so that a table can be printed without the codec of typed entries, which costs
more to import than the table to print. The catalogue has what belongs to each type; a test holds
the two against each other.
"""

from __future__ import annotations

NEGOTIATION_OPENED = "negotiation.opened"
SESSION_SCHEDULED = "session.scheduled"
SESSION_RESCHEDULED = "session.rescheduled"
DELEGATION_REGISTERED = "delegation.registered"
GROUP_JOINED = "group.joined"
GROUP_LEFT = "group.left"
DOCUMENT_ISSUED = "document.issued"
DOCUMENT_SIGNED = "document.signed"
ISSUE_RAISED = "issue.raised"
PROVISION_REGISTERED = "provision.registered"
PROVISION_WORDED = "provision.worded"
BRACKET_PLACED = "bracket.placed"
BRACKET_LIFTED = "bracket.lifted"
PROPOSAL_TABLED = "proposal.tabled"
PROPOSAL_REVISED = "proposal.revised"
PROPOSAL_WITHDRAWN = "proposal.withdrawn"
AMENDMENT_MOVED = "amendment.moved"
AMENDMENT_REVISED = "amendment.revised"
AMENDMENT_WITHDRAWN = "amendment.withdrawn"
STANCE_TAKEN = "stance.taken"
RULE_SET = "rule.set"
MOTION_PUT = "motion.put"
VOTE_CAST = "vote.cast"
VOTE_EXPLAINED = "vote.explained"
VOTE_INTENDED = "vote.intended"
DECISION_TAKEN = "decision.taken"
ENTRY_CORRECTED = "entry.corrected"
ENTRY_RETRACTED = "entry.retracted"

MEMBERSHIPS = (GROUP_JOINED, GROUP_LEFT)
"""Types that begin and end the membership of a delegation in a group."""

OFFERS = {AMENDMENT_MOVED: "amendment", PROPOSAL_TABLED: "proposal"}
"""Types that put something on the table, with the field that holds its name."""

ACTS_ON_WORDS = frozenset(
    {PROVISION_WORDED, BRACKET_PLACED, BRACKET_LIFTED, AMENDMENT_MOVED, AMENDMENT_REVISED}
)
"""Types that are about words which a text must have."""

TEXTS = ACTS_ON_WORDS | {
    DOCUMENT_ISSUED,
    PROPOSAL_TABLED,
    PROPOSAL_REVISED,
    PROPOSAL_WITHDRAWN,
    AMENDMENT_WITHDRAWN,
    DECISION_TAKEN,
}
"""Types that say what a text says, what somebody would have it say, or what became of that."""

BOOKKEEPING = frozenset(
    {DELEGATION_REGISTERED, PROVISION_REGISTERED, ENTRY_CORRECTED, ENTRY_RETRACTED}
)
"""Types that say nothing of what happened in the room: left out of a timeline unless asked for."""

SUBJECTS = {
    NEGOTIATION_OPENED: "negotiation",
    SESSION_SCHEDULED: "session",
    SESSION_RESCHEDULED: "session",
    DELEGATION_REGISTERED: "delegation",
    GROUP_JOINED: "group",
    GROUP_LEFT: "group",
    DOCUMENT_ISSUED: "document",
    DOCUMENT_SIGNED: "document",
    ISSUE_RAISED: "issue",
    PROVISION_REGISTERED: "provision",
    PROVISION_WORDED: "document",
    PROPOSAL_TABLED: "proposal",
    AMENDMENT_MOVED: "amendment",
    MOTION_PUT: "motion",
    RULE_SET: "rule",
}
"""The field of a type that holds what it is about, where that is no target."""

TARGET_NOUNS = ("issue", "provision", "proposal", "amendment", "motion")
"""What a stance or a vote may be about."""


def type_of(tag: str) -> str:
    """Return a type without its version: ``stance.taken`` of ``stance.taken/1``."""
    return tag.partition("/")[0]
