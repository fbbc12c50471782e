"""How the room stands, and came to stand: held against the positions of the law."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from negotrack.domain.specification import answer, effective
from negotrack.domain.voting_rules import Rule
from negotrack.facts.rows import row_of
from negotrack.projections.positions.memberships import current_memberships, members_of
from negotrack.projections.positions.positions import Resolution, positions
from negotrack.projections.votes.tally import (
    Supposed,
    Tally,
    TallyQuery,
    VotingContext,
    electors,
    tally,
)
from negotrack.projections.votes.trend import days_of, ends_of, trend
from shorthand import delegation, joined, left, takes, votes
from strategies import ASKED, TARGETS, few, histories

if TYPE_CHECKING:
    from conftest import Scenario
    from negotrack.domain.canonical import StoredEntry
    from negotrack.facts.rows import Row
    from negotrack.projections.positions.memberships import Memberships

STATES = ("AUT", "CHN", "KEN")
DAY = "2023-01-31"


def _rows(kept: list[StoredEntry], day: str, target: str = "art-6") -> list[Row]:
    rows = [row_of(n, live, day) for n, live in enumerate(answer(kept, day))]
    return [row for row in rows if row.target in (None, target)]


def _room(*rules: Rule, day: str = DAY) -> VotingContext:
    return VotingContext("demo", day, STATES, rules)


def _tally(story: Scenario, question: TallyQuery | None = None, *rules: Rule) -> Tally:
    rows = _rows(story.kept, DAY)
    return tally(rows, "art-6", _room(*rules), question or TallyQuery())


def _where(found: Tally) -> dict[str, str]:
    return {one.delegation: one.counted for one in found.voter_stances}


# -- for all histories ------------------------------------------------------------------------


@few
@given(kept=histories(), day=st.sampled_from(ASKED), target=st.sampled_from(TARGETS))
def test_a_tally_counts_the_positions(kept: list[StoredEntry], day: str, target: str) -> None:
    """Every state stands where its position is, and is undeclared where it has none."""
    rows = _rows(kept, day, target)
    held = {p.delegation: p for p in positions(rows)}
    found = tally(rows, target, _room(day=day), TallyQuery())
    for one in found.voter_stances:
        mine = held.get(one.delegation)
        assert one.stance == (mine.stance if mine else None)
        assert one.entry == (mine.entry if mine else None)
    assert [one.delegation for one in found.voter_stances] == list(STATES)
    assert sum(found.total.counts.values()) == len(STATES)
    assert set(found.others) == set(held) - set(STATES)


@few
@given(kept=histories(), day=st.sampled_from(ASKED), target=st.sampled_from(TARGETS))
def test_a_trend_ends_where_the_tally_is(kept: list[StoredEntry], day: str, target: str) -> None:
    """At each of its days a trend has the counts of a tally of that day, and between, the last."""
    found = tally(_rows(kept, day, target), target, _room(day=day), TallyQuery())
    all_rows = _rows(kept, day, target)
    points = trend(all_rows, days_of(all_rows, "day", day), _states, found.option, Resolution())
    for point in points:
        then = tally(
            _rows(kept, point.day, target), target, _room(day=point.day), TallyQuery(found.option)
        )
        if found.option is not None or then.option is None:
            assert point.total.counts == then.total.counts
    if points:
        assert points[-1].total == found.total
        assert all(a.total != b.total for a, b in pairwise(points))
    else:
        assert found.total.counts["undeclared"] == len(STATES)


def _states(_day: str, _belongs: Memberships) -> tuple[str, ...]:
    return STATES


@few
@given(kept=histories(), target=st.sampled_from(TARGETS))
def test_a_group_counts_its_members(kept: list[StoredEntry], target: str) -> None:
    """The counts of a group are those of its members that may vote."""
    rows = _rows(kept, DAY, target)
    found, belongs = tally(rows, target, _room(), TallyQuery()), current_memberships(rows)
    where = _where(found)
    for count in found.groups:
        assert count.group is not None
        its = [name for name in members_of(count.group, belongs) if name in STATES]
        mine = Counter(where[name] for name in its)
        assert (count.members, count.counts) == (len(its), {w: mine[w] for w in count.counts})


# -- stories ----------------------------------------------------------------------------------


def test_stances_are_taken_for_votes(room: Scenario) -> None:
    """Acceptance is a vote in favour, a reservation an abstention, a red line one against."""
    room.given(takes("AUT", "accept", "art-6"), takes("CHN", "block", "art-6"))
    room.given(takes("KEN", "reserve", "art-6"))
    found = _tally(room)
    assert [(one.answer, one.objects) for one in found.voter_stances] == [
        ("yes", False),
        ("no", True),
        ("abstain", False),
    ]


def test_what_is_assumed_of_the_undeclared_is_told(room: Scenario) -> None:
    """Who has no position does what is assumed, and nothing else is assumed of anybody."""
    room.given(takes("AUT", "oppose", "art-6"))
    found = _tally(room, TallyQuery(undeclared="yes"))
    assert [(one.answer, one.assumed) for one in found.voter_stances] == [
        ("no", False),
        ("yes", True),
        ("yes", True),
    ]
    assert found.undeclared == ("CHN", "KEN")


def test_a_group_takes_its_silent_members_along(room: Scenario) -> None:
    """A group that is supposed to speak moves its members, but those that spoke or voted."""
    room.given(*(joined(code, "EU", on="1995") for code in STATES))
    room.given(takes("KEN", "support", "art-6"), votes("CHN", "yes", "art-6"))
    found = _tally(room, TallyQuery(supposing=(Supposed("EU", "oppose"),)))
    assert _where(found) == {"AUT": "oppose", "CHN": "support", "KEN": "support"}
    assert found.before is not None
    assert _where(found.before) == {"AUT": "undeclared", "CHN": "support", "KEN": "support"}


def test_a_delegation_is_supposed_to_take_its_words_back(room: Scenario) -> None:
    """Who takes back its own words stands where its group does."""
    room.given(joined("AUT", "EU", on="1995"), takes("EU", "oppose", "art-6"))
    room.given(takes("AUT", "support", "art-6"))
    found = _tally(room, TallyQuery(supposing=(Supposed("AUT", "none"),)))
    assert _where(found)["AUT"] == "oppose"


def test_the_last_supposed_stands(room: Scenario) -> None:
    """Of two things supposed of one delegation the later counts."""
    supposing = (Supposed("AUT", "support"), Supposed("AUT", "oppose"))
    assert _where(_tally(room, TallyQuery(supposing=supposing)))["AUT"] == "oppose"


def test_to_be_for_another_option_is_to_be_against(room: Scenario) -> None:
    """Asked of one option, support for another is a vote against; opposition to it says nothing."""
    room.given(takes("AUT", "support", "scope", option="limited"))
    room.given(takes("CHN", "support", "scope", option="broad"))
    room.given(takes("KEN", "oppose", "scope", option="broad"))
    rows = _rows(room.kept, DAY, "scope")
    found = tally(rows, "scope", _room(), TallyQuery("limited"))
    assert [(o.delegation, o.counted, o.answer, o.assumed) for o in found.voter_stances] == [
        ("AUT", "support", "yes", False),
        ("CHN", "elsewhere", "no", False),
        ("KEN", "elsewhere", "abstain", True),
    ]


def test_the_option_that_most_are_for_is_asked_about(room: Scenario) -> None:
    """Without an option the question is the one that has most support."""
    room.given(takes("AUT", "support", "scope", option="limited"))
    room.given(takes("CHN", "support", "scope", option="broad"))
    room.given(takes("KEN", "accept", "scope", option="broad"))
    rows = _rows(room.kept, DAY, "scope")
    assert tally(rows, "scope", _room(), TallyQuery()).option == "broad"


def test_a_rule_has_its_own_electorate(room: Scenario) -> None:
    """Where the rules name one electorate, its members are counted, and only they vote."""
    rule = Rule("of-eu", "simple-majority", electorate="EU")
    room.given(delegation("G77", "group"), joined("G77", "EU", on="1995"))
    room.given(joined("AUT", "G77", on="1995"), takes("AUT", "support", "art-6"))
    room.given(takes("KEN", "oppose", "art-6"), takes("CHN", "oppose", "art-6"))
    found = _tally(room, None, rule)
    assert (found.electorate, list(_where(found))) == ("EU", ["AUT"])
    told = {r.rule.name: (r.voters, r.verdict.adopted) for r in found.rulings}
    assert told["of-eu"] == (1, True)
    assert told["simple-majority"] == (3, False)


def test_a_usual_rule_that_the_negotiation_has_is_told_once(room: Scenario) -> None:
    """A rule of the negotiation that decides as a usual one stands in its place."""
    own = Rule("thirds", "two-thirds", title="Two thirds", matters="substance")
    found = _tally(room, None, own)
    assert [r.rule.name for r in found.rulings] == [
        "thirds",
        "consensus",
        "simple-majority",
        "absolute-majority",
    ]


def test_a_session_has_a_step_though_nothing_changed(room: Scenario) -> None:
    """Steps by session are all sessions since somebody spoke, and the day asked about."""
    room.given(takes("AUT", "support", "art-6", on="2023-01-17"))
    sessions = [
        ("s-0", "2023-01-10"),
        ("s-1", "2023-01-20"),
        ("s-2", "2023-01-25"),
        ("s-3", "2024"),
    ]
    found = trend(_rows(room.kept, DAY), ends_of(sessions, DAY), _states, None, Resolution())
    assert [point.label for point in found] == ["s-1", "s-2", f"to {DAY}"]


def test_a_trend_follows_the_members_of_a_group(room: Scenario) -> None:
    """Of a group those are counted who are members on each day."""
    room.given(joined("AUT", "EU", on="1995"), takes("EU", "support", "art-6", on="2023-01-17"))
    room.given(joined("KEN", "EU", on="2023-01-18"), left("AUT", "EU", on="2023-01-20"))
    rows = _rows(room.kept, DAY)

    def voters(_day: str, belongs: Memberships) -> list[str]:
        return electors("EU", STATES, belongs)

    found = trend(rows, days_of(rows, "day", DAY), voters, None, Resolution())
    told = [(point.day, point.total.members, point.total.counts["support"]) for point in found]
    assert told == [("2023-01-17", 1, 1), ("2023-01-18", 2, 2), ("2023-01-20", 1, 1)]


def test_what_is_possible_counts_at_the_end(room: Scenario) -> None:
    """A stance of a span that has begun counts on the day asked about, and on none after it."""
    room.given(takes("AUT", "support", "art-6", on="2023-01-17"))
    room.given(takes("KEN", "oppose", "art-6", on="2023"))
    rows = [row_of(0, live, DAY) for live in effective(room.kept)]
    rows = [row for row in rows if row.target == "art-6"]
    found = trend(rows, days_of(rows, "day", DAY), _states, None, Resolution())
    assert [(p.day, p.total.counts["oppose"]) for p in found] == [("2023-01-17", 0), (DAY, 1)]
