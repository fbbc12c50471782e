"""Sessions by the days on which they sat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.dates import span

if TYPE_CHECKING:
    from negotrack.questions.names import NameBook


def session_on(on: str, negotiation: str, book: NameBook) -> str | None:
    """Return the one session that sat on a day, or all of a span; None for none and for several."""
    when = span(on)
    sitting = [
        session.name
        for session in book.registered("session", negotiation=negotiation)
        if session.first
        and session.last
        and session.first <= when.first
        and when.last <= session.last
    ]
    return sitting[0] if len(sitting) == 1 else None
