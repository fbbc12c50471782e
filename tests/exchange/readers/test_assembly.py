from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from negotrack.domain.entries import MotionPut, SessionScheduled
from negotrack.exchange.readers.assembly import Call, roll_calls, votes
from shorthand import DEMO, delegation
from shorthand import votes as cast

if TYPE_CHECKING:
    from collections.abc import Callable

    ResultsOf = Callable[..., list[tuple[int, Any]]]

CALLS = {
    "3": Call("rc-3", "1946-01", "1946-01-01", "ga-1"),
    "900": Call("rc-900", "1972-11-20", "1972-11-20", None),
}


def call(rcid: str = "3", **cells: str) -> dict[str, str]:
    """Return a row of roll calls."""
    row = {"rcid": rcid, "session": "1", "date": "1946-01-01", "short": "Elections"}
    return row | cells


def row(rcid: str = "3", country: str = "Cuba", code: str = "CU", vote: str = "yes") -> Any:
    """Return a row of votes."""
    return {"rcid": rcid, "country": country, "country_code": code, "vote": vote}


def motions(results_of: ResultsOf, *rows: dict[str, str]) -> list[Any]:
    """Return what is made of roll calls, without the sessions."""
    results = results_of(roll_calls(enumerate(rows, 2), DEMO, ("ga-1",)))
    return [entry for _, entry in results]


def ballots(
    results_of: ResultsOf, *rows: Any, registered: tuple[str, ...] = ()
) -> list[tuple[int, Any]]:
    """Return what is made of votes."""
    return results_of(votes(enumerate(rows, 2), DEMO, CALLS, registered))


# -- roll calls -------------------------------------------------------------------------------


def test_a_roll_call_is_a_motion(results_of: ResultsOf) -> None:
    """A motion is named by the number of the roll call, and keeps the symbol where there is one."""
    expected = MotionPut(
        negotiation=DEMO,
        on="1946-01",
        session="ga-1",
        motion="rc-3",
        title="Elections",
        question="adoption",
        symbol="R/1/79",
    )
    assert motions(results_of, call(unres="R/1/79")) == [expected]


@pytest.mark.parametrize(
    ("cells", "field", "expected"),
    [
        ({"short": ""}, "title", "Roll call 3"),
        ({"short": "", "descr": "TO ADOPT"}, "title", "TO ADOPT"),
        ({"short": " A \n B "}, "title", "A B"),
        ({"short": "x" * 501}, "title", "x" * 499 + "…"),
        ({"amend": "1"}, "title", "Amendment: Elections"),
        ({"para": "1"}, "question", "part"),
        ({"para": "0", "amend": "0"}, "question", "adoption"),
        ({"unres": ""}, "symbol", None),
        ({"descr": "Elections"}, "note", None),
        ({"descr": "TO ADOPT"}, "note", "TO ADOPT"),
        ({"importantvote": "1"}, "note", "Marked as an important vote."),
        ({"importantvote": "1", "descr": "X"}, "note", "X\nMarked as an important vote."),
        ({"short": "x" * 501}, "note", "x" * 501),
    ],
)
def test_what_a_roll_call_says(
    results_of: ResultsOf, cells: dict[str, str], field: str, expected: object
) -> None:
    """Nothing that a roll call says is lost."""
    (motion,) = motions(results_of, call(**cells))
    assert getattr(motion, field) == expected


@pytest.mark.parametrize(
    ("session", "date", "on"),
    [
        ("30", "1975-11-01", "1975-11"),
        ("57", "2002-12-07", "2002-12"),
        ("57", "2002-12-16", "2002-12-16"),
        ("58", "2003-12-03", "2003-12-03"),
    ],
)
def test_a_day_that_is_none_is_left_out(
    results_of: ResultsOf, session: str, date: str, on: str
) -> None:
    """Up to the 57th session, a date of the table that ends in 1 to 7 knows the month alone."""
    (motion,) = motions(results_of, call(session=session, date=date))[:1]
    assert motion.on == on


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"rcid": "three"}, "rcid is 'three', not a number"),
        ({"date": ""}, "no date in the column date"),
        ({"date": "1946-01"}, "'1946-01' is not a day"),
        ({"date": "1946-02-30"}, "no day '1946-02-30' in the calendar"),
        ({"date": "1.1.1946"}, "is not a date"),
        ({"session": "ES-1"}, "session is 'ES-1', not a number"),
        ({"short": "\ud800"}, "not well-formed"),
        ({"": "3 cells under 9 columns"}, "3 cells under 9 columns; give each row as many"),
    ],
)
def test_a_faulty_roll_call_is_refused(
    results_of: ResultsOf, cells: dict[str, str], words: str
) -> None:
    """What is wrong is said with the line."""
    ((line, message),) = results_of(roll_calls([(7, call() | cells)], DEMO, ()))
    assert line == 7
    assert words in message


