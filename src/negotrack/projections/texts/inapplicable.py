"""What does not fit the text: words that are not there, texts given twice, circles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.addresses import circles
from negotrack.domain.entry_types import PROVISION_WORDED
from negotrack.domain.short_ids import in_sentence
from negotrack.projections.texts.text import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.errors import Cure
    from negotrack.facts.acts import Act
    from negotrack.projections.texts.text import TextState


class Inapplicable(NamedTuple):
    """Something about a text that cannot be: a rule's name, the entry, a sentence, its cure."""

    rule: str
    entry: str
    finding: str
    cure: str | Cure = ""


def inapplicable_acts(acts: list[Act]) -> Iterator[Inapplicable]:
    """Yield what does not fit, of everything done about texts, in canonical order."""
    yield from _wordings(acts)
    for language in sorted({act.language for act in acts}):
        yield from stray_brackets(fold_text(acts, language))


def stray_brackets(state: TextState) -> Iterator[Inapplicable]:
    """Yield the offers, brackets and decisions whose words are not in the text they act on."""
    for entry, refusal in state.stray:
        yield Inapplicable("words-not-there", entry, refusal.sentence, refusal.cure)
    for offer in state.offers.values():
        if offer.refusal is not None:
            sentence, cure = f"{offer.slug}: {offer.refusal.sentence}", offer.refusal.cure
            yield Inapplicable("words-not-there", offer.entry, sentence, cure)


def _wordings(acts: Iterable[Act]) -> Iterator[Inapplicable]:
    wordings: dict[tuple[str, str, str], Act] = {}
    came_from: dict[tuple[str, str], dict[str, Act]] = {}
    for act in acts:
        if act.type != PROVISION_WORDED:
            continue
        document, address = act.fields["document"], str(act.target)
        first = wordings.setdefault((document, act.language, address), act)
        if first is not act:
            if _sentence(first) == _sentence(act):
                continue  # recorded twice, with the same words
            message = f"{document} words {address} in {act.language} twice"
            cure = f"correct entry {in_sentence(first.id)}, or retract it"
            yield Inapplicable("worded-twice", act.id, message, cure)
            continue
        former = act.fields.get("formerly")
        if former is not None:
            by_former = came_from.setdefault((document, act.language), {})
            other = by_former.setdefault(former, act)
            if other is not act:
                message = f"{address} and {other.target} of {document} both come from {former}"
                yield Inapplicable("renumbered-twice", act.id, message)
    for (document, _), by_former in came_from.items():
        for circle in circles({former: str(act.target) for former, act in by_former.items()}):
            way = " -> ".join(circle)
            message = f"{way} of {document} is a circle: each is the former of another"
            yield Inapplicable("renumbered-in-a-circle", by_former[circle[0]].id, message)


def _sentence(wording: Act) -> tuple[str | None, ...]:
    return tuple(wording.fields.get(name) for name in ("text", "title", "formerly"))
