"""What holds of consolidated texts and of credits, for all drafts and amendments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from negotrack.domain.specification import answer
from negotrack.facts.acts import act_of
from negotrack.projections.texts.blame import attributions, shares
from negotrack.projections.texts.consolidate import consolidated
from negotrack.projections.texts.offer import merged
from negotrack.projections.texts.open_ import open_points, state
from negotrack.projections.texts.text import TextState, fold_text
from negotrack.wording.words import counted, words
from strategies import drafting_histories, few

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry

LAST = "2023-12-31"


def _drafting(kept: list[StoredEntry]) -> TextState:
    return fold_text(act_of(live, LAST) for live in answer(kept, LAST))


@few
@given(kept=drafting_histories())
def test_with_nothing_accepted_the_text_is_the_text(kept: list[StoredEntry]) -> None:
    """To choose no amendment changes nothing."""
    found = _drafting(kept)
    assert [(c.provision, c.before, c.after) for c in consolidated(found, [])] == [
        (p.address, p.text, p.text) for p in found.provisions
    ]


@few
@given(kept=drafting_histories())
def test_with_one_accepted_the_text_is_what_it_asks_for(kept: list[StoredEntry]) -> None:
    """One amendment of a provision gives its full text; a stale one gives none, and is named."""
    found = _drafting(kept)
    for offer in found.offers.values():
        provision = offer.provision
        if provision is None or provision.address is None or offer.adds or offer.behind:
            continue
        text = None if offer.parent is not None else merged(offer, provision.text)
        its = {c.provision: c for c in consolidated(found, [offer.slug])}[provision.address]
        if text is not None:
            assert (its.after or "", its.taken) == (text, (offer.slug,))
        elif offer.parent is None and offer.wanted is not None:
            assert [s.name for s in its.stale] == [offer.slug]
            assert its.after == its.before


@few
@given(kept=drafting_histories())
def test_every_amendment_chosen_is_accounted_for(kept: list[StoredEntry]) -> None:
    """Each is put in, collides, is stale, has no words, or goes with what it amends."""
    found = _drafting(kept)
    chosen = {
        o.slug for o in found.offers.values() if o.provision is not None and o.provision.address
    }
    told: set[str] = set()
    for c in consolidated(found, sorted(chosen)):
        told |= {*c.taken, *(x.second for x in c.collisions), *(s.name for s in c.stale)}
        told |= {*c.unplaced, *c.with_theirs}
    taken_up = {o for o in chosen if found.offers[o].adds and found.offers[o].new in found.text}
    assert chosen - taken_up <= told


@few
@given(kept=drafting_histories())
def test_credits_cover_every_word_once(kept: list[StoredEntry]) -> None:
    """The passages of a provision joined are its text, and shares count each word of it."""
    found = _drafting(kept)
    for provision in found.provisions:
        credits_ = list(attributions(found, provision))
        assert "".join(c.words for c in credits_) == provision.text
        total = counted(words(provision.text))
        assert all(share.of == total and share.words <= total for share in shares(credits_))


@few
@given(kept=drafting_histories())
def test_what_is_open_is_on_the_table(kept: list[StoredEntry]) -> None:
    """Every offer that nobody settled is an open point, in one of four states."""
    found = _drafting(kept)
    waiting = {o.slug for o in found.offers.values() if o.is_on_the_table}
    points = [p for p in open_points(found, LAST) if p.kind in ("amendment", "proposal")]
    assert waiting == {p.name for p in points}
    for p in points:
        assert p.state == state(found.offers[p.name], found)
        assert p.state in ("pending", "stale", "taken up", "unplaced")
