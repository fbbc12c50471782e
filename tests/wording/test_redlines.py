"""Redlines: no word is lost, and what moved is shown as moved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.wording.redlines import Segment, redline, redline_of_parts, two_layers
from negotrack.wording.words import joined, words
from texts import pairs, tokens, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OLD = ("same", "deleted", "moved-away")
NEW = ("same", "inserted", "moved-here")


def _read(segments: Iterable[Segment], kinds: tuple[str, ...]) -> str:
    return "".join(one.words for one in segments if one.kind in kinds)


def _marked(segments: Iterable[Segment]) -> str:
    """Write segments as a person would mark them, moves with their numbers."""
    signs = {"same": "", "deleted": "-", "inserted": "+", "moved-away": "<", "moved-here": ">"}
    return "".join(
        f"{{{signs[one.kind]}{one.move or ''}|{one.words}}}" if one.kind != "same" else one.words
        for one in segments
    )


@st.composite
def shuffled(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Draw a text and what became of it when sentences changed places and words changed."""
    sentences = [
        words(f"{a} one {a} two {a} three {a} four, ") for a in draw(st.permutations("vwxyz"))
    ]
    base = [token for sentence in sentences for token in sentence]
    turned = [token for sentence in draw(st.permutations(sentences)) for token in sentence]
    return base, draw(variants(turned))


@given(texts=st.one_of(pairs(), shuffled()))
def test_a_redline_is_both_texts(texts: tuple[list[str], list[str]]) -> None:
    """Unchanged plus deleted words are the base, unchanged plus inserted words the target."""
    base, target = texts
    segments = redline(base, target)
    assert joined(base) == _read(segments, OLD)
    assert joined(target) == _read(segments, NEW)
    assert all(one.words for one in segments)


@given(texts=shuffled())
def test_what_moves_away_arrives(texts: tuple[list[str], list[str]]) -> None:
    """The words of a move are the same in both places, and each has five words in one piece."""
    segments = redline(*texts)
    for number in {one.move for one in segments} - {0}:
        away = [one.words for one in segments if (one.kind, one.move) == ("moved-away", number)]
        here = [one.words for one in segments if (one.kind, one.move) == ("moved-here", number)]
        assert away == here
        assert all(len(passage.split()) >= 5 for passage in away)


parts = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), tokens, max_size=4)


@given(base=parts, target=parts)
def test_a_redline_of_parts_loses_no_word(
    base: dict[str, list[str]], target: dict[str, list[str]]
) -> None:
    """Each part of either document can be read from its redline."""
    by_part = redline_of_parts(base, target)
    assert set(base) | set(target) == set(by_part)
    assert {a: joined(base.get(a, [])) for a in by_part} == {
        a: _read(by_part[a], OLD) for a in by_part
    }
    assert {a: joined(target.get(a, [])) for a in by_part} == {
        a: _read(by_part[a], NEW) for a in by_part
    }
    assert list(target) == [address for address in by_part if address in target]


@given(texts=pairs(), data=st.data())
def test_two_layers_are_three_texts(
    texts: tuple[list[str], list[str]], data: st.DataObject
) -> None:
    """The base, the amended text and the one amended again can each be read from the segments."""
    base, amended = texts
    again = data.draw(st.one_of(variants(amended), tokens))
    segments = two_layers(base, amended, again)
    old = [one for one in segments if one.kind in OLD and not one.undone]
    middle = [
        one
        for one in segments
        if one.kind == "same" or (one.kind, one.layer) in {("inserted", 1), ("deleted", 2)}
    ]
    assert joined(base) == "".join(one.words for one in old)
    assert joined(amended) == "".join(one.words for one in middle)
    assert joined(again) == _read(segments, NEW)


OFFENCES = "All offences within its own jurisdiction shall be punished by one and all."
FIRST = "Each State Party shall protect all data. "
SECOND = "The Conference of the Parties shall meet once a year."


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        (
            "States may take measures.",
            "States shall adopt measures.",
            "States {-|may take}{+|shall adopt} measures.",
        ),
        ("Parties may act now.", "Now Parties may act.", "{+|Now }Parties may act{-| now}."),
        (
            f"{FIRST}{SECOND}",
            f"{SECOND} {FIRST}".strip(),
            f"{{<1|{FIRST.strip()}}}{{-| }}{SECOND}{{+| }}{{>1|{FIRST.strip()}}}",
        ),
    ],
)
def test_a_redline_reads_well(base: str, target: str, expected: str) -> None:
    """Words are replaced as phrases; few words are no move, a sentence is one."""
    marked = _marked(redline(words(base), words(target)))
    assert expected == marked


