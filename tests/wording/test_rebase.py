"""Changes rebased: carried over what was left as it was, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.wording.changes import applied, change, least, tidied
from negotrack.wording.collisions import collisions, combined
from negotrack.wording.rebase import rebased
from negotrack.wording.words import joined, words
from texts import amended, edits, pairs, variants

if TYPE_CHECKING:
    from negotrack.wording.changes import Edits

Amended = tuple[list[str], list["Edits"]]


@given(case=amended(2), data=st.data())
def test_what_is_carried_gives_what_merging_gives(case: Amended, data: st.DataObject) -> None:
    """A change that nothing met is made of the text of today as if both were made at once."""
    then, (own, _) = case
    now = data.draw(variants(then))
    meanwhile = least(then, now)
    carried = rebased(own, then, now)
    if set(own) <= set(meanwhile) or applied(then, own) == now:
        assert carried == (own if then == now else ())
    elif collisions(then, {"own": own, "meanwhile": meanwhile}):
        assert carried == (() if set(own) <= set(change(then, now)) else None)
    else:
        assert carried is not None
        both = combined(then, [("own", own), ("meanwhile", meanwhile)])
        assert both.words == applied(now, carried)
        assert carried == tidied(now, carried)


@given(texts=pairs())
def test_what_was_made_is_taken_up(texts: tuple[list[str], list[str]]) -> None:
    """A change that became the text has nothing left to do."""
    then, now = texts
    assert rebased(change(then, now), then, now) == ()


@given(data=st.data())
def test_of_the_same_text_it_is_the_same_change(data: st.DataObject) -> None:
    """Where nothing happened, nothing is carried."""
    then, _ = data.draw(pairs())
    own = data.draw(edits(then))
    assert rebased(own, then, list(then)) == own


THEN = "Each State Party shall take measures. It may inform others."


@pytest.mark.parametrize(
    ("target", "now", "expected"),
    [
        (
            "Each State Party may take measures. It may inform others.",
            "Each Party shall take measures. It shall inform the others.",
            "Each Party may take measures. It shall inform the others.",
        ),
        (
            "Each State Party may take measures. It may inform others.",
            "Each State Party should take measures. It may inform others.",
            None,
        ),
        (
            "Each State Party shall take legal measures. It may inform others.",
            "Each State Party shall take all measures. It may inform others.",
            None,
        ),
        (
            "Each State Party may take measures. It may inform others.",
            "Each State Party may take measures. It shall inform others.",
            "Each State Party may take measures. It shall inform others.",
        ),
        (
            "Each State Party may take measures. It shall inform others.",
            "Each State Party may take measures. It may inform others.",
            None,
        ),
        (
            "Each State Party may adopt measures. It may inform others.",
            "Each State Party may adopt measures. It shall inform others.",
            "Each State Party may adopt measures. It shall inform others.",
        ),
        (
            "Each State Party shall take measures. It may inform others.",
            "Something else.",
            "Something else.",
        ),
    ],
)
def test_a_change_is_carried_taken_up_or_stale(target: str, now: str, expected: str | None) -> None:
    """Words left as they were carry it; words changed meanwhile, or half of it made, do not."""
    then = words(THEN)
    carried = rebased(change(then, words(target)), then, words(now))
    text = None if carried is None else joined(applied(words(now), carried))
    assert expected == text
