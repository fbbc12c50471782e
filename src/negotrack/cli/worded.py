"""What ``negotrack show`` says of the text of a provision: words, brackets, amendments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.errors import Rejected
from negotrack.facts.rows import in_words
from negotrack.views.pending import fit, phrase

if TYPE_CHECKING:
    from negotrack.index.reading import Filter
    from negotrack.projections.texts.offer import Offer
    from negotrack.projections.texts.provisions import HeldBracket, Provision
    from negotrack.workspace import Workspace

Facts = dict[str, Any]


def facts(opened: Workspace, name: str, wanted: Filter, language: str) -> Facts:
    """Return the text of a provision and its parts on a day, and what is offered to change it."""
    texts = opened.texts(wanted._replace(target=None), language, name)
    try:
        provisions = texts.provisions(name)
    except Rejected:
        provisions = []
    said: Facts = {}
    for provision in provisions:
        said |= _text(provision, name)
    for offer in texts.offers(name):
        how = fit(offer, texts.drafting)
        said[f"{offer.noun} {offer.slug}"] = _offer(opened, offer, wanted, how)
    return said


def _text(provision: Provision, name: str) -> Facts:
    where = "" if provision.address == name else f" of {provision.address}"
    last = provision.readings[-1]
    said: Facts = {}
    if provision.title:
        said[f"heading{where}"] = provision.title
    if provision.text:
        said[f"text{where}"] = f"{provision.text} ({_since(provision)})"
    brackets = "; ".join(map(_bracket, provision.held.values()))
    if brackets:
        said[f"brackets{where}"] = brackets
    if provision.settled is not None:
        outcome = provision.settled.outcome.replace("-", " ")
        said[f"settled{where}"] = f"{outcome} since {provision.settled.on}"
    return said or {f"text{where}": f"none since {last.on}"}


def _since(provision: Provision) -> str:
    last = provision.readings[-1]
    how = last.offer or last.document or "a bracket"
    return f"since {last.on}, {how}"


def _bracket(held: HeldBracket) -> str:
    who = f"held by {', '.join(held.holders)} " if held.holders else ""
    return f"[{held.words}] {who}since {held.since}"


def _offer(opened: Workspace, offer: Offer, wanted: Filter, how: str) -> str:
    """Return what an offer asks for, who made it, and who stands where on it."""
    who = ", ".join(offer.parties) or "unknown"
    stands = opened.positions(wanted._replace(by=None, target=offer.slug))
    sides: dict[str, list[str]] = {}
    for position in stands:
        if position.target == offer.slug and position.via != "group":
            stance = in_words(position.stance, position.option) or ""
            sides.setdefault(stance, []).append(position.delegation)
    told = "; ".join(f"{stance}: {', '.join(names)}" for stance, names in sides.items())
    return f"{who}, {offer.on}: {phrase(offer, offer.provision)}{how}{'; ' * bool(told)}{told}"
