"""Drafts that do not fit the texts of their days: what a decision about them asks of the index.

Where the record has no text of a target yet, nothing can be said against what acts on it: the text
may be logged later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.catalogue import kind_of
from negotrack.domain.dates import span
from negotrack.domain.entries import Erratum
from negotrack.domain.entry_types import ACTS_ON_WORDS, TEXTS
from negotrack.domain.names import ENGLISH
from negotrack.domain.rules.errata import counting, root_change, root_of
from negotrack.domain.specification import Effective
from negotrack.errors import Cure, Rejected
from negotrack.facts.query import Query, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.domain.rules.errata import Archive
    from negotrack.errors import Refusal
    from negotrack.facts.acts import Act
    from negotrack.index.index import Index
    from negotrack.projections.texts.inapplicable import Inapplicable
    from negotrack.projections.texts.offer import Offer


class TextsOfDays:
    """The texts that a draft is held against when it is logged: those of its day."""

    def __init__(self, index: Index, archive: Archive) -> None:
        """Read from an index that is caught up, and from what the transaction holds."""
        self._index, self._archive = index, archive

    def inapplicable(self, drafts: Sequence[StoredEntry]) -> Iterator[Refusal]:
        """Yield why drafts do not fit: their words are not in the text, what they amend is gone."""
        for draft in drafts:
            entry, corrected = draft.entry, None
            if isinstance(entry, Erratum):
                change = root_change(draft, self._archive)
                if change.after in (None, change.before):
                    continue
                corrected, entry = change.root, change.after
            if entry is not None and kind_of(entry).type in ACTS_ON_WORDS:
                yield from self._of_act(entry, corrected)

    def _of_act(self, entry: Entry, corrected: str | None) -> Iterator[Refusal]:
        """Yield what a new act brings out of fit, or one that stands in the place of another."""
        from negotrack.facts.acts import act_of
        from negotrack.projections.texts.inapplicable import inapplicable_acts
        from negotrack.questions.texts import Texts, TextScope

        query = Query(entry.negotiation, When(span(entry.on).last))
        language = getattr(entry, "language", ENGLISH)
        texts = Texts(self._index.slices, query, language, TextScope(entry.target))
        own = act_of(Effective("", entry))
        yield from _dead(texts.drafting.offers.get(own.target or ""))
        before = {(one.rule, one.finding) for one in inapplicable_acts(texts.acts)}
        acts = [*(act for act in texts.acts if act.id != corrected), own]
        if corrected is not None:
            acts.sort(key=lambda act: act.place)
        for one in inapplicable_acts(acts):
            if (one.rule, one.finding) not in before:
                yield Rejected(one.finding, one.cure)


def _dead(offer: Offer | None) -> Iterator[Refusal]:
    while offer is not None:
        if offer.settled is not None and offer.settled.outcome == "withdrawn":
            yield Rejected(
                f"{offer.slug} was withdrawn on {offer.settled.on}",
                Cure.by("amend-pending", "amend what is on the table"),
            )
        offer = offer.parent


class TextsTogether:
    """The texts that the drafts of one import are held against: what all of them make, at the end.

    What the record had before, as the index has it, is nobody's fault.
    """

    def __init__(self, index: Index, archive: Archive) -> None:
        """Read from the index before the import, and from what the transaction holds."""
        self._index, self._archive = index, archive
        self._drafts: dict[str, tuple[int, StoredEntry]] = {}
        self._errata: list[tuple[int, str]] = []

    def note(self, number: int, draft: StoredEntry) -> None:
        """Note a draft with its line, if it is about texts or an erratum."""
        if isinstance(draft.entry, Erratum):
            self._errata.append((number, draft.entry.entry))
        elif kind_of(draft.entry).type in TEXTS:
            self._drafts[draft.id] = number, draft

    def faults(self) -> list[tuple[int, Refusal]]:
        """Return the lines of drafts that do not fit, each with a refusal."""
        lines = {entry_id: number for entry_id, (number, _) in self._drafts.items()}
        fresh = {entry_id: draft.entry for entry_id, (_, draft) in self._drafts.items()}
        corrected: dict[str, Entry] = {}
        for number, about in self._errata:
            root, group = root_of(about, self._archive)
            entry = counting(root, group)
            if entry is not None and kind_of(entry).type in TEXTS:
                lines[root], corrected[root] = number, entry
        faults: list[tuple[int, Refusal]] = []
        for negotiation in sorted({entry.negotiation for entry in (fresh | corrected).values()}):
            for entry_id, refusal in self._of_negotiation(negotiation, fresh, corrected):
                faults.append((lines[entry_id], refusal))
        return sorted(faults, key=lambda fault: (fault[0], str(fault[1])))

    def _of_negotiation(
        self, negotiation: str, fresh: dict[str, Entry], corrected: dict[str, Entry]
    ) -> Iterator[tuple[str, Refusal]]:
        from negotrack.facts.acts import act_of
        from negotrack.projections.texts.inapplicable import inapplicable_acts

        before = list(self._index.slices.acts(Query(negotiation)))
        new = {
            entry_id: act_of(Effective(entry_id, entry))
            for entry_id, entry in (fresh | corrected).items()
            if entry.negotiation == negotiation
        }
        known = set(map(_fault, inapplicable_acts(before))) if corrected else set()
        acts = _in_order([*(act for act in before if act.id not in new), *new.values()])
        for one in inapplicable_acts(acts):
            if one.entry in fresh or (one.entry in corrected and _fault(one) not in known):
                yield one.entry, Rejected(one.finding, one.cure)


def _fault(one: Inapplicable) -> tuple[str, str, str]:
    return one.rule, one.entry, one.finding


def _in_order(acts: Iterable[Act]) -> list[Act]:
    return sorted(acts, key=lambda act: act.place)
