"""Catching up with the store: in batches of any size, interrupted or not, with the same result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import stamped
from index.life import LIFE, everything
from negotrack.index import catchup
from negotrack.index.file import remove
from negotrack.index.index import Index
from negotrack.workspace import Workspace
from shorthand import THE_ROOM, correction, query, takes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("batch", [1, 2, 7])
def test_batches_do_not_matter(
    corrected: Workspace, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """However many entries are taken at a time, the index is the same."""
    before = everything(corrected)
    corrected.close()
    remove(corrected.storage.places.index)
    monkeypatch.setattr(catchup, "_BATCH", batch)
    with Workspace(corrected.storage.places.root) as again:
        assert before == everything(again)


def test_a_killed_catch_up_goes_on_where_it_stopped(
    corrected: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch and the position reached are one transaction, so nothing is lost or taken twice."""
    before = everything(corrected)
    store, path = corrected.storage.store, corrected.storage.places.index
    remove(path)
    monkeypatch.setattr(catchup, "_BATCH", 5)

    def die(count: int) -> None:
        raise KeyboardInterrupt(count)

    reached: list[int] = []
    while not reached or reached[-1] < store.last():
        index = Index.make(path, store)
        with pytest.raises(KeyboardInterrupt):
            catchup.catch_up(index.file.db, store, die)
        reached.append(index.position())
        (rows,) = index.file.db.execute("SELECT count(*) FROM entry WHERE row > 0").fetchone()
        assert reached[-1] == rows
        index.close()
    assert [*range(5, store.last(), 5), store.last()] == sorted({*reached})
    corrected.close()
    with Workspace(corrected.storage.places.root) as again:
        assert before == everything(again)


@pytest.mark.parametrize("batch", [1, 2, 3, 20_000])
def test_an_erratum_may_be_batches_before_its_entry(
    folder: Path, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    """What corrects an entry may be taken in long before the entry itself."""
    monkeypatch.setattr(catchup, "_BATCH", batch)
    stance = stamped(takes("KEN", "support", "scope"), 20)
    erratum = stamped(correction(stance.id, stance="oppose"), 21)
    room = [stamped(draft, number) for number, draft in enumerate(THE_ROOM)]
    lines = [kept.line + b"\n" for kept in (erratum, *room, stance)]
    (folder / "events" / "all.jsonl").write_bytes(b"".join(lines))
    with Workspace(folder) as workspace:
        assert [p.stance for p in workspace.positions(query(workspace.names.negotiation()))] == [
            "oppose"
        ]


def test_catching_up_says_how_far_it_is(living: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Progress is told after each batch, and the whole is returned."""
    monkeypatch.setattr(catchup, "_BATCH", 10)
    remove(living.storage.places.index)
    index = Index.make(living.storage.places.index, living.storage.store)
    counts: list[int] = []
    assert len(LIFE) == catchup.catch_up(index.file.db, living.storage.store, counts.append)
    assert [10, 20, len(LIFE)] == counts
    assert catchup.catch_up(index.file.db, living.storage.store, counts.append) == 0
    index.close()
