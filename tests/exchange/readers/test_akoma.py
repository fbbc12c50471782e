from __future__ import annotations

import io
import re
import tracemalloc
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negotrack.errors import Rejected
from negotrack.exchange.parts import LONGEST_TEXT, DraftPart
from negotrack.exchange.readers.akoma import NAMESPACE, read
from strategies import few

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.exchange.parts import DraftDocument

WORK = '<FRBRWork><FRBRdate date="2023-01-01" name="x"/><FRBRnumber value="A/AC.1/22"/></FRBRWork>'

EXPRESSION = (
    '<FRBRExpression><FRBRdate date="2023-03-01" name="x"/><FRBRlanguage language="fra"/>'
    "</FRBRExpression>"
)

PREFACE = "<preface><p><docTitle>A <i>treaty</i>\n on cables</docTitle> of our time</p></preface>"
ARTICLE = '<article eId="art_1"><content><p>%s</p></content></article>'


def document(
    body: str, identification: str = WORK + EXPRESSION, preface: str = PREFACE, kind: str = "bill"
) -> str:
    """Return a document with a body, which begins in its fourth line."""
    return (
        f'<akomaNtoso xmlns="{NAMESPACE}"><{kind} name="x"><meta><identification source="#x">'
        f"{identification}</identification></meta>{preface}\n<body>\n{body}\n</body></{kind}>"
        "</akomaNtoso>"
    )


def of(text: str | bytes) -> DraftDocument:
    """Return the draft that a text says."""
    return read(io.BufferedReader(io.BytesIO(text if isinstance(text, bytes) else text.encode())))


def parts(body: str) -> list[tuple[str, str | None, str | None]]:
    """Return address, title and text of the provisions of a body."""
    draft = of(document(body))
    assert draft.faults == []
    return [(part.address, part.title, part.text) for part in draft.parts]


# -- what is read -----------------------------------------------------------------------------


def test_the_metadata_are_the_facts() -> None:
    """The expression is nearer to the text than the work; the title stands in the preface."""
    assert of(document(ARTICLE % "x")).facts == {
        "document": "a-ac-1-22",
        "title": "A treaty on cables",
        "symbol": "A/AC.1/22",
        "on": "2023-03-01",
        "language": "fr",
    }


def test_a_name_and_an_alias_do_where_there_is_no_number_and_no_title() -> None:
    """A number that is a name already is no symbol; a date may have a time."""
    work = """<FRBRWork><FRBRdate date="2023-01-01T10:00:00" name="x"/><FRBRname value="rev-2"/>
    <FRBRalias value="Second  revision" name="x"/></FRBRWork>
    <FRBRExpression><FRBRlanguage language="deu"/></FRBRExpression>"""
    assert of(document(ARTICLE % "x", work, "")).facts == {
        "document": "rev-2", "title": "Second revision", "on": "2023-01-01", "language": "deu",
    }  # fmt: skip


def test_a_component_has_metadata_of_its_own() -> None:
    """What they say is not said of the document."""
    inner = (
        '<meta><identification><FRBRWork><FRBRnumber value="9"/></FRBRWork></identification></meta>'
    )
    assert of(document(f"{ARTICLE % 'x'}<component>{inner}</component>")).facts["document"] == (
        "a-ac-1-22"
    )


