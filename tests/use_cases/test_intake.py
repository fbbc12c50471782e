"""What an import or a logged entry adds, and what the record has already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conftest import stamped
from negotrack.workspace import Workspace
from record.room import ROOM
from shorthand import correction, query, takes

if TYPE_CHECKING:
    from pathlib import Path


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
        h.entry
        for h in workspace.timeline(query(workspace.names.negotiation()))
        if h.type == "stance.taken"
    ]


def test_an_import_may_bring_things_before_what_they_rest_on(folder: Path) -> None:
    """Entries are taken in any order, a correction before its entry too."""
    stance = stamped(takes("KEN", "support", "scope"), 20)
    kept = [stamped(correction(stance.id, stance="oppose"), 21), stance, *reversed(ROOM)]
    with Workspace(folder) as opened:
        items = [(number, lambda one=one: one) for number, one in enumerate(kept, 1)]
        done = opened.import_(items)
        assert (len(kept), 0) == (done.added, done.refused)
        assert [p.stance for p in opened.positions(query(opened.names.negotiation()))] == ["oppose"]
