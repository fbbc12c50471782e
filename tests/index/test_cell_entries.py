"""Which entries a position may rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.index.cell_entries import entries_of_cell
from shorthand import DEMO, delegation, joined, takes

if TYPE_CHECKING:
    from negotrack.workspace import Workspace


def test_a_position_may_rest_on_what_a_group_did(workspace: Workspace) -> None:
    """Memberships and the stances of groups bear on a cell, unless one asks for its own alone."""
    drafts = (
        delegation("G-X", "group"),
        joined("KEN", "G-X"),
        takes("G-X", "support", "art-6"),
        takes("KEN", "oppose", "art-6"),
    )
    for draft in drafts:
        workspace.log(draft)
    db = workspace.storage.index.file.db
    cell = DEMO, "KEN", "art-6"
    own = entries_of_cell(db, *cell, groups=False)
    assert len(own) == 1
    assert entries_of_cell(db, *cell) == [own[0] - 2, own[0] - 1, own[0]]
