"""One encoding, one identity: an entry as the canonical line that store and journal both keep.

The body of an entry is its JSON with sorted keys, without spaces, in UTF-8, with absent fields left
out (RFC 8785 for the values that entries have). Its id is the SHA-256 of the body. The line is the
body with the id put in front: ``{"id":"…",`` and the rest. So a line is verified, and its id
found, without decoding it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

import msgspec

from negotrack.domain import dates
from negotrack.domain.catalogue import NotAnEntry, decode
from negotrack.domain.entries import (
    DeadlineSet,
    Entry,
    SessionRescheduled,
    SessionScheduled,
)
from negotrack.errors import Rejected

LONGEST_LINE = 1 << 20
"""The most bytes that a line may have."""

_ENCODER = msgspec.json.Encoder(order="sorted")
_FRONT = b'{"id":"'
_ID_END = len(_FRONT) + 64
_BODY = _ID_END + 2  # the quote and the comma


class Kept(NamedTuple):
    """An entry as the record keeps it: its id, what it says, and its canonical line."""

    id: str
    entry: Entry
    line: bytes


def seal(entry: Entry) -> Kept:
    """Return a stamped entry with its id and its line."""
    body = _ENCODER.encode(entry)
    digest = sha256(body).hexdigest()
    return Kept(digest, entry, b'%s%s",%s' % (_FRONT, digest.encode(), body[1:]))


def id_of(line: bytes) -> str:
    """Return the id that a line carries, without verifying it; :class:`NotAnEntry` for none."""
    found = line[len(_FRONT) : _ID_END]
    if not line.startswith(_FRONT) or line[_ID_END:_BODY] != b'",' or not found.isalnum():
        raise NotAnEntry("this is not a journal line: it does not begin with an id")
    return found.decode("ascii", "replace")


def body_of(line: bytes) -> bytes:
    """Return the bytes that the id of a line is the hash of."""
    return b"{" + line[_BODY:]


def verify(line: bytes) -> str:
    """Return the id of a line whose id fits its content; :class:`NotAnEntry` otherwise."""
    claimed = id_of(line)
    body = body_of(line)
    if sha256(body).hexdigest() != claimed:
        decode(body)  # a broken line is better explained by where it breaks
        raise NotAnEntry("the id does not fit the content: the line was altered", len(_FRONT))
    return claimed


def unseal(line: bytes) -> Kept:
    """Return the entry that a line keeps, verified and well-formed.

    Raises :class:`~negotrack.domain.catalogue.NeedsNewer` for an unknown type or version and
    :class:`~negotrack.domain.catalogue.NotAnEntry` for a line that is broken, altered or not
    canonical.
    """
    identity = verify(line)
    body = body_of(line)
    entry = decode(body)
    try:
        well_formed(entry)
    except Rejected as error:
        raise NotAnEntry(error.sentence) from error
    if not entry.recorded_at:
        raise NotAnEntry("the entry does not say when it was recorded")
    if _ENCODER.encode(entry) != body:
        raise NotAnEntry("the line is not in canonical form")
    return Kept(identity, entry, line)


def well_formed(entry: Entry) -> None:
    """Refuse an entry with a date, time or source that means nothing."""
    dates.span(entry.on)
    if entry.at is not None:
        dates.clock(entry.at)
    if entry.recorded_at:
        dates.instant(entry.recorded_at)
    if isinstance(entry, SessionScheduled | SessionRescheduled):
        if entry.days is not None:
            dates.span(entry.days)
        if entry.zone is not None:
            dates.zone(entry.zone)
    elif isinstance(entry, DeadlineSet):
        dates.span(entry.due)
    for source in entry.sources:
        if source.address is None and source.title is None:
            raise Rejected("a source has neither an address nor a title", "give it one of them")
        if source.retrieved is not None:
            dates.span(source.retrieved)
