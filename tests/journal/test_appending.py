from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import stamped
from negotrack.domain.catalogue import kind_of
from negotrack.journal.appending import home
from shorthand import correction, delegation, document, issue, opened, provision, says, session

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry

HOMES: tuple[tuple[Entry, str], ...] = (
    (opened(), "demo/names.jsonl"),
    (opened("north/south"), "north-south/names.jsonl"),
    (delegation("KEN"), "demo/names.jsonl"),
    (issue("scope"), "demo/names.jsonl"),
    (provision("art-6"), "demo/names.jsonl"),
    (session("s-1"), "demo/s-1.jsonl"),
    (says("KEN", "x", session="s-1"), "demo/s-1.jsonl"),
    (says("KEN", "x", session="s-1/pm"), "demo/s-1-pm.jsonl"),
    (says("KEN", "x", "2023-01"), "demo/2023.jsonl"),
    (says("KEN", "x", "2022-12-30/2023-01-02"), "demo/2023.jsonl"),
    (document(on="2019"), "demo/2019.jsonl"),
    (correction("0" * 64, note="x"), "demo/errata.jsonl"),
)


def home_of(kept: StoredEntry) -> str:
    """Return the file that an entry belongs to."""
    return home(kind_of(kept.entry).tag, kept.line)


@pytest.mark.parametrize(("entry", "file"), HOMES)
def test_an_entry_alone_decides_its_file(entry: Entry, file: str) -> None:
    """An entry belongs to the file of its session, its year, or its kind."""
    assert file == home_of(stamped(entry))


def test_the_stamp_does_not_move_an_entry() -> None:
    """Whoever records an entry, and when, it belongs to the same file in every clone."""
    draft = says("KEN", "x")
    assert home_of(stamped(draft, 1)) == home_of(stamped(draft, 99_999_999))
