from __future__ import annotations

import io
import re
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.pages import DOCS, blocks
from exchange.odd import odd
from negotrack.errors import Rejected
from negotrack.exchange.markdown import read, written
from negotrack.exchange.parts import FACTS, LONGEST_TEXT, DraftPart
from strategies import few, slugs

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.exchange.parts import DraftDocument

FRONT = "---\ndocument: draft-1\non: 2023-01-09\n---\n"


def of(text: str | bytes) -> DraftDocument:
    """Return the draft that a text says."""
    return read(io.BufferedReader(io.BytesIO(text if isinstance(text, bytes) else text.encode())))


def parts(body: str) -> list[DraftPart]:
    """Return the provisions of a body; the facts have four lines."""
    draft = of(FRONT + body)
    assert draft.faults == []
    return draft.parts


def faults(text: str | bytes) -> list[tuple[int, str]]:
    """Return what is wrong with the lines of a text."""
    return [(line, str(refusal)) for line, refusal in of(text).faults]


# -- what is read -----------------------------------------------------------------------------


def test_facts_stand_at_the_top() -> None:
    """Each fact is a key and the rest of its line, blanks around it left out."""
    draft = of("---\ndocument:draft-1\n\ntitle:  A: B \nnote:\n---\n# art-1\nx\n")
    assert draft.facts == {"document": "draft-1", "title": "A: B"}
    assert draft.lines == {"document": 2, "title": 4, "note": 5}


def test_a_heading_has_an_address_a_title_and_where_it_comes_from() -> None:
    """The level of a heading means nothing; the address does."""
    body = "# art-6/2 Safe guards (formerly art-5/2)\nx\n####### art-7 (new)\ny\n# art-8\tZ #\n"
    assert parts(body) == [
        DraftPart(5, "art-6/2", "Safe guards", "x", "art-5/2"),
        DraftPart(7, "art-7", None, "y", None, is_new=True),
        DraftPart(9, "art-8", "Z #"),
    ]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("one\n  two\t\nthree", "one two three"),
        ("one\n\n \t\ntwo\n\n", "one\ntwo"),
        ("one\\\ntwo", "one\ntwo"),
        ("one\n\n\\\n\ntwo", "one\n\ntwo"),
        ("\\# no heading \\\\ \\[x\\]", "# no heading \\ [x]"),
        ("#no heading", "#no heading"),
        ("    # code is text", "# code is text"),
        ("C:\\dir \\é", "C:\\dir \\é"),
        ("---", "---"),
        ("<script>alert(1)</script> **bold** &lt;", "<script>alert(1)</script> **bold** &lt;"),
        ("\u200bzero\u202e", "\u200bzero\u202e"),
        ("\u3000", "\u3000"),
    ],
)
def test_a_text_is_what_its_lines_say(body: str, text: str) -> None:
    """Lines are joined by a blank, empty ones part paragraphs, and escapes alone are markup."""
    assert [DraftPart(5, "art-1", None, text)] == parts(f"# art-1\n{body}\n")


def test_a_fact_and_a_title_may_have_several_lines() -> None:
    """A backslash at the end of a line goes on in the next one."""
    draft = of("---\nnote: one\\\n---\n---\n# art-1 A\\\n# B (new)\n")
    assert draft.facts == {"note": "one\n---"}
    assert draft.parts == [DraftPart(5, "art-1", "A\n# B", is_new=True)]


def test_the_form_is_documented() -> None:
    """The page of formats has every key, and its example is a draft."""
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    section = page.partition("### `--as draft`")[2].partition("| in the text |")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    assert set(FACTS) == {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}
    (example,) = blocks(DOCS / "formats.md", "markdown")
    draft = of(example.text)
    assert draft.faults == []
    assert [part.address for part in draft.parts] == [
        "preamble/1", "art-6", "art-6/1", "art-6/2",
    ]  # fmt: skip


