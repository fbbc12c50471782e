from __future__ import annotations

import json
import shlex
import sqlite3
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from negotrack.domain.catalogue import BY_NOUN
from negotrack.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Say = Callable[..., Result]
    LogJson = Callable[[str], dict[str, Any]]

STANCE = "stance --by KEN --target scope --stance reserve --on 2023-02-01"


@pytest.fixture
def say(demo: Path, run: Callable[..., Result]) -> Say:
    """Return what runs a command in the furnished workspace."""
    return lambda words: run(*shlex.split(words), at=demo)


@pytest.fixture
def done(say: Say) -> LogJson:
    """Return what runs a command that must succeed, and gets what tools are told."""

    def runner(words: str) -> dict[str, Any]:
        result = say(f"{words} --json")
        assert (result.code, result.err) == (0, "")
        record = json.loads(result.out)
        assert isinstance(record, dict)
        return record

    return runner


@pytest.fixture
def given(done: LogJson) -> Callable[[str], str]:
    """Return what logs an entry and returns its id."""
    return lambda words: str(done(f"log {words}")["entry"])


@pytest.fixture
def stance(given: Callable[[str], str]) -> str:
    """Return the id of a stance of Kenya on the scope."""
    return given(STANCE)


@pytest.fixture
def refused(demo: Path, say: Say) -> Callable[..., str]:
    """Return what runs a command that must be refused, in one line, with nothing kept of it."""

    def runner(words: str, code: int = 3) -> str:
        before = kept(demo)
        result = say(words)
        assert (result.code, result.out) == (code, "")
        assert len(result.err.splitlines()) == 1
        assert before == kept(demo)
        return result.err.removeprefix("negotrack: ").rstrip()

    return runner


def kept(folder: Path) -> tuple[dict[str, bytes], list[bytes]]:
    """Return all that journal and store hold."""
    files = {str(p): p.read_bytes() for p in sorted((folder / "events").rglob("*.jsonl"))}
    with sqlite3.connect(Places(folder).store) as db:
        return files, [row[0] for row in db.execute("SELECT state FROM stored_events")]


def positions(say: Say) -> dict[tuple[str, str], str]:
    """Return who stands where."""
    lines = say("positions --format jsonl").out.splitlines()
    return {(p["delegation"], p["target"]): p["stance"] for p in map(json.loads, lines)}


# -- correct ----------------------------------------------------------------------------------


def test_a_corrected_stance_moves_the_position(say: Say, stance: str) -> None:
    """The new id comes first, then the field before and after, then the move of the position."""
    result = say(f"correct {stance[:6]} --set stance=oppose --reason Misheard")
    first, *more = result.out.splitlines()
    assert (result.code, result.err) == (0, "")
    assert first.split(" ", 1)[1] == f"corrects {stance[:10]}: stance; Misheard"
    assert more == [
        "stance: reserve -> oppose",
        "KEN on scope: reserve -> oppose since 2023-02-01",
    ]
    assert positions(say) == {("KEN", "scope"): "oppose"}


def test_tools_get_one_object(done: LogJson, stance: str) -> None:
    """``--json`` prints what was corrected, field by field, and the positions that moved."""
    record = done(f"correct {stance} --set stance=oppose --set option=broad --reason Misheard")
    position = {"option": None, "since": "2023-02-01", "entry": stance}
    assert record == {
        "entry": record["entry"],
        "new": True,
        "dry_run": False,
        "type": "entry.corrected/1",
        "session": None,
        "change": None,
        "about": stance,
        "root": stance,
        "counts": True,
        "fields": [
            {"entry": stance, "field": "stance", "before": "reserve", "now": "oppose"},
            {"entry": stance, "field": "option", "before": None, "now": "broad"},
        ],
        "positions": [
            {
                "delegation": "KEN",
                "target": "scope",
                "before": position | {"stance": "reserve"},
                "now": position | {"stance": "oppose", "option": "broad"},
            }
        ],
    }


def test_another_target_moves_two_positions(say: Say, stance: str) -> None:
    """A stance that was about something else leaves one cell and enters another."""
    out = say(f"correct {stance} --set target=ART-6/2 --reason 'Wrong item'").out
    assert out.splitlines()[1:] == [
        "target: scope -> art-6/2",
        "KEN on scope: reserve -> undeclared",
        "KEN on art-6/2: undeclared -> reserve since 2023-02-01",
    ]


