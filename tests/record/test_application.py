from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import stamped
from negotrack.domain.catalogue import BY_TAG, KINDS, RETIRED, kind_of
from negotrack.errors import Conflict, Damaged, Unknown
from negotrack.record.application import RecordApplication
from negotrack.record.mapper import EntryEvent, EntryMapper
from negotrack.record.recorder import make_store_file
from negotrack.record.store import Store
from negotrack.record.streams import dossier_of, errata_of, register_of, stream_of
from shorthand import (
    DEMO,
    THE_ROOM,
    correction,
    delegation,
    issue,
    joined,
    opened,
    retraction,
    says,
    session,
    takes,
)
from strategies import kepts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.catalogue import Kind

ROOM = [stamped(draft, number) for number, draft in enumerate(THE_ROOM)]
STANCE = stamped(takes("KEN", "support", "scope"), 20)

every_type = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return an empty store file."""
    made = tmp_path / "store.db"
    make_store_file(made)
    return made


@pytest.fixture
def record(path: Path) -> Iterator[RecordApplication]:
    """Return an empty record."""
    opened_record = RecordApplication(path)
    yield opened_record
    opened_record.close()


@pytest.fixture
def begun(record: RecordApplication) -> RecordApplication:
    """Return a record in which the usual room is set up."""
    with record.writing() as writing:
        for kept in ROOM:
            writing.admit(kept)
    return record


def _lines(record: RecordApplication) -> list[bytes]:
    notifications = record.recorder.select_notifications(start=None, limit=1_000)
    return [bytes(found.state) for found in notifications]


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
    with record.writing() as writing:
        if not writing.held([kept.id]):
            writing.absorb(kept)
    events = record.events.get(stream_of(kept.entry))
    found = [event.kept for event in events if isinstance(event, EntryEvent)]
    assert [kept] == [one for one in found if one.id == kept.id]


@every_type
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_a_row_holds_the_line_under_the_tag(kind: Kind, data: st.DataObject) -> None:
    """The state of a row is the canonical line, and its topic is the type's name and version."""
    kept = data.draw(kepts(kind))
    event = EntryEvent(stream_of(kept.entry), 1, kept)
    row = EntryMapper().to_stored_event(event)
    assert (kind.tag, kept.line) == (row.topic, row.state)
    assert event == EntryMapper().to_domain_event(row)


def test_text_in_the_form_of_a_foreign_type_stays_text(begun: RecordApplication) -> None:
    """A note that the library's own transcoder would take for an object is a note."""
    note = '{"_type_": "os:system", "_data_": "true"}'
    kept = stamped(says("KEN", note, note=note), 30)
    with begun.writing() as writing:
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
        with begun.writing() as writing:
            writing.admit(STANCE)
            writing.admit(stamped(takes("KEN", "support", "scpe"), 21))

    with pytest.raises(Unknown):
        refused()
    assert len(ROOM) == len(_lines(begun))


def test_a_refused_entry_can_be_passed_over(begun: RecordApplication) -> None:
    """Who catches the refusal inside the transaction keeps the rest."""
    with begun.writing() as writing:
        with pytest.raises(Unknown):
            writing.admit(stamped(takes("KEN", "support", "scpe"), 21))
        writing.admit(STANCE)
    assert STANCE.line == _lines(begun)[-1]


def test_a_dry_run_keeps_nothing(begun: RecordApplication) -> None:
    """Everything is tried, rules included, and nothing committed."""
    with begun.writing(keep=False) as writing:
        writing.admit(STANCE)
        assert {STANCE.id} == writing.held([STANCE.id, "0" * 64])
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
    with begun.writing() as writing:
        for kept in new:
            writing.admit(kept)
        ids = [kept.id for kept in (*ROOM, *new)]
        assert set(ids) == writing.held([*ids, "0" * 64])
        assert len(new) == writing.taken


