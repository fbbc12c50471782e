"""How the words of groups, and the memberships in them, bear on a position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from projections.evidence.stories import Story
from shorthand import correction, joined, left, retraction, takes

if TYPE_CHECKING:
    from negotrack.projections.evidence.explain import Explanation

IN_EU = joined("KEN", "EU", on="1995-01-01")
EU_OPPOSES = takes("EU", "oppose", "art-6")


def roles(explanation: Explanation) -> list[tuple[str, str]]:
    """Return the role and the kind of each entry."""
    return [(e.role, e.kind) for e in explanation.evidence]


def test_a_group_speaks_for_a_silent_member() -> None:
    """Where the delegation said nothing, its group's words decide, by its membership."""
    story = Story(IN_EU, EU_OPPOSES)
    explanation = story.explain()
    assert (explanation.stance, explanation.via, explanation.through) == ("oppose", "group", "EU")
    assert roles(explanation) == [("decides", "stance"), ("membership", "joining")]
    assert explanation.evidence[0].says == "EU: oppose since 2023-01-16"
    assert explanation.evidence[0].why == (
        "KEN said nothing on art-6 itself by 2023-01-31, and it belonged to EU"
    )
    assert explanation.evidence[1].says == "KEN joined EU on 1995-01-01"
    assert explanation.evidence[1].why == "by it KEN was a member on 2023-01-31"


def test_a_member_speaks_for_itself() -> None:
    """A member's own words decide, whatever its group says later."""
    story = Story(IN_EU, takes("KEN", "support", "art-6", on="2023-01-10"), EU_OPPOSES)
    assert (story.explain().stance, story.explain().via) == ("support", "own")
    assert story.one(1).role == "decides"
    assert (story.one(2).role, story.one(2).why) == (
        "own words stand",
        "KEN spoke itself, and its own words stand",
    )


def test_later_words_of_a_group_decide_where_they_were_asked_for() -> None:
    """By the policy ``latest``, own words give way to words of the group on a later day."""
    story = Story(IN_EU, takes("KEN", "support", "art-6", on="2023-01-10"), EU_OPPOSES)
    explanation = story.explain(own_words="latest")
    assert (explanation.stance, explanation.via) == ("oppose", "group")
    assert story.one(2, own_words="latest").why == (
        "it is later than what KEN said itself, and it belonged to EU"
    )
    assert (story.one(1, own_words="latest").role, story.one(1, own_words="latest").why) == (
        "overridden",
        "EU spoke later, on 2023-01-16, and own words were to give way to those of a group",
    )


def test_earlier_words_of_a_group_do_not_decide_either_way() -> None:
    """By the policy ``latest``, own words of the same day or later stand."""
    story = Story(IN_EU, EU_OPPOSES, takes("KEN", "support", "art-6"))
    assert story.explain(own_words="latest").stance == "support"
    assert story.one(1, own_words="latest").role == "own words stand"


def test_a_group_that_spoke_before_own_words_is_no_conflict() -> None:
    """By the policy ``latest``, of two groups only the one that spoke later than oneself counts."""
    story = Story(
        IN_EU, joined("KEN", "G77"), EU_OPPOSES, takes("KEN", "support", "art-6"),
        takes("G77", "accept", "art-6", on="2023-01-20"),
    )  # fmt: skip
    assert story.explain(own_words="latest").through == "G77"
    assert story.one(2, own_words="latest").why == "it is no later than the words of KEN itself"


def test_own_words_taken_back_let_the_group_speak() -> None:
    """Who took its own stance back stands where its group does."""
    story = Story(IN_EU, EU_OPPOSES, takes("KEN", "none", "art-6", on="2023-01-20"))
    explanation = story.explain()
    assert (explanation.stance, explanation.through) == ("oppose", "EU")
    assert [e.role for e in explanation.evidence] == ["decides", "taken back", "membership"]
    assert "had taken its own stance on art-6 back" in explanation.evidence[0].why


def test_groups_may_conflict() -> None:
    """Of two groups that stand elsewhere, the one that spoke last decides; the other is named."""
    story = Story(
        IN_EU, joined("KEN", "G77"), EU_OPPOSES,
        takes("G77", "support", "art-6", on="2023-01-17"),
    )  # fmt: skip
    assert (story.explain().stance, story.explain().through) == ("support", "G77")
    assert story.one(2).role == "conflict"
    assert story.one(2).why == "KEN belonged to EU too, but G77 spoke later"


