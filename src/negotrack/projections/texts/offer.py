"""What is offered to change a text: an amendment or a proposal, and what it would make of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.addresses import is_below
from negotrack.domain.outcomes import AGREED
from negotrack.errors import Rejected
from negotrack.projections.texts.terms import Terms, text_asked_for
from negotrack.wording.brackets import brackets
from negotrack.wording.changes import applied, least
from negotrack.wording.rebase import rebased
from negotrack.wording.words import joined, words

if TYPE_CHECKING:
    from negotrack.facts.acts import Act
    from negotrack.projections.texts.provisions import Provision, Settled


class _Result(NamedTuple):
    """The full text that the terms of an offer make, or why there is none; both may be None."""

    text: str | None
    refusal: Rejected | None


class Offer:
    """An amendment or a proposal with a text: what it would make of what, and what became of it.

    ``base`` is the text that it was made on, when it was moved or last revised; None where the
    record had none. ``own`` is the full text that it would make of it, None where its words are not
    known or not there (``trouble`` says so); ``text`` is that with the amendments of it that were
    adopted.
    """

    def __init__(self, act: Act, slug: str, noun: str, terms: Terms) -> None:
        """Begin as moved; :meth:`place` says to what."""
        self.slug, self.noun, self.terms, self.target = slug, noun, terms, act.target
        self.title = str(act.fields["title"])
        self.parties = act.parties
        self.on, self.entry, self.possible = act.on, act.id, act.possible
        self.adds: str | None = act.fields.get("provision")
        self.behind: str | None = act.fields.get("behind")
        self.provision: Provision | None = None
        self.parent: Offer | None = None
        self.base: str | None = None
        self.settled: Settled | None = None
        self._anchor: str | None = None
        self._amended: str | None = None
        self._result: _Result | None = None

    @property
    def new(self) -> str | None:
        """The address of the provision that it would add, as addresses are now; None for none."""
        anchor = None if self.provision is None else self.provision.address
        if self.adds is None or anchor in (None, self._anchor):
            return self.adds
        return _readdressed(self.adds, str(self._anchor), str(anchor))

    @property
    def own(self) -> str | None:
        """The full text that it would make by its own terms; None where they do not tell."""
        return self._work_out().text

    @property
    def text(self) -> str | None:
        """The full text that it would make, with the amendments of it that were adopted."""
        return self.own if self._amended is None else self._amended

    @property
    def refusal(self) -> Rejected | None:
        """Why its words cannot be found in the text that it was made on, if so."""
        return self._work_out().refusal

    @property
    def trouble(self) -> str | None:
        """What :attr:`refusal` says, in plain words."""
        refusal = self.refusal
        return None if refusal is None else str(refusal)

    @property
    def depth(self) -> int:
        """How far it is from the text: 1 for an amendment of a provision, 2 for one of that."""
        return 1 if self.parent is None else self.parent.depth + 1

    @property
    def root(self) -> Offer:
        """The offer to the text that it is, or amends at last."""
        return self if self.parent is None else self.parent.root

    @property
    def is_on_the_table(self) -> bool:
        """Whether nothing became of it, nor of what it amends but that it was adopted."""
        above = self.parent
        fell = above is not None and not (above.is_on_the_table or above.is_adopted)
        return self.settled is None and not fell

    @property
    def is_adopted(self) -> bool:
        """Whether it was agreed or adopted."""
        return self.settled is not None and self.settled.outcome in AGREED

    @property
    def deletes_all(self) -> bool:
        """Whether it would take a whole provision out of the text."""
        terms = self.terms
        return terms.action == "delete" and terms.words is None and terms.full is None

    def place(self, provision: Provision | None, parent: Offer | None) -> None:
        """Note what it was moved on: an offer ``parent``, a provision, or nothing that is known.

        An offer on an offer is on the provision of that one. Its base is the text as it is now.
        """
        self.parent = parent
        self.provision = provision if parent is None else parent.provision
        self._anchor = None if self.provision is None else self.provision.address
        self.rebase()

    def rebase(self) -> None:
        """Work from the text that it acts on as it is now; where there is none, nothing changes."""
        if self.adds is not None:
            self.base = ""
        elif self.parent is not None:
            self.base = self.parent.text
        elif self.provision is not None:
            self.base = self.provision.text
        self._result = None

    def revise(self, terms: Terms, title: str | None = None) -> None:
        """Take in a revision: what was adopted into it before is not in it any more."""
        self.terms, self.title = terms, title or self.title
        self._amended = self._result = None

    def amend(self, text: str) -> None:
        """Take in the full text after an amendment of this offer that was adopted."""
        self._amended = text

    def settle(self, settled: Settled | None) -> None:
        """Note what became of it; None puts it back on the table."""
        self.settled = settled

    def _work_out(self) -> _Result:
        """Return what its terms make of its base, worked out once for each base and terms."""
        if self._result is None:
            self._result = self._worked_out()
        return self._result

    def _worked_out(self) -> _Result:
        try:
            if self.adds is not None or self.base is None:
                text = self.terms.full or (self.terms.text if self.adds else None)
            else:
                text = text_asked_for(self.base, self.terms)
            brackets(words(text or ""))
        except Rejected as refusal:
            return _Result(None, refusal)
        return _Result(text, None)


def merged(offer: Offer, now: str) -> str | None:
    """Return a text after an offer that was made on another; None where it is stale or unknown."""
    return rebased_offer(offer.base, offer.text, now)


def rebased_offer(base: str | None, text: str | None, now: str) -> str | None:
    """Return what a text becomes where another was made another; None where they do not fit.

    Words that it touches may have been changed meanwhile, or its brackets would not balance.
    """
    if text is None or base is None or base == now:
        return text
    then, tokens = words(base), words(now)
    edits = rebased(least(then, words(text)), then, tokens)
    if edits is None:
        return None
    edited = applied(tokens, edits)
    try:
        brackets(edited)
    except Rejected:
        return None
    return joined(edited)


def _readdressed(address: str, former: str, now: str) -> str:
    """Return an address that was given beside, or below, a provision that has another one now."""
    if is_below(address, former):
        return now + address[len(former) :]
    whole, below = former.rpartition("/")[0], now.rpartition("/")[0]
    if whole and below and is_below(address, whole):
        return below + address[len(whole) :]
    return address
