"""What was recorded, in its order, and whether an entry says what another said already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from index.life import EVER, LIFE
from negotrack.domain.canonical import encode, unstamped
from negotrack.use_cases.intake import id_of_same_content
from shorthand import DEMO, correction, query, retraction, takes
from shorthand import says as says_so

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry
    from negotrack.workspace import Workspace


@pytest.mark.parametrize("draft", LIFE, ids=lambda draft: type(draft).__name__)
def test_what_was_said_is_known(living: Workspace, draft: Entry) -> None:
    """The index finds the entry that says the same, whatever its type."""
    entry_id = id_of_same_content(living.storage.index, living.storage.store, draft)
    assert entry_id is not None
    assert draft == unstamped(living.entries.entry(entry_id).entry)


@pytest.mark.parametrize(
    "other",
    [
        takes("HRW", "block", "art-6/2", on="2023-02-07"),
        takes("HRW", "block", "art-6/2", on="2023-02-07", session="s-2", note="x"),
        takes("HRW", "block", "art-6/2", on="2023-02-07", session="s-2", at="10:00"),
        takes("HRW", "oppose", "art-6/2", on="2023-02-07", session="s-2"),
        takes("KEN", "block", "art-6/2", on="2023-02-07", session="s-2"),
        takes("HRW", "block", "art-6/2", on="2023-02", session="s-2"),
        takes("AUT", "block", "art-6/2", on="2023-02-07", session="s-2", for_="HRW"),
        says_so("HRW", "block", on="2023-02-07", session="s-2", target="art-6/2"),
    ],
)
def test_what_differs_is_not_known(living: Workspace, other: Entry) -> None:
    """Any difference in what is said is a difference."""
    assert id_of_same_content(living.storage.index, living.storage.store, other) is None


def test_what_was_retracted_can_be_said_again(living: Workspace) -> None:
    """Only entries that count are known."""
    statement = says_so("CHN", "Hm.", on="2023-01-18")
    entry_id = id_of_same_content(living.storage.index, living.storage.store, statement)
    assert entry_id is not None
    living.log(retraction(entry_id))
    assert id_of_same_content(living.storage.index, living.storage.store, statement) is None
    assert living.log(statement).new


@pytest.mark.parametrize("set_", [{"outcome": "adopted"}, {"on": "2023-02"}, {"target": "art-6"}])
def test_what_was_corrected_is_known_as_it_was_logged(
    living: Workspace, set_: dict[str, str]
) -> None:
    """To import a file again adds nothing, though an entry of it was corrected since."""
    (row,) = living.storage.index.slices.rows(query(DEMO, EVER, type="decision.taken"))
    living.log(msgspec.structs.replace(correction(row.id, note="-"), set=set_))
    assert row.id == id_of_same_content(
        living.storage.index, living.storage.store, LIFE[21], as_logged=True
    )
    assert id_of_same_content(living.storage.index, living.storage.store, LIFE[21]) is None


def test_entries_are_listed_as_they_were_recorded(corrected: Workspace) -> None:
    """Retracted entries and errata are part of the record too."""
    kept = list(corrected.entries.recorded(DEMO))
    assert len(LIFE) + 5 == len(kept)
    assert kept == sorted(kept, key=lambda one: (one.entry.recorded_at, one.id))
    assert kept == [encode(one.entry) for one in kept]
