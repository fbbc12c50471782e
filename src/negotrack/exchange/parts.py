"""What the draft of a text says, whatever form it came in: facts of it, and its provisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.errors import Rejected

if TYPE_CHECKING:
    from negotrack.errors import Refusal

MOST_PROVISIONS = 20_000
MOST_BYTES = 16 << 20
LONGEST_TEXT = 100_000
"""The most provisions of a draft, bytes of its input, and characters of one provision."""

NO_DRAFT = "none"
"""The value of ``draft`` for a document that words provisions and is no draft of the text."""

NEEDED = ("document", "on")
FACTS = (
    *NEEDED, "title", "symbol", "draft", "session", "by", "language", "confidence", "source",
    "source_title", "publisher", "quote", "retrieved", "sources", "note",
)  # fmt: skip
"""What can be said of a draft as a whole."""


class DraftPart(NamedTuple):
    """A provision of a draft; ``is_new`` where it says that it was not in the text before."""

    line: int
    address: str
    title: str | None = None
    text: str | None = None
    formerly: str | None = None
    is_new: bool = False

    @property
    def is_worded(self) -> bool:
        """Whether it says anything; what does not only holds its parts together."""
        return bool(self.title or self.text)


class DraftDocument(NamedTuple):
    """What an input says: facts of the document, the lines of these, provisions; what is wrong."""

    facts: dict[str, str]
    lines: dict[str, int]
    parts: list[DraftPart]
    faults: list[tuple[int, Refusal]]


def too_long(address: str) -> Rejected:
    """Return what to raise for a provision with more text than an entry can have."""
    return Rejected(
        f"the text of {address} is longer than {LONGEST_TEXT:,} characters",
        "divide it into provisions",
    )


def too_many() -> Rejected:
    """Return what to raise for a draft with more provisions than one can have."""
    return Rejected(f"more than {MOST_PROVISIONS:,} provisions", "is it one draft?")
