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
from negotrack.projections.texts.text import fold_text
from negotrack.workspace import Workspace
from shorthand import DEMO, query
from strategies import ADDRESSES, ASKED, drafting_histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.specification import Effective
    from negotrack.facts.query import Query
    from negotrack.projections.texts.text import TextState

Picture = dict[str, Any]


def _picture(state: TextState, target: str | None = None) -> Picture:
    """Return all that a drafting says of its provisions and offers; of a target, or of all."""
    provisions = {
        address: (p.text, p.title, p.readings, p.brackets, p.lifted, p.settled)
        for address, p in state.text.items()
        if target is None or is_below(address, target)
    }
    shown = {id(p) for p in state.text.values() if target is None or is_below(p.address, target)}  # type: ignore[arg-type]
    offers = {
        o.slug: (o.base, o.text, o.trouble, o.settled, o.depth, o.parties)
        for o in state.offers.values()
        if target is None or id(o.provision) in shown
    }
    return {"provisions": list(provisions.items()), "offers": offers}


def _words(state: TextState) -> list[tuple[str | None, ...]]:
    """Return what the text says, and who said it last."""
    last = [(p.readings[-1].entry, p.readings[-1].on) for p in state.provisions]
    return [(p.address, p.title, p.text, *o) for p, o in zip(state.provisions, last, strict=True)]


def _assert_lawful(opened: Workspace, question: Query, counting: list[Effective]) -> None:
    for language in ("en", "fr"):
        expected = fold_text((act_of(live, question.when.as_of) for live in counting), language)
        assert _picture(expected) == _picture(opened.texts(question, language).drafting)
        words = opened.texts(question, language, only_words=True).drafting
        assert _words(expected) == _words(words)
        for target in (*ADDRESSES, "art-8"):
            part = opened.texts(question, language, target).drafting
            assert _picture(expected, target) == _picture(part, target)
        for offer in expected.offers.values():
            alone = opened.texts(question, language, offer.slug).drafting.offers[offer.slug]
            assert (offer.base, offer.text, offer.settled) == (
                alone.base,
                alone.text,
                alone.settled,
            )


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
                question = query(DEMO, day, moment)
                _assert_lawful(opened, question, certain)
                both = ordered([*certain, *maybe])
                _assert_lawful(opened, question.at(possible=True), both)
