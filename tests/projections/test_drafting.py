from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from conftest import stamped
from negotrack.domain import entries as e
from negotrack.domain.addresses import circles
from negotrack.domain.specification import answer
from negotrack.facts.acts import act_of
from negotrack.projections.texts.inapplicable import inapplicable_acts
from negotrack.projections.texts.open_ import open_points
from negotrack.projections.texts.text import TextState, fold_text
from shorthand import (
    amendment,
    bracketed,
    decided,
    document,
    proposal,
    provision,
    unbracketed,
    worded,
)

if TYPE_CHECKING:
    from conftest import Scenario
    from negotrack.workspace import Workspace

TEXT = "Nothing permits suppression of human rights."


def on_the_table(story: Scenario, day: str = "2023-12-31", language: str = "en") -> TextState:
    """Return the text on the table on a day, by the law."""
    return fold_text((act_of(live, day) for live in answer(story.kept, day)), language)


def texts(story: Scenario, day: str = "2023-12-31", language: str = "en") -> dict[str, str]:
    """Return what each provision says on a day."""
    return {a: p.text for a, p in on_the_table(story, day, language).text.items()}


def draft(story: Scenario, slug: str, on: str, texts: dict[str, str], **more: Any) -> Scenario:
    """Issue a draft of the whole text, registering its provisions."""
    kind = more.pop("draft", "whole")
    formerly = more.pop("formerly", {})
    story.given(document(slug, on=on, draft=kind))
    for place, (address, text) in enumerate(texts.items(), 1):
        if all(getattr(k.entry, "provision", None) != address for k in story.kept):
            story.given(provision(address))
        story.given(
            worded(address, text, slug, on=on, place=place, formerly=formerly.get(address), **more)
        )
    return story


def test_a_provision_says_what_the_last_draft_by_the_day_says(room: Scenario) -> None:
    """A later draft replaces the text, and not before its day."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    draft(room, "d-2", "2023-02-10", {"art-6/2": "Nothing permits restriction."})
    assert texts(room, "2023-01-09") == {}
    assert texts(room, "2023-02-09") == {"art-6/2": TEXT}
    assert texts(room, "2023-02-10") == {"art-6/2": "Nothing permits restriction."}


def test_a_whole_draft_drops_what_it_does_not_word(room: Scenario) -> None:
    """A provision that the next draft of the whole has not is out of the text."""
    draft(room, "d-1", "2023-01-10", {"art-6": "Respect.", "art-6/2": TEXT})
    draft(room, "d-2", "2023-02-10", {"art-6": "Respect."})
    assert texts(room) == {"art-6": "Respect."}
    assert [p.readings[-1].text for p in on_the_table(room).dropped] == [TEXT]


def test_a_draft_of_parts_leaves_the_rest(room: Scenario) -> None:
    """A draft of parts replaces what it words, and keeps the order of the text."""
    draft(room, "d-1", "2023-01-10", {"art-6": "Respect.", "art-6/2": TEXT, "art-7": "Scope."})
    draft(room, "d-2", "2023-02-10", {"art-6/2": "Less."}, draft="parts")
    assert list(texts(room).items()) == [
        ("art-6", "Respect."),
        ("art-6/2", "Less."),
        ("art-7", "Scope."),
    ]


def test_a_provision_keeps_its_past_when_it_is_renumbered(room: Scenario) -> None:
    """What was article 6 is article 7 of the next draft, with its earlier readings."""
    draft(room, "d-1", "2023-01-10", {"art-6": "Respect."})
    draft(
        room,
        "d-2",
        "2023-02-10",
        {"art-6": "New.", "art-7": "Respect."},
        formerly={"art-7": "art-6"},
    )
    found = on_the_table(room).text
    assert [(r.address, r.text) for r in found["art-7"].readings] == [
        ("art-6", "Respect."),
        ("art-7", "Respect."),
    ]
    assert [r.text for r in found["art-6"].readings] == ["New."]


def test_a_wording_in_another_language_is_another_text(room: Scenario) -> None:
    """Languages stand side by side and never change one another."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(worded("art-6/2", "Rien n’autorise.", "d-1", on="2023-01-10", language="fr"))
    assert texts(room) == {"art-6/2": TEXT}
    assert texts(room, language="fr") == {"art-6/2": "Rien n’autorise."}
    assert on_the_table(room).languages == {"en", "fr"}


