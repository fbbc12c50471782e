"""What is open in a text: in which state, and since when where dates are imprecise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from negotrack.domain import entries as e
from negotrack.domain.specification import answer
from negotrack.facts.acts import act_of
from negotrack.projections.texts.inapplicable import inapplicable_acts
from negotrack.projections.texts.open_ import OpenCount, OpenPoint, count, offer_state, open_points
from negotrack.projections.texts.text import fold_text
from projections.texts.drafting import LAST, TEXT, draft, drafting_of, on_the_table, texts
from shorthand import amendment, bracketed, decided, document, proposal, provision, worded
from strategies import drafting_histories, few

if TYPE_CHECKING:
    from conftest import Scenario
    from negotrack.domain.canonical import StoredEntry

ASKED = "2023-02-10"


def points(story: Scenario) -> dict[str, OpenPoint]:
    """Return what is open on 10 February, by name."""
    state = fold_text(act_of(live, ASKED) for live in answer(story.kept, ASKED))
    return {point.name: point for point in open_points(state, ASKED)}


def test_an_offer_of_a_month_is_open_since_its_last_day(room: Scenario) -> None:
    """Choice: the days for which something is open are counted from when it surely was."""
    room.given(
        amendment("of-the-month", "art-6", "KEN", on="2023-01"),
        amendment("of-the-day", "art-6", "KEN", on="2023-01-30"),
        amendment("of-today", "art-6", "KEN", on=ASKED),
    )
    days = {name: point.days for name, point in points(room).items()}
    assert days == {"of-the-month": 10, "of-the-day": 11, "of-today": 0}


def test_an_article_is_open_since_the_part_that_was_surely_first(room: Scenario) -> None:
    """Choice: of two parts of an article, that of a month counts from its last day."""
    room.given(
        provision("art-6/1"),
        document("of-the-month", on="2023-01", draft="parts"),
        worded("art-6/1", "States shall act.", "of-the-month", on="2023-01"),
        document("of-the-day", on="2023-01-20", draft="parts"),
        worded("art-6/2", "States shall report.", "of-the-day", on="2023-01-20"),
    )
    article = points(room)["art-6"]
    assert (article.since, article.days, article.what) == ("2023-01-20", 21, "2 of 2 not agreed")


def test_a_stale_amendment_is_named_and_not_guessed_in(room: Scenario) -> None:
    """Where its words were changed, it is stale; adopted all the same, it changes nothing."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        amendment(
            "a-1", "art-6/2", "KEN", action="replace", words="suppression", text="restriction"
        )
    )
    draft(room, "d-2", "2023-02-10", {"art-6/2": "Nothing permits denial of human rights."})
    points = open_points(on_the_table(room), "2023-03-01")
    assert [p.state for p in points if p.kind == "amendment"] == ["stale"]
    room.given(decided("a-1", on="2023-02-20"))
    assert texts(room) == {"art-6/2": "Nothing permits denial of human rights."}
    assert [
        m.rule for m in inapplicable_acts([act_of(x) for x in answer(room.kept, "2023-12-31")])
    ] == ["words-not-there"]


def test_an_amendment_that_the_text_says_already_is_taken_up(room: Scenario) -> None:
    """A draft that took the words in leaves the amendment open, as taken up."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        amendment(
            "a-1", "art-6/2", "KEN", action="replace", words="suppression", text="restriction"
        )
    )
    draft(room, "d-2", "2023-02-10", {"art-6/2": TEXT.replace("suppression", "restriction")})
    points = open_points(on_the_table(room), "2023-03-01")
    assert [p.state for p in points if p.kind == "amendment"] == ["taken up"]


def test_an_agreed_provision_is_open_again_when_it_changes(room: Scenario) -> None:
    """Agreement is about the words that were agreed."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(decided("art-6/2", "agreed-ad-referendum", on="2023-01-18"))
    assert [p.kind for p in open_points(on_the_table(room), "2023-02-01")] == []
    draft(room, "d-2", "2023-02-10", {"art-6/2": "Nothing."})
    assert [p.kind for p in open_points(on_the_table(room), "2023-03-01")] == ["provision"]


