from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import stamped
from negotrack.domain.canonical import (
    LONGEST_LINE,
    body_of,
    decode_line,
    decode_verified,
    encode,
    id_of,
    unstamped,
    verify,
    well_formed,
)
from negotrack.domain.catalogue import KINDS, NeedsNewer, NotAnEntry
from negotrack.domain.values import Source
from negotrack.errors import Rejected
from shorthand import session, takes
from strategies import few, kepts

if TYPE_CHECKING:
    from negotrack.domain.canonical import StoredEntry

KEPT = stamped(takes("KEN", "support", "scope"))

every_type = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)

any_kept = st.sampled_from(KINDS).flatmap(kepts)


def forged(body: bytes) -> bytes:
    """Return a line whose id fits its body, whatever the body is."""
    return b'{"id":"%s",%s' % (sha256(body).hexdigest().encode(), body[1:])


def _with(before: bytes, after: bytes) -> bytes:
    body = body_of(KEPT.line)
    assert before in body
    return forged(body.replace(before, after))


@few
@given(any_kept)
def test_an_id_is_the_hash_of_everything_else(kept: StoredEntry) -> None:
    """The id is SHA-256 over the canonical JSON of the entry without its id."""
    fields = json.loads(kept.line)
    assert fields.pop("id") == kept.id
    body = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert body.encode() == body_of(kept.line)
    assert sha256(body.encode()).hexdigest() == kept.id == id_of(kept.line) == verify(kept.line)


@few
@given(any_kept)
def test_a_line_is_read_as_it_was_written(kept: StoredEntry) -> None:
    """What is sealed can be unsealed, and says the same."""
    assert kept == decode_verified(kept.line)


@few
@given(any_kept)
def test_a_line_is_one_line(kept: StoredEntry) -> None:
    """No text of an entry can break its line, and nothing absent is written."""
    assert b"\n" not in kept.line
    assert b"\r" not in kept.line
    assert b":null" not in kept.line or b'"set":' in kept.line


@few
@given(any_kept)
def test_the_id_comes_first_and_the_keys_are_sorted(kept: StoredEntry) -> None:
    """A line begins with its id, and its other keys follow in order."""
    first, *others = json.loads(kept.line)
    assert first == "id"
    assert others == sorted(others)


@few
@given(any_kept, st.data())
def test_no_byte_can_be_altered(kept: StoredEntry, data: st.DataObject) -> None:
    """A line with one bit turned over is refused, wherever the bit is."""
    at = data.draw(st.integers(0, len(kept.line) - 1))
    bit = data.draw(st.integers(0, 7))
    altered = bytearray(kept.line)
    altered[at] ^= 1 << bit
    with pytest.raises(NotAnEntry):
        decode_verified(bytes(altered))


@few
@given(any_kept, st.data())
def test_no_part_of_a_line_is_a_line(kept: StoredEntry, data: st.DataObject) -> None:
    """A line that was cut anywhere is refused."""
    with pytest.raises(NotAnEntry):
        decode_verified(kept.line[: data.draw(st.integers(0, len(kept.line) - 1))])


def test_an_altered_line_says_so() -> None:
    """A line that is well-formed but for its id is named as altered."""
    with pytest.raises(NotAnEntry, match="altered"):
        decode_verified(KEPT.line.replace(b"support", b"oppose"))


def test_an_altered_line_of_an_unknown_type_is_altered() -> None:
    """An id that does not fit is not excused by a newer release."""
    with pytest.raises(NotAnEntry, match="altered"):
        decode_verified(KEPT.line.replace(b"stance.taken/1", b"stance.taken/9"))


def test_a_line_of_an_unknown_type_needs_a_newer_release() -> None:
    """A whole line of another type is refused with the release that wrote it."""
    line = _with(b'stance.taken/1"', b'stance.taken/9"')
    with pytest.raises(NeedsNewer, match="needs negotrack >= "):
        decode_verified(line)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"not a line",
        body_of(KEPT.line),
        KEPT.line.replace(b'{"id"', b'{ "id"'),
        b" " + KEPT.line,
        b'{"id":"' + b"\xff" * 64 + b'",' + KEPT.line[73:],
        b'{"id":"' + KEPT.id[:40].encode() + b'",' + KEPT.line[73:],
    ],
    ids=["empty", "object", "words", "draft", "space", "indent", "not-ascii", "short"],
)
def test_a_line_begins_with_an_id(line: bytes) -> None:
    """Bytes that do not begin as a line does are named as none."""
    with pytest.raises(NotAnEntry, match="not a journal line"):
        decode_verified(line)


