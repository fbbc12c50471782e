"""Acts on words that the text has not: named, and without effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.specification import answer
from negotrack.facts.acts import act_of
from negotrack.projections.texts.inapplicable import inapplicable_acts
from projections.texts.drafting import TEXT, draft, on_the_table, texts
from shorthand import amendment, bracketed, provision

if TYPE_CHECKING:
    from conftest import Scenario


def test_words_that_are_not_there_are_a_misfit(room: Scenario) -> None:
    """An operation on words that the text has not leaves the text alone, and is told."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        amendment("a-1", "art-6/2", "KEN", action="delete", words="supression"),
        bracketed("art-6/2", "freedom", "KEN"),
    )
    misfits = inapplicable_acts([act_of(live) for live in answer(room.kept, "2023-12-31")])
    assert [m.rule for m in misfits] == ["words-not-there", "words-not-there"]
    assert texts(room) == {"art-6/2": TEXT}


def test_a_bracket_on_what_is_not_in_the_text_is_a_stray(room: Scenario) -> None:
    """Where there is a text and the provision is not in it, the act is told."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(provision("art-9"), bracketed("art-9", "words", "KEN"))
    assert [refusal.sentence for _, refusal in on_the_table(room).stray] == [
        "art-9 is not in the text then"
    ]
