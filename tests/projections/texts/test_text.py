from __future__ import annotations

from typing import TYPE_CHECKING

from projections.texts.drafting import TEXT, draft, on_the_table, texts
from shorthand import amendment, bracketed, decided, document, provision, query, worded

if TYPE_CHECKING:
    from conftest import Scenario
    from negotrack.workspace import Workspace


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
    question = query(workspace.names.negotiation(), "2023-02-01")
    whole = [p.address for p in workspace.texts(question).provisions("art-6")]
    alone = [p.address for p in workspace.texts(question, about="art-6").provisions("art-6")]
    assert whole == alone == ["art-6/2", "art-6/1"]


def test_a_deleted_provision_is_out_of_the_text(room: Scenario) -> None:
    """An adopted deletion of a provision takes it out, with what is below it."""
    draft(room, "d-1", "2023-01-10", {"art-6": "Respect.", "art-6/2": TEXT, "art-7": "Scope."})
    room.given(amendment("a-1", "art-6", "KEN", action="delete"), decided("a-1", on="2023-01-19"))
    assert list(texts(room)) == ["art-7"]


def test_the_order_of_recording_does_not_matter(room: Scenario) -> None:
    """A draft that is logged last is in the text of its day."""
    room.given(
        provision("art-9"),
        document("d-1", on="2023-01-10", draft="whole"),
        amendment("a-1", "art-6/2", "KEN", action="delete", words="human"),
        worded("art-6/2", TEXT, "d-1", on="2023-01-10"),
    )
    assert on_the_table(room).offers["a-1"].text == "Nothing permits suppression of rights."


def test_an_article_is_deleted_with_its_paragraphs(room: Scenario) -> None:
    """Also where it has no words of its own, or is in the text by its parts alone."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT, "art-7": "Scope."})
    room.given(amendment("a-1", "art-6", "KEN", action="delete"), decided("a-1", on="2023-01-19"))
    assert list(texts(room)) == ["art-7"]


def test_what_a_draft_of_parts_brings_stands_where_texts_are_numbered_so(room: Scenario) -> None:
    """Choice: the title comes before the preamble, then articles by number, then annexes."""
    draft(room, "d-1", "2023-01-10", {"art-6": TEXT})
    for number, address in enumerate(("annex", "preamble", "art-10", "title", "art-2"), 11):
        draft(room, f"d-{number}", f"2023-01-{number}", {address: TEXT}, draft="parts")
    expected = ["title", "preamble", "art-2", "art-6", "art-10", "annex"]
    assert expected == list(texts(room))


def test_an_alternative_stands_beside_its_own_row_of_brackets(room: Scenario) -> None:
    """Brackets further on in the provision are another row, and it is not put behind those."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": "They [may] act and [must] speak."})
    room.given(bracketed("art-6/2", "may", "KEN", text="shall"))
    assert texts(room) == {"art-6/2": "They [may] [shall] act and [must] speak."}
