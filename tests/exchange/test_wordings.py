from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.conftest import Named
from negotrack.domain.addresses import parents
from negotrack.domain.entries import DocumentIssued, ProvisionRegistered, ProvisionWorded
from negotrack.errors import Rejected
from negotrack.exchange.markdown import read, written
from negotrack.exchange.parts import DraftDocument, DraftPart
from negotrack.exchange.readers.wordings import Issued, drafts
from negotrack.exchange.writers.drafted import drafted
from shorthand import DEMO, document, provision, worded
from strategies import few, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from negotrack.domain.entries import Entry

FACTS = {"document": "draft-1", "title": "First draft", "on": "2023-01-16"}
HELD = Issued("0123456789abcdef", "First draft", "2023-01-16", None, "whole", "en")


class Book(Named):
    """A record with a few addresses, and a document or none."""

    def __init__(
        self, known: Iterable[str] = (), before: Iterable[str] = (), issued: Issued | None = None
    ) -> None:
        """Begin with what is registered, what had words, and what was issued."""
        self.known, self.before, self.held = set(known), set(before), issued

    def session(self, word: str) -> tuple[str, str]:
        """Return the one session."""
        if word != "s-1":
            raise Rejected(f"no session {word}")
        return word, "2023-01-16/2023-01-20"

    def provisions(self) -> Collection[str]:
        """Return the addresses that are registered."""
        return self.known

    def issued(self, document: str) -> Issued | None:
        """Return the document."""
        return self.held if document == "draft-1" else None

    def worded_before(self, day: str) -> Collection[str]:
        """Return what had words before the first day of the draft."""
        return self.before if day == "2023-01-16" else set()


@pytest.fixture
def take(told: Callable[..., Any]) -> Callable[..., list[Any]]:
    """Return what makes entries of provisions, each given as ``(address, title, text, ...)``."""

    def taker(*given_parts: DraftPart, book: Book | None = None, **facts: str) -> list[Any]:
        said = {key: text for key, text in (FACTS | facts).items() if text}
        lines = {key: number for number, key in enumerate(said, 2)}
        draft = DraftDocument(said, lines, list(given_parts), [])
        return [found for _, found in told(drafts(draft, DEMO, book or Book()))]

    return taker


def part(line: int, address: str, text: str | None = "Text.", **more: Any) -> DraftPart:
    """Return a provision with a text."""
    return DraftPart(line, address, more.pop("title", None), text, **more)


# -- what a draft says ------------------------------------------------------------------------


def test_a_draft_is_a_document_provisions_and_their_words(take: Callable[..., Any]) -> None:
    """A provision is registered before its words, and what it is a part of before it."""
    found = take(part(10, "art-1/1", title="Aim"), part(12, "art-1/2", None, title="Means"))
    on = "2023-01-16"
    assert found == [
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
    book = Book({"art-1"}, issued=HELD)
    found = take(part(9, "art-1"), book=book, language="fr", title="Projet", on="2023-01-18")
    assert found == [worded("art-1", "Text.", place=1, language="fr", on="2023-01-18")]


def test_what_has_no_words_only_holds_its_parts(take: Callable[..., Any]) -> None:
    """It is registered and has no place in the text."""
    found = take(part(9, "art-1", None), part(10, "art-1/1"))
    assert [e.place for e in found if isinstance(e, ProvisionWorded)] == [1]
    assert [e.provision for e in found if isinstance(e, ProvisionRegistered)] == [
        "art-1",
        "art-1/1",
    ]


@pytest.mark.parametrize(("said", "kept"), [("", "whole"), ("parts", "parts"), ("none", None)])
def test_a_draft_is_of_the_whole_unless_it_says_otherwise(
    take: Callable[..., Any], said: str, kept: str | None
) -> None:
    """A document that words provisions and is no draft says ``none``."""
    assert take(part(9, "art-1"), draft=said)[0].draft == kept


# -- where provisions come from ---------------------------------------------------------------


def former(found: list[Entry]) -> dict[str | None, str | None]:
    """Return the former addresses by those of now."""
    return {e.target: e.formerly for e in found if isinstance(e, ProvisionWorded)}


def test_a_part_follows_its_whole(take: Callable[..., Any]) -> None:
    """Of a whole that was renumbered, a part was a part; unless the text before had none."""
    book = Book(["art-5"], ["art-5", "art-5/1", "art-5/2", "art-5/2/a"])
    found = take(
        part(9, "art-6", formerly="art-5"), part(10, "art-6/1"), part(11, "art-6/2/a"),
        part(12, "art-6/3"), book=book,
    )  # fmt: skip
    assert former(found) == {
        "art-6": "art-5", "art-6/1": "art-5/1", "art-6/2/a": "art-5/2/a", "art-6/3": None,
    }  # fmt: skip


def test_a_part_may_say_otherwise(take: Callable[..., Any]) -> None:
    """It may be new, come from elsewhere, or stand where another one was that went elsewhere."""
    book = Book(["art-5"], ["art-5", "art-5/1", "art-5/2", "art-5/3", "art-9"])
    found = take(
        part(9, "art-6", None, title="T", formerly="art-5"),
        part(10, "art-6/1", is_new=True),
        part(11, "art-6/2"),
        part(12, "art-6/3", formerly="art-5/2"),
        part(13, "art-6/4", formerly="art-9"),
        book=book,
    )
    assert former(found) == {
        "art-6": "art-5", "art-6/1": None, "art-6/2": None, "art-6/3": "art-5/2",
        "art-6/4": "art-9",
    }  # fmt: skip


def test_what_holds_parts_may_be_renumbered(take: Callable[..., Any]) -> None:
    """The whole needs no words of its own for its parts to follow it."""
    found = take(
        part(9, "art-6", None, formerly="art-5"), part(10, "art-6/1"),
        book=Book(["art-5"], ["art-5/1"]),
    )  # fmt: skip
    assert former(found) == {"art-6/1": "art-5/1"}


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
    found = take(*given_parts)
    assert len(found) == len(expected)
    for said, words in zip(found, expected, strict=True):
        assert words in said


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
    found = take(part(9, "art-1"), part(10, "art-2"), **facts)
    assert len(found) == len(expected)
    for said, words in zip(found, expected, strict=True):
        assert words in said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"title": "Another"}, ("draft-1 has the title 'First draft' in the record; write it so, or"
                               " correct that: negotrack correct 0123456789 --set title=...")),
        ({"on": "2023-01-17"}, "draft-1 has the on '2023-01-16'"),
        ({"symbol": "A/1"}, "draft-1 has no symbol in the record"),
        ({"draft": "parts"}, "draft-1 has the draft 'whole' in the record"),
        ({"draft": "parts", "language": "fr"}, "draft-1 has the draft 'whole' in the record"),
    ],
)  # fmt: skip
def test_facts_are_those_of_the_record(
    take: Callable[..., Any], facts: dict[str, str], said: str
) -> None:
    """Another account of a document is refused, with what the record says."""
    (found,) = take(part(9, "art-1"), book=Book(issued=HELD), **facts)
    assert said in found


