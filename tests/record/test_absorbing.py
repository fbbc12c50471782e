from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import stamped
from negotrack.domain.canonical import decode_verified
from negotrack.workspace import Workspace
from shorthand import DEMO, THE_ROOM, correction, takes

if TYPE_CHECKING:
    from pathlib import Path

    from negotrack.domain.canonical import StoredEntry

ROOM = [stamped(draft, number) for number, draft in enumerate(THE_ROOM)]


def _arrive(root: Path, name: str, kept: list[StoredEntry]) -> None:
    file = root / "events" / DEMO / f"{name}.jsonl"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"".join(one.line + b"\n" for one in kept))


def _held(opened: Workspace) -> list[str]:
    return sorted(decode_verified(line).id for _, _, line in opened.store.after(0))


@pytest.mark.parametrize("batch", [2, 2_000])
def test_an_entry_that_stands_in_two_files_is_taken_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """However far apart its lines are, the store holds an entry once, and says how many it took."""
    monkeypatch.setattr("negotrack.record.application.BATCH", batch)
    _arrive(folder, "left", ROOM)
    _arrive(folder, "right", [*reversed(ROOM), *ROOM])
    with Workspace(folder) as opened:
        assert len(ROOM) == opened.sync().absorbed
        assert sorted(kept.id for kept in ROOM) == _held(opened)


def test_a_line_that_stands_twice_leaves_no_gap(folder: Path) -> None:
    """The events of a stream are numbered from one without a gap."""
    from negotrack.record.application import RecordApplication
    from negotrack.record.streams import register_of

    _arrive(folder, "all", [*ROOM, *ROOM])
    with Workspace(folder) as opened:
        opened.sync()
        record = RecordApplication(opened.places.store)
        versions = [event.originator_version for event in record.events.get(register_of(DEMO))]
        record.close()
    assert list(range(1, len(ROOM) + 1)) == versions


def test_what_cannot_both_stand_is_kept(folder: Path) -> None:
    """Two clones may have given one slug to two things: both entries are in the record."""
    from shorthand import issue

    second = stamped(issue("art-6", title="Another"), 50)
    _arrive(folder, "all", [*ROOM, second])
    with Workspace(folder) as opened:
        assert second.id in _held(opened)
        assert [ROOM[8].id] == [
            name.id for name in opened.names("issue", "provision") if name.name == "art-6"
        ]


def test_the_same_fact_is_logged_once(workspace: Workspace) -> None:
    """To log a fact again adds nothing and names the entry that says it."""
    first = workspace.log(takes("KEN", "support", "scope"))
    again = workspace.log(takes("KEN", "support", "scope"))
    assert (first.id, True) == (first.id, first.new)
    assert (first.id, False) == (again.id, again.new)


def test_the_same_fact_with_another_source_is_another_entry(workspace: Workspace) -> None:
    """A second source for a fact is worth an entry."""
    workspace.log(takes("KEN", "support", "scope"))
    assert workspace.log(takes("KEN", "support", "scope", note="from another report")).new


def test_a_whole_entry_that_is_held_adds_nothing(workspace: Workspace) -> None:
    """An entry with an id can be imported any number of times."""
    kept = stamped(takes("KEN", "support", "scope"), 50)
    items = [(number, lambda: kept) for number in (1, 2)]
    once, again = workspace.import_(items), workspace.import_(items)
    assert (once.added, once.known) == (1, 1)
    assert (again.added, again.known) == (0, 2)
    assert [kept.id] == [
        h.entry for h in workspace.timeline(workspace.filter()) if h.type == "stance.taken"
    ]


def test_an_import_may_bring_things_before_what_they_rest_on(folder: Path) -> None:
    """Entries are taken in any order, a correction before its entry too."""
    stance = stamped(takes("KEN", "support", "scope"), 20)
    kept = [stamped(correction(stance.id, stance="oppose"), 21), stance, *reversed(ROOM)]
    with Workspace(folder) as opened:
        items = [(number, lambda one=one: one) for number, one in enumerate(kept, 1)]
        done = opened.import_(items)
        assert (len(kept), 0) == (done.added, done.refused)
        assert [p.stance for p in opened.positions(opened.filter())] == ["oppose"]