def test_an_earlier_date_is_a_move_too(say: Say, stance: str) -> None:
    """Where only the day is another, both days are told."""
    out = say(f"correct {stance} --set on=2023-01-31 --reason 'A day early'").out
    assert out.splitlines()[-1] == (
        "KEN on scope: reserve since 2023-02-01 -> reserve since 2023-01-31"
    )


def test_an_overtaken_stance_moves_nothing(
    say: Say, stance: str, given: Callable[[str], str]
) -> None:
    """A correction of a stance that a later one replaced tells the field alone."""
    given("stance --by KEN --target scope --stance support --on 2023-02-05")
    out = say(f"correct {stance} --set stance=block --reason Misheard").out
    assert out.splitlines()[1:] == ["stance: reserve -> block"]


def test_of_other_entries_the_fields_are_told(say: Say, given: Callable[[str], str]) -> None:
    """What is no stance moves no position."""
    entry = given("statement --by KEN --says 'More time' --on 2023-02-01")
    out = say(f"correct {entry} --set says='No time' --set confidence=official --reason Typo").out
    assert out.splitlines()[1:] == [
        "says: More time -> No time",
        "confidence: reported -> official",
    ]


@pytest.mark.parametrize(
    ("assignment", "change"),
    [
        ("by=China", "by: KEN -> CHN"),
        ("for='european union'", "for: nothing -> EU"),
        ("target=ART-6/2", "target: scope -> art-6/2"),
        ("session='first session'", "session: nothing -> s-1"),
        ("on=today", "on: 2023-02-01 -> 20"),
        ("order=3", "order: nothing -> 3"),
        ("reason=", "reason: [Too] early -> nothing"),
        ("reason=null", "reason: [Too] early -> nothing"),
        ("reason='[sic]'", "reason: [Too] early -> [sic]"),
        ("""sources='[{"title": "Notes"}]'""", "sources: nothing -> title: Notes"),
    ],
)  # fmt: skip
def test_values_are_understood_as_in_log(
    say: Say, given: Callable[[str], str], assignment: str, change: str
) -> None:
    """Names and aliases resolve, words for days are days, numbers are numbers, nothing is none."""
    entry = given(f"{STANCE} --reason '[Too] early'")
    result = say(f"correct {entry} --set {assignment} --reason x")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[1].startswith(change)


def test_lists_are_separated_or_json(say: Say, given: Callable[[str], str]) -> None:
    """Names in a list resolve one by one."""
    entry = given("proposal p --title T --by KEN --on 2023-02-01")
    out = say(f"correct {entry} --set sponsors='china; Emirates' --reason x").out
    assert out.splitlines()[1] == "sponsors: nothing -> CHN; ARE"
    out = say(f"""correct {entry} --set sponsors='["KEN"]' --reason x""").out
    assert out.splitlines()[1] == "sponsors: CHN; ARE -> KEN"


def test_the_count_of_a_vote_is_corrected(say: Say, given: Callable[[str], str]) -> None:
    """``figures`` take the form of the log."""
    words = "decision --target scope --outcome adopted --method vote --on 2023-02-01"
    entry = given(f"{words} --figures 79-60-33")
    out = say(f"correct {entry} --set figures=79-61-32 --reason x").out
    assert out.splitlines()[1] == (
        "figures: yes: 79, no: 60, abstain: 33 -> yes: 79, no: 61, abstain: 32"
    )


def test_a_correction_has_a_day_and_sources(demo: Path, done: LogJson, stance: str) -> None:
    """``--on`` and the source options are about the correction itself."""
    words = "--set stance=oppose --reason Misheard --on yesterday --source https://a.example"
    record = done(f"correct {stance} {words} --quote 'We oppose.'")
    lines = "".join(p.read_text() for p in (demo / "events").rglob("*.jsonl")).splitlines()
    entry = next(e for e in map(json.loads, lines) if e["id"] == record["entry"])
    assert entry["sources"] == [{"address": "https://a.example", "quote": "We oppose."}]
    assert entry["on"] < entry["recorded_at"][:10]


