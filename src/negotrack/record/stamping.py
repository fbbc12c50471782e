"""The stamp that the record puts on a draft: when it was taken in, by whom, and with what."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from negotrack import __version__, clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import Entry

RECORDER = "NEGOTRACK_RECORDER"
"""The environment variable that names who enters something, where the login does not."""

_TICK = timedelta(microseconds=1)


def recorder() -> str:
    """Return who enters something: NEGOTRACK_RECORDER, or the name of the login."""
    named = os.environ.get(RECORDER)
    if named:
        return named
    import getpass  # only where the variable is not set

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "unknown"


def instant(moment: datetime) -> str:
    """Return a moment in the record's one fixed-width form."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def stamper(newest: str, notices: list[str]) -> Callable[[Entry], Entry]:
    """Return what stamps drafts: each later than the one before, and than the newest entry.

    Where the clock of the machine is behind the newest entry, the record goes on from there, so
    that its order of recording never runs backwards, and says so in the notices.
    """
    moment = clock.now()
    if newest and newest >= instant(moment):
        if newest > instant(moment):
            notices.append(f"the clock is behind the newest entry ({newest}): check the time")
        moment = datetime.fromisoformat(newest) + _TICK
    who, tool = recorder(), f"negotrack {__version__}"

    def stamp(draft: Entry) -> Entry:
        nonlocal moment
        recorded_at, moment = instant(moment), moment + _TICK
        return msgspec.structs.replace(draft, recorded_at=recorded_at, recorded_by=who, tool=tool)

    return stamp