def test_sessions_come_after_their_roll_calls(results_of: ResultsOf) -> None:
    """A session has the days of its first and last roll call, in whatever order they come."""
    rows = [
        call("3", date="2004-02-09", session="58"),
        call("4", date="1947-09-20", session="2"),
        call("5", date="2003-11-04", session="58"),
        call("6", date="2003-12-14", session="58"),
    ]
    entries = [entry for _, entry in results_of(roll_calls(enumerate(rows, 2), DEMO, ()))]
    second, late = entries[4:]
    assert isinstance(late, SessionScheduled)
    assert (late.session, late.on, late.days) == ("ga-58", "2003-11-04", "2003-11-04/2004-02-09")
    assert (second.title, second.number) == ("2nd session of the General Assembly", 2)
    assert (second.session, second.days, second.city) == ("ga-2", "1947-09-20", "New York")


@pytest.mark.parametrize("days", [("1997-11-05", "1997-11-12"), ("1997-11-12", "1997-11-05")])
def test_a_month_lasts_longer_than_a_day_in_it(
    results_of: ResultsOf, days: tuple[str, str]
) -> None:
    """A session with a roll call of a month, and one of a day in it, has the days of the month."""
    rows = [call(str(n), date=day, session="52") for n, day in enumerate(days)]
    *_, (_, session) = results_of(roll_calls(enumerate(rows, 2), DEMO, ()))
    assert (session.on, session.days) == ("1997-11", "1997-11")


def test_a_session_of_the_record_stays_as_it_is(results_of: ResultsOf) -> None:
    """Only sessions that are not scheduled yet are scheduled."""
    rows = enumerate([call("3"), call("4", session="2")], 2)
    results = results_of(roll_calls(rows, DEMO, ("ga-1",)))
    assert [e.session for _, e in results if isinstance(e, SessionScheduled)] == ["ga-2"]


@pytest.mark.parametrize(
    ("number", "title"),
    [("2", "2nd"), ("3", "3rd"), ("11", "11th"), ("21", "21st"), ("74", "74th")],
)
def test_sessions_are_counted(results_of: ResultsOf, number: str, title: str) -> None:
    """The title of a session has its number as people write it."""
    (_, _), (_, session) = results_of(roll_calls([(2, call(session=number))], DEMO, ()))
    assert session.title == f"{title} session of the General Assembly"


# -- votes ------------------------------------------------------------------------------------


def test_a_vote_has_the_day_and_the_session_of_its_roll_call(results_of: ResultsOf) -> None:
    """The table of votes has neither."""
    expected = cast("CUB", "no", "rc-3", on="1946-01", session="ga-1")
    assert ballots(results_of, row(vote="no"), registered=("CUB",)) == [(2, expected)]


def test_a_state_is_registered_before_its_first_vote(results_of: ResultsOf) -> None:
    """A state that the record does not have is registered once, on the day of that vote."""
    results = ballots(results_of, row(), row("900"))
    expected = delegation("CUB", on="1946-01", name="Cuba")
    assert results[0] == (2, expected)
    assert [line for line, _ in results] == [2, 2, 3]


@pytest.mark.parametrize(
    ("country", "code", "by"),
    [
        ("Namibia", "NA", "NAM"),
        ("", "NA", "NAM"),
        ("Yugoslavia", "YU", "YUG"),
        ("Zanzibar", "", "EAZ"),
        ("Federal Republic of Germany", "", "DEU"),
        ("Nowhere", "CU", "CUB"),
    ],
)
def test_a_state_is_known_by_name_or_code(
    results_of: ResultsOf, country: str, code: str, by: str
) -> None:
    """The name may be empty or unknown, and so may the code."""
    _, (_, vote) = ballots(results_of, row("3", country, code))
    assert vote.by == by


def test_a_name_means_who_had_the_seat_on_the_day(results_of: ResultsOf) -> None:
    """China is another delegation before resolution 2758 than after."""
    results = ballots(
        results_of, row("3", "China", ""), row("900", "China", ""), registered=("TWN", "CHN")
    )
    assert [vote.by for _, vote in results] == ["TWN", "CHN"]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (row("4"), "no roll call rc-4 in the record; import the roll calls first"),
        (row("x"), "rcid is 'x', not a number"),
        (row(vote="abstian"), "no vote 'abstian'; did you mean abstain?"),
        (row(vote="maybe?"), "no vote 'maybe?'; it is one of yes, abstain, no"),
        (row(country="Atlantis", code=""), "no state 'Atlantis' on 1946-01-01"),
        (row(country="", code=""), "no state ''"),
        (row(country="Cuba", code="CA"), "Cuba is CUB and CA is CAN"),
        ({"": "2 cells under 4 columns"}, "2 cells under 4 columns"),
    ],
)
def test_a_faulty_vote_is_refused(results_of: ResultsOf, cells: dict[str, str], words: str) -> None:
    """What is wrong is said with the line."""
    ((line, message),) = ballots(results_of, cells)
    assert line == 2
    assert words in message


def test_a_state_votes_once_in_a_roll_call(results_of: ResultsOf) -> None:
    """The second vote is refused, though other roll calls came between, and under another name."""
    rows = [row("3", "China", "TW"), row("900"), row("3", "Republic of China", "", "no")]
    results = ballots(results_of, *rows, registered=("TWN", "CUB"))
    assert results[2] == (4, "TWN (Republic of China) votes twice in rc-3; keep one of the rows")
