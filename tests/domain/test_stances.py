"""The grades of a stance: their codes on disk, their letters, and how they are said."""

from __future__ import annotations

from typing import get_args

import pytest

from negotrack.domain.stances import (
    BY_NAME,
    CODES,
    GRADES,
    KEY,
    NAMES,
    STANCES,
    TAKEN_BACK,
    Grade,
    Side,
    in_words,
    side,
    sign,
)


def test_the_type_names_the_grades() -> None:
    """What the type of a stance lets in is a row of the table, or takes a stance back."""
    assert get_args(Grade) == (*(stance.name for stance in STANCES), TAKEN_BACK)
    assert [BY_NAME[stance.name] for stance in STANCES] == list(STANCES)


def test_grades_go_from_support_down_to_block() -> None:
    """The rows are in order, most in favour first, a grade apart."""
    assert GRADES == {"support": 2, "accept": 1, "reserve": 0, "oppose": -1, "block": -2}
    assert list(GRADES.values()) == [2, 1, 0, -1, -2]


def test_codes_on_disk_are_for_ever() -> None:
    """An index of last year has the same codes, and none stands for two grades."""
    assert CODES == {"none": 0, "block": 1, "oppose": 2, "reserve": 3, "accept": 4, "support": 5}
    assert {code: name for name, code in CODES.items()} == NAMES


def test_letters_have_a_key() -> None:
    """Each grade has a letter of its own, and the key has all of them."""
    assert [stance.letter for stance in STANCES] == ["S", "A", "R", "O", "B"]
    assert KEY == "S support, A accept, R reserve, O oppose, B block"


@pytest.mark.parametrize(
    ("stance", "vote", "where", "objects"),
    [
        ("support", "yes", "for", False),
        ("accept", "yes", "for", False),
        ("reserve", "abstain", "between", False),
        ("oppose", "no", "against", False),
        ("block", "no", "against", True),
    ],
)
def test_a_stance_stands_for_a_vote(
    stance: str,
    vote: str,
    where: Side,
    objects: bool,  # noqa: FBT001
) -> None:
    """Who accepts would vote in favour; only a red line stops a consensus."""
    row = BY_NAME[stance]
    assert (row.vote, row.side, row.objects) == (vote, where, objects)


@pytest.mark.parametrize(
    ("grade", "of_grade", "where"),
    [(2, 1, "for"), (1, 1, "for"), (0, 0, "between"), (-1, -1, "against"), (-2, -1, "against")],
)
def test_a_grade_has_a_side(grade: int, of_grade: int, where: Side) -> None:
    """The sign of a grade says on which side it is."""
    assert (sign(grade), side(grade)) == (of_grade, where)


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
