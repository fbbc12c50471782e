from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
import pytest

from negotrack.domain import entries as e
from negotrack.domain.canonical import decode_verified
from negotrack.domain.catalogue import (
    BY_NOUN,
    BY_TAG,
    KINDS,
    RETIRED,
    STAMP,
    UNCORRECTABLE,
    Kind,
    NeedsNewer,
    NotAnEntry,
    decode,
    kind_of,
)
from negotrack.domain.entry_types import TARGET_NOUNS
from negotrack.domain.specification import Effective
from negotrack.exchange.writers.effective_lines import effective_line
from shorthand import takes

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry

every_type = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)


def test_every_type_of_entry_is_in_the_table() -> None:
    """The table is closed: each class of entry has one row, and each row its own class and noun."""
    classes = {
        cls for cls in vars(e).values() if isinstance(cls, type) and issubclass(cls, e.Entry)
    }
    assert classes - {e.Entry} == {kind.cls for kind in KINDS}
    assert len(KINDS) == len(BY_TAG) == len(BY_NOUN)


@every_type
def test_a_tag_is_a_name_and_a_version(kind: Kind) -> None:
    """A tag such as stance.taken/1 names what happened, in the past, and the version."""
    assert re.fullmatch(r"[a-z]+\.[a-z]+/[1-9]\d*", kind.tag)
    assert kind.type == kind.tag.split("/")[0]


@every_type
def test_a_type_says_what_it_is(kind: Kind) -> None:
    """Every type has a docstring, and every field of it a description."""
    assert kind.cls.__doc__
    schema = msgspec.json.schema(kind.cls)["$defs"][kind.cls.__name__]
    fields = {name: str(field) for name, field in schema["properties"].items()}
    described = {
        name for name, field in fields.items() if "description" in field or "$ref" in field
    }
    assert fields.keys() - {"type"} == described


@every_type
def test_a_naming_type_has_the_field_of_its_name(kind: Kind) -> None:
    """The field that brings a name in is a required field of its type."""
    required = [f.name for f in msgspec.structs.fields(kind.cls) if f.required]
    assert kind.names is None or kind.names in required


def test_only_what_is_scheduled_may_lie_ahead() -> None:
    """Sessions and deadlines are set for the future; nothing else is."""
    assert [kind.noun for kind in KINDS if kind.scheduled] == ["session", "deadline"]


def test_targets_are_what_brings_a_target_in() -> None:
    """What text or question there is to decide on is a target; sessions and documents are not."""
    assert {"issue", "provision", "proposal", "amendment", "motion"} == set(TARGET_NOUNS)
    assert all(BY_NOUN[noun].names == noun for noun in TARGET_NOUNS)


def test_the_stamp_cannot_be_corrected() -> None:
    """Who recorded an entry, when and with what, stays as it was."""
    assert set(STAMP) < UNCORRECTABLE
    assert set(STAMP) < {f.name for f in msgspec.structs.fields(e.Entry)}


def test_an_entry_knows_its_row() -> None:
    """The row of a stance is found by its class."""
    assert BY_NOUN["stance"] is kind_of(takes("KEN", "support", "scope"))


@pytest.mark.parametrize(
    ("body", "release"),
    [
        (b'{"type":"stance.taken/2","tool":"negotrack 0.9.1"}', "0.9.1"),
        (b'{"type":"mood.sensed/1"}', "the release that wrote it"),
        (b'{"type":"mood.sensed/1","tool":"another 7"}', "the release that wrote it"),
        (b'{"type":"","tool":"negotrack "}', "the release that wrote it"),
        (b'{"type":"os:system","note":[[["deep"]]]}', "the release that wrote it"),
    ],
)
def test_an_unknown_type_needs_a_newer_release(body: bytes, release: str) -> None:
    """A type or version that is not in the table is refused with the release that has it."""
    with pytest.raises(NeedsNewer, match=f"needs negotrack >= {re.escape(release)}$"):
        decode(body)


def test_a_long_unknown_type_is_cut() -> None:
    """A refusal stays a sentence, however long the type is."""
    with pytest.raises(NeedsNewer) as refused:
        decode(b'{"type":"%s"}' % (b"x" * 10_000))
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"7", b"{}", b'{"type":7}', b'{"type":null}', b"\xff"]
)
def test_what_is_no_object_with_a_type_is_no_entry(body: bytes) -> None:
    """It is not taken for something newer."""
    with pytest.raises(NotAnEntry) as refused:
        decode(body)
    assert not isinstance(refused.value, NeedsNewer)


class StanceTaken0(
    msgspec.Struct, forbid_unknown_fields=True, tag_field="type", tag="stance.taken/0"
):
    """A stance as a release before the first would have written it."""

    negotiation: str
    on: str
    by: str
    target: str
    grade: str
    recorded_at: str


OLD_BODY = (
    b'{"by":"KEN","grade":"support","negotiation":"demo","on":"2023-01-16",'
    b'"recorded_at":"2023-01-17T12:00:00.000000Z","target":"scope","type":"stance.taken/0"}'
)

OLD_ID = sha256(OLD_BODY).hexdigest()
OLD_LINE = b'{"id":"%s",%s' % (OLD_ID.encode(), OLD_BODY[1:])
TODAY = takes("KEN", "support", "scope", recorded_at="2023-01-17T12:00:00.000000Z")


def _upcast(body: bytes) -> Entry:
    old = msgspec.json.decode(body, type=StanceTaken0)
    return takes(old.by, old.grade, old.target, on=old.on, recorded_at=old.recorded_at)


@pytest.fixture
def retired(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be a retired version of the stance."""
    monkeypatch.setitem(RETIRED, "stance.taken/0", _upcast)


@pytest.mark.usefixtures("retired")
def test_a_retired_version_is_upcast_on_reading() -> None:
    """Bytes of an old version are today's entry."""
    assert decode(OLD_BODY) == TODAY


@pytest.mark.usefixtures("retired")
def test_a_line_of_a_retired_version_is_read() -> None:
    """An old line keeps its id and its bytes, and says what it said in today's words."""
    assert decode_verified(OLD_LINE) == (OLD_ID, TODAY, OLD_LINE)


@pytest.mark.usefixtures("retired")
def test_a_line_of_a_retired_version_is_canonical_too() -> None:
    """An old line has sorted keys and no spaces, as it was written."""
    body = b"{ " + OLD_BODY[1:]
    line = b'{"id":"%s",%s' % (sha256(body).hexdigest().encode(), body[1:])
    with pytest.raises(NotAnEntry, match="canonical"):
        decode_verified(line)


@pytest.mark.usefixtures("retired")
def test_a_replayed_line_of_a_retired_version_keeps_its_id() -> None:
    """Tools that replay get today's words under the id that the entry has."""
    line = effective_line(Effective(OLD_ID, TODAY))
    assert OLD_ID in line


def test_without_its_row_an_old_version_is_unknown() -> None:
    """What no release of this line ever wrote needs another release."""
    with pytest.raises(NeedsNewer):
        decode(OLD_BODY)
