"""Dates that people type: resolved once, here, and never by the clock of a projection."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from negotrack import clock
from negotrack.domain.dates import span
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from negotrack.workspace import Workspace

_CURE = "write 2023-09-01, 2023-09, 2023, a session such as ahc-6, today or yesterday"


def today() -> str:
    """Return the day it is in UTC, so that an answer is the same in every time zone."""
    return clock.now().date().isoformat()


def _word(text: str) -> str | None:
    if text == "today":
        return today()
    if text == "yesterday":
        return (clock.now().date() - timedelta(days=1)).isoformat()
    return None


def recorded(text: str) -> str:
    """Return a date to be recorded: the word ``today`` or ``yesterday`` resolved, else as it is."""
    word = _word(text)
    if word is None:
        span(text)
    return word or text


def last_day(text: str, workspace: Workspace, negotiation: str | None) -> str:
    """Return the day that a date, a period or a session ends on, as ``YYYY-MM-DD``."""
    word = _word(text)
    if word is not None:
        return word
    try:
        return span(text).last
    except Rejected as no_date:
        try:
            found = workspace.resolve(text, "session", negotiation=negotiation)
        except Rejected:
            raise Rejected(no_date.sentence, _CURE) from no_date
        return found.last or ""
