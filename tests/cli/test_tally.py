"""``tally`` and ``trend``: how the room stands, and how it came to."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

from conftest import about, records
from shorthand import joined, rule, takes, votes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

    Run = Callable[..., Result]


@pytest.fixture
def room_of_three(workspace: Workspace) -> Path:
    """Return a workspace of three states of which one is for art-6, one against, one in the EU."""
    workspace.log(joined("AUT", "EU", on="1995-01-01"))
    workspace.log(rule("thirds", "two-thirds", title="Two thirds of those voting"))
    workspace.log(takes("KEN", "support", "art-6"))
    workspace.log(takes("CHN", "block", "art-6", on="2023-01-17"))
    workspace.log(takes("HRW", "oppose", "art-6"))
    workspace.log(takes("EU", "accept", "scope", option="limited"))
    workspace.log(takes("CHN", "support", "scope", option="broad"))
    workspace.close()
    return workspace.storage.places.root


def _of(part: str, out: str) -> list[dict[str, Any]]:
    return [record for record in records(out) if record["part"] == part]


def _verdicts(out: str) -> dict[str, bool | None]:
    return {record["rule"]: record["adopted"] for record in _of("rule", out)}


def test_a_tally_says_what_it_assumes(run: Run, room_of_three: Path) -> None:
    """The page names how many declared themselves, and what the others are taken to do."""
    out = run("tally", "art-6", at=room_of_three).out
    assert "2 of 3 states of the record declared themselves" in " ".join(out.split())
    assert "the others are taken to be there and abstain (--undeclared)" in " ".join(out.split())
    assert "Without a vote: HRW" in " ".join(out.split())
    assert all(len(line) <= 80 for line in out.splitlines())


@pytest.mark.parametrize("undeclared", ["abstain", "absent", "no", "yes"])
def test_the_undeclared_can_be_taken_for_anything(
    run: Run, room_of_three: Path, undeclared: str
) -> None:
    """Whether something has two thirds depends on what the undeclared are taken to do."""
    out = run(
        "tally", "art-6", "--undeclared", undeclared, "--format", "json", at=room_of_three
    ).out
    assert about(out)["undeclared"] == undeclared
    assert _verdicts(out)["thirds"] is (undeclared == "yes")


def test_a_tally_has_records_of_three_kinds(run: Run, room_of_three: Path) -> None:
    """Counts of all and of each group, a verdict for each rule, and a line for each voter."""
    out = run("tally", "art-6", "--format", "json", at=room_of_three).out
    counts = [(r["group"], r["members"], r["undeclared"]) for r in _of("count", out)]
    assert counts == [(None, 3, 1), ("EU", 1, 1)]
    assert list(_verdicts(out)) == ["thirds", "consensus", "simple-majority", "absolute-majority"]
    voters = {r["delegation"]: (r["stance"], r["answer"]) for r in _of("delegation", out)}
    assert voters == {"AUT": (None, "abstain"), "CHN": ("block", "no"), "KEN": ("support", "yes")}


def test_csv_has_every_key_of_every_kind(run: Run, room_of_three: Path) -> None:
    """As CSV all kinds of record stand under one heading."""
    lines = list(
        csv.DictReader(run("tally", "art-6", "--format", "csv", at=room_of_three).out.splitlines())
    )
    assert {"part", "group", "rule", "adopted", "delegation", "answer"} <= set(lines[0])
    assert [line["part"] for line in lines] == ["count"] * 2 + ["rule"] * 4 + ["delegation"] * 3


def test_to_suppose_something_shows_what_would_change(run: Run, room_of_three: Path) -> None:
    """``--if`` tells the verdict before and after, and who would stand elsewhere."""
    words = ("tally", "art-6", "--if", "CHN=reserve,EU=accept")
    out = run(*words, at=room_of_three).out
    assert "rejected ->" in out
    assert "block -> reserve" in out
    assert "undeclared -> accept" in out
    output = run(*words, "--format", "json", at=room_of_three).out
    assert about(output)["supposed"] is True
    (thirds,) = [r for r in _of("rule", output) if r["rule"] == "thirds"]
    assert (thirds["adopted_before"], thirds["adopted"]) == (False, True)
    assert {r["delegation"]: r["before"] for r in _of("delegation", output)}["CHN"] == "block"


def test_a_block_breaks_consensus_and_its_holder_is_pivotal(run: Run, room_of_three: Path) -> None:
    """The one delegation with a red line is the one that could let a consensus pass."""
    out = run("tally", "art-6", "--rule", "consensus", "--format", "json", at=room_of_three).out
    ((verdict, why, pivotal),) = [(r["adopted"], r["why"], r["pivotal"]) for r in _of("rule", out)]
    assert (verdict, why, pivotal) == (False, "1 objects", ["CHN"])


def test_groups_can_be_chosen(run: Run, room_of_three: Path) -> None:
    """With ``--group`` only that group is counted apart, also if nobody of it may vote."""
    out = run("tally", "art-6", "--group", "EU", "--format", "json", at=room_of_three).out
    assert [r["group"] for r in _of("count", out)] == [None, "EU"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--if", "KEN"), 2, "--if 'KEN' says nobody's stance; write it as KEN=support,EU=oppose"),
        (("--if", "KEN=suport"), 2, "suport is no stance; did you mean support?"),
        (("--if", "KNE=support"), 3, "no delegation KNE; did you mean KEN"),
        (("--group", "KEN"), 3, "KEN (Kenya) is not a group"),
        (("--rule", "thrids"), 3, "no rule thrids; did you mean thirds, two-thirds?"),
        (("--option", "broad"), 3, "art-6 has no options; leave --option out"),
        (("--since", "2022"), 2, "a tally is of all that may vote, on a day; leave --since out"),
        (("--by", "KEN"), 2, "leave --by out"),
    ],
)
def test_what_makes_no_sense_is_refused(
    run: Run, room_of_three: Path, words: tuple[str, ...], code: int, says: str
) -> None:
    """Each refusal is one line that says what is wrong and what to write."""
    refused = run("tally", "art-6", *words, at=room_of_three)
    assert (refused.code, refused.out) == (code, "")
    assert says in refused.err
    assert refused.err.count("\n") == 1


def test_an_option_that_an_issue_does_not_have(run: Run, room_of_three: Path) -> None:
    """Of an issue with options another one is refused, with those that it has."""
    for command in ("tally", "trend"):
        refused = run(command, "scope", "--option", "narrow", at=room_of_three)
        assert (refused.code, refused.out) == (3, "")
        assert "scope has no option narrow; it has broad, limited" in refused.err


def test_an_issue_is_asked_about_by_option(run: Run, room_of_three: Path) -> None:
    """The option is named in the heading and to tools; the option that leads, where none is."""
    out = run("tally", "scope", "--option", "broad", at=room_of_three).out
    assert "Tally of scope (option broad)" in out
    output = run("tally", "scope", "--format", "json", at=room_of_three).out
    assert about(output)["option"] == "limited"


# -- trend --------------------------------------------------------------------------------------


def test_a_trend_is_a_picture_and_the_same_in_numbers(run: Run, room_of_three: Path) -> None:
    """Each day on which a count changed is a line with its figures and its bar of letters."""
    out = run("trend", "art-6", at=room_of_three).out
    assert "2023-01-16  1     2  S" in out.splitlines()
    assert "2023-01-17  1  1  1  SB" in out.splitlines()
    steps = records(run("trend", "art-6", "--format", "json", at=room_of_three).out)
    counts = [(r["on"], r["support"], r["block"], r["undeclared"]) for r in steps]
    assert counts == [("2023-01-16", 1, 0, 2), ("2023-01-17", 1, 1, 1)]


def test_a_trend_begins_where_it_is_asked_to(run: Run, room_of_three: Path) -> None:
    """``--since`` leaves out what was before, and what was said before still counts."""
    words = ("trend", "art-6", "--since", "2023-01-17", "--format", "json")
    steps = records(run(*words, at=room_of_three).out)
    assert [(r["on"], r["support"]) for r in steps] == [("2023-01-17", 1)]


def test_a_trend_by_month_or_session(run: Run, room_of_three: Path) -> None:
    """A month, or a session, is one line with where the room stood at its end."""
    for step, label, day in (("month", "2023-01", "2023-01-17"), ("session", "s-1", "2023-01-20")):
        steps = records(
            run("trend", "art-6", "--step", step, "--format", "json", at=room_of_three).out
        )
        assert (steps[0]["step"], steps[0]["on"], steps[0]["block"]) == (label, day, 1)


def test_a_vote_counts_in_a_trend(run: Run, workspace: Workspace) -> None:
    """Who votes stands where it voted, from the day of the vote on."""
    workspace.log(takes("KEN", "support", "art-6"))
    workspace.log(votes("KEN", "no", "art-6", on="2023-01-18"))
    workspace.close()
    steps = records(run("trend", "art-6", "--format", "json", at=workspace.storage.places.root).out)
    assert [(r["on"], r["support"], r["oppose"]) for r in steps] == [
        ("2023-01-16", 1, 0),
        ("2023-01-18", 0, 1),
    ]


def test_a_count_has_room_for_one_account(run: Run, room_of_three: Path) -> None:
    """All accounts at once cannot be counted."""
    for command in ("tally", "trend"):
        refused = run(command, "art-6", "--accounts", "all", at=room_of_three)
        assert (refused.code, refused.out) == (2, "")
        assert "a count has room for one account" in refused.err
