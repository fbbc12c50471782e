"""The names that maps of foreign forms are tried with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from negotrack.errors import Refusal, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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


@pytest.fixture
def names() -> Named:
    """Return the names of a small record."""
    return Named()


@pytest.fixture
def told() -> Callable[[Iterable[tuple[int, Callable[[], Any]]]], list[tuple[int, Any]]]:
    """Return what reads everything: with each line an entry, or the sentence of a refusal."""

    def teller(items: Iterable[tuple[int, Callable[[], Any]]]) -> list[tuple[int, Any]]:
        found: list[tuple[int, Any]] = []
        for line, read in items:
            try:
                found.append((line, read()))
            except Refusal as refusal:
                found.append((line, str(refusal)))
        return found

    return teller
