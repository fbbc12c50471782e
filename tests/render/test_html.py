"""A page shows an answer and does nothing else."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

from hypothesis import given, settings

from render.answers import NASTY, RECORDS, answer, record, show

if TYPE_CHECKING:
    from negotrack.render.answer import Record


class Page(HTMLParser):
    """The tags, attributes and text of a page."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag and its attributes."""
        self.tags.append(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data: str) -> None:
        """Keep a piece of text."""
        self.words.append(data)


@settings(deadline=None)
@given(RECORDS)
def test_a_page_is_inert(records: list[Record]) -> None:
    """Whatever is in the record, a page has the tags that the program wrote and no others."""
    page = Page(show(answer(*records), "html"))
    rows = len(records)
    assert page.tags.count("tr") == rows + 1
    assert page.tags.count("td") == 3 * rows
    assert {"name", "charset", "http-equiv", "content", "lang"} == set(page.attributes)
    assert not {"script", "img", "link", "iframe", "a", "form"} & set(page.tags)


def test_a_page_forbids_itself_every_request() -> None:
    """The page's own policy lets it load nothing, and only its own style."""
    page = show(answer(record(NASTY)), "html")
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_page_says_what_it_rests_on() -> None:
    """The title, the heading and the footer of a page are those of the answer."""
    words = Page(show(answer(record()), "html")).words
    assert words.count("Title") == 2
    assert "As of 2023-01-16: all." in words


def test_quotes_cannot_leave_a_cell() -> None:
    """Quotes and ampersands are entities in a page."""
    assert "a&quot; onload=&#x27;x&#x27; &amp;" in show(answer(record("a\" onload='x' &")), "html")