@pytest.mark.parametrize("words", ["correct {} --set stance=oppose", "retract {}"])
def test_a_dry_run_tells_all_and_keeps_nothing(
    demo: Path, say: Say, stance: str, words: str
) -> None:
    """``--dry-run`` says what would move."""
    before = kept(demo)
    out = say(f"{words.format(stance)} --reason Misheard --dry-run").out
    assert out.startswith("would log: ")
    assert "KEN on scope: reserve -> " in out
    assert before == kept(demo)
    assert positions(say) == {("KEN", "scope"): "reserve"}


def test_a_correction_can_be_corrected(say: Say, done: LogJson, stance: str) -> None:
    """Its reason can be set right; the entry it is about stays as it is."""
    first = done(f"correct {stance} --set stance=oppose --reason Misheard")["entry"]
    out = say(f"correct {first[:6]} --set reason='Mistyped' --reason 'Not misheard'").out
    assert out.splitlines()[1:] == ["reason: Misheard -> Mistyped"]


def test_log_tells_the_same(done: LogJson, stance: str) -> None:
    """``log correction`` and ``correct`` print the same object."""
    words = f"{stance} --set stance=oppose --reason Misheard --dry-run"
    one, other = done(f"correct {words}"), done(f"log correction {words}")
    assert one | {"entry": ""} == other | {"entry": ""}


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        ("stanse=oppose", "a stance has no field 'stanse'; did you mean stance? its fields are"),
        ("Stance=oppose", "did you mean stance?"),
        ("vote=yes", "its fields are on, at, order, session, by, for, target, "),
        ("=x", "a stance has no field ''; its fields are"),
        ("stance", "'stance' sets nothing; write FIELD=VALUE"),
        ("stance=opose", "'opose' is no `stance`; did you mean oppose? it is one of support, "),
        ("confidence=sure", "'sure' is no `confidence`; it is one of official, "),
        ("stance=reserve", "`stance` is reserve already: setting it changes nothing"),
        ("by=kenya", "`by` is KEN already: setting it changes nothing"),
        ("note=", "`note` is nothing already: setting it changes nothing"),
        ("confidence=reported", "`confidence` is reported already"),
        ("stance=", "`stance` cannot be taken away: the entry needs it"),
        ("on=null", "`on` cannot be taken away"),
        ("by=KEM", "no delegation KEM; did you mean KEN"),
        ("by=FIN", "FIN (Finland) is not registered in demo; register it first"),
        ("for=KEN", "KEN cannot act on behalf of itself"),
        ("target=scpe", "no target scpe; did you mean scope"),
        ("target=KEN", "no target KEN"),
        ("session=s-9", "no session s-9; did you mean s-1"),
        ("option=narrow", "scope has no option narrow; it has broad, limited"),
        ("on=2999-01-01", "2999-01-01 lies in the future"),
        ("on=2023-02-30", "no day"),
        ("at=24:00", "'24:00' is not a time of day"),
        ("order=x", "the value of order is not valid JSON"),
        ("order=2.5", "`order` is '2.5', not a whole number; write e.g. order=2"),
        ("order=1e999", "`order` is '1e999', not a whole number"),
        ("order=99999999999999999999", "not a whole number"),
        ("order=-1", "the correction does not fit the entry"),
        ("sources=https://a.example", "`sources` is a list of sources in JSON"),
        ("sources=[", "the value of sources is not valid JSON"),
        ("""'sources=[{"publisher": "UN"}]'""", "neither an address nor a title"),
        ("negotiation=other", "`negotiation` cannot be corrected; retract the entry and log it"),
        ("id=1234", "`id` cannot be corrected"),
        ("recorded_by=me", "`recorded_by` cannot be corrected"),
        ("type=vote.cast/1", "`type` cannot be corrected"),
    ],
)
@pytest.mark.parametrize("command", ["correct", "log correction"])
def test_a_wrong_correction_is_refused(
    refused: Callable[..., str], stance: str, command: str, assignment: str, message: str
) -> None:
    """A refusal is one line with its cure, and store and journal are as they were."""
    assert message in refused(f"{command} {stance} --set {assignment} --reason x")


def test_a_field_is_set_once(refused: Callable[..., str], stance: str) -> None:
    """Two values for one field are one too many."""
    words = f"correct {stance} --set stance=oppose --set stance=block --reason x"
    assert refused(words) == "`stance` is set twice; set it once"


