"""The file of the index: made anew wherever it is missing or does not fit."""

from __future__ import annotations

import sqlite3

import pytest

from index.life import EVER, everything
from negotrack.index.file import remove
from negotrack.index.schema import LAYOUT
from negotrack.workspace import Workspace
from shorthand import DEMO, query


def test_an_index_made_anew_gives_the_same_answers(corrected: Workspace) -> None:
    """The index can be thrown away at any time."""
    before = everything(corrected)
    corrected.close()
    remove(corrected.storage.places.index)
    with Workspace(corrected.storage.places.root) as again:
        assert before == everything(again)


def test_a_store_made_anew_gives_the_same_answers(corrected: Workspace) -> None:
    """Store and index can both be thrown away: the journal has everything."""
    before = everything(corrected)
    corrected.close()
    for path in corrected.storage.places.state.iterdir():
        path.unlink()
    with Workspace(corrected.storage.places.root) as again:
        assert before == everything(again)


@pytest.mark.parametrize(
    "harm",
    [
        f"PRAGMA user_version = {LAYOUT - 1}",
        f"PRAGMA user_version = {LAYOUT + 1}",
        "PRAGMA application_id = 1",
        "UPDATE tracking SET store = 'another'",
        "DROP TABLE tracking",
        "DELETE FROM tracking",
    ],
)
def test_an_index_that_does_not_fit_is_made_anew(living: Workspace, harm: str) -> None:
    """Another layout, another program's file, another store's index: all are replaced."""
    before = everything(living)
    living.close()
    db = sqlite3.connect(living.storage.places.index)
    db.execute(harm)
    db.commit()
    db.close()
    with Workspace(living.storage.places.root) as again:
        assert before == everything(again)


@pytest.mark.parametrize("content", [b"", b"not a database", bytes(5000)])
def test_what_is_no_index_is_made_anew(living: Workspace, content: bytes) -> None:
    """Whatever lies in the place of the index, it holds nothing that is not elsewhere."""
    before = everything(living)
    living.close()
    remove(living.storage.places.index)
    living.storage.places.index.write_bytes(content)
    with Workspace(living.storage.places.root) as again:
        assert before == everything(again)


def test_the_index_knows_the_newest_instant(living: Workspace) -> None:
    """The latest recorded_at of the record is known, and empty for an empty record."""
    newest = max(row.recorded_at for row in living.storage.index.slices.rows(query(DEMO, EVER)))
    assert newest == living.storage.index.newest()
