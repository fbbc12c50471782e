"""What the text would say with amendments in it: all that were chosen, and where they collide.

Amendments are taken in the order in which they would be put to the vote: first an amendment of an
amendment, then the one furthest removed in substance from the text, measured in words deleted and
inserted (rules 90 and 130 of the Rules of Procedure of the General Assembly). Where two touch the
same words, the one that comes first stands and the other is named with it: the same rules do not
put to the vote what the adoption of another implies the rejection of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.projections.drafting import is_below
from negotrack.wording.carrying import carried
from negotrack.wording.changes import least, touched
from negotrack.wording.collisions import Collision, combined
from negotrack.wording.words import joined, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from negotrack.projections.drafting import Drafting, Offer, Provision
    from negotrack.wording.changes import Change


class Stale(NamedTuple):
    """An amendment whose words were changed since: the text it was made on, and the text now.

    ``then`` is empty for one that adds a provision, where another has its address now.
    """

    name: str
    then: str
    now: str


class Consolidated(NamedTuple):
    """A provision with what was chosen: its text before and after, None where there is none.

    ``taken`` are the amendments in it, in the order of consideration; ``collisions`` those left out
    because they touch what one taken before touches; ``stale`` those that cannot be carried over to
    the text as it is; ``unplaced`` those whose words are not known; ``with_theirs`` amendments of
    amendments that are left out, which go with them; ``behind`` is where the provision is moved.
    """

    provision: str
    before: str | None
    after: str | None
    taken: tuple[str, ...]
    collisions: tuple[Collision, ...] = ()
    stale: tuple[Stale, ...] = ()
    unplaced: tuple[str, ...] = ()
    with_theirs: tuple[str, ...] = ()
    behind: str | None = None


def consolidated(
    found: Drafting, chosen: Collection[str], target: str | None = None
) -> Iterator[Consolidated]:
    """Yield each provision of the text, in its order, with the amendments that were chosen."""
    offers = [found.offers[name] for name in chosen]
    by_provision: dict[int, list[Offer]] = {}
    for offer in offers:
        by_provision.setdefault(id(offer.provision), []).append(offer)
    for address, provision in found.text.items():
        if target is None or is_below(address, target):
            its = by_provision.get(id(provision), [])
            yield from _provision(address, provision, its, found)


def _provision(
    address: str, provision: Provision, offers: list[Offer], found: Drafting
) -> Iterator[Consolidated]:
    moving = sorted((o for o in offers if o.behind is not None), key=lambda o: (o.on, o.slug))
    chosen = _Chosen([o for o in offers if o.adds is None and o.behind is None])
    base = words(provision.text)
    changes: list[tuple[Offer, Change]] = []
    stale, unplaced = [], []
    added = [offer for offer in offers if offer.adds is not None]
    for offer in added:
        there = found.text.get(str(offer.new))
        if there is not None and there.text != offer.wanted:
            stale.append(Stale(offer.slug, "", there.text))
    for offer in chosen.of_the_text:
        text = chosen.texts[offer.slug]
        edits = None if text is None else _edits(offer, text, base)
        if text is None or _root(offer).base is None:
            unplaced.append(offer.slug)
        elif edits is None:
            stale.append(Stale(offer.slug, _root(offer).base or "", provision.text))
        else:
            changes.append((offer, edits))
    changes.sort(key=lambda pair: _consideration(pair[0], pair[1], base))
    result = combined(base, [(offer.slug, edits) for offer, edits in changes])
    within = [o.slug for o in chosen.within if chosen.above(o).slug in result.taken]
    after = joined(result.words)
    yield Consolidated(
        address,
        provision.text,
        None if not after and provision.text else after,
        (*(offer.slug for offer in moving), *within, *result.taken),
        (*chosen.collisions, *result.refused),
        tuple(stale),
        (*chosen.unplaced, *unplaced),
        tuple(o.slug for o in chosen.within if o.slug not in within),
        moving[-1].behind if moving else None,
    )
    for offer in added:
        if offer.new not in found.text:
            yield Consolidated(str(offer.new), None, offer.wanted, (offer.slug,))


class _Chosen:
    """Amendments of one provision, those of amendments put into what they amend.

    ``texts`` is what each asks for then; ``of_the_text`` those that are put into the text itself,
    ``within`` those that are in one of these.
    """

    def __init__(self, offers: list[Offer]) -> None:
        self.of_the_text = [o for o in offers if o.parent not in offers]
        self.texts: dict[str, str | None] = {}
        self.within: list[Offer] = []
        self.collisions: list[Collision] = []
        self.unplaced: list[str] = []
        for offer in sorted(offers, key=lambda o: (-o.depth, o.on, o.slug)):
            self.texts[offer.slug] = self._with_its_own(offer, offers)

    def above(self, offer: Offer) -> Offer:
        """Return the amendment of the text that one of amendments is in."""
        while offer not in self.of_the_text:
            assert offer.parent is not None
            offer = offer.parent
        return offer

    def _with_its_own(self, offer: Offer, offers: list[Offer]) -> str | None:
        text = offer.wanted
        below = [o for o in offers if o.parent is offer]
        known = {o.slug: its for o in below if (its := self.texts[o.slug]) is not None}
        if text is None or not below:
            self.unplaced += [o.slug for o in below]
            return text
        base = words(text)
        changes = [(slug, least(base, words(its))) for slug, its in known.items()]
        result = combined(base, changes)
        self.within += [o for o in below if o.slug in result.taken]
        self.collisions += result.refused
        self.unplaced += [o.slug for o in below if o.slug not in known]
        return joined(result.words)


def _root(offer: Offer) -> Offer:
    return offer if offer.parent is None else _root(offer.parent)


def _edits(offer: Offer, text: str, base: list[str]) -> Change | None:
    """Return what an offer changes in the text as it is; None where it cannot be carried over."""
    then = words(_root(offer).base or "")
    edits = least(then, words(text))
    return edits if then == base else carried(edits, then, base)


def _consideration(offer: Offer, edits: Change, base: list[str]) -> tuple[int, int, str, str]:
    """Return what orders amendments as they are put: the furthest from the text first."""
    return -offer.depth, -touched(edits, base), offer.on, offer.slug
