"""Entries about texts that do not fit: words that are not there, addresses in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.checking.findings import Finding
from negotrack.domain.catalogue import kind_of
from negotrack.domain.entry_types import TEXTS
from negotrack.domain.short_ids import in_sentence
from negotrack.facts.acts import act_of
from negotrack.projections.texts.inapplicable import inapplicable_acts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.domain.specification import Effective
    from negotrack.facts.acts import Act


def findings(counting: Iterable[Effective]) -> Iterator[Finding]:
    """Yield what does not fit the texts of each negotiation, among ordered entries."""
    acts: dict[str, list[Act]] = {}
    for live in counting:
        if kind_of(live.entry).type in TEXTS:
            acts.setdefault(live.entry.negotiation, []).append(act_of(live))
    for acts_of_negotiation in acts.values():
        for misfit in inapplicable_acts(acts_of_negotiation):
            yield Finding(misfit.rule, in_sentence(misfit.entry), misfit.finding, cure=misfit.cure)
