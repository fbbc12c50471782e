from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from negotrack.domain import entries as e
from shorthand import DEMO, correction

if TYPE_CHECKING:
    from negotrack.domain.entries import Entry


def entry(cls: type[Entry], **fields: Any) -> Entry:
    """An entry of a type, with defaults for what every entry has."""
    return cls(**{"negotiation": DEMO, "on": "2023-01-16"} | fields)


def left(by: str, group: str) -> Entry:
    """A delegation left a group."""
    return entry(e.GroupLeft, by=by, group=group)


def signs(document: str, **more: Any) -> Entry:
    """A document was signed."""
    return entry(e.DocumentSigned, document=document, **more)


def cosponsors(target: str, **more: Any) -> Entry:
    """A proposal found co-sponsors."""
    return entry(e.ProposalCosponsored, target=target, **more)


def votes(by: str, target: str, vote: str = "yes") -> Entry:
    """A delegation voted."""
    return entry(e.VoteCast, by=by, target=target, vote=vote)


def due(day: str, **more: Any) -> Entry:
    """A deadline was set."""
    return entry(e.DeadlineSet, due=day, title="Comments", **more)


def moved(slug: str, **more: Any) -> Entry:
    """A session was moved."""
    return entry(e.SessionRescheduled, session=slug, **more)


def corrects(entry: str, /, **set_: Any) -> e.EntryCorrected:
    """A correction of any fields, ``on`` and ``reason`` of the corrected entry among them."""
    return msgspec.structs.replace(correction(entry), set=set_)  # type: ignore[no-any-return]
