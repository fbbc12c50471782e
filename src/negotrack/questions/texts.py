"""The texts of a negotiation on a day: what is read for a question, and the answers to it.

A question about one provision reads what was done about it; a question about the whole text reads
the drafts that make it. Both give what the plain fold over everything would
(:mod:`negotrack.projections.texts.text`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.addresses import is_below
from negotrack.domain.names import unknown
from negotrack.errors import Rejected
from negotrack.projections.texts.text import TextState, fold_text

if TYPE_CHECKING:
    from collections.abc import Collection

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.facts.acts import Act
    from negotrack.index.reading import Filter, Index
    from negotrack.projections.texts.blame import Attribution, Survival
    from negotrack.projections.texts.consolidate import Consolidated
    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.open_ import OpenCount, OpenPoint
    from negotrack.projections.texts.provisions import Provision


class Wording(NamedTuple):
    """What a provision says somewhere: its heading and its text, by whom, since when."""

    title: str | None
    text: str
    by: tuple[str, ...]
    on: str
    entry: str


class TextScope(NamedTuple):
    """How much of the texts is asked about; everything where nothing is said.

    ``about`` is one provision with its parts, or one offer; ``documents`` are drafts that are to be
    read or compared; ``only_words`` asks what the text says, not how it came about: then nothing is
    said of how old brackets are, of what is on the table, or of what was decided before.
    """

    about: str | None = None
    documents: tuple[str, ...] = ()
    only_words: bool = False


class Texts:
    """What the texts of a negotiation say, as of the day and the moment of a filter."""

    def __init__(self, index: Index, wanted: Filter, language: str, asked: TextScope) -> None:
        """Ask an index that is caught up."""
        self._index, self._wanted, self.language, self._asked = index, wanted, language, asked

    @cached_property
    def acts(self) -> list[Act]:
        """What was done about texts by the day, in the law's order: as much as is asked about."""
        from negotrack.index import relevant_acts

        index, wanted, asked = self._index, self._wanted, self._asked
        if asked.about is not None:
            return relevant_acts.acts_on(index, wanted, asked.about, self.language)
        if asked.documents:
            return relevant_acts.acts_of_documents(index, wanted, *asked.documents)
        last = (
            relevant_acts.acts_since_last_draft(index, wanted, self.language)
            if asked.only_words
            else None
        )
        return list(index.acts(wanted)) if last is None else last

    @cached_property
    def drafting(self) -> TextState:
        """The text on the table, with all that is offered to change it."""
        return fold_text(self.acts, self.language)

    def provisions(self, target: str | None = None) -> list[Provision]:
        """Return the provisions of the text, in its order: all, or one and those below it.

        Raises :class:`~negotrack.errors.Rejected` where there is no such text, naming the languages
        in which there is one.
        """
        found = self.drafting
        chosen = found.provisions if target is None else found.below(target)
        if not chosen:
            others = sorted(found.languages - {self.language})
            what = target or "the negotiation"
            raise Rejected(
                f"no text of {what} in {self.language} by {self._wanted.as_of}",
                f"it is there in {', '.join(others)}: --language {others[0]}"
                if others
                else "issue a draft: negotrack import DRAFT.md --as draft",
            )
        return chosen

    @cached_property
    def drafts_of_parts(self) -> set[str]:
        """The documents that word parts of the text only."""
        return {a.fields["document"] for a in self.acts if a.fields.get("draft") == "parts"}

    def identities(self, document: str) -> dict[str, str]:
        """Return which provision each address of a draft is of, where that is known."""
        return {
            reading.address: provision.identity
            for provision in (*self.drafting.provisions, *self.drafting.dropped)
            for reading in provision.readings
            if reading.document == document
        }

    def document(self, slug: str) -> dict[str, Wording]:
        """Return the provisions that a document words, by their addresses, in their order."""
        its = [
            a
            for a in self.acts
            if a.type == "provision.worded"
            and a.fields["document"] == slug
            and a.language == self.language
        ]
        its.sort(key=lambda a: a.fields.get("place", 0))
        found: dict[str, Wording] = {}
        for a in its:
            worded = Wording(a.fields.get("title"), a.fields.get("text", ""), a.parties, a.on, a.id)
            found.setdefault(str(a.target), worded)
        return found

    def offer(self, name: str) -> Offer:
        """Return an amendment or a proposal; :class:`Rejected` where it has no words here."""
        found = self.drafting.offers.get(name)
        if found is None:
            raise Rejected(*unknown("amendment or proposal", name, self.drafting.offers))
        return found

    def offers(self, target: str | None = None) -> list[Offer]:
        """Return what is on the table to change the text, in the order of the text."""
        order = {id(p): n for n, p in enumerate(self.drafting.provisions)}
        waiting = [o for o in self.drafting.offers.values() if o.is_on_the_table]
        waiting.sort(key=lambda o: (order.get(id(o.provision), len(order)), o.on, o.slug))
        return [o for o in waiting if target is None or _is_about(o, target)]

    def consolidated(
        self, chosen: Collection[str], target: str | None = None
    ) -> list[Consolidated]:
        """Return the text with the chosen amendments in it, and where they collide."""
        from negotrack.projections.texts.consolidate import consolidated

        names = [self.offer(name).slug for name in chosen]
        return list(consolidated(self.drafting, names, target))

    def credits(self, target: str | None = None) -> list[Attribution]:
        """Return whose words the text is made of, passage by passage."""
        from negotrack.projections.texts.blame import attributions

        found = self.drafting
        return [c for provision in self.provisions(target) for c in attributions(found, provision)]

    def fates(self, name: str) -> list[Survival]:
        """Return where the words of an amendment or a proposal went."""
        from negotrack.projections.texts.blame import survivals

        return survivals(self.drafting, self.offer(name))

    def points(self, target: str | None = None) -> list[OpenPoint]:
        """Return what is open."""
        from negotrack.projections.texts.open_ import open_points

        return open_points(self.drafting, self._wanted.as_of, target)

    def trend(self, days: list[tuple[str, str]]) -> list[OpenCount]:
        """Return how much was open at the end of each of some days, which have names."""
        from negotrack.projections.texts.open_ import count

        return [
            count(fold_text([a for a in self.acts if a.last <= day], self.language), day, name)
            for name, day in days
        ]


