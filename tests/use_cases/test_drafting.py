"""What is given to be logged is taken in the forms that people have it in, or refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pendulum
import pytest

from negotrack.errors import Rejected, Usage
from shorthand import takes

if TYPE_CHECKING:
    from negotrack.workspace import Workspace

STANCE: dict[str, Any] = {"by": "Kenya", "target": "scope", "stance": "support"}

SAME_DAY = (
    "2023-01-17",
    date(2023, 1, 17),
    datetime(2023, 1, 17, 12, tzinfo=UTC),
    pendulum.date(2023, 1, 17),
    pendulum.datetime(2023, 1, 17),
)


@pytest.mark.parametrize("day", SAME_DAY, ids=repr)
def test_a_day_is_a_text_or_a_date(workspace: Workspace, day: Any) -> None:
    """An entry, a correction and a retraction are dated by texts and by dates."""
    logged = workspace.log("stance", **STANCE, on=day)
    assert logged.entry.on == "2023-01-17"
    moved = workspace.correct(logged.id, stance="oppose", reason="r", on=day)
    assert moved.entry.on == "2023-01-17"
    assert workspace.retract(logged.id, reason="r", on=day).entry.on == "2023-01-17"


def test_a_date_can_be_corrected_to_a_date(workspace: Workspace) -> None:
    """A field that is a date is set by a date."""
    logged = workspace.log("stance", **STANCE, on="2023-01-17")
    corrected = workspace.correct(logged.id, {"on": pendulum.date(2023, 1, 18)}, reason="r")
    assert [(d.field, d.now) for d in corrected.preview.fields] == [("on", "2023-01-18")]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"on": 2023}, "2023 is not a date"),
        ({"by": ["Kenya"]}, r"\['Kenya'\] is no name"),
        ({"stance": "suport"}, "did you mean support?"),
        ({"confidence": "sure"}, "it is one of official, observed, reported, inferred"),
        ({"source": "https://example.org"}, "did you mean sources?"),
    ],
)
def test_what_means_nothing_is_refused(
    workspace: Workspace, fields: dict[str, Any], words: str
) -> None:
    """A value that a field cannot have is refused, with what it can have."""
    with pytest.raises(Rejected, match=words):
        workspace.log("stance", **STANCE | {"on": "2023-01-17"} | fields)


def test_an_entry_takes_no_fields_beside_it(workspace: Workspace) -> None:
    """Fields beside an entry would be passed over: they are refused."""
    with pytest.raises(Usage, match="an entry has its fields already"):
        workspace.log(takes("KEN", "support", "scope"), stance="oppose")


def test_a_correction_sets_something(workspace: Workspace) -> None:
    """A correction of nothing is refused in plain words."""
    logged = workspace.log(takes("KEN", "support", "scope"))
    with pytest.raises(Usage, match="sets at least one field"):
        workspace.correct(logged.id, reason="r")


def test_entries_are_imported_as_they_are(workspace: Workspace) -> None:
    """Entries need no line numbers: each counts as a line, and is told by it."""
    drafts = [takes("KEN", "support", "scope"), takes("XYZ", "support", "scope")]
    done = workspace.import_(drafts, keep_going=True)
    assert (done.added, [line for line, _ in done.faults]) == (1, [2])
