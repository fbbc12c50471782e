"""Which acts bear on the text of one provision, or on one offer: all that the law would ask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from negotrack.index.schema import ELSEWHERE_CODE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from negotrack.index.acts import Act
    from negotrack.index.reading import Filter, Index

_NAMES = "(SELECT n FROM word WHERE word IN (SELECT value FROM json_each(:names)))"
_BELOW = (
    "(SELECT n FROM word WHERE word = :about OR word >= :about || '/' AND word < :about || '0')"
)
_OFFERS = {"amendment.moved": "amendment", "proposal.tabled": "proposal"}


def bearing_on(index: Index, wanted: Filter, target: str, language: str) -> list[Act]:
    """Return the acts that bear on the text of one provision and those below it, or on one offer.

    The fold over them says the same of it as the fold over everything: every document; what was
    done about the provision, under each address it had and about what it is a part of; what became
    of the addresses beside it; every offer to change it, and every offer to change those; and of
    each draft at least one wording, so that it is known to be one.
    """
    found: dict[str, Act] = {}
    names = set(_above(target))
    done: set[str] = set()
    elsewhere = list(index.acts(wanted, f"code = {ELSEWHERE_CODE}"))
    fresh = list(index.acts(wanted, f"target IN {_BELOW}", about=target))
    fresh += index.acts(wanted, "target IS NULL")
    while True:
        for one in fresh:
            found[one.id] = one
            names |= _leads_to(one)
        for one in elsewhere:
            address = one.fields.get("provision") or one.fields["formerly"]
            near = {*_above(address), *_above(str(one.target))}
            if names & near or is_part(address, target):
                found[one.id] = one
                names |= _leads_to(one) | set(_above(str(one.target)))
        if names <= done:
            break
        fresh = list(_about_names(index, wanted, names - done))
        done |= names
    found |= {a.id: a for a in _one_of_each_draft(index, wanted, found, language)}
    return sorted(found.values(), key=lambda a: a.place)


def _leads_to(act: Act) -> set[str]:
    """Return the names of which more must be known because of an act."""
    fields = act.fields
    names = {fields[_OFFERS[act.type]]} if act.type in _OFFERS else set()
    if act.type in ("amendment.moved", "proposal.tabled") and act.target is not None:
        names |= set(_above(act.target))
    if "formerly" in fields:
        names |= set(_above(fields["formerly"]))
    return names


def _above(address: str) -> Iterator[str]:
    """Yield an address and those of what it is a part of."""
    while address:
        yield address
        address = address.rpartition("/")[0]


def is_part(address: str, of: str) -> bool:
    """Whether an address is another one or a part of it."""
    return address == of or address.startswith(f"{of}/")


def _about_names(index: Index, wanted: Filter, names: set[str]) -> Iterator[Act]:
    asked = json.dumps(sorted(names))
    yield from index.acts(wanted, f"target IN {_NAMES}", names=asked)
    offers = "type IN (SELECT n FROM word WHERE word IN ('amendment.moved', 'proposal.tabled'))"
    yield from index.acts(wanted, f"names IN {_NAMES} AND {offers}", names=asked)


def _one_of_each_draft(
    index: Index, wanted: Filter, found: Mapping[str, Act], language: str
) -> Iterator[Act]:
    """Yield, of each draft of which no wording was found, one in the language."""
    worded = "names = (SELECT n FROM word WHERE word = :document)"
    its = f"{worded} AND type = (SELECT n FROM word WHERE word = 'provision.worded')"
    known = {
        a.fields["document"]
        for a in found.values()
        if a.type == "provision.worded" and a.language == language
    }
    drafts = {a.fields["document"] for a in found.values() if a.fields.get("draft")}
    for document in sorted(drafts - known):
        acts = index.acts(wanted, its, document=document)
        first = next((act for act in acts if act.language == language), None)
        if first is not None:
            yield first
