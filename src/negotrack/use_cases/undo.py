"""Undoing: the last entry that one logged and that still counts is retracted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from negotrack.domain.canonical import decode_verified
from negotrack.domain.entries import EntryRetracted
from negotrack.domain.rules.errata import counting
from negotrack.domain.short_ids import in_sentence
from negotrack.domain.specification import Effective
from negotrack.errors import Cure, Rejected
from negotrack.use_cases.retract import retract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.domain.canonical import StoredEntry
    from negotrack.use_cases.errata import Errata, LoggedErratum


def undo(errata: Errata, reason: str, *, dry_run: bool = False) -> LoggedErratum:
    """Retract the last entry of who records now; retractions are passed over."""
    last, passed_over = _last(errata, errata.storage.recorder())
    logged = retract(errata, Effective(last.id, last.entry), reason, dry_run=dry_run)
    return logged._replace(passed_over=passed_over)


def _last(errata: Errata, who: str) -> tuple[StoredEntry, str]:
    """Return somebody's last entry that counts, and the newest retraction passed over, if any."""
    passed_over = ""
    for kept in _newest_first(errata, who):
        if counting(kept.id, errata.entries.group(kept.id)) is None:
            continue
        if not isinstance(kept.entry, EntryRetracted):
            return kept, passed_over
        passed_over = passed_over or kept.id
    cure = Cure.by("retract-others", "entries of others go by their ids")
    if passed_over:
        cure = Cure.by(
            "bring-back",
            "retract your last retraction, and what it took out comes back",
            entry=in_sentence(passed_over),
        )
    raise Rejected(f"{who} has logged nothing that still counts", cure)


def _newest_first(errata: Errata, who: str) -> Iterator[StoredEntry]:
    """Yield the entries that somebody recorded, the last one first."""
    signature = b'"recorded_by":' + msgspec.json.encode(who)
    for seq in errata.storage.index.recording.newest_first():
        (line,) = errata.entries.lines(seq)
        if signature in line:
            yield decode_verified(line)
