"""What each rule would give, who is pivotal, and how many can turn it: against trying it all."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain.votes import UNDECLARED
from negotrack.domain.voting_rules import Poll, Rule, verdict
from negotrack.projections.votes.rule_outcomes import ALTERNATIVES, rule_outcome
from negotrack.projections.votes.voter_stances import VoterStance
from strategies import few

NAMES = ("AUT", "BEL", "CHN", "DEU", "EGY")
PARTS = {"EU": ("AUT", "BEL"), "G77": ("CHN", "EGY")}
RULES = (
    Rule("consensus", "consensus"),
    Rule("simple", "simple-majority"),
    Rule("thirds", "two-thirds"),
    Rule("absolute", "absolute-majority"),
    Rule("qualified", "qualified-majority", share=Fraction(1, 2), fewest=2),
    Rule("quorate", "simple-majority", quorum=Fraction(3, 5)),
    Rule("each", "component-majority", components=("EU", "G77")),
)


@st.composite
def rooms(draw: st.DrawFn) -> list[VoterStance]:
    """Up to five delegations that stand somewhere, or of whom something is assumed."""
    stances = []
    for name in NAMES[: draw(st.integers(1, len(NAMES)))]:
        answer = draw(st.sampled_from(UNDECLARED))
        objects = answer == "no" and draw(st.booleans())
        assumed = not objects and draw(st.booleans())
        stances.append(VoterStance(name, "undeclared", answer, assumed, objects))
    return stances


def _decided(rule: Rule, room: list[VoterStance]) -> bool | None:
    """Return what a rule decides, counted as plainly as can be."""

    def poll(of: list[VoterStance]) -> Poll:
        answers = [one.answer for one in of]
        objections = sum(one.objects for one in of)
        counts = answers.count("yes"), answers.count("no"), answers.count("abstain")
        return Poll(*counts, members=len(of), objections=objections)

    parts = {
        name: poll([o for o in room if o.delegation in members]) for name, members in PARTS.items()
    }
    return verdict(rule, poll(room)._replace(components=parts)).adopted


def _changed(
    room: list[VoterStance], who: tuple[int, ...], to: tuple[object, ...]
) -> list[VoterStance]:
    changed = list(room)
    for place, change in zip(who, to, strict=True):
        changed[place] = changed[place]._replace(**change._asdict())  # type: ignore[attr-defined]
    return changed


def _can_turn(
    rule: Rule, room: list[VoterStance], who: tuple[int, ...], given_: object
) -> set[object]:
    """Return every other verdict that some delegations can bring about together."""
    verdicts = (
        _decided(rule, _changed(room, who, to)) for to in product(ALTERNATIVES, repeat=len(who))
    )
    return {one for one in verdicts if one != given_}


@few
@given(room=rooms(), rule=st.sampled_from(RULES))
def test_the_pivotal_are_those_who_turn_it_alone(room: list[VoterStance], rule: Rule) -> None:
    """Whoever is named can turn the verdict by itself in some way, and nobody else can."""
    outcome = rule_outcome(rule, room, PARTS)
    assert outcome.verdict.adopted == _decided(rule, room)
    can = [
        one.delegation
        for place, one in enumerate(room)
        if outcome.verdict.adopted is not None
        and _can_turn(rule, room, (place,), outcome.verdict.adopted)
    ]
    assert list(outcome.pivotal) == can


@few
@given(room=rooms(), rule=st.sampled_from(RULES))
def test_fewer_than_the_fewest_cannot_turn_it(room: list[VoterStance], rule: Rule) -> None:
    """The number that is given can bring about the opposite verdict, and one less cannot."""
    outcome = rule_outcome(rule, room, PARTS)
    given_ = outcome.verdict.adopted
    if outcome.fewest is None:
        return
    places = range(len(room))
    can = {
        count: any(
            (not given_) in _can_turn(rule, room, who, given_)
            for who in combinations(places, count)
        )
        for count in (outcome.fewest - 1, outcome.fewest)
    }
    assert can == {outcome.fewest - 1: False, outcome.fewest: True}


@few
@given(room=rooms(), rule=st.sampled_from(RULES))
def test_settled_is_what_no_undeclared_can_change(room: list[VoterStance], rule: Rule) -> None:
    """A verdict is settled if it is the same whatever is assumed of the undeclared."""
    given_ = {
        _decided(rule, [o._replace(answer=a) if o.assumed else o for o in room]) for a in UNDECLARED
    }
    settled = rule_outcome(rule, room, PARTS).settled
    assert settled == (given_ == {_decided(rule, room)})


def test_the_fewest_are_told_for_the_usual_rules() -> None:
    """Of a room of three, it says how many can turn a simple majority and two thirds."""
    room = [
        VoterStance("AUT", "support", "yes", assumed=False, objects=False),
        VoterStance("BEL", "support", "yes", assumed=False, objects=False),
        VoterStance("CHN", "oppose", "no", assumed=False, objects=False),
    ]
    outcomes = [rule_outcome(rule, room, PARTS) for rule in RULES[1:3]]
    assert [(one.verdict.adopted, one.fewest, one.pivotal) for one in outcomes] == [
        (True, 1, ("AUT", "BEL")),
        (True, 1, ("AUT", "BEL")),
    ]