def test_an_adopted_amendment_is_in_the_text_from_its_decision_on(room: Scenario) -> None:
    """The text changes on the day of the decision, and the amendment leaves the table."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        amendment(
            "a-1", "art-6/2", "KEN", action="replace", words="suppression", text="restriction"
        ),
        decided("a-1", "adopted", on="2023-01-20"),
    )
    assert texts(room, "2023-01-19") == {"art-6/2": TEXT}
    assert texts(room, "2023-01-20") == {"art-6/2": TEXT.replace("suppression", "restriction")}


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        ({"action": "delete", "words": "human"}, "Nothing permits suppression of rights."),
        ({"action": "add", "after": "human rights", "text": "and freedoms"},
         "Nothing permits suppression of human rights and freedoms."),
        ({"action": "add", "text": "No exception."}, f"{TEXT} No exception."),
        ({"action": "replace", "text": "All is permitted."}, "All is permitted."),
        ({"action": "move", "words": "human", "after": "Nothing"},
         "Nothing human permits suppression of rights."),
        ({"action": "retain", "words": "human"}, TEXT),
        ({"action": "replace", "full": "Full text."}, "Full text."),
    ],
)  # fmt: skip
def test_every_operation_gives_a_full_text(
    room: Scenario, terms: dict[str, str], text: str
) -> None:
    """What an amendment would make of the text follows from its operation."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(amendment("a-1", "art-6/2", "KEN", **terms))
    assert on_the_table(room).offers["a-1"].wanted == text


def test_an_amendment_of_an_amendment_changes_the_amendment(room: Scenario) -> None:
    """Once adopted, it is in what the amendment asks for; the text itself waits for that one."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        amendment(
            "a-1", "art-6/2", "KEN", action="replace", words="suppression", text="restriction"
        ),
        amendment("a-2", "a-1", "CHN", action="replace", words="restriction", text="limitation"),
        decided("a-2", "adopted", on="2023-01-18"),
    )
    assert on_the_table(room).offers["a-1"].wanted == TEXT.replace("suppression", "limitation")
    assert texts(room) == {"art-6/2": TEXT}
    room.given(decided("a-1", "adopted", on="2023-01-19"))
    assert texts(room) == {"art-6/2": TEXT.replace("suppression", "limitation")}


def test_a_new_provision_stands_behind_its_target(room: Scenario) -> None:
    """An amendment that adds a provision puts it after the one it was moved on, when adopted."""
    draft(room, "d-1", "2023-01-10", {"art-6": "Respect.", "art-6/2": TEXT, "art-7": "Scope."})
    room.given(
        provision("art-6/3"),
        amendment("a-1", "art-6/2", "KEN", action="add", provision="art-6/3", text="More."),
        decided("a-1", "agreed", on="2023-01-19"),
    )
    assert list(texts(room)) == ["art-6", "art-6/2", "art-6/3", "art-7"]


def test_a_provision_moves_with_what_is_below_it(room: Scenario) -> None:
    """A move puts an article behind another, parts and all; the addresses stay."""
    draft(room, "d-1", "2023-01-10", {"art-6": "Respect.", "art-6/2": TEXT, "art-7": "Scope."})
    room.given(
        amendment("a-1", "art-6", "KEN", action="move", behind="art-7"),
        decided("a-1", "adopted", on="2023-01-19"),
    )
    assert list(texts(room)) == ["art-7", "art-6", "art-6/2"]


def test_a_question_about_one_article_knows_where_its_parts_went(workspace: Workspace) -> None:
    """A paragraph that was moved behind another article stands last among its siblings."""
    drafts = (
        provision("art-6/1"), provision("art-7"), document("d-1", on="2023-01-10", draft="whole"),
        *(worded(a, "Text.", "d-1", on="2023-01-10", place=n)
          for n, a in enumerate(("art-6/1", "art-6/2", "art-7"), 1)),
        amendment("a-1", "art-6/1", "KEN", action="move", behind="art-7"),
        decided("a-1", on="2023-01-19"),
    )  # fmt: skip
    workspace.import_([(n, lambda d=draft: d) for n, draft in enumerate(drafts, 1)])  # type: ignore[misc]
    wanted = workspace.filter("2023-02-01")
    whole = [p.address for p in workspace.texts(wanted).provisions("art-6")]
    alone = [p.address for p in workspace.texts(wanted, about="art-6").provisions("art-6")]
    assert whole == alone == ["art-6/2", "art-6/1"]


def test_a_deleted_provision_is_out_of_the_text(room: Scenario) -> None:
    """An adopted deletion of a provision takes it out, with what is below it."""
    draft(room, "d-1", "2023-01-10", {"art-6": "Respect.", "art-6/2": TEXT, "art-7": "Scope."})
    room.given(amendment("a-1", "art-6", "KEN", action="delete"), decided("a-1", on="2023-01-19"))
    assert list(texts(room)) == ["art-7"]


def test_a_bracket_knows_who_asked_for_it_and_since_when(room: Scenario) -> None:
    """Two delegations hold a bracket that both asked for; its day is the first one's."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        bracketed("art-6/2", "human", "CHN", on="2023-01-16"),
        bracketed("art-6/2", "human", "KEN", on="2023-01-17"),
    )
    found = on_the_table(room).text["art-6/2"]
    assert found.text == "Nothing permits suppression of [human] rights."
    (held,) = found.held.values()
    assert (held.words, held.since, held.holders) == ("human", "2023-01-16", ("CHN", "KEN"))


