from __future__ import annotations

import json
import re
import shlex
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from cli.conftest import PARTIES
from conftest import records
from negotrack.cli.fields import example
from negotrack.domain.canonical import decode_verified
from negotrack.domain.catalogue import BY_NOUN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]
    Log = Callable[[str], Result]
    LogJson = Callable[[str], dict[str, Any]]

STANCE = "stance --by KEN --target scope --stance reserve --on 2023-02-01"

SAID = {
    "negotiation": "A demonstration treaty: negotiation opened",
    "session": "First session: Vienna, 2023-01-16/2023-01-20",
    "rescheduling": "session s-1 rescheduled to 2023-01-17/2023-01-20",
    "delegation": "KEN is Kenya (state)",
    "joining": "AUT: joined EU",
    "leaving": "GBR: left EU",
    "document": "issued A/AC.1/1: First draft",
    "signature": "KEN: signed draft-1",
    "issue": "issue scope: How broad?; options broad, limited",
    "provision": "provision art-6/2: Safeguards",
    "wording": "on art-6/2: worded in draft-1: “Nothing permits suppression of rights.”",
    "bracket": "EGY on art-6/2: bracketed [of rights]",
    "bracket-lifting": "on art-6/2: lifted the brackets around [of rights]",
    "proposal": "CHN: tabled false-news: An offence of false news",
    "cosponsorship": "RUS on false-news: became co-sponsor",
    "proposal-revision": "CHN on false-news: revised: Narrower",
    "proposal-withdrawal": "CHN on false-news: withdrawn",
    "amendment": "EGY on art-6/2: moved no-list: No list; delete",
    "amendment-revision": "EGY on no-list: revised: “duties”",
    "amendment-withdrawal": "EGY on no-list: withdrawn",
    "stance": "KEN on scope: support limited",
    "statement": "KEN: Needs more time for this",
    "rule": "rule majority: simple majority, on procedure, quorum 1/3",
    "motion": "EGY on art-6/2: motion no-6-2: Delete paragraph 2",
    "vote": "KEN on no-list: voted no",
    "vote-explanation": "KEN on no-list: explained its vote: The list protects those who report",
    "vote-intention": "KEN on no-list: had intended to vote abstain",
    "decision": "on no-list: rejected by vote 23-102-26",
    "deadline": "deadline 2023-02-10: Written proposals",
    "correction": "corrects {stance}: stance; Misheard",
    "retraction": "retracts {vote}; Logged twice",
}
"""What is said of the example of each kind, in the order of the story."""


