"""One encoding, one identity: an entry as the canonical line that store and journal both keep.

The body of an entry is its JSON with sorted keys, without spaces, in UTF-8, with absent fields left
out (RFC 8785 for the values that entries have). Its id is the SHA-256 of the body. The line is the
body with the id put in front: ``{"id":"…",`` and the rest. So a line is verified, and its id
found, without decoding it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from negotrack.domain import dates
from negotrack.domain.catalogue import NAME_FIELDS, NeedsNewer, NotAnEntry, decode, is_retired
from negotrack.domain.entries import (
    DeadlineSet,
    Entry,
    SessionRescheduled,
    SessionScheduled,
)
from negotrack.domain.names import CODE, SLUG, follows
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.values import Source

LONGEST_LINE = 1 << 20
"""The most bytes that a line may have."""

_ENCODER = msgspec.json.Encoder(order="sorted")
_FRONT = b'{"id":"'
_ID_END = len(_FRONT) + 64
_BODY = _ID_END + 2  # the quote and the comma


class StoredEntry(NamedTuple):
    """An entry as the record keeps it: its id, what it says, and its canonical line."""

    id: str
    entry: Entry
    line: bytes


def encode(entry: Entry) -> StoredEntry:
    """Return a stamped entry with its id and its line."""
    body = _ENCODER.encode(entry)
    digest = sha256(body).hexdigest()
    return StoredEntry(digest, entry, b'%s%s",%s' % (_FRONT, digest.encode(), body[1:]))


def id_of(line: bytes) -> str:
    """Return the id that a line carries, without verifying it; :class:`NotAnEntry` for none."""
    digits = line[len(_FRONT) : _ID_END]
    if not line.startswith(_FRONT) or line[_ID_END:_BODY] != b'",' or not digits.isalnum():
        raise NotAnEntry("this is not a journal line: it does not begin with an id")
    return digits.decode("ascii", "replace")


def body_of(line: bytes) -> bytes:
    """Return the bytes that the id of a line is the hash of."""
    return b"{" + line[_BODY:]


def verify(line: bytes) -> str:
    """Return the id of a line whose id fits its content; :class:`NotAnEntry` otherwise."""
    claimed = id_of(line)
    body = body_of(line)
    if sha256(body).hexdigest() != claimed:
        try:
            decode(body)  # a broken line is better explained by where it breaks
        except NeedsNewer:
            pass
        except NotAnEntry as error:
            raise NotAnEntry(str(error), error.at and error.at + _BODY - 1) from error
        raise NotAnEntry("the id does not fit the content: the line was altered", len(_FRONT))
    return claimed


def decode_verified(line: bytes) -> StoredEntry:
    """Return the entry that a line keeps, verified.

    Raises :class:`~negotrack.domain.catalogue.NeedsNewer` for an unknown type or version and
    :class:`~negotrack.domain.catalogue.NotAnEntry` for a line that is broken, altered or not
    canonical.
    """
    identity, body = verify(line), body_of(line)
    entry = decode(body)
    if not entry.recorded_at:
        raise NotAnEntry("the entry does not say when it was recorded")
    if not _is_canonical(entry, body):
        raise NotAnEntry("the line is not in canonical form")
    return StoredEntry(identity, entry, line)


def _is_canonical(entry: Entry, body: bytes) -> bool:
    if _ENCODER.encode(entry) == body:
        return True
    return is_retired(body) and _ENCODER.encode(msgspec.json.decode(body)) == body


def typed(entry: Entry) -> Entry:
    """Return an entry whose fields hold what its type allows; :class:`Rejected` otherwise.

    A decoded entry has been through this; one that was made in Python has not.
    """
    try:
        return decode(_ENCODER.encode(entry))
    except (ValueError, TypeError) as error:
        raise Rejected(f"the entry is not well-formed: {error}") from error


def unstamped(entry: Entry) -> Entry:
    """Return an entry without the record's stamp: what it says, whoever recorded it and when."""
    return msgspec.structs.replace(entry, recorded_at="", recorded_by=None, tool=None)


def decode_line(line: bytes) -> StoredEntry:
    """Return the entry of a line that the record admitted and verified before."""
    return StoredEntry(id_of(line), decode(body_of(line)), line)


_MOST_SEEN = 65_536
_SEEN: dict[str, set[str | tuple[str, ...]]] = {CODE: set(), SLUG: set()}
"""Names that were found to follow their grammar; a record repeats a few hundred of them."""


def _follow(grammar: str, field: str, value: str | tuple[str, ...]) -> None:
    for name in (value,) if isinstance(value, str) else value:
        if not follows(grammar, name):
            form = "KEN or ACCESS-NOW" if grammar == CODE else "art-6/2 or scope"
            raise Rejected(f"{name!r} cannot be a `{field.rstrip('_')}`", f"write it like {form}")
    if len(_SEEN[grammar]) < _MOST_SEEN:
        _SEEN[grammar].add(value)


def well_formed(entry: Entry) -> None:
    """Raise :class:`Rejected` for an entry with a malformed name, date, time or source."""
    kind = type(entry)
    for field, grammar in NAME_FIELDS[kind]:
        value = getattr(entry, field)
        if value is not None and value not in _SEEN[grammar]:
            _follow(grammar, field, value)
    well_dated(entry)


def well_dated(entry: Entry) -> None:
    """Raise :class:`Rejected` for an entry with a malformed date, time or source."""
    dates.span(entry.on)
    if entry.at is not None:
        dates.clock(entry.at)
    if entry.recorded_at:
        dates.instant(entry.recorded_at)
    more = _MORE.get(type(entry))
    if more is not None:
        more(entry)
    for source in entry.sources:
        _says_where(source)


def _dates_of_session(entry: SessionScheduled | SessionRescheduled) -> None:
    if entry.days is not None:
        dates.span(entry.days)
    if entry.zone is not None:
        dates.zone(entry.zone)


def _due_date(entry: DeadlineSet) -> None:
    dates.span(entry.due)


_MORE: dict[type[Entry], Callable[..., None]] = {
    SessionScheduled: _dates_of_session,
    SessionRescheduled: _dates_of_session,
    DeadlineSet: _due_date,
}


def _says_where(source: Source) -> None:
    if source.address is None and source.title is None:
        raise Rejected("a source has neither an address nor a title", "give it one of them")
    if source.retrieved is not None:
        dates.span(source.retrieved)