def test_what_was_set_already_changes_nothing(
    done: LogJson, refused: Callable[..., str], stance: str
) -> None:
    """The value that counts is the one after the corrections made so far."""
    done(f"correct {stance} --set stance=oppose --reason Misheard")
    assert "`stance` is oppose already" in refused(
        f"correct {stance} --set stance=oppose --reason Misheard"
    )
    assert done(f"correct {stance} --set stance=reserve --reason 'Heard well'")["counts"]


def test_an_old_correction_is_not_said_again(
    done: LogJson, refused: Callable[..., str], stance: str
) -> None:
    """A correction that was overtaken by another is repeated with a reason of its own."""
    done(f"correct {stance} --set stance=oppose --reason Misheard")
    done(f"correct {stance} --set stance=block --reason Misheard")
    words = f"correct {stance} --set stance=oppose --reason"
    assert "says this already" in refused(f"{words} Misheard", 4)
    assert done(f"{words} 'Heard again'")["positions"][0]["now"]["stance"] == "oppose"


def test_what_a_correction_sets_is_not_corrected(
    done: LogJson, refused: Callable[..., str], stance: str
) -> None:
    """The cure says what to do instead."""
    first = done(f"correct {stance} --set stance=oppose --reason Misheard")["entry"]
    for words in ('set={"stance":"block"}', "entry=1234"):
        message = refused(f"correct {first} --set '{words}' --reason x")
        assert "cannot be corrected; retract that correction, and correct the entry anew" in message


def test_a_time_that_the_clocks_skip_is_refused(
    given: Callable[[str], str], refused: Callable[..., str]
) -> None:
    """The hard rules hold for the entry as corrected: here the hour was none in Vienna."""
    given("session s-2 --title Second --city Vienna --days 2022-03-21/2022-04-01")
    entry = given("statement --by KEN --says x --on 2022-03-27 --at 03:30")
    assert "the clocks of Europe/Vienna skip 02:30" in refused(
        f"correct {entry} --set at=02:30 --reason x"
    )


def test_a_name_is_not_corrected(given: Callable[[str], str], refused: Callable[..., str]) -> None:
    """Who would rename what is in use is told by how many; what nobody uses is logged anew."""
    entry = given("issue trust --title What? --on 2023-01-01")
    words = f"correct {entry} --set issue=scope --reason x"
    assert "is the name by which other entries know it" in refused(words)
    given("stance --by KEN --target trust --stance support --on 2023-02-01")
    assert "issue trust is in use: 1 entry names it" in refused(words, 4)


# -- what is in use -------------------------------------------------------------------------------


def naming(demo: Path, noun: str, name: str) -> str:
    """Return the id of the entry that brought a name."""
    lines = "".join(p.read_text() for p in (demo / "events").rglob("*.jsonl")).splitlines()
    entries = (e for e in map(json.loads, lines) if e["type"] == BY_NOUN[noun].tag)
    return next(str(e["id"]) for e in entries if e[noun] == name)


