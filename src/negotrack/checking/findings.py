"""What a check finds, and the rules that it goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from negotrack.errors import Cure, Refusal

RULES: dict[str, str] = {
    "journal": "a line of the journal cannot be read, or its id does not fit its content",
    "torn-line": "the last line of a file was being written when the writer died",
    "quarantine": "torn lines were set aside; look at them, then delete them",
    "store": "an entry of the store is damaged or of an unknown type",
    "hard-rule": "an entry breaks a rule that logging would have refused",
    "erratum": "a correction or retraction has no entry, or cannot be applied",
    "said-twice": "two entries say the same, as two clones log one fact; retract one of them",
    "hidden-text": "a text has characters that hide, reorder or drive a terminal",
    "after-withdrawal": "something was done about a proposal or amendment after its withdrawal",
    "outside-session": "an entry of a session lies wholly outside its days",
    "words-not-there": "an act is on words that the text of its day has not",
    "worded-twice": "a document gives a provision two texts in one language",
    "renumbered-twice": "two provisions of a document come from one",
    "renumbered-in-a-circle": "provisions of a document are the former ones of each other",
    "figures": "the figures of a decision cannot be those of the votes in the record",
    "no-vote": "somebody voted who was not among those that may vote on the day",
    "voted-twice": "a delegation voted on the same thing twice",
    "outcome": "an outcome is not the one that the rule gives for the figures",
    "membership": "a membership ends before it begins, or begins again while it lasts",
    "group-circle": "a group is a member of itself, through others",
}


class Finding(NamedTuple):
    """Something that a check found: the rule's name, the place, a sentence, and what mends it.

    ``code`` is the exit code that it deserves: 1 for what needs a look, 3 for input that must be
    converted or needs a newer release, 5 for a record that is damaged.
    """

    rule: str
    where: str
    finding: str
    code: int = 1
    cure: str | Cure = ""

    @classmethod
    def refused(cls, rule: str, where: str, refusal: Refusal, code: int = 1) -> Finding:
        """Return the finding that a refusal is."""
        return cls(rule, where, refusal.sentence, code, refusal.cure)
