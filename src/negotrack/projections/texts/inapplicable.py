"""What does not fit the text: words that are not there, texts given twice, circles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.addresses import circles
from negotrack.projections.texts.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.facts.acts import Act
    from negotrack.projections.texts.text import TextState


class Inapplicable(NamedTuple):
    """Something about a text that cannot be as it is said: a rule's name, the entry, a sentence."""

    rule: str
    entry: str
    finding: str


def inapplicable_acts(acts: list[Act]) -> Iterator[Inapplicable]:
    """Yield what does not fit, of everything done about texts, in the order of the law."""
    yield from _wordings(acts)
    for language in sorted({act.language for act in acts}):
        yield from stray_brackets(fold_text(acts, language))


def stray_brackets(found: TextState) -> Iterator[Inapplicable]:
    """Yield the offers, brackets and decisions whose words are not in the text they act on."""
    for entry, sentence in found.stray:
        yield Inapplicable("words-not-there", entry, sentence)
    for offer in found.offers.values():
        if offer.trouble is not None:
            yield Inapplicable("words-not-there", offer.entry, f"{offer.slug}: {offer.trouble}")


def _wordings(acts: Iterable[Act]) -> Iterator[Inapplicable]:
    held: dict[tuple[str, str, str], Act] = {}
    came_from: dict[tuple[str, str], dict[str, Act]] = {}
    for act in acts:
        if act.type != "provision.worded":
            continue
        document, address = act.fields["document"], str(act.target)
        first = held.setdefault((document, act.language, address), act)
        if first is not act:
            if _sentence(first) == _sentence(act):
                continue  # told twice, and the same
            said = f"{document} words {address} in {act.language} twice"
            cure = f"correct entry {first.id[:10]}, or retract it"
            yield Inapplicable("worded-twice", act.id, f"{said}; {cure}")
            continue
        former = act.fields.get("formerly")
        if former is not None:
            its = came_from.setdefault((document, act.language), {})
            other = its.setdefault(former, act)
            if other is not act:
                said = f"{address} and {other.target} of {document} both come from {former}"
                yield Inapplicable("renumbered-twice", act.id, said)
    for (document, _), its in came_from.items():
        for circle in circles({former: str(act.target) for former, act in its.items()}):
            said = f"{' -> '.join(circle)} of {document} is a circle: each is the former of another"
            yield Inapplicable("renumbered-in-a-circle", its[circle[0]].id, said)


def _sentence(wording: Act) -> tuple[str | None, ...]:
    return tuple(wording.fields.get(name) for name in ("text", "title", "formerly"))
