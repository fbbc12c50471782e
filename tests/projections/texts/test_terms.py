"""What an operation on words makes of a text, blanks and all."""

from __future__ import annotations

from negotrack.projections.texts.terms import Terms, text_asked_for


def test_the_last_word_goes_with_the_blank_before_it() -> None:
    """A text from whose very end words are deleted does not end with a blank."""
    assert text_asked_for("Respect human rights", Terms("delete", "rights")) == "Respect human"


def test_of_two_gaps_around_deleted_words_one_is_left() -> None:
    """Also in the midst of a text, two gaps with nothing between them are one."""
    terms = Terms("delete", "human")
    assert text_asked_for("Respect … human … rights", terms) == "Respect … rights"
