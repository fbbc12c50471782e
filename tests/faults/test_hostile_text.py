from __future__ import annotations

import csv
import io
import os
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from conftest import records
from faults.evidence import STANCE, journaled, nothing_changes, stopped, stored
from negotrack.domain.values import Source
from negotrack.workspace import Workspace
from shorthand import amendment, says, takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]

ESC, RLO, ZWSP = "\x1b", "\u202e", "\u200b"
DRIVING = (
    f"{ESC}]0;owned\x07",
    f"{ESC}[2J",
    f"a{RLO}b",
    f"a{ZWSP}b",
    "a\x9bb",
    "a\x7fb",
    "\u2066x",
)
LOADED = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "</table></body>",
    "&lt;b&gt;",
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''", "'", "a,b", 'a"b', "a\nb")


def tell(folder: Path, text: str, quote: str | None = None) -> str:
    """Log a stance with a text in each field that takes any; return its id."""
    source = Source(address=f"https://example.org/{text}", title=text, publisher=text, quote=quote)
    with Workspace(folder) as workspace:
        draft = takes(
            "KEN", "oppose", "art-6", "2023-01-18", reason=text, condition=text, note=text,
            sources=(source,),
        )  # fmt: skip
        return workspace.log(draft).id


def objects(done: Result) -> list[dict[str, Any]]:
    """Return the records of an answer in JSON."""
    assert done.code == 0, done.err
    return records(done.out)


# -- text that is not what it seems -------------------------------------------------------------

TYPED = (
    '{"_type_":"os:system","_data_":"true"}',
    "NaN",
    "null",
    "\\u0000",
    "\\ud800",
    "%s{0}$HOME",
)


@pytest.mark.parametrize("text", TYPED)
def test_text_is_kept_exactly(record: Path, run: Run, text: str) -> None:
    """Text that looks like something to a program is kept as the text it is (fault 25)."""
    done = run(*STANCE, "--on", "2023-01-18", "--note", text, "--json", at=record)
    assert done.code == 0, done.err
    rows = objects(run("timeline", "--target", "art-6", "--format", "json", at=record))
    assert [text] == [r["note"] for r in rows if r["note"]]
    assert run("check", at=record).code == 0


def test_tagged_data_is_no_text(record: Path, run: Run, tmp_path: Path) -> None:
    """An object in the place of a text is refused, whatever it is tagged with (fault 25)."""
    draft = (
        '{"type":"statement.made/1","negotiation":"demo","on":"2023-01-18","by":"KEN","says":%s}'
    )
    (tmp_path / "in.jsonl").write_text(draft % '{"_type_":"os:system","_data_":"true"}' + "\n")
    with nothing_changes(record):
        done = run("import", str(tmp_path / "in.jsonl"), at=record)
    assert done.code == 3
    assert done.err.startswith("line 1: ")


VALUES = ('"a\\u0000b"', '"a\\ud800b"', '"\\udc00"', "NaN", "Infinity", "1e400", "true", '""')


@pytest.mark.parametrize("value", VALUES)
def test_a_value_that_cannot_be_kept_is_refused(
    record: Path, run: Run, tmp_path: Path, value: str
) -> None:
    """NUL, lone surrogates and what is no text are refused on the way in (fault 25)."""
    draft = (
        '{"type":"statement.made/1","negotiation":"demo","on":"2023-01-18","by":"KEN","says":%s}'
    )
    (tmp_path / "in.jsonl").write_text(draft % value + "\n")
    with nothing_changes(record):
        done = run("import", str(tmp_path / "in.jsonl"), at=record)
    assert done.code == 3
    assert done.err.startswith("line 1: ")


def test_bytes_that_are_no_text_are_refused(record: Path, run: Run) -> None:
    """An argument that is not valid UTF-8 is refused, and reading goes on (fault 25)."""
    with nothing_changes(record):
        done = run(*STANCE, "--on", "2023-01-18", "--note", os.fsdecode(b"\xff\xfe"), at=record)
    stopped(done, 3)
    assert run("timeline", at=record).code == 0


# -- text that drives a terminal ----------------------------------------------------------------


