"""The text on the table: what each provision says on a day, and what is offered to change it.

The plain fold over everything that was done about a text. A *draft* is a document with wordings of
provisions: a draft of the whole replaces the text, one of parts replaces the provisions that it
words. Between drafts, brackets that are placed or lifted and amendments that are adopted change it.
A provision keeps its identity when a draft gives it another address (``formerly``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.names import ENGLISH
from negotrack.errors import Rejected
from negotrack.projections.offers import Terms, terms_of, wanted
from negotrack.wording.brackets import Bracket, brackets, lifted, placed
from negotrack.wording.carrying import carried
from negotrack.wording.changes import applied, least
from negotrack.wording.passages import find
from negotrack.wording.words import joined, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.index.acts import Act

AGREED = ("agreed", "agreed-ad-referendum", "adopted")
"""The outcomes that settle a provision."""

Address = tuple[str, ...]


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


class Held(NamedTuple):
    """Brackets around words: since when, by which entry, and who asked for them, if known."""

    words: str
    since: str
    entry: str
    holders: tuple[str, ...] = ()


class Lifted(NamedTuple):
    """Brackets that are gone: what was in them, and which entry lifted them, when."""

    held: Held
    on: str
    entry: str


class Settled(NamedTuple):
    """What was decided on something: the outcome, the day and the entry."""

    outcome: str
    on: str
    entry: str


class Provision:
    """A provision through all drafts: its address now (None: out of the text), and its readings."""

    def __init__(self, address: str) -> None:
        """Begin without words."""
        self.address: str | None = address
        self.title: str | None = None
        self.document: str | None = None
        self.readings: list[Reading] = []
        self._held: dict[tuple[str, int], Held] = {}
        self._lifted: list[Lifted] = []
        self._followed = 0
        self.settled: Settled | None = None

    @property
    def identity(self) -> str:
        """What it is known by through all drafts: the entry that first worded it."""
        return self.readings[0].entry if self.readings else str(self.address)

    @property
    def text(self) -> str:
        """What it says, brackets and all; empty where it has only a heading."""
        return self.readings[-1].text if self.readings else ""

    def read(self, reading: Reading) -> None:
        """Take in another text; what was decided on other words does not hold for it."""
        if not self.readings or self.text != reading.text:
            self.settled = None
        self.readings.append(reading)

    @property
    def held(self) -> dict[tuple[str, int], Held]:
        """The brackets in the text, by their words and which of several such."""
        self._follow()
        return self._held

    @property
    def lifted(self) -> list[Lifted]:
        """The brackets that were in it: they are lifted by the text that has them no more."""
        self._follow()
        return self._lifted

    def _follow(self) -> None:
        """Follow the brackets through the readings that nobody asked about yet."""
        while self._followed < len(self.readings):
            reading = self.readings[self._followed]
            before = self.readings[self._followed - 1].text if self._followed else None
            self._followed += 1
            if reading.text == before:
                continue
            gone, self._held = self._held, {}
            for bracket, key in _keyed(reading.text):
                fresh = Held(bracket.words, reading.on, reading.entry)
                self._held[key] = gone.pop(key, fresh)
            self._lifted += [Lifted(held, reading.on, reading.entry) for held in gone.values()]


def _keyed(text: str) -> Iterator[tuple[Bracket, tuple[str, int]]]:
    """Yield the brackets of a text with what tells them apart: words, and which of several."""
    if "[" not in text:
        return
    seen: dict[str, int] = {}
    for bracket in brackets(words(text)):
        plain = " ".join(bracket.words.split())
        seen[plain] = seen.get(plain, 0) + 1
        yield bracket, (plain, seen[plain])


class Offer:
    """An amendment or a proposal with a text: what it would make of what, and what became of it.

    ``base`` is the text that it was made on, when it was moved or last revised; None where the
    record had none. ``wanted`` is the full text that it would make of it, None where its words are
    not known or not there (``trouble`` says so).
    """

    def __init__(self, act: Act, slug: str, noun: str, terms: Terms) -> None:
        """Begin as moved."""
        self.slug, self.noun, self.terms, self.target = slug, noun, terms, act.target
        self.title = str(act.fields["title"])
        self.parties = act.parties
        self.on, self.entry, self.possible = act.on, act.id, act.possible
        self.adds: str | None = act.fields.get("provision")
        self.behind_of: str | None = None
        self.behind: str | None = act.fields.get("behind")
        self.provision: Provision | None = None
        self.parent: Offer | None = None
        self.base: str | None = None
        self.settled: Settled | None = None
        self._wanted: str | None = None
        self._trouble: str | None = None
        self._is_worked_out = False

    @property
    def new(self) -> str | None:
        """The address of the provision that it would add, as addresses are now; None for none."""
        anchor = None if self.provision is None else self.provision.address
        if self.adds is None or anchor in (None, self.behind_of):
            return self.adds
        return _readdressed(self.adds, str(self.behind_of), str(anchor))

    @property
    def wanted(self) -> str | None:
        """The full text that it would make."""
        self._work_out()
        return self._wanted

    @property
    def trouble(self) -> str | None:
        """Why its words cannot be found in the text that it was made on, if so."""
        self._work_out()
        return self._trouble

    @property
    def depth(self) -> int:
        """How far it is from the text: 1 for an amendment of a provision, 2 for one of that."""
        return 1 if self.parent is None else self.parent.depth + 1

    def moved_on(self, base: str | None) -> None:
        """Work from another base."""
        self.base, self._is_worked_out = base, False

    def revised(self, act: Act) -> None:
        """Take in a revision."""
        self.terms = self.terms.revised(act.fields)
        self.title = str(act.fields.get("title") or self.title)
        self._is_worked_out = False

    def replaced(self, text: str) -> None:
        """Take in an amendment of this offer that was adopted."""
        self.terms = Terms(self.terms.action, full=text)
        self._is_worked_out = False

    def _work_out(self) -> None:
        if self._is_worked_out:
            return
        self._is_worked_out, self._wanted, self._trouble = True, None, None
        if self.adds is not None:
            self._wanted = self.terms.full or self.terms.text
            return
        try:
            self._wanted = (
                wanted(self.base or "", self.terms) if self.base is not None else (self.terms.full)
            )
        except Rejected as refusal:
            self._trouble = str(refusal)


class Drafting:
    """Everything about the text of a negotiation, in one language, on a day.

    ``provisions`` are those of the text, in its order; ``dropped`` those that were in it;
    ``offers`` are by slug. ``documents`` are the drafts that make the text, the last of the whole
    first. ``stray`` are acts whose words are not in the text that they act on.
    """

    def __init__(self, language: str) -> None:
        """Begin with an empty text."""
        self.language = language
        self.text: dict[str, Provision] = {}
        self.dropped: list[Provision] = []
        self.offers: dict[str, Offer] = {}
        self.documents: list[str] = []
        self.languages: set[str] = set()
        self.stray: list[tuple[str, str]] = []

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
                provision.address = None
                self.dropped.append(provision)
        if not is_whole:
            self._in_order()

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

    def _in_order(self) -> None:
        """Put the provisions in the order of their addresses, after a draft of parts."""
        self.text = dict(sorted(self.text.items(), key=lambda item: in_the_text(item[0])))

    # -- offers -----------------------------------------------------------------------------------

    def tabled(self, act: Act) -> None:
        """Take in a proposal or an amendment."""
        noun = "amendment" if act.type == "amendment.moved" else "proposal"
        terms = terms_of(act.fields)
        if noun == "proposal":
            terms = Terms(full=act.fields.get("text"))
        offer = Offer(act, act.fields[noun], noun, terms)
        above = self.offers.get(act.target or "")
        offer.parent = above
        offer.provision = self.text.get(act.target or "") if above is None else above.provision
        if offer.provision is not None:
            offer.behind_of = offer.provision.address
        self.offers.setdefault(offer.slug, offer)
        self._base(offer)

    def _base(self, offer: Offer) -> None:
        if offer.parent is not None:
            offer.moved_on(offer.parent.wanted)
        elif offer.provision is not None:
            offer.moved_on(offer.provision.text)

    def revised(self, act: Act) -> None:
        """Take in a revision of an offer, made on the text as it is then."""
        offer = self.offers.get(act.target or "")
        if offer is None:
            return
        if offer.noun == "proposal":
            if act.fields.get("text") is not None:
                offer.replaced(act.fields["text"])
            return
        offer.revised(act)
        self._base(offer)

    def withdrawn(self, act: Act) -> None:
        """Take an offer off the table."""
        offer = self.offers.get(act.target or "")
        if offer is not None:
            offer.settled = Settled("withdrawn", act.on, act.id)

    def decided(self, act: Act) -> None:
        """Take in what became of a provision, of an offer, or of a draft as a whole."""
        settled = Settled(act.fields["outcome"], act.on, act.id)
        if act.fields.get("document") in self.documents:
            self._settle_all(settled)
        offer = self.offers.get(act.target or "")
        if offer is not None:
            offer.settled = None if settled.outcome == "deferred" else settled
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
                offer.settled = settled._replace(outcome="lapsed")

    def _take_in(self, offer: Offer, act: Act) -> None:
        """Change the text, or the offer above, by an offer that was adopted."""
        above = offer.parent
        if above is not None and (above.settled is None or above.settled.outcome not in AGREED):
            if offer.wanted is not None:
                above.replaced(offer.wanted)
            return
        if offer.adds is not None:
            self._add(offer, act)
            return
        provision = offer.provision
        if provision is None or provision.address is None:
            return
        if offer.behind is not None:
            self._move(provision, offer.behind)
            return
        text = merged(offer, provision.text)
        if text is None:
            self.stray.append(
                (act.id, f"{offer.slug} does not fit the text that it was adopted in")
            )
        elif text == "" and provision.text:
            self._drop(provision)
        else:
            self._change(provision, text, act, offer)

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
        address, text = str(offer.new), offer.wanted
        if text is None or address in self.text:
            self.stray.append((act.id, f"{address} is in the text already"))
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

    def _drop(self, provision: Provision) -> None:
        for one in self.below(str(provision.address)):
            del self.text[str(one.address)]
            one.address = None
            self.dropped.append(one)

    # -- brackets ---------------------------------------------------------------------------------

    def bracketed(self, act: Act) -> None:
        """Put words in brackets; where they are in brackets already, one more asks for them."""
        provision = self.text.get(act.target or "")
        if provision is None:
            return
        plain = " ".join(act.fields["words"].split())
        nth = act.fields.get("nth", 1)
        key = (plain, nth)
        if key not in provision.held:
            try:
                tokens = words(provision.text)
                start, end = find(tokens, act.fields["words"], act.fields.get("nth"))
            except Rejected as refusal:
                self.stray.append((act.id, str(refusal)))
                return
            beside = words(act.fields.get("text", ""))
            text = joined(applied(tokens, placed(tokens, start, end, beside)))
            before = set(provision.held)
            self._change(provision, text, act)
            fresh = [k for k in provision.held if k not in before]
        else:
            fresh = [key]
        for one in fresh:
            held = provision.held[one]
            holders = dict.fromkeys((*held.holders, *act.parties))
            provision.held[one] = held._replace(holders=tuple(holders))

    def unbracketed(self, act: Act) -> None:
        """Take brackets away, with the alternatives beside them."""
        provision = self.text.get(act.target or "")
        if provision is None:
            return
        plain = " ".join(act.fields["words"].split())
        tokens = words(provision.text)
        nth = act.fields.get("nth", 1)
        found = next((b for b, key in _keyed(provision.text) if key == (plain, nth)), None)
        if found is None:
            said = f"no brackets around ‘{plain}’ in {provision.address}"
            self.stray.append((act.id, f"{said}; `negotrack open` lists them"))
            return
        keeps = act.fields.get("text")
        edits = lifted(tokens, found, None if keeps is None else words(keeps))
        self._change(provision, joined(applied(tokens, edits)), act)

    def below(self, address: str) -> list[Provision]:
        """Return a provision and those below it, in the order of the text."""
        return [p for a, p in self.text.items() if is_below(a, address)]


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
        found = before.get(former or address)
        if found is None or id(found) in taken or (former is None and address in claimed):
            found = Provision(address)
        taken.add(id(found))
        yield wording, found


def is_below(address: str, of: str) -> bool:
    """Whether an address is another one or a part of it."""
    return address == of or address.startswith(f"{of}/")


def _readdressed(address: str, former: str, now: str) -> str:
    """Return an address that was given beside, or below, a provision that has another one now."""
    if is_below(address, former):
        return now + address[len(former) :]
    whole, below = former.rpartition("/")[0], now.rpartition("/")[0]
    if whole and below and is_below(address, whole):
        return below + address[len(whole) :]
    return address


def in_the_text(address: str) -> tuple[tuple[int, str], ...]:
    """Return what orders addresses as texts are numbered: title, preamble, articles, annexes."""
    parts = address.replace("/", "-").split("-")
    return tuple(
        (int(part), "") if part.isdecimal() else (_FIRST.get(part, 0), part) for part in parts
    )


_FIRST = {"title": -2, "preamble": -1, "annex": 1}


def merged(offer: Offer, now: str) -> str | None:
    """Return a text after an offer that was made on another; None where it is stale or unknown."""
    wanted_ = offer.wanted
    if wanted_ is None:
        return None
    if offer.base is None or offer.base == now:
        return wanted_
    then = words(offer.base)
    tokens = words(now)
    edits = carried(least(then, words(wanted_)), then, tokens)
    return None if edits is None else joined(applied(tokens, edits))


def drafting(acts: Iterable[Act], language: str = ENGLISH) -> Drafting:
    """Return the text on the table after acts in the order of the law.

    Wordings belong to their document, which is taken in when it was issued; those of a document
    that is not known, or is no draft, are of no text that is on the table.
    """
    found = Drafting(language)
    rest: list[Act] = []
    wordings: dict[str, dict[str, Act]] = {}
    for act in acts:
        if act.type == "provision.worded":
            found.languages.add(act.language)
            if act.language == language:
                its = wordings.setdefault(act.fields["document"], {})
                its.setdefault(str(act.target), act)
        elif act.type not in _HAVE_LANGUAGE or act.language == language:
            rest.append(act)
    for act in rest:
        if act.type == "document.issued":
            its = wordings.get(act.fields["document"], {})
            if act.fields.get("draft") and its:
                found.issued(act, _in_place(its.values()))
        elif act.type in _DO:
            _DO[act.type](found, act)
    return found


_HAVE_LANGUAGE = frozenset(
    {"bracket.placed", "bracket.lifted", "proposal.tabled", "amendment.moved"}
)
"""What has words of a language of its own, and no say in a text of another."""


def _in_place(wordings: Iterable[Act]) -> list[Act]:
    """Return the wordings of a draft in its order: by place, else as texts are numbered."""
    placed = sorted(wordings, key=lambda w: w.fields.get("place", 0))
    places = [w.fields.get("place", 0) for w in placed]
    if len(set(places)) == len(places):
        return placed
    return sorted(placed, key=lambda w: (w.fields.get("place", 0), in_the_text(str(w.target))))


_DO = {
    "bracket.placed": Drafting.bracketed,
    "bracket.lifted": Drafting.unbracketed,
    "proposal.tabled": Drafting.tabled,
    "proposal.revised": Drafting.revised,
    "proposal.withdrawn": Drafting.withdrawn,
    "amendment.moved": Drafting.tabled,
    "amendment.revised": Drafting.revised,
    "amendment.withdrawn": Drafting.withdrawn,
    "decision.taken": Drafting.decided,
}
