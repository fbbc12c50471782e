from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from conftest import records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]
    Take = Callable[..., Result]

FIRST = """\
---
document: draft-1
title: First draft
symbol: A/AC.9/1
on: 2023-01-16
session: s-1
source: https://example.org/draft-1
---

# art-5 Safeguards

## art-5/1

Each Party [shall] [may]
protect the work.

## art-5/2

It does so by law.

# art-6/2

Kept as it is.
"""
SECOND = """\
---
document: draft-2
title: Second draft
on: 2023-01-18
---
# art-5 Purpose (new)
To protect.
# art-7 Safeguards (formerly art-5)
## art-7/1
Each Party shall protect the work.
## art-7/2
## art-7/3 (formerly art-5/2)
It does so by law.
# art-6/2
Kept as it is.
"""


@pytest.fixture
def take(run: Run, demo: Path, tmp_path: Path) -> Take:
    """Return what imports a text as a draft."""

    def taker(text: str | bytes, *options: str, form: str = "draft") -> Result:
        file = tmp_path / "input"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("import", str(file), "--as", form, *options, at=demo)

    return taker


@pytest.fixture
def wordings(run: Run, demo: Path) -> Callable[..., list[dict[str, Any]]]:
    """Return what lists the wordings of a document, as the journal has them, in order."""

    def lister(document: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in run("export", at=demo).out.splitlines()]
        wordings_ = [
            line
            for line in lines
            if line["type"] == "provision.worded/1" and line["document"] == document
        ]
        return sorted(wordings_, key=lambda line: line["place"])

    return lister


def journal(folder: Path) -> dict[str, bytes]:
    """Return what the journal holds, file by file."""
    return {str(path): path.read_bytes() for path in (folder / "events").rglob("*.jsonl")}


def test_a_draft_is_taken_in(take: Take, wordings: Callable[..., Any]) -> None:
    """A document, its provisions, and their words in their places."""
    assert take(FIRST) == (0, "9 added, 0 known already, 0 refused\n", "")
    assert [(w["target"], w.get("title"), w.get("text")) for w in wordings("draft-1")] == [
        ("art-5", "Safeguards", None),
        ("art-5/1", None, "Each Party [shall] [may] protect the work."),
        ("art-5/2", None, "It does so by law."),
        ("art-6/2", None, "Kept as it is."),
    ]


def test_a_draft_can_be_repeated(take: Take) -> None:
    """The same input adds nothing; another language adds its words alone."""
    take(FIRST)
    assert take(FIRST).out == "0 added, 4 known already, 0 refused\n"
    french = FIRST.replace("title: First draft", "title: Projet\nlanguage: fr")
    assert take(french).out == "4 added, 0 known already, 0 refused\n"
    assert take(french).out == "0 added, 4 known already, 0 refused\n"
    assert take(FIRST).out == "0 added, 4 known already, 0 refused\n"


def test_parts_follow_their_whole(take: Take, wordings: Callable[..., Any]) -> None:
    """Also when the import is repeated, and the draft itself has brought more addresses in."""
    take(FIRST)
    expected = {
        "art-5": None, "art-7": "art-5", "art-7/1": "art-5/1", "art-7/3": "art-5/2",
        "art-6/2": None,
    }  # fmt: skip
    text = SECOND.replace("## art-7/2\n", "")
    assert take(text).code == 0
    assert {w["target"]: w.get("formerly") for w in wordings("draft-2")} == expected
    assert take(text).out == "0 added, 5 known already, 0 refused\n"


def test_a_draft_can_be_tried(take: Take, demo: Path) -> None:
    """``--dry-run`` checks everything and keeps nothing."""
    before = journal(demo)
    assert take(FIRST, "--dry-run").out == "9 would be added, 0 known already, 0 refused\n"
    assert journal(demo) == before


FAULTY = """\
---
document: draft-1
title: First draft
on: 2023-01-16
session: s-1
---
# art-1
[unbalanced
# art-2 (formerly art-3)
two
# art-3 (formerly art-2)
three
# art-1
again
# Chapter I
"""


