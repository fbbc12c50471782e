"""The draft of a text as entries: the document, its provisions, and the words of each.

Every form in which drafts come is read into a :class:`~negotrack.exchange.parts.DraftDocument`.
What such a draft means for the record is decided here, once for all forms.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, Protocol, get_args

from negotrack.domain.addresses import parents
from negotrack.domain.canonical import well_formed
from negotrack.domain.dates import END_OF_TIME, span
from negotrack.domain.names import ENGLISH, follows
from negotrack.domain.short_ids import in_sentence
from negotrack.domain.values import Confidence, Language
from negotrack.errors import Cure, Refusal, Rejected
from negotrack.exchange.flat import entry_of
from negotrack.exchange.parts import NEEDED, NO_DRAFT, DraftPart
from negotrack.exchange.readers.drafts import Names, given, no_such, sourced
from negotrack.exchange.readers.renumbering import misnumbered, origins
from negotrack.wording.brackets import brackets
from negotrack.wording.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from negotrack.domain.entries import Entry
    from negotrack.exchange.parts import DraftDocument
    from negotrack.exchange.readers.drafts import Item

_FIELD = re.compile(r"`(\w+)`")
_TAG = str(get_args(Language)[1].pattern)


class Issued(NamedTuple):
    """What the record says of a document, in which entry, and the language of its first words.

    ``draft`` is :data:`NO_DRAFT` where it is none; ``language`` is None where it has no words.
    """

    entry: str
    title: str
    on: str
    symbol: str | None
    draft: str
    language: str | None


class DraftRecord(Names, Protocol):
    """What a draft asks of the record, beside what names mean."""

    def session(self, word: str) -> tuple[str, str]:
        """Return the slug of a session and its days; :class:`Rejected` if none."""

    def provisions(self) -> Collection[str]:
        """Return the addresses that are registered."""

    def issued(self, document: str) -> Issued | None:
        """Return what is known of a document."""

    def worded_before(self, day: str) -> Collection[str]:
        """Return the addresses that had words before a day."""


def drafts(draft: DraftDocument, negotiation: str, record: DraftRecord) -> Iterator[Item]:
    """Yield the document, where the record does not have it; then each provision and its words.

    Where anything is wrong, only refusals are yielded: all that were met, with their lines.
    """
    cells, faults = _cells(draft, record)
    faults += [*draft.faults, *_doubles(draft.parts), *misnumbered(draft.parts)]
    faults += [*_unbalanced(draft.parts), *([] if draft.faults else _wordless(draft.parts))]
    if not faults:
        issue = _Issue(draft, cells, negotiation, record)
        faults = list(issue.faults())
        if not faults:
            yield from issue.items()
    yield from ((line, partial(given, refusal)) for line, refusal in faults)


# -- the facts --------------------------------------------------------------------------------


def _cells(
    draft: DraftDocument, record: DraftRecord
) -> tuple[dict[str, str], list[tuple[int, Refusal]]]:
    """Return what every entry of a draft says, as the cells of a row, and what is wrong with it."""
    facts, lines = draft.facts, draft.lines
    faults: list[tuple[int, Refusal]] = [
        (1, Rejected(f"the draft has no `{key}`", f"say it at the top, as in `{key}: ...`"))
        for key in NEEDED
        if key not in facts
    ]
    names = ("on", "confidence", "note")
    cells: dict[str, str] = {name: facts[name] for name in names if name in facts}
    day = [END_OF_TIME]
    read: dict[str, Callable[[str], object]] = {
        "on": lambda text: day.insert(0, span(text).last),
        "draft": partial(_one_of, "draft", ("whole", "parts", NO_DRAFT)),
        "confidence": partial(_one_of, "confidence", get_args(Confidence)),
        "language": _check_language,
        "by": lambda text: cells.update(by=record.delegation(text, day[0])),
        "session": lambda text: cells.update(session=record.session(text)[0]),
        "source": lambda _: cells.update(source_cells(facts)),
    }
    for key, reader in read.items():
        try:
            if key in facts:
                reader(facts[key])
        except Refusal as refusal:
            faults.append((lines.get(key, 1), refusal))
    if "source" not in facts:
        cells |= source_cells(facts)
    return cells, faults


def source_cells(facts: dict[str, str]) -> dict[str, str]:
    """Return the cells for the sources of a draft."""
    if "sources" in facts:
        return {"sources": facts["sources"]}
    cells = sourced({"source": facts.get("source", "")})
    more = {"source_title": "source_title", "publisher": "source_publisher"}
    more |= {"quote": "source_quote", "retrieved": "source_retrieved"}
    for key, cell in more.items():
        if key in facts:
            cells[cell] = facts[key]
    return cells


def _one_of(what: str, known: tuple[str, ...], word: str) -> None:
    if word not in known:
        raise no_such(what, word, known)


def _check_language(text: str) -> None:
    if not follows(_TAG, text):
        raise Rejected(f"{text[:60]!r} is no tag of a language", "write it like fr or zh-Hant")


# -- the provisions ---------------------------------------------------------------------------


def _doubles(parts: Iterable[DraftPart]) -> Iterator[tuple[int, Refusal]]:
    first: dict[str, int] = {}
    for part in parts:
        if part.address in first:
            yield (
                part.line,
                Rejected(
                    f"two provisions {part.address}: the other is in line {first[part.address]}",
                    "give each an address of its own",
                ),
            )
        first.setdefault(part.address, part.line)


def _unbalanced(parts: Iterable[DraftPart]) -> Iterator[tuple[int, Refusal]]:
    for part in parts:
        try:
            brackets(words(part.text or ""))
        except Refusal as refusal:
            yield part.line, refusal


def _wordless(parts: list[DraftPart]) -> Iterator[tuple[int, Refusal]]:
    """Yield what has no words and no parts with words that it would hold together."""
    if not parts:
        yield 1, Rejected("the draft has no provisions", "write each under its address: # art-6")
    above = {parent for part in parts if part.is_worded for parent in parents(part.address)}
    for part in parts:
        if not part.is_worded and part.address not in above:
            yield (
                part.line,
                Rejected(f"{part.address} has no words", "give it a text, or a heading"),
            )


class _Issue:
    """A draft that is well-formed, on its way into the record."""

    def __init__(
        self, draft: DraftDocument, cells: dict[str, str], negotiation: str, record: DraftRecord
    ) -> None:
        self._facts, self._lines, self._parts = draft.facts, draft.lines, draft.parts
        self._cells, self._negotiation, self._record = cells, negotiation, record
        self._known = record.issued(self._facts["document"])

    def faults(self) -> Iterator[tuple[int, Refusal]]:
        """Yield each line whose facts are invalid, or differ from those of the record."""
        probe = DraftPart(1, "title", text="...")
        for read in (self._document, partial(self._wording, probe, 1, None)):
            try:
                well_formed(read())
            except Refusal as refusal:
                named = [w for w in _FIELD.findall(refusal.sentence) if w in self._lines]
                yield self._lines[named[0]] if named else 1, refusal
                return
        if self._known is None:
            if "title" not in self._facts:
                yield 1, Rejected("the draft has no `title`", "the record does not have it yet")
            return
        for key, recorded in self._recorded_facts(self._known).items():
            stated = self._facts.get(key, "whole" if key == "draft" else recorded)
            if stated != recorded:
                yield (
                    self._lines.get(key, 1),
                    _differs(self._facts["document"], key, recorded, self._known),
                )

    def _recorded_facts(self, known: Issued) -> dict[str, str]:
        """Return the facts of the record that a draft must repeat where it states them.

        A translation has a title, and may have a day, of its own.
        """
        facts = {"symbol": known.symbol or "", "draft": known.draft}
        if known.language in (None, self._language):
            facts |= {"title": known.title, "on": known.on}
        return facts

    @property
    def _language(self) -> str:
        return self._facts.get("language", ENGLISH)

    def items(self) -> Iterator[Item]:
        """Yield what the record is to take in."""
        if self._known is None:
            yield self._lines.get("document", 1), self._document
        seen = set(self._record.provisions())
        day = span(self._facts["on"]).first
        before = origins(self._parts, partial(self._record.worded_before, day))
        place = 0
        for part in self._parts:
            for address in (*parents(part.address), part.address):
                if address not in seen:
                    seen.add(address)
                    title = part.title if address == part.address else None
                    yield part.line, partial(self._registration, address, title)
            if part.is_worded:
                place += 1
                former = before.get(part.address)
                yield part.line, partial(self._wording, part, place, former)

    def _document(self) -> Entry:
        facts = self._facts
        kind = facts.get("draft", "whole")
        return self._entry(
            self._cells,
            type="document",
            document=facts["document"],
            title=facts.get("title", "..."),
            symbol=facts.get("symbol", ""),
            draft="" if kind == NO_DRAFT else kind,
        )

    def _registration(self, address: str, title: str | None) -> Entry:
        """Return the entry that makes a provision known; it rests on what the draft rests on."""
        cells = {k: v for k, v in self._cells.items() if k not in ("by", "note")}
        return self._entry(cells, type="provision", provision=address, title=title or "")

    def _wording(self, part: DraftPart, place: int, formerly: str | None) -> Entry:
        return self._entry(
            self._cells,
            type="wording",
            document=self._facts["document"],
            target=part.address,
            title=part.title or "",
            text=part.text or "",
            place=str(place),
            formerly=formerly or "",
            language="" if self._language == ENGLISH else self._language,
        )

    def _entry(self, cells: dict[str, str], **more: str) -> Entry:
        return entry_of(cells | more, self._negotiation)  # type: ignore[return-value]


def _differs(document: str, key: str, recorded: str, known: Issued) -> Rejected:
    has = f"the {key} {recorded!r}" if recorded and recorded != NO_DRAFT else f"no {key}"
    return Rejected(
        f"{document} has {has} in the record",
        Cure.by(
            "correct", "write it so, or correct that", entry=in_sentence(known.entry), field=key
        ),
    )
