"""The texts of a negotiation on a day: what is read for a question, and the answers to it.

A question about one provision reads what was done about it; a question about the whole text reads
the drafts that make it. Both give what the plain fold over everything would
(:mod:`negotrack.projections.texts.text`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.addresses import is_below
from negotrack.domain.entry_types import PROVISION_WORDED
from negotrack.domain.names import ENGLISH, unknown
from negotrack.errors import Cure, Rejected, Usage
from negotrack.facts.query import several
from negotrack.projections.texts.text import TextState, fold_text
from negotrack.questions.asking import AskedOfTarget, each

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Unpack

    from negotrack.facts.acts import Act
    from negotrack.facts.query import Query
    from negotrack.index.slices import Slices
    from negotrack.projections.texts.blame import Attribution, Survival
    from negotrack.projections.texts.consolidate import Consolidated
    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.open_ import OpenCount, OpenPoint
    from negotrack.projections.texts.provisions import Provision
    from negotrack.questions.asking import Asked, Asker, Words
    from negotrack.questions.names import NameBook
    from negotrack.storage import Storage


class Wording(NamedTuple):
    """What a provision says somewhere: its heading and its text, by whom, since when."""

    title: str | None
    text: str
    by: tuple[str, ...]
    on: str
    entry: str


class SideText(NamedTuple):
    """A provision on one side of a comparison: its address there, and its heading and text."""

    address: str
    text: str


class Side(NamedTuple):
    """One of two texts to be compared: what it is called, and its provisions.

    ``parts`` are by their identities: the id of the entry that first worded the provision, which
    no renumbering changes, or its address where that is not known. ``offer`` is the amendment or
    the proposal that the text is of. ``of_parts`` says that it has no more than it words: what it
    has not is not deleted in it.
    """

    name: str
    parts: dict[str, SideText]
    offer: Offer | None = None
    of_parts: bool = False


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

    def __init__(self, slices: Slices, query: Query, language: str, scope: TextScope) -> None:
        """Ask an index that is caught up."""
        self._slices, self._query, self.language, self._scope = slices, query, language, scope

    @cached_property
    def acts(self) -> list[Act]:
        """What was done about texts by the day, in canonical order: as much as is asked about."""
        from negotrack.index import relevant_acts

        slices, query, scope = self._slices, self._query, self._scope
        if scope.about is not None:
            return relevant_acts.acts_on(slices, query, scope.about, self.language)
        if scope.documents:
            return relevant_acts.acts_of_documents(slices, query, *scope.documents)
        last = (
            relevant_acts.acts_since_last_draft(slices, query, self.language)
            if scope.only_words
            else None
        )
        return list(slices.acts(query)) if last is None else last

    @cached_property
    def drafting(self) -> TextState:
        """The text on the table, with all that is offered to change it."""
        return fold_text(self.acts, self.language)

    def provisions(self, target: str | None = None) -> list[Provision]:
        """Return the provisions of the text, in its order: all, or one and those below it.

        Raises :class:`~negotrack.errors.Rejected` where there is no such text, naming the languages
        in which there is one.
        """
        state = self.drafting
        chosen = state.provisions if target is None else state.below(target)
        if not chosen:
            others = sorted(state.languages - {self.language})
            what = target or "the negotiation"
            raise Rejected(
                f"no text of {what} in {self.language} by {self._query.when.as_of}",
                Cure.by(
                    "choose-language", f"it is there in {', '.join(others)}", language=others[0]
                )
                if others
                else Cure.by("import-draft", "issue a draft"),
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
        acts = [
            a
            for a in self.acts
            if a.type == PROVISION_WORDED
            and a.fields["document"] == slug
            and a.language == self.language
        ]
        acts.sort(key=lambda a: a.fields.get("place", 0))
        wordings: dict[str, Wording] = {}
        for a in acts:
            wording = Wording(
                a.fields.get("title"), a.fields.get("text", ""), a.parties, a.on, a.id
            )
            wordings.setdefault(str(a.target), wording)
        return wordings

    def offer(self, name: str) -> Offer:
        """Return an amendment or a proposal; :class:`Rejected` where it has no words here."""
        offer = self.drafting.offers.get(name)
        if offer is None:
            raise Rejected(*unknown("amendment or proposal", name, self.drafting.offers))
        return offer

    def offers(self, target: str | None = None) -> list[Offer]:
        """Return what is on the table to change the text, in the order of the text."""
        order = {id(p): n for n, p in enumerate(self.drafting.provisions)}
        waiting = [o for o in self.drafting.offers.values() if o.is_on_the_table]
        waiting.sort(key=lambda o: (order.get(id(o.provision), len(order)), o.on, o.slug))
        return [o for o in waiting if target is None or _is_about(o, target)]

    def side(self, label: str, noun: str = "", name: str | None = None) -> Side:
        """Return one side of a comparison: a document, an offer or provisions; without a name, all.

        Raises :class:`~negotrack.errors.Usage` for an offer whose words are not known.
        """
        if noun == "document" and name is not None:
            return self._side_of_document(label, name)
        if noun in ("amendment", "proposal") and name is not None:
            return _side_of_offer(label, self.offer(name))
        parts = {
            p.identity: SideText(str(p.address), _with_title(p.title, p.text))
            for p in self.provisions(name)
        }
        return Side(label, parts)

    def _side_of_document(self, label: str, slug: str) -> Side:
        wordings = self.document(slug)
        if not wordings:
            self.provisions(slug)  # says in which languages there is one
        identities = self.identities(slug)
        parts = {
            identities.get(address, address): SideText(address, _with_title(w.title, w.text))
            for address, w in wordings.items()
        }
        return Side(label, parts, of_parts=slug in self.drafts_of_parts)

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

        state = self.drafting
        return [c for provision in self.provisions(target) for c in attributions(state, provision)]

    def fates(self, name: str) -> list[Survival]:
        """Return where the words of an amendment or a proposal went."""
        from negotrack.projections.texts.blame import survivals

        return survivals(self.drafting, self.offer(name))

    def points(self, target: str | None = None) -> list[OpenPoint]:
        """Return what is open."""
        from negotrack.projections.texts.open_ import open_points

        return open_points(self.drafting, self._query.when.as_of, target)

    def trend(self, days: list[tuple[str, str]]) -> list[OpenCount]:
        """Return how much was open at the end of each of some days, which have names."""
        from negotrack.projections.texts.open_ import count

        return [
            count(fold_text([a for a in self.acts if a.last <= day], self.language), day, name)
            for name, day in days
        ]


def _side_of_offer(label: str, offer: Offer) -> Side:
    from negotrack.projections.texts.open_ import where

    address = offer.new or where(offer) or offer.target or offer.slug
    if offer.text is None:
        raise Usage(
            f"{offer.slug} has no words to compare: {offer.trouble or 'they are not known'}",
            "compare provisions or documents",
        )
    key = address if offer.provision is None or offer.adds else offer.provision.identity
    return Side(label, {key: SideText(address, offer.text)}, offer, of_parts=True)


def _with_title(title: str | None, text: str) -> str:
    """Return a text with its heading in a line of its own, so that a new heading is seen, too."""
    return "\n".join(part for part in (title, text) if part)


def _is_about(offer: Offer, target: str) -> bool:
    """Whether an offer is a target, or would change it, a part of it, or an offer that is it."""
    above: Offer | None = offer
    while above is not None:
        if above.slug == target:
            return True
        above = above.parent
    provision = offer.root.provision
    addresses = (offer.new, offer.target, None if provision is None else provision.address)
    return any(address is not None and is_below(address, target) for address in addresses)


class ProvisionText(NamedTuple):
    """What a provision says on a day.

    ``provision`` is its address, ``since`` the day from which it says so and ``by`` who gave it
    these words; ``document`` the draft that has them, ``entry`` the entry. What stands in square
    brackets is not agreed.
    """

    provision: str
    title: str | None
    text: str
    since: str | None
    by: tuple[str, ...]
    document: str | None
    entry: str | None


class TextQuestions:
    """The texts of a negotiation on a day: called, it hands them out, to be asked further."""

    def __init__(self, storage: Storage, asker: Asker, names: NameBook) -> None:
        """Ask a record."""
        self._storage, self._asker, self._names = storage, asker, names

    def __call__(
        self,
        query: Query | None = None,
        /,
        language: str = ENGLISH,
        about: str | None = None,
        *,
        documents: tuple[str, ...] = (),
        only_words: bool = False,
        **asked: Unpack[Asked],
    ) -> Texts:
        """Return the texts as of the day and the moment of a query.

        With ``about``, only what bears on one provision or one offer is read, with ``documents``
        only some drafts, with ``only_words`` only what the text says now; and only that may be
        asked then.
        """
        query = self._asker.query(query, asked)
        scope = TextScope(about, documents, only_words)
        return Texts(self._storage.index.slices, query, language, scope)

    def text(
        self, query: Query | None = None, /, language: str = ENGLISH, **asked: Unpack[AskedOfTarget]
    ) -> list[ProvisionText]:
        """Return what the text says: all of it, or the targets of a query and what is below them.

        An article of which only paragraphs are worded may be asked for, too.
        """
        words = asked.pop("target", None)
        query = self._asker.query(query, asked, AskedOfTarget.__optional_keys__)
        addresses = several(query.target) if words is None else self._addresses(words, query)
        targets = addresses or (None,)
        provisions = {
            str(provision.address): provision
            for target in targets
            for provision in self(query, language, target, only_words=target is None).provisions(
                target
            )
        }
        return [_provision_text(provision) for provision in provisions.values()]

    def _addresses(self, words: Words, query: Query) -> tuple[str, ...]:
        def address(word: str) -> str:
            return self._names.addressed(word, "provision", negotiation=query.negotiation)[1]

        return several(each(words, "target", address))


def _provision_text(provision: Provision) -> ProvisionText:
    last = provision.readings[-1] if provision.readings else None
    return ProvisionText(
        str(provision.address),
        provision.title,
        provision.text,
        last and last.on,
        last.by if last else (),
        provision.document,
        last and last.entry,
    )
