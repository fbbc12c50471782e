"""Drafts issued in a story, and the text that is on the table after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotrack.domain.specification import answer
from negotrack.facts.acts import act_of
from negotrack.projections.texts.text import TextState, fold_text
from shorthand import document, provision, worded

if TYPE_CHECKING:
    from conftest import Scenario
    from negotrack.domain.canonical import StoredEntry

TEXT = "Nothing permits suppression of human rights."


def on_the_table(story: Scenario, day: str = "2023-12-31", language: str = "en") -> TextState:
    """Return the text on the table on a day, by the specification."""
    return fold_text((act_of(live, day) for live in answer(story.kept, day)), language)


def texts(story: Scenario, day: str = "2023-12-31", language: str = "en") -> dict[str, str]:
    """Return what each provision says on a day."""
    return {a: p.text for a, p in on_the_table(story, day, language).text.items()}


def draft(story: Scenario, slug: str, on: str, texts: dict[str, str], **more: Any) -> Scenario:
    """Issue a draft of the whole text, registering its provisions."""
    kind = more.pop("draft", "whole")
    formerly = more.pop("formerly", {})
    story.given(document(slug, on=on, draft=kind))
    for place, (address, text) in enumerate(texts.items(), 1):
        if all(getattr(k.entry, "provision", None) != address for k in story.kept):
            story.given(provision(address))
        story.given(
            worded(address, text, slug, on=on, place=place, formerly=formerly.get(address), **more)
        )
    return story


LAST = "2023-12-31"


def drafting_of(kept: list[StoredEntry]) -> TextState:
    """Return the text on the table when all is over, by the specification."""
    return fold_text(act_of(live, LAST) for live in answer(kept, LAST))
