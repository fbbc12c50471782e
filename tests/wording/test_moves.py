"""What moved where passages overlap, one example for each choice."""

from __future__ import annotations

import pytest

from negotrack.wording.moves import LEAST, WordSpan, moves
from negotrack.wording.words import joined, words


def moved(deleted: tuple[str, ...], inserted: tuple[str, ...]) -> list[tuple[str, int, int]]:
    """Return the passages of a word or more that moved, with the run and the place they left."""
    runs = [run.split() for run in deleted]
    return [
        (" ".join(runs[one.away.run][one.away.start : one.away.end]), one.away.run, one.away.start)
        for one in moves(runs, [run.split() for run in inserted], least=1)
    ]


def test_of_what_is_cut_the_longest_part_moves() -> None:
    """Choice: where longer passages took a part out of one, its longest free part moves."""
    deleted = ("b b a b c c a c a", "b b c c b c a")
    inserted = ("a a b c c b", "a c b c a a a", "c a a b b b")
    passages = moved(deleted, inserted)
    assert ("c a", 1, 5) in passages
    assert len(passages) == 9


def test_of_two_parts_as_long_the_first_moves() -> None:
    """Choice: where what is free of a passage is as long in two places, the former moves."""
    deleted = ("c a a b a c", "a b b a a c a c a")
    assert moved(deleted, ("c a a a b b",)) == [
        ("c a a", 0, 0),
        ("a", 1, 0),
        ("b", 0, 3),
        ("b", 1, 1),
    ]


def test_a_passage_of_five_words_moves() -> None:
    """Choice: fewer words are a turn of phrase, which may well stand in two places."""
    assert LEAST == 5
    five, four = words("one two three four five"), words("one two three four")
    assert [one.away for one in moves([five], [five])] == [WordSpan(0, 0, len(five))]
    assert moves([four], [four]) == []


def test_a_passage_moves_once() -> None:
    """Where the same words arrive twice, the first place has them."""
    passage = words("one two three four five")
    assert [one.here.run for one in moves([passage], [passage, passage])] == [0]


@pytest.mark.parametrize(
    ("between", "numbers"),
    [("six", [1, 1]), ("six x", [1, 1]), ("six x y", [1, 2])],
    ids=["one word", "two words", "three words"],
)
def test_parts_that_a_slip_parts_are_one_passage(between: str, numbers: list[int]) -> None:
    """Choice: two words may have changed within a passage that moved; three make it two."""
    away = words(f"one two three four five {between} seven eight nine ten eleven")
    here = words("one two three four five and seven eight nine ten eleven")
    assert [one.number for one in moves([away], [here])] == numbers


def test_passages_are_numbered_as_they_arrive() -> None:
    """What arrives first is number 1, wherever it stood before."""
    away = words("one two three four five, six seven eight nine ten")
    here = words("six seven eight nine ten; one two three four five")
    passages = moves([away], [here])
    assert [(one.number, joined(away[one.away.start : one.away.end])) for one in passages] == [
        (1, "six seven eight nine ten"),
        (2, "one two three four five"),
    ]
