"""The draft of a text in Akoma Ntoso 3.0, the XML of OASIS for laws and treaties.

An element with an ``eId`` that has words of its own is a provision, and its address follows from
the ``eId`` (:mod:`negotrack.exchange.readers.eids`). The map is in docs/formats.md.

The input is read piece by piece and within bounds. What could expand, or load anything, is refused
where it stands: there is no entity but those that XML itself has.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from xml.parsers import expat

from negotrack.domain.names import LONGEST, SLUG, follows
from negotrack.errors import Refusal, Rejected
from negotrack.exchange.parts import (
    LONGEST_TEXT,
    MOST_BYTES,
    MOST_PROVISIONS,
    DraftDocument,
    DraftPart,
    too_long,
    too_many,
)
from negotrack.exchange.readers.eids import address_of
from negotrack.exchange.readers.identification import Identification

if TYPE_CHECKING:
    from negotrack.exchange.readers.jsonlines import Pieces

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
DOCUMENTS = ("act", "bill", "doc", "statement")
"""The kinds of document that have provisions."""

_XINCLUDE = "http://www.w3.org/2001/XInclude"
_PIECE = 1 << 16
_LONGEST_MARKUP = 1 << 20
_DEEPEST = 100
_MOST_FAULTS = 1_000

_GROUPS = frozenset(
    {"book", "chapter", "division", "part", "subchapter", "subdivision", "subpart", "subtitle",
     "title", "tome"}
)  # fmt: skip
"""The elements that group provisions, and are one only where they have a text."""

_PROVISIONS = _GROUPS | {
    "alinea", "article", "citation", "clause", "conclusions", "hcontainer", "indent", "item",
    "level", "paragraph", "point", "preamble", "proviso", "recital", "rule", "section", "subclause",
    "subparagraph", "subrule", "subsection", "transitional",
}  # fmt: skip
"""The elements that are provisions, where they have words of their own."""

_BLOCKS = frozenset(
    {"block", "br", "eol", "formula", "heading", "li", "p", "subheading", "td", "th"}
)
"""The elements between which a text has ends of paragraphs."""

_HEADINGS = frozenset({"heading", "subheading"})
_LEFT_OUT = frozenset({"authorialNote", "coverPage", "meta", "num", "preface", "toc"})
"""The elements whose words are none of a provision."""

_QUOTED = frozenset({"embeddedStructure", "quotedStructure"})


def read(file: Pieces) -> DraftDocument:
    """Return what an input says; what is no such document at all is raised as :class:`Rejected`."""
    return _Reading().of(file)


@cache
def _blanks() -> re.Pattern[str]:
    return re.compile(r"[ \t\r\n]+")


class _Open:
    """A provision while it is read: its heading, its paragraphs, and the words of the open one."""

    def __init__(self, line: int, name: str, address: str, depth: int) -> None:
        self.line, self.name, self.address, self.depth = line, name, address, depth
        self.title: list[str] = []
        self.paragraphs: list[str] = []
        self.words: list[str] = []
        self.length = 0
        self.holds_articles = False

    def close_paragraph(self, *, is_heading: bool = False) -> None:
        """Put the words of the open paragraph where they belong."""
        text = _blanks().sub(" ", "".join(self.words)).strip(" ")
        self.words = []
        if text:
            (self.title if is_heading else self.paragraphs).append(text)

    def part(self) -> DraftPart | None:
        """Return the provision; None where it only holds others together."""
        title, text = " ".join(self.title), "\n".join(self.paragraphs)
        if not text and (not title or self.name in _GROUPS or self.holds_articles):
            return None
        return DraftPart(self.line, self.address, title or None, text or None)


class _Reading:
    """A document while it is read, element by element."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._words
        self._names: list[str] = []
        self._open: list[_Open] = []
        self._parts: list[DraftPart | None] = []
        self._places: list[int] = []
        self._faults: list[tuple[int, Refusal]] = []
        self._identification = Identification()
        self._left_out = self._quoted = 0
        self._strays = False

    def of(self, file: Pieces) -> DraftDocument:
        """Return the draft that an input says."""
        try:
            self._feed(file)
        except expat.ExpatError as error:
            raise Rejected(
                f"line {error.lineno}: not well-formed XML: {expat.ErrorString(error.code)}",
                "mend it, or save it anew as UTF-8",
            ) from error
        facts, missing = self._identification.facts()
        faults = [*missing, *self._faults]
        return DraftDocument(facts, {}, [part for part in self._parts if part], faults)

    def _feed(self, file: Pieces) -> None:
        size = 0
        while piece := file.read1(_PIECE):
            if size == 0 and piece[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise Rejected("line 1: the input is not UTF-8", "save it as UTF-8")
            size += len(piece)
            self._parser.Parse(piece, False)  # noqa: FBT003 - it takes no keyword
            if size > MOST_BYTES:
                raise self._refusal(
                    f"the draft is longer than {MOST_BYTES >> 20} megabytes", "is it one draft?"
                )
            if size - self._parser.CurrentByteIndex > _LONGEST_MARKUP:
                raise self._refusal(f"markup longer than {_LONGEST_MARKUP:,} bytes", "take it out")
        self._parser.Parse(b"", True)  # noqa: FBT003 - the same

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def _refusal(self, sentence: str, cure: str) -> Rejected:
        return Rejected(f"line {self._line}: {sentence}", cure)

    def _fault(self, refusal: Refusal, line: int | None = None) -> None:
        if len(self._faults) < _MOST_FAULTS:
            self._faults.append((self._line if line is None else line, refusal))

    # -- what is refused where it stands --------------------------------------------------------

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").lower() not in ("utf-8", "us-ascii"):
            raise self._refusal(f"the encoding is {str(encoding)[:40]}", "save it as UTF-8")

    def _doctype(self, *_: object) -> None:
        raise self._refusal(
            "a document type declaration, which could declare entities", "take it out"
        )

    def _instruction(self, target: str, _data: str) -> None:
        raise self._refusal(
            f"a processing instruction {target[:40]!r}, which could load something", "take it out"
        )

    def _placed(self, space: str, name: str) -> None:
        """Refuse an element that is nowhere in a document with provisions."""
        depth = len(self._names)
        if space == _XINCLUDE:
            raise self._refusal("an XInclude, which would load something", "put the text there")
        if depth >= _DEEPEST:
            raise self._refusal(f"elements more than {_DEEPEST} deep", "is it a text?")
        if depth == 0 and (name != "akomaNtoso" or not space.startswith(NAMESPACE)):
            raise self._refusal(
                f"the root is {name[:40]!r}, which is no Akoma Ntoso 3.0",
                f"the root is akomaNtoso in the namespace {NAMESPACE}",
            )
        if depth == 1 and name not in DOCUMENTS:
            raise self._refusal(
                f"a document of the kind {name[:40]!r} has no provisions",
                f"import one of the kinds {', '.join(DOCUMENTS)}",
            )

    # -- elements -------------------------------------------------------------------------------

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, name = name.rpartition(" ")
        self._placed(space, name)
        self._names.append(name)
        self._identification.start(name, attributes)
        if name in _LEFT_OUT or self._left_out:
            self._left_out += 1
            return
        if name == "del":
            self._fault(Rejected("words marked as deleted", "import the text as it is to be read"))
        if name in _QUOTED or self._quoted:
            self._quoted += 1
        elif self._is_provision(name, attributes):
            self._begin(name, attributes)
        if name in _BLOCKS and self._open:
            self._open[-1].close_paragraph()

    def _is_provision(self, name: str, attributes: dict[str, str]) -> bool:
        if name == "p":  # the paragraphs of a preamble are provisions, where they have an eId
            return "eId" in attributes and bool(self._open) and self._open[-1].name == "preamble"
        return name in _PROVISIONS

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        eid = attributes.get("eId", name if name in ("preamble", "conclusions") else "")
        address = address_of(eid)
        if self._open:
            self._open[-1].close_paragraph()
        if name == "article":
            for above in self._open:
                above.holds_articles = True
        if len(address) > LONGEST or not follows(SLUG, address):
            message = f"the eId {eid[:LONGEST]!r} makes no address" if eid else "there is no eId"
            self._fault(Rejected(f"<{name}>: {message}", "write it like art_6__para_2"))
        if len(self._parts) >= MOST_PROVISIONS:
            raise Rejected(f"line {self._line}: {too_many()}")
        self._open.append(_Open(self._line, name, address, len(self._names)))
        self._places.append(len(self._parts))
        self._parts.append(None)

    def _end(self, name: str) -> None:
        name = name.rpartition(" ")[2]
        self._names.pop()
        self._identification.end(name)
        if self._left_out:
            self._left_out -= 1
            return
        if name in _BLOCKS and self._open:
            self._open[-1].close_paragraph(is_heading=name in _HEADINGS and not self._quoted)
        if self._quoted:
            self._quoted -= 1
        elif self._open and self._open[-1].depth > len(self._names):
            self._close()

    def _close(self) -> None:
        provision = self._open.pop()
        provision.close_paragraph()
        part = provision.part()
        if part is not None and len(part.text or "") > LONGEST_TEXT:
            self._fault(too_long(part.address), part.line)
        self._parts[self._places.pop()] = part

    def _words(self, data: str) -> None:
        self._identification.words(data)
        if self._left_out:
            return
        data = _blanks().sub(" ", data)
        if not self._open:
            if data != " " and not self._strays:
                self._strays = True
                self._fault(Rejected("text outside of any provision", "give its element an eId"))
            return
        within = self._open[-1]
        within.length += len(data)
        if within.length <= 2 * LONGEST_TEXT:  # more is refused, and need not be kept
            within.words.append(data)