def test_groups_may_agree() -> None:
    """Another group that says the same is no conflict."""
    story = Story(
        IN_EU, joined("KEN", "G77"), EU_OPPOSES,
        takes("G77", "oppose", "art-6", on="2023-01-17"),
    )  # fmt: skip
    assert (story.one(2).role, story.one(3).role) == ("agrees", "decides")
    assert story.one(2).why == "KEN belonged to EU too; G77 said the same later"


def test_a_membership_that_ended_does_not_count() -> None:
    """A group that the delegation had left does not speak for it, and the leaving is named."""
    story = Story(IN_EU, left("KEN", "EU", on="2023-01-12"), EU_OPPOSES)
    assert story.explain().stance is None
    assert [story.one(n).role for n in range(3)] == ["overridden", "left", "not a member"]
    assert story.one(2).why == f"KEN left EU on 2023-01-12 ({story.id(1)})"
    assert story.one(1).why == "by it KEN was no member on 2023-01-31"


def test_a_membership_still_to_come_does_not_count() -> None:
    """A group that the delegation joins after the day does not speak for it yet."""
    story = Story(joined("KEN", "EU", on="2023-03-01"), EU_OPPOSES)
    assert [story.one(n).role for n in range(2)] == ["later", "not a member"]
    assert story.one(1).why == f"KEN joined EU on 2023-03-01, after 2023-01-31 ({story.id(0)})"


def test_a_membership_may_be_possible() -> None:
    """A membership of an uncertain date counts only where that is asked for."""
    story = Story(joined("KEN", "EU", on="2023"), EU_OPPOSES)
    assert story.one(1).role == "not a member"
    assert "which is perhaps later than 2023-01-31" in story.one(1).why
    assert story.one(1, possible=True).role == "decides"
    assert story.one(1, possible=True).why.endswith("but such entries were counted")


def test_a_retracted_membership_is_told() -> None:
    """Where a joining was retracted, the delegation does not belong to the group."""
    story = Story(IN_EU, EU_OPPOSES)
    story.then(retraction(story.kept[0].id))
    assert (story.one(0).role, story.one(1).role) == ("retracted", "not a member")
    assert story.one(1).why == "KEN did not belong to EU on 2023-01-31"


def test_a_membership_corrected_to_another_group_is_told() -> None:
    """A joining that a correction made one of another group is corrected away."""
    story = Story(joined("KEN", "EU"), EU_OPPOSES)
    moved = story.then(correction(story.kept[0].id, group="G77"))
    assert story.one(0).role == "corrected away"
    assert story.one(0).why == (
        f"correction {moved[:8]} of 2023-03-01 made it a membership of KEN in G77"
    )


def test_a_group_within_a_group_speaks() -> None:
    """Where a group belongs to another, that speaks for its members too."""
    story = Story(IN_EU, joined("EU", "G77"), takes("G77", "oppose", "art-6"))
    assert story.explain().through == "G77"
    assert story.one(2).why.endswith("and it belonged to G77 through EU")
    assert [story.one(n).role for n in range(2)] == ["membership", "membership"]


def test_who_joins_twice_or_leaves_unjoined_says_nothing() -> None:
    """What changes no membership is told as that."""
    story = Story(left("KEN", "EU", on="1990"), IN_EU, joined("KEN", "EU"), EU_OPPOSES)
    assert [story.one(n).role for n in range(3)] == ["says nothing", "membership", "says nothing"]
    assert story.one(0).why == "KEN was no member of EU"
    assert story.one(2).why == "KEN was a member already of EU"


def test_a_group_that_took_its_stance_back_says_nothing() -> None:
    """A group without a stance leaves its member undeclared."""
    story = Story(IN_EU, EU_OPPOSES, takes("EU", "none", "art-6", on="2023-01-20"))
    assert (story.explain().stance, story.one(2).role) == (None, "says nothing")


def test_silent_groups_are_named() -> None:
    """A group that said nothing on the target is no evidence, and is named."""
    explanation = Story(IN_EU, takes("EU", "oppose", "scope")).explain()
    assert (explanation.silent, explanation.evidence) == (("EU",), ())


def test_groups_can_be_left_out() -> None:
    """Asked for its own words only, a delegation is explained without its groups."""
    explanation = Story(IN_EU, EU_OPPOSES).explain(own_only=True)
    assert (explanation.stance, explanation.evidence, explanation.silent) == (None, (), ())
