"""Texts that cannot be as they are told: words that are not there, addresses in a circle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.checking.findings import Finding
from negotrack.domain.catalogue import kind_of
from negotrack.facts.acts import act_of
from negotrack.facts.rows import TEXTS
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
    for its in acts.values():
        for misfit in inapplicable_acts(its):
            yield Finding(misfit.rule, misfit.entry[:10], misfit.finding)
