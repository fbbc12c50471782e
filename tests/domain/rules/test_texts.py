from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from shorthand import amendment, bracketed, document, proposal, provision, unbracketed, worded

if TYPE_CHECKING:
    from conftest import Scenario


def test_a_provision_gets_words_in_a_known_document(room: Scenario) -> None:
    """A wording names a document and a provision that the record knows."""
    room.given(document()).when(worded("art-6/2", "Nothing permits it.")).then_logged()
    room.when(worded("art-6/2", "Nothing.", "d-9")).then_refused("no document d-9")
    room.when(worded("scope", "Nothing.")).then_refused("scope is an issue, not a provision")


def test_a_wording_says_something(room: Scenario) -> None:
    """A text, a heading or both; a heading alone is enough."""
    room.given(document()).when(worded("art-6", None)).then_refused("art-6 gets no words")
    room.when(worded("art-6", None, title="Respect for rights")).then_logged()


def test_a_provision_does_not_come_from_itself(room: Scenario) -> None:
    """The former address is another one, which the record knows."""
    room.given(document())
    room.when(worded("art-6", "A.", formerly="art-6")).then_refused("cannot come from itself")
    room.when(worded("art-6", "A.", formerly="art-5")).then_refused("no provision art-5")


@pytest.mark.parametrize("text", ["a [b", "a b]", "][", "[[a] b"])
def test_brackets_balance(room: Scenario, text: str) -> None:
    """A text with a bracket that is not closed, or not opened, is refused wherever it comes in."""
    room.given(document(), amendment("a-0", "art-6/2"))
    room.when(worded("art-6/2", text)).then_refused("bracket")
    room.when(bracketed("art-6/2", text)).then_refused("bracket")
    room.when(amendment("a-1", "art-6/2", full=text)).then_refused("bracket")


def test_ends_of_lines_are_of_one_kind(room: Scenario) -> None:
    """A text with a carriage return is refused with the cure."""
    room.given(document())
    room.when(worded("art-6/2", "One.\r\nTwo.\n")).then_refused("CR", "LF alone")


def test_brackets_are_around_words_of_a_provision(room: Scenario) -> None:
    """An issue has no words to be put in brackets."""
    room.when(bracketed("scope", "broad")).then_refused("not a provision")
    room.when(unbracketed("scope", "broad")).then_refused("not a provision")


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        ({"action": "delete", "provision": "art-7"}, "only an addition has a new `provision`"),
        ({"action": "add", "provision": "art-6/2"}, "cannot stand after itself"),
        ({"action": "add", "provision": "art-9"}, "no provision art-9"),
        ({"action": "delete", "behind": "art-7"}, "only a move"),
        ({"action": "move"}, "a move says what goes where"),
        ({"action": "move", "words": "a"}, "a move says what goes where"),
        ({"action": "replace", "words": "a", "full": "b"}, "leave out `words` or `full`"),
    ],
)
def test_an_amendment_says_one_thing(room: Scenario, terms: dict[str, Any], words: str) -> None:
    """An operation has what it needs, and nothing that contradicts it."""
    room.given(provision("art-7"))
    room.when(amendment("a-1", "art-6/2", **terms)).then_refused(words)


@pytest.mark.parametrize(
    "terms",
    [
        {"action": "add", "provision": "art-7", "text": "More."},
        {"action": "move", "behind": "art-7"},
        {"action": "move", "words": "a", "after": "b"},
        {"action": "replace", "full": "All of it."},
    ],
)
def test_an_amendment_can_do_all_that_is_done_to_texts(
    room: Scenario, terms: dict[str, Any]
) -> None:
    """Provisions can be added and moved, passages moved, and full texts given."""
    room.given(provision("art-7")).when(amendment("a-1", "art-6/2", **terms)).then_logged()


def test_a_text_has_a_language(room: Scenario) -> None:
    """A proposal can be in any language; what is no language tag is refused."""
    room.when(proposal("p-1", "CHN", text="文本", language="zh")).then_logged()
    room.when(proposal("p-2", "CHN", text="text", language="Chinese!")).then_refused("language")


def test_an_amendment_may_amend_an_amendment(room: Scenario) -> None:
    """A sub-amendment is an amendment whose target is one."""
    room.given(amendment("a-1", "art-6/2", "KEN")).when(amendment("a-2", "a-1")).then_logged()
