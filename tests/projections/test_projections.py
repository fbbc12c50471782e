from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import stamped
from negotrack.domain.specification import Effective, effective, ordered
from negotrack.domain.values import Source
from negotrack.facts.rows import BOOKKEEPING, STANCE, in_words, row_of
from negotrack.projections.evidence.history import stance_changes
from negotrack.projections.positions.changes import by_day, by_session, steps
from negotrack.projections.positions.positions import positions
from negotrack.projections.positions.timeline import happening, timeline
from shorthand import correction, decided, delegation, provision, retraction, says, takes
from strategies import ASKED, few, histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.positions import Position


def happened(*drafts: Entry) -> list[Row]:
    """Return rows of entries that happened in this order."""
    kept = [stamped(draft, number) for number, draft in enumerate(drafts)]
    return [row_of(0, live) for live in ordered(effective(kept))]


# -- positions --------------------------------------------------------------------------------


def test_the_last_stance_is_the_position() -> None:
    """A later stance on the same target replaces the earlier, whatever its option."""
    rows = happened(
        takes("KEN", "oppose", "scope", on="2023-01-16", option="limited"),
        takes("KEN", "support", "scope", on="2023-01-17", option="broad"),
    )
    (position,) = positions(rows)
    assert position[:5] == ("KEN", "scope", "support", "broad", "2023-01-17")
    assert rows[1].id == position.entry


def test_positions_on_two_targets_are_two() -> None:
    """A paragraph is another target than its article."""
    rows = happened(takes("KEN", "oppose", "art-6"), takes("KEN", "support", "art-6/2"))
    assert [(p.target, p.stance) for p in positions(rows)] == [
        ("art-6", "oppose"),
        ("art-6/2", "support"),
    ]


def test_a_stance_taken_back_leaves_none() -> None:
    """Undeclared is the absence of a stance."""
    rows = happened(takes("KEN", "oppose", "art-6"), takes("KEN", "none", "art-6", on="2023-01-17"))
    assert positions(rows) == []
    again = happened(
        takes("KEN", "none", "art-6"), takes("KEN", "reserve", "art-6", on="2023-01-17")
    )
    assert [p.stance for p in positions(again)] == ["reserve"]


def test_positions_are_sorted_by_target_option_and_delegation() -> None:
    """Those who are for one option stand together."""
    rows = happened(
        takes("KEN", "support", "scope", option="limited"),
        takes("EU", "support", "scope", option="broad"),
        takes("CHN", "support", "scope", option="limited"),
        takes("CHN", "support", "art-6"),
        takes("HRW", "reserve", "scope"),
    )
    assert [(p.target, p.delegation) for p in positions(rows)] == [
        ("art-6", "CHN"),
        ("scope", "HRW"),
        ("scope", "EU"),
        ("scope", "CHN"),
        ("scope", "KEN"),
    ]


def test_a_position_says_where_it_comes_from() -> None:
    """Who spoke, with whose statement, in which session and by which source, is kept."""
    (position,) = positions(
        happened(
            takes(
                "AUT", "accept", "scope", for_="EU", aligned_with="KEN", session="s-1",
                condition="the list is closed", reason="certainty", confidence="official",
                sources=(Source(title="Report"),),
            )
        )
    )  # fmt: skip
    assert (position.delegation, position.by, position.through) == ("EU", "AUT", "KEN")
    assert (position.condition, position.reason) == ("the list is closed", "certainty")
    assert (position.session, position.confidence) == ("s-1", "official")
    assert json.loads(position.sources) == [{"title": "Report"}]


def test_own_words_have_no_speaker_and_no_via() -> None:
    """Only what differs from the plain case is said."""
    (position,) = positions(happened(takes("KEN", "accept", "scope")))
    assert (position.by, position.via) == (None, "own")


def test_decisions_and_statements_are_no_positions() -> None:
    """Only stances make positions."""
    assert positions(happened(decided("scope"), says("KEN", "Hm.", target="scope"))) == []


# -- moves ------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("stance", "option", "words"),
    [
        ("support", "broad", "support broad"),
        ("block", None, "block"),
        (None, "broad", None),
        (None, None, None),
    ],
)
def test_a_stance_is_said_with_its_option(
    stance: str | None, option: str | None, words: str | None
) -> None:
    """An option without a stance says nothing."""
    assert words == in_words(stance, option)