def _is_about(offer: Offer, target: str) -> bool:
    """Whether an offer is a target, or would change it, a part of it, or an offer that is it."""
    above: Offer | None = offer
    while above is not None:
        if above.slug == target:
            return True
        above = above.parent
    its = offer.root.provision
    addresses = (offer.new, offer.target, None if its is None else its.address)
    return any(address is not None and is_below(address, target) for address in addresses)


def inapplicable_drafts(
    drafts: dict[str, tuple[int, StoredEntry]], index: Index
) -> list[tuple[int, str]]:
    """Return the lines of drafts that do not fit the texts of their days, each with a sentence.

    ``drafts`` are by id; what the record had before, as the index has it, is nobody's fault.
    """
    from negotrack.domain.specification import Effective
    from negotrack.facts.acts import act_of
    from negotrack.index.reading import Filter
    from negotrack.projections.texts.inapplicable import inapplicable_acts

    fresh: dict[str, list[Act]] = {}
    for _, kept in drafts.values():
        its = fresh.setdefault(kept.entry.negotiation, [])
        its.append(act_of(Effective(kept.id, kept.entry)))
    found: list[tuple[int, str]] = []
    for negotiation, its in fresh.items():
        acts = [*index.acts(Filter(negotiation, "9999-12-31")), *its]
        told = inapplicable_acts(sorted(acts, key=lambda act: act.place))
        found += [(drafts[m.entry][0], m.finding) for m in told if m.entry in drafts]
    return sorted(found)


def _refuse_dead(offer: Offer | None) -> None:
    while offer is not None:
        if offer.settled is not None and offer.settled.outcome == "withdrawn":
            raise Rejected(
                f"{offer.slug} was withdrawn on {offer.settled.on}",
                "amend what is on the table: negotrack amendments lists it",
            )
        offer = offer.parent


def refuse_inapplicable(texts: Texts, draft: Entry, instead_of: str | None = None) -> None:
    """Refuse words that act on words that the text of their day has not, and dead targets.

    The draft may stand in the place of an entry that it corrects. Where the record has no text of
    the target yet, nothing can be said against it: what it acts on may be logged later. Raises
    :class:`~negotrack.errors.Rejected`.
    """
    from negotrack.domain.specification import Effective
    from negotrack.facts.acts import act_of
    from negotrack.projections.texts.inapplicable import inapplicable_acts

    own = act_of(Effective("", draft))
    _refuse_dead(texts.drafting.offers.get(own.target or ""))
    before = {(m.rule, m.finding) for m in inapplicable_acts(texts.acts)}
    others = [act for act in texts.acts if act.id != instead_of]
    together = sorted([*others, own], key=lambda act: act.place) if instead_of else [*others, own]
    for misfit in inapplicable_acts(together):
        if (misfit.rule, misfit.finding) not in before:
            raise Rejected(misfit.finding)
