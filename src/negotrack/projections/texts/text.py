"""The text on the table: what each provision says on a day, and what is offered to change it.

The plain fold over everything that was done about a text. A *draft* is a document with wordings of
provisions: a draft of the whole replaces the text, one of parts replaces the provisions that it
words. Between drafts, brackets that are placed or lifted and amendments that are adopted change it.
A provision keeps its identity when a draft gives it another address (``formerly``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.addresses import is_below
from negotrack.domain.entry_types import (
    AMENDMENT_MOVED,
    AMENDMENT_REVISED,
    AMENDMENT_WITHDRAWN,
    BRACKET_LIFTED,
    BRACKET_PLACED,
    DECISION_TAKEN,
    DOCUMENT_ISSUED,
    PROPOSAL_REVISED,
    PROPOSAL_TABLED,
    PROPOSAL_WITHDRAWN,
    PROVISION_WORDED,
)
from negotrack.domain.names import ENGLISH
from negotrack.domain.outcomes import AGREED
from negotrack.errors import Cure, Rejected
from negotrack.projections.texts.offer import Offer, merged
from negotrack.projections.texts.provisions import Provision, Reading, Settled, keyed
from negotrack.projections.texts.terms import Terms, terms_of
from negotrack.wording.brackets import brackets, lifted, placed
from negotrack.wording.changes import Edit, applied
from negotrack.wording.passages import everywhere, find
from negotrack.wording.words import joined, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.facts.acts import Act


class TextState:
    """Everything about the text of a negotiation, in one language, on a day.

    ``provisions`` are those of the text, in its order; ``dropped`` those that were in it;
    ``offers`` are by slug. ``documents`` are the drafts that make the text, the last of the whole
    first. ``stray`` are the ids of acts whose words are not in the text that
    they act on, each with a refusal that says so.
    """

    def __init__(self, language: str) -> None:
        """Begin with an empty text."""
        self.language = language
        self.text: dict[str, Provision] = {}
        self.dropped: list[Provision] = []
        self.offers: dict[str, Offer] = {}
        self.documents: list[str] = []
        self.languages: set[str] = set()
        self.stray: list[tuple[str, Rejected]] = []

    @property
    def provisions(self) -> list[Provision]:
        """The provisions of the text, in its order."""
        return list(self.text.values())

    # -- drafts ---------------------------------------------------------------------------------

    def issued(self, document: Act, wordings: list[Act]) -> None:
        """Take in a draft with its wordings, in the order of their places."""
        is_whole = document.fields["draft"] == "whole"
        before = self.text
        self.text = {} if is_whole else dict(before)
        self.documents = [] if is_whole else self.documents
        self.documents.append(document.fields["document"])
        for former in {str(w.fields.get("formerly")) for w in wordings} & set(self.text):
            del self.text[former]
        for wording, provision in _continued(before, wordings):
            self._word(provision, wording, document)
        kept = {id(provision) for provision in self.text.values()}
        for provision in before.values():
            if id(provision) not in kept:
                if not is_whole:
                    sentence = f"it words {provision.address} anew, and what was there has no place"
                    self._stray(document, sentence)
                provision.address = None
                self.dropped.append(provision)
        if not is_whole:
            self._in_order([address for address in self.text if address not in before])

    def _word(self, provision: Provision, wording: Act, document: Act) -> None:
        address, fields = str(wording.target), wording.fields
        provision.address, provision.document = address, document.fields["document"]
        title = fields.get("title")
        provision.title = title if document.fields["draft"] == "whole" else title or provision.title
        by = wording.parties or document.parties
        provision.read(
            Reading(
                fields.get("text", ""), wording.id, wording.on, by, address,
                provision.document, None, wording.possible,
            )
        )  # fmt: skip
        self.text[address] = provision

    def _in_order(self, fresh: list[str]) -> None:
        """Put provisions that a draft of parts brought where texts are numbered so."""
        for address in sorted(fresh, key=in_the_text):
            provision = self.text.pop(address)
            rest = list(self.text)
            ahead = [a for a in rest if in_the_text(a) < in_the_text(address)]
            place = rest.index(ahead[-1]) + 1 if ahead else 0
            items = list(self.text.items())
            self.text = dict([*items[:place], (address, provision), *items[place:]])

    # -- offers -----------------------------------------------------------------------------------

    def tabled(self, act: Act) -> None:
        """Take in a proposal or an amendment."""
        noun = "amendment" if act.type == AMENDMENT_MOVED else "proposal"
        terms = terms_of(act.fields)
        if noun == "proposal":
            terms = Terms(full=act.fields.get("text"))
        offer = Offer(act, act.fields[noun], noun, terms)
        target = act.target or ""
        offer.place(self.text.get(target), self.offers.get(target))
        self.offers.setdefault(offer.slug, offer)

    def revised(self, act: Act) -> None:
        """Take in a revision of an offer, made on the text as it is then."""
        offer = self.offers.get(act.target or "")
        if offer is None:
            return
        if offer.noun == "proposal":
            if act.fields.get("text") is not None:
                offer.revise(Terms(full=act.fields["text"]), act.fields.get("title"))
            return
        offer.revise(offer.terms.revised(act.fields), act.fields.get("title"))
        offer.rebase()

    def withdrawn(self, act: Act) -> None:
        """Take an offer off the table."""
        offer = self.offers.get(act.target or "")
        if offer is not None:
            offer.settle(Settled("withdrawn", act.on, act.id))

    def decided(self, act: Act) -> None:
        """Take in what became of a provision, of an offer, or of a draft as a whole."""
        settled = Settled(act.fields["outcome"], act.on, act.id)
        if act.fields.get("document") in self.documents:
            self._settle_all(settled)
        offer = self.offers.get(act.target or "")
        if offer is not None:
            offer.settle(None if settled.outcome == "deferred" else settled)
            if settled.outcome in AGREED:
                self._take_in(offer, act)
            return
        for provision in self.below(act.target or ""):
            provision.settled = settled if settled.outcome in AGREED else None

    def _settle_all(self, settled: Settled) -> None:
        """Settle the whole text; once it is adopted, nothing is on the table any more."""
        for provision in self.text.values():
            provision.settled = settled if settled.outcome in AGREED else None
        for offer in self.offers.values() if settled.outcome == "adopted" else ():
            if offer.settled is None:
                offer.settle(settled._replace(outcome="lapsed"))

    def _take_in(self, offer: Offer, act: Act) -> None:
        """Change the text, or the offer above, by an offer that was adopted."""
        above = offer.parent
        if above is not None and not above.is_adopted:
            if above.text is None or offer.text is None:
                return  # whose words nobody knows
            text = merged(offer, above.text)
            if text is None:
                self._stray(act, f"{offer.slug} does not fit {above.slug} as it is then")
            else:
                above.amend(text)
        elif offer.adds is not None:
            self._add(offer, act)
        elif offer.deletes_all and above is None:
            self._drop(offer, act)
        else:
            self._change_by(offer, act)

    def _change_by(self, offer: Offer, act: Act) -> None:
        """Change a provision by an offer that was adopted."""
        provision = offer.provision
        if offer.root.adds is not None:
            provision = self.text.get(str(offer.root.new))
        if provision is None or provision.address is None:
            if self.text and offer.text is not None:
                self._stray(act, f"{offer.slug} is on a provision that is not in the text then")
        elif offer.behind is not None:
            self._move(provision, offer.behind)
        else:
            text = merged(offer, provision.text)
            if text is not None:
                self._change(provision, text, act, offer)
            elif offer.text is not None or offer.trouble is not None:
                self._stray(act, f"{offer.slug} does not fit the text that it was adopted in")

    def _stray(self, act: Act, sentence: str, cure: str | Cure = "") -> None:
        self.stray.append((act.id, Rejected(sentence, cure)))

    def _change(
        self, provision: Provision, text: str, act: Act, offer: Offer | None = None
    ) -> None:
        by = act.parties if offer is None else offer.parties
        slug = None if offer is None else offer.slug
        assert provision.address is not None
        provision.read(
            Reading(text, act.id, act.on, by, provision.address, None, slug, act.possible)
        )

    def _add(self, offer: Offer, act: Act) -> None:
        """Put a new provision behind the one that it was moved on."""
        address, text = str(offer.new), offer.text
        if address in self.text:
            self._stray(act, f"{address} is in the text already")
            return
        if text is None:
            return
        provision = Provision(address)
        self._change(provision, text, act, offer)
        behind = None if offer.provision is None else offer.provision.address
        self._insert({address: provision}, behind)

    def _insert(self, moved: dict[str, Provision], behind: str | None) -> None:
        order: dict[str, Provision] = {}
        rest = {a: p for a, p in self.text.items() if a not in moved}
        last = [a for a in rest if behind is not None and is_below(a, behind)][-1:]
        for address, provision in rest.items():
            order[address] = provision
            if [address] == last:
                order |= moved
        self.text = order | moved

    def _move(self, provision: Provision, behind: str) -> None:
        moved = {str(p.address): p for p in self.below(str(provision.address))}
        if behind in self.text and behind not in moved:
            self._insert(moved, behind)

    def _drop(self, offer: Offer, act: Act) -> None:
        """Take a provision out, with all below it."""
        provision = offer.provision
        address = offer.target if provision is None else provision.address
        gone = [] if address is None else self.below(address)
        if self.text and not gone:
            self._stray(act, f"{offer.slug} deletes what is not in the text then")
        for one in gone:
            del self.text[str(one.address)]
            one.address = None
            self.dropped.append(one)

    # -- brackets ---------------------------------------------------------------------------------

    def bracketed(self, act: Act) -> None:
        """Put words in brackets; where they are in brackets already, one more asks for them."""
        provision = self._bracketing(act)
        if provision is None:
            return
        try:
            start, end, is_there = _to_bracket(provision, act)
        except Rejected as refusal:
            self.stray.append((act.id, refusal))
            return
        tokens = words(provision.text)
        beside = words(act.fields.get("text", ""))
        edits = _beside(tokens, start, beside) if is_there else placed(tokens, start, end, beside)
        if edits:
            self._change(provision, joined(applied(tokens, edits)), act)
        for bracket, key in keyed(provision.text):
            if bracket.start == start or provision.brackets[key].entry == act.id:
                provision.hold(key, act.parties)

    def _bracketing(self, act: Act) -> Provision | None:
        """Return the provision that an act on brackets names; a stray where a text has it not."""
        provision = self.text.get(act.target or "")
        if provision is None and self.text:
            self._stray(act, f"{act.target} is not in the text then")
        return provision

    def unbracketed(self, act: Act) -> None:
        """Take brackets away, with the alternatives beside them."""
        provision = self._bracketing(act)
        if provision is None:
            return
        plain = " ".join(act.fields["words"].split())
        tokens = words(provision.text)
        nth = act.fields.get("nth", 1)
        bracket = next((b for b, key in keyed(provision.text) if key == (plain, nth)), None)
        if bracket is None:
            sentence = f"no brackets around ‘{plain}’ in {provision.address}"
            self._stray(act, sentence, Cure.by("list-brackets", "look at those that there are"))
            return
        keeps = act.fields.get("text")
        edits = lifted(tokens, bracket, None if keeps is None else words(keeps))
        self._change(provision, joined(applied(tokens, edits)), act)

    def below(self, address: str) -> list[Provision]:
        """Return a provision and those below it, in the order of the text."""
        return [p for a, p in self.text.items() if is_below(a, address)]


def _to_bracket(provision: Provision, act: Act) -> tuple[int, int, bool]:
    """Return the start and end of the words to put in brackets, and whether they are in some.

    Where they are, the start is that of these brackets. Without a number, words that stand several
    times are those that are in brackets already. Raises
    :class:`~negotrack.errors.Rejected` where the words are not there, or not in one place.
    """
    tokens, passage, nth = words(provision.text), act.fields["words"], act.fields.get("nth")
    spans = {}
    for bracket in brackets(tokens) if "[" in provision.text else ():
        inside = [n for n in range(bracket.start + 1, bracket.end - 1) if not tokens[n].isspace()]
        if inside:
            spans[inside[0], inside[-1] + 1] = bracket.start
    bracketed = [place for place in everywhere(tokens, passage) if place in spans]
    start, end = bracketed[0] if nth is None and len(bracketed) == 1 else find(tokens, passage, nth)
    if (start, end) in spans:
        return spans[start, end], end, True
    return start, end, False


def _beside(tokens: list[str], start: int, alternative: list[str]) -> tuple[Edit, ...]:
    """Return the change that puts an alternative behind a row of brackets, if it is not there."""
    all_ = brackets(tokens)
    group = next(bracket.group for bracket in all_ if bracket.start == start)
    row = [bracket for bracket in all_ if bracket.group == group]
    plain = joined(alternative).strip()
    if not plain or any(bracket.words == plain for bracket in row):
        return ()
    return (Edit(row[-1].end, row[-1].end, (" ", "[", *words(plain), "]")),)


def _continued(
    before: dict[str, Provision], wordings: list[Act]
) -> Iterator[tuple[Act, Provision]]:
    """Yield each wording of a draft with its provision: one of the text, or a new one.

    A provision goes on under one address only: that of the first wording that names it as its
    former one, else its own.
    """
    claimed = {w.fields.get("formerly") for w in wordings}
    taken: set[int] = set()
    for wording in wordings:
        former = wording.fields.get("formerly")
        address = str(wording.target)
        provision = before.get(former or address)
        if provision is None or id(provision) in taken or (former is None and address in claimed):
            provision = Provision(address)
        taken.add(id(provision))
        yield wording, provision


def in_the_text(address: str) -> tuple[tuple[int, str], ...]:
    """Return what orders addresses as texts are numbered: title, preamble, articles, annexes."""
    parts = address.replace("/", "-").split("-")
    return tuple(
        (int(part), "") if part.isdecimal() else (_FIRST.get(part, 0), part) for part in parts
    )


_FIRST = {"title": -2, "preamble": -1, "annex": 1}


def fold_text(acts: Iterable[Act], language: str = ENGLISH) -> TextState:
    """Return the text on the table after acts in canonical order.

    Wordings belong to their document, which is taken in when it was issued; those of a document
    that is not known, or is no draft, are of no text that is on the table.
    """
    state = TextState(language)
    rest: list[Act] = []
    wordings: dict[str, dict[str, Act]] = {}
    for act in acts:
        if act.type == PROVISION_WORDED:
            state.languages.add(act.language)
            if act.language == language:
                by_address = wordings.setdefault(act.fields["document"], {})
                by_address.setdefault(str(act.target), act)
        elif act.type not in _HAVE_LANGUAGE or act.language == language:
            rest.append(act)
    for act in rest:
        if act.type == DOCUMENT_ISSUED:
            by_address = wordings.get(act.fields["document"], {})
            if act.fields.get("draft") and by_address:
                state.issued(act, _in_place(by_address.values()))
        elif act.type in _DO:
            _DO[act.type](state, act)
    return state


_HAVE_LANGUAGE = frozenset({BRACKET_PLACED, BRACKET_LIFTED, PROPOSAL_TABLED, AMENDMENT_MOVED})
"""What has words of a language of its own, and no say in a text of another."""


def _in_place(wordings: Iterable[Act]) -> list[Act]:
    """Return the wordings of a draft in its order: by place, else as texts are numbered."""
    placed = sorted(wordings, key=lambda w: w.fields.get("place", 0))
    places = [w.fields.get("place", 0) for w in placed]
    if len(set(places)) == len(places):
        return placed
    return sorted(placed, key=lambda w: (w.fields.get("place", 0), in_the_text(str(w.target))))


_DO = {
    BRACKET_PLACED: TextState.bracketed,
    BRACKET_LIFTED: TextState.unbracketed,
    PROPOSAL_TABLED: TextState.tabled,
    PROPOSAL_REVISED: TextState.revised,
    PROPOSAL_WITHDRAWN: TextState.withdrawn,
    AMENDMENT_MOVED: TextState.tabled,
    AMENDMENT_REVISED: TextState.revised,
    AMENDMENT_WITHDRAWN: TextState.withdrawn,
    DECISION_TAKEN: TextState.decided,
}
