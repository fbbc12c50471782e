"""What every command prints about the treaty record, kept in files that a person can read.

The files lie beside this one. After a change that is meant, ``UPDATE_GOLDEN=1 pytest
tests/golden`` writes them anew; the difference is then reviewed like any other.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import records
from negotrack.cli.main import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result

HERE = Path(__file__).parent
UPDATE = "UPDATE_GOLDEN"
ENTRY = "ENTRY"
"""Stands for the beginning of an id in a case: it is looked up when the test runs."""

ADOPTED = "2024-08-09"
SIXTH = "2023-09-01"

HELPS = [
    "--help",
    *(f"{name} --help" for section in COMMANDS.values() for name in section),
    "explain positions --help",
    "explain timeline --help",
    "log stance --help",
    "log correction --help",
]
TABLES = [
    f"timeline ahc-6 --as-of {ADOPTED}",
    f"timeline --target art-6/2 --as-of {ADOPTED}",
    "timeline --session ahc-org --all --as-of 2021-05-12",
    "timeline ahc-5 --as-of 2023-01",
    f"positions --target scope --as-of {SIXTH}",
    f"positions --target human-rights --as-of {SIXTH}",
    f"positions --delegation IRN --as-of {ADOPTED}",
    "positions --target scope --as-of 2023-08-22 --possible",
    f"positions --matrix --as-of {SIXTH}",
    f"positions --target scope --unfold --as-of {SIXTH}",
    f"positions --matrix --target scope --target human-rights --group EU --as-of {SIXTH}",
    "alignment --matrix --since 2019 --as-of 2020 --min 2",
    f"movers --from {SIXTH} --as-of {ADOPTED}",
    "votes --as-of 2020",
    "votes c3-74-draft --as-of 2020",
    "show irn-delete-provisions --as-of 2024-08-31",
    "tally convention --as-of 2024-08-08",
    f"tally scope --as-of {SIXTH} --if IND=oppose,CARICOM=support --group EU --group CARICOM",
    f"trend convention --as-of {ADOPTED[:4]}",
    f"trend scope --step session --option broad --as-of {ADOPTED}",
    f"history IRN --as-of {ADOPTED}",
    f"history EU scope --as-of {ADOPTED}",
    f"explain positions IND scope --as-of {SIXTH}",
    f"explain timeline {ENTRY} --as-of {ADOPTED}",
    "changes --from ahc-5 --to ahc-6 --target scope --known-at 2026",
    "changes --known-from 2020 --target scope --as-of 2023-09-01",
    f"show scope --as-of {SIXTH}",
    f"show EU --as-of {SIXTH}",
    f"show ahc-6 --as-of {ADOPTED}",
    f"show {ENTRY} --as-of {ADOPTED}",
    "text art-6/2 --view pending --as-of 2024-08-05",
    "text --document convention-text --as-of 2025",
    "redline ind-art-6-2 --as-of 2024-08-05",
    "redline a-ac-291-l-15 convention-text --as-of 2025",
    "amendments art-6/2 --as-of 2024-08-05",
    "consolidate art-6/2 --pending --as-of 2024-08-05",
    "blame title --as-of 2025",
    "open --as-of 2024-08-06",
    "open --trend --as-of 2024-08-06",
    "show art-6/2 --as-of 2024-08-05",
    "names session",
    "replay --to 2021-05-12 --step session --format table",
    "replay --to 2018-11-13 --step day --format table",
    "replay --to 2018-11-13 --format table",
    "doctor",
    "check",
    "sync",
    "rebuild",
]
ENDINGS = {"json": "json", "jsonl": "jsonl", "csv": "csv", "markdown": "md", "html": "html"}
DATA = [
    *(f"timeline --target art-6/2 --as-of {ADOPTED} --format {form}" for form in ENDINGS),
    *(f"positions --target scope --as-of {SIXTH} --format {form}" for form in ENDINGS),
    f"history EU scope --as-of {ADOPTED} --format json",
    f"show EU --as-of {SIXTH} --format json",
    f"explain positions IND scope --as-of {SIXTH} --format json",
    f"positions --matrix --as-of {SIXTH} --format csv",
    "tally convention --as-of 2024-08-08 --rule ahc-two-thirds --format json",
    "trend convention --as-of 2024 --format csv",
    "changes --from ahc-5 --to ahc-6 --target scope --format json",
    "changes --known-from 2020 --target scope --as-of ahc-6 --format json",
    *(f"redline ind-art-6-2 --as-of 2024-08-05 --format {form}" for form in ENDINGS),
    "open --kind bracket --as-of 2024-08-06 --format csv",
    "blame title --as-of 2025 --format json",
    "names issue --format json",
    "replay --to 2019-12-27 --format jsonl",
    "replay --to 2018-11-13 --step day --format json",
    "doctor --json",
    "completion bash",
    "completion zsh",
    "completion fish",
]


def named(words: str) -> str:
    """Return the file name of a case without its ending: its words, but for day and format."""
    words = re.sub(r"--(as-of|format) \S+|--json", "", words)
    return re.sub(r"[^a-zA-Z0-9]+", "-", words).strip("-")


def ending(words: str) -> str:
    """Return the ending of the file name of a case: that of the format it asks for."""
    form = re.search(r"--format (\S+)|--(json)", words)
    return ENDINGS.get((form[1] or form[2]) if form else "", "txt")


def plain(text: str, workspace: Path) -> str:
    """Return output without what differs from machine to machine: the folder and the versions."""
    text = text.replace(str(workspace), "<workspace>")
    lines = [
        re.sub(r"\d+(\.\d+)+", "<version>", line) if "eventsourcing" in line else line
        for line in text.splitlines(keepends=True)
    ]
    return "".join(lines)


def compare(actual: str, file: Path) -> None:
    """Compare output with the file of a case, or write the file where that is asked for."""
    if os.environ.get(UPDATE):
        file.write_text(actual, encoding="utf-8", newline="")
    assert file.read_bytes().decode() == actual


def entry_prefix(run: Callable[..., Result], treaty: Path) -> str:
    """Return the beginning of the id of the first position on the scope."""
    asked = run("positions", "--target", "scope", "--as-of", SIXTH, "--format", "json", at=treaty)
    return str(records(asked.out)[0]["entry"][:8])


def printed(run: Callable[..., Result], treaty: Path, words: str, columns: int) -> str:
    """Run a command that must succeed without a word on standard error; return its output."""
    if ENTRY in words.split():
        words = words.replace(ENTRY, entry_prefix(run, treaty))
    result = run(*words.split(), at=treaty, columns=columns)
    assert (result.code, result.err) == (0, "")
    return plain(result.out, treaty)


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("words", HELPS + TABLES)
def test_pages_for_people(
    run: Callable[..., Result], treaty: Path, words: str, columns: int
) -> None:
    """A help page or a table is, to the letter, the one that was reviewed."""
    compare(printed(run, treaty, words, columns), HERE / f"{named(words)}.{columns}.txt")


@pytest.mark.parametrize("words", DATA)
def test_data_for_tools(run: Callable[..., Result], treaty: Path, words: str) -> None:
    """Output for tools is, to the letter, the one that was reviewed."""
    compare(printed(run, treaty, words, 80), HERE / f"{named(words)}.{ending(words)}")


@pytest.mark.parametrize("words", DATA)
def test_the_width_of_the_terminal_does_not_matter_to_tools(
    run: Callable[..., Result], treaty: Path, words: str
) -> None:
    """Output for tools is the same at 20 and at 120 columns."""
    assert printed(run, treaty, words, 20) == printed(run, treaty, words, 120)


def test_check_is_silent_about_the_treaty_record(run: Callable[..., Result], treaty: Path) -> None:
    """Nothing is wrong with the treaty record, and check says so by saying nothing."""
    assert run("check", at=treaty) == (0, "", "")


def test_every_case_has_a_file_of_its_own() -> None:
    """No two cases share a file, and no file is left behind by a case that is no more."""
    pages = [f"{named(words)}.{n}.txt" for words in HELPS + TABLES for n in (80, 120)]
    data = [f"{named(words)}.{ending(words)}" for words in DATA]
    kept = [path.name for path in HERE.iterdir() if path.is_file() and path.suffix != ".py"]
    assert sorted(pages + data) == sorted(kept)