def test_a_bracket_has_its_alternative_beside_it(room: Scenario) -> None:
    """Words with an alternative become a row of two brackets."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(bracketed("art-6/2", "suppression", "CHN", text="restriction"))
    found = on_the_table(room).text["art-6/2"]
    assert found.text == "Nothing permits [suppression] [restriction] of human rights."
    assert [held.holders for held in found.held.values()] == [("CHN",), ("CHN",)]


def test_a_lifted_bracket_leaves_the_words_that_were_chosen(room: Scenario) -> None:
    """Lifting takes the whole row of alternatives away, and says by which entry."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": "Nothing permits [suppression] [restriction]."})
    room.given(unbracketed("art-6/2", "suppression", text="restriction", on="2023-01-18"))
    found = on_the_table(room).text["art-6/2"]
    assert found.text == "Nothing permits restriction."
    assert [(g.held.words, g.on, g.entry) for g in found.lifted] == [
        ("suppression", "2023-01-18", room.id_of()),
        ("restriction", "2023-01-18", room.id_of()),
    ]


def test_a_bracket_lives_on_through_drafts(room: Scenario) -> None:
    """A bracket that the next draft still has is as old as it was, with the same holders."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(bracketed("art-6/2", "human", "CHN", on="2023-01-16"))
    draft(room, "d-2", "2023-02-10", {"art-6/2": "Nothing allows suppression of [human] rights."})
    (held,) = on_the_table(room).text["art-6/2"].held.values()
    assert (held.since, held.holders) == ("2023-01-16", ("CHN",))


def test_an_amendment_is_carried_over_where_its_words_are_untouched(room: Scenario) -> None:
    """A change elsewhere in the provision leaves a pending amendment on the table."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        amendment(
            "a-1", "art-6/2", "KEN", action="replace", words="suppression", text="restriction"
        )
    )
    draft(
        room, "d-2", "2023-02-10", {"art-6/2": "Nothing here permits suppression of human rights."}
    )
    room.given(decided("a-1", on="2023-02-12"))
    assert texts(room) == {"art-6/2": "Nothing here permits restriction of human rights."}


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


def test_words_that_are_not_there_are_a_misfit(room: Scenario) -> None:
    """An operation on words that the text has not leaves the text alone, and is told."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        amendment("a-1", "art-6/2", "KEN", action="delete", words="supression"),
        bracketed("art-6/2", "freedom", "KEN"),
    )
    found = inapplicable_acts([act_of(live) for live in answer(room.kept, "2023-12-31")])
    assert [m.rule for m in found] == ["words-not-there", "words-not-there"]
    assert texts(room) == {"art-6/2": TEXT}


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


def test_a_circle_of_addresses_is_found() -> None:
    """A shift of numbers is no circle; an exchange of two is one."""
    assert list(circles({"art-5": "art-6", "art-6": "art-7"})) == []
    assert list(circles({"art-5": "art-6", "art-6": "art-5", "art-1": "art-5"})) == [
        ["art-5", "art-6", "art-5"]
    ]


def test_the_order_of_recording_does_not_matter(room: Scenario) -> None:
    """A draft that is logged last is in the text of its day."""
    room.given(
        provision("art-9"),
        document("d-1", on="2023-01-10", draft="whole"),
        amendment("a-1", "art-6/2", "KEN", action="delete", words="human"),
        worded("art-6/2", TEXT, "d-1", on="2023-01-10"),
    )
    assert on_the_table(room).offers["a-1"].wanted == "Nothing permits suppression of rights."


# -- amendments of amendments, additions, brackets: what a fresh reader found ---------------------


def test_two_amendments_of_an_amendment_are_both_in_it(room: Scenario) -> None:
    """The second is carried over to what the first made of the amendment."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    full = "Nothing promptly permits it where needed."
    room.given(
        amendment("a", "art-6/2", "KEN", action="replace", full=full),
        amendment("b", "a", "CHN", action="replace", words="promptly", text="quickly"),
        amendment("c", "a", "EU", action="replace", words="needed", text="asked"),
        decided("b", on="2023-01-18"),
        decided("c", on="2023-01-19"),
        decided("a", on="2023-01-20"),
    )
    assert texts(room) == {"art-6/2": "Nothing quickly permits it where asked."}


