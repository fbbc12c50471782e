"""A provision through all drafts: what it said when, and the brackets in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.errors import Rejected
from negotrack.wording.brackets import Bracket, brackets
from negotrack.wording.changes import least
from negotrack.wording.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator


class Reading(NamedTuple):
    """A text that a provision had: from which entry and day, whose words, under which address.

    ``document`` is the draft that says so, None where an amendment or a bracket made the change;
    ``offer`` is the amendment or proposal that was taken in.
    """

    text: str
    entry: str
    on: str
    by: tuple[str, ...]
    address: str
    document: str | None = None
    offer: str | None = None
    possible: bool = False


class HeldBracket(NamedTuple):
    """Brackets around words: since when, by which entry, and who asked for them, if known."""

    words: str
    since: str
    entry: str
    holders: tuple[str, ...]
    possible: bool


class Lifted(NamedTuple):
    """Brackets that are gone: what was in them, and which entry lifted them, when."""

    bracket: HeldBracket
    on: str
    entry: str


class Settled(NamedTuple):
    """What was decided on something: the outcome, the day and the entry."""

    outcome: str
    on: str
    entry: str


Key = tuple[str, int]
"""What tells the brackets of a text apart: their words, and which of several with these words."""


class Provision:
    """A provision: its address now (None: out of the text), and its readings."""

    def __init__(self, address: str) -> None:
        """Begin without words."""
        self.address: str | None = address
        self.title: str | None = None
        self.document: str | None = None
        self.readings: list[Reading] = []
        self.settled: Settled | None = None
        self._brackets: dict[Key, HeldBracket] = {}
        self._lifted: list[Lifted] = []
        self._followed = 0

    @property
    def identity(self) -> str:
        """The id of the entry that first worded it, in all drafts; its address without one."""
        return self.readings[0].entry if self.readings else str(self.address)

    @property
    def text(self) -> str:
        """What it says, with its brackets; empty where it has only a heading."""
        return self.readings[-1].text if self.readings else ""

    def read(self, reading: Reading) -> None:
        """Take in another text; what was decided on other words does not hold for it."""
        if not self.readings or self.text != reading.text:
            self.settled = None
        self.readings.append(reading)

    # -- brackets -------------------------------------------------------------------------------

    @property
    def brackets(self) -> dict[Key, HeldBracket]:
        """The brackets in the text, by their words and which of several such."""
        self._follow()
        return self._brackets

    @property
    def lifted(self) -> list[Lifted]:
        """The brackets that were in it, each with the reading that no longer had them."""
        self._follow()
        return self._lifted

    def hold(self, key: Key, parties: tuple[str, ...]) -> None:
        """Note that parties, too, ask for brackets that are in the text."""
        bracket = self.brackets[key]
        holders = dict.fromkeys((*bracket.holders, *parties))
        self._brackets[key] = bracket._replace(holders=tuple(holders))

    def _follow(self) -> None:
        """Follow the brackets through the readings that nobody asked about yet."""
        while self._followed < len(self.readings):
            reading = self.readings[self._followed]
            before = self.readings[self._followed - 1].text if self._followed else ""
            self._followed += 1
            if reading.text != before:
                self._step(before, reading)

    def _step(self, before: str, reading: Reading) -> None:
        """Go from one text to the next: a bracket goes on where it stood, else by its words."""
        gone, self._brackets = self._brackets, {}
        former = _places(before, reading.text) if gone else {}
        now = list(keyed(reading.text))
        stayed = {key: former[b.start] for b, key in now if former.get(b.start) in gone}
        for bracket, key in now:
            fresh = HeldBracket(bracket.words, reading.on, reading.entry, (), reading.possible)
            known = stayed.get(key)
            if known is None and key not in stayed.values():
                known = key
            previous = fresh if known is None else gone.pop(known, fresh)
            self._brackets[key] = previous._replace(words=bracket.words)
        self._lifted += [Lifted(previous, reading.on, reading.entry) for previous in gone.values()]


def keyed(text: str) -> Iterator[tuple[Bracket, Key]]:
    """Yield the brackets of a text, each with its key.

    Nothing where they do not balance: only a merge lets such a text in, and ``check`` reports it.
    """
    if "[" not in text:
        return
    try:
        in_text = brackets(words(text))
    except Rejected:
        return
    seen: dict[str, int] = {}
    for bracket in in_text:
        plain = " ".join(bracket.words.split())
        seen[plain] = seen.get(plain, 0) + 1
        yield bracket, (plain, seen[plain])


def _places(before: str, now: str) -> dict[int, Key]:
    """Return where the brackets of a text begin in the one that it became, with their keys."""
    edits = least(words(before), words(now))
    positions: dict[int, Key] = {}
    for bracket, key in keyed(before):
        grown = 0
        for edit in edits:
            if edit.start > bracket.start:
                break
            grown += len(edit.words) - (edit.end - edit.start)
        if not any(edit.start <= bracket.start < edit.end for edit in edits):
            positions[bracket.start + grown] = key
    return positions
