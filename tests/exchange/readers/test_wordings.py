from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from exchange.book import ISSUED, Book, part
from negotrack.domain.entries import ProvisionRegistered, ProvisionWorded
from shorthand import document, provision, worded

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import Entry
    from negotrack.exchange.parts import DraftPart


# -- what a draft says ------------------------------------------------------------------------


def test_a_draft_is_a_document_provisions_and_their_words(take: Callable[..., Any]) -> None:
    """A provision is registered before its words, and what it is a part of before it."""
    entries = take(part(10, "art-1/1", title="Aim"), part(12, "art-1/2", None, title="Means"))
    on = "2023-01-16"
    assert entries == [
        document(draft="whole"),
        provision("art-1", on=on),
        provision("art-1/1", on=on, title="Aim"),
        worded("art-1/1", "Text.", title="Aim", place=1),
        provision("art-1/2", on=on, title="Means"),
        worded("art-1/2", None, title="Means", place=2),
    ]


def test_facts_stand_on_every_entry(take: Callable[..., Any]) -> None:
    """Each entry can be read alone: by whom, in which session, known from where, how well."""
    facts = {"by": "Kenya", "session": "s-1", "confidence": "official", "note": "by hand"}
    facts |= {"source": "https://example.org/d", "source_title": "Draft", "publisher": "UN",
              "retrieved": "2023-02-01"}  # fmt: skip
    for entry in take(part(10, "art-1"), **facts):
        assert (entry.session, entry.confidence) == ("s-1", "official")
        assert msgspec.to_builtins(entry.sources[0]) == {
            "address": "https://example.org/d", "title": "Draft", "publisher": "UN",
            "retrieved": "2023-02-01",
        }  # fmt: skip
        is_registration = isinstance(entry, ProvisionRegistered)
        assert (entry.by, entry.note) == ((None, None) if is_registration else ("KEN", "by hand"))


def test_what_the_record_has_is_not_said_again(take: Callable[..., Any]) -> None:
    """Another language adds words alone; its title and its day are its own."""
    book = Book({"art-1"}, issued=ISSUED)
    entries = take(part(9, "art-1"), book=book, language="fr", title="Projet", on="2023-01-18")
    assert entries == [worded("art-1", "Text.", place=1, language="fr", on="2023-01-18")]


def test_what_has_no_words_only_holds_its_parts(take: Callable[..., Any]) -> None:
    """It is registered and has no place in the text."""
    entries = take(part(9, "art-1", None), part(10, "art-1/1"))
    assert [e.place for e in entries if isinstance(e, ProvisionWorded)] == [1]
    assert [e.provision for e in entries if isinstance(e, ProvisionRegistered)] == [
        "art-1",
        "art-1/1",
    ]


@pytest.mark.parametrize(("value", "kept"), [("", "whole"), ("parts", "parts"), ("none", None)])
def test_a_draft_is_of_the_whole_unless_it_says_otherwise(
    take: Callable[..., Any], value: str, kept: str | None
) -> None:
    """A document that words provisions and is no draft says ``none``."""
    assert take(part(9, "art-1"), draft=value)[0].draft == kept


# -- where provisions come from ---------------------------------------------------------------


def former(entries: list[Entry]) -> dict[str | None, str | None]:
    """Return the former addresses by those of now."""
    return {e.target: e.formerly for e in entries if isinstance(e, ProvisionWorded)}


def test_a_part_follows_its_whole(take: Callable[..., Any]) -> None:
    """Of a whole that was renumbered, a part was a part; unless the text before had none."""
    book = Book(["art-5"], ["art-5", "art-5/1", "art-5/2", "art-5/2/a"])
    entries = take(
        part(9, "art-6", formerly="art-5"), part(10, "art-6/1"), part(11, "art-6/2/a"),
        part(12, "art-6/3"), book=book,
    )  # fmt: skip
    assert former(entries) == {
        "art-6": "art-5", "art-6/1": "art-5/1", "art-6/2/a": "art-5/2/a", "art-6/3": None,
    }  # fmt: skip


def test_a_part_may_say_otherwise(take: Callable[..., Any]) -> None:
    """It may be new, come from elsewhere, or stand where another one was that went elsewhere."""
    book = Book(["art-5"], ["art-5", "art-5/1", "art-5/2", "art-5/3", "art-9"])
    entries = take(
        part(9, "art-6", None, title="T", formerly="art-5"),
        part(10, "art-6/1", is_new=True),
        part(11, "art-6/2"),
        part(12, "art-6/3", formerly="art-5/2"),
        part(13, "art-6/4", formerly="art-9"),
        book=book,
    )
    assert former(entries) == {
        "art-6": "art-5", "art-6/1": None, "art-6/2": None, "art-6/3": "art-5/2",
        "art-6/4": "art-9",
    }  # fmt: skip


