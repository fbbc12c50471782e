"""Brackets: read, placed and lifted; balanced, or refused."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from negotrack.errors import Rejected
from negotrack.wording.brackets import brackets, lifted, placed, unbracketed
from negotrack.wording.changes import applied
from negotrack.wording.words import joined, words
from texts import STORE, prose

loose = st.lists(st.sampled_from((*STORE, "[", "]", "/", "or", " ", " ", "\n")), max_size=14)


def _balanced(tokens: list[str]) -> bool:
    """Tell by striking out innermost brackets whether nothing remains: the plain reference."""
    left = "".join(token for token in tokens if token in {"[", "]"})
    while "[]" in left:
        left = left.replace("[]", "")
    return not left


@st.composite
def bracketed(draw: st.DrawFn) -> list[str]:
    """Draw a text with brackets in it, nested ones and alternatives among them."""
    tokens = draw(prose)
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(tokens)))
        end = draw(st.integers(start, len(tokens)))
        if joined(tokens[start:end]).strip() and _balanced(tokens[start:end]):
            other = draw(st.sampled_from([(), ("may",), ("the", " ", "State")]))
            tokens = applied(tokens, placed(tokens, start, end, other))
    return tokens


@given(tokens=loose)
def test_brackets_balance_or_are_refused(tokens: list[str]) -> None:
    """A text is refused exactly when striking out pairs of brackets leaves one over."""
    if _balanced(tokens):
        pairs = brackets(tokens)
        assert tokens.count("[") == len(pairs)
        assert all(tokens[one.start] + tokens[one.end - 1] == "[]" for one in pairs)
        assert sorted(pairs) == pairs
    else:
        with pytest.raises(Rejected, match="a bracket is"):
            brackets(tokens)


@given(tokens=bracketed())
def test_depth_is_how_many_brackets_stand_around(tokens: list[str]) -> None:
    """The depth of a bracket is the number of brackets that it stands in."""
    pairs = brackets(tokens)
    around = [sum(o.start < one.start < o.end for o in pairs) for one in pairs]
    assert around == [one.depth for one in pairs]


@given(tokens=bracketed(), data=st.data())
def test_what_is_lifted_leaves_its_words(tokens: list[str], data: st.DataObject) -> None:
    """Without a row of brackets, the text reads as it did with one alternative in their place."""
    pairs = brackets(tokens)
    assume(pairs)
    one = data.draw(st.sampled_from(pairs))
    row = [other for other in pairs if other.group == one.group]
    start, end = row[0].start, row[-1].end
    left = applied(tokens, lifted(tokens, one))
    assert joined(tokens[:start]) + one.words + joined(tokens[end:]) == joined(left)
    assert _balanced(left)


@given(text=prose, data=st.data())
def test_to_lift_is_the_inverse_of_to_place(text: list[str], data: st.DataObject) -> None:
    """A bracket that is placed and lifted leaves the text as it was, or the alternative in it."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assume(joined(text[start:end]).strip())
    placed_text = applied(text, placed(text, start, end, ("other",)))
    own, other = brackets(placed_text)
    assert text == applied(placed_text, lifted(placed_text, own))
    kept = applied(placed_text, lifted(placed_text, other))
    assert [*placed_text[: own.start], "other", *placed_text[other.end :]] == kept
    assert kept == applied(placed_text, lifted(placed_text, own, ["other"]))