def test_every_fault_of_a_draft_has_its_line(take: Take, demo: Path) -> None:
    """All faults are named, and nothing is taken in."""
    before = journal(demo)
    result = take(FAULTY)
    assert (result.code, result.out) == (3, "")
    assert [line.split(":")[0] for line in result.err.splitlines()] == [
        "line 7", "line 11", "line 13", "line 15", "negotrack",
    ]  # fmt: skip
    assert journal(demo) == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FIRST.replace("session: s-1", "session: s-9"), "line 6: no session s-9"),
        (FIRST.replace("# art-5 S", "# art-5 (formerly art-4)\n#"), "line 10: no provision art-4"),
        (FIRST.replace("draft-1", "scope"), "line 2: the name scope is taken: issue"),
        (FIRST.replace("art-6/2", "scope"), "line 21: the name scope is taken: issue"),
        (FIRST.replace("Safeguards", "S" * 501), "line 10: expected `str` of length <= 500"),
        (SECOND, "line 11: art-7/2 has no words"),
        ("\ufeff" + FIRST, "line 1: the input begins with a byte-order mark"),
        (FIRST.replace("2023-01-16", "2031-01-16"), "2031-01-16 lies in the future"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(take: Take, demo: Path, text: str, message: str) -> None:
    """In a sentence with the line, and nothing is changed."""
    before = journal(demo)
    result = take(text)
    assert (result.code, result.out) == (3, "")
    assert message in result.err
    assert journal(demo) == before


def test_hidden_characters_are_kept_and_told(take: Take, run: Run, demo: Path) -> None:
    """A draft is kept to the letter; ``check`` says where something hides."""
    text = FIRST.replace("by law", "by \u202ewal\u202c \u200b<script>alert(1)</script>")
    assert take(text).code == 0
    timeline = records(run("timeline", "--all", "--format", "json", at=demo).out)
    assert any("\u202ewal\u202c \u200b<script>" in r["summary"] for r in timeline)
    result = run("check", at=demo)
    assert result.code == 1
    assert "U+202E" in result.out


# -- Akoma Ntoso ------------------------------------------------------------------------------

AKOMA = """\
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><doc name="draft"><meta>
<identification source="#me"><FRBRWork><FRBRdate date="2023-01-16" name="x"/>
<FRBRname value="draft-1"/><FRBRalias value="First draft" name="x"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification></meta><mainBody>
<article eId="art_5"><heading>Safeguards</heading>
<paragraph eId="art_5__para_1"><content><p>Each Party [shall] [may]
protect the work.</p></content></paragraph>
<paragraph eId="art_5__para_2"><content><p>It does so by law.</p></content></paragraph></article>
</mainBody></doc></akomaNtoso>
"""


def test_both_forms_say_the_same(take: Take) -> None:
    """A draft in XML is known where it was taken in as Markdown."""
    plain = FIRST.replace("session: s-1\nsource: https://example.org/draft-1\n", "")
    plain = plain.replace("symbol: A/AC.9/1\n", "").partition("# art-6/2")[0]
    assert take(AKOMA, form="akoma-ntoso").out == "7 added, 0 known already, 0 refused\n"
    assert take(plain).out == "0 added, 3 known already, 0 refused\n"
    assert take(AKOMA, form="akoma-ntoso").out == "0 added, 3 known already, 0 refused\n"


def test_faults_of_xml_have_their_lines(take: Take, demo: Path) -> None:
    """Nothing is taken in."""
    before = journal(demo)
    text = AKOMA.replace("by law", "by [law").replace("art_5__para_1", "")
    result = take(text, form="akoma-ntoso")
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("line 6: <paragraph>: there is no eId; write it like")
    assert "\nline 8: a bracket" in result.err
    assert journal(demo) == before


# -- the way back -----------------------------------------------------------------------------


def test_a_document_is_exported_as_it_is_imported(run: Run, take: Take, demo: Path) -> None:
    """What is exported adds nothing here, and the same elsewhere."""
    take(FIRST)
    take(SECOND.replace("## art-7/2\n", ""))
    for slug in ("draft-1", "draft-2"):
        text = run("export", "--document", slug, at=demo).out
        assert take(text).out.startswith("0 added, ")
        assert run("export", "--document", slug, at=demo).out == text


def test_an_export_has_one_language(run: Run, take: Take, demo: Path) -> None:
    """English where none is asked for; what is missing is said, with what there is."""
    take(FIRST)
    take(FIRST.replace("on: 2023", "language: fr\non: 2023").replace("by law", "par la loi"))
    assert "by law" in run("export", "--document", "draft-1", at=demo).out
    assert "par la loi" in run("export", "--document", "draft-1", "--language", "fr", at=demo).out
    refused = run("export", "--document", "draft-1", "--language", "ru", at=demo)
    assert refused.code == 3
    assert "the record has no words of draft-1 in ru; it has them in en, fr" in refused.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--document draft-1 --format csv", "a document has one form"),
        ("--document draft-1 --raw", "a document has one form"),
        ("--language fr", "--language is the language of a document"),
        ("--document draft-9", "no document draft-9"),
    ],
)
def test_an_export_that_means_nothing_is_refused(
    run: Run, demo: Path, words: str, message: str
) -> None:
    """In a sentence."""
    result = run("export", *words.split(), at=demo)
    assert (result.code, result.out) == (3 if "draft-9" in words else 2, "")
    assert message in result.err
