"""What the documents list is what there is in the code and in the record."""

from __future__ import annotations

import json
import re
import runpy
from datetime import UTC, datetime
from hashlib import sha256
from shlex import split
from typing import TYPE_CHECKING, Any, get_args

import click
import pytest

from conftest import about, records
from docs.pages import DOCS, PAGES, ROOT, blocks, first_cells, section
from house.test_documented import commands
from negotrack import errors
from negotrack.checking.findings import RULES
from negotrack.cli.fields import example
from negotrack.domain.canonical import decode_verified
from negotrack.domain.catalogue import BY_NOUN
from negotrack.domain.stances import GRADES
from negotrack.domain.values import Confidence, DelegationKind
from negotrack.exchange.flat import COLUMNS
from negotrack.record import stamping
from shorthand import correction, takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

PROGRAM = dict(commands())
"""Every command by the words that call it; the program itself by none."""

COMMANDS = DOCS / "commands.md"
REGENERATE = "out of date: run `python scripts/commands_page.py`"
FORMATS = DOCS / "formats.md"
RECORD = DOCS / "record.md"
MINUS = "\N{MINUS SIGN}"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """Return the names of the script that writes pages."""
    return runpy.run_path(str(ROOT / "scripts" / "commands_page.py"))


# -- pages that are written by the script -----------------------------------------------------


def test_the_commands_page_is_up_to_date(script: dict[str, Any]) -> None:
    """``docs/commands.md`` says of every command and option what the program says."""
    now = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert script["commands_page"]() == now, f"docs/commands.md is {REGENERATE}"


@pytest.mark.parametrize("words", PROGRAM)
def test_every_option_is_on_the_commands_page_once(words: str) -> None:
    """The section of a command lists each of its options, or names the one shared group that does.

    What a group has and the command has not is left out of it by name; so is what the command has
    of its own, which its own table shows.
    """
    section_ = _own_part(words)
    own = first_options(section_)
    for name, anchor, exceptions in _groups_named(section_):
        assert anchor == name.replace(" ", "-")
        own += [o for o in _shared_options(name) if o not in exceptions]
    has = [p.opts[0] for p in PROGRAM[words].params if isinstance(p, click.Option)]
    assert sorted(has) == sorted(own)


def _own_part(words: str) -> str:
    """Return what the page says of a command, or of the program, and of nothing below it."""
    if not words:
        return section(COMMANDS, "## Options of the program")
    for level in ("##", "###"):
        heading = f"{level} `negotrack {words}`"
        if f"\n{heading}\n" in COMMANDS.read_text(encoding="utf-8"):
            return section(COMMANDS, heading).partition("\n###")[0]
    raise AssertionError(f"docs/commands.md has no section of `negotrack {words}`")


def _groups_named(text: str) -> list[tuple[str, str, list[str]]]:
    """Return the shared groups that a section names: name, anchor, and what is left out of each."""
    line = re.search(r"^Shared: (.+)\.$", text, re.MULTILINE)
    groups = line[1].split("; ") if line else []
    parts = [re.fullmatch(r"\[(.+?)\]\(#(.+?)\)(.*)", group) for group in groups]
    return [(m[1], m[2], re.findall(r"`([^`]+)`", m[3])) for m in parts if m is not None]


def _shared_options(group: str) -> list[str]:
    return first_options(section(COMMANDS, f"### {group.capitalize()}"))


def first_options(text: str) -> list[str]:
    """Return the options that tables list in their first column, each as it is written first."""
    return re.findall(r"^\| `(-[^`]+)`", text, re.MULTILINE)


def test_a_shared_option_is_described_once() -> None:
    """No row of an option stands twice in the shared options, and none again in a command's own."""
    shared = section(COMMANDS, "## Shared options")
    rows = re.findall(r"^\| `-.+$", shared, re.MULTILINE)
    again = COMMANDS.read_text(encoding="utf-8").replace(shared, "").splitlines()
    assert sorted(set(rows)) == sorted(rows)
    assert [row for row in rows if row in again] == []


