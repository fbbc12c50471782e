"""Steps by day and by session, which add up to the positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain.entry_types import STANCE_TAKEN
from negotrack.domain.specification import effective, ordered
from negotrack.domain.stances import in_words
from negotrack.facts.query import Resolution
from negotrack.facts.rows import row_of
from negotrack.projections.positions.changes import by_day, by_session, steps
from negotrack.projections.positions.positions import positions
from projections.happenings import happened
from shorthand import delegation, says, takes
from strategies import ASKED, few, histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.projections.positions.positions import Position

DIARY = (
    delegation("KEN", on="2023-01-15"),
    takes("KEN", "oppose", "scope", on="2023-01-16", session="s-1"),
    says("CHN", "Hm.", on="2023-01-16", session="s-1", at="10:00"),
    takes("KEN", "support", "scope", on="2023-01-17", session="s-1", option="broad"),
    takes("KEN", "none", "scope", on="2023-01-25"),
    takes("KEN", "accept", "scope", on="2023-02-06", session="s-2"),
)


def test_a_step_is_a_day() -> None:
    """What happened on one day is one step, and books that are kept are none."""
    replayed = list(steps(happened(*DIARY), by_day))
    assert [step.name for step in replayed] == [
        "2023-01-16",
        "2023-01-17",
        "2023-01-25",
        "2023-02-06",
    ]
    assert [len(step.changes) for step in replayed] == [2, 1, 1, 1]


def test_a_step_is_a_session() -> None:
    """A session is one step from its first entry to its last; between sessions has no name."""
    replayed = list(steps(happened(*DIARY), by_session([])))
    assert [step[:3] for step in replayed] == [
        ("s-1", "2023-01-16", "2023-01-17"),
        ("", "2023-01-25", "2023-01-25"),
        ("s-2", "2023-02-06", "2023-02-06"),
    ]


def test_a_change_says_what_was_and_what_is() -> None:
    """Stances change from one to the next; what was taken back was and is none."""
    changes = [c for step in steps(happened(*DIARY), by_day) for c in step.changes]
    assert [(change.was, change.now) for change in changes] == [
        (None, "oppose"),
        (None, None),
        ("oppose", "support broad"),
        ("support broad", None),
        (None, "accept"),
    ]


def test_steps_go_by_the_last_day_of_a_span() -> None:
    """What happened in January is a step of the last day of January."""
    (step,) = steps(happened(says("KEN", "Hm.", on="2023-01")), by_day)
    assert step.name == "2023-01-31"


def test_nothing_makes_no_steps() -> None:
    """There is no step without a change."""
    assert list(steps([], by_day)) == []
    assert list(steps(happened(delegation("KEN")), by_session([]))) == []


def test_what_happens_on_the_days_of_a_session_is_part_of_it() -> None:
    """An entry without a session belongs to the one that sat on its day."""
    rows = happened(
        takes("KEN", "oppose", "scope", on="2023-01-16", session="s-1"),
        says("CHN", "Hm.", on="2023-01-17"),
        takes("KEN", "support", "scope", on="2023-01-18", session="s-1"),
        says("CHN", "Well.", on="2023-01-25"),
    )
    replayed = steps(rows, by_session([("s-1", "2023-01-16", "2023-01-20")]))
    assert [(step.name, len(step.changes)) for step in replayed] == [("s-1", 3), ("", 1)]


@few
@given(histories(), st.sampled_from(ASKED))
def test_a_replay_can_stop_and_go_on(kept: list[StoredEntry], day: str) -> None:
    """From the positions of a day, the rest of a replay is what it would have been."""
    rows = [row_of(0, live) for live in ordered(effective(kept))]
    whole = [(s.name, s.changes, dict(s.state)) for s in steps(rows, by_day)]
    stances = [row for row in rows if row.stance and row.last <= day]
    before = positions(stances, Resolution(own_only=True))
    rest = steps((row for row in rows if row.last > day), by_day, before)
    after = [(s.name, s.changes, dict(s.state)) for s in rest]
    assert [step[:2] for step in whole if step[0] > day] == [step[:2] for step in after]
    assert _words(whole[-1][2] if whole else {}) == _words(
        after[-1][2] if after else _by_cell(before)
    )


def _by_cell(standing: list[Position]) -> dict[tuple[str, str], Position]:
    return {(p.delegation, p.target): p for p in standing}


def _words(state: dict[tuple[str, str], Position]) -> dict[tuple[str, str], str | None]:
    return {cell: in_words(p.stance, p.option) for cell, p in state.items()}


@few
@given(histories())
def test_the_steps_add_up_to_the_positions(kept: list[StoredEntry]) -> None:
    """Who follows all changes ends with the positions."""
    rows = [row_of(0, live) for live in ordered(effective(kept))]
    by_id = {row.id: row for row in rows}
    standing: dict[tuple[str | None, str | None], str | None] = {}
    for step in steps(rows, by_session([])):
        for change in step.changes:
            row = by_id[change.happening.entry]
            if row.type == STANCE_TAKEN:
                assert standing.get((row.holder, row.target)) == change.was
                standing[row.holder, row.target] = change.now
    declared = positions([row for row in rows if row.stance], Resolution(own_only=True))
    cells = {(p.delegation, p.target): in_words(p.stance, p.option) for p in declared}
    assert cells == {cell: now for cell, now in standing.items() if now is not None}
