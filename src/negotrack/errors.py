"""Refusals: every way to say no, each with its sentence, its cure and its exit code."""

from __future__ import annotations


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Something was not done. ``sentence`` says what and why, ``cure`` the next step to take."""

    exit_code = 1

    def __init__(self, sentence: str, cure: str = "") -> None:
        """Keep the sentence and its cure; both are plain text without a final newline."""
        super().__init__(sentence)
        self.sentence = sentence
        self.cure = cure

    def __str__(self) -> str:
        """Return the sentence and the cure as one line."""
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
    """Lines of an input were rejected; ``faults`` are (line number, sentence), the first twenty."""

    def __init__(self, sentence: str, faults: list[tuple[int, str]], count: int) -> None:
        """Keep the first faults and how many there were in all."""
        super().__init__(sentence, "nothing was imported: mend the lines, or use --keep-going")
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
            f"the store holds a damaged entry: {error}", "run `negotrack rebuild --store`"
        )
    if type(error).__module__ not in ("sqlite3", "eventsourcing.persistence"):
        return None
    said = str(error)
    if "locked" in said or "busy" in said:
        return Busy("another program holds the store or the index", "try again when it is done")
    if "malformed" in said or "not a database" in said:
        return Damaged(
            f"the store or the index is damaged: {said}",
            "run `negotrack rebuild --store`: both are made anew from the journal",
        )
    return Failed(f"the store or the index cannot be used: {said}", "is there room on the disk?")
