from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import pytest

from conftest import ROOT, records
from negotrack.workspace import Workspace
from shorthand import query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]
    Take = Callable[..., Result]

CALLS = """\
rcid,session,importantvote,date,unres,amend,para,short,descr
3,1,0,1946-01-01,R/1/66,1,0,"RULES, OF PROCEDURE",TO ADOPT
5,28,1,1973-10-16,,0,1,,"The ""part"" of it"
4,27,0,1973-10-17,R/1/66,,,Elections,
"""
VOTES = """\
rcid,country,country_code,vote
3,China,TW,yes
5,China,CN,no
3,Cuba,CU,abstain
4,Yemen Arab Republic,,yes
5,German Democratic Republic,DD,no
3,Kenya,KE,no
4,Cuba,CU,yes
"""
DATA = sorted(ROOT.parent.glob("*/data/unga/un_votes.csv.gz"))
"""The voting data of the General Assembly, where somebody keeps them beside this folder."""


@pytest.fixture
def take(run: Run, demo: Path, tmp_path: Path) -> Take:
    """Return what imports a text as a form."""

    def taker(text: str | bytes, form: str, *options: str) -> Result:
        file = tmp_path / "input"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("import", str(file), "--as", form, *options, at=demo)

    return taker


def rolls(folder: Path) -> dict[str, dict[str, int]]:
    """Return how many votes of each word there are on each thing."""
    with Workspace(folder) as opened:
        roll_calls = opened.storage.index.slices.rolls(query("demo")).rolls
        return {
            roll.target: {word: bits.bit_count() for word, bits in roll.answers.items()}
            for roll in roll_calls
        }


# -- the General Assembly ---------------------------------------------------------------------


@pytest.fixture
def assembly(take: Take, demo: Path) -> Path:
    """Return a workspace with a few roll calls and their votes."""
    assert take(CALLS, "assembly-roll-calls").out == "6 added, 0 known already, 0 refused\n"
    assert take(VOTES, "assembly-votes").out == "11 added, 0 known already, 0 refused\n"
    return demo


def test_votes_of_the_assembly_are_counted(assembly: Path) -> None:
    """The votes are those of the table, though it goes from one roll call to another and back."""
    assert rolls(assembly) == {
        "rc-3": {"yes": 1, "abstain": 1, "no": 1},
        "rc-4": {"yes": 2},
        "rc-5": {"no": 2},
    }


def test_votes_have_the_days_of_their_roll_calls(run: Run, assembly: Path) -> None:
    """A seat has the code of who held it on the day."""
    rows = records(run("replay", "--format", "json", "--target", "rc-3", at=assembly).out)
    cast = {(r["by"], r["on"], r["session"]) for r in rows if r["type"] == "vote.cast"}
    assert cast == {(by, "1946-01", "ga-1") for by in ("TWN", "CUB", "KEN")}


def test_states_and_sessions_get_their_names(run: Run, assembly: Path) -> None:
    """States are registered where they are missing, sessions with the days of their roll calls."""
    names = {r["name"]: r for r in json.loads(run("names", "--format", "json", at=assembly).out)}
    assert {"TWN", "CUB", "YEM", "DDR"} <= set(names)
    assert names["KEN"]["title"] == "Kenya"
    assert (names["ga-28"]["first"], names["ga-28"]["last"]) == ("1973-10-16",) * 2


def test_maps_can_be_repeated(take: Take, assembly: Path) -> None:
    """The same input adds nothing, and one that goes on adds what is new."""
    assert take(CALLS, "assembly-roll-calls").out == "0 added, 3 known already, 0 refused\n"
    assert take(VOTES, "assembly-votes").out == "0 added, 7 known already, 0 refused\n"
    more = VOTES + "5,Cuba,CU,no\n"
    assert take(more, "assembly-votes").out == "1 added, 7 known already, 0 refused\n"
    assert rolls(assembly)["rc-5"] == {"no": 3}


