"""Who moved between two days, how far, and toward whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain.specification import Effective, answer, ordered
from negotrack.domain.stances import GRADES, in_words
from negotrack.facts.rows import row_of
from negotrack.projections.positions.movers import net_moves
from negotrack.projections.positions.positions import positions
from shorthand import joined, takes
from strategies import ASKED, few, histories

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.projections.positions.movers import NetMove
    from negotrack.projections.positions.positions import Position

LATER = "2023-01-18"


def _positions(*drafts: Entry) -> list[Position]:
    live = [Effective(f"{n:064}", draft) for n, draft in enumerate(drafts)]
    return positions(row_of(n, one) for n, one in enumerate(ordered(live)))


def _one(before: tuple[Entry, ...], *after: Entry) -> NetMove:
    (move,) = [
        s
        for s in net_moves(_positions(*before), _positions(*before, *after))
        if s.delegation == "KEN"
    ]
    return move


@pytest.mark.parametrize(
    ("before", "after", "far"),
    [("support", "block", -4), ("oppose", "accept", 2), ("reserve", "oppose", -1)],
)
def test_a_move_is_as_far_as_its_grades(before: str, after: str, far: int) -> None:
    """The distance is the difference of the grades, positive toward support."""
    move = _one((takes("KEN", before, "scope"),), takes("KEN", after, "scope", on=LATER))
    assert (move.kind, move.change, move.total) == ("moved", far, abs(far))


def test_a_first_word_is_no_move() -> None:
    """Who had no position has declared itself, and has gone no way."""
    move = _one((), takes("KEN", "oppose", "scope"))
    assert (move.kind, move.change, move.total, move.before) == ("declared", None, 0, None)


def test_who_takes_back_its_words_is_undeclared() -> None:
    """A position that is no longer held is listed as such, with what it was."""
    move = _one((takes("KEN", "oppose", "scope"),), takes("KEN", "none", "scope", on=LATER))
    assert (move.kind, move.after, move.toward) == ("undeclared", None, ())


def test_another_option_is_a_move_without_a_distance() -> None:
    """Grades on two options cannot be subtracted."""
    before = (takes("KEN", "support", "scope", option="broad"),)
    move = _one(before, takes("KEN", "support", "scope", option="limited", on=LATER))
    assert (move.kind, move.change) == ("moved", None)


def test_a_mover_joins_those_who_stood_there() -> None:
    """A group stands for those who stand there through it; the most numerous come first."""
    before = (
        joined("AUT", "EU"),
        joined("FRA", "EU"),
        takes("EU", "oppose", "scope"),
        takes("CHN", "oppose", "scope"),
        takes("RUS", "support", "scope"),
        takes("KEN", "support", "scope"),
    )
    move = _one(before, takes("KEN", "oppose", "scope", on=LATER))
    assert (move.toward, move.standing) == (("EU", "CHN"), 4)


def test_the_farthest_come_first_and_first_words_last() -> None:
    """Movers are ordered by how far they went in all."""
    before = [takes(d, "support", t) for d in ("AUT", "KEN") for t in ("art-6", "scope")]
    after = [
        takes("AUT", "accept", "scope", on=LATER),
        takes("KEN", "oppose", "art-6", on=LATER),
        takes("KEN", "block", "scope", on=LATER),
        takes("CHN", "support", "scope", on=LATER),
    ]
    moves = net_moves(_positions(*before), _positions(*before, *after))
    assert [(s.delegation, s.target, s.total) for s in moves] == [
        ("KEN", "scope", 7),
        ("KEN", "art-6", 7),
        ("AUT", "scope", 1),
        ("CHN", "scope", 0),
    ]


@few
@given(kept=histories(), days=st.tuples(st.sampled_from(ASKED), st.sampled_from(ASKED)))
def test_shifts_lead_from_one_day_to_the_other(
    kept: list[StoredEntry], days: tuple[str, str]
) -> None:
    """What was held, with every shift made, is what is held; and totals are sums of distances."""
    old, new = (positions(row_of(0, live, day) for live in answer(kept, day)) for day in days)
    moves = net_moves(old, new)
    standing = {(p.delegation, p.target): in_words(p.stance, p.option) for p in old}
    far: dict[str, int] = {}
    for s in moves:
        standing.pop((s.delegation, s.target), None)
        if s.after is not None:
            standing[s.delegation, s.target] = in_words(s.after.stance, s.after.option)
        if s.before and s.after and s.before.option == s.after.option:
            step = abs(GRADES[s.after.stance] - GRADES[s.before.stance])
            far[s.delegation] = far.get(s.delegation, 0) + step
    assert standing == {(p.delegation, p.target): in_words(p.stance, p.option) for p in new}
    assert all(s.total == far.get(s.delegation, 0) for s in moves)