# -- the way back -----------------------------------------------------------------------------

addresses = st.lists(
    st.from_regex(r"(art|annex)-[1-6](/[1-3])?(/[ab])?", fullmatch=True), unique=True, min_size=1
)
said_texts = texts().filter(lambda t: not set("\r[]") & set(t))


@st.composite
def recorded(draw: st.DrawFn) -> tuple[DocumentIssued, list[ProvisionWorded]]:
    """A document and its wordings, as the record may have them."""
    language = draw(st.sampled_from(["fr", "zh"]))
    order = draw(addresses)
    free = draw(st.permutations([f"was-{n}" for n in range(len(order))]))
    common: dict[str, Any] = {"language": language}
    common |= draw(st.fixed_dictionaries({}, optional={"note": said_texts, "by": st.just("KEN")}))
    wordings = [
        worded(
            address,
            draw(said_texts),
            place=place,
            title=draw(st.none() | said_texts),
            formerly=draw(st.none() | st.just(free[place - 1])),
            **common,
        )
        for place, address in enumerate(order, 1)
    ]
    return document(
        title=draw(said_texts), draft=draw(st.sampled_from(["whole", "parts"]))
    ), wordings


@few
@given(recorded())
def test_what_is_exported_adds_nothing(held: tuple[DocumentIssued, list[ProvisionWorded]]) -> None:
    """A draft written from the record says what the record has, and no more."""
    issued, wordings = held
    fields = [msgspec.to_builtins(entry) for entry in (issued, *wordings)]
    text = "".join(written(*drafted(fields[0], fields[1:], is_original=True)))
    before = {address for w in wordings for address in (w.target, str(w.formerly))}
    book = Book(
        {*before, *(whole for address in before for whole in parents(address))},
        before,
        Issued("0" * 64, issued.title, issued.on, None, str(issued.draft), wordings[0].language),
    )
    draft = read(io.BufferedReader(io.BytesIO(text.encode())))
    assert [item() for _, item in drafts(draft, DEMO, book)] == wordings


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"at": "10:00"}, "a wording of draft-1 has `at`"),
        ({"note": "other"}, "the wordings of draft-1 differ in `note`"),
        ({"place": 7}, "the wordings of draft-1 have no `place` from 1 on"),
    ],
)
def test_what_a_draft_cannot_say_is_not_exported(changed: dict[str, Any], said: str) -> None:
    """It is refused, rather than written with a loss."""
    plain = worded("art-1", "Text.", place=1)
    other = msgspec.structs.replace(worded("art-2", "Text.", place=2), **changed)
    fields = [msgspec.to_builtins(entry) for entry in (document(), plain, other)]
    with pytest.raises(Rejected, match=said):
        drafted(fields[0], fields[1:], is_original=True)


def test_a_draft_dated_otherwise_than_its_document_is_not_exported() -> None:
    """To read it again would be refused."""
    fields = [
        msgspec.to_builtins(e) for e in (document(on="2023-01-15"), worded("a", "T.", place=1))
    ]
    with pytest.raises(Rejected, match="was issued on 2023-01-15, and its wordings are of"):
        drafted(fields[0], fields[1:], is_original=True)


@pytest.mark.parametrize(
    "sources",
    [
        [{"address": "https://example.org"}],
        [{"title": "A book", "publisher": "UN", "quote": "so\nit is", "retrieved": "2023-01-01"}],
        [{"address": "https://example.org", "title": "A page"}],
        [{"address": "shelf 3"}],
        [{"title": "https://example.org"}],
        [{"title": "A"}, {"title": "B"}],
    ],
)
def test_sources_come_back(take: Callable[..., Any], sources: list[dict[str, str]]) -> None:
    """However a source is known, and however many there are."""
    facts, _ = drafted(
        msgspec.to_builtins(document()),
        [msgspec.to_builtins(worded("a", "T.", place=1)) | {"sources": sources}],
        is_original=True,
    )
    more = {key: facts[key] for key in facts if key not in FACTS}
    assert msgspec.to_builtins(take(part(9, "a"), **more)[-1].sources) == tuple(sources)
