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

PROPOSAL = {
    "type": "proposal.tabled/1",
    "negotiation": "demo",
    "on": "2023-01-16",
    "proposal": "p-1",
    "title": "One",
    "by": "KEN",
}
STANCE = {
    "type": "stance.taken/1",
    "negotiation": "demo",
    "on": "2023-01-17",
    "by": "CHN",
    "target": "p-1",
    "stance": "support",
}


def jsonl(*drafts: dict[str, Any]) -> str:
    """Return drafts as JSON Lines."""
    return "".join(json.dumps(draft) + "\n" for draft in drafts)


@pytest.fixture
def take(run: Run, demo: Path, tmp_path: Path) -> Callable[..., Result]:
    """Return what imports a text as a file."""

    def taker(text: str | bytes, *options: str, name: str = "notes.jsonl") -> Result:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("import", str(file), *options, at=demo)

    return taker


def imported(run: Run, folder: Path) -> list[str]:
    """Return what was imported: the types of the entries that are no names, in order."""
    result = run("replay", "--format", "json", "--target", "p-1", at=folder)
    return [record["type"] for record in records(result.out)] if result.code == 0 else []


def test_drafts_are_taken_in(run: Run, demo: Path, take: Callable[..., Result]) -> None:
    """A line without an id is a draft: it is stamped and kept."""
    result = take(jsonl(PROPOSAL, STANCE))
    assert result == (0, "2 added, 0 known already, 0 refused\n", "")
    assert imported(run, demo) == ["proposal.tabled", "stance.taken"]


def test_the_order_of_lines_does_not_matter(
    run: Run, demo: Path, take: Callable[..., Result]
) -> None:
    """A stance may come before the proposal that it is about."""
    assert take(jsonl(STANCE, PROPOSAL)).code == 0
    assert imported(run, demo) == ["proposal.tabled", "stance.taken"]


def test_an_import_can_be_repeated(take: Callable[..., Result]) -> None:
    """What is known already adds nothing, in one import or in two."""
    assert take(jsonl(PROPOSAL, STANCE, STANCE)).out.startswith("2 added, 1 known already")
    assert take(jsonl(PROPOSAL, STANCE)).out == "0 added, 2 known already, 0 refused\n"


def test_all_or_nothing(run: Run, demo: Path, take: Callable[..., Result]) -> None:
    """One bad line, and nothing is taken in; the line is named."""
    result = take(jsonl(PROPOSAL, STANCE | {"by": "KEM"}))
    assert (result.code, result.out) == (3, "")
    assert result.err.splitlines()[0] == "line 2: no delegation KEM; did you mean KEN?"
    assert "nothing was imported: mend the lines, or use --keep-going" in result.err
    assert imported(run, demo) == []


def test_keep_going_takes_the_rest(run: Run, demo: Path, take: Callable[..., Result]) -> None:
    """With ``--keep-going`` the good lines are taken in, the bad ones counted and named."""
    result = take(jsonl(PROPOSAL, STANCE | {"by": "KEM"}, STANCE), "--keep-going")
    assert (result.code, result.out) == (3, "2 added, 0 known already, 1 refused\n")
    assert result.err.startswith("line 2: no delegation KEM")
    assert imported(run, demo) == ["proposal.tabled", "stance.taken"]


def test_the_first_twenty_faults_are_shown(take: Callable[..., Result]) -> None:
    """Of many faults the first twenty are shown with their lines, and all are counted."""
    result = take(jsonl(*[STANCE | {"target": f"x-{n}"} for n in range(30)]))
    lines = result.err.splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == [f"line {n}" for n in range(1, 21)]
    assert lines[-1].startswith("negotrack: 30 of the entries cannot be taken in")


def test_a_dry_run_of_an_import(run: Run, demo: Path, take: Callable[..., Result]) -> None:
    """``--dry-run`` checks everything and keeps nothing."""
    result = take(jsonl(PROPOSAL, STANCE), "--dry-run")
    assert result == (0, "2 would be added, 0 known already, 0 refused\n", "")
    assert imported(run, demo) == []


def test_tools_are_told_what_was_done(take: Callable[..., Result]) -> None:
    """``--json`` prints the counts and the faults with their lines."""
    result = take(jsonl(PROPOSAL, STANCE | {"stance": "maybe"}), "--keep-going", "--json")
    record = json.loads(result.out)
    assert (record["added"], record["known"], record["refused"]) == (1, 0, 1)
    assert record["dry_run"] is False
    assert [fault["line"] for fault in record["faults"]] == [2]
    assert result.err == ""