def test_the_id_is_in_small_letters() -> None:
    """An id in capitals is another text and does not fit."""
    with pytest.raises(NotAnEntry, match="altered"):
        decode_verified(KEPT.line.replace(KEPT.id.encode(), KEPT.id.upper().encode()))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"by":"KEN",', b'"by": "KEN",'),
        (b'"by":"KEN",', b'"by":"\\u004bEN",'),
        (b'"by":"KEN",', b'"by":"KEN","confidence":"reported",'),
        (b'"by":"KEN",', b'"by":"KEN","at":null,'),
        (b'"by":"KEN",', b'"by":"CHN","by":"KEN",'),
        (b'"by":"KEN",', b'"at":"10:00","by":"KEN","at":"09:00",'),
        (b'"by":"KEN","negotiation":"demo"', b'"negotiation":"demo","by":"KEN"'),
    ],
    ids=["space", "escape", "default", "null", "double", "double-apart", "order"],
)
def test_there_is_one_way_to_write_an_entry(before: bytes, after: bytes) -> None:
    """Spaces, escapes, defaults, nulls, double keys and another order are not canonical."""
    with pytest.raises(NotAnEntry, match="canonical"):
        decode_verified(_with(before, after))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (b"}", b"} {}", "trailing"),
        (b'"by":"KEN"', b'"by":"KEN","note":"\x00"', "invalid character"),
        (b'"by":"KEN"', b'"by":"KEN","note":"\\ud800"', "."),
        (b'"by":"KEN"', b'"by":"KEN","note":"\xff"', "UTF-8"),
        (b'"by":"KEN"', b'"by":"KEN","note":NaN', "invalid character"),
        (b'"by":"KEN"', b'"by":"KEN","note":7', "in `note`"),
        (b'"by":"KEN"', b'"by":"KEN","order":' + b"9" * 100_000, "in `order`"),
        (b'"by":"KEN"', b'"by":"KEN","order":-1', "in `order`"),
        (b'"by":"KEN"', b'"by":"KEN","order":1.5', "in `order`"),
        (b'"by":"KEN"', b'"by":"KEN","note":' + b"[" * 200_000, "."),
        (b'"by":"KEN"', b'"by":"KEN","wish":' + b"[" * 200_000, "."),
        (b'"by":"KEN"', b'"by":"KEN","wish":1', "wish"),
        (b'"target":"scope"', b'"target":"%s"' % (b"a" * 65), "in `target`"),
        (b'"stance":"support"', b'"stance":"love"', "stance"),
        (b'"by":"KEN",', b"", "by"),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else value,
)  # fmt: skip
def test_what_no_field_can_hold_is_refused(before: bytes, after: bytes, words: str) -> None:
    """A line whose id fits is refused all the same where its content is none."""
    with pytest.raises(NotAnEntry, match=words):
        decode_verified(_with(before, after))


@pytest.mark.parametrize("name", [b"(byte q", b"(byte ", b"(byte 7) ("])
def test_no_name_of_a_field_confuses_the_refusal(name: bytes) -> None:
    """A field that is called as the decoder tells positions is an unknown field."""
    with pytest.raises(NotAnEntry, match="unknown field"):
        decode_verified(_with(b'"by":"KEN"', b'"%s":1,"by":"KEN"' % name))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (b'"on":"2023-01-16"', b'"on":"2023-02-30"', "no day"),
        (b'"on":"2023-01-16"', b'"on":"yesterday"', "not a date"),
        (b'"by":"KEN"', b'"by":"ken"', "ken"),
        (b'"by":"KEN"', b'"by":"KEN\\n"', "KEN"),
        (b'"target":"scope"', b'"target":"Scope"', "Scope"),
        (b'"target":"scope"', b'"target":"art-\xd9\xa3"', "art-"),
        (b'"by":"KEN"', b'"at":"24:00","by":"KEN"', "time of day"),
        (b'"recorded_at":"2023-03-01T', b'"recorded_at":"2023-03-01 ', "not an instant"),
        (b'"stance":', b'"sources":[{"publisher":"UN"}],"stance":', "neither an address"),
        (b'"stance":', b'"sources":[{"retrieved":"2023-02-31","title":"T"}],"stance":', "no day"),
    ],
)
def test_what_means_nothing_is_refused(before: bytes, after: bytes, words: str) -> None:
    """Dates, times, instants and sources must mean something."""
    entry = decode_verified(_with(before, after)).entry
    with pytest.raises(Rejected, match=words):
        well_formed(entry)


def test_a_line_says_when_it_was_recorded() -> None:
    """A line without its instant is none of the record."""
    with pytest.raises(NotAnEntry, match="does not say when"):
        decode_verified(_with(b'"recorded_at":"2023-03-01T12:00:00.000000Z",', b""))


def test_a_verified_line_can_be_opened_again() -> None:
    """A line that was verified before is opened without being hashed again."""
    assert decode_line(KEPT.line) == KEPT


def test_a_refusal_points_at_the_byte() -> None:
    """What is wrong is found at its position in the body, counted from 0."""
    body = b'{"by":"KEN",x}'
    with pytest.raises(NotAnEntry) as refused:
        decode_verified(forged(body))
    assert body.index(b"x") == refused.value.at


def test_malformed_json_is_called_json() -> None:
    """The name of the format keeps its capitals."""
    with pytest.raises(NotAnEntry, match=r"^JSON"):
        decode_verified(forged(b'{"by":"KEN",x}'))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"days": "2023-01-20/2023-01-16"}, "ends before"),
        ({"days": "now"}, "not a date"),
        ({"zone": "Vienna"}, "not a time zone"),
    ],
)
def test_a_session_has_days_and_a_zone(fields: dict[str, str], words: str) -> None:
    """A session's days are a date of the record, and its zone is known."""
    with pytest.raises(Rejected, match=words):
        well_formed(msgspec.structs.replace(session(), **fields))


def test_a_source_has_an_address_or_a_title() -> None:
    """One of them is enough."""
    for source in (Source(address="https://example.org"), Source(title="Notes")):
        well_formed(msgspec.structs.replace(KEPT.entry, sources=(source,)))


def test_the_longest_line_is_a_mebibyte() -> None:
    """The limit is one that every reader can hold in memory."""
    assert LONGEST_LINE == 2**20


def test_equal_entries_have_equal_lines() -> None:
    """To seal the same entry twice gives the same bytes."""
    again = msgspec.structs.replace(KEPT.entry)
    assert encode(again).line == KEPT.line


def test_what_an_entry_says_does_not_depend_on_its_stamp() -> None:
    """Who recorded it, when and with what, is no part of what is said."""
    draft = takes("KEN", "support", "scope")
    assert draft == unstamped(stamped(draft).entry) == unstamped(stamped(draft, 9).entry)