@few
@given(histories())
def test_the_last_moves_are_the_positions(kept: list[StoredEntry]) -> None:
    """History ends where positions are: nothing is in the one and not in the other."""
    rows = [row_of(0, live) for live in ordered(effective(kept))]
    last = {(m.position.delegation, m.position.target): m.position for m in stance_changes(rows)}
    held = {(p.delegation, p.target): p for p in positions(rows, own_only=True)}
    assert held == {cell: p for cell, p in last.items() if p.stance != "none"}


# -- steps ------------------------------------------------------------------------------------

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
    found = list(steps(happened(*DIARY), by_day))
    assert [step.name for step in found] == ["2023-01-16", "2023-01-17", "2023-01-25", "2023-02-06"]
    assert [len(step.changes) for step in found] == [2, 1, 1, 1]


def test_a_step_is_a_session() -> None:
    """A session is one step from its first entry to its last; between sessions has no name."""
    found = list(steps(happened(*DIARY), by_session([])))
    assert [step[:3] for step in found] == [
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
    found = steps(rows, by_session([("s-1", "2023-01-16", "2023-01-20")]))
    assert [(step.name, len(step.changes)) for step in found] == [("s-1", 3), ("", 1)]


@few
@given(histories(), st.sampled_from(ASKED))
def test_a_replay_can_stop_and_go_on(kept: list[StoredEntry], day: str) -> None:
    """From the positions of a day, the rest of a replay is what it would have been."""
    rows = [row_of(0, live) for live in ordered(effective(kept))]
    whole = [(s.name, s.changes, dict(s.state)) for s in steps(rows, by_day)]
    stances = [row for row in rows if row.stance and row.last <= day]
    before = positions(stances, own_only=True)
    rest = steps((row for row in rows if row.last > day), by_day, before)
    after = [(s.name, s.changes, dict(s.state)) for s in rest]
    assert [step[:2] for step in whole if step[0] > day] == [step[:2] for step in after]
    assert _words(whole[-1][2] if whole else {}) == _words(after[-1][2] if after else _held(before))


def _held(found: list[Position]) -> dict[tuple[str, str], Position]:
    return {(p.delegation, p.target): p for p in found}


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
            if row.type == STANCE:
                assert standing.get((row.holder, row.target)) == change.was
                standing[row.holder, row.target] = change.now
    declared = positions([row for row in rows if row.stance], own_only=True)
    held = {(p.delegation, p.target): in_words(p.stance, p.option) for p in declared}
    assert held == {cell: now for cell, now in standing.items() if now is not None}


# -- timeline ---------------------------------------------------------------------------------


@few
@given(histories())
def test_a_timeline_is_every_row_once(kept: list[StoredEntry]) -> None:
    """With the books that are kept, nothing is left out; without them, only they are."""
    rows = [row_of(0, live) for live in ordered(effective(kept))]
    assert [row.id for row in rows] == [h.entry for h in timeline(rows, bookkeeping=True)]
    shown = [row.id for row in rows if row.type not in BOOKKEEPING]
    assert shown == [h.entry for h in timeline(rows)]


def test_books_are_shown_on_demand() -> None:
    """Registrations, corrections and retractions say nothing of what happened in the room."""
    rows = happened(
        delegation("KEN"), provision("art-6"), retraction("a" * 64), correction("b" * 64, note="x")
    )
    assert list(timeline(rows)) == []
    assert len(list(timeline(rows, bookkeeping=True))) == 4


def test_a_happening_says_what_its_entry_says() -> None:
    """Each column is a field of the entry; what is absent is None."""
    (row,) = happened(
        takes(
            "AUT",
            "oppose",
            "scope",
            for_="EU",
            at="10:00",
            session="s-1",
            note="seen",
            on="2023-01?",
        )
    )
    found = happening(row)
    assert found[1:5] == ("2023-01?", "10:00", "s-1", "stance.taken")
    assert found[5:9] == ("AUT", "EU", "scope", "oppose")
    assert found[9:14] == ("reported", "reported", "[]", "seen", False)
    assert found[14:16] == ("2023-03-01T12:00:00.000000Z", "tester")
    assert (found.disputed, found.possible) == ((), False)
    assert happening(happened(says("KEN", "Hm."))[0]).at is None


def test_a_naming_entry_is_about_what_it_names() -> None:
    """The target of a happening is the target of its entry, or the name that it gives."""
    assert happening(happened(provision("art-6"))[0]).target == "art-6"


def test_a_corrected_entry_is_marked() -> None:
    """Who reads a timeline sees that an entry is no longer as it was logged."""
    kept = stamped(takes("KEN", "oppose", "scope"))
    row = row_of(0, Effective(kept.id, kept.entry, ("c" * 64,)))
    assert happening(row).corrected
