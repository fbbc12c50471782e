"""Who gets credit where dates are imprecise, one example for each choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from negotrack.domain.specification import answer
from negotrack.facts.acts import act_of
from negotrack.projections.texts.blame import (
    Attribution,
    Survival,
    attributions,
    shares,
    survivals,
)
from negotrack.projections.texts.text import fold_text
from negotrack.wording.words import counted, words
from projections.texts.drafting import LAST, drafting_of
from shorthand import amendment, document, worded
from strategies import drafting_histories, few

if TYPE_CHECKING:
    from conftest import Scenario
    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry


def drafted(slug: str, on: str, text: str) -> tuple[Entry, ...]:
    """A draft of the whole text, which is article 6 alone."""
    return document(slug, on=on, draft="whole"), worded("art-6", text, slug, on=on)


def always(slug: str, by: str, on: str) -> Entry:
    """A delegation moved to put "always" into article 6."""
    return amendment(  # type: ignore[no-any-return]
        slug, "art-6", by, on=on, action="add", after="shall", text="always"
    )


def credit(story: Scenario, words: str) -> Attribution:
    """Return who brought words into article 6."""
    state = fold_text(act_of(live, LAST) for live in answer(story.kept, LAST))
    (article,) = state.provisions
    return next(one for one in attributions(state, article) if words in one.words)


@pytest.mark.parametrize(
    ("on", "by"),
    [("2023-01-19", ("KEN",)), ("2023-01-20", ("KEN",)), ("2023-01-21", ()), ("2023-01", ())],
)
def test_an_offer_is_credited_if_it_was_surely_there(
    room: Scenario, on: str, by: tuple[str, ...]
) -> None:
    """Choice: an offer of a month may be later than a draft within it, one of its day is not."""
    room.given(
        *drafted("d-1", "2023-01-10", "States shall act."),
        always("a", "KEN", on),
        *drafted("d-2", "2023-01-20", "States shall always act."),
    )
    assert by == credit(room, "always").by


def test_words_are_in_since_the_offer_that_was_surely_first(room: Scenario) -> None:
    """Choice: of two that offer the same words, that of a month counts from its last day."""
    room.given(
        *drafted("d-1", "2023-01-10", "States shall act."),
        always("of-the-month", "CHN", "2023-01"),
        always("of-the-day", "KEN", "2023-01-20"),
        *drafted("d-2", "2023-02-10", "States shall always act."),
    )
    attribution = credit(room, "always")
    assert (attribution.on, {"CHN", "KEN"}) == ("2023-01-20", set(attribution.by))


@few
@given(kept=drafting_histories())
def test_credits_cover_every_word_once(kept: list[StoredEntry]) -> None:
    """The passages of a provision joined are its text, and shares count each word of it."""
    drafting = drafting_of(kept)
    for provision in drafting.provisions:
        credits_ = list(attributions(drafting, provision))
        assert "".join(c.words for c in credits_) == provision.text
        total = counted(words(provision.text))
        assert all(share.of == total and share.words <= total for share in shares(credits_))


def test_a_paragraph_that_was_proposed_and_never_came_in_does_not_stand(room: Scenario) -> None:
    """Where the text has no such paragraph, all words of the offer to add it are gone."""
    room.given(
        *drafted("d-1", "2023-01-10", "States shall act."),
        amendment("a", "art-6", "KEN", action="add", provision="art-6/2", text="They report."),
    )
    drafting = drafting_of(room.kept)
    passages = survivals(drafting, drafting.offers["a"])
    assert passages == [Survival("art-6/2", "They report.", kept=False)]


def test_an_offer_is_credited_though_what_it_would_replace_was_changed(room: Scenario) -> None:
    """Choice: one that cannot be carried over counts as a change of the text as it became."""
    room.given(
        *drafted("d-1", "2023-01-10", "States shall act."),
        amendment("a", "art-6", "KEN", action="replace", words="act", text="report promptly"),
        *drafted("d-2", "2023-01-20", "States shall speak."),
        *drafted("d-3", "2023-02-10", "States shall report promptly."),
    )
    assert credit(room, "promptly").by == ("KEN",)
