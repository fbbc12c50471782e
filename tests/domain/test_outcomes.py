"""What can become of a target, and what each outcome says of it."""

from __future__ import annotations

from typing import get_args

from negotrack.domain.outcomes import ADOPTED_BY_RULE, AGREED, OUTCOMES, Outcome


def test_the_type_names_the_outcomes() -> None:
    """What the type of an outcome lets in is a row of the table, and the other way round."""
    assert get_args(Outcome) == tuple(outcome.name for outcome in OUTCOMES)


def test_a_rule_is_held_against_two_outcomes() -> None:
    """Only what was adopted or rejected can contradict what a rule of decision gives."""
    assert ADOPTED_BY_RULE == {"adopted": True, "rejected": False}


def test_three_outcomes_settle_the_words() -> None:
    """What was adopted or agreed, also ad referendum, is settled; what was merged is not."""
    assert AGREED == ("adopted", "agreed", "agreed-ad-referendum")


def test_only_a_merger_names_another_target() -> None:
    """Whatever else becomes of a target, it becomes of that target alone."""
    assert [outcome.name for outcome in OUTCOMES if outcome.into] == ["merged"]