def journal(folder: Path) -> dict[str, bytes]:
    """Return every file of the journal and what is in it."""
    files = sorted((folder / "events").rglob("*.jsonl"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def logged(folder: Path) -> list[dict[str, Any]]:
    """Return every entry of the journal, as JSON."""
    lines = [line for text in journal(folder).values() for line in text.splitlines()]
    return [json.loads(decode_verified(line).line) for line in lines]


# -- the examples of the help, told as a story ----------------------------------------------------


EXAMPLES = {noun: example(kind) for noun, kind in BY_NOUN.items()}
"""The example of each kind, as one types it."""


def test_every_kind_has_help_and_an_example() -> None:
    """No kind of entry is without a line of help and an example."""
    assert list(BY_NOUN) == list(SAID)


def test_the_examples_of_all_kinds_tell_a_story(run: Run, office: Path) -> None:
    """Every example can be pasted, one after the other, into a workspace that knows the parties."""
    ids: dict[str, str] = {}
    summaries: dict[str, str] = {}
    for noun, typed in EXAMPLES.items():
        about = ids.get("vote" if noun == "retraction" else "stance", "")
        words = shlex.split(typed.replace("4f2c91", about))
        result = run("log", noun, *words, at=office)
        assert (result.code, result.err) == (0, "")
        ids[noun], _, summaries[noun] = result.out.splitlines()[0].partition(" ")
        assert re.fullmatch(r"[0-9a-f]{10}", ids[noun])
        if noun == "delegation":
            for code in list(PARTIES)[1:]:
                run("log", "delegation", code, at=office)
            run("log", *shlex.split('delegation EU --kind group --name "The Union"'), at=office)
    assert {noun: words.format(**ids) for noun, words in SAID.items()} == summaries


@pytest.mark.parametrize("noun", list(EXAMPLES))
def test_an_example_is_what_the_help_shows(run: Run, noun: str) -> None:
    """The help of each kind shows its example as it is to be typed."""
    result = run("log", noun, "--help", columns=200)
    assert result.code == 0
    assert f"  negotrack log {noun} {EXAMPLES[noun]}\n" in result.out


# -- what is said ---------------------------------------------------------------------------------


def test_a_first_stance_is_told_as_a_change(log: Log) -> None:
    """Logging a stance says where the delegation stood, where it stands, and on what."""
    out = log("stance --by KEN --target art-6/2 --stance reserve --on 2023-01-18").out
    assert out.splitlines()[-1] == "KEN undeclared -> reserve on art-6/2"


def test_a_change_of_stance_is_told_from_the_one_before(log: Log) -> None:
    """The stance before is that of the day, also where a later one was logged already."""
    for stance, day, change in (
        ("reserve", "2023-02-01", "KEN undeclared -> reserve on scope"),
        ("oppose --option broad", "2023-02-03", "KEN reserve -> oppose broad on scope"),
        ("accept --option limited", "2023-02-02", "KEN reserve -> accept limited on scope"),
    ):
        result = log(f"stance --by KEN --target scope --stance {stance} --on {day}")
        assert result.out.splitlines()[-1] == change


def test_another_account_moves_nobody_who_stays(log: Log) -> None:
    """An account that is not the one shown is no move; one that takes its place is."""
    words = "stance --by KEN --target scope --on 2023-02-01 --stance"
    assert log(f"{words} oppose --source https://a.example").out.endswith("oppose on scope\n")
    official = log(f"{words} accept --source https://b.example --confidence official").out
    assert official.splitlines()[-1] == "KEN oppose -> accept on scope"
    other = log(f"{words} support --source https://c.example").out
    assert "->" not in other


def test_a_stance_for_a_group_is_the_groups(log: Log) -> None:
    """Who speaks for a group moves the group and not itself."""
    words = "stance --by AUT --for EU --target scope --stance support --on 2023-02-01"
    assert log(words).out.splitlines()[-1] == "EU undeclared -> support on scope"


def test_the_beginning_of_the_id_is_printed(demo: Path, log: Log, run: Run) -> None:
    """What is printed first can be used as a name of the entry."""
    prefix = log(STANCE).out.split()[0]
    shown = run("show", prefix, "--format", "json", at=demo)
    assert records(shown.out)[0]["value"].startswith(prefix)


def test_tools_get_one_object(demo: Path, log_json: LogJson) -> None:
    """``--json`` prints the id, whether it is new, the type, the session and the change."""
    record = log_json("stance --by KEN --target scope --stance reserve --on 2023-01-17")
    (entry,) = [e for e in logged(demo) if e["type"] == "stance.taken/1"]
    assert record == {
        "entry": entry["id"],
        "new": True,
        "dry_run": False,
        "type": "stance.taken/1",
        "session": "s-1",
        "change": {
            "delegation": "KEN",
            "target": "scope",
            "before": None,
            "now": "reserve",
        },
    }


def test_what_is_no_stance_changes_no_position(log_json: LogJson) -> None:
    """``change`` is null for every other kind."""
    assert log_json("statement --by KEN --says words --on 2023-02-01")["change"] is None


# -- twice, and dry -------------------------------------------------------------------------------


def test_the_same_fact_twice_adds_nothing(demo: Path, log: Log, log_json: LogJson) -> None:
    """A fact that the record holds is not added again; the entry that holds it is named."""
    first = log_json(STANCE)
    before = journal(demo)
    again = log(STANCE)
    assert again.code == 0
    assert again.out == f"{first['entry'][:10]} says this already: nothing was added\n"
    assert log_json(STANCE) | {"change": None} == first | {"new": False, "change": None}
    assert before == journal(demo)


@pytest.mark.parametrize("words", [STANCE, "issue trust --title What? --on 2023-02-01"])
def test_a_dry_run_changes_nothing(demo: Path, log: Log, words: str) -> None:
    """``--dry-run`` says what would be logged and keeps nothing of it."""
    before = journal(demo)
    result = log(f"{words} --dry-run")
    assert result.code == 0
    assert result.out.startswith("would log: ")
    assert before == journal(demo)
    log(words)
    assert before != journal(demo)


def test_a_dry_run_refuses_what_would_be_refused(log: Log) -> None:
    """``--dry-run`` checks every rule."""
    result = log("stance --by KEN --target scope --stance maybe --on 2023-02-01 --dry-run")
    assert result.code == 2
    result = log(
        "stance --by KEN --target scope --stance none --option x --on 2023-02-01 --dry-run"
    )
    assert result.code == 3


def test_tools_are_told_of_a_dry_run(log_json: LogJson) -> None:
    """``--json`` says that it was a dry run."""
    assert log_json(f"{STANCE} --dry-run")["dry_run"] is True


# -- what need not be typed -----------------------------------------------------------------------


def test_a_deed_is_put_into_the_session_of_its_day(demo: Path, log: Log) -> None:
    """A deed on a day of one session belongs to it, and that is said."""
    out = log("statement --by KEN --says words --on 2023-01-20").out
    assert "in s-1, which sat that day (--session none leaves it out)" in out
    (entry,) = [e for e in logged(demo) if e["type"] == "statement.made/1"]
    assert entry["session"] == "s-1"


def test_a_deed_can_be_kept_out_of_the_session(demo: Path, log: Log) -> None:
    """``--session none`` says that the deed was not done in the session."""
    out = log("statement --by KEN --says words --on 2023-01-20 --session none").out
    assert "which sat that day" not in out
    (entry,) = [e for e in logged(demo) if e["type"] == "statement.made/1"]
    assert "session" not in entry


@pytest.mark.parametrize("on", ["2023-01-15", "2023-01", "2023-01-19/2023-01-21"])
def test_a_deed_that_may_be_outside_is_in_no_session(log_json: LogJson, on: str) -> None:
    """A deed on another day, or perhaps on another day, is put into no session."""
    assert log_json(f"statement --by KEN --says words --on {on}")["session"] is None


def test_between_two_sessions_of_a_day_nothing_is_guessed(log: Log, log_json: LogJson) -> None:
    """Where two sessions sat on the day, the deed is put into neither unless one is named."""
    assert log("session s-2 --title Other --city Geneva --days 2023-01-18").code == 0
    words = "statement --by KEN --says words --on 2023-01-18"
    assert log_json(words)["session"] is None
    assert log_json(f"{words} --session 'first session'")["session"] == "s-1"


def test_a_state_is_known_by_its_code(demo: Path, log: Log) -> None:
    """A state's name, kind and aliases are filled in from its code."""
    assert log("delegation CIV").out.endswith(" CIV is Côte d'Ivoire (state)\n")
    (entry,) = [e for e in logged(demo) if e.get("delegation") == "CIV"]
    assert (entry["kind"], entry["name"]) == ("state", "Côte d'Ivoire")
    assert {"Ivory Coast", "Cote d'Ivoire"} <= set(entry["aliases"])


def test_what_is_typed_of_a_state_is_kept(demo: Path, log: Log) -> None:
    """The name of the time stands over the one that would be filled in."""
    assert log('delegation TUR --name Turkey --alias "Republic of Turkey"').code == 0
    (entry,) = [e for e in logged(demo) if e.get("delegation") == "TUR"]
    assert (entry["name"], entry["aliases"]) == ("Turkey", ["Republic of Turkey"])


@pytest.mark.parametrize(
    ("city", "zone"),
    [("Vienna", "Europe/Vienna"), ("New York", "America/New_York"), ("Geneva", "Europe/Zurich")],
)
def test_a_city_of_the_united_nations_has_a_zone(
    demo: Path, log: Log, city: str, zone: str
) -> None:
    """The time zone of a session in one of the usual cities is filled in, and its first day."""
    words = f"session s-3 --title Third --city '{city}' --days 2023-05-01/2023-05-12"
    assert log(words).code == 0
    (entry,) = [e for e in logged(demo) if e.get("session") == "s-3"]
    assert (entry["zone"], entry["on"]) == (zone, "2023-05-01")


def test_another_city_needs_its_zone(log: Log) -> None:
    """Where the zone is not known, it is asked for by the name of its option."""
    result = log("session s-4 --title Fourth --city Lagos --days 2023-05-01/2023-05-12")
    assert result.code == 2
    assert "--zone is needed" in result.err


@pytest.mark.parametrize("word", ["today", "yesterday"])
def test_the_day_may_be_a_word(demo: Path, log: Log, word: str) -> None:
    """``today`` and ``yesterday`` are recorded as the days that they are."""
    assert log(f"statement --by KEN --says words --on {word}").code == 0
    (entry,) = [e for e in logged(demo) if e["type"] == "statement.made/1"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", entry["on"])


# -- names and values -----------------------------------------------------------------------------


def test_names_are_kept_as_codes_and_slugs(demo: Path, log: Log) -> None:
    """An alias or a title may be typed; the entry names the delegation by its code."""
    words = "stance --by kenya --for 'european union' --target SCOPE --stance block --on 2023-02-01"
    assert log(words).code == 0
    (entry,) = [e for e in logged(demo) if e["type"] == "stance.taken/1"]
    assert (entry["by"], entry["for"], entry["target"]) == ("KEN", "EU", "scope")


def test_numbers_are_numbers(demo: Path, log: Log) -> None:
    """The place within the day, the number of a session and a count are whole numbers."""
    assert log("document d --title Draft --on 2023-02-01").code == 0
    words = "session s-5 --title Fifth --city Vienna --days 2023-06-01 --number 5"
    for given in (f"{STANCE} --order 2", words, "signature --document d --count 3 --on 2023-03-01"):
        result = log(given)
        assert (result.code, result.err) == (0, "")
    numbers = {e["type"]: e.get("order", e.get("number", e.get("count"))) for e in logged(demo)}
    assert numbers["stance.taken/1"] == 2
    assert numbers["document.signed/1"] == 3


def test_a_word_is_no_number(log: Log) -> None:
    """What is not a whole number is a wrong use, said in words that people use."""
    result = log(f"{STANCE} --order first")
    assert (result.code, result.out) == (2, "")
    assert "'first' is not a valid integer" in result.err


def test_what_can_be_many_is_given_many_times(demo: Path, log: Log) -> None:
    """Sponsors, options, aliases and sources are repeated options."""
    words = "proposal p --title T --by KEN --sponsor CHN --sponsor emirates --on 2023-02-01"
    assert log(f"{words} --source https://a.example --source https://b.example").code == 0
    (entry,) = [e for e in logged(demo) if e["type"] == "proposal.tabled/1"]
    assert entry["sponsors"] == ["CHN", "ARE"]
    assert entry["sources"] == [
        {"address": "https://a.example"},
        {"address": "https://b.example"},
    ]


def test_the_details_are_of_the_last_source(demo: Path, log: Log) -> None:
    """Title, publisher, quote and the day it was read belong to the source named last."""
    words = f"{STANCE} --source https://a.example --source https://b.example --quote 'We wait.'"
    assert log(f"{words} --publisher P --source-title T --retrieved 2023-02-02").code == 0
    (entry,) = [e for e in logged(demo) if e["type"] == "stance.taken/1"]
    assert entry["sources"] == [
        {"address": "https://a.example"},
        {
            "address": "https://b.example",
            "publisher": "P",
            "quote": "We wait.",
            "retrieved": "2023-02-02",
            "title": "T",
        },
    ]


def test_a_source_may_have_no_address(demo: Path, log: Log) -> None:
    """A source that is not on the web has a title."""
    assert log(f"{STANCE} --source-title 'Notes of the room'").code == 0
    (entry,) = [e for e in logged(demo) if e["type"] == "stance.taken/1"]
    assert entry["sources"] == [{"title": "Notes of the room"}]


def test_the_count_of_a_vote_is_written_with_hyphens(demo: Path, log: Log) -> None:
    """``79-60-33`` is the count of yes, no and abstentions."""
    words = "decision --target scope --outcome adopted --method vote --on 2023-02-01"
    assert log(f"{words} --figures 79-60-33").code == 0
    (entry,) = [e for e in logged(demo) if e["type"] == "decision.taken/1"]
    assert entry["figures"] == {"abstain": 33, "no": 60, "yes": 79}
    refused = log(f"{words} --figures many")
    assert refused.code == 3
    assert "'many' is not the count of a vote; write yes-no-abstain: 79-60-33" in refused.err


def test_a_correction_sets_fields(demo: Path, log: Log, log_json: LogJson, run: Run) -> None:
    """``--set`` takes text as it is, and lists and null as JSON."""
    entry = log_json(f"{STANCE} --reason 'Too early'")["entry"]
    words = f"correction {entry[:8]} --set stance=oppose --set reason=null --reason Misheard"
    assert log(words).code == 0
    (position,) = records(run("positions", "--format", "json", at=demo).out)
    assert (position["stance"], position["reason"], position["entry"]) == ("oppose", None, entry)


@pytest.mark.parametrize(
    ("given", "message"),
    [("stance", "'stance' sets nothing; write FIELD=VALUE"), ("order=x", "is not valid JSON")],
)
def test_a_correction_that_sets_nothing_is_refused(
    log: Log, log_json: LogJson, given: str, message: str
) -> None:
    """What is set is a field and a value."""
    entry = log_json(STANCE)["entry"]
    result = log(f"correction {entry[:8]} --set {given} --reason Misheard")
    assert result.code == 3
    assert message in result.err


def test_a_stance_can_be_taken_back(demo: Path, log: Log, run: Run) -> None:
    """After ``none`` the delegation is undeclared again."""
    log(STANCE)
    log("stance --by KEN --target scope --stance none --on 2023-02-02")
    assert records(run("positions", "--format", "json", at=demo).out) == []


# -- refusals -------------------------------------------------------------------------------------


def test_a_target_given_as_a_date_is_put_right(log: Log) -> None:
    """Who types a target where a date belongs is told where it belongs."""
    result = log("stance --by KEN --target scope --stance support --on scope")
    assert (result.code, result.out) == (3, "")
    assert result.err == "negotrack: 'scope' is not a date; name the target with --target scope\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--by KEM --target scope --stance support", "no delegation KEM; did you mean KEN"),
        ("--by KEN --target scpe --stance support", "no target scpe; did you mean scope"),
        ("--by NPL --target scope --stance support", "NPL (Nepal) is not registered in demo"),
        ("--by KEN --target scope --stance support --option brod", "it has broad, limited"),
        ("--by KEN --target scope --stance support --session s-9", "no session s-9; did you mean"),
        ("--by KEN --target scope --stance support --at 24:00", "'24:00' is not a time of day"),
        ("--by KEN --target art-6/2 --stance support --option x", "art-6/2 has no options"),
    ],
)
def test_what_breaks_a_rule_is_refused(demo: Path, log: Log, words: str, message: str) -> None:
    """A refusal is one line with its cure, exit code 3, and nothing is kept."""
    before = journal(demo)
    result = log(f"stance {words} --on 2023-02-01")
    assert (result.code, result.out) == (3, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 1
    assert before == journal(demo)


def test_a_deed_cannot_be_in_the_future(log: Log) -> None:
    """Only sessions and deadlines can lie ahead."""
    result = log("statement --by KEN --says words --on 2999-01-01")
    assert result.code == 3
    assert "2999-01-01 lies in the future; only sessions and deadlines can" in result.err
    assert log("session s-9 --title Ninth --city Vienna --days 2999-01-01/2999-01-09").code == 0
    assert log("deadline --due 2999-01-01 --title Drafts --on 2023-02-01").code == 0


def test_an_option_is_suggested(log: Log) -> None:
    """A mistyped stance is a wrong use that lists the stances."""
    result = log("stance --by KEN --target scope --stance suport --on 2023-02-01")
    assert result.code == 2
    assert "'support', 'accept', 'reserve', 'oppose', 'block', 'none'" in result.err


# -- prompts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "option"),
    [
        ("stance --target scope --stance support --on 2023-02-01", "--by"),
        ("stance --by KEN --stance support --on 2023-02-01", "--target"),
        ("stance --by KEN --target scope --on 2023-02-01", "--stance"),
        ("stance --by KEN --target scope --stance support", "--on"),
        ("issue trust --on 2023-02-01", "--title"),
    ],
)
def test_without_a_terminal_nothing_is_asked(
    demo: Path, program: Run, words: str, option: str
) -> None:
    """Where nobody can answer, what is missing is named by its option, with exit code 2."""
    result = program("log", *words.split(), at=demo)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"negotrack: {option} is needed: ")


