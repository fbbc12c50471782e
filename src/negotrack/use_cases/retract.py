"""Retracting an entry: it is kept, and does not count any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.entries import EntryRetracted
from negotrack.questions.periods import recorded
from negotrack.use_cases.drafting import sources_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from negotrack.domain.specification import Effective
    from negotrack.domain.values import Source
    from negotrack.use_cases.errata import Errata, LoggedErratum


def retract(  # noqa: PLR0913 - as many as a retraction has fields
    errata: Errata,
    about: Effective,
    reason: str,
    on: str | date = "today",
    sources: Iterable[Source | str] = (),
    *,
    dry_run: bool = False,
) -> LoggedErratum:
    """Withdraw an entry, as if it had never been made."""
    negotiation = about.entry.negotiation
    draft = EntryRetracted(
        negotiation=negotiation,
        on=recorded(on, errata.book, negotiation),
        entry=about.id,
        reason=reason,
        sources=sources_of(sources),
    )
    return errata.log(draft, dry_run=dry_run)
