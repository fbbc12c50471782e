from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import stamped
from negotrack.domain.canonical import decode_verified
from negotrack.errors import Conflict, Unknown
from negotrack.record.application import RecordApplication
from negotrack.record.mapper import EntryEvent
from negotrack.record.stores.sqlite import SqliteStore
from negotrack.record.stores.sqlite_recorder import make_store_file, open_recorder
from negotrack.record.streams import dossier_of, register_of, stream_of
from negotrack.workspace import Workspace
from record.room import ROOM, STANCE, every_type
from shorthand import DEMO, correction, delegation, issue, opened, retraction, says, takes
from strategies import kepts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.catalogue import Kind


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return an empty store file."""
    file = tmp_path / "store.db"
    make_store_file(file)
    return file


@pytest.fixture
def record(path: Path) -> Iterator[RecordApplication]:
    """Return an empty record."""
    opened_record = RecordApplication(open_recorder(path))
    yield opened_record
    opened_record.close()


@pytest.fixture
def begun(record: RecordApplication) -> RecordApplication:
    """Return a record in which the usual room is set up."""
    with record.transaction() as writing:
        for kept in ROOM:
            writing.admit(kept)
    return record


def _lines(record: RecordApplication) -> list[bytes]:
    notifications = record.recorder.select_notifications(start=None, limit=1_000)
    return [bytes(notification.state) for notification in notifications]


# -- every type, into the store and back ------------------------------------------------------


@every_type
@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_every_type_goes_through_the_store_and_back(
    record: RecordApplication, kind: Kind, data: st.DataObject
) -> None:
    """What the library's own event store gives back is the entry, byte for byte."""
    kept = data.draw(kepts(kind))
    with record.transaction() as writing:
        if not writing.known_ids([kept.id]):
            writing.append(kept)
    events = record.events.get(stream_of(kept.entry))
    entries = [event.kept for event in events if isinstance(event, EntryEvent)]
    assert [kept] == [one for one in entries if one.id == kept.id]


def test_text_in_the_form_of_a_foreign_type_stays_text(begun: RecordApplication) -> None:
    """A note that the library's own transcoder would take for an object is a note."""
    note = '{"_type_": "os:system", "_data_": "true"}'
    kept = stamped(says("KEN", note, note=note), 30)
    with begun.transaction() as writing:
        writing.admit(kept)
    assert kept.line == begun.recorder.line(kept.id)
    (event,) = begun.events.get(dossier_of(DEMO, "KEN"))
    assert isinstance(event, EntryEvent)
    assert note == event.kept.entry.note


# -- one transaction --------------------------------------------------------------------------


def test_entries_are_committed_in_the_order_in_which_they_were_taken(
    begun: RecordApplication,
) -> None:
    """The library's notification log has every entry once, in order."""
    assert [kept.line for kept in ROOM] == _lines(begun)
    assert len(ROOM) == begun.recorder.max_notification_id()


def test_a_refused_entry_leaves_nothing(begun: RecordApplication) -> None:
    """Where the rules refuse an entry, nothing of its transaction is kept."""

    def refused() -> None:
        with begun.transaction() as writing:
            writing.admit(STANCE)
            writing.admit(stamped(takes("KEN", "support", "scpe"), 21))

    with pytest.raises(Unknown):
        refused()
    assert len(ROOM) == len(_lines(begun))


def test_a_refused_entry_can_be_passed_over(begun: RecordApplication) -> None:
    """Who catches the refusal inside the transaction keeps the rest."""
    with begun.transaction() as writing:
        with pytest.raises(Unknown):
            writing.admit(stamped(takes("KEN", "support", "scpe"), 21))
        writing.admit(STANCE)
    assert STANCE.line == _lines(begun)[-1]


def test_a_dry_run_keeps_nothing(begun: RecordApplication) -> None:
    """Everything is tried, rules included, and nothing committed."""
    with begun.transaction(keep=False) as writing:
        writing.admit(STANCE)
        assert {STANCE.id} == writing.known_ids([STANCE.id, "0" * 64])
        with pytest.raises(Conflict):
            writing.admit(stamped(issue("art-6"), 22))
    assert begun.recorder.line(STANCE.id) is None
    assert len(ROOM) == len(_lines(begun))


