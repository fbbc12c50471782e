"""What an amendment would make of a text, also where others amend it or the text moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from projections.texts.drafting import TEXT, draft, on_the_table, texts
from shorthand import amendment, decided, provision

if TYPE_CHECKING:
    from conftest import Scenario


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
    assert on_the_table(room).offers["a-1"].text == text


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
    assert on_the_table(room).offers["a-1"].text == TEXT.replace("suppression", "limitation")
    assert texts(room) == {"art-6/2": TEXT}
    room.given(decided("a-1", "adopted", on="2023-01-19"))
    assert texts(room) == {"art-6/2": TEXT.replace("suppression", "limitation")}


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


def test_an_operation_never_unbalances_brackets(room: Scenario) -> None:
    """One that would is told, and changes nothing."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": "Parties [may act]."})
    room.given(
        amendment("a-1", "art-6/2", "KEN", action="replace", words="may act]", text="act"),
        decided("a-1", on="2023-01-19"),
    )
    assert texts(room) == {"art-6/2": "Parties [may act]."}
    assert "bracket" in str(on_the_table(room).offers["a-1"].trouble)


def test_an_addition_moves_with_the_provision_beside_it(room: Scenario) -> None:
    """Where the article has another number now, so has the paragraph that would be added to it."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(
        provision("art-6/3"),
        amendment("a", "art-6/2", action="add", provision="art-6/3", text="Report."),
    )
    draft(room, "d-2", "2023-02-10", {"art-7/2": TEXT}, formerly={"art-7/2": "art-6/2"})
    assert on_the_table(room).offers["a"].new == "art-7/3"


def test_an_amendment_of_a_renumbered_provision_adds_none(room: Scenario) -> None:
    """An amendment of words has no new provision, also where its own has another address now."""
    draft(room, "d-1", "2023-01-10", {"art-6/2": TEXT})
    room.given(amendment("a", "art-6/2", action="delete", words="human"))
    draft(room, "d-2", "2023-02-10", {"art-7/2": TEXT}, formerly={"art-7/2": "art-6/2"})
    assert on_the_table(room).offers["a"].new is None