@pytest.mark.parametrize("text", DRIVING)
def test_text_cannot_drive_the_terminal(record: Path, run: Run, text: str) -> None:
    """What could drive or deceive a terminal is written out, in tables and messages (fault 29)."""
    entry = tell(record, text, text)
    commands = (
        ("timeline",), ("timeline", "--format", "markdown"), ("positions",), ("history", "KEN"),
        ("show", entry[:8]), ("show", "art-6"), ("timeline", "--session", text),
        ("names", text), ("log", text), (text,),
        (*STANCE, "--on", "2023-01-19", "--session", "none", "--reason", text),
        (*STANCE, "--on", text),
    )  # fmt: skip
    raw = [c for c in text if not c.isalnum() and c not in "];["]
    for words in commands:
        done = run(*words, at=record)
        shown = done.out + done.err
        assert [c for c in raw if c in shown] == [], words


@pytest.mark.parametrize("text", DRIVING)
def test_text_is_exact_for_tools(record: Path, run: Run, text: str) -> None:
    """In JSON the text is exactly what was logged (fault 29)."""
    tell(record, text)
    (position,) = objects(run("positions", "--target", "art-6", "--format", "json", at=record))
    assert text == position["reason"] == position["condition"]
    assert text == position["sources"][0]["title"]


@pytest.mark.parametrize("text", DRIVING)
def test_a_check_warns_of_hidden_text(record: Path, run: Run, text: str) -> None:
    """A check names the entry that has such a character, with exit code 1 (fault 29)."""
    entry = tell(record, text)
    done = run("check", "--format", "csv", at=record)
    assert done.code == 1
    assert f"hidden-text,{entry[:10]}," in done.out


@pytest.mark.parametrize("text", DRIVING)
def test_a_check_warns_of_hidden_text_in_a_quote(record: Path, run: Run, text: str) -> None:
    """The quote of a source is looked at too (fault 29)."""
    with Workspace(record) as workspace:
        quoted = Source(title="Report", quote=text)
        entry = workspace.log(says("KEN", "It spoke.", sources=(quoted,))).id
    done = run("check", "--format", "csv", at=record)
    assert done.code == 1
    assert f"hidden-text,{entry[:10]}," in done.out


# -- text that is markup ------------------------------------------------------------------------