# -- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the input is empty; a draft begins with ---"),
        ("# art-1\nx\n", "line 1: a draft begins with a line ---"),
        ("---\ndocument: x\n", "the facts at the top have no end"),
        ("\ufeff" + FRONT, "line 1: the input begins with a byte-order mark"),
        (FRONT.replace("\n", "\r\n"), "line 1: the lines end with CR LF; convert them to LF"),
        (FRONT + "# art-1\nx\r\n", "line 6: the lines end with CR LF"),
        (FRONT + "x" * (1 << 20) + "x", "line 5: longer than 1,048,576 bytes"),
        (FRONT + ("x" * 1000 + "\n") * 17_000, "the draft is longer than 16 megabytes"),
        (FRONT + "".join(f"# a/{n}\nx\n" for n in range(20_001)), "more than 20,000 provisions"),
    ],
)
def test_what_is_no_draft_is_refused_at_once(text: str, message: str) -> None:
    """Where nothing can be made of the rest, nothing of it is read."""
    with pytest.raises(Rejected) as refused:
        of(text)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nTitle: x\ntitel: x\nnonsense\n---\n# a\nx", [
            (2, "no key 'Title'; did you mean title?"),
            (3, "no key 'titel'; did you mean title?"),
            (4, "'nonsense' is no `key: value`; a line --- ends the facts")]),
        ("---\non: 2023\non: 2024\n---\n# a\nx", [
            (3, "the key 'on' is there twice: in line 2, too; keep one of them")]),
        (FRONT + "stray\nmore\n# a\nx", [
            (5, ("there is text before the first heading; "
                "give it one: write it like `## art-6/2 Safeguards`"))]),
        (FRONT + "# Article 6\nx\n#\ny\n# art-6 X (formerly art-5, art-4)\n", [
            (5, ("the heading has no address: 'Article' is none; "
                "write it like `## art-6/2 Safeguards`")),
            (7, "the heading has no address; write it like `## art-6/2 Safeguards`"),
            (9, ("there is no address behind `formerly`: 'art-5, art-4' is none; "
                "write it like `## art-6/2 Safeguards`"))]),
        (FRONT.encode() + b"# a\nx\xff\ny\rz\nn\0\n", [
            (6, "not valid UTF-8; save it as UTF-8"),
            (7, "there is a CR in the line; convert ends of lines to LF"),
            (8, "there is a NUL character in the line; remove it")]),
    ],
)  # fmt: skip
def test_every_fault_has_its_line(text: str | bytes, expected: list[tuple[int, str]]) -> None:
    """What is wrong in a line does not hide what is wrong in another."""
    assert expected == faults(text)


def test_a_paragraph_of_ten_megabytes_is_not_kept() -> None:
    """A text ends being read when it is longer than an entry can hold."""
    draft = of(FRONT + "# art-1\n" + ("y" * 999 + "\n") * 10_000 + "# art-2\nz\n")
    assert [(line, str(r).split(";")[0]) for line, r in draft.faults] == [
        (106, f"the text of art-1 is longer than {LONGEST_TEXT:,} characters")
    ]
    assert [part.text for part in draft.parts] == [None, "z"]


def test_a_text_may_be_as_long_as_an_entry_holds() -> None:
    """The longest text of an entry is read, on one line or on many."""
    assert len(parts(f"# art-1\n{'y' * LONGEST_TEXT}\n")[0].text or "") == LONGEST_TEXT


@few
@given(
    st.lists(
        st.sampled_from([b"---", b"on: 2023", b"document: x", b"# art-1 X", b"# (new)", b"#", b"[",
                         b"text\\", b"\\", b"", b"\xff", b"\r", b"\0", b"title:", b" # a/b"])
        | st.binary(max_size=12)
    )
)  # fmt: skip
def test_any_bytes_are_a_draft_or_refused(lines: list[bytes]) -> None:
    """Nothing but a refusal comes of what is no draft."""
    with suppress(Rejected):
        of(b"\n".join([b"---", *lines]))


# -- the way back -----------------------------------------------------------------------------


@few
@given(
    st.dictionaries(st.sampled_from(["title", "symbol", "note"]), odd),
    st.lists(st.builds(DraftPart, st.just(0), slugs, st.none() | odd, st.none() | odd,
                       st.none() | slugs, st.booleans()), max_size=5),
)  # fmt: skip
def test_what_is_written_is_read(facts: dict[str, str], given_parts: list[DraftPart]) -> None:
    """Whatever a draft says comes back to the letter."""
    drafted = [p._replace(is_new=p.is_new and not p.formerly) for p in given_parts]
    draft = of("".join(written(facts, drafted)))
    assert draft.faults == []
    assert draft.facts == facts
    assert [part._replace(line=0) for part in draft.parts] == drafted


@pytest.mark.parametrize(
    "part",
    [DraftPart(1, "art-1", None, "a\rb"), DraftPart(1, "art-1", "a\rb")],
    ids=["text", "title"],
)
def test_a_cr_is_not_written(part: DraftPart) -> None:
    """What could not be read again is refused."""
    with pytest.raises(Rejected, match="there is a CR in art-1"):
        list(written({}, [part]))


@pytest.fixture
def reread() -> Callable[[str], str]:
    """Return what reads a draft and writes it."""

    def rewriter(text: str) -> str:
        draft = of(text)
        return "".join(written(draft.facts, draft.parts))

    return rewriter


def test_a_draft_that_was_written_is_written_the_same(reread: Callable[[str], str]) -> None:
    """Writing settles: what was read from a written draft is written with the same bytes."""
    once = reread(FRONT + "# art-1 Scope (new)\n  One\nline.\n\n\\# Two\n")
    assert once == reread(once)