def test_an_import_of_votes_can_be_tried(take: Take, demo: Path) -> None:
    """``--dry-run`` checks everything and keeps nothing."""
    result = take(CALLS, "assembly-roll-calls", "--dry-run")
    assert result == (0, "6 would be added, 0 known already, 0 refused\n", "")
    assert "no roll call rc-3" in take(VOTES, "assembly-votes").err
    assert rolls(demo) == {}


def test_a_roll_call_needs_no_order(take: Take) -> None:
    """Dates and sessions may step back from one row to the next."""
    heading, *rows = CALLS.splitlines(keepends=True)
    assert take(heading + "".join(reversed(rows)), "assembly-roll-calls").code == 0


HAZARDS = (
    VOTES
    + """\
9,Cuba,CU,yes
4,Atlantis,,yes
4,Kenya,KE,aye
3,Cuba,CU,yes
4,Kenya
5,Kenya,KE,yes
"""
)


def test_every_fault_of_a_table_has_its_line(take: Take, assembly: Path) -> None:
    """All faults are named, and nothing is taken in."""
    before = rolls(assembly)
    result = take(HAZARDS, "assembly-votes")
    assert (result.code, result.out) == (3, "")
    assert [line.split(";")[0] for line in result.err.splitlines()[:5]] == [
        "line 9: no roll call rc-9 in the record",
        "line 10: no state 'Atlantis' on 1973-10-17",
        "line 11: no vote 'aye'",
        "line 12: CUB (Cuba) votes twice in rc-3",
        "line 13: 2 cells under 4 columns",
    ]
    assert rolls(assembly) == before


def test_keep_going_takes_the_good_rows(take: Take, assembly: Path) -> None:
    """What is not refused is taken in."""
    result = take(HAZARDS, "assembly-votes", "--keep-going")
    assert (result.code, result.out) == (3, "1 added, 7 known already, 5 refused\n")
    assert rolls(assembly)["rc-5"] == {"no": 2, "yes": 1}


def test_faults_come_first_twenty(take: Take, assembly: Path) -> None:  # noqa: ARG001
    """Of many faults the first twenty are shown, and all are counted."""
    result = take(VOTES + "9,Cuba,CU,yes\n" * 30, "assembly-votes")
    lines = result.err.splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == [f"line {n}" for n in range(9, 29)]
    assert "30 of the entries cannot be taken in" in lines[-1]


def test_a_pipe_of_votes_is_read(program: Run, assembly: Path) -> None:
    """``import -`` reads from standard input."""
    result = program("import", "-", "--as", "assembly-votes", at=assembly, stdin=VOTES.encode())
    assert result == (0, "0 added, 7 known already, 0 refused\n", "")


def test_the_record_is_open_before(run: Run, office: Path) -> None:
    """A map says what happened in a negotiation, and so there is one."""
    (office / "votes.csv").write_text(VOTES)
    result = run("import", str(office / "votes.csv"), "--as", "assembly-votes", at=office)
    assert (result.code, "the record is empty; begin with" in result.err) == (3, True)


@pytest.mark.parametrize(
    ("form", "heading", "needed"),
    [
        ("assembly-roll-calls", "rcid,session,date", "date"),
        ("assembly-votes", "rcid,country,vote", "vote"),
        ("stances", "delegation,target,stance", "target"),
        ("memberships", "member,group,from", "group"),
    ],
)
def test_a_table_has_its_columns(take: Take, form: str, heading: str, needed: str) -> None:
    """A heading with a column too few, twice, or misspelt is refused, and what it has instead."""
    missing = heading.replace(f",{needed}", "")
    for text, message in [
        (f"{missing}\n", f"line 1: no column {needed!r}; it has {heading.replace(',', ', ')}"),
        (f"{heading},{needed}\n", f"line 1: the column {needed!r} is there twice"),
        (f"{missing},{needed}x\n", f"line 1: no column '{needed}x'; did you mean {needed}"),
        (f"{heading}\r\n", "line 1: the lines end with CR LF; convert them to LF"),
        ("\ufeff" + heading, "line 1: the input begins with a byte-order mark"),
        ("", "the input is empty"),
    ]:
        result = take(text, form)
        assert (result.code, result.out) == (3, "")
        assert message in result.err
    assert "line 3: not valid UTF-8" in take(heading.encode() + b"\n\n\xff\n", form).err


