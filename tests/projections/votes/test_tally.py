"""How the room stands, and came to stand: against the positions of the specification."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain.voting_rules import Rule
from negotrack.projections.positions.memberships import current_memberships, members_of
from negotrack.projections.positions.positions import positions
from negotrack.projections.votes.tally import Supposed, Tally, TallyQuery, tally
from projections.votes.electorate import DAY, STATES, rows_on, three_states
from shorthand import delegation, joined, takes, votes
from strategies import ASKED, TARGETS, few, histories

if TYPE_CHECKING:
    from conftest import Scenario
    from negotrack.domain.canonical import StoredEntry


def _tally(story: Scenario, question: TallyQuery | None = None, *rules: Rule) -> Tally:
    rows = rows_on(story.kept, DAY)
    return tally(rows, "art-6", three_states(*rules), question or TallyQuery())


def _where(result: Tally) -> dict[str, str]:
    return {one.delegation: one.counted for one in result.voter_stances}


# -- for all histories ------------------------------------------------------------------------


@few
@given(kept=histories(), day=st.sampled_from(ASKED), target=st.sampled_from(TARGETS))
def test_a_tally_counts_the_positions(kept: list[StoredEntry], day: str, target: str) -> None:
    """Every state stands where its position is, and is undeclared where it has none."""
    rows = rows_on(kept, day, target)
    by_delegation = {p.delegation: p for p in positions(rows)}
    result = tally(rows, target, three_states(day=day), TallyQuery())
    for one in result.voter_stances:
        mine = by_delegation.get(one.delegation)
        assert one.stance == (mine.stance if mine else None)
        assert one.entry == (mine.entry if mine else None)
    assert [one.delegation for one in result.voter_stances] == list(STATES)
    assert sum(result.total.counts.values()) == len(STATES)
    assert set(result.others) == set(by_delegation) - set(STATES)


@few
@given(kept=histories(), target=st.sampled_from(TARGETS))
def test_a_group_counts_its_members(kept: list[StoredEntry], target: str) -> None:
    """The counts of a group are those of its members that may vote."""
    rows = rows_on(kept, DAY, target)
    result, belongs = tally(rows, target, three_states(), TallyQuery()), current_memberships(rows)
    where = _where(result)
    for count in result.groups:
        assert count.group is not None
        members = [name for name in members_of(count.group, belongs) if name in STATES]
        mine = Counter(where[name] for name in members)
        assert (count.members, count.counts) == (len(members), {w: mine[w] for w in count.counts})


# -- stories ----------------------------------------------------------------------------------


def test_stances_are_taken_for_votes(room: Scenario) -> None:
    """Acceptance is a vote in favour, a reservation an abstention, a red line one against."""
    room.given(takes("AUT", "accept", "art-6"), takes("CHN", "block", "art-6"))
    room.given(takes("KEN", "reserve", "art-6"))
    result = _tally(room)
    assert [(one.answer, one.objects) for one in result.voter_stances] == [
        ("yes", False),
        ("no", True),
        ("abstain", False),
    ]


def test_what_is_assumed_of_the_undeclared_is_told(room: Scenario) -> None:
    """Who has no position does what is assumed, and nothing else is assumed of anybody."""
    room.given(takes("AUT", "oppose", "art-6"))
    result = _tally(room, TallyQuery(undeclared="yes"))
    assert [(one.answer, one.assumed) for one in result.voter_stances] == [
        ("no", False),
        ("yes", True),
        ("yes", True),
    ]
    assert result.undeclared == ("CHN", "KEN")


def test_a_group_takes_its_silent_members_along(room: Scenario) -> None:
    """A group that is supposed to speak moves its members, but those that spoke or voted."""
    room.given(*(joined(code, "EU", on="1995") for code in STATES))
    room.given(takes("KEN", "support", "art-6"), votes("CHN", "yes", "art-6"))
    result = _tally(room, TallyQuery(supposing=(Supposed("EU", "oppose"),)))
    assert _where(result) == {"AUT": "oppose", "CHN": "support", "KEN": "support"}
    assert result.before is not None
    assert _where(result.before) == {"AUT": "undeclared", "CHN": "support", "KEN": "support"}


def test_a_delegation_is_supposed_to_take_its_words_back(room: Scenario) -> None:
    """Who takes back its own words stands where its group does."""
    room.given(joined("AUT", "EU", on="1995"), takes("EU", "oppose", "art-6"))
    room.given(takes("AUT", "support", "art-6"))
    result = _tally(room, TallyQuery(supposing=(Supposed("AUT", "none"),)))
    assert _where(result)["AUT"] == "oppose"


def test_the_last_supposed_stands(room: Scenario) -> None:
    """Of two things supposed of one delegation the later counts."""
    supposing = (Supposed("AUT", "support"), Supposed("AUT", "oppose"))
    assert _where(_tally(room, TallyQuery(supposing=supposing)))["AUT"] == "oppose"


def test_to_be_for_another_option_is_to_be_against(room: Scenario) -> None:
    """Asked of one option, support for another is a vote against; opposition to it says nothing."""
    room.given(takes("AUT", "support", "scope", option="limited"))
    room.given(takes("CHN", "support", "scope", option="broad"))
    room.given(takes("KEN", "oppose", "scope", option="broad"))
    rows = rows_on(room.kept, DAY, "scope")
    result = tally(rows, "scope", three_states(), TallyQuery("limited"))
    assert [(o.delegation, o.counted, o.answer, o.assumed) for o in result.voter_stances] == [
        ("AUT", "support", "yes", False),
        ("CHN", "elsewhere", "no", False),
        ("KEN", "elsewhere", "abstain", True),
    ]


def test_the_option_that_most_are_for_is_asked_about(room: Scenario) -> None:
    """Without an option the question is the one that has most support."""
    room.given(takes("AUT", "support", "scope", option="limited"))
    room.given(takes("CHN", "support", "scope", option="broad"))
    room.given(takes("KEN", "accept", "scope", option="broad"))
    rows = rows_on(room.kept, DAY, "scope")
    assert tally(rows, "scope", three_states(), TallyQuery()).option == "broad"


def test_a_rule_has_its_own_electorate(room: Scenario) -> None:
    """Where the rules name one electorate, its members are counted, and only they vote."""
    rule = Rule("of-eu", "simple-majority", electorate="EU")
    room.given(delegation("G77", "group"), joined("G77", "EU", on="1995"))
    room.given(joined("AUT", "G77", on="1995"), takes("AUT", "support", "art-6"))
    room.given(takes("KEN", "oppose", "art-6"), takes("CHN", "oppose", "art-6"))
    result = _tally(room, None, rule)
    assert (result.electorate, list(_where(result))) == ("EU", ["AUT"])
    outcomes = {r.rule.name: (r.voters, r.verdict.adopted) for r in result.rulings}
    assert outcomes["of-eu"] == (1, True)
    assert outcomes["simple-majority"] == (3, False)


def test_a_usual_rule_that_the_negotiation_has_is_told_once(room: Scenario) -> None:
    """A rule of the negotiation that decides as a usual one stands in its place."""
    own = Rule("thirds", "two-thirds", title="Two thirds", matters="substance")
    result = _tally(room, None, own)
    assert [r.rule.name for r in result.rulings] == [
        "thirds",
        "consensus",
        "simple-majority",
        "absolute-majority",
    ]


def test_what_a_group_is_supposed_to_say_comes_after_all_that_was_said(room: Scenario) -> None:
    """A member of two groups follows the one that is supposed to speak: it speaks last."""
    room.given(delegation("G77", "group"), joined("AUT", "EU", on="1995"))
    room.given(joined("AUT", "G77", on="1995"), takes("G77", "support", "art-6"))
    result = _tally(room, TallyQuery(supposing=(Supposed("EU", "oppose"),)))
    assert _where(result)["AUT"] == "oppose"
