"""The names of a small record, the addresses that it has, and parts of drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.errors import Rejected
from negotrack.exchange.parts import DraftPart
from negotrack.exchange.readers.wordings import Issued

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


FACTS = {"document": "draft-1", "title": "First draft", "on": "2023-01-16"}
ISSUED = Issued("0123456789abcdef", "First draft", "2023-01-16", None, "whole", "en")


CODES = {"KEN": "KEN", "Kenya": "KEN", "AUT": "AUT", "EU": "EU", "G77": "G77", "AOSIS": "AOSIS"}


class Named:
    """A record that knows a few delegations, and every target that is no question."""

    def delegation(self, word: str, day: str) -> str:
        """Return a code; the Gold Coast was one until 1957."""
        if word == "Gold Coast" and day < "1957-03-06":
            return "GHA"
        if word not in CODES:
            raise Rejected(f"no delegation {word}")
        return CODES[word]

    def target(self, word: str) -> str:
        """Return the word itself."""
        if word.endswith("?"):
            raise Rejected(f"no target {word}")
        return word


class Book(Named):
    """A record with a few addresses, and a document or none."""

    def __init__(
        self, known: Iterable[str] = (), before: Iterable[str] = (), issued: Issued | None = None
    ) -> None:
        """Begin with what is registered, what had words, and what was issued."""
        self.known, self.before, self.document = set(known), set(before), issued

    def session(self, word: str) -> tuple[str, str]:
        """Return the one session."""
        if word != "s-1":
            raise Rejected(f"no session {word}")
        return word, "2023-01-16/2023-01-20"

    def provisions(self) -> Collection[str]:
        """Return the addresses that are registered."""
        return self.known

    def issued(self, document: str) -> Issued | None:
        """Return the document."""
        return self.document if document == "draft-1" else None

    def worded_before(self, day: str) -> Collection[str]:
        """Return what had words before the first day of the draft."""
        return self.before if day == "2023-01-16" else set()


def part(line: int, address: str, text: str | None = "Text.", **more: Any) -> DraftPart:
    """Return a provision with a text."""
    return DraftPart(line, address, more.pop("title", None), text, **more)
