"""Why an entry is, or is not, in a timeline: against the timeline itself, and by examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain.dates import Day, Instant
from negotrack.domain.specification import answer, ordered, possible
from negotrack.facts.query import When
from negotrack.facts.rows import row_of
from negotrack.projections.evidence.timeline_inclusion import explain_entry
from negotrack.projections.positions.timeline import timeline
from projections.evidence.stories import JANUARY, K, Story, days, families
from shorthand import correction, provision, retraction, takes
from strategies import few, histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry


@few
@given(data=st.data(), kept=histories(), day=days)
def test_what_is_explained_is_in_the_timeline(
    data: st.DataObject, kept: list[StoredEntry], day: str
) -> None:
    """An entry counts exactly where the specification's timeline has it, and as the same line."""
    k = data.draw(st.sampled_from([None, *(one.entry.recorded_at for one in kept)]))
    counting = data.draw(st.booleans())
    counting_ = [*answer(kept, day, k), *(possible(kept, day, k) if counting else ())]
    rows = [row_of(0, live, day) for live in ordered(counting_)]
    shown = {h.entry: h._replace(disputed=()) for h in timeline(rows)}
    books = {h.entry for h in timeline(rows, bookkeeping=True)} - shown.keys()
    for family in families(kept):
        inclusion = explain_entry(
            family, When(Day(day), None if k is None else Instant(k), counting)
        )
        assert (inclusion.role == "counts") == (inclusion.id in shown)
        assert (inclusion.role == "bookkeeping") == (inclusion.id in books)
        assert shown.get(inclusion.id, inclusion.counting) == inclusion.counting


@pytest.mark.parametrize(
    ("day", "k", "role", "why"),
    [
        ("2023-01-31", K.format(1), "counts", "its date 2023-01 is over by 2023-01-31"),
        ("2022-12-31", K.format(1), "later", "it is dated 2023-01, after 2022-12-31"),
        ("2023-01-20", K.format(1), "possible", "its date 2023-01 is uncertain"),
        ("2023-01-31", K.format(0), "recorded later", f"it was recorded at {K.format(1)}, after"),
        ("2023-01-31", None, "retracted", "took it out: twice"),
    ],
)
def test_the_timeline_leaves_out_for_a_reason(day: str, k: str | None, role: str, why: str) -> None:
    """Each reason to leave an entry out is said in words."""
    story = Story(provision("art-6"), takes("KEN", "oppose", "art-6", on="2023-01"))
    story.then(retraction(story.kept[1].id))
    inclusion = explain_entry(story.kept[1:], When(Day(day), None if k is None else Instant(k)))
    assert inclusion.role == role
    assert why in inclusion.why


def test_the_timeline_counts_what_is_possible_on_demand() -> None:
    """An uncertain date counts where what is possible was asked for."""
    story = Story(takes("KEN", "oppose", "art-6", on="2023-01"))
    inclusion = explain_entry(story.kept, When(Day("2023-01-20"), possible=True))
    assert inclusion.role == "counts"
    assert inclusion.counting is not None
    assert inclusion.counting.possible


def test_books_are_kept_out_of_a_timeline() -> None:
    """A registration counts, and is shown on demand."""
    (family,) = families(Story(provision("art-6")).kept)
    assert explain_entry(family, JANUARY).role == "bookkeeping"
    assert explain_entry(family, JANUARY, bookkeeping=True).role == "counts"


def test_an_entry_tells_all_that_it_ever_said() -> None:
    """Each version is there from the moment it was known until the next."""
    story = Story(takes("KEN", "oppose", "art-6"))
    story.then(correction(story.kept[0].id, stance="accept"))
    inclusion = explain_entry(story.kept, JANUARY._replace(known_at=Instant(K.format(0))))
    assert [(t.known_from, t.known_until, t.happening.summary) for t in inclusion.tellings] == [
        (K.format(0), K.format(1), "oppose"),
        (K.format(1), None, "accept"),
    ]
    assert inclusion.counting is not None
    assert inclusion.counting.summary == "oppose"
    assert inclusion.errata[0].counted == "recorded later"