def test_a_withdrawn_proposal_is_off_the_table(room: Scenario) -> None:
    """What was withdrawn is open no more."""
    room.given(
        proposal("p-1", "KEN", target="scope", text="Broad."),
        e.ProposalWithdrawn(negotiation="demo", on="2023-01-18", target="p-1"),
    )
    assert open_points(on_the_table(room), "2023-02-01") == []
    assert [p.name for p in open_points(on_the_table(room, "2023-01-17"), "2023-01-17")] == ["p-1"]


def test_a_draft_that_is_adopted_settles_the_whole_text(room: Scenario) -> None:
    """Every provision is adopted, and what was on the table is on it no more."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT, "art-7": "Scope."})
    room.given(
        amendment("a-1", "art-6/2", "KEN", action="delete", words="human"),
        decided("scope", on="2023-01-19", document="d-1"),
    )
    assert open_points(on_the_table(room), "2023-02-01") == []


def test_what_amends_a_withdrawn_amendment_is_off_the_table(room: Scenario) -> None:
    """It fell with it."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        amendment("a", "art-6/2", "KEN", action="replace", words="human", text="all"),
        amendment("b", "a", "CHN", action="replace", words="all", text="some"),
        e.AmendmentWithdrawn(negotiation="demo", on="2023-01-18", target="a"),
    )
    names = {p.name for p in open_points(on_the_table(room), "2023-02-01")}
    assert names == {"art-6"}


@few
@given(kept=drafting_histories())
def test_what_is_open_is_on_the_table(kept: list[StoredEntry]) -> None:
    """Every offer that nobody settled is an open point, in one of four states."""
    drafting = drafting_of(kept)
    waiting = {o.slug for o in drafting.offers.values() if o.is_on_the_table}
    points = [p for p in open_points(drafting, LAST) if p.kind in ("amendment", "proposal")]
    assert waiting == {p.name for p in points}
    for p in points:
        assert p.state == offer_state(drafting.offers[p.name], drafting)
        assert p.state in ("pending", "stale", "taken up", "unplaced")


def test_a_count_says_how_much_is_open(room: Scenario) -> None:
    """Brackets and offers are counted, and articles as their least settled part is."""
    whole = {"art-1": "One.", "art-2/1": "Two.", "art-2/2": "Three.", "art-6/2": TEXT}
    draft(room, "d-1", "2023-01-10", whole)
    room.given(
        bracketed("art-6/2", "human", "CHN"),
        amendment("a-1", "art-6/2", "KEN", action="delete", words="suppression"),
        proposal("p-1", "KEN", target="scope", text="Broad."),
        decided("art-1", "agreed"),
        decided("art-2/1", "agreed"),
        decided("art-2/2", "agreed-ad-referendum"),
    )
    counted = count(on_the_table(room), "2023-02-01", "s-1")
    assert counted == OpenCount("2023-02-01", "s-1", 1, 1, 1, 3, 1, 1, 1)


def test_points_of_one_target_are_its_own_and_those_of_its_parts(room: Scenario) -> None:
    """Asked about an article, what is open elsewhere is left out, and brackets have their words."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT, "art-7": "Scope."})
    room.given(
        bracketed("art-6/2", "human", "CHN"),
        bracketed("art-7", "Scope", "KEN"),
    )
    points = open_points(on_the_table(room), "2023-02-01", "art-6")
    assert {(p.kind, p.provision, p.what, p.holders) for p in points} == {
        ("bracket", "art-6/2", "human", ("CHN",)),
        ("provision", "art-6", "not agreed", ()),
    }
    assert len(open_points(on_the_table(room), "2023-02-01")) == 4


def test_an_adopted_provision_has_no_open_bracket(room: Scenario) -> None:
    """Its brackets stand in the text, and are over."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(bracketed("art-6/2", "human", "CHN"), decided("art-6/2", "adopted", on="2023-01-19"))
    state = on_the_table(room)
    assert open_points(state, "2023-02-01") == []
    assert count(state, "2023-02-01", "").brackets == 0


def test_what_has_been_open_longer_comes_first(room: Scenario) -> None:
    """Choice: of two amendments to a provision the older one leads, whatever they are called."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        amendment("a-1", "art-6/2", "KEN", on="2023-01-17", action="delete", words="human"),
        amendment("b-1", "art-6/2", "CHN", on="2023-01-16", action="delete", words="Nothing"),
    )
    points = open_points(on_the_table(room), "2023-02-01", "art-6/2")
    assert [p.name for p in points if p.kind == "amendment"] == ["b-1", "a-1"]
