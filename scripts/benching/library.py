"""The event-sourcing library used as its own guide shows it: an aggregate that notes things."""

from __future__ import annotations

from typing import Any

from eventsourcing.domain import Aggregate, event


class Log(Aggregate):
    """Everything in one aggregate."""

    @event("Noted")
    def note(self, fields: dict[str, Any]) -> None:
        """Note what an entry says."""
