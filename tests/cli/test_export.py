from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from negotrack.domain.canonical import decode_verified
from negotrack.exchange.flat import COLUMNS
from shorthand import correction, says, takes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

    Run = Callable[..., Result]


def ids(folder: Path) -> set[str]:
    """Return the ids of a journal, each of them verified."""
    lines = [
        line
        for path in (folder / "events").rglob("*.jsonl")
        for line in path.read_bytes().splitlines()
    ]
    return {decode_verified(line).id for line in lines}


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_an_export_can_be_taken_in_elsewhere(
    run: Run, treaty: Path, office: Path, tmp_path: Path, form: str
) -> None:
    """An empty workspace that imports the whole record has the same journal, id by id."""
    file = tmp_path / f"record.{form}"
    assert run("export", "--format", form, "-o", str(file), at=treaty) == (0, "", "")
    result = run("import", str(file), at=office)
    count = len(ids(treaty))
    assert result == (0, f"{count:,} added, 0 known already, 0 refused\n", "")
    assert ids(treaty) == ids(office)
    assert run("check", at=office) == (0, "", "")


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_the_other_workspace_answers_the_same(
    run: Run, treaty: Path, office: Path, tmp_path: Path, form: str
) -> None:
    """What was exported and imported is answered with the same bytes."""
    file = tmp_path / f"record.{form}"
    run("export", "--format", form, "-o", str(file), at=treaty)
    run("import", str(file), at=office)
    for words in ("timeline ahc-6 --as-of 2024", "positions --as-of 2024", "replay --to 2024"):
        assert run(*words.split(), at=treaty) == run(*words.split(), at=office)


def test_json_lines_are_the_lines_of_the_journal(run: Run, treaty: Path) -> None:
    """An export as JSON Lines is the journal in one file, ordered by the moment of recording."""
    lines = run("export", at=treaty).out.encode().splitlines()
    assert ids(treaty) == {decode_verified(line).id for line in lines}
    moments = [decode_verified(line).entry.recorded_at for line in lines]
    assert sorted(moments) == moments


def test_json_is_the_same_in_a_list(run: Run, treaty: Path) -> None:
    """An export as JSON is a list of the same entries."""
    lines = run("export", at=treaty).out.splitlines()
    entries = json.loads(run("export", "--format", "json", at=treaty).out)
    assert entries == [json.loads(line) for line in lines]


def test_csv_has_every_column(run: Run, treaty: Path) -> None:
    """The heading of a CSV export names every field that any entry has."""
    rows = list(csv.reader(io.StringIO(run("export", "--format", "csv", at=treaty).out)))
    assert list(COLUMNS) == rows[0]
    assert len(ids(treaty)) == len(rows) - 1


def test_everything_is_exported(run: Run, workspace: Workspace) -> None:
    """Corrections are exported with what they correct, which stays as it was logged."""
    entry = workspace.log(takes("KEN", "support", "scope")).id
    workspace.log(correction(entry, stance="oppose"))
    workspace.close()
    entries = json.loads(run("export", "--format", "json", at=workspace.storage.places.root).out)
    assert {"stance.taken/1", "entry.corrected/1"} <= {record["type"] for record in entries}
    assert "support" in {record.get("stance") for record in entries}


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        "'quoted",
        "one\ntwo",
        'said "no", twice',
        "carriage\rreturn",
        "tab\there",
        " blanks ",
        "a; b",
        "\u202eesrever",
        "中文 é",
    ],
)
def test_text_survives_the_way_through_csv(
    run: Run, workspace: Workspace, office: Path, tmp_path: Path, words: str
) -> None:
    """Whatever was said comes back from CSV to the letter, so that the id fits."""
    workspace.log(says("KEN", words))
    workspace.close()
    file = tmp_path / "record.csv"
    run("export", "--format", "csv", "-o", str(file), at=workspace.storage.places.root)
    result = run("import", str(file), at=office)
    assert (result.code, result.err) == (0, "")
    assert ids(workspace.storage.places.root) == ids(office)


def test_an_altered_row_is_refused(
    run: Run, workspace: Workspace, office: Path, tmp_path: Path
) -> None:
    """A row with an id that was changed in a spreadsheet does not fit its id, and is refused."""
    workspace.close()
    file = tmp_path / "record.csv"
    run("export", "--format", "csv", "-o", str(file), at=workspace.storage.places.root)
    file.write_text(file.read_text().replace("Kenya", "Kenia"))
    result = run("import", str(file), at=office)
    assert result.code == 3
    assert "does not fit the row: it was altered" in result.err