class Page(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element and the names of its attributes."""
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


@pytest.mark.parametrize("command", [("timeline",), ("positions",)])
@pytest.mark.parametrize("text", LOADED)
def test_text_is_inert_in_html(record: Path, run: Run, text: str, command: tuple[str, ...]) -> None:
    """Markup in any field is text of the page, which has the elements it always has (fault 30)."""
    plain = {*Page(run(*command, "--format", "html", at=record).out).tags}
    tell(record, text, text)
    page = Page(run(*command, "--format", "html", at=record).out)
    assert plain == {*page.tags}
    assert {"lang", "charset", "http-equiv", "content", "name"} == {*page.attributes}
    assert text in page.text


def test_a_page_makes_no_request(record: Path, run: Run) -> None:
    """A page forbids itself every request (fault 30)."""
    page = run("timeline", "--format", "html", at=record).out
    assert "default-src 'none'" in page
    assert not re.search(r"\b(src|href|action)=|url\(|@import", page)


# -- text that is a formula ---------------------------------------------------------------------


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(record: Path, run: Run, text: str) -> None:
    """A CSV cell that a spreadsheet would calculate is prefixed (fault 31)."""
    tell(record, text)
    answer = run("positions", "--target", "art-6", "--format", "csv", at=record).out
    (row,) = csv.DictReader(io.StringIO(answer, newline=""))
    assert not row["reason"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert text == row["reason"].removeprefix("'")


@pytest.mark.parametrize("text", FORMULAS)
def test_raw_cells_are_exact(record: Path, run: Run, text: str) -> None:
    """With --raw a CSV cell is exactly the text (fault 31)."""
    tell(record, text)
    answer = run("positions", "--target", "art-6", "--format", "csv", "--raw", at=record).out
    (row,) = csv.DictReader(io.StringIO(answer, newline=""))
    assert text == row["reason"]


def test_the_importer_undoes_the_prefix(record: Path, run: Run, tmp_path: Path) -> None:
    """A record exported as CSV and imported elsewhere is the same record (fault 31)."""
    for text in (*FORMULAS, *DRIVING, *LOADED):
        tell(record, text, text)
    other, sheet = tmp_path / "other", tmp_path / "record.csv"
    assert run("export", "--format", "csv", "-o", str(sheet), at=record).code == 0
    assert run("init", str(other)).code == 0
    done = run("import", str(sheet), at=other)
    assert done.code == 0, done.err
    assert journaled(record) == journaled(other) == stored(other)


# -- text that is a table -----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["a | b", "a\n| b |", "`a` | ``", "a \\| b", "a\r\n\r\nb", "|"])
def test_a_markdown_table_keeps_its_columns(record: Path, run: Run, text: str) -> None:
    """Pipes, line ends and backticks in a text do not break a Markdown table (fault 32)."""
    tell(record, text)
    answer = run("positions", "--format", "markdown", at=record).out
    table = answer.split("\n\n", 1)[0].splitlines()
    heading, *rows = (len(re.sub(r"\\.", "", line).split("|")) for line in table)
    assert [heading] * len(rows) == rows
    assert "`" not in re.sub(r"\\.", "", answer)


# -- names that look alike ----------------------------------------------------------------------

LOOKALIKES = {
    "\u0421HN": ("U+0421", "CHN"),  # a Cyrillic letter
    "\uff23\uff28\uff2e": ("U+FF23", "CHN"),  # full-width letters
    "C\u0301HN": ("U+0301", "CHN"),  # a combining accent
    "\u212aEN": ("U+212A", "KEN"),  # the Kelvin sign
    "KEN\u200b": ("U+200B", "KEN"),  # a zero-width space
    "\u039aEN": ("U+039A", "KEN"),  # a Greek letter
}


@pytest.mark.parametrize("name", LOOKALIKES)
@pytest.mark.parametrize(
    "words",
    [
        ("positions", "--by"),
        ("log", "stance", "--target", "scope", "--stance", "oppose", "--on", "2023-01-18", "--by"),
    ],
)
def test_a_name_that_only_looks_alike_is_unknown(
    record: Path, run: Run, name: str, words: tuple[str, ...]
) -> None:
    """A name in other letters is unknown; they and the near miss are named (fault 33)."""
    code_point, meant = LOOKALIKES[name]
    with nothing_changes(record):
        stopped(run(*words, name, at=record), 3, "no delegation", code_point, meant)


def test_a_slug_has_only_plain_letters(record: Path, run: Run) -> None:
    """A new name with letters of another alphabet is refused (fault 33)."""
    words = ("log", "issue", "sc\u043epe", "--title", "x", "--on", "2023-01-18")
    with nothing_changes(record):
        stopped(run(*words, at=record), 3)


@pytest.mark.parametrize(
    "slug", ["../x", "/x", "a//b", "a/../b", "x/", "a b", "A", "", ".", "a%2fb"]
)
def test_a_slug_is_no_path(record: Path, run: Run, slug: str) -> None:
    """A name that would lead out of the workspace is refused (fault 37)."""
    with nothing_changes(record):
        done = run("log", "negotiation", slug, "--title", "x", "--on", "2022-01-01", at=record)
    stopped(done, 3)
    with nothing_changes(record):
        words = ("--city", "Vienna", "--title", "x", "--days", "2023-02-01", "--zone", "UTC")
        stopped(run("log", "session", slug, *words, at=record), 3)


def test_text_of_every_kind_survives(workspace: Workspace) -> None:
    """An amendment's text comes back as it was, line ends and quotes and all (fault 25)."""
    text = "Article 6\r\n\t“safeguards”\n\n \\n \"'; DROP TABLE entry; -- \U0001f600"
    entry = workspace.log(amendment("a-1", "art-6", "KEN", text=text)).id
    amended = workspace.entries.entry(entry).entry
    assert text == getattr(amended, "text", None)
