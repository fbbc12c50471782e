from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from negotrack.domain.entries import DecisionTaken, MotionPut
from negotrack.domain.values import Figures
from negotrack.exchange.readers.popolo import drafts
from shorthand import DEMO, joined, left, votes

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.exchange.readers.drafts import Names

    ResultsOf = Callable[..., list[tuple[int, Any]]]

EVENT: dict[str, Any] = {
    "id": "Vote/2019.12-27",
    "start_date": "2019-12-27T15:00:00Z",
    "motion": {"text": "Countering the use of ICT"},
    "result": "pass",
    "counts": [
        {"option": "yes", "value": 2},
        {"option": "no", "value": 1},
        {"option": "yes", "value": 1, "group_id": "G77"},
    ],
    "votes": [{"voter_id": "KEN", "option": "yes"}, {"voter_id": "AUT", "option": "no"}],
}
MEMBER = {"person_id": "KEN", "organization_id": "G77", "start_date": "1964-06-15"}
DAY = "2019-12-27"
MOTION = "vote-2019-12-27"


@pytest.fixture
def read(results_of: ResultsOf, names: Names) -> Callable[[Any], list[Any]]:
    """Return what reads a value as Popolo, without the lines."""

    def reader(value: Any) -> list[Any]:
        text = io.BytesIO(json.dumps(value).encode())
        return [result for _, result in results_of(drafts(text, DEMO, names, []))]

    return reader


def test_a_vote_event_is_a_motion_a_decision_and_its_votes(read: Callable[[Any], Any]) -> None:
    """The slug is made of the identifier, the day of the beginning, the count of all voters."""
    motion = MotionPut(
        negotiation=DEMO,
        on=DAY,
        motion=MOTION,
        title="Countering the use of ICT",
        question="adoption",
    )
    decision = DecisionTaken(
        negotiation=DEMO,
        on=DAY,
        target=MOTION,
        outcome="adopted",
        method="vote",
        figures=Figures(yes=2, no=1),
    )
    cast = [votes("KEN", "yes", MOTION, on=DAY), votes("AUT", "no", MOTION, on=DAY)]
    assert read([EVENT]) == [motion, decision, *cast]


@pytest.mark.parametrize(
    ("option", "vote", "note"),
    [
        ("abstain", "abstain", None),
        ("absent", "absent", None),
        ("not voting", "not-participating", None),
        ("paired", "not-participating", "paired"),
    ],
)
def test_every_option_of_the_specification_is_a_vote(
    read: Callable[[Any], Any], option: str, vote: str, note: str | None
) -> None:
    """A pair does not vote, and the entry says that it was one."""
    entries = read([EVENT | {"votes": [{"voter_id": "KEN", "option": option}]}])
    assert entries[-1] == votes("KEN", vote, MOTION, on=DAY, note=note)


def test_a_voter_may_be_an_object(read: Callable[[Any], Any]) -> None:
    """A voter is known by its identifier, or else by its name, as it was called on the day."""
    cast = [
        {"voter_id": "person-9", "voter": {"id": "9", "name": "Kenya"}, "option": "yes"},
        {"voter": {"name": "Gold Coast"}, "option": "no"},
    ]
    entries = read([EVENT | {"start_date": "1957-01-01", "votes": cast}])
    assert [entry.by for entry in entries[2:]] == ["KEN", "GHA"]


def test_what_a_vote_event_does_not_say_is_not_made_up(read: Callable[[Any], Any]) -> None:
    """Without a result there is no decision; a month is a month."""
    entries = read([{"identifier": "A 7", "start_date": "2019-12", "votes": []}])
    assert entries == [
        MotionPut(negotiation=DEMO, on="2019-12", motion="a-7", title="A 7", question="adoption")
    ]


def test_a_membership_is_a_joining_and_a_leaving(read: Callable[[Any], Any]) -> None:
    """One that lasts has no leaving."""
    entries = read([MEMBER, MEMBER | {"end_date": "2001"}])
    both = [joined("KEN", "G77", on="1964-06-15"), left("KEN", "G77", on="2001")]
    assert entries == [both[0], *both]


