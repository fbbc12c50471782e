"""A draft as it is written from the record: read again, it adds nothing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.book import FACTS, Book, part
from negotrack.domain.addresses import parents
from negotrack.errors import Rejected
from negotrack.exchange.markdown import read, written
from negotrack.exchange.readers.wordings import Issued, drafts
from negotrack.exchange.writers.drafted import drafted
from shorthand import DEMO, document, worded
from strategies import few, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import DocumentIssued, ProvisionWorded

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
def test_what_is_exported_adds_nothing(
    history: tuple[DocumentIssued, list[ProvisionWorded]],
) -> None:
    """A draft written from the record says what the record has, and no more."""
    issued, wordings = history
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
    ("changed", "message"),
    [
        ({"at": "10:00"}, "a wording of draft-1 has `at`"),
        ({"note": "other"}, "the wordings of draft-1 differ in `note`"),
        ({"place": 7}, "the wordings of draft-1 have no `place` from 1 on"),
    ],
)
def test_what_a_draft_cannot_say_is_not_exported(changed: dict[str, Any], message: str) -> None:
    """It is refused, rather than written with a loss."""
    plain = worded("art-1", "Text.", place=1)
    other = msgspec.structs.replace(worded("art-2", "Text.", place=2), **changed)
    fields = [msgspec.to_builtins(entry) for entry in (document(), plain, other)]
    with pytest.raises(Rejected, match=message):
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
