"""What is told of the errata of an entry: their kind, what they changed, whether they counted."""

from __future__ import annotations

import msgspec

from negotrack.projections.evidence.evidence import FieldChange
from projections.evidence.stories import K, Story
from shorthand import correction, retraction, takes


def test_a_correction_says_what_it_changed() -> None:
    """Each field is given as it was when the correction was made, and as it was set."""
    story = Story(takes("KEN", "oppose", "art-6"))
    story.then(correction(story.kept[0].id, stance="reserve", confidence="official"))
    story.then(correction(story.kept[0].id, stance="accept", note="seen"))
    first, second = story.one().errata
    assert first.changes == (
        FieldChange("confidence", "reported", "official"),
        FieldChange("stance", "oppose", "reserve"),
    )
    assert second.changes == (
        FieldChange("note", None, "seen"),
        FieldChange("stance", "reserve", "accept"),
    )
    assert (
        first.kind, first.reason, first.recorded_by, first.counted,
    ) == ("correction", "misheard", "tester", "counted")  # fmt: skip


def test_errata_say_whether_they_counted() -> None:
    """An erratum counted, was recorded later, or was undone."""
    story = Story(takes("KEN", "oppose", "art-6"))
    correct = story.then(correction(story.kept[0].id, stance="reserve"))
    undo = story.then(retraction(correct))
    assert [(e.kind, e.about, e.counted) for e in story.one().errata] == [
        ("correction", story.kept[0].id, "undone"),
        ("retraction", correct, "counted"),
    ]
    then = story.one(0, "2023-01-31", K.format(1)).errata
    assert [(e.id, e.counted) for e in then] == [(correct, "counted"), (undo, "recorded later")]


def test_a_correction_of_an_erratum_is_told() -> None:
    """The reason of a corrected correction is the corrected one."""
    story = Story(takes("KEN", "oppose", "art-6"))
    moved = story.then(correction(story.kept[0].id, stance="accept"))
    story.then(msgspec.structs.replace(correction(moved, note="-"), set={"reason": "reread"}))
    assert [e.reason for e in story.one().errata] == ["reread", "misheard"]