def test_a_small_batch_changes_nothing(
    record: RecordApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many entries are handed over at a time, streams and order are the same."""
    monkeypatch.setattr("negotrack.record.application.BATCH", 3)
    with record.writing() as writing:
        for kept in ROOM:
            writing.admit(kept)
    versions = [e.originator_version for e in record.events.get(register_of(DEMO))]
    assert list(range(1, len(ROOM) + 1)) == versions


def test_the_rules_see_what_came_before_in_the_transaction(record: RecordApplication) -> None:
    """A stance can follow its issue in one transaction, and a name is taken at once."""
    with record.writing() as writing:
        for kept in ROOM:
            writing.admit(kept)
        writing.admit(STANCE)
        with pytest.raises(Conflict):
            writing.admit(stamped(issue(title="Another"), 23))


def test_the_rules_see_what_was_committed_before(begun: RecordApplication) -> None:
    """The register of a negotiation is folded from its stream, errata included."""
    with begun.writing() as writing:
        writing.admit(stamped(correction(ROOM[7].id, options=["narrow"]), 24))
        writing.admit(stamped(retraction(ROOM[8].id), 25))
    register = begun.register(DEMO)
    assert register.get("scope", "issue").options == ("narrow",)
    assert register.find("art-6") is None
    with begun.writing() as writing, pytest.raises(Unknown, match="art-6"):
        writing.admit(stamped(takes("KEN", "support", "art-6"), 26))


def test_an_erratum_frees_a_name_in_its_own_transaction(begun: RecordApplication) -> None:
    """What is retracted can be named anew in the same transaction."""
    again = stamped(issue(title="How broad, again?"), 27)
    with begun.writing() as writing:
        writing.admit(stamped(retraction(ROOM[7].id), 26))
        writing.admit(again)
    assert again.id == begun.register(DEMO).get("scope", "issue").id


def test_a_family_is_an_entry_with_its_errata_and_theirs(begun: RecordApplication) -> None:
    """Corrections and retractions are found from the entry, pending ones too."""
    first = stamped(retraction(STANCE.id), 21)
    second = stamped(retraction(first.id), 22)
    with begun.writing() as writing:
        for kept in (STANCE, first, second):
            writing.admit(kept)
        assert [STANCE, first, second] == writing.family(STANCE.id)
        assert writing.family("0" * 64) == []


def test_an_erratum_may_be_absorbed_before_its_entry(begun: RecordApplication) -> None:
    """What another clone admitted is taken in any order."""
    first = stamped(correction(STANCE.id, stance="oppose"), 21)
    with begun.writing() as writing:
        writing.absorb(first)
    with begun.writing() as writing:
        writing.absorb(STANCE)
        assert [STANCE, first] == writing.family(STANCE.id)


def test_a_negotiation_has_names_of_its_own(begun: RecordApplication) -> None:
    """A slug may name one thing in each of two negotiations."""
    other = [
        msgspec.structs.replace(draft, negotiation="other")
        for draft in (issue(), delegation("KEN"))
    ]
    with begun.writing() as writing:
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
    record = RecordApplication(path)
    with record.writing() as writing:
        writing.admit(ROOM[0])
    record.close()
    with_store = Store(path)
    assert [(1, "negotiation.opened/1", ROOM[0].line)] == list(with_store.after(0))
    with_store.close()


# -- the mapper and the closed table ----------------------------------------------------------


def _row(topic: str, line: bytes = STANCE.line) -> StoredEvent:
    return StoredEvent(stream_of(STANCE.entry), 1, topic, line)


@pytest.mark.parametrize(
    "topic",
    ["os:system", "antigravity:x", "negotrack.domain.entries:StanceTaken", "", "stance.taken/9"],
)
def test_an_unknown_topic_is_refused(topic: str) -> None:
    """A topic that is not in the table is damage, and nothing is imported for it."""
    before = set(sys.modules)
    with pytest.raises(Damaged, match="unknown topic"):
        EntryMapper().to_domain_event(_row(topic))
    assert "antigravity" not in set(sys.modules) - before


@pytest.mark.parametrize(
    "line", [b"", b"{}", STANCE.line[:-1], STANCE.line.replace(b"support", b"oppose"), b"\xff" * 80]
)
def test_a_damaged_state_is_refused(line: bytes) -> None:
    """A state that is no line, or was altered, is damage."""
    with pytest.raises(Damaged, match=r"stance.taken/1 event that is damaged"):
        EntryMapper().to_domain_event(_row("stance.taken/1", line))


def test_a_topic_fits_its_line() -> None:
    """A row under the topic of another type was tampered with."""
    with pytest.raises(Damaged):
        EntryMapper().to_domain_event(_row("vote.cast/1"))


def test_a_state_may_come_as_any_buffer() -> None:
    """Databases give bytes in several forms."""
    row = StoredEvent(stream_of(STANCE.entry), 1, "stance.taken/1", memoryview(STANCE.line))  # type: ignore[arg-type]
    event = EntryMapper().to_domain_event(row)
    assert event.kept == STANCE


def test_the_table_of_topics_is_closed() -> None:
    """Topics are tags of entry types, today's or retired, and nothing else."""
    assert {kind.tag for kind in KINDS} == set(BY_TAG)
    assert not set(BY_TAG) & set(RETIRED)
    assert kind_of(STANCE.entry).tag in BY_TAG


# -- streams ----------------------------------------------------------------------------------


@every_type
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_a_stream_is_a_pure_function_of_the_entry(kind: Kind, data: st.DataObject) -> None:
    """Who recorded an entry, when, and how it is sourced, does not move it."""
    kept: StoredEntry = data.draw(kepts(kind))
    other = msgspec.structs.replace(
        kept.entry,
        recorded_at="2099-01-01T00:00:00.000000Z",
        recorded_by="x",
        sources=(),
        on="1999",
    )
    assert stream_of(kept.entry) == stream_of(other)


def test_streams_are_called_for_ever_as_they_are_now() -> None:
    """The ids of streams are derived from names, and a store of last year has the same."""
    assert register_of(DEMO) == "a5a548bffab45b759d9b481cfff6b86c"
    assert dossier_of(DEMO, "scope") == "877c3db49d1854468f4f03c680fa04d9"
    assert errata_of("a" * 64) == "158e17363ae556d9afb64a3c9b36d306"


@pytest.mark.parametrize(
    ("entry", "stream"),
    [
        (issue(), register_of(DEMO)),
        (session(), register_of(DEMO)),
        (takes("KEN", "support", "scope"), dossier_of(DEMO, "scope")),
        (joined("AUT", "EU"), dossier_of(DEMO, "EU")),
        (says("KEN", "Hm."), dossier_of(DEMO, "KEN")),
        (correction("a" * 64, note="x"), errata_of("a" * 64)),
        (retraction("a" * 64), errata_of("a" * 64)),
    ],
    ids=lambda value: type(value).__name__,
)
def test_entries_lie_with_what_they_are_about(entry: object, stream: str) -> None:
    """Names lie in the register, deeds in a dossier, errata with the entry they are about."""
    assert stream == stream_of(entry)  # type: ignore[arg-type]