# -- stances and memberships ------------------------------------------------------------------


def test_a_plain_table_of_stances(run: Run, demo: Path, take: Take) -> None:
    """Delegations and targets are known by their names; a stance may have only its session."""
    text = (
        "delegation,target,stance,option,on,session,source,quote\n"
        "kenya,scope,support,broad,2023-01-16,,https://a.example,We do.\n"
        "Emirates,How broad?,oppose,,,First session,,\n"
    )
    assert take(text, "stances").out == "2 added, 0 known already, 0 refused\n"
    assert take(text, "stances").out == "0 added, 2 known already, 0 refused\n"
    rows = records(run("replay", "--target", "scope", "--format", "json", at=demo).out)
    stances = [(r["by"], r["summary"]) for r in rows if r["type"] == "stance.taken"]
    assert stances == [("KEN", "support broad"), ("ARE", "oppose")]


def test_faults_of_stances(take: Take) -> None:
    """Whatever a row lacks is said with its line."""
    text = (
        "delegation,target,stance,option,on\n"
        "KEM,scope,support,,2023-01-16\n"
        "KEN,scop,support,,2023-01-16\n"
        "KEN,scope,supports,,2023-01-16\n"
        "KEN,scope,support,wide,2023-01-16\n"
        "France,scope,support,,2023-01-16\n"
        "KEN,scope,support,,2023-13-16\n"
    )
    lines = take(text, "stances").err.splitlines()
    for number, message in enumerate(
        [
            "no delegation KEM; did you mean KEN",
            "no target scop; did you mean scope?",
            "no stance 'supports'; did you mean support?",
            "scope has no option wide",
            "FRA (France) is not registered in demo",
            "there is no day '2023-13-16'",
        ]
    ):
        assert lines[number].startswith(f"line {number + 2}: {message}")


def test_a_plain_table_of_memberships(run: Run, demo: Path, take: Take) -> None:
    """A row is a joining and a leaving; the rows go with the record."""
    text = "member,group,from,until\nAustria,EU,1995-01-01,\nUnited Kingdom,EU,1973,2020-01-31\n"
    assert take(text, "memberships").out == "3 added, 0 known already, 0 refused\n"
    assert take(text, "memberships").out == "0 added, 3 known already, 0 refused\n"
    result = take("member,group,from\nAUT,EU,1999\nAUT,KEN,1999\nEU,EU,1999\n", "memberships")
    assert [line.split(";")[0] for line in result.err.splitlines()[:3]] == [
        "line 2: AUT is a member of EU already: from 1995-01-01 without an end, by the record",
        "line 3: KEN (Kenya) is not a group",
        "line 4: EU would be a member of itself: EU in EU",
    ]
    rows = records(run("replay", "--format", "json", "--by", "GBR", at=demo).out)
    kinds = [(r["type"], r["on"]) for r in rows if r["type"].startswith("group")]
    assert kinds == [("group.joined", "1973"), ("group.left", "2020-01-31")]


# -- popolo -----------------------------------------------------------------------------------