def test_words_belong_to_the_nearest_provision() -> None:
    """Introductions and what wraps up belong to the provision around the list."""
    body = """<chapter eId="chp_1"><num>I</num><heading>General</heading>
    <article eId="chp_1__art_6"><num>6</num><heading>Safe<b>guards</b></heading>
      <paragraph eId="chp_1__art_6__para_2"><num>2.</num><list eId="chp_1__art_6__para_2__list_1">
        <intro><p>Each Party [shall]
           [may]:<authorialNote marker="1"><p>A note.</p></authorialNote></p></intro>
        <point eId="chp_1__art_6__para_2__list_1__point_d"><num>(d)</num>
          <content><p>act &amp; <ref href="#x">see</ref>;</p><p>more</p></content></point>
        <wrapUp><p>as far as it can.</p></wrapUp></list></paragraph>
    </article></chapter>"""
    assert parts(body) == [
        ("art-6", "Safeguards", None),
        ("art-6/2", None, "Each Party [shall] [may]:\nas far as it can."),
        ("art-6/2/d", None, "act & see;\nmore"),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<chapter eId="chp_1"><heading>H</heading><intro><p>x</p></intro></chapter>',
         [("chp-1", "H", "x")]),
        (('<section eId="sec_1"><heading>H</heading><article eId="sec_1__art_1"><content><p>x</p>'
         "</content></article></section>"), [("art-1", None, "x")]),
        (('<section eId="sec_1"><heading>H</heading><subsection eId="sec_1__subsec_1"><content>'
         "<p>x</p></content></subsection></section>"), [
             ("sec-1", "H", None), ("sec-1/1", None, "x")]),
        (('<preamble><p>The Parties,</p><p eId="preamble__p_1">Noting <b>this</b>,</p>'
         '<recitals eId="recs"><recital eId="recs__rec_2"><p>and that,</p></recital></recitals>'
         "</preamble>"), [("preamble", None, "The Parties,"), ("preamble/1", None, "Noting this,"),
                         ("preamble/2", None, "and that,")]),
        (ARTICLE % "one<br/>two <eol/>three", [("art-1", None, "one\ntwo\nthree")]),
        (ARTICLE % "<!-- no --><![CDATA[<b>]]> &#x5b;x&#93;", [("art-1", None, "<b> [x]")]),
        (ARTICLE % '<mod><quotedStructure><article eId="art_9"><heading>Q</heading><content>'
         "<p>quoted</p></content></article></quotedStructure></mod>",
         [("art-1", None, "Q\nquoted")]),
        (ARTICLE % "\u200bzero\u202e\xa0&lt;b&gt;", [("art-1", None, "\u200bzero\u202e\xa0<b>")]),
        ("<article eId='art_1'/>", []),
    ],
)  # fmt: skip
def test_provisions_are_what_has_words(
    body: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    """What only groups others is none; what is quoted is part of where it is quoted."""
    assert expected == parts(body)


def test_a_provision_has_the_line_where_it_begins() -> None:
    """Faults that are found later are told with it."""
    assert of(document(ARTICLE % "x")).parts == [DraftPart(4, "art-1", None, "x")]


# -- what is refused --------------------------------------------------------------------------

BOMB = """<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<x>&b;</x>"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "line 2: a document type declaration, which could declare entities; take it out"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "line 1: a document type declaration"),
        ('<?xml-stylesheet href="x.xsl"?><x/>',
         "line 1: a processing instruction 'xml-stylesheet', which could load something"),
        (document('<include xmlns="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'),
         "line 4: an XInclude, which would load something; put the text there"),
        (document(ARTICLE % "&outside;"), "line 4: not well-formed XML: undefined entity"),
        (document("<article>"), "line 5: not well-formed XML: mismatched tag"),
        ("", "line 1: not well-formed XML: no element found"),
        ("no xml", "line 1: not well-formed XML: syntax error"),
        ("<html><body/></html>", "line 1: the root is 'html', which is no Akoma Ntoso 3.0"),
        ('<akomaNtoso xmlns="http://www.akomantoso.org/2.0"/>', "the root is 'akomaNtoso', which"),
        (document("", kind="debate"), "a document of the kind 'debate' has no provisions; import"),
        (document("<b>" * 200 + "</b>" * 200), "line 4: elements more than 100 deep"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?><x/>', "line 1: the encoding is ISO-8859-1"),
        ("<x/>".encode("utf-16"), "line 1: the input is not UTF-8; save it as UTF-8"),
        (document(ARTICLE % "x\0"), "line 4: not well-formed XML"),
        (document(ARTICLE % "x").encode() + b"\xff", "not well-formed XML"),
    ],
    ids=lambda value: None if len(value) > 60 else value,
)  # fmt: skip
def test_what_is_no_text_is_refused_where_it_stands(text: str | bytes, message: str) -> None:
    """Nothing expands, nothing is loaded, and the sentence has a line."""
    with pytest.raises(Rejected) as refused:
        of(text)
    assert message in str(refused.value)


@pytest.mark.parametrize(
    ("work", "preface", "message"),
    [
        (WORK.replace("FRBRnumber", "FRBRuri"), PREFACE, "neither a FRBRnumber nor a FRBRname"),
        (WORK.replace("FRBRdate", "x"), PREFACE, "no FRBRdate"),
        (WORK, "", "neither a docTitle nor a FRBRalias"),
        (WORK.replace("A/AC.1/22", "Ω"), PREFACE, "'Ω' makes no name of a document"),
    ],
)
def test_what_is_missing_is_named(work: str, preface: str, message: str) -> None:
    """The sentence says which element a draft needs."""
    expression = '<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression>'
    draft = of(document(ARTICLE % "x", work + expression, preface))
    ((line, refusal),) = draft.faults
    assert line == 1
    assert message in str(refusal)


def test_a_language_is_needed() -> None:
    """No text is taken for English because nobody says what it is."""
    ((_, refusal),) = of(document(ARTICLE % "x", WORK)).faults
    assert str(refusal).startswith("the document has no FRBRlanguage")


def test_every_fault_has_its_line() -> None:
    """What is wrong with one element does not hide what is wrong with another."""
    body = """<article><content><p>x</p></content></article>
<article eId="art_Ω__"><content><p>x <del>y</del></p></content></article>
<p>stray</p>
"""
    assert [(line, str(r).split(";")[0]) for line, r in of(document(body)).faults] == [
        (4, "<article>: there is no eId"),
        (5, "<article>: the eId 'art_Ω__' makes no address"),
        (5, "words marked as deleted"),
        (6, "text outside of any provision"),
    ]


@few
@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<article eId='art_1'>", "</article>", "<meta>", "</meta>",
                         "<list>", "</list>", "<quotedStructure>", "</quotedStructure>",
                         "<heading>", "</heading>", "<docTitle>", "</docTitle>",
                         "<preamble>", "</preamble>", "<p eId='p_1'/>", "<FRBRWork>",
                         "</FRBRWork>", "<del/>", "&#13;", "text"])
        | st.text(max_size=5)
    )
)  # fmt: skip
def test_any_elements_are_a_draft_or_refused(pieces: list[str]) -> None:
    """Nothing but a refusal comes of elements in an order that no document has."""
    with suppress(Rejected):
        of(document("".join(pieces)))


@few
@given(st.recursive(
    st.sampled_from(["text ", "<br/>", "<p>a</p>", "<num>1</num>",
                     "<authorialNote>n</authorialNote>"]),
    lambda inner: st.tuples(
        st.sampled_from(["p", "list", "heading", "content", "b", "mod", "quotedStructure"]),
        st.lists(inner, max_size=4),
    ).map(lambda block: f"<{block[0]}>{''.join(block[1])}</{block[0]}>"),
))  # fmt: skip
def test_no_word_of_a_provision_is_lost(inner: str) -> None:
    """All words that stand in a provision, but numbers and notes, are in its text or its title."""
    draft = of(document(f'<article eId="art_1">{inner}</article>'))
    plain = re.sub(r"<(num|authorialNote)>.*?</\1>", "", inner)
    expected = sorted(re.sub(r"<[^>]*>", "", plain).replace(" ", ""))
    text = "".join(f"{part.title or ''}{part.text or ''}" for part in draft.parts)
    assert expected == sorted(re.sub(r"\s", "", text))


# -- bounds -----------------------------------------------------------------------------------


class Stream:
    """An input of ten megabytes that nobody holds at once."""

    def __init__(self, piece: bytes, first: bytes) -> None:
        """Begin with some bytes; then a piece again and again."""
        self._pieces = self._of(first, piece)
        self.given = 0

    @staticmethod
    def _of(first: bytes, piece: bytes) -> Iterator[bytes]:
        yield first
        for _ in range(10 * (1 << 20) // len(piece)):
            yield piece

    def read1(self, _size: int = -1, /) -> bytes:
        """Return the next piece."""
        piece = next(self._pieces, b"")
        self.given += len(piece)
        return piece


BEGINNING = document(ARTICLE % "@").partition("@")[0].encode()


@pytest.mark.parametrize(
    "begun", [b"<ref href='", b"<!--", b"<"], ids=["attribute", "comment", "name"]
)
def test_long_markup_is_refused_before_all_of_it_is_there(begun: bytes) -> None:
    """A megabyte of markup without an end is no markup of a text."""
    stream = Stream(b"x" * 50_000, BEGINNING + begun)
    with pytest.raises(Rejected, match="markup longer than 1,048,576 bytes"):
        read(stream)
    assert stream.given < 2 * (1 << 20)


def test_a_paragraph_of_ten_megabytes_is_not_kept() -> None:
    """It is read to its end for the sake of other faults, and refused; memory stays small."""
    stream = Stream(b"x" * 50_000, BEGINNING)
    tracemalloc.start()
    with pytest.raises(Rejected, match="no element found"):
        read(stream)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * (1 << 20)


@pytest.mark.parametrize(("length", "lines"), [(LONGEST_TEXT, []), (LONGEST_TEXT + 1, [4])])
def test_a_text_may_be_as_long_as_an_entry_holds(length: int, lines: list[int]) -> None:
    """Blanks between elements are not counted."""
    draft = of(document(ARTICLE % (" " * 300_000 + "x" * length)))
    assert [line for line, _ in draft.faults] == lines


def test_a_draft_has_an_end() -> None:
    """More than sixteen megabytes, or twenty thousand provisions, are not one draft."""
    with pytest.raises(Rejected, match="more than 20,000 provisions"):
        of(document("".join(ARTICLE.replace("1", str(n)) % "x" for n in range(20_001))))
    with pytest.raises(Rejected, match="longer than 16 megabytes"):
        of(document(ARTICLE % (f"<p>{'x' * 1000}</p>" * 17_000)))