def test_a_passage_that_moved_and_changed_is_one_move() -> None:
    """A word that changed inside a moved passage is marked inside it, in both places."""
    base = {"art-1": words(OFFENCES), "art-2": words("Entry into force.")}
    moved = f"Entry into force. {OFFENCES.replace('shall', 'must')}"
    target = {"art-1": words("Reserved."), "art-2": words(moved)}
    parts = redline_of_parts(base, target)
    assert _marked(parts["art-1"]) == (
        "{<1|All offences within its own jurisdiction }{-1|shall}{<1| be punished by one and all}"
        "{+|Reserved}."
    )
    assert _marked(parts["art-2"]) == (
        "Entry into force.{+| }{>1|All offences within its own jurisdiction }{+1|must}"
        "{>1| be punished by one and all}{+|.}"
    )


def test_a_provision_that_is_gone_stands_behind_its_neighbour() -> None:
    """A part of the base alone is shown where it stood, as deleted or moved away."""
    base = {"a": ["x"], "b": ["y"], "c": ["z"]}
    assert list(redline_of_parts(base, {"c": ["z"], "a": ["x"]})) == ["c", "a", "b"]
    assert list(redline_of_parts(base, {"b": ["y"], "d": ["w"]})) == ["a", "b", "c", "d"]
    assert redline_of_parts({"a": ["x"]}, {}) == {"a": [Segment("deleted", "x")]}


def test_layers_tell_who_did_what() -> None:
    """What the second amendment takes out of the first is undone, not deleted from the text."""
    segments = two_layers(
        words("States shall act"), words("States may act promptly"), words("All may act")
    )
    assert segments == [
        Segment("deleted", "States", layer=2),
        Segment("inserted", "All", layer=2),
        Segment("same", " "),
        Segment("deleted", "shall"),
        Segment("inserted", "may"),
        Segment("same", " act"),
        Segment("deleted", " promptly", layer=2, undone=True),
    ]


def test_long_drafts_with_every_provision_turned_round_are_redlined() -> None:
    """Hundreds of moves in a long draft are all found."""
    base = {f"art-{n}": words(" ".join(f"w{n}x{k}" for k in range(40))) for n in range(200)}
    target = {f"art-{n}": base[f"art-{199 - n}"] for n in range(200)}
    parts = redline_of_parts(base, target)
    assert {one.kind for part in parts.values() for one in part} == {"moved-away", "moved-here"}
    assert len({one.move for part in parts.values() for one in part}) == 200


GOLDEN = Path(__file__).parent / "redlines.txt"
SIGNS = {"deleted": "-", "inserted": "+", "moved-away": "<", "moved-here": ">"}


class Pair(NamedTuple):
    """A text, what became of it, and how that is marked; ``choice`` says why so."""

    choice: str
    base: str
    target: str
    expected: str


def hard_pairs() -> Iterator[Pair]:
    """Yield the hard_pairs of the golden file, which stand in paragraphs of four lines."""
    for paragraph in GOLDEN.read_text(encoding="utf-8").split("\n\n"):
        if paragraph.startswith("# "):
            rows = [line[2:].replace("\\n", "\n") for line in paragraph.splitlines()]
            yield Pair(*rows)


def marked(base: str, target: str) -> str:
    """Return a redline as the golden file has it."""
    return "".join(
        one.words if one.kind == "same" else f"{{{SIGNS[one.kind]}{one.move or ''}|{one.words}}}"
        for one in redline(words(base), words(target))
    )


@pytest.mark.parametrize("pair", list(hard_pairs()), ids=lambda pair: pair.choice.partition(":")[0])
def test_a_hard_pair_reads_as_chosen(pair: Pair) -> None:
    """Choice: where several redlines are true, the one is taken that the golden file has."""
    assert pair.expected == marked(pair.base, pair.target)


@pytest.mark.parametrize(("more", "is_rewritten"), [(0, False), (1, True)])
def test_a_change_of_more_than_120_tokens_is_a_rewriting(
    more: int,
    is_rewritten: bool,  # noqa: FBT001
) -> None:
    """Choice: without anchors, the shortest change is sought up to 120 tokens put in or out."""
    front, back = "may " * 60, "shall " * 60
    target = back + front + "may " * more
    redlined = [one.kind for one in redline(words(front + back), words(target))]
    assert is_rewritten == ("same" not in redlined[:-1])