def test_the_tables_of_types_are_up_to_date(script: dict[str, Any]) -> None:
    """``docs/formats.md`` has the fields of every entry type as the types have them."""
    now = FORMATS.read_text(encoding="utf-8")
    assert script["formats_page"](now) == now, f"docs/formats.md is {REGENERATE}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every link from one document to another leads to a file, and to a heading in it."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    broken = [link for link in links if "://" not in link and not _leads(page, link)]
    assert broken == []


def _leads(page: Path, link: str) -> bool:
    name, _, anchor = link.partition("#")
    file = page.parent / name if name else page
    if not file.exists() or not anchor:
        return file.exists()
    text = file.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return anchor in {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


# -- formats ----------------------------------------------------------------------------------


def test_the_example_line_is_a_line() -> None:
    """The line that the page shows is canonical, and its id is the hash of its body."""
    line = blocks(FORMATS, "json")[0].text.strip().encode()
    fields = json.loads(line)
    claimed = fields.pop("id")
    body = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert claimed == sha256(body.encode()).hexdigest() == decode_verified(line).id


def test_every_line_of_the_record_can_be_made_as_the_page_says(treaty: Path) -> None:
    """What the page says in Python makes each line of the treaty record, byte for byte."""
    for path in (treaty / "events").rglob("*.jsonl"):
        for line in path.read_bytes().splitlines():
            fields = json.loads(line)
            del fields["id"]
            body = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            written = f'{{"id":"{sha256(body.encode()).hexdigest()}",{body[1:]}'
            assert line.decode() == written


def test_a_changed_line_is_noticed_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The five lines of Python refuse a line in which one letter was changed."""
    line = blocks(FORMATS, "json")[0].text.replace("Needs more", "Needs less")
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "demo.jsonl").write_text(line)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AssertionError):
        exec(blocks(FORMATS, "python")[0].text, {})  # noqa: S102 - the document is ours


def test_the_example_draft_can_be_imported(
    workspace: Workspace, run: Callable[..., Result]
) -> None:
    """The draft that the page shows is taken in."""
    draft = workspace.storage.places.root / "draft.jsonl"
    draft.write_text(blocks(FORMATS, "json")[1].text)
    result = run("import", str(draft), at=workspace.storage.places.root)
    assert (result.code, result.out) == (0, "1 added, 0 known already, 0 refused\n")


def test_the_columns_of_csv_are_listed() -> None:
    """The page lists the columns of CSV, all of them, in the order in which they are written."""
    assert list(COLUMNS) == first_cells(section(FORMATS, "## CSV"))


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("timeline", ("timeline", "ahc-6")),
        ("positions", ("positions", "--target", "scope")),
        ("votes", ("votes",)),
        ("votes TARGET", ("votes", "res-74-247")),
        ("alignment", ("alignment", "--of", "votes")),
        ("history", ("history", "EU")),
        ("show", ("show", "scope")),
        ("explain positions", ("explain", "positions", "IND", "scope")),
        ("explain timeline", ("explain", "timeline", "3290427b")),
    ],
)
def test_the_keys_of_an_answer_are_listed(
    heading: str, words: tuple[str, ...], treaty: Path, run: Callable[..., Result]
) -> None:
    """The page lists the keys of the records of an answer, all of them, in their order."""
    record = records(run(*words, "--format", "json", at=treaty).out)[0]
    assert list(record) == first_cells(section(FORMATS, f"### `{heading}`"))


def test_the_keys_of_what_an_answer_is_about_are_listed(
    treaty: Path, run: Callable[..., Result]
) -> None:
    """The page lists what an answer says before its records, all of it, in its order."""
    keys = about(run("timeline", "ahc-6", "--format", "json", at=treaty).out)
    assert list(keys) == first_cells(section(FORMATS, "### `about`"))


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("names", ("names", "issue", "--format", "json")),
        ("sync --json", ("sync", "--json")),
        ("doctor --json", ("doctor", "--json")),
    ],
)
def test_the_keys_of_what_is_no_answer_are_listed(
    heading: str, words: tuple[str, ...], treaty: Path, run: Callable[..., Result]
) -> None:
    """The page lists the keys that a command prints, all of them, in their order."""
    printed = json.loads(run(*words, at=treaty).out)
    record = printed[0] if isinstance(printed, list) else printed
    assert list(record) == first_cells(section(FORMATS, f"### `{heading}`"))


def test_what_corrected_an_entry_is_shown_with_its_id(
    workspace: Workspace, run: Callable[..., Result]
) -> None:
    """``show`` names, by its own id, each entry that corrected the one that is shown."""
    stance = workspace.log(takes("KEN", "reserve", "art-6"))
    erratum = workspace.log(correction(stance.id, stance="support"))
    facts = records(
        run("show", stance.id, "--format", "json", at=workspace.storage.places.root).out
    )
    errata = next(fact["value"] for fact in facts if fact["field"] == "errata")
    assert [fact.get("id") for fact in errata] == [erratum.id]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("replay --step", ("replay", "--step", "day")),
        ("changes --from", ("changes", "--from", "ahc-5")),
        ("changes --known-from", ("changes", "--known-from", "2020")),
    ],
)
def test_the_keys_of_a_change_are_listed(
    heading: str, words: tuple[str, ...], treaty: Path, run: Callable[..., Result]
) -> None:
    """The page lists the keys that a change has besides those of a timeline."""
    change = records(run(*words, "--format", "json", at=treaty).out)[0]
    line = records(run("timeline", "ahc-6", "--format", "json", at=treaty).out)[0]
    assert [key for key in line if key not in change] == []
    own = [key for key in change if key not in line]
    assert own == first_cells(section(FORMATS, f"### `{heading}`"))


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("log --json", ("log", "delegation", "CHE", "--on", "2023-01-16", "--json")),
        ("import --json", ("import", "no-drafts.jsonl", "--json")),
        ("rebuild --json", ("rebuild", "--json")),
        ("init --json", ("init", "another", "--json")),
    ],
)
def test_the_keys_of_what_was_done_are_listed(
    heading: str, words: tuple[str, ...], workspace: Workspace, run: Callable[..., Result]
) -> None:
    """The page lists the keys that a writing command prints, all of them, in their order."""
    folder = workspace.storage.places.root
    (folder / "no-drafts.jsonl").write_text("")
    named = [str(folder / word) if word.endswith(".jsonl") else word for word in words]
    printed = json.loads(run(*named, at=folder).out)
    assert list(printed) == first_cells(section(FORMATS, f"### `{heading}`"))


def test_the_keys_of_a_finding_are_listed(workspace: Workspace, run: Callable[..., Result]) -> None:
    """The page lists the keys of what ``check`` finds."""
    places = workspace.storage.places
    places.quarantine.mkdir()
    (places.quarantine / "torn").touch()
    finding = json.loads(run("check", "--format", "json", at=places.root).out)[0]
    assert list(finding) == first_cells(section(FORMATS, "### `check --format json`"))


def test_exit_codes_are_listed() -> None:
    """The page lists every exit code that a refusal has, and those of endings from outside."""
    refusals = [c for c in vars(errors).values() if isinstance(c, type)]
    codes = {c.exit_code for c in refusals if issubclass(c, errors.Refusal)} | {0, 130, 143}
    listed = re.findall(r"^\| (\d+) \|", section(FORMATS, "## Exit codes"), re.MULTILINE)
    assert sorted(codes) == list(map(int, listed))


def test_the_environment_is_listed() -> None:
    """The page lists the variables that change what is recorded, or how it looks."""
    assert first_cells(section(FORMATS, "## Environment")) == [
        stamping.RECORDER,
        "COLUMNS",
        "PAGER",
        "NO_COLOR",
        "FORCE_COLOR",
    ]


# -- checks, glossary, record -----------------------------------------------------------------


def test_the_rules_of_check_are_listed() -> None:
    """The page lists every rule of ``check``, in the order of the code."""
    assert list(RULES) == first_cells(section(DOCS / "checks.md", "## Rules"))


@pytest.mark.parametrize("word", [*BY_NOUN, *get_args(Confidence), *get_args(DelegationKind)])
def test_a_word_is_in_the_glossary(word: str) -> None:
    """The glossary has every kind of entry, every confidence and every kind of delegation."""
    assert re.search(rf"[`*]{word}[`*]", (DOCS / "glossary.md").read_text(encoding="utf-8"))


def test_a_term_stands_once_in_the_glossary() -> None:
    """No two rows or sentences of the glossary explain one word."""
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    terms = [term.casefold() for term in re.findall(r"\*\*(.+?)\*\*", text)]
    assert sorted(set(terms)) == sorted(terms)


@pytest.mark.parametrize(
    "term",
    [
        "query", "when", "resolution", "specification", "canonical order", "stored entry",
        "transaction", "entry with errata", "inclusion", "retroactive change", "changed answer",
        "attribution", "survival", "voter stance", "rule outcome", "alternative vote",
        "inapplicable act", "rebase", "stale", "cure", "use case", "view", "question",
    ],
)  # fmt: skip
def test_a_name_of_the_code_is_in_the_glossary(term: str) -> None:
    """The glossary explains the names by which the code calls what no other program has."""
    assert f"| **{term}**" in (DOCS / "glossary.md").read_text(encoding="utf-8")


def test_the_grades_are_in_the_glossary() -> None:
    """The glossary lists the grades of a stance with their numbers."""
    text = section(DOCS / "glossary.md", "## Stance and position")
    listed = dict(re.findall(r"^\| `(\w+)` \| (\S\d|0) \|", text, re.MULTILINE))
    numbers = {name: int(number.replace(MINUS, "-")) for name, number in listed.items()}
    assert numbers == GRADES


@pytest.mark.parametrize("noun", ["session", "issue"])
def test_the_record_page_lists_what_there_is(
    noun: str, treaty: Path, run: Callable[..., Result]
) -> None:
    """The page about the treaty record lists every session and every issue by its title."""
    text = RECORD.read_text(encoding="utf-8")
    named = json.loads(run("names", noun, "--format", "json", at=treaty).out)
    missing = [r["name"] for r in named if f"| `{r['name']}` | {r['title']} |" not in text]
    assert missing == []


def test_the_record_page_names_only_what_there_is(treaty: Path, run: Callable[..., Result]) -> None:
    """Every proposal that the page about the treaty record begins with is in the record."""
    text = section(RECORD, "### Main targets").partition("Proposals to begin with:")[2]
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| `")]
    named = {slug for row in rows for slug in re.findall(r"`([^`]+)`", row)}
    known = {r["name"] for r in json.loads(run("names", "--format", "json", at=treaty).out)}
    assert set() == named - known


# -- examples in help texts -------------------------------------------------------------------


def test_the_examples_of_log_can_be_run(
    folder: Path, clock: Callable[[datetime], None], run: Callable[..., Result]
) -> None:
    """The examples that the help of ``log`` gives can be run, one after the other."""
    clock(datetime(2100, 1, 1, tzinfo=UTC))
    refused: list[tuple[str, str]] = []
    first = ""
    for noun, kind in BY_NOUN.items():
        words = [first[:6] if word == "4f2c91" else word for word in split(example(kind))]
        result = run("log", noun, *words, at=folder)
        if result.code:
            refused.append((noun, result.err))
        if noun == "delegation":
            for code in ("AUT", "GBR", "CHN", "RUS", "EGY"):
                run("log", "delegation", code, at=folder)
            run("log", "delegation", "EU", "--kind", "group", "--name", "EU", at=folder)
        if noun == "stance":
            first = result.out
    assert refused == []