@pytest.mark.parametrize(
    ("noun", "use", "message"),
    [
        ("delegation KEN", STANCE, "delegation KEN is in use: 1 entry names it"),
        ("delegation EU", "joining --by AUT --group EU --on 1995-01-01", "delegation EU is"),
        ("delegation EU", STANCE + " --for EU", "negotrack timeline --by EU"),
        ("delegation EU", STANCE + " --aligned-with EU", "delegation EU is in use"),
        ("delegation EU", "proposal p --title T --sponsor EU --on 2023-02-01", "1 entry"),
        ("issue scope", STANCE, "issue scope is in use: 1 entry names it"),
        ("provision art-6/2", STANCE.replace("scope", "art-6/2"), "timeline --target art-6/2"),
        ("session s-1", "statement --by KEN --says x --on 2023-01-17", "--session s-1"),
        ("negotiation demo", STANCE, "negotiation demo is in use"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["retract", "log retraction"])
def test_what_brought_a_used_name_stays(  # noqa: PLR0913, PLR0917 - three fixtures, four words
    demo: Path,
    given: Callable[[str], str],
    refused: Callable[..., str],
    command: str,
    noun: str,
    use: str,
    message: str,
) -> None:
    """An entry whose name others use is not retracted; the refusal says by how many it is used."""
    given(use)
    assert message in refused(f"{command} {naming(demo, *noun.split())} --reason x", 4)


def test_a_name_is_free_when_its_uses_are_retracted(
    demo: Path, given: Callable[[str], str], done: LogJson, refused: Callable[..., str]
) -> None:
    """Only entries that count are uses, as they count now; two of them are two."""
    one, other = given(STANCE), given(STANCE.replace("scope", "art-6/2"))
    delegation = naming(demo, "delegation", "KEN")
    assert "2 entries name it" in refused(f"retract {delegation} --reason x", 4)
    done(f"retract {one} --reason x")
    assert "1 entry names it" in refused(f"retract {delegation} --reason x", 4)
    done(f"correct {other} --set by=CHN --reason x")
    assert not done(f"retract {delegation} --reason x")["counts"]
    assert "delegation CHN is in use" in refused(
        f"retract {naming(demo, 'delegation', 'CHN')} --reason x", 4
    )


def test_a_use_that_a_correction_brought_is_one(
    demo: Path, stance: str, done: LogJson, refused: Callable[..., str]
) -> None:
    """A name is looked for in what corrections set as well."""
    done(f"correct {stance} --set by=CHN --reason x")
    assert "delegation CHN is in use" in refused(
        f"retract {naming(demo, 'delegation', 'CHN')} --reason x", 4
    )


def test_an_option_in_use_stays(
    demo: Path, given: Callable[[str], str], done: LogJson, refused: Callable[..., str]
) -> None:
    """The options of an issue can be corrected, but for those that stances name."""
    given(f"{STANCE} --option broad")
    scope = naming(demo, "issue", "scope")
    words = f"correct {scope} --reason x --set"
    assert "option broad of scope is in use: 1 entry" in refused(f"{words} options=limited", 4)
    assert done(f"{words} options=broad")["fields"][0]["now"] == ["broad"]


def test_a_group_with_members_stays_one(
    demo: Path, given: Callable[[str], str], done: LogJson, refused: Callable[..., str]
) -> None:
    """The kind of a delegation can be corrected, unless it has members."""
    entry = naming(demo, "delegation", "EU")
    done(f"correct {entry} --set kind=office --reason x --dry-run")
    given("joining --by AUT --group EU --on 1995-01-01")
    assert "EU is in use as a group" in refused(f"correct {entry} --set kind=office --reason x", 4)


# -- retract --------------------------------------------------------------------------------------


def test_a_retracted_stance_leaves_the_position(say: Say, stance: str) -> None:
    """The new id comes first, then what counts no longer, then the move of the position."""
    result = say(f"retract {stance[:6]} --reason 'Logged twice'")
    first, *more = result.out.splitlines()
    assert (result.code, result.err) == (0, "")
    assert first.split(" ", 1)[1] == f"retracts {stance[:10]}; Logged twice"
    assert more == [
        "no longer counts: KEN on scope: reserve",
        "KEN on scope: reserve -> undeclared",
    ]
    assert positions(say) == {}


def test_the_stance_before_comes_back(say: Say, stance: str, given: Callable[[str], str]) -> None:
    """Without the last stance the one before it counts."""
    last = given("stance --by KEN --target scope --stance support --on 2023-02-05")
    out = say(f"retract {last} --reason x").out
    assert out.splitlines()[-1] == "KEN on scope: support -> reserve since 2023-02-01"
    assert stance
    assert positions(say) == {("KEN", "scope"): "reserve"}


def test_a_retraction_can_be_retracted(say: Say, done: LogJson, stance: str) -> None:
    """The entry counts again."""
    first = done(f"retract {stance} --reason x")["entry"]
    out = say(f"retract {first} --reason 'It was right'").out
    assert out.splitlines()[1:] == [
        "counts again: KEN on scope: reserve",
        "KEN on scope: undeclared -> reserve since 2023-02-01",
    ]


def test_a_retracted_correction_gives_the_old_words_back(
    say: Say, done: LogJson, stance: str
) -> None:
    """The field and the position go back to what they were."""
    first = done(f"correct {stance} --set stance=oppose --reason x")["entry"]
    out = say(f"retract {first} --reason 'It was right'").out
    assert out.splitlines()[1:] == [
        "stance: oppose -> reserve",
        "KEN on scope: oppose -> reserve since 2023-02-01",
    ]


@pytest.mark.parametrize(
    "command",
    ["correct {} --set stance=oppose", "log correction {} --set note=x", "retract {}",
     "log retraction {}"],
)  # fmt: skip
def test_what_is_retracted_is_gone(
    done: LogJson, refused: Callable[..., str], stance: str, command: str
) -> None:
    """The refusal names the retraction, and the cure is to retract that one."""
    first = done(f"retract {stance} --reason x")["entry"]
    assert refused(f"{command.format(stance)} --reason x", 4) == (
        f"entry {stance[:10]} is retracted already, by {first[:10]}; where it is to count again,"
        f" retract that: negotrack retract {first[:10]} --reason ..."
    )


@pytest.mark.parametrize(
    "command",
    ["correct {} --set stance=oppose", "log correction {} --set note=x", "retract {}",
     "log retraction {}"],
)  # fmt: skip
@pytest.mark.parametrize("prefix", ["0000000", "abc", "KEN", "scope", "%%%%", "-"])
def test_what_is_no_entry_is_refused(
    refused: Callable[..., str], stance: str, command: str, prefix: str
) -> None:
    """An id that is unknown, too short, or none, is refused with its cure."""
    assert stance
    message = refused(f"{command.format(prefix)} --reason x")
    assert message == f"no entry {prefix}; give 4 or more digits of an id; timeline lists them"


@pytest.mark.parametrize("command", ["correct {} --set note=x", "retract {}"])
def test_an_ambiguous_id_is_refused(
    demo: Path, say: Say, refused: Callable[..., str], command: str
) -> None:
    """Where two ids begin so, both are named as far as they differ."""
    drafts = [
        json.dumps({"type": "statement.made/1", "by": "KEN", "on": "2023-02-01", "says": str(n)})
        for n in range(1500)
    ]
    (demo / "drafts.jsonl").write_text("\n".join(drafts))
    assert say(f"import {demo / 'drafts.jsonl'}").code == 0
    ids = sorted(json.loads(line)["id"] for line in say("export").out.splitlines())
    prefix = next(a[:4] for a, b in pairwise(ids) if a[:4] == b[:4])
    message = refused(f"{command.format(prefix)} --reason x")
    assert message.startswith(f"entry {prefix} is ambiguous; it could be {prefix}")


@pytest.mark.parametrize(
    ("words", "option"),
    [("correct {} --reason x", "--set"), ("correct {} --set note=x", "--reason"),
     ("retract {}", "--reason"), ("retract {} --reason ''", "--reason")],
)  # fmt: skip
def test_what_is_missing_is_named(
    program: Callable[..., Result], demo: Path, stance: str, words: str, option: str
) -> None:
    """Without a terminal nothing is asked."""
    result = program(*shlex.split(words.format(stance)), at=demo)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"negotrack: {option} is needed: ")


@pytest.mark.parametrize("command", ["correct {} --set note=x", "retract {}"])
@pytest.mark.parametrize("on", ["2999-01-01", "soon", "2023-02-30", "''"])
def test_the_day_of_an_erratum_is_a_day(
    refused: Callable[..., str], stance: str, command: str, on: str
) -> None:
    """An erratum is dated, and not in the future."""
    assert refused(f"{command.format(stance)} --reason x --on {on}")


# -- undo -----------------------------------------------------------------------------------------


def test_undo_retracts_what_was_logged_last(say: Say, stance: str) -> None:
    """The last entry is retracted, and what that changes is told."""
    result = say("undo")
    first, *more = result.out.splitlines()
    assert (result.code, result.err) == (0, "")
    assert first.split(" ", 1)[1] == f"retracts {stance[:10]}; undone"
    assert more[-1] == "KEN on scope: reserve -> undeclared"


def test_a_second_undo_goes_on(done: LogJson, stance: str, given: Callable[[str], str]) -> None:
    """Undo does not take itself back: it goes on to the entry before."""
    last = given("statement --by KEN --says x --on 2023-02-03")
    assert done("undo")["about"] == last
    assert done("undo --reason 'Wrong meeting'")["about"] == stance


def test_undo_tells_what_it_passed_over(say: Say, done: LogJson, stance: str) -> None:
    """A retraction is passed over, and people are told of it."""
    last = done("log statement --by KEN --says x --on 2023-02-03")["entry"]
    retraction = done(f"retract {last} --reason x")["entry"]
    out = say("undo").out
    assert out.splitlines()[0].split(" ", 1)[1] == f"retracts {stance[:10]}; undone"
    assert out.splitlines()[-1] == f"passed over the retraction {retraction[:10]}"


def test_undo_takes_a_correction_back(done: LogJson, stance: str) -> None:
    """A correction is the last entry as any other is."""
    first = done(f"correct {stance} --set stance=oppose --reason x")["entry"]
    record = done("undo")
    assert (record["about"], record["root"], record["counts"]) == (first, stance, True)
    assert done("undo")["about"] == stance


def test_undo_passes_over_what_is_retracted(done: LogJson, stance: str) -> None:
    """What does not count any more is not undone."""
    last = done("log statement --by KEN --says x --on 2023-02-03")["entry"]
    done(f"retract {last} --reason x")
    assert done("undo")["about"] == stance


def test_undo_leaves_what_others_logged(
    done: LogJson, stance: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everybody undoes their own entries."""
    monkeypatch.setenv("NEGOTRACK_RECORDER", "somebody else")
    done("log statement --by KEN --says x --on 2023-02-03")
    monkeypatch.setenv("NEGOTRACK_RECORDER", "tester")
    assert done("undo")["about"] == stance


@pytest.mark.parametrize("who", ["nobody", 'Zoë "Z" \\ Q', "teste"])
def test_nothing_to_undo_is_refused(
    refused: Callable[..., str], stance: str, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """Who has logged nothing that counts is told so."""
    assert stance
    monkeypatch.setenv("NEGOTRACK_RECORDER", who)
    assert f"{who} has logged nothing that still counts" in refused("undo")


def test_where_only_a_retraction_is_left_undo_names_it(
    done: LogJson, refused: Callable[..., str], stance: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who logged nothing but a retraction is told how to bring back what it took out."""
    monkeypatch.setenv("NEGOTRACK_RECORDER", "somebody else")
    by = done(f"retract {stance} --reason twice")["entry"]
    message = refused("undo")
    assert "somebody else has logged nothing that still counts" in message
    assert f"comes back with: negotrack retract {by[:10]}" in message


def test_a_name_with_quotes_can_undo(done: LogJson, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who they are is compared as the record has it."""
    monkeypatch.setenv("NEGOTRACK_RECORDER", 'Zoë "Z" \\ Q')
    entry = done("log statement --by KEN --says x --on 2023-02-03")["entry"]
    assert done("undo")["about"] == entry


def test_undo_in_an_empty_record_is_refused(office: Path, run: Callable[..., Result]) -> None:
    """There is nothing to undo before anything was logged."""
    result = run("undo", at=office)
    assert (result.code, result.out) == (3, "")
    assert result.err == (
        "negotrack: tester has logged nothing that still counts; entries of others go by their"
        " ids: negotrack retract ID --reason ...\n"
    )


def test_a_dry_undo_keeps_nothing(demo: Path, done: LogJson, stance: str) -> None:
    """``--dry-run`` says what would be undone."""
    before = kept(demo)
    assert done("undo --dry-run") | {"entry": ""} == done("undo --dry-run") | {"entry": ""}
    assert done("undo --dry-run")["about"] == stance
    assert before == kept(demo)


def test_a_used_name_is_not_undone(
    given: Callable[[str], str],
    refused: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What others rest on by now stays."""
    given("issue trust --title What? --on 2023-01-01")
    monkeypatch.setenv("NEGOTRACK_RECORDER", "somebody else")
    given("stance --by KEN --target trust --stance support --on 2023-02-01")
    monkeypatch.setenv("NEGOTRACK_RECORDER", "tester")
    assert "issue trust is in use: 1 entry names it" in refused("undo", 4)


def test_undo_needs_a_reason(refused: Callable[..., str], stance: str) -> None:
    """An empty reason is none."""
    assert stance
    assert "not well-formed" in refused("undo --reason ''")
