"""What is still open in the text on a day: brackets, offers on the table, provisions not agreed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.addresses import is_below
from negotrack.domain.dates import span
from negotrack.projections.texts.offer import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.provisions import HeldBracket, Provision
    from negotrack.projections.texts.text import TextState


class OpenPoint(NamedTuple):
    """Something that is not settled.

    ``kind`` is ``bracket``, ``amendment``, ``proposal`` or ``provision``; ``what`` the words in the
    brackets, the title of the offer, or how many paragraphs of an article are not agreed.
    ``holders`` asked for it, so far as known; ``days`` is how long it has been open by the day
    asked about. ``state`` of an offer is ``pending``, ``stale`` (the words that it touches were
    changed since), ``taken up`` (the text says it already) or ``unplaced`` (its words, or the text,
    are not known); of a provision ``open`` or ``partly agreed``.
    """

    kind: str
    provision: str
    name: str
    what: str
    holders: tuple[str, ...]
    since: str
    days: int
    state: str
    entry: str
    possible: bool = False


class OpenCount(NamedTuple):
    """How much was open on a day, and how many articles were agreed, wholly or ad referendum."""

    day: str
    name: str
    brackets: int
    amendments: int
    proposals: int
    articles: int
    open: int
    ad_referendum: int
    agreed: int


def open_points(state: TextState, day: str, target: str | None = None) -> list[OpenPoint]:
    """Return what is open, in the order of the text; of a target and its parts, or of all."""
    points = [*_brackets(state), *_offers(state)]
    if target is not None:
        points = [p for p in points if _concerns(p, target)]
    points += _articles(state, target)
    order = {address: number for number, address in enumerate(state.text)}
    ranks = {"provision": 0, "bracket": 1, "amendment": 2, "proposal": 3}
    points.sort(key=lambda p: (order.get(p.provision, len(order)), ranks[p.kind], p.since, p.name))
    return [p._replace(days=days_between(p.since, day)) for p in points]


def _concerns(point: OpenPoint, target: str) -> bool:
    names = (point.provision, point.name)
    return any(is_below(name, target) for name in names)


def days_between(on: str, day: str) -> int:
    """Return the days from the last day of a date until another day."""
    return max(0, (date.fromisoformat(day) - date.fromisoformat(span(on).last)).days)


def _brackets(state: TextState) -> Iterator[OpenPoint]:
    for provision in state.provisions:
        address = str(provision.address)
        for bracket in _open_brackets(provision):
            yield OpenPoint(
                "bracket", address, "", bracket.words, bracket.holders, bracket.since, 0, "open",
                bracket.entry, bracket.possible,
            )  # fmt: skip


def _open_brackets(provision: Provision) -> list[HeldBracket]:
    """Return the brackets of a provision; once it is adopted, none of them is open."""
    is_over = provision.settled is not None and provision.settled.outcome == "adopted"
    return [] if is_over else list(provision.brackets.values())


def _offers(state: TextState) -> Iterator[OpenPoint]:
    for offer in state.offers.values():
        if offer.is_on_the_table:
            yield OpenPoint(
                offer.noun, where(offer), offer.slug, offer.title, offer.parties, offer.on, 0,
                offer_state(offer, state), offer.entry, offer.possible,
            )  # fmt: skip


def where(offer: Offer) -> str:
    """Return what an offer would change: the address of a provision, else its target."""
    provision = offer.root.provision
    if provision is None:
        return offer.root.target or ""
    return provision.address or provision.readings[-1].address


def offer_state(offer: Offer, state: TextState) -> str:
    """Return how an offer that is on the table fits the text: a state of :class:`OpenPoint`."""
    provision = offer.provision
    if offer.adds is not None:
        return _of_addition(offer, state.text.get(str(offer.new)))
    if offer.behind is not None:
        return "pending"
    if offer.text is None or provision is None or offer.base is None:
        return "unplaced"
    above = offer.parent
    now = provision.text if above is None or above.is_adopted else above.text
    text = None if now is None or provision.address is None else merged(offer, now)
    if text is None:
        return "stale"
    return "taken up" if text == now and offer.text != offer.base else "pending"


def _of_addition(offer: Offer, there: Provision | None) -> str:
    if there is None:
        return "pending"
    return "taken up" if there.text == offer.text else "stale"


def _articles(state: TextState, target: str | None) -> Iterator[OpenPoint]:
    for name, all_ in _by_article(state):
        parts = [p for p in all_ if target is None or is_below(str(p.address), target)]
        article = name if target is None or is_below(name, target) else target
        waiting = [p for p in parts if p.settled is None]
        if not waiting:
            continue
        first = min((p.readings[0] for p in parts if p.readings), key=lambda r: span(r.on).last)
        what = f"{len(waiting)} of {len(parts)} not agreed" if len(parts) > 1 else "not agreed"
        word = "open" if len(waiting) == len(parts) else "partly agreed"
        yield OpenPoint("provision", article, article, what, (), first.on, 0, word, first.entry)


def _by_article(state: TextState) -> Iterator[tuple[str, list[Provision]]]:
    articles: dict[str, list[Provision]] = {}
    for address, provision in state.text.items():
        articles.setdefault(address.partition("/")[0], []).append(provision)
    for article, parts in articles.items():
        with_text = [p for p in parts if p.text]
        yield article, with_text or parts  # a heading alone is as its paragraphs are


def count(state: TextState, day: str, name: str) -> OpenCount:
    """Return how much is open: the articles down to those agreed ad referendum, and agreed."""
    offers = [o.noun for o in state.offers.values() if o.is_on_the_table]
    outcomes = [_outcome(parts) for _, parts in _by_article(state)]
    return OpenCount(
        day,
        name,
        sum(len(_open_brackets(p)) for p in state.provisions),
        offers.count("amendment"),
        offers.count("proposal"),
        len(outcomes),
        outcomes.count(None),
        outcomes.count("agreed-ad-referendum"),
        sum(1 for outcome in outcomes if outcome in ("agreed", "adopted")),
    )


def _outcome(parts: Iterable[Provision]) -> str | None:
    """Return what became of an article: the least settled of what became of its parts."""
    outcomes = {None if p.settled is None else p.settled.outcome for p in parts}
    if None in outcomes:
        return None
    return "agreed-ad-referendum" if "agreed-ad-referendum" in outcomes else "agreed"