@given(tokens=bracketed())
def test_a_clean_text_has_what_nobody_bracketed(tokens: list[str]) -> None:
    """Every word outside all brackets stays, in order, and nothing else does."""
    spans = [(one.start, one.end) for one in brackets(tokens)]
    outside = [t for n, t in enumerate(tokens) if not any(a <= n < b for a, b in spans)]
    clean = unbracketed(tokens)
    kept = [t for t in clean if t not in {"[", "…", "]"} and not t.isspace()]
    assert [t for t in outside if not t.isspace() and t not in {"/", "or"}] == kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[shall] [may]", [("shall", 0, 0), ("may", 0, 0)]),
        ("[shall]/[may] or [should]", [("shall", 0, 0), ("may", 0, 0), ("should", 0, 0)]),
        ("[shall], [may]", [("shall", 0, 0), ("may", 0, 1)]),
        ("[One.]\n[Two.]", [("One.", 0, 0), ("Two.", 0, 1)]),
        ("[a [b] [c]] [d]", [("a [b] [c]", 0, 0), ("b", 1, 1), ("c", 1, 1), ("d", 0, 0)]),
        ("[a [b]] [[c] d]", [("a [b]", 0, 0), ("b", 1, 1), ("[c] d", 0, 0), ("c", 1, 2)]),
        ("none", []),
    ],
)
def test_alternatives_share_a_group(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Brackets of one depth that only blanks, "/" or "or" part are alternatives of one another."""
    assert expected == [(one.words, one.depth, one.group) for one in brackets(words(text))]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("States shall] act", "a bracket is closed that was not opened, after ‘States shall’"),
        ("States [shall act", "a bracket is opened and not closed, after ‘States’"),
        ("[States [shall] act", "a bracket is opened and not closed, at the beginning"),
    ],
)
def test_a_refusal_names_the_place(text: str, sentence: str) -> None:
    """Who forgot a bracket is told after which words."""
    with pytest.raises(Rejected) as refused:
        brackets(words(text))
    assert sentence == refused.value.sentence


def test_a_passage_is_bracketed_without_its_blanks() -> None:
    """The brackets stand close to the words."""
    tokens = words("States shall act")
    assert (
        joined(applied(tokens, placed(tokens, 1, 4, words(" may ")))) == "States [shall] [may] act"
    )


def test_an_addition_is_bracketed_where_it_would_stand() -> None:
    """With no passage, the alternative alone is bracketed, with a blank where one is missing."""
    tokens = words("States shall act.")
    assert joined(applied(tokens, placed(tokens, 5, 5, ["now"]))) == "States shall act [now]."
    assert joined(applied(tokens, placed(tokens, 2, 2, ["now"]))) == "States [now] shall act."


@pytest.mark.parametrize("span", [(1, 1), (1, 2)])
def test_nothing_cannot_be_bracketed(span: tuple[int, int]) -> None:
    """Without a passage and without an alternative there is nothing to bracket."""
    with pytest.raises(Rejected, match="there are no words to put in brackets"):
        placed(words("States shall"), *span)


def test_half_a_bracket_cannot_be_bracketed() -> None:
    """A passage that begins in one bracket and ends outside it is refused."""
    with pytest.raises(Rejected, match="a bracket is opened and not closed"):
        placed(words("[shall] act"), 0, 2)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the [legal] person", "the person"),
        ("[Legal] persons", "persons"),
        ("act [now].", "act."),
        ("One.\n[Two.]", "One."),
        ("One.\n[Two.]\nThree.", "One.\nThree."),
        ("One.\n[Now] two.", "One.\ntwo."),
        ("[One.]\nTwo.", "Two."),
    ],
)
def test_where_nothing_stays_no_blank_is_left_over(text: str, left: str) -> None:
    """A bracket that is lifted with all its words takes one blank along."""
    tokens = words(text)
    assert left == joined(applied(tokens, lifted(tokens, brackets(tokens)[0], ())))


def test_clean_text_marks_what_is_open() -> None:
    """A row of alternatives is marked once."""
    assert joined(unbracketed(words("States [shall] [may [not]] act"))) == "States […] act"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("States [may] [shall] act", 1),
        ("States [may]/[shall] act", 1),
        ("States [may] or [shall] act", 1),
        ("States [may] / or [shall] act", 2),
        ("States [may] and [shall] act", 2),
        ("States [may] or\n[shall] act", 2),
    ],
)
def test_alternatives_are_parted_by_one_word_at_most(text: str, count: int) -> None:
    """Choice: "/" or "or" parts two alternatives; both together, or a line, part two brackets."""
    assert count == len({one.group for one in brackets(words(text))})
