from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from negotrack.domain import entries as e
from negotrack.domain.canonical import unstamped
from negotrack.domain.values import Source
from negotrack.errors import Refusal, Rejected, Usage
from shorthand import DEMO, amendment, document, issue, session, takes, worded
from use_cases.conftest import state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Result
    from negotrack.domain.entries import Entry
    from negotrack.workspace import Workspace


def test_a_kind_is_logged_by_what_people_call_things(workspace: Workspace) -> None:
    """Names and aliases become codes, and a day within one session brings the session."""
    logged = workspace.log(
        "stance", by="the Union", target="scope", stance="support", on="2023-01-17"
    )
    assert takes("EU", "support", "scope", on="2023-01-17", session="s-1") == unstamped(
        logged.entry
    )
    assert logged.inferred == "s-1"


def test_the_command_line_logs_the_same(workspace: Workspace, run: Callable[..., Result]) -> None:
    """What the command logs the Python API knows already, and the other way round."""
    words = "log stance --by Kenya --target art-6/2 --stance reserve --on 2023-01-17"
    assert run(*words.split(), at=workspace.storage.places.root).code == 0
    fields: dict[str, Any] = {
        "by": "Kenya",
        "target": "art-6/2",
        "stance": "reserve",
        "on": "2023-01-17",
    }
    assert not workspace.log("stance", **fields).new


def test_an_entry_is_left_out_of_its_session_on_demand(workspace: Workspace) -> None:
    """The word none says that it was not in the session."""
    logged = workspace.log("statement", by="KEN", says="Hm.", on="2023-01-17", session="none")
    assert (logged.entry.session, logged.inferred) == (None, None)


def test_of_two_sessions_none_is_guessed(workspace: Workspace) -> None:
    """Where two sat that day, the entry is put into neither."""
    workspace.log(session("s-2"))
    assert workspace.log("statement", by="KEN", says="Hm.", on="2023-01-17").inferred is None


def test_a_state_needs_its_code_alone(workspace: Workspace) -> None:
    """The names of a state come from the table of states; it is dated today."""
    entry = workspace.log("delegation", delegation="FIN").entry
    assert isinstance(entry, e.DelegationRegistered)
    assert (entry.name, entry.kind, entry.on) == ("Finland", "state", "2023-03-01")


def test_a_session_brings_its_zone_and_its_first_day(workspace: Workspace) -> None:
    """Of the usual cities the zone is known."""
    entry = workspace.log(
        "session", session="s-2", title="Second", city="New York", days="2023-04-03/2023-04-06"
    ).entry
    assert isinstance(entry, e.SessionScheduled)
    assert (entry.zone, entry.on) == ("America/New_York", "2023-04-03")


def test_an_address_is_source_enough(workspace: Workspace) -> None:
    """Sources are given whole or by their address."""
    logged = workspace.log(
        "statement", by="KEN", says="Hm.", on="2023-01-17", sources=["https://example.org"]
    )
    assert logged.entry.sources == (Source(address="https://example.org"),)


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        ("stance", {"target": "scope", "stance": "support", "on": "2023-01-17"}, "needs `by`"),
        ("statement", {"by": "KEN", "sais": "Hm.", "on": "2023-01-17"}, "has no field 'sais'"),
        ("statement", {"by": "Kenia", "says": "Hm.", "on": "2023-01-17"}, "no delegation Kenia"),
        ("statement", {"by": "KEN", "says": "Hm.", "on": "scope"}, "name it as the target"),
        ("issue", {"title": "What?", "on": "2023-01-17"}, "an issue needs `issue`"),
        (
            "negotiation",
            {"title": "Talks", "on": "2023-01-17"},
            "a negotiation needs `negotiation`",
        ),
    ],
)
def test_what_means_nothing_is_refused(
    workspace: Workspace, kind: str, fields: dict[str, Any], words: str
) -> None:
    """A field that is missing, that there is not, or that names nothing is told."""
    with pytest.raises(Rejected, match=words):
        workspace.log(kind, **fields)


def test_an_unknown_kind_is_refused(workspace: Workspace) -> None:
    """The kinds that are near are suggested."""
    with pytest.raises(Usage, match="no kind of entry stanze; did you mean stance"):
        workspace.log("stanze")


def test_a_correction_is_logged_as_a_kind_too(workspace: Workspace) -> None:
    """An erratum takes any field of an entry, and names are understood in what it sets."""
    stance = workspace.log(takes("KEN", "support", "scope"))
    logged = workspace.log(
        "correction", entry=stance.id[:8], set={"by": "China"}, reason="x", note="!"
    )
    assert isinstance(logged.entry, e.EntryCorrected)
    assert ({"by": "CHN"}, "!", stance.id) == (
        logged.entry.set,
        logged.entry.note,
        logged.entry.entry,
    )


def test_a_correction_by_keywords(workspace: Workspace) -> None:
    """Fields are set by keywords, or by a mapping; None takes one away."""
    stance = workspace.log(takes("KEN", "support", "scope", option="broad"))
    logged = workspace.correct(stance.id, {"by": "China"}, option=None, reason="Misheard")
    changes = {d.field: (d.before, d.now) for d in logged.preview.fields}
    assert changes == {"by": ("KEN", "CHN"), "option": ("broad", None)}
    assert [shift.delegation for shift in logged.preview.shifts] == ["KEN", "CHN"]


def test_a_preview_changes_nothing(workspace: Workspace) -> None:
    """What an erratum would change is told without logging it."""
    stance = workspace.log(takes("KEN", "support", "scope", on="2023-01-17"))
    before = state_of(workspace)
    draft = e.EntryRetracted(negotiation=DEMO, on="2023-01-18", entry=stance.id, reason="x")
    preview = workspace.preview(draft)
    assert (stance.id, stance.entry, None) == (preview.root, preview.before, preview.now)
    assert before == state_of(workspace)


@pytest.fixture
def worded_room(workspace: Workspace) -> Workspace:
    """A workspace in which article 6 has words."""
    workspace.log(document(draft="whole", on="2023-01-12"))
    workspace.log(worded("art-6", "Each party shall act.", on="2023-01-12"))
    return workspace


REFUSED: dict[str, Entry] = {
    "a name that is taken": issue("scope", title="Another"),
    "an unknown target": takes("KEN", "support", "scpe"),
    "the future": takes("KEN", "support", "scope", on="2033-01-01"),
    "words that are not there": amendment(
        "a-1", "art-6", "KEN", action="delete", words="every state", on="2023-01-16"
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused_leaves_nothing(worded_room: Workspace, what: str) -> None:
    """Store, journal and index are as they were, whatever the decision rests on."""
    before = state_of(worded_room)
    with pytest.raises(Refusal):
        worded_room.log(REFUSED[what])
    assert before == state_of(worded_room)


def test_a_correction_to_words_that_are_not_there_is_refused_in_an_import(
    worded_room: Workspace,
) -> None:
    """What a log refuses of a correction an import refuses, and says of which line."""
    moved = worded_room.log(
        amendment("a-1", "art-6", "KEN", action="delete", words="shall act", on="2023-01-16")
    )
    draft = e.EntryCorrected(
        negotiation=DEMO, on="2023-01-17", entry=moved.id, set={"words": "may act"}, reason="x"
    )
    with pytest.raises(Rejected, match="‘may act’ are not in the text"):
        worded_room.log(draft)
    with pytest.raises(Rejected) as refused:
        worded_room.import_([(7, lambda: draft)])
    ((line, refusal),) = refused.value.faults  # type: ignore[attr-defined]
    assert line == 7
    assert "‘may act’ are not in the text" in str(refusal)
