"""A provision over time: its readings, and the brackets that are in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import stamped
from projections.texts.drafting import TEXT, draft, on_the_table, texts
from shorthand import bracketed, document, unbracketed, worded

if TYPE_CHECKING:
    from conftest import Scenario


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
    provisions = on_the_table(room).text
    assert [(r.address, r.text) for r in provisions["art-7"].readings] == [
        ("art-6", "Respect."),
        ("art-7", "Respect."),
    ]
    assert [r.text for r in provisions["art-6"].readings] == ["New."]


def test_a_bracket_knows_who_asked_for_it_and_since_when(room: Scenario) -> None:
    """Two delegations hold a bracket that both asked for; its day is the first one's."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        bracketed("art-6/2", "human", "CHN", on="2023-01-16"),
        bracketed("art-6/2", "human", "KEN", on="2023-01-17"),
    )
    worded_part = on_the_table(room).text["art-6/2"]
    assert worded_part.text == "Nothing permits suppression of [human] rights."
    (bracket,) = worded_part.brackets.values()
    assert (bracket.words, bracket.since, bracket.holders) == (
        "human",
        "2023-01-16",
        ("CHN", "KEN"),
    )


def test_a_bracket_has_its_alternative_beside_it(room: Scenario) -> None:
    """Words with an alternative become a row of two brackets."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(bracketed("art-6/2", "suppression", "CHN", text="restriction"))
    worded_part = on_the_table(room).text["art-6/2"]
    assert worded_part.text == "Nothing permits [suppression] [restriction] of human rights."
    assert [bracket.holders for bracket in worded_part.brackets.values()] == [("CHN",), ("CHN",)]


def test_a_lifted_bracket_leaves_the_words_that_were_chosen(room: Scenario) -> None:
    """Lifting takes the whole row of alternatives away, and says by which entry."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": "Nothing permits [suppression] [restriction]."})
    room.given(unbracketed("art-6/2", "suppression", text="restriction", on="2023-01-18"))
    worded_part = on_the_table(room).text["art-6/2"]
    assert worded_part.text == "Nothing permits restriction."
    assert [(g.bracket.words, g.on, g.entry) for g in worded_part.lifted] == [
        ("suppression", "2023-01-18", room.id_of()),
        ("restriction", "2023-01-18", room.id_of()),
    ]


def test_a_bracket_lives_on_through_drafts(room: Scenario) -> None:
    """A bracket that the next draft still has is as old as it was, with the same holders."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(bracketed("art-6/2", "human", "CHN", on="2023-01-16"))
    draft(room, "d-2", "2023-02-10", {"art-6/2": "Nothing allows suppression of [human] rights."})
    (bracket,) = on_the_table(room).text["art-6/2"].brackets.values()
    assert (bracket.since, bracket.holders) == ("2023-01-16", ("CHN",))


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
    worded_part = on_the_table(room).text["art-6/2"]
    assert worded_part.text == "[They may act] and [may] speak."
    holders = {h.words: (h.holders, h.since) for h in worded_part.brackets.values()}
    assert holders == {"They may act": (("AUT",), "2023-01-19"), "may": (("KEN",), "2023-01-17")}


def test_brackets_that_went_leave_their_place_to_no_others(room: Scenario) -> None:
    """Where one of a row goes, the one before it stays as it was, and is not taken for it."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": "States [can] [shall] act."})
    room.given(
        bracketed("art-6/2", "can", "CHN", on="2023-01-16"),
        bracketed("art-6/2", "shall", "KEN", on="2023-01-17"),
    )
    draft(room, "d-2", "2023-02-10", {"art-6/2": "States [can] act."})
    worded_part = on_the_table(room).text["art-6/2"]
    assert [(b.words, b.holders) for b in worded_part.brackets.values()] == [("can", ("CHN",))]
    assert [(g.bracket.words, g.on) for g in worded_part.lifted] == [("shall", "2023-02-10")]


def test_an_alternative_joins_the_row_that_is_there(room: Scenario) -> None:
    """Who asks for other words beside bracketed ones adds a bracket; it is not dropped."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": "They [may] act."})
    room.given(bracketed("art-6/2", "may", "KEN", text="shall"))
    assert texts(room) == {"art-6/2": "They [may] [shall] act."}


def test_a_text_that_a_merge_brought_unbalanced_is_still_a_text(room: Scenario) -> None:
    """What logging would have refused is read as it is; its brackets are nobody's."""
    room.given(document("d-1", on="2023-01-10", draft="whole"))
    room.kept.append(stamped(worded("art-6/2", "They [may act.", "d-1", on="2023-01-10"), 99))
    worded_part = on_the_table(room).text["art-6/2"]
    assert (worded_part.text, worded_part.brackets) == ("They [may act.", {})
