"""Running text, as people get it instead of a table: passages with their marks and notes."""

from __future__ import annotations

from typing import NamedTuple


class Run(NamedTuple):
    """Words of a running text, and how they are marked.

    ``kind`` is ``same``, ``deleted``, ``inserted``, ``moved-away`` or ``moved-here``; ``move``
    numbers a passage that moved, ``layer`` is 2 for what an amendment of an amendment does.
    """

    kind: str
    words: str
    move: int = 0
    layer: int = 1


class Passage(NamedTuple):
    """A piece of running text with its heading, and the notes that stand under it."""

    heading: str
    runs: tuple[Run, ...]
    notes: tuple[str, ...] = ()
