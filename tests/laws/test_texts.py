"""The laws of texts: what is read for a question is what the fold over everything says."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from laws.test_laws import arrive, empty, workspaces
from negotrack.domain.addresses import is_below
from negotrack.domain.specification import answer, ordered, possible
from negotrack.facts.acts import act_of
from negotrack.index.reading import Filter
from negotrack.projections.texts.text import fold_text
from negotrack.workspace import Workspace
from shorthand import DEMO
from strategies import ADDRESSES, ASKED, drafting_histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.specification import Effective
    from negotrack.projections.texts.text import TextState

Picture = dict[str, Any]


def _picture(found: TextState, target: str | None = None) -> Picture:
    """Return all that a drafting says of its provisions and offers; of a target, or of all."""
    provisions = {
        address: (p.text, p.title, p.readings, p.held, p.lifted, p.settled)
        for address, p in found.text.items()
        if target is None or is_below(address, target)
    }
    shown = {id(p) for p in found.text.values() if target is None or is_below(p.address, target)}  # type: ignore[arg-type]
    offers = {
        o.slug: (o.base, o.wanted, o.trouble, o.settled, o.depth, o.parties)
        for o in found.offers.values()
        if target is None or id(o.provision) in shown
    }
    return {"provisions": list(provisions.items()), "offers": offers}


def _words(found: TextState) -> list[tuple[str | None, ...]]:
    """Return what the text says, and who said it last."""
    last = [(p.readings[-1].entry, p.readings[-1].on) for p in found.provisions]
    return [(p.address, p.title, p.text, *o) for p, o in zip(found.provisions, last, strict=True)]


def _assert_lawful(opened: Workspace, wanted: Filter, counting: list[Effective]) -> None:
    for language in ("en", "fr"):
        law = fold_text((act_of(live, wanted.as_of) for live in counting), language)
        assert _picture(law) == _picture(opened.texts(wanted, language).drafting)
        words = opened.texts(wanted, language, only_words=True).drafting
        assert _words(law) == _words(words)
        for target in (*ADDRESSES, "art-8"):
            found = opened.texts(wanted, language, target).drafting
            assert _picture(law, target) == _picture(found, target)
        for offer in law.offers.values():
            its = opened.texts(wanted, language, offer.slug).drafting.offers[offer.slug]
            assert (offer.base, offer.wanted, offer.settled) == (its.base, its.wanted, its.settled)


@workspaces
@given(data=st.data(), kept=drafting_histories())
def test_texts_are_read_by_the_law(data: st.DataObject, kept: list[StoredEntry]) -> None:
    """All that is read for one provision, or for one offer, says of it what everything says."""
    arrived = data.draw(st.permutations(kept))
    for root in empty():
        arrive(root, "all", arrived)
        with Workspace(root) as opened:
            moments = [None, arrived[0].entry.recorded_at]
            for day, moment in product(ASKED, moments):
                certain, maybe = list(answer(kept, day, moment)), possible(kept, day, moment)
                wanted = Filter(DEMO, day, moment)
                _assert_lawful(opened, wanted, certain)
                both = ordered([*certain, *maybe])
                _assert_lawful(opened, wanted._replace(possible=True), both)
