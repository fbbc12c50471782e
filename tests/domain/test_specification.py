"""The choices of the specification, an example for each: what comes first, what acts last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from conftest import stamped
from negotrack.domain.specification import (
    Effective,
    EntryVersion,
    effective,
    ordered,
    versions,
)
from negotrack.facts.rows import row_of
from shorthand import correction, retraction, takes

if TYPE_CHECKING:
    from conftest import Scenario

FIRST, SECOND = "2023-03-01T12:00:00.000000Z", "2023-03-01T12:00:01.000000Z"

FORMER_AND_LATTER: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "last day": (
        {"on": "2023-01-16", "at": "18:00", "order": 2, "recorded_at": SECOND},
        {"on": "2023-01-17", "at": "09:00", "order": 1, "recorded_at": FIRST},
    ),
    "last day of a span": (
        {"on": "2023-01-16", "at": "18:00", "order": 2, "recorded_at": SECOND},
        {"on": "2023-01", "order": 1, "recorded_at": FIRST},
    ),
    "time of day": (
        {"at": "09:30", "order": 2, "recorded_at": SECOND},
        {"at": "15:00", "order": 1, "recorded_at": FIRST},
    ),
    "no time of day": (
        {"order": 2, "recorded_at": SECOND},
        {"at": "00:00", "order": 1, "recorded_at": FIRST},
    ),
    "order": (
        {"at": "15:00", "order": 1, "recorded_at": SECOND},
        {"at": "15:00", "order": 2, "recorded_at": FIRST},
    ),
    "no order": ({"recorded_at": SECOND}, {"order": 1, "recorded_at": FIRST}),
    "recorded_at": ({"order": 1, "recorded_at": FIRST}, {"order": 1, "recorded_at": SECOND}),
}
"""Two entries that differ in one thing of the order; what is of less weight says the contrary."""


def former_and_latter(thing: str) -> tuple[Effective, Effective]:
    """Return two entries in their order, with ids that say the contrary."""
    former, latter = FORMER_AND_LATTER[thing]
    return (
        Effective("f" * 64, takes("KEN", "support", "art-6", **former)),
        Effective("0" * 64, takes("KEN", "oppose", "art-6", **latter)),
    )


@pytest.mark.parametrize("thing", FORMER_AND_LATTER)
def test_the_canonical_order_of_entries(thing: str) -> None:
    """Choice: the last day comes first, then time of day, order, and when it was recorded."""
    former, latter = former_and_latter(thing)
    assert [former, latter] == ordered([latter, former])


def test_the_id_orders_what_nothing_else_does() -> None:
    """Choice: entries that happened and were recorded at once are ordered by their ids."""
    former, latter = (Effective(letter * 64, takes("KEN", "support", "art-6")) for letter in "ab")
    assert [former, latter] == ordered([latter, former])


@pytest.mark.parametrize("thing", FORMER_AND_LATTER)
def test_the_canonical_order_of_rows(thing: str) -> None:
    """Choice: rows of the index are in the order of the entries that they are of."""
    former, latter = (row_of(0, live) for live in former_and_latter(thing))
    assert [former, latter] == sorted([latter, former], key=lambda row: row.sort_key)


def test_the_time_of_day_comes_before_the_order_of_the_agenda(room: Scenario) -> None:
    """Choice: who spoke at 15:00 spoke after 9:30, whatever ``order`` says."""
    room.given(
        takes("KEN", "support", "art-6", at="15:00", order=1),
        takes("KEN", "oppose", "art-6", at="09:30", order=2),
    ).then_position("KEN", "art-6", "support", as_of="2023-01-16")


def test_the_order_of_the_agenda_comes_before_that_of_recording(room: Scenario) -> None:
    """Choice: of two stances of one day, the one of the higher ``order`` stands."""
    room.given(
        takes("KEN", "support", "art-6", order=2),
        takes("KEN", "oppose", "art-6", order=1),
    ).then_position("KEN", "art-6", "support", as_of="2023-01-16")


def test_corrections_act_in_the_order_of_recording() -> None:
    """Choice: of two corrections of a field the one recorded last stands, whatever their ids."""
    entry = stamped(takes("KEN", "support", "art-6"))
    former = stamped(correction(entry.id, stance="oppose"), 1)._replace(id="f" * 64)
    latter = stamped(correction(entry.id, stance="block"), 2)._replace(id="0" * 64)
    live = next(one for one in effective([latter, former, entry]) if one.id == entry.id)
    assert takes("KEN", "block", "art-6").stance == live.entry.stance  # type: ignore[attr-defined]
    assert (former.id, latter.id) == live.corrected_by


def test_a_correction_begins_one_version_of_its_entry_and_one_of_its_own() -> None:
    """Choice: an entry has a version more when it is corrected; the correction has none before."""
    entry = stamped(takes("KEN", "support", "art-6"))
    erratum = stamped(correction(entry.id, stance="oppose"), 1)
    begun, changed = entry.entry.recorded_at, erratum.entry.recorded_at
    now = next(one for one in effective([entry, erratum]) if one.id == entry.id)
    assert list(versions([entry, erratum])) == [
        EntryVersion(entry.id, begun, changed, Effective(entry.id, entry.entry), first=True),
        EntryVersion(entry.id, changed, None, now, first=False),
        EntryVersion(erratum.id, changed, None, Effective(erratum.id, erratum.entry), first=True),
    ]


def test_what_is_retracted_at_once_counted_for_no_time_at_all() -> None:
    """Choice: an entry retracted in the moment of its recording has one version, without length."""
    entry = stamped(takes("KEN", "support", "art-6"))
    erratum = stamped(retraction(entry.id))
    moment = entry.entry.recorded_at
    assert list(versions([entry, erratum])) == [
        EntryVersion(entry.id, moment, moment, Effective(entry.id, entry.entry), first=True),
        EntryVersion(erratum.id, moment, None, Effective(erratum.id, erratum.entry), first=True),
    ]
