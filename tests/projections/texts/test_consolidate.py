"""The order in which amendments are put, one example for each choice (rules 90 and 130)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from negotrack.domain.specification import answer
from negotrack.facts.acts import act_of
from negotrack.projections.texts.consolidate import Consolidated, consolidated
from negotrack.projections.texts.offer import merged
from negotrack.projections.texts.text import fold_text
from projections.texts.drafting import LAST, drafting_of
from shorthand import amendment, document, worded
from strategies import drafting_histories, few

if TYPE_CHECKING:
    from conftest import Scenario
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry

TEXT = "Each State Party shall act promptly."


def with_all(story: Scenario, *amendments: Entry, without: str | None = None) -> Consolidated:
    """Return article 6 with amendments in it, all of them but one."""
    story.given(document(draft="whole", on="2023-01-10"), worded("art-6", TEXT, on="2023-01-10"))
    story.given(*amendments)
    state = fold_text(act_of(live, LAST) for live in answer(story.kept, LAST))
    (article,) = consolidated(state, [slug for slug in state.offers if slug != without])
    return article


def replaces(slug: str, words: str, text: str, target: str = "art-6", on: str = LAST) -> Entry:
    """An amendment puts words in the place of others."""
    return amendment(  # type: ignore[no-any-return]
        slug, target, "KEN", on=on, action="replace", words=words, text=text
    )


def test_the_furthest_from_the_text_is_put_first(room: Scenario) -> None:
    """Choice: the amendment that touches more words comes first, though moved last."""
    article = with_all(
        room,
        replaces("a-near", "promptly", "soon", on="2023-01-17"),
        replaces("z-far", "Each State Party", "All of the Parties", on="2023-01-18"),
    )
    assert (article.taken, article.collisions) == (("z-far", "a-near"), ())


def test_the_furthest_from_the_text_stands(room: Scenario) -> None:
    """Choice: where two touch the same words, the one that touches more of them is taken."""
    article = with_all(
        room,
        replaces("a-near", "shall", "may", on="2023-01-17"),
        replaces("z-far", "shall act promptly", "may take measures", on="2023-01-18"),
    )
    assert article.after == "Each State Party may take measures."
    assert [(one.first, one.second) for one in article.collisions] == [("z-far", "a-near")]


def test_of_two_as_far_from_the_text_the_one_moved_first_is_put_first(room: Scenario) -> None:
    """Choice: between amendments as far from the text, the day decides."""
    article = with_all(
        room,
        replaces("a-late", "promptly", "soon", on="2023-01-18"),
        replaces("z-early", "shall", "may", on="2023-01-17"),
    )
    assert article.taken == ("z-early", "a-late")


def test_of_two_as_far_moved_on_one_day_the_name_decides(room: Scenario) -> None:
    """Choice: between amendments as far from the text and of one day, the name decides."""
    article = with_all(
        room,
        replaces("b", "shall", "may", on="2023-01-17"),
        replaces("a", "promptly", "soon", on="2023-01-17"),
    )
    assert article.taken == ("a", "b")


def test_an_amendment_of_an_amendment_is_put_before_those_of_the_text(room: Scenario) -> None:
    """Choice: what amends an amendment comes first, were another further from the text."""
    article = with_all(
        room,
        replaces("first", "shall", "must", on="2023-01-17"),
        replaces("of-first", "must", "may", "first", on="2023-01-18"),
        replaces("far", "shall act promptly", "will take measures", on="2023-01-17"),
        without="first",
    )
    assert article.after == "Each State Party may act promptly."
    assert [(one.first, one.second) for one in article.collisions] == [("of-first", "far")]


def test_what_is_put_into_an_amendment_is_named_before_it(room: Scenario) -> None:
    """Choice: an amendment of an amendment is put to the vote before what it amends."""
    article = with_all(
        room,
        replaces("first", "shall", "must", on="2023-01-17"),
        replaces("of-first", "must", "may", "first", on="2023-01-18"),
    )
    assert (article.after, article.taken) == (
        "Each State Party may act promptly.",
        ("of-first", "first"),
    )


@few
@given(kept=drafting_histories())
def test_with_nothing_accepted_the_text_is_the_text(kept: list[StoredEntry]) -> None:
    """To choose no amendment changes nothing."""
    drafting = drafting_of(kept)
    assert [(c.provision, c.before, c.after) for c in consolidated(drafting, [])] == [
        (p.address, p.text, p.text) for p in drafting.provisions
    ]


@few
@given(kept=drafting_histories())
def test_with_one_accepted_the_text_is_what_it_asks_for(kept: list[StoredEntry]) -> None:
    """One amendment of a provision gives its full text; a stale one gives none, and is named."""
    drafting = drafting_of(kept)
    for offer in drafting.offers.values():
        provision = offer.provision
        if provision is None or provision.address is None or offer.adds or offer.behind:
            continue
        text = None if offer.parent is not None else merged(offer, provision.text)
        result = {c.provision: c for c in consolidated(drafting, [offer.slug])}[provision.address]
        if text is not None:
            assert (result.after or "", result.taken) == (text, (offer.slug,))
        elif offer.parent is None and offer.text is not None:
            assert [s.name for s in result.stale] == [offer.slug]
            assert result.after == result.before


@few
@given(kept=drafting_histories())
def test_every_amendment_chosen_is_accounted_for(kept: list[StoredEntry]) -> None:
    """Each is put in, collides, is stale, has no words, or goes with what it amends."""
    drafting = drafting_of(kept)
    chosen = {
        o.slug for o in drafting.offers.values() if o.provision is not None and o.provision.address
    }
    accounted: set[str] = set()
    for c in consolidated(drafting, sorted(chosen)):
        accounted |= {*c.taken, *(x.second for x in c.collisions), *(s.name for s in c.stale)}
        accounted |= {*c.unplaced, *c.with_theirs}
    taken_up = {
        o for o in chosen if drafting.offers[o].adds and drafting.offers[o].new in drafting.text
    }
    assert chosen - taken_up <= accounted
