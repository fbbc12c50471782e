"""Every type of entry, written out: one class for one kind of fact, in the past tense."""

from negotrack.domain.entries.deeds import (
    AmendmentRevised,
    AmendmentWithdrawn,
    DeadlineSet,
    DecisionTaken,
    DocumentSigned,
    GroupJoined,
    GroupLeft,
    ProposalCosponsored,
    ProposalRevised,
    ProposalWithdrawn,
    StanceTaken,
    StatementMade,
    VoteCast,
)
from negotrack.domain.entries.envelope import Entry
from negotrack.domain.entries.errata import EntryCorrected, EntryRetracted, Erratum
from negotrack.domain.entries.naming import (
    AmendmentMoved,
    DelegationRegistered,
    DocumentIssued,
    IssueRaised,
    NegotiationOpened,
    ProposalTabled,
    ProvisionRegistered,
    SessionRescheduled,
    SessionScheduled,
)

__all__ = [
    "AmendmentMoved",
    "AmendmentRevised",
    "AmendmentWithdrawn",
    "DeadlineSet",
    "DecisionTaken",
    "DelegationRegistered",
    "DocumentIssued",
    "DocumentSigned",
    "Entry",
    "EntryCorrected",
    "EntryRetracted",
    "Erratum",
    "GroupJoined",
    "GroupLeft",
    "IssueRaised",
    "NegotiationOpened",
    "ProposalCosponsored",
    "ProposalRevised",
    "ProposalTabled",
    "ProposalWithdrawn",
    "ProvisionRegistered",
    "SessionRescheduled",
    "SessionScheduled",
    "StanceTaken",
    "StatementMade",
    "VoteCast",
]