def test_lists_of_an_object_are_told_apart_by_their_names(read: Callable[[Any], Any]) -> None:
    """What is neither list is passed over."""
    entries = read({"persons": [{"id": "KEN"}], "memberships": [MEMBER], "vote_events": [EVENT]})
    assert [type(entry).__name__ for entry in entries][:2] == ["GroupJoined", "MotionPut"]
    assert len(entries) == 5


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"id": "", "identifier": None}, "the identifier '' of a vote event makes no name"),
        ({"id": "x" * 65}, "makes no name of a motion"),
        ({"id": 7}, "id is no text"),
        ({"start_date": None}, "has no start_date"),
        ({"start_date": "27.12.2019"}, "'27.12.2019' is not a date"),
        ({"result": "passed"}, "no result 'passed'; did you mean pass?"),
        ({"counts": [{"option": "yes", "value": "2"}]}, "the value of a count"),
        ({"counts": [{"option": o, "value": -1} for o in ("yes", "no")]}, "not well-formed"),
        ({"votes": {"yes": 3}}, "votes is no list of objects"),
        ({"motion": "words"}, "motion is no object"),
        ({"votes": [{"voter_id": "XXX", "option": "yes"}]}, "no delegation XXX"),
        ({"votes": [{"option": "yes"}]}, "there is no voter_id"),
        ({"votes": [{"voter_id": "KEN", "option": "aye"}]}, "no option 'aye'"),
        ({"votes": EVENT["votes"][:1] * 2}, "KEN votes twice in vote-2019-12-27"),
    ],
)
def test_a_faulty_vote_event_is_refused(
    read: Callable[[Any], Any], cells: dict[str, Any], words: str
) -> None:
    """Whatever is in it, the answer is a sentence."""
    assert words in str(read([EVENT | cells])[-1])


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"start_date": None}, "a membership has no start_date"),
        ({"end_date": "1963"}, "a membership ends on 1963, before it began on 1964-06-15"),
        ({"person_id": "XXX"}, "no delegation XXX"),
        ({"organization_id": None}, "there is no organization_id"),
    ],
)
def test_a_faulty_membership_is_refused(
    read: Callable[[Any], Any], cells: dict[str, Any], words: str
) -> None:
    """Nothing is taken of it."""
    (message,) = read({"memberships": [MEMBER | cells]})
    assert words in message


@pytest.mark.parametrize("value", [[7], [{"name": "Kenya"}], [[]]])
def test_an_element_that_is_neither_is_refused(read: Callable[[Any], Any], value: Any) -> None:
    """A list without a name holds vote events and memberships."""
    (message,) = read(value)
    assert "neither a vote event nor a membership" in message or "is no object" in message


def test_votes_are_no_more_than_the_counts(read: Callable[[Any], Any]) -> None:
    """More votes of a kind than the counts have are a fault in place of the decision."""
    counts = [{"option": "yes", "value": 0}, {"option": "no", "value": 5}]
    messages = read([EVENT | {"counts": counts}])
    assert "vote-2019-12-27 has 0 yes by its counts, and 1 by its votes" in messages[1]
    assert len(messages) == 4


def test_memberships_are_held_against_each_other(read: Callable[[Any], Any]) -> None:
    """One that overlaps another is refused, and one that closes a circle, with their lines."""
    again = MEMBER | {"start_date": "1970"}
    circle = MEMBER | {"person_id": "G77", "organization_id": "EU"}
    back = MEMBER | {"person_id": "EU"}
    messages = read({"memberships": [MEMBER, again, circle, back]})
    assert (
        "KEN is a member of G77 already: from 1964-06-15 without an end, by line 1" in messages[1]
    )
    assert "EU would be a member of itself: EU in G77 in EU" in messages[3]


def test_a_fault_in_one_vote_leaves_the_others(read: Callable[[Any], Any]) -> None:
    """Each fault is said, and each good vote is given."""
    cast = [{"voter_id": "XXX", "option": "yes"}, {"voter_id": "KEN", "option": "no"}]
    assert read([EVENT | {"votes": cast}])[2:] == [
        "no delegation XXX",
        votes("KEN", "no", MOTION, on=DAY),
    ]