EVENT: dict[str, Any] = {
    "id": "v-1",
    "start_date": "2019-12-27",
    "motion": {"text": "To adopt"},
    "result": "pass",
    "counts": [{"option": "yes", "value": 1}, {"option": "no", "value": 1}],
    "votes": [{"voter_id": "KEN", "option": "yes"}, {"voter_id": "Russia", "option": "no"}],
}
MEMBER = {"member_id": "AUT", "organization_id": "EU", "start_date": "1995-01-01"}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"vote_events": [EVENT], "memberships": [MEMBER]}, indent=2),
        json.dumps([EVENT, MEMBER]),
        json.dumps(EVENT) + "\n" + json.dumps(MEMBER),
    ],
    ids=["object", "list", "lines"],
)
def test_popolo_has_three_forms(run: Run, demo: Path, take: Take, text: str) -> None:
    """An object with lists, a bare list and JSON Lines say the same."""
    assert take(text, "popolo").out == "5 added, 0 known already, 0 refused\n"
    assert take(text, "popolo").out == "0 added, 5 known already, 0 refused\n"
    assert rolls(demo) == {"v-1": {"yes": 1, "no": 1}}
    rows = records(run("replay", "--target", "v-1", "--format", "json", at=demo).out)
    assert [r["type"] for r in rows] == ["motion.put", "decision.taken", *["vote.cast"] * 2]


def test_faults_of_popolo_have_the_lines_of_their_elements(take: Take, demo: Path) -> None:
    """Every fault is named, and nothing is taken in."""
    bad = [EVENT | {"votes": [{"voter_id": "KEM", "option": "yes"}]}, MEMBER | {"start_date": ""}]
    text = "[\n" + ",\n".join(map(json.dumps, bad)) + "\n]"
    result = take(text, "popolo")
    assert (result.code, result.out) == (3, "")
    assert [line.split(";")[0] for line in result.err.splitlines()[:2]] == [
        "line 2: no delegation KEM",
        "line 3: a membership has no start_date",
    ]
    assert rolls(demo) == {}


# -- what the record holds --------------------------------------------------------------------


@pytest.mark.parametrize("lookup", [1, 10**9], ids=["index", "store"])
def test_what_was_corrected_is_still_known(
    run: Run, take: Take, assembly: Path, monkeypatch: pytest.MonkeyPatch, lookup: int
) -> None:
    """An import can be repeated after a mistake of it was corrected; one retracted comes back.

    Whether entries are looked for one by one, or the whole store is read once.
    """
    monkeypatch.setattr("negotrack.use_cases.intake._LOOKUP", lookup)
    rows = records(run("replay", "--format", "json", "--target", "rc-3", at=assembly).out)
    ids = {r["by"]: r["entry"] for r in rows if r["type"] == "vote.cast"}
    run("correct", ids["CUB"], "--set", "vote=no", "--reason", "misheard", at=assembly)
    run("retract", ids["KEN"], "--reason", "it was not a member", at=assembly)
    assert rolls(assembly)["rc-3"] == {"yes": 1, "no": 1}
    assert take(VOTES, "assembly-votes").out == "1 added, 6 known already, 0 refused\n"
    assert take(VOTES, "assembly-votes").out == "0 added, 7 known already, 0 refused\n"


# -- the whole of it --------------------------------------------------------------------------


@pytest.fixture
def excerpt() -> tuple[str, str]:
    """Return the real tables as far as two roll calls go, those on cybercrime."""
    beginnings = ("rcid,", "6138,", "9087,")
    if not DATA:
        pytest.skip("the voting data are not here")
    texts = []
    for name in ("un_roll_calls", "un_votes"):
        with gzip.open(DATA[0].with_name(f"{name}.csv.gz"), "rt", encoding="utf-8") as lines:
            texts.append("".join(line for line in lines if line.startswith(beginnings)))
    return texts[0], texts[1]


def test_the_real_votes_on_cybercrime(demo: Path, take: Take, excerpt: tuple[str, str]) -> None:
    """The counts are those that the United Nations published."""
    calls, cast = excerpt
    assert take(calls, "assembly-roll-calls").code == 0
    assert take(cast, "assembly-votes").code == 0
    assert rolls(demo) == {
        "rc-6138": {"yes": 94, "no": 59, "abstain": 33},
        "rc-9087": {"yes": 79, "no": 60, "abstain": 33},
    }