def on_a_terminal(folder: Path, words: str) -> pexpect.spawn[str]:
    """Start the program on a terminal of its own."""
    return pexpect.spawn(
        sys.executable,
        ["-m", "negotrack", "-C", str(folder), *words.split()],
        encoding="utf-8",
        timeout=20,
        dimensions=(24, 100),
    )


def test_on_a_terminal_what_is_missing_is_asked_for(demo: Path) -> None:
    """A person is asked for each required field, and only for those that are missing."""
    with on_a_terminal(demo, "log stance --target scope --option limited") as child:
        child.expect_exact("the delegation that spoke: ")
        child.sendline("kenya")
        child.expect_exact("the stance; none takes it back (support, accept,")
        child.sendline("support")
        child.expect_exact("when it happened in the room [today]: ")
        child.sendline("2023-02-01")
        child.expect_exact("KEN undeclared -> support limited on scope")
        child.expect(pexpect.EOF)
    assert child.exitstatus == 0
    (entry,) = [e for e in logged(demo) if e["type"] == "stance.taken/1"]
    assert (entry["by"], entry["on"]) == ("KEN", "2023-02-01")


def test_on_a_terminal_no_answer_means_today(demo: Path) -> None:
    """Who only presses Enter at the question for the day gets the date of today."""
    days = {f"{datetime.now(UTC):%Y-%m-%d}"}
    with on_a_terminal(demo, "log stance --by KEN --target scope --stance support") as child:
        child.expect_exact("when it happened in the room [today]: ")
        child.sendline("")
        child.expect_exact("KEN undeclared -> support on scope")
        child.expect(pexpect.EOF)
    days.add(f"{datetime.now(UTC):%Y-%m-%d}")
    (entry,) = [e for e in logged(demo) if e["type"] == "stance.taken/1"]
    assert entry["on"] in days


def test_a_wrong_choice_is_asked_for_again(demo: Path) -> None:
    """An answer that is none of the choices is asked for again."""
    with on_a_terminal(demo, "log stance --by KEN --target scope --on 2023-02-01") as child:
        child.expect_exact("the stance; none takes it back (support, accept,")
        child.sendline("maybe")
        child.expect_exact("the stance; none takes it back (support, accept,")
        child.sendline("block")
        child.expect_exact("KEN undeclared -> block on scope")
        child.expect(pexpect.EOF)
    assert child.exitstatus == 0


def test_an_interrupted_prompt_logs_nothing(demo: Path) -> None:
    """Control-C at a question ends with 130, and nothing is kept."""
    before = journal(demo)
    with on_a_terminal(demo, "log stance --by KEN --target scope --on 2023-02-01") as child:
        child.expect_exact("the stance; none takes it back (support, accept,")
        child.sendintr()
        # What is pressed between the question and the reading of its answer, Python overlooks.
        while child.expect_exact(["negotrack: interrupted", pexpect.TIMEOUT], timeout=2):
            child.sendintr()
        child.expect(pexpect.EOF)
    assert child.exitstatus == 130
    assert before == journal(demo)
