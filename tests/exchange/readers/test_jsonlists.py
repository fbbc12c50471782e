from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.errors import Rejected
from negotrack.exchange.readers.jsonlists import LONGEST_ELEMENT, elements
from strategies import few

LISTS = ("vote_events", "memberships")
values = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 10**12) | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=3), inside),
    max_leaves=6,
)


class Pipe(io.BytesIO):
    """An input that comes in pieces of so many bytes."""

    def __init__(self, text: str | bytes, size: int = 1) -> None:
        """Hold a text until it is read."""
        super().__init__(text if isinstance(text, bytes) else text.encode())
        self.size = size

    def read1(self, size: int | None = -1, /) -> bytes:
        """Return the next piece."""
        return super().read1(min(self.size, size or self.size))


def read(text: str | bytes, size: int = 1) -> list[tuple[int, str, Any]]:
    """Return the elements of a text that comes in pieces."""
    return [tuple(element) for element in elements(Pipe(text, size), LISTS)]


@few
@given(st.lists(values), st.integers(1, 40), st.sampled_from([None, 1]))
def test_a_list_is_read_in_any_pieces(elements_: list[Any], size: int, indent: int | None) -> None:
    """A bare list gives its elements, however it is written and wherever it is cut."""
    text = json.dumps(elements_, indent=indent, ensure_ascii=bool(indent))
    assert elements_ == [value for _, _, value in read(text, size)]


@few
@given(
    st.lists(st.dictionaries(st.text("xyz"), values, min_size=1), min_size=1), st.integers(1, 40)
)
def test_lines_are_read_in_any_pieces(elements_: list[Any], size: int) -> None:
    """JSON Lines give their objects, each with its line."""
    text = "".join(json.dumps(value) + "\n" for value in elements_)
    assert read(text, size) == [(n, "", value) for n, value in enumerate(elements_, 1)]


@few
@given(st.lists(values), values, st.integers(1, 40))
def test_the_lists_of_an_object_are_read(elements_: list[Any], other: Any, size: int) -> None:
    """An object that begins with a known list gives the elements of those, and nothing else."""
    text = json.dumps({"vote_events": elements_, "meta": other, "memberships": elements_, "n": 12})
    expected = [(1, of, value) for of in LISTS for value in elements_]
    assert read(text, size) == expected


def test_an_element_has_the_line_on_which_it_begins() -> None:
    """Lines are counted inside elements and between them."""
    text = '\n{"vote_events":\n [{"a":\n1},\n\n  {"a": 2}]}'
    assert [line for line, _, _ in read(text)] == [3, 6]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the input is empty"),
        (" \n", "the input is empty"),
        (b"\xef\xbb\xbf[]", "line 1: the input begins with a byte-order mark"),
        (b'[\n"\xff"]', "line 2: not valid UTF-8"),
        (b'["\xc3', "line 1: not valid UTF-8"),
        ('[{"a": 1}\n{"a": 2}]', "line 2: not valid JSON: , or ] is expected"),
        ("[1,\n", "line 2: not valid JSON: it breaks off"),
        ("[1", "line 1: not valid JSON: , or ] is expected"),
        ('[\n{"a": ', "line 2: not valid JSON: it breaks off"),
        ('["abc', "it breaks off"),
        ("[1] 2", "something stands after its end"),
        ('[\n\n{"a" 1}]' + " " * 50, "line 3: not valid JSON: expecting ':' delimiter"),
        ("[oops]" + " " * 50, "line 1: not valid JSON: expecting value"),
        ('[{"a": 1, "a": 2}]', "line 1: not valid JSON: the key 'a' is given twice"),
        ("[oops]", "line 1: not valid JSON: expecting value"),
        ("[NaN]", "no number can be NaN"),
        ("[" + "9" * 5_000 + "]", "a number is too long"),
        ("[" * 100_000, "nested too deeply"),
        ('{"vote_events": [], 3: []}', "the name of a list is expected"),
        ('{"vote_events" []}', ": is expected"),
        ('{"vote_events": []', ", or } is expected"),
    ],
)
def test_what_is_no_json_is_refused(text: str | bytes, message: str) -> None:
    """Whatever comes, the answer is a sentence with the line."""
    with pytest.raises(Rejected) as refused:
        read(text, 1 << 20)
    assert message in str(refused.value)


def test_a_fault_is_found_where_it_is() -> None:
    """Nothing after a fault has to be read to know of it."""
    source = Pipe('["a", \n oops' + " " * 10_000_000, 1_000)
    with pytest.raises(Rejected, match="line 2: not valid JSON"):
        list(elements(source, LISTS))
    assert source.tell() < 200_000


def test_an_endless_element_is_not_read_to_its_end() -> None:
    """An element has a limit, and memory with it."""
    source = Pipe('["' + "x" * (LONGEST_ELEMENT * 6), 1 << 16)
    with pytest.raises(Rejected, match="line 1: an element is longer than 1,048,576 characters"):
        list(elements(source, LISTS))
    assert source.tell() < LONGEST_ELEMENT * 3


def test_a_list_may_be_longer_than_an_element() -> None:
    """Only elements have a limit; what was read is forgotten."""
    import tracemalloc

    text = b"[" + b",".join([b'{"a": "' + b"x" * 1_000 + b'"}'] * 8_000) + b"]"
    tracemalloc.start()
    assert sum(1 for _ in elements(Pipe(text, 1 << 16), LISTS)) == 8_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 2 * len(text)
