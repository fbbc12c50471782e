"""The moves of a delegation on a target, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given

from negotrack.domain.specification import effective, ordered
from negotrack.facts.query import Resolution
from negotrack.facts.rows import row_of
from negotrack.projections.evidence.history import stance_changes
from negotrack.projections.positions.positions import positions
from projections.happenings import happened
from shorthand import takes
from strategies import few, histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry


def test_every_stance_is_a_move() -> None:
    """A move has the stance and the one before it; the first word has none before it."""
    rows = happened(
        takes("KEN", "oppose", "scope", on="2023-01-16", option="broad"),
        takes("KEN", "reserve", "scope", on="2023-01-17"),
        takes("KEN", "none", "scope", on="2023-01-18"),
        takes("KEN", "support", "scope", on="2023-01-19"),
    )
    assert [(move.before, move.position.stance) for move in stance_changes(rows)] == [
        (None, "oppose"),
        ("oppose broad", "reserve"),
        ("reserve", "none"),
        (None, "support"),
    ]


def test_moves_come_by_target_and_delegation() -> None:
    """The moves of one delegation on one target stand together, in order."""
    rows = happened(
        takes("KEN", "oppose", "scope"),
        takes("KEN", "support", "art-6"),
        takes("CHN", "support", "scope"),
        takes("KEN", "accept", "scope", on="2023-01-17"),
    )
    assert [(m.position.target, m.position.delegation, m.before) for m in stance_changes(rows)] == [
        ("art-6", "KEN", None),
        ("scope", "CHN", None),
        ("scope", "KEN", None),
        ("scope", "KEN", "oppose"),
    ]


def test_a_move_says_when_it_was_recorded() -> None:
    """What was logged late can be told."""
    rows = happened(takes("KEN", "oppose", "scope"))
    assert [rows[0].recorded_at] == [move.recorded_at for move in stance_changes(rows)]


@few
@given(histories())
def test_the_last_moves_are_the_positions(kept: list[StoredEntry]) -> None:
    """History ends where positions are: nothing is in the one and not in the other."""
    rows = [row_of(0, live) for live in ordered(effective(kept))]
    last = {(m.position.delegation, m.position.target): m.position for m in stance_changes(rows)}
    cells = {(p.delegation, p.target): p for p in positions(rows, Resolution(own_only=True))}
    assert cells == {cell: p for cell, p in last.items() if p.stance != "none"}
