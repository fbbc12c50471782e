"""The names that maps of foreign forms are tried with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from exchange.book import FACTS, Book, Named
from negotrack.errors import Refusal
from negotrack.exchange.parts import DraftDocument, DraftPart
from negotrack.exchange.readers.wordings import drafts
from shorthand import DEMO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@pytest.fixture
def names() -> Named:
    """Return the names of a small record."""
    return Named()


@pytest.fixture
def results_of() -> Callable[[Iterable[tuple[int, Callable[[], Any]]]], list[tuple[int, Any]]]:
    """Return what reads everything: with each line an entry, or the sentence of a refusal."""

    def reader(items: Iterable[tuple[int, Callable[[], Any]]]) -> list[tuple[int, Any]]:
        results: list[tuple[int, Any]] = []
        for line, read in items:
            try:
                results.append((line, read()))
            except Refusal as refusal:
                results.append((line, str(refusal)))
        return results

    return reader


@pytest.fixture
def take(results_of: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Return what makes entries of provisions, each given as ``(address, title, text, ...)``."""

    def taker(*given_parts: DraftPart, book: Book | None = None, **facts: str) -> list[Any]:
        given_facts = {key: text for key, text in (FACTS | facts).items() if text}
        lines = {key: number for number, key in enumerate(given_facts, 2)}
        draft = DraftDocument(given_facts, lines, list(given_parts), [])
        return [result for _, result in results_of(drafts(draft, DEMO, book or Book()))]

    return taker