def test_an_amendment_of_an_addition_changes_what_is_added(room: Scenario) -> None:
    """It never touches the provision behind which the addition stands."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        provision("art-6/3"),
        amendment("add", "art-6/2", "KEN", action="add", provision="art-6/3", text="Report."),
        amendment("sub", "add", "CHN", action="replace", words="Report", text="Report yearly"),
        decided("add", on="2023-01-19"),
        decided("sub", on="2023-01-20"),
    )
    assert texts(room) == {"art-6/2": TEXT, "art-6/3": "Report yearly."}


def test_an_article_is_deleted_with_its_paragraphs(room: Scenario) -> None:
    """Also where it has no words of its own, or is in the text by its parts alone."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT, "art-7": "Scope."})
    room.given(amendment("a-1", "art-6", "KEN", action="delete"), decided("a-1", on="2023-01-19"))
    assert list(texts(room)) == ["art-7"]


def test_an_operation_never_unbalances_brackets(room: Scenario) -> None:
    """One that would is told, and changes nothing."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": "Parties [may act]."})
    room.given(
        amendment("a-1", "art-6/2", "KEN", action="replace", words="may act]", text="act"),
        decided("a-1", on="2023-01-19"),
    )
    assert texts(room) == {"art-6/2": "Parties [may act]."}
    assert "bracket" in str(on_the_table(room).offers["a-1"].trouble)


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


def test_brackets_go_on_where_they_stand(room: Scenario) -> None:
    """Of two alike the one that stays is the one that stood there; an outer one is kept."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": "They may act and may speak."})
    room.given(
        bracketed("art-6/2", "may", "CHN", nth=1, on="2023-01-16"),
        bracketed("art-6/2", "may", "KEN", nth=2, on="2023-01-17"),
        unbracketed("art-6/2", "may", nth=1, on="2023-01-18"),
        bracketed("art-6/2", "They may act", "AUT", on="2023-01-19"),
        bracketed("art-6/2", "act", "EU", on="2023-01-20"),
        unbracketed("art-6/2", "act", on="2023-01-21"),
    )
    found = on_the_table(room).text["art-6/2"]
    assert found.text == "[They may act] and [may] speak."
    held = {h.words: (h.holders, h.since) for h in found.held.values()}
    assert held == {"They may act": (("AUT",), "2023-01-19"), "may": (("KEN",), "2023-01-17")}


def test_an_alternative_joins_the_row_that_is_there(room: Scenario) -> None:
    """Who asks for other words beside bracketed ones adds a bracket; it is not dropped."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": "They [may] act."})
    room.given(bracketed("art-6/2", "may", "KEN", text="shall"))
    assert texts(room) == {"art-6/2": "They [may] [shall] act."}


def test_a_bracket_on_what_is_not_in_the_text_is_a_stray(room: Scenario) -> None:
    """Where there is a text and the provision is not in it, the act is told."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(provision("art-9"), bracketed("art-9", "words", "KEN"))
    assert [sentence for _, sentence in on_the_table(room).stray] == [
        "art-9 is not in the text then"
    ]


def test_a_text_that_a_merge_brought_unbalanced_is_still_a_text(room: Scenario) -> None:
    """What logging would have refused is read as it is; its brackets are nobody's."""
    room.given(document("d-1", on="2023-01-10", draft="whole"))
    room.kept.append(stamped(worded("art-6/2", "They [may act.", "d-1", on="2023-01-10"), 99))
    found = on_the_table(room).text["art-6/2"]
    assert (found.text, found.held) == ("They [may act.", {})
