"""Whose words these are: for each word of a provision, who brought it in, when, and with what."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.dates import span
from negotrack.wording.changes import change, least
from negotrack.wording.origins import TextVersion, origins, survived
from negotrack.wording.rebase import rebased
from negotrack.wording.words import counted, joined, words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.provisions import Provision, Reading
    from negotrack.projections.texts.text import TextState
    from negotrack.wording.changes import Edits


Key = tuple[str, str]
"""Who gets credit: a ``wording`` (or another entry that changed the text) or an ``offer``."""


Split = Callable[[str], list[str]]
"""What makes words of a text."""


class Attribution(NamedTuple):
    """A passage of a provision and who brought it in.

    ``by`` are the delegations; several share the credit where they proposed the same words.
    ``offers`` are the amendments or proposals with which they did, empty where the words came with
    a draft;
    ``document`` is the draft in which the words came into the text, None where a decision put them
    there. ``entry`` is the entry that brought them in: that of the offer, else of the wording.
    """

    provision: str
    words: str
    by: tuple[str, ...]
    on: str
    offers: tuple[str, ...]
    document: str | None
    entry: str


class AuthorShare(NamedTuple):
    """How many words of a text a delegation brought in, alone or with others; empty: unknown."""

    delegation: str
    words: int
    shared: int
    of: int


class Survival(NamedTuple):
    """A passage that an offer proposed, and whether it is in the text."""

    provision: str
    words: str
    kept: bool


def attributions(state: TextState, provision: Provision) -> Iterator[Attribution]:
    """Yield the passages of a provision in order; every word of it is in exactly one."""
    tokens = words(provision.text)
    readings = {reading.entry: reading for reading in provision.readings}
    keys: list[tuple[Key, ...]] = origins(_versions(state, provision, _alike))  # type: ignore[assignment]
    start = 0
    for end in range(1, len(tokens) + 1):
        if end == len(tokens) or keys[end] != keys[start]:
            passage = joined(tokens[start:end])
            yield _credit(state, str(provision.address), passage, keys[start], readings)
            start = end


def _versions(state: TextState, provision: Provision, split: Split) -> list[TextVersion]:
    """Return the readings of a provision, each with what was offered of the one before."""
    amending = [o for o in state.offers.values() if o.provision is provision and o.adds is None]
    adding = [o for o in state.offers.values() if o.adds and o.new == provision.address]
    first = provision.readings[0]
    before: list[str] = []
    versions = [TextVersion(("wording", first.entry), before)]
    text = ""
    for reading in provision.readings:
        if reading.text == text:
            continue  # nothing came in, so nobody gets credit
        now = split(reading.text)
        offers = amending if reading is not first else adding
        offered = _offered(offers, reading, before, split)
        versions.append(TextVersion(("wording", reading.entry), now, offered))
        before, text = now, reading.text
    return versions


def _by_then(offers: Iterable[Offer], now: Reading) -> list[Offer]:
    """Return the offers that had been made by the day of a reading."""
    day = span(now.on).last
    return [offer for offer in offers if span(offer.on).last <= day]


def _alike(text: str) -> list[str]:
    """Return the words of a text by which credit is given: a capital letter is nobody's word."""
    return list(_folded(text))


@lru_cache(maxsize=4096)
def _folded(text: str) -> tuple[str, ...]:
    return tuple(token.casefold() for token in words(text))


def _offered(
    offers: Iterable[Offer], now: Reading, before: list[str], split: Split
) -> dict[Hashable, Edits]:
    """Return what had been offered by the day of a reading, as changes of the one before it."""
    changes: dict[Hashable, Edits] = {}
    came_in = set(split(now.text)).difference(before) if before else None
    for offer in _by_then(offers, now):
        if came_in is not None and not came_in.intersection(split(offer.own or "")):
            continue  # none of the words that are new are its words
        edits = _change_of(offer, before, split)
        if edits:
            changes["offer", offer.slug] = edits
    return changes


def _change_of(offer: Offer, base: list[str], split: Split) -> Edits | None:
    """Return what an offer changes in a text: carried over, else against the text itself."""
    root = offer.root
    if offer.own is None:
        return None
    if root.adds is not None:
        return least(base, split(offer.own))
    if root.base is None:
        return None
    then, text = split(root.base), split(offer.own)
    edits = least(then, text)
    return edits if then == base else rebased(edits, then, base) or least(base, text)


def _credit(
    state: TextState,
    address: str,
    passage: str,
    keys: tuple[Key, ...],
    readings: dict[str, Reading],
) -> Attribution:
    offers = _first_hands([state.offers[name] for kind, name in keys if kind == "offer"])
    if offers:
        first = min(offers, key=lambda o: (span(o.on).last, o.slug))
        by = tuple(dict.fromkeys(party for offer in offers for party in offer.parties))
        slugs = tuple(offer.slug for offer in offers)
        return Attribution(address, passage, by, first.on, slugs, None, first.entry)
    reading = readings[keys[0][1]]
    slugs = () if reading.offer is None else (reading.offer,)
    return Attribution(
        address, passage, reading.by, reading.on, slugs, reading.document, reading.entry
    )


def _first_hands(offers: list[Offer]) -> list[Offer]:
    """Leave out the offers that have words only because an offer that they amend has them."""

    def is_second(offer: Offer) -> bool:
        above = offer.parent
        while above is not None:
            if above in offers:
                return True
            above = above.parent
        return False

    return [offer for offer in offers if not is_second(offer)]


def shares(passages: Iterable[Attribution]) -> list[AuthorShare]:
    """Return how many words each delegation brought in, most first."""
    brought: dict[str, int] = {}
    shared: dict[str, int] = {}
    of = 0
    for credit in passages:
        number = counted(words(credit.words))
        of += number
        for party in credit.by or ("",):
            brought[party] = brought.get(party, 0) + number
            if len(credit.by) > 1:
                shared[party] = shared.get(party, 0) + number
    return [
        AuthorShare(party, number, shared.get(party, 0), of)
        for party, number in sorted(brought.items(), key=lambda item: (-item[1], item[0]))
        if number
    ]


def survivals(state: TextState, offer: Offer) -> list[Survival]:
    """Return where the words of an offer went: each passage it proposed, and whether it stands."""
    if offer.text is None:
        return []
    provision = offer.provision
    if offer.adds is not None:
        provision = state.text.get(str(offer.new))
        if provision is None:
            return [Survival(str(offer.new), offer.text, kept=False)]
    if provision is None:
        return []
    address = provision.address or provision.readings[-1].address
    survivors = survived(_versions(state, provision, words), ("offer", offer.slug))
    if survivors:
        gone = provision.address is None
        return [Survival(address, s.words, s.kept and not gone) for s in survivors]
    edits = change(words(offer.root.base or ""), words(offer.text))
    return [Survival(address, joined(edit.words), kept=False) for edit in edits if edit.words]
