from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from conftest import stamped
from negotrack.domain.entry_types import STANCE_TAKEN
from negotrack.domain.specification import effective, known, ordered
from negotrack.domain.stances import in_words
from negotrack.facts.rows import row_of
from negotrack.projections.evidence.retroactive import (
    ChangedAnswer,
    changed_answers,
    retroactive_changes,
)
from negotrack.projections.positions.positions import positions
from shorthand import correction, retraction, takes
from strategies import HOLDERS, TARGETS, few, histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.facts.rows import Row

FIRST = takes("KEN", "reserve", "scope", on="2023-01-16")


def rows(kept: list[StoredEntry], k: str | None = None) -> list[Row]:
    """Return the stances that are known at a moment, in order."""
    all_rows = [row_of(0, live) for live in ordered(effective(known(kept, k)))]
    return [row for row in all_rows if row.type == STANCE_TAKEN]


def learned(before: list[Entry], *after: Entry) -> tuple[list[Row], list[Row], set[str]]:
    """Return rows before and after some entries came in, and the ids of all."""
    kept = [stamped(draft, n) for n, draft in enumerate([*before, *after])]
    old, new = rows(kept[: len(before)]), rows(kept)
    return old, new, {row.id for row in (*old, *new)} - {kept[0].id}


def test_a_late_stance_changes_the_days_until_the_next_one() -> None:
    """What was logged late counts from its day until the stance that followed it."""
    later = takes("KEN", "support", "scope", on="2023-02-06")
    old, new, ids = learned([FIRST, later], takes("KEN", "oppose", "scope", on="2023-01-20"))
    (effect,) = changed_answers(old, new, ids)
    assert effect[1:] == ("KEN", "scope", "2023-01-20", "2023-02-05", "reserve", "oppose")
    assert effect.entry == next(row.id for row in new if row.stance == "oppose")


def test_a_retraction_changes_the_days_of_its_entry() -> None:
    """Without the entry the delegation is as undeclared as before it."""
    kept = stamped(FIRST)
    (effect,) = changed_answers(
        rows([kept]), rows([kept, stamped(retraction(kept.id), 1)]), {kept.id}
    )
    assert effect == ChangedAnswer(kept.id, "KEN", "scope", "2023-01-16", None, "reserve", None)


def test_a_corrected_date_changes_the_days_between() -> None:
    """Where a date moves back, the answer is another from the new day to the old one."""
    kept = stamped(FIRST)
    moved = msgspec.structs.replace(correction(kept.id, note="-"), set={"on": "2023-01-10"})
    new = rows([kept, stamped(moved, 1)])
    (effect,) = changed_answers(rows([kept]), new, {kept.id})
    assert (effect.first, effect.last) == ("2023-01-10", "2023-01-15")


def test_what_changes_no_answer_has_no_effect() -> None:
    """A late entry that says what was held already is a lesson without effect."""
    old, new, ids = learned([FIRST], takes("KEN", "reserve", "scope", on="2023-01-20"))
    assert list(changed_answers(old, new, ids)) == []
    (lesson,) = retroactive_changes(old, new, [])
    assert (lesson.kind, lesson.was, lesson.changed_answers) == ("learned", None, ())


def test_the_kinds_of_lessons() -> None:
    """An entry can be learned, corrected or retracted; what is unchanged is no lesson."""
    kept = [stamped(FIRST), stamped(takes("CHN", "oppose", "scope"), 1)]
    errata = [
        stamped(correction(kept[0].id, stance="oppose"), 2),
        stamped(retraction(kept[1].id), 3),
    ]
    new = stamped(takes("AUT", "accept", "scope"), 4)
    lessons = retroactive_changes(rows(kept), rows([*kept, *errata, new]), [])
    assert {lesson.happening.by: lesson.kind for lesson in lessons} == {
        "KEN": "corrected", "CHN": "retracted", "AUT": "learned",
    }  # fmt: skip
    assert retroactive_changes(rows(kept), rows(kept), []) == []


def _answers(stances: list[Row], day: str) -> dict[tuple[str, str], str | None]:
    standing = positions(row for row in stances if row.last <= day)
    return {(p.delegation, p.target): in_words(p.stance, p.option) for p in standing}


@few
@given(data=st.data(), kept=histories())
def test_effects_are_exactly_the_answers_that_changed(
    data: st.DataObject, kept: list[StoredEntry]
) -> None:
    """For every cell and day, the answer is another if and only if an effect says so."""
    moments = sorted({k.entry.recorded_at for k in kept})
    first, last = sorted([data.draw(st.sampled_from(moments)), data.draw(st.sampled_from(moments))])
    old, new = rows(kept, first), rows(kept, last)
    effects: list[ChangedAnswer] = []
    for holder in HOLDERS:
        for target in TARGETS:
            was, now = (
                [r for r in side if (r.holder, r.target) == (holder, target)] for side in (old, new)
            )
            effects += changed_answers(was, now, {k.id for k in kept})
    for number in range(-10, 60):
        day = (date(2023, 1, 1) + timedelta(days=number)).isoformat()
        then, since = _answers(old, day), _answers(new, day)
        expected = {
            (e.delegation, e.target): (e.before, e.after)
            for e in effects
            if e.first <= day and (e.last is None or day <= e.last)
        }
        cells = {*then, *since}
        changed = {c: (then.get(c), since.get(c)) for c in cells if then.get(c) != since.get(c)}
        assert changed == expected
