"""Checkpoints of the matrix, which stand for the days up to theirs, stay true."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from negotrack.facts.query import Resolution
from shorthand import DEMO, query, takes

if TYPE_CHECKING:
    from negotrack.workspace import Workspace


@pytest.mark.parametrize("day", [16, 17, 18, 19, 20])
def test_a_late_stance_counts_on_whatever_day_a_checkpoint_is(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, day: int
) -> None:
    """A stance that is logged late counts also where its day is that of the newest checkpoint."""
    monkeypatch.setattr("negotrack.index.checkpoints.keeping.EVERY", 1)
    for number in range(16, 21):
        workspace.log(takes("CHN", "oppose", "art-6", on=f"2023-01-{number}"))
    asked = query(DEMO, "2023-02-01")
    assert workspace.matrix(asked, Resolution(own_only=True)).stances == [["oppose"]]
    workspace.log(takes("KEN", "support", "art-6", on=f"2023-01-{day}"))
    assert workspace.matrix(asked, Resolution(own_only=True)).stances == [["oppose"], ["support"]]


def test_the_first_checkpoints_are_kept_when_enough_came_in(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no checkpoint yet, all stances count as due; the last day is left to play."""
    monkeypatch.setattr("negotrack.index.checkpoints.keeping.EVERY", 1)
    days = range(16, 21)
    workspace.import_(takes("CHN", "oppose", "art-6", on=f"2023-01-{day}") for day in days)
    assert workspace.matrix(query(DEMO), Resolution(own_only=True)).stances == [["oppose"]]
    workspace.close()
    with closing(sqlite3.connect(workspace.storage.places.index)) as db:
        kept = db.execute("SELECT day FROM checkpoint ORDER BY day").fetchall()
    assert kept == [(20230100 + day,) for day in days[:-1]]
