"""Taking in many entries at once: every fault found, dependencies in any order, nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.lines import Kept, seal
from negotrack.errors import Refusal, Unknown
from negotrack.index.catchup import says

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from negotrack.domain.entries import Entry
    from negotrack.record.application import Writing

SHOWN_FAULTS = 20
_MOST_WAITING = 100_000
_PROGRESS_EVERY = 1_000


class Imported(NamedTuple):
    """What an import did: how many entries were new, known already, and refused."""

    added: int
    known: int
    refused: int
    faults: list[tuple[int, str]]


class Intake:
    """One import under way, inside one transaction."""

    def __init__(
        self,
        writing: Writing,
        stamp: Callable[[Entry], Entry],
        held: Callable[[int], str | None],
        progress: Callable[[str, int], None],
    ) -> None:
        """Take entries into ``writing``; ``held`` finds an entry that says the same already."""
        self._writing = writing
        self._stamp = stamp
        self._held = held
        self._progress = progress
        self._said: set[int] = set()
        self._waiting: list[tuple[int, Kept]] = []
        self._faults: list[tuple[int, str]] = []
        self._refused = self._known = self._added = 0

    def take(self, items: Iterable[tuple[int, Callable[[], Kept | Entry]]]) -> Imported:
        """Take in what can be taken, and return how much that was and what was refused."""
        for count, (number, read) in enumerate(items, 1):
            try:
                self._admit(number, self._sealed(read()))
            except Refusal as refusal:
                self._refuse(number, refusal)
            if count % _PROGRESS_EVERY == 0:
                self._progress("reading", count)
        self._take_waiting()
        faults = sorted(self._faults)[:SHOWN_FAULTS]
        return Imported(self._added, self._known, self._refused, faults)

    def _sealed(self, incoming: Kept | Entry) -> Kept | None:
        """Return the entry to admit; None for a draft that says what is known already."""
        if isinstance(incoming, Kept):
            return incoming
        digest = says(incoming)
        if digest in self._said or self._held(digest) is not None:
            self._known += 1
            return None
        self._said.add(digest)
        return seal(self._stamp(incoming))

    def _admit(self, number: int, kept: Kept | None) -> None:
        if kept is None:
            return
        try:
            new = self._writing.admit(kept)
        except Unknown as refusal:
            # What it depends on may come in a later line.
            if len(self._waiting) >= _MOST_WAITING:
                self._refuse(number, refusal)
            else:
                self._waiting.append((number, kept))
            return
        self._added += new
        self._known += not new

    def _take_waiting(self) -> None:
        """Try those that wait until none of them can be taken; then they are refused."""
        while self._waiting:
            tried, self._waiting = self._waiting, []
            for number, kept in tried:
                try:
                    self._admit(number, kept)
                except Refusal as refusal:
                    self._refuse(number, refusal)
            if len(self._waiting) == len(tried):
                break
        for number, kept in self._waiting:
            try:
                self._writing.admit(kept)
            except Refusal as refusal:
                self._refuse(number, refusal)

    def _refuse(self, number: int, refusal: Refusal) -> None:
        self._refused += 1
        if len(self._faults) < SHOWN_FAULTS:
            self._faults.append((number, str(refusal)))