def test_what_was_taken_is_held_before_it_is_committed(
    begun: RecordApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction sees its own entries, pending or handed to the recorder."""
    monkeypatch.setattr("negotrack.record.application.BATCH", 2)
    new = [stamped(says("KEN", word), n) for n, word in enumerate(["one", "two", "three"], 30)]
    with begun.transaction() as writing:
        for kept in new:
            writing.admit(kept)
        ids = [kept.id for kept in (*ROOM, *new)]
        assert set(ids) == writing.known_ids([*ids, "0" * 64])
        assert len(new) == writing.taken


def test_a_small_batch_changes_nothing(
    record: RecordApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many entries are handed over at a time, streams and order are the same."""
    monkeypatch.setattr("negotrack.record.application.BATCH", 3)
    with record.transaction() as writing:
        for kept in ROOM:
            writing.admit(kept)
    versions = [e.originator_version for e in record.events.get(register_of(DEMO))]
    assert list(range(1, len(ROOM) + 1)) == versions


def test_the_rules_see_what_came_before_in_the_transaction(record: RecordApplication) -> None:
    """A stance can follow its issue in one transaction, and a name is taken at once."""
    with record.transaction() as writing:
        for kept in ROOM:
            writing.admit(kept)
        writing.admit(STANCE)
        with pytest.raises(Conflict):
            writing.admit(stamped(issue(title="Another"), 23))


def test_the_rules_see_what_was_committed_before(begun: RecordApplication) -> None:
    """The register of a negotiation is folded from its stream, errata included."""
    with begun.transaction() as writing:
        writing.admit(stamped(correction(ROOM[7].id, options=["narrow"]), 24))
        writing.admit(stamped(retraction(ROOM[8].id), 25))
    register = begun.register(DEMO)
    assert register.get("scope", "issue").options == ("narrow",)
    assert register.find("art-6") is None
    with begun.transaction() as writing, pytest.raises(Unknown, match="art-6"):
        writing.admit(stamped(takes("KEN", "support", "art-6"), 26))


def test_an_erratum_frees_a_name_in_its_own_transaction(begun: RecordApplication) -> None:
    """What is retracted can be named anew in the same transaction."""
    again = stamped(issue(title="How broad, again?"), 27)
    with begun.transaction() as writing:
        writing.admit(stamped(retraction(ROOM[7].id), 26))
        writing.admit(again)
    assert again.id == begun.register(DEMO).get("scope", "issue").id


def test_a_family_is_an_entry_with_its_errata_and_theirs(begun: RecordApplication) -> None:
    """Corrections and retractions are found from the entry, pending ones too."""
    first = stamped(retraction(STANCE.id), 21)
    second = stamped(retraction(first.id), 22)
    with begun.transaction() as writing:
        for kept in (STANCE, first, second):
            writing.admit(kept)
        assert [STANCE, first, second] == writing.with_errata(STANCE.id)
        assert writing.with_errata("0" * 64) == []


def test_an_erratum_may_be_absorbed_before_its_entry(begun: RecordApplication) -> None:
    """What another clone admitted is taken in any order."""
    first = stamped(correction(STANCE.id, stance="oppose"), 21)
    with begun.transaction() as writing:
        writing.append(first)
    with begun.transaction() as writing:
        writing.append(STANCE)
        assert [STANCE, first] == writing.with_errata(STANCE.id)


def test_a_negotiation_has_names_of_its_own(begun: RecordApplication) -> None:
    """A slug may name one thing in each of two negotiations."""
    other = [
        msgspec.structs.replace(draft, negotiation="other")
        for draft in (issue(), delegation("KEN"))
    ]
    with begun.transaction() as writing:
        writing.admit(stamped(opened("other"), 30))
        for number, draft in enumerate(other, 31):
            writing.admit(stamped(draft, number))
    assert sorted(["other", "scope", "KEN"]) == sorted(begun.register("other").names())


def test_the_environment_does_not_choose_the_store(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings of another program of the library are not taken for ours."""
    monkeypatch.setenv("PERSISTENCE_MODULE", "os")
    monkeypatch.setenv("MAPPER_TOPIC", "os:system")
    monkeypatch.setenv("COMPRESSOR_TOPIC", "zlib")
    record = RecordApplication(open_recorder(path))
    with record.transaction() as writing:
        writing.admit(ROOM[0])
    record.close()
    with_store = SqliteStore(path)
    assert [(1, "negotiation.opened/1", ROOM[0].line)] == list(with_store.after(0))
    with_store.close()


def _arrive(root: Path, name: str, kept: list[StoredEntry]) -> None:
    file = root / "events" / DEMO / f"{name}.jsonl"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"".join(one.line + b"\n" for one in kept))


def _stored_ids(opened: Workspace) -> list[str]:
    return sorted(decode_verified(line).id for _, _, line in opened.storage.store.after(0))


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
        assert sorted(kept.id for kept in ROOM) == _stored_ids(opened)


def test_a_line_that_stands_twice_leaves_no_gap(folder: Path) -> None:
    """The events of a stream are numbered from one without a gap."""
    from negotrack.record.application import RecordApplication
    from negotrack.record.stores.sqlite_recorder import open_recorder
    from negotrack.record.streams import register_of

    _arrive(folder, "all", [*ROOM, *ROOM])
    with Workspace(folder) as opened:
        opened.sync()
        record = RecordApplication(open_recorder(opened.storage.places.store))
        versions = [event.originator_version for event in record.events.get(register_of(DEMO))]
        record.close()
    assert list(range(1, len(ROOM) + 1)) == versions


def test_what_cannot_both_stand_is_kept(folder: Path) -> None:
    """Two clones may have given one slug to two things: both entries are in the record."""
    from shorthand import issue

    second = stamped(issue("art-6", title="Another"), 50)
    _arrive(folder, "all", [*ROOM, second])
    with Workspace(folder) as opened:
        assert second.id in _stored_ids(opened)
        assert [ROOM[8].id] == [
            name.id
            for name in opened.names.registered("issue", "provision")
            if name.name == "art-6"
        ]
