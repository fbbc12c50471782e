"""Which acts bear on a question about texts: on one provision, on some drafts, on the last one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from negotrack.domain.addresses import is_below, parents
from negotrack.domain.entry_types import DECISION_TAKEN, DOCUMENT_ISSUED, OFFERS, PROVISION_WORDED
from negotrack.index.schema import ELSEWHERE_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from negotrack.facts.acts import Act
    from negotrack.facts.query import Query
    from negotrack.index.slices import Slices

_NAMES = "(SELECT n FROM word WHERE word IN (SELECT value FROM json_each(:names)))"
_BELOW = (
    "(SELECT n FROM word WHERE word = :about OR word >= :about || '/' AND word < :about || '0')"
)


def acts_on(slices: Slices, query: Query, target: str, language: str) -> list[Act]:
    """Return the acts that bear on the text of one provision and those below it, or on one offer.

    The fold over them says the same of it as the fold over everything: every document; what was
    done about the provision, under each address it had and about what it is a part of; what became
    of the addresses beside it; every offer to change it, and every offer to change those; and of
    each draft at least one wording, so that it is known to be one.
    """
    acts_by_id: dict[str, Act] = {}
    near = _Near(target)
    elsewhere = list(slices.acts(query, f"code = {ELSEWHERE_CODE}"))
    fresh = list(slices.acts(query, f"target IN {_BELOW}", about=target))
    fresh += slices.acts(query, "target IS NULL")
    done: set[str] = set()
    while True:
        for one in fresh:
            acts_by_id[one.id] = one
            near.names |= _leads_to(one)
        acts_by_id |= {one.id: one for one in elsewhere if near.takes(one)}
        if near.names <= done:
            break
        fresh = list(_about_names(slices, query, near.names - done))
        done |= near.names
    acts_by_id |= {a.id: a for a in _one_of_each_draft(slices, query, acts_by_id, language)}
    return sorted(acts_by_id.values(), key=lambda a: a.place)


class _Near:
    """The addresses that a question about one touches.

    ``names`` are those of which all must be known: the one in question, what it is a part of, and
    what led there; ``beside`` those that became addresses beside it, where something may have been
    added; ``anchors`` those behind which something was added, to be followed wherever they went.
    """

    def __init__(self, target: str) -> None:
        self._target = target
        self.names = set(_above(target))
        self.beside: set[str] = set()
        self.anchors: set[str] = set()

    def takes(self, act: Act) -> bool:
        """Whether an act about another address too bears on the question; note what follows."""
        if act.type == DECISION_TAKEN:
            return True  # it settles a whole draft
        if act.type == PROVISION_WORDED:
            return self._takes_renumbering(act.fields["formerly"], str(act.target))
        address = act.fields["provision"]
        places = self.names | self.beside
        if places.isdisjoint(_above(address)) and not is_below(address, self._target):
            return False
        self.anchors.add(str(act.target))
        self.names |= _leads_to(act) | set(_above(str(act.target)))
        return True

    def _takes_renumbering(self, former: str, address: str) -> bool:
        if not self.names.isdisjoint(_above(address)):
            self.beside |= set(_above(former))
        elif former not in self.names and not is_below(former, self._target):
            return False
        if former in self.anchors:
            self.anchors.add(address)
            self.names |= set(_above(address))
        return True


def _leads_to(act: Act) -> set[str]:
    """Return the names of which more must be known because of an act."""
    fields = act.fields
    names = {fields[OFFERS[act.type]]} if act.type in OFFERS else set()
    if act.type in OFFERS and act.target is not None:
        names |= set(_above(act.target))
    for other in ("formerly", "provision", "behind"):
        names |= set(_above(fields.get(other, "")))
    return names


def _above(address: str) -> list[str]:
    """Return an address and those of what it is a part of; none for an empty one."""
    return [*parents(address), address] if address else []


def _about_names(slices: Slices, query: Query, names: set[str]) -> Iterator[Act]:
    asked = json.dumps(sorted(names))
    yield from slices.acts(query, f"target IN {_NAMES}", names=asked)
    offers = "type IN (SELECT n FROM word WHERE word IN ('amendment.moved', 'proposal.tabled'))"
    yield from slices.acts(query, f"names IN {_NAMES} AND {offers}", names=asked)


def _one_of_each_draft(
    slices: Slices, query: Query, acts_by_id: Mapping[str, Act], language: str
) -> Iterator[Act]:
    """Yield, of each draft of which no wording was found, one in the language."""
    worded = "names = (SELECT n FROM word WHERE word = :document)"
    condition = f"{worded} AND type = (SELECT n FROM word WHERE word = 'provision.worded')"
    known = {
        a.fields["document"]
        for a in acts_by_id.values()
        if a.type == PROVISION_WORDED and a.language == language
    }
    drafts = {a.fields["document"] for a in acts_by_id.values() if a.fields.get("draft")}
    for document in sorted(drafts - known):
        acts = slices.acts(query, condition, document=document)
        first = next((act for act in acts if act.language == language), None)
        if first is not None:
            yield first


# -- drafts ------------------------------------------------------------------------------------


def acts_of_documents(slices: Slices, query: Query, *slugs: str) -> list[Act]:
    """Return documents and their wordings: from the first of some to the last, with all between."""
    issued = _issued(slices, query)
    order = [act.fields["document"] for act in issued]
    places = sorted(order.index(slug) for slug in slugs if slug in order)
    between = order[places[0] : places[-1] + 1] if places else []
    return [*issued, *_worded(slices, query, between)]


def acts_since_last_draft(slices: Slices, query: Query, language: str) -> list[Act] | None:
    """Return what makes the text since the last draft of the whole; None where more is needed.

    It says what the text says, and not since when brackets are there or what was decided before.
    More is needed where there is no such draft, or an amendment was adopted on an earlier text.
    """
    issued = _issued(slices, query)
    acts = list(issued)
    for document in reversed(issued):
        wordings = _worded(slices, query, [document.fields["document"]])
        acts += wordings
        is_whole = document.fields.get("draft") == "whole"
        if is_whole and any(act.language == language for act in wordings):
            later = _since(slices, query, document.last)
            return None if later is None else sorted([*acts, *later], key=lambda act: act.place)
    return None


def _issued(slices: Slices, query: Query) -> list[Act]:
    return [a for a in slices.acts(query, "target IS NULL") if a.type == DOCUMENT_ISSUED]


def _worded(slices: Slices, query: Query, documents: list[str]) -> list[Act]:
    words = "type = (SELECT n FROM word WHERE word = 'provision.worded')"
    names = json.dumps(documents)
    return list(slices.acts(query, f"names IN {_NAMES} AND {words}", names=names))


def _since(slices: Slices, query: Query, day: str) -> list[Act] | None:
    """Return what was done to the text from a day on; None where it began before."""
    kinds = "('decision.taken', 'bracket.placed', 'bracket.lifted')"
    done = f"last >= :day AND type IN (SELECT n FROM word WHERE word IN {kinds})"
    acts_by_id = {act.id: act for act in slices.acts(query, done, day=int(day.replace("-", "")))}
    names = {act.target for act in acts_by_id.values() if act.type == DECISION_TAKEN}
    seen: set[str | None] = {None}
    while names - seen:
        fresh = [a for a in _about_names(slices, query, {str(n) for n in names - seen})
                 if a.type.startswith(("amendment", "proposal"))]  # fmt: skip
        seen |= names
        acts_by_id |= {act.id: act for act in fresh}
        names |= {act.target for act in fresh if act.type in OFFERS}
    began = [act for act in acts_by_id.values() if act.type in OFFERS and act.target is not None]
    return None if any(act.last < day for act in began) else list(acts_by_id.values())
