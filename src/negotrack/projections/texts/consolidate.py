"""What the text would say with amendments in it: all that were chosen, and where they collide.

Amendments are taken in the order in which they would be put to the vote: first an amendment of an
amendment, then the one furthest removed in substance from the text, measured in words deleted and
inserted (rules 90 and 130 of the Rules of Procedure of the General Assembly). Where two touch the
same words, the one that comes first stands and the other is named with it: the same rules do not
put to the vote what the adoption of another implies the rejection of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.addresses import is_below
from negotrack.wording.changes import least, touched
from negotrack.wording.collisions import Collision, combined
from negotrack.wording.rebase import rebased
from negotrack.wording.words import joined, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.provisions import Provision
    from negotrack.projections.texts.text import TextState
    from negotrack.wording.changes import Edits


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
    found: TextState, chosen: Collection[str], target: str | None = None
) -> Iterator[Consolidated]:
    """Yield each provision of the text, in its order, with the amendments that were chosen.

    What was chosen of provisions that are not in the text comes last, with nothing put in.
    """
    by_provision: dict[int, list[Offer]] = {}
    lost: list[Offer] = []
    for offer in (found.offers[name] for name in chosen):
        provision = offer.root.provision
        if provision is None or provision.address is None:
            lost.append(offer)
        else:
            by_provision.setdefault(id(provision), []).append(offer)
    for address, provision in found.text.items():
        if target is None or is_below(address, target):
            its = by_provision.get(id(provision), [])
            yield from _provision(address, provision, its, found)
    for offer in lost:
        address = offer.root.target or offer.slug
        if target is None or is_below(address, target):
            yield Consolidated(address, None, None, (), unplaced=(offer.slug,))


def _provision(
    address: str, provision: Provision, offers: list[Offer], found: TextState
) -> Iterator[Consolidated]:
    moving = sorted((o for o in offers if o.behind is not None), key=lambda o: (o.on, o.slug))
    chosen = _Chosen([o for o in offers if o.behind is None])
    base = words(provision.text)
    changes: list[tuple[Offer, Edits]] = []
    stale, unplaced = [*chosen.stale], [*chosen.unplaced]
    added: list[Offer] = []
    for offer in chosen.of_the_text:
        text, root = chosen.texts[offer.slug], offer.root
        if offer.adds is not None:
            added.append(offer)
        elif text is None or root.base is None or root.adds is not None:
            unplaced.append(offer.slug)
        elif (edits := _edits(root.base, text, base)) is None:
            stale.append(Stale(offer.slug, root.base, provision.text))
        else:
            changes.append((offer, edits))
    for offer in added:
        there = found.text.get(str(offer.new))
        if there is not None and there.text != chosen.texts[offer.slug]:
            stale.append(Stale(offer.slug, "", there.text))
    changes.sort(key=lambda pair: _consideration(pair[0], pair[1], base))
    result = combined(base, [(offer.slug, edits) for offer, edits in changes])
    taken = {*result.taken, *(offer.slug for offer in added)}
    within = [o.slug for o in chosen.within if chosen.above(o).slug in taken]
    of_added = {o.slug for o in chosen.within if chosen.above(o).adds is not None}
    after = joined(result.words)
    yield Consolidated(
        address,
        provision.text,
        None if not after and provision.text else after,
        (*(o.slug for o in moving), *(n for n in within if n not in of_added), *result.taken),
        (*chosen.collisions, *result.refused),
        tuple(stale),
        tuple(unplaced),
        tuple(o.slug for o in chosen.within if o.slug not in within),
        moving[-1].behind if moving else None,
    )
    for offer in added:
        if offer.new not in found.text:
            its = [o.slug for o in chosen.within if chosen.above(o) is offer]
            yield Consolidated(str(offer.new), None, chosen.texts[offer.slug], (*its, offer.slug))


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
        self.stale: list[Stale] = []
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
        """Return what an offer asks for with the chosen amendments of it, carried over to it."""
        text = offer.wanted
        changes: list[tuple[Offer, Edits]] = []
        base = words(text or "")
        for one in (o for o in offers if o.parent is offer):
            its = self.texts[one.slug]
            if text is None or its is None or one.base is None:
                self.unplaced.append(one.slug)
            elif (edits := _edits(one.base, its, base)) is None:
                self.stale.append(Stale(one.slug, one.base, text))
            else:
                changes.append((one, edits))
        if text is None or not changes:
            return text
        changes.sort(key=lambda pair: _consideration(pair[0], pair[1], base))
        result = combined(base, [(one.slug, edits) for one, edits in changes])
        self.within += [one for one, _ in changes if one.slug in result.taken]
        self.collisions += result.refused
        return joined(result.words)


def _edits(then: str, text: str, now: list[str]) -> Edits | None:
    """Return what an offer changes in a text as it is; None where it cannot be carried over."""
    before = words(then)
    edits = least(before, words(text))
    return edits if before == now else rebased(edits, before, now)


def _consideration(offer: Offer, edits: Edits, base: list[str]) -> tuple[int, int, str, str]:
    """Return what orders amendments as they are put: the furthest from the text first."""
    return -offer.depth, -touched(edits, base), offer.on, offer.slug