def test_what_holds_parts_may_be_renumbered(take: Callable[..., Any]) -> None:
    """The whole needs no words of its own for its parts to follow it."""
    entries = take(
        part(9, "art-6", None, formerly="art-5"), part(10, "art-6/1"),
        book=Book(["art-5"], ["art-5/1"]),
    )  # fmt: skip
    assert former(entries) == {"art-6/1": "art-5/1"}


def test_a_shift_is_no_circle(take: Callable[..., Any]) -> None:
    """Where each goes by the address of the next, the first is new."""
    shifted = [part(n, f"art-{n}", formerly=f"art-{n - 1}") for n in range(7, 12)]
    assert former(take(part(1, "art-6"), *shifted))["art-11"] == "art-10"


# -- what is refused --------------------------------------------------------------------------


def circle(*numbers: int) -> list[DraftPart]:
    """Return provisions of which each comes from the next, and the last from the first."""
    return [
        part(n, f"art-{n}", formerly=f"art-{m}")
        for n, m in zip(numbers, (*numbers[1:], numbers[0]), strict=True)
    ]


@pytest.mark.parametrize(
    ("given_parts", "expected"),
    [
        ([], ["the draft has no provisions"]),
        ([part(3, "art-1"), part(7, "art-1")], ["two provisions art-1: the other is in line 3"]),
        ([part(3, "art-1", None), part(7, "art-2")], ["art-1 has no words"]),
        ([part(3, "a", "[shall"), part(7, "b", "may]")], ["a bracket", "a bracket"]),
        (circle(5, 6), ["renumbered in a circle: art-6 from art-5 from art-6"]),
        (circle(5, 7, 6), ["in a circle: art-7 from art-6 from art-5 from art-7"]),
        ([*circle(1, 2), *circle(3, 4)], ["art-2 from art-1", "art-4 from art-3"]),
        (circle(*range(1, 30)), ["art-29 from art-1 from … from art-28 from art-29"]),
        (
            [part(3, "art-2", formerly="art-1"), part(7, "art-3", formerly="art-1")],
            ["art-3 comes from art-1, and so does art-2 in line 3"],
        ),
    ],
)
def test_provisions_that_cannot_be_are_refused(
    take: Callable[..., Any], given_parts: list[DraftPart], expected: list[str]
) -> None:
    """All that is wrong is said, and nothing else is taken in."""
    messages = take(*given_parts)
    assert len(messages) == len(expected)
    for message, words in zip(messages, expected, strict=True):
        assert words in message


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"on": ""}, ["the draft has no `on`"]),
        ({"document": "", "on": ""}, ["the draft has no `document`", "the draft has no `on`"]),
        ({"title": ""}, ["the draft has no `title`"]),
        ({"on": "2023-02-30", "by": "XXX", "draft": "some", "session": "s-9"}, [
            "there is no day '2023-02-30'", "no draft 'some'; it is one of whole, parts, none",
            "no delegation XXX", "no session s-9"]),
        ({"document": "Draft 1"}, ["'Draft 1' cannot be a `document`"]),
        ({"language": "english!"}, ["'english!' is no tag of a language; write it like fr"]),
        ({"confidence": "sure"}, ["no confidence 'sure'; it is one of official"]),
        ({"sources": "[}"}, ["the column sources holds no such JSON"]),
        ({"publisher": "UN"}, ["a source has neither an address nor a title"]),
    ],
)  # fmt: skip
def test_facts_that_cannot_be_are_refused_once(
    take: Callable[..., Any], facts: dict[str, str], expected: list[str]
) -> None:
    """Not for each provision again."""
    messages = take(part(9, "art-1"), part(10, "art-2"), **facts)
    assert len(messages) == len(expected)
    for message, words in zip(messages, expected, strict=True):
        assert words in message


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"title": "Another"},
            "draft-1 has the title 'First draft' in the record; write it so, or correct that",
        ),
        ({"on": "2023-01-17"}, "draft-1 has the on '2023-01-16'"),
        ({"symbol": "A/1"}, "draft-1 has no symbol in the record"),
        ({"draft": "parts"}, "draft-1 has the draft 'whole' in the record"),
        ({"draft": "parts", "language": "fr"}, "draft-1 has the draft 'whole' in the record"),
    ],
)  # fmt: skip
def test_facts_are_those_of_the_record(
    take: Callable[..., Any], facts: dict[str, str], words: str
) -> None:
    """Another account of a document is refused, with what the record says."""
    (refusal,) = take(part(9, "art-1"), book=Book(issued=ISSUED), **facts)
    assert words in refusal
