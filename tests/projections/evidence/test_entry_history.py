"""Why an entry does not count: its date, its corrections, its retraction, when it was known."""

from __future__ import annotations

import msgspec
import pytest

from projections.evidence.stories import K, Story
from shorthand import correction, provision, retraction, takes


def test_what_happened_later_does_not_count() -> None:
    """An entry about a day after the one asked about is there, as later."""
    story = Story(takes("KEN", "oppose", "art-6"))
    assert story.explain("2023-01-15").stance is None
    assert story.one(0, "2023-01-15")[1] == "later"
    assert story.one(0, "2023-01-15").why == "it happened on 2023-01-16, after 2023-01-15"


def test_an_uncertain_date_is_possible() -> None:
    """What may have happened by the day counts only where that is asked for."""
    story = Story(takes("KEN", "oppose", "art-6", on="2023-01"))
    without, with_ = story.one(0, "2023-01-20"), story.one(0, "2023-01-20", possible=True)
    assert (without.role, without.possible) == ("possible", False)
    assert without.why.startswith("its date 2023-01 is uncertain")
    assert (with_.role, with_.possible) == ("decides", True)
    assert with_.why.endswith("such entries were counted")


@pytest.mark.parametrize(
    ("day", "role"),
    [
        ("2022-12-31", "later"),
        ("2023-01-01", "possible"),
        ("2023-01-30", "possible"),
        ("2023-01-31", "decides"),
    ],
)
def test_an_entry_of_a_month_is_possible_from_its_first_day_on(day: str, role: str) -> None:
    """Choice: what happened in January may have happened on the 1st, and had on the 31st."""
    story = Story(takes("KEN", "oppose", "art-6", on="2023-01"))
    assert role == story.one(0, day).role


def test_what_was_not_yet_recorded_does_not_count() -> None:
    """An entry recorded after the moment asked about is there, as recorded later."""
    story = Story(provision("art-6"), takes("KEN", "oppose", "art-6"))
    evidence = story.one(1, "2023-01-31", K.format(0))
    assert evidence.role == "recorded later"
    assert evidence.why == f"it was recorded at {K.format(1)}, after {K.format(0)}"


def test_a_retracted_entry_says_why() -> None:
    """A retraction is named with its reason; before it, the entry counts."""
    story = Story(takes("KEN", "oppose", "art-6"))
    gone = story.then(retraction(story.kept[0].id, reason="Twice."))
    assert story.one(0, "2023-01-31", K.format(0)).role == "decides"
    assert story.one().role == "retracted"
    assert story.one().why == f"retraction {gone[:8]} of 2023-03-01 took it out: Twice"


def test_of_two_retractions_the_first_is_named() -> None:
    """An entry that was retracted twice is out by the retraction that was recorded first."""
    story = Story(takes("KEN", "oppose", "art-6"))
    first, _ = (story.then(retraction(story.kept[0].id, reason=why)) for why in ("Twice", "Wrong"))
    assert story.one().why == f"retraction {first[:8]} of 2023-03-01 took it out: Twice"


def test_an_entry_is_corrected_away() -> None:
    """An entry that a correction puts into another cell is still told of in this one."""
    story = Story(takes("KEN", "oppose", "art-6"))
    moved = story.then(correction(story.kept[0].id, by="CHN"))
    evidence = story.one()
    assert (evidence.role, evidence.by) == ("corrected away", "KEN")
    assert evidence.why == (
        f"correction {moved[:8]} of 2023-03-01 made it a stance of CHN on art-6"
    )


def test_a_date_is_corrected_away() -> None:
    """An entry that a correction moves past the day says from where and to where."""
    story = Story(takes("KEN", "oppose", "art-6"))
    later = correction(story.kept[0].id, note="-")
    moved = story.then(msgspec.structs.replace(later, set={"on": "2023-02-02"}))
    assert story.one().role == "corrected away"
    assert story.one().why == (
        f"correction {moved[:8]} of 2023-03-01 moved its date from 2023-01-16 to 2023-02-02,"
        " after 2023-01-31"
    )
    assert story.one(0, "2023-02-28").role == "decides"


def test_a_date_is_moved_by_the_correction_that_set_it() -> None:
    """Where another field was corrected first, the correction of the date is named all the same."""
    story = Story(takes("KEN", "oppose", "art-6"))
    story.then(correction(story.kept[0].id, note="-"))
    later = correction(story.kept[0].id, note="-")
    moved = story.then(msgspec.structs.replace(later, set={"on": "2023-02-02"}))
    assert story.one().why == (
        f"correction {moved[:8]} of 2023-03-01 moved its date from 2023-01-16 to 2023-02-02,"
        " after 2023-01-31"
    )


def test_a_correction_undone_moves_an_entry_back() -> None:
    """Where a correction that brought an entry in is retracted, the retraction is named."""
    story = Story(takes("CHN", "oppose", "art-6"))
    brought = story.then(correction(story.kept[0].id, by="KEN"))
    undone = story.then(retraction(brought))
    assert story.one(0, "2023-01-31", K.format(1)).role == "decides"
    assert story.one().why == (
        f"retraction {undone[:8]} of 2023-03-01 undid a correction, which made it"
        " a stance of CHN on art-6"
    )


def test_a_date_moved_by_way_of_another_cell_is_corrected_away() -> None:
    """An entry that left the cell and came back with a later date does not count either."""
    story = Story(takes("KEN", "oppose", "art-6"))
    story.then(correction(story.kept[0].id, by="CHN"))
    back = msgspec.structs.replace(
        correction(story.kept[0].id, note="-"), set={"by": "KEN", "on": "2023-02-02"}
    )
    story.then(back)
    assert story.one().role == "corrected away"
    assert story.one().why == (
        "what was recorded on 2023-03-01 moved its date from 2023-01-16 to 2023-02-02,"
        " after 2023-01-31"
    )


def test_an_entry_may_be_corrected_later() -> None:
    """An entry that is brought in by a correction recorded after the moment does not count yet."""
    story = Story(takes("CHN", "oppose", "art-6"))
    story.then(correction(story.kept[0].id, by="KEN"))
    evidence = story.one(0, "2023-01-31", K.format(0))
    assert evidence.role == "corrected later"
    assert evidence.why == (
        f"it was a stance of CHN on art-6 as known at {K.format(0)};"
        " a correction of 2023-03-01 brought it here"
    )
