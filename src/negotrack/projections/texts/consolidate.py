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
    state: TextState, chosen: Collection[str], target: str | None = None
) -> Iterator[Consolidated]:
    """Yield each provision of the text, in its order, with the amendments that were chosen.

    What was chosen of provisions that are not in the text comes last, with nothing put in.
    """
    by_provision: dict[int, list[Offer]] = {}
    lost: list[Offer] = []
    for offer in (state.offers[name] for name in chosen):
        provision = offer.root.provision
        if provision is None or provision.address is None:
            lost.append(offer)
        else:
            by_provision.setdefault(id(provision), []).append(offer)
    for address, provision in state.text.items():
        if target is None or is_below(address, target):
            offers = by_provision.get(id(provision), [])
            yield from _provision(address, provision, offers, state)
    for offer in lost:
        address = offer.root.target or offer.slug
        if target is None or is_below(address, target):
            yield Consolidated(address, None, None, (), unplaced=(offer.slug,))


def _provision(
    address: str, provision: Provision, offers: list[Offer], state: TextState
) -> Iterator[Consolidated]:
    """Yield a provision with the offers chosen for it, then the provisions that they add."""
    moving = sorted((o for o in offers if o.behind is not None), key=lambda o: (o.on, o.slug))
    chosen = _Chosen([o for o in offers if o.behind is None])
    fates = _fates(chosen, provision.text)
    base = words(provision.text)
    result = combined(base, _considered(fates.changes, base))
    taken = {*result.taken, *(offer.slug for offer in fates.added)}
    within = [o for o in chosen.within if chosen.above(o).slug in taken]
    after = joined(result.words)
    yield Consolidated(
        address,
        provision.text,
        None if not after and provision.text else after,
        (
            *(o.slug for o in moving),
            *(o.slug for o in within if chosen.above(o).adds is None),
            *result.taken,
        ),
        (*chosen.collisions, *result.refused),
        (*chosen.stale, *fates.stale, *_stale_additions(chosen, fates.added, state)),
        (*chosen.unplaced, *fates.unplaced),
        tuple(o.slug for o in chosen.within if o not in within),
        moving[-1].behind if moving else None,
    )
    yield from _additions(chosen, fates.added, state)


class _Fates(NamedTuple):
    """The amendments of a provision itself, each in one list: what becomes of it.

    ``changes`` can be carried over to the text as it is, with what they change in it; ``added`` add
    a provision; ``stale`` cannot be carried over; ``unplaced`` are those whose words are not known.
    """

    changes: list[tuple[Offer, Edits]]
    added: list[Offer]
    stale: list[Stale]
    unplaced: list[str]


def _fates(chosen: _Chosen, now: str) -> _Fates:
    """Return what becomes of each amendment that is put into a provision whose text is ``now``."""
    fates = _Fates([], [], [], [])
    base = words(now)
    for offer in chosen.of_the_text:
        text, root = chosen.texts[offer.slug], offer.root
        if offer.adds is not None:
            fates.added.append(offer)
        elif text is None or root.base is None or root.adds is not None:
            fates.unplaced.append(offer.slug)
        elif (edits := _edits(root.base, text, base)) is None:
            fates.stale.append(Stale(offer.slug, root.base, now))
        else:
            fates.changes.append((offer, edits))
    return fates


def _stale_additions(chosen: _Chosen, added: list[Offer], state: TextState) -> Iterator[Stale]:
    """Yield the offers that add a provision where another has its address, with other words."""
    for offer in added:
        there = state.text.get(str(offer.new))
        if there is not None and there.text != chosen.texts[offer.slug]:
            yield Stale(offer.slug, "", there.text)


def _additions(chosen: _Chosen, added: list[Offer], state: TextState) -> Iterator[Consolidated]:
    """Yield the provisions that offers add and that are not in the text yet."""
    for offer in added:
        if offer.new not in state.text:
            within = [o.slug for o in chosen.within if chosen.above(o) is offer]
            text = chosen.texts[offer.slug]
            yield Consolidated(str(offer.new), None, text, (*within, offer.slug))


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
            self.texts[offer.slug] = self._text_as_amended(offer, offers)

    def above(self, offer: Offer) -> Offer:
        """Return the amendment of the text that one of amendments is in."""
        while offer not in self.of_the_text:
            assert offer.parent is not None
            offer = offer.parent
        return offer

    def _text_as_amended(self, offer: Offer, offers: list[Offer]) -> str | None:
        """Return what an offer asks for with the chosen amendments of it, carried over to it."""
        text = offer.text
        changes: list[tuple[Offer, Edits]] = []
        base = words(text or "")
        for one in (o for o in offers if o.parent is offer):
            amended = self.texts[one.slug]
            if text is None or amended is None or one.base is None:
                self.unplaced.append(one.slug)
            elif (edits := _edits(one.base, amended, base)) is None:
                self.stale.append(Stale(one.slug, one.base, text))
            else:
                changes.append((one, edits))
        if text is None or not changes:
            return text
        result = combined(base, _considered(changes, base))
        self.within += [one for one, _ in changes if one.slug in result.taken]
        self.collisions += result.refused
        return joined(result.words)


def _edits(then: str, text: str, now: list[str]) -> Edits | None:
    """Return what an offer changes in a text as it is; None where it cannot be carried over."""
    before = words(then)
    edits = least(before, words(text))
    return edits if before == now else rebased(edits, before, now)


def _considered(changes: list[tuple[Offer, Edits]], base: list[str]) -> list[tuple[str, Edits]]:
    """Return changes of a text by the names of their offers, in the order of consideration."""
    changes.sort(key=lambda pair: _consideration(pair[0], pair[1], base))
    return [(offer.slug, edits) for offer, edits in changes]


def _consideration(offer: Offer, edits: Edits, base: list[str]) -> tuple[int, int, str, str]:
    """Return what orders amendments as they are put: the furthest from the text first."""
    return -offer.depth, -touched(edits, base), offer.on, offer.slug