def test_a_pipe_is_read(program: Run, demo: Path) -> None:
    """``import -`` reads JSON Lines from standard input."""
    result = program("import", "-", at=demo, stdin=jsonl(PROPOSAL, STANCE).encode())
    assert result == (0, "2 added, 0 known already, 0 refused\n", "")


def test_csv_from_a_pipe(program: Run, demo: Path) -> None:
    """``import - --as csv`` reads CSV from standard input."""
    text = b"type,on,by,says\nstatement,2023-01-16,KEN,Words\n"
    result = program("import", "-", "--as", "csv", at=demo, stdin=text)
    assert result == (0, "1 added, 0 known already, 0 refused\n", "")


def test_csv_by_its_name(run: Run, demo: Path, take: Callable[..., Result]) -> None:
    """A file named ``.csv`` has a heading of field names; empty cells are absent."""
    text = (
        "type,on,by,proposal,title,target,stance,sponsors,source_address\n"
        "proposal,2023-01-16,KEN,p-1,One,,,CHN; AUT,https://a.example\n"
        "stance,2023-01-17,CHN,,,p-1,support,,\n"
    )
    assert take(text, name="notes.csv").code == 0
    (tabled, stance) = records(run("replay", "--target", "p-1", "--format", "json", at=demo).out)
    assert tabled["sources"] == [{"address": "https://a.example"}]
    assert tabled["summary"] == "tabled p-1: One; with CHN, AUT"
    assert (stance["by"], stance["summary"], stance["sources"]) == ("CHN", "support", [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("typ,on\n", "line 1: no column 'typ'; did you mean type"),
        ("on,by\n", "line 1: no column 'type'"),
        ("type,type\n", "line 1: the column 'type' is there twice"),
        ("", "the input is empty"),
        ("type,on,by,says\nstanse,2023-01-16,KEN,x\n", "line 2: no kind of entry 'stanse'"),
        ("type,on,by,says\nstatement,2023-01-16,KEN\n", "line 2: 3 cells under 4 columns"),
        ("type,on,by,says,order\nstatement,2023-01-16,KEN,x,one\n", "line 2: order is 'one'"),
        ("type,on,by,says\r\n", "line 1: the lines end with CR LF; convert them to LF"),
        (b"\xef\xbb\xbftype,on\n", "line 1: the input begins with a byte-order mark"),
        (b"type,on\nstance,\xff\n", "not valid UTF-8"),
    ],
)
def test_bad_csv_is_refused(take: Callable[..., Result], text: str | bytes, message: str) -> None:
    """A CSV file that means nothing is refused with its line and a cure."""
    result = take(text, name="notes.csv")
    assert (result.code, result.out) == (3, "")
    assert message in result.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (jsonl(PROPOSAL).replace("\n", "\r\n"), "line 1: the lines end with CR LF"),
        (b"\xef\xbb\xbf{}\n", "line 1: the input begins with a byte-order mark"),
        (b'{"type":"\xff"}\n', "line 1: not valid UTF-8"),
        ('{"type":"vote.cast/1","type":"vote.cast/1"}\n', "the key 'type' is given twice"),
        (jsonl(PROPOSAL | {"type": "vote.cast/9"}), "needs negotrack >= the release that wrote it"),
        (jsonl(PROPOSAL | {"titel": "x"}), "unknown field `titel`"),
        (jsonl(PROPOSAL | {"recorded_by": "me"}), "leave recorded_at, recorded_by and tool out"),
        (jsonl(PROPOSAL | {"title": ""}), "line 1: expected `str` of length >= 1"),
        (jsonl(PROPOSAL | {"title": "a\0b"}), "the entry contains a NUL character"),
        ("[]\n", "line 1: expected `object`, got `array`"),
        ("nonsense\n", "line 1: JSON is malformed: invalid character (column 5)\n"),
    ],
)
def test_bad_lines_are_refused(
    take: Callable[..., Result], text: str | bytes, message: str
) -> None:
    """A line that is no entry is refused with its number and what is wrong."""
    result = take(text)
    assert (result.code, result.out) == (3, "")
    assert message in result.err


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_what_is_no_file_is_refused(run: Run, demo: Path, name: str) -> None:
    """A path that leads to no regular file is refused in one line."""
    result = run("import", str(demo / name), at=demo)
    assert result.code in (1, 3)
    assert len(result.err.splitlines()) == 1
