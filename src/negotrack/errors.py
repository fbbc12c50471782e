"""Refusals: every way to say no, each with its sentence, its cure and its exit code."""

from typing import Literal, NamedTuple

Action = Literal[
    "amend-pending",
    "another-reason",
    "bring-back",
    "check",
    "choose-negotiation",
    "choose-occurrence",
    "choose-language",
    "correct",
    "import-draft",
    "import-roll-calls",
    "keep-going",
    "later-moment",
    "leave-out",
    "list-brackets",
    "list-ids",
    "list-names",
    "list-uses",
    "log",
    "make-workspace",
    "name-kind",
    "name-target",
    "open-first-negotiation",
    "open-negotiation",
    "rebuild-store",
    "register",
    "register-as",
    "retract",
    "retract-others",
]
"""What a reader can do about a refusal, where a front end has a way of its own to do it."""


class Cure(NamedTuple):
    """The next step after a refusal, as data: a front end says it in its own terms.

    ``words`` say it in plain words, true whoever asks; ``details`` are what the action needs, by
    name: the code of a delegation, the id of an entry.
    """

    action: Action
    words: str
    details: tuple[tuple[str, str], ...] = ()

    @classmethod
    def by(cls, action: Action, words: str, **details: str) -> "Cure":
        """Return the cure by an action."""
        return cls(action, words, tuple(details.items()))

    def __str__(self) -> str:
        """Return the plain words."""
        return self.words


THE_JOURNAL_HAS_IT = Cure.by(
    "rebuild-store", "make the store anew: the journal has it", because="the journal has it"
)


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Something was not done. ``sentence`` says what and why, ``cure`` the next step to take."""

    exit_code = 1

    def __init__(self, sentence: str, cure: str | Cure = "") -> None:
        """Keep the sentence and its cure; both are plain text without a final newline."""
        super().__init__(sentence)
        self.sentence = sentence
        self.cure = cure

    def __str__(self) -> str:
        """Return the sentence and the cure, in plain words, as one line."""
        return f"{self.sentence}; {self.cure}" if self.cure else self.sentence


class Failed(Refusal):
    """The machine would not do it: a full disk, a folder without permission."""


class Usage(Refusal):
    """The command was used in a way that means nothing."""

    exit_code = 2


class Rejected(Refusal):
    """The input breaks a hard rule or is not well-formed; nothing was changed."""

    exit_code = 3


class Unknown(Rejected):
    """The input names something that the record does not know (yet)."""


class RejectedLines(Rejected):
    """Lines of an input were rejected; ``faults`` are (line number, refusal), the first twenty."""

    def __init__(self, sentence: str, faults: list[tuple[int, Refusal]], count: int) -> None:
        """Keep the first faults and how many there were in all."""
        nothing = "nothing was imported: mend the lines"
        super().__init__(sentence, Cure.by("keep-going", f"{nothing}, or take in the others alone"))
        self.faults = faults
        self.count = count


class Conflict(Refusal):
    """Somebody else changed the record between the look and the write."""

    exit_code = 4


class Damaged(Refusal):
    """The record itself is damaged; nothing is answered from it until it is mended."""

    exit_code = 5


class NoWorkspace(Refusal):
    """No workspace was found from this folder upward."""

    exit_code = 10


class Busy(Refusal):
    """Another process holds the workspace."""

    exit_code = 11


def trouble(error: Exception) -> Refusal | None:
    """Return the refusal for an error of the database, or None where it is none of its errors."""
    if type(error).__name__ == "NotAnEntry":
        return Damaged(
            f"the store holds a damaged entry: {error}",
            Cure.by("rebuild-store", "make the store anew from the journal"),
        )
    if type(error).__module__ not in ("sqlite3", "eventsourcing.persistence"):
        return None
    message = str(error)
    if "locked" in message or "busy" in message:
        return Busy("another program holds the store or the index", "try again when it is done")
    if "malformed" in message or "not a database" in message:
        return Damaged(
            f"the store or the index is damaged: {message}",
            Cure.by(
                "rebuild-store",
                "make both anew from the journal",
                because="both are made anew from the journal",
            ),
        )
    return Failed(f"the store or the index cannot be used: {message}", "is there room on the disk?")
