"""What tools may rely on: the JSON that is printed, its order, and the exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from conftest import about, records
from negotrack.domain.canonical import decode_verified
from negotrack.domain.dates import span
from negotrack.domain.values import Source
from shorthand import DEMO, correction, delegation, joined, retraction, takes, votes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result
    from negotrack.workspace import Workspace

    Run = Callable[..., Result]

SIXTH = "2023-09-01"


@pytest.fixture
def ask(run: Run, treaty: Path) -> Callable[..., list[dict[str, Any]]]:
    """Return what asks a question of the treaty record and gets the records of the answer."""

    def asker(words: str) -> list[dict[str, Any]]:
        result = run(*words.split(), "--format", "json", at=treaty)
        assert (result.code, result.err) == (0, "")
        return records(result.out)

    return asker


def flat(text: str) -> str:
    """Return words on one line, and without what makes them plain in Markdown."""
    return " ".join(text.replace("\\", "").split())


# -- timeline -------------------------------------------------------------------------------------

TIMELINE: dict[str, type | tuple[type, ...]] = {
    "entry": str,
    "on": str,
    "session": (str, type(None)),
    "type": str,
    "by": (str, type(None)),
    "for": (str, type(None)),
    "target": (str, type(None)),
    "summary": str,
    "sources": list,
    "disputed": list,
    "possible": bool,
}


def test_a_timeline_has_the_promised_keys(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """Every object of a timeline has the keys that tools rely on, with values of their types."""
    timeline = ask("timeline --as-of 2026-11-23")
    assert len(timeline) > 300
    for record in timeline:
        assert [k for k, kind in TIMELINE.items() if not isinstance(record[k], kind)] == []
        assert len(record["entry"]) == 64


def test_a_timeline_of_a_session_is_of_that_session(
    ask: Callable[..., list[dict[str, Any]]],
) -> None:
    """``timeline SESSION`` is what happened in the session, and nothing else."""
    timeline = ask("timeline ahc-6 --as-of 2026-11-23")
    assert {"ahc-6"} == {record["session"] for record in timeline}
    assert ask("timeline --session ahc-6 --as-of 2026-11-23") == timeline


def test_a_timeline_is_in_order(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """A timeline runs by the last day on which each entry may have happened."""
    ends = [span(record["on"]).last for record in ask("timeline --as-of 2026-11-23")]
    assert len(set(ends)) > 50
    assert sorted(ends) == ends


def test_a_source_has_an_address_or_a_title(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """Every entry of the treaty record says where it is known from."""
    for record in ask("timeline --as-of 2026-11-23"):
        assert record["sources"]
        assert all(source.keys() & {"address", "title"} for source in record["sources"])


# -- positions ------------------------------------------------------------------------------------

POSITIONS: dict[str, type | tuple[type, ...]] = {
    "delegation": str,
    "target": str,
    "stance": str,
    "option": (str, type(None)),
    "since": str,
    "via": str,
    "through": (str, type(None)),
    "conflicts": list,
    "entry": str,
    "disputed": list,
    "possible": bool,
}


def test_positions_have_the_promised_keys(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """Every position has the keys that tools rely on, with values of their types."""
    positions = ask("positions --as-of 2026-11-23")
    assert len(positions) > 50
    for record in positions:
        assert [k for k, kind in POSITIONS.items() if not isinstance(record[k], kind)] == []


def test_a_position_is_held_once(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """A delegation holds at most one position on a target, and none that it took back."""
    positions = ask("positions --as-of 2026-11-23")
    cells = [(record["delegation"], record["target"]) for record in positions]
    assert sorted(set(cells)) == sorted(cells)
    assert "none" not in {record["stance"] for record in positions}


def test_positions_are_sorted(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """Positions are sorted by target, option and delegation."""
    positions = ask("positions --as-of 2026-11-23")
    keys = [
        (record["target"], record["option"] or "", record["delegation"]) for record in positions
    ]
    assert sorted(keys) == keys


def test_on_the_last_day_of_the_sixth_session_four_are_broad_and_one_is_limited(
    ask: Callable[..., list[dict[str, Any]]],
) -> None:
    """CARICOM, Russia, China and India stood for a broad scope, the EU for a limited one."""
    positions = ask(f"positions --target scope --own-only --as-of {SIXTH}")
    assert {(r["delegation"], r["stance"], r["option"]) for r in positions} == {
        ("CARICOM", "support", "broad"),
        ("RUS", "support", "broad"),
        ("CHN", "support", "broad"),
        ("IND", "support", "broad"),
        ("EU", "support", "limited"),
    }
    assert all(r["sources"] for r in positions)


def test_on_that_day_viet_nam_stands_against_uruguay_and_australia(
    ask: Callable[..., list[dict[str, Any]]],
) -> None:
    """Viet Nam was against the human-rights language that Uruguay and Australia wanted stronger."""
    positions = {
        r["delegation"]: r for r in ask(f"positions --target human-rights --as-of {SIXTH}")
    }
    stances = {code: positions[code]["stance"] for code in ("VNM", "URY", "AUS")}
    assert stances == {"VNM": "oppose", "URY": "support", "AUS": "support"}
    assert all(positions[code]["sources"] for code in stances)


def test_a_position_says_where_it_comes_from(
    run: Run, ask: Callable[..., list[dict[str, Any]]], workspace: Workspace
) -> None:
    """``via`` tells own words, an alignment, a group and a vote apart; ``through`` names whom."""
    assert {r["via"] for r in ask(f"positions --target scope --own-only --as-of {SIXTH}")} == {
        "own"
    }
    workspace.log(takes("KEN", "support", "scope"))
    workspace.log(takes("CHN", "oppose", "scope", aligned_with="EU"))
    workspace.log(takes("EU", "oppose", "scope"))
    workspace.log(joined("AUT", "EU", on="1995-01-01"))
    workspace.log(votes("HRW", "yes", "scope"))
    workspace.close()
    answer = run("positions", "--format", "json", at=workspace.storage.places.root)
    assert {r["delegation"]: (r["via"], r["through"]) for r in records(answer.out)} == {
        "AUT": ("group", "EU"),
        "CHN": ("aligned", "EU"),
        "EU": ("own", None),
        "HRW": ("vote", None),
        "KEN": ("own", None),
    }


# -- replay ---------------------------------------------------------------------------------------


def test_a_replay_is_canonical_entries_in_order(run: Run, treaty: Path) -> None:
    """``replay --to DATE`` prints whole entries, each of which fits its id, in order."""
    lines = run("replay", "--to", SIXTH, "--format", "jsonl", at=treaty).out.splitlines()
    assert len(lines) > 200
    entries = [decode_verified(line.encode()) for line in lines]
    keys = [(span(e.on).last, e.at or "", e.order or 0, e.recorded_at, i) for i, e, _ in entries]
    assert sorted(keys) == keys
    assert keys[-1][0] <= SIXTH


def test_a_replay_is_the_same_in_both_words_for_the_date(run: Run, treaty: Path) -> None:
    """``--to`` and ``--as-of`` mean the same, and JSON Lines are what replay prints by itself."""
    to = run("replay", "--to", "2021-05-12", at=treaty)
    assert to == run("replay", "--as-of", "2021-05-12", "--format", "jsonl", at=treaty)


def test_two_different_dates_are_refused(run: Run, treaty: Path) -> None:
    """``--to`` and ``--as-of`` with different dates are a wrong use."""
    result = run("replay", "--to", "2021", "--as-of", "2022", at=treaty)
    assert (result.code, result.out) == (2, "")
    assert "--to and --as-of name two dates; give one of them" in result.err


def test_a_replay_by_sessions_says_what_changed(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """``replay --step session`` names the session, and the stance before and after."""
    changes = ask(f"replay --to {SIXTH} --step session")
    eu = next(r for r in changes if r["by"] == "EU" and r["target"] == "scope")
    assert (eu["step"], eu["was"], eu["now"]) == ("ahc-6", None, "support limited")


def test_a_replay_by_days_names_each_day(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """``replay --step day`` has a step for each day on which something happened, in order."""
    changes = ask("replay --to 2021-05-12 --step day")
    steps = [r["step"] for r in changes]
    assert sorted(steps) == steps
    assert {r["step"] for r in changes} == {span(r["on"]).last for r in changes}


def test_a_retracted_entry_is_not_replayed(run: Run, workspace: Workspace) -> None:
    """A replay is of the entries that count: a corrected one with its new fields and its old id."""
    folder = workspace.storage.places.root
    first = workspace.log(takes("KEN", "reserve", "scope")).id
    second = workspace.log(takes("CHN", "support", "scope")).id
    workspace.log(retraction(second))
    fixed = workspace.log(correction(first, stance="oppose")).id
    workspace.close()
    lines = run("replay", "--to", "2023-01-31", "--kind", "stance", at=folder).out.splitlines()
    (kept,) = [json.loads(line) for line in lines]
    assert (kept["id"], kept["stance"], kept["corrected_by"]) == (first, "oppose", [fixed])


# -- filters --------------------------------------------------------------------------------------

OF_STANCES = ("positions", "history IND", "explain positions IND scope")
"""Reading commands about stances alone."""

NARROWED = (
    "timeline",
    "positions",
    "history IND",
    "show scope",
    "replay",
    "replay --step day",
    "changes --since 2023-08-21",
    "changes --known-from 2020",
    "explain timeline 3290427b",
)
"""Reading commands that show what the filters leave."""

NONE_LEFT = ["--kind vote", "--source example.invalid", "--as-of 1999", "--since today"]


@pytest.mark.parametrize("words", NARROWED)
@pytest.mark.parametrize("option", ["--source therecord.media", "--negotiation un-cybercrime"])
def test_every_reading_command_has_the_filters(
    run: Run, treaty: Path, words: str, option: str
) -> None:
    """Session, delegation, target, source and date can be given to every reading command."""
    filters = "--session ahc-6 --by IND --target scope --as-of ahc-6"
    asked = [*words.split(), *filters.split(), *option.split(), "--format", "json"]
    result = run(*asked, at=treaty)
    assert (result.code, result.err) == (0, "")
    assert "Argued for a broader treaty" in result.out


@pytest.mark.parametrize("words", [words for words in NARROWED if words not in OF_STANCES])
def test_what_is_about_all_kinds_can_be_asked_for_one(run: Run, treaty: Path, words: str) -> None:
    """``--kind`` can be given to every reading command that is not about stances alone."""
    filters = "--session ahc-6 --by IND --target scope --as-of ahc-6 --format json --kind"
    result = run(*words.split(), *filters.split(), "stance", at=treaty)
    assert (result.code, result.err) == (0, "")
    assert "Argued for a broader treaty" in result.out


@pytest.mark.parametrize("words", OF_STANCES)
def test_what_is_about_stances_has_no_kind(run: Run, treaty: Path, words: str) -> None:
    """A command about one kind of entry does not ask for the kind."""
    result = run(*words.split(), "--kind", "stance", at=treaty)
    assert (result.code, result.out) == (2, "")
    assert "No such option '--kind'" in result.err


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (words, option)
        for words in ("timeline", "positions", "history IND", "replay", "changes --since 1998")
        for option in NONE_LEFT
        if not (option.startswith("--kind") and words in OF_STANCES)
        and not (option.startswith("--since") and words.startswith("changes"))
    ],
)
def test_a_filter_that_nothing_passes_leaves_nothing(
    run: Run, treaty: Path, words: str, option: str
) -> None:
    """An answer without records is an answer: nothing to show, and exit code 0."""
    base = [*words.split(), "--session", "ahc-6", *option.split(), "--format", "json"]
    result = run(*base, at=treaty)
    assert (result.code, result.err) == (0, "")
    assert (records(result.out), about(result.out)["entries"]) == ([], 0)


def test_a_position_is_asked_for_by_its_holder(
    ask: Callable[..., list[dict[str, Any]]], run: Run, workspace: Workspace
) -> None:
    """``positions --by`` is about positions held, whoever spoke, ``timeline --by`` about acts."""
    assert {"EU"} == {r["delegation"] for r in ask(f"positions --delegation EU --as-of {SIXTH}")}
    workspace.log(takes("KEN", "support", "scope", for_="EU"))
    workspace.close()

    def asked(words: str) -> list[dict[str, Any]]:
        return records(
            run(*words.split(), "--format", "json", at=workspace.storage.places.root).out
        )

    assert [(r["delegation"], r["by"]) for r in asked("positions --delegation EU")] == [
        ("EU", "KEN")
    ]
    assert asked("positions --delegation KEN") == []
    assert [(r["by"], r["for"]) for r in asked("timeline --by KEN --kind stance")] == [
        ("KEN", "EU")
    ]


# -- what an answer is about ----------------------------------------------------------------------

TODAY = "2026-11-24"
"""The day on which these questions are asked: the treaty record was made on the day before."""

ANSWERS = {
    "timeline": "timeline",
    "timeline ahc-6": "timeline",
    "positions": "positions",
    "positions --matrix": "matrix",
    "history IND": "history",
    "replay": "replay",
    "replay --step day": "replay",
    "replay --step session": "replay",
    "changes": "changes",
    "explain timeline 3290427b": "explanation",
    "explain positions IND scope": "explanation",
    "show scope": "show",
    "show IND": "show",
    "show ahc-6": "show",
    "show 3290427b": "show",
}
"""Every reading command, and how its answer is called."""

ABOUT: dict[str, type | tuple[type, ...]] = {
    "answer": str,
    "version": int,
    "negotiation": str,
    "as_of": str,
    "known_at": (str, type(None)),
    "known_from": (str, type(None)),
    "since": (str, type(None)),
    "accounts": str,
    "entries": int,
    "entries_of_the_record": int,
    "possible": int,
    "possible_counted": bool,
    "nothing_since": (str, type(None)),
    "sessions_without_entries": list,
}
"""What every answer says about itself, in this order."""

WITH_SINCE = [words for words in ANSWERS if words != "explain positions IND scope"]
"""A cell is explained by everything that the record has about it; all else can begin somewhere."""


def begun(words: str) -> list[str]:
    """Return the words of a question; ``changes`` is asked from a day on."""
    return [*words.split(), *(["--since", "2022"] if words == "changes" else [])]


@pytest.mark.parametrize(("words", "kind"), ANSWERS.items())
def test_an_answer_says_what_it_is_about(run: Run, treaty: Path, words: str, kind: str) -> None:
    """Before its records an answer says what was asked, and what it rests on."""
    result = run(*begun(words), "--as-of", "ahc-6", "--format", "json", at=treaty)
    assert (result.code, result.err) == (0, "")
    assert records(result.out)
    heading = about(result.out)
    assert [k for k, is_a in ABOUT.items() if not isinstance(heading[k], is_a)] == []
    assert list(heading)[: len(ABOUT)] == list(ABOUT)
    assert (heading["answer"], heading["version"]) == (kind, 3)
    assert (heading["negotiation"], heading["as_of"]) == ("un-cybercrime", SIXTH)
    assert (heading["known_at"], heading["accounts"], heading["possible_counted"]) == (
        None, "official-first", False,
    )  # fmt: skip
    lines = sum(p.read_bytes().count(b"\n") for p in (treaty / "events").rglob("*.jsonl"))
    assert heading["entries_of_the_record"] == lines


@pytest.mark.parametrize("words", ANSWERS)
@pytest.mark.parametrize(
    ("option", "key", "value"),
    [
        ("--as-of ahc-6", "as_of", SIXTH),
        ("--known-at 2026-11-23T23:30+01:00", "known_at", "2026-11-23T22:30:00.000000Z"),
        ("--known-at 2026", "known_at", "2026-12-31T23:59:59.999999Z"),
        ("--possible", "possible_counted", True),
        ("--accounts official-first", "accounts", "official-first"),
        ("--accounts latest", "accounts", "latest"),
        ("--accounts all", "accounts", "all"),
    ],
)
def test_every_reading_command_states_what_was_asked(  # noqa: PLR0913, PLR0917 - a table of cases
    run: Run, treaty: Path, words: str, option: str, key: str, value: object
) -> None:
    """Both dates, possible entries and accounts can be asked for everywhere, and are stated."""
    result = run(*begun(words), *option.split(), "--format", "json", at=treaty)
    if (words, value) == ("positions --matrix", "all"):
        assert (result.code, result.out) == (2, "")
        assert "a cell of the matrix has room for one account; choose" in result.err
        return
    assert (result.code, result.err) == (0, "")
    assert about(result.out)[key] == value


@pytest.mark.parametrize("words", WITH_SINCE)
def test_every_reading_command_begins_where_it_is_asked_to(
    run: Run, treaty: Path, words: str
) -> None:
    """``--since`` can be asked for everywhere, means the first day of a period, and is stated."""
    result = run(*words.split(), "--since", "ahc-6", "--format", "json", at=treaty)
    assert (result.code, result.err) == (0, "")
    assert about(result.out)["since"] == "2023-08-21"


def test_what_happened_before_is_left_out(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """``--since`` asks for what may have happened from that day on."""
    later = ask(f"timeline --since 2023-08-23 --as-of {SIXTH}")
    whole = ask(f"timeline --as-of {SIXTH}")
    assert later == [r for r in whole if span(r["on"]).last >= "2023-08-23"]
    assert 0 < len(later) < len(whole)


def test_a_period_is_a_question_of_a_timeline(
    run: Run, treaty: Path, ask: Callable[..., list[dict[str, Any]]]
) -> None:
    """``timeline A..B`` is from the first day of A to the last of B; other dates are too many."""
    timeline = ask("timeline ahc-5..ahc-6")
    assert timeline
    assert timeline == ask("timeline --since ahc-5 --as-of ahc-6")
    for option in ("--since", "--as-of"):
        result = run("timeline", "2023-Q3", option, "2023", at=treaty)
        assert (result.code, result.out) == (2, "")
        assert "2023-Q3 names a period, and so do --since, --on and --as-of; give one" in result.err


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize(
    ("words", "heading"),
    [
        ("timeline", "Timeline of un-cybercrime"),
        ("positions", "Positions in un-cybercrime"),
        ("positions --matrix", "Positions in un-cybercrime"),
        ("history EU", "History of EU"),
        ("replay", "Replay of un-cybercrime"),
        ("replay --step day", "Replay of un-cybercrime by day"),
        ("changes", "Changes in un-cybercrime"),
    ],
)
def test_a_heading_says_what_was_asked(
    run: Run, treaty: Path, words: str, heading: str, form: str
) -> None:
    """The heading for people has the dates as resolved, and as typed where that is otherwise."""
    dates = "--as-of ahc-6 --since 2023-04 --known-at 2026-12-01T12:00Z --possible"
    out = run(*words.split(), *dates.split(), "--format", form, at=treaty).out
    assert flat(out.partition("\n\n")[0]) == (
        f"{heading}, since 2023-04-01 (2023-04), as of 2023-09-01 (ahc-6), as known at"
        " 2026-12-01T12:00:00.000000Z (2026-12-01T12:00Z), counting what is possible (?)"
    )
    plain = run(*begun(words), "--as-of", SIXTH, "--format", form, at=treaty).out
    assert flat(plain.partition("\n\n")[0]).endswith(f", as of {SIXTH}")


def test_what_sources_tell_differently_is_named(run: Run, workspace: Workspace) -> None:
    """A record names the entries that tell its act otherwise; one account is shown, or all are."""
    for stance, site in (("oppose", "a"), ("accept", "b")):
        source = Source(address=f"https://{site}.example")
        workspace.log(takes("KEN", stance, "scope", sources=(source,)))
    other, shown = (kept.id for kept in list(workspace.entries.recorded(DEMO))[-2:])
    folder = workspace.storage.places.root
    workspace.close()

    def accounts(words: str) -> set[tuple[str, tuple[str, ...]]]:
        rows = records(run(*words.split(), "--format", "json", at=folder).out)
        return {(r["entry"], tuple(r["disputed"])) for r in rows}

    both = {(shown, (other,)), (other, (shown,))}
    assert accounts("positions --accounts all") == accounts("timeline --kind stance") == both
    assert len(accounts("positions")) == 1
    assert accounts("positions") < both
    assert "Where sources differ: official-first." in flat(run("positions", at=folder).out)


def test_what_may_have_happened_is_marked(run: Run, treaty: Path) -> None:
    """With ``--possible`` it is counted and marked, for tools and for people."""
    asked = "positions --target scope --own-only --as-of 2023-08-22 --possible"
    words = asked.split()
    positions = records(run(*words, "--format", "json", at=treaty).out)
    assert [r["possible"] for r in positions] == [True] * 5
    out = run(*words, "--format", "markdown", at=treaty).out
    assert out.count(" 2023-08-21/2023-08-25 ? |") == 5
    assert "Counted with a ?: 5 entries of uncertain date" in flat(out)


# -- questions that contradict themselves ---------------------------------------------------------


@pytest.mark.parametrize("words", ANSWERS)
def test_before_the_record_nothing_was_known(run: Run, treaty: Path, words: str) -> None:
    """A moment before the first entry was recorded is refused, in a sentence with a cure."""
    result = run(*begun(words), "--known-at", "2020", at=treaty)
    assert (result.code, result.out, len(result.err.splitlines())) == (3, "", 1)
    assert "nothing was known at 2020-12-31T23:59:59.999999Z: the first entry" in result.err
    assert result.err.endswith("; ask for a later moment\n")


@pytest.mark.parametrize("words", WITH_SINCE)
def test_what_ends_before_it_begins_is_refused(run: Run, treaty: Path, words: str) -> None:
    """``--since`` after ``--as-of`` is a wrong use."""
    result = run(*words.split(), "--since", "2024", "--as-of", "ahc-6", at=treaty)
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
    assert "--since 2024 lies after 2023-09-01; put the earlier date first" in result.err


@pytest.mark.parametrize("words", ANSWERS)
@pytest.mark.parametrize(
    ("option", "code"),
    [("--known-at nonsense", 3), ("--as-of nonsense", 3), ("--accounts mine", 2)],
)
def test_what_means_nothing_is_refused(
    run: Run, treaty: Path, words: str, option: str, code: int
) -> None:
    """Dates and accounts that nobody understands are refused everywhere, in one line."""
    result = run(*begun(words), *option.split(), at=treaty)
    assert (result.code, result.out, len(result.err.splitlines())) == (code, "", 1)


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ("", 2, "give --from DATE or --known-from MOMENT"),
        ("--to 2023", 2, "give --from DATE or --known-from MOMENT"),
        ("--known-to 2026", 2, "give --from DATE or --known-from MOMENT"),
        ("--from 2023 --known-from 2026", 2, "--known-from of the record; give one of them"),
        ("--since 2023 --known-from 2026", 2, "--known-from of the record; give one of them"),
        ("--from 2023 --since 2023", 2, "name two beginnings; give one of them"),
        ("--from 2022 --to 2023 --as-of 2023", 2, "--to and --as-of name two dates; give one"),
        ("--known-from 2025 --known-to 2026 --known-at 2026", 2, "name two moments; give one"),
        ("--from 2024 --to ahc-6", 2, "--from 2024 (2024-12-31) lies after 2023-09-01; put the"),
        ("--since 2024 --to ahc-6", 2, "--since 2024 lies after 2023-09-01; put the earlier"),
        ("--known-from 2027 --known-to 2026", 2, "put the earlier moment first"),
        ("--known-from 2019 --known-to 2020", 3, "nothing was known at 2020-12-31"),
        ("--from ahc-66", 3, "did you mean ahc-6"),
        ("--known-from ahc-66", 3, "did you mean ahc-6"),
        ("--from 2023 --to 2024-02-30", 3, "there is no day '2024-02-30' in the calendar"),
    ],
)  # fmt: skip
def test_a_bad_span_of_changes_is_refused(
    run: Run, treaty: Path, options: str, code: int, message: str
) -> None:
    """Changes are of the room or of the record, between two ends, the earlier one first."""
    result = run("changes", *options.split(), at=treaty)
    assert (result.code, result.out, len(result.err.splitlines())) == (code, "", 1)
    assert message in result.err


def test_what_was_learned_has_its_own_records(run: Run, treaty: Path) -> None:
    """``changes --known-from`` answers from before the record on: nothing was known then."""
    result = run(
        "changes", "--known-from", "2020", "--target", "scope", "--format", "json", at=treaty
    )
    assert (result.code, about(result.out)["answer"]) == (0, "lessons")
    assert {"learned"} == {r["lesson"] for r in records(result.out)}


@pytest.mark.parametrize("name", ["RUS", "rus", "Russia", "RUSSIA"])
def test_a_delegation_goes_by_all_its_names(
    ask: Callable[..., list[dict[str, Any]]], name: str
) -> None:
    """A delegation is found by its code and its aliases, in any letter case."""
    positions = ask(f"positions --by {name} --target scope --as-of {SIXTH}")
    assert [(r["delegation"], r["option"]) for r in positions] == [("RUS", "broad")]


def test_a_name_may_have_blanks(run: Run, treaty: Path) -> None:
    """The title of a session and the name of a state are names, too, in any letter case."""
    by_title = run("timeline", "Sixth session", "--by", "russian federation", at=treaty)
    assert by_title == run("timeline", "ahc-6", "--by", "RUS", at=treaty)


def test_a_target_takes_in_its_parts(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """``--target art-6`` is also about ``art-6/2``, and not about ``art-61``."""
    targets = {r["target"] for r in ask("timeline --target art-6 --as-of 2024-08-09")}
    assert "art-6/2" in targets
    named = {t for t in targets if t.startswith("art-")}
    assert {t for t in named if t != "art-6" and not t.startswith("art-6/")} <= {
        t for t in named if "art-6-" in t
    }


def test_a_kind_is_a_noun_or_a_type(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """``--kind`` takes the word of ``log`` and the name of the type."""
    votes = ask("timeline --kind vote --as-of 2026")
    assert {"vote.cast"} == {r["type"] for r in votes}
    assert ask("timeline --kind vote.cast --as-of 2026") == votes


def test_a_source_is_any_part_of_it_in_any_case(
    ask: Callable[..., list[dict[str, Any]]],
) -> None:
    """``--source`` looks into addresses, titles and publishers."""
    timeline = ask("timeline ahc-6 --source THERECORD --as-of 2026")
    assert timeline
    assert all("therecord" in json.dumps(r["sources"]).lower() for r in timeline)


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["2023-09-01", "2023-09", "ahc-6", "2023-08-21/2023-09-01"])
def test_a_period_is_asked_as_of_its_last_day(
    ask: Callable[..., list[dict[str, Any]]], words: str
) -> None:
    """A month, a session and a span mean the day on which they end."""
    assert ask(f"positions --target scope --own-only --as-of {SIXTH}") == ask(
        f"positions --target scope --own-only --as-of {words}"
    )


def test_a_year_is_asked_as_of_its_last_day(ask: Callable[..., list[dict[str, Any]]]) -> None:
    """A year means the last day of December."""
    assert ask("timeline --as-of 2023") == ask("timeline --as-of 2023-12-31")


@pytest.mark.parametrize("word", ["today", "yesterday"])
def test_words_for_days(ask: Callable[..., list[dict[str, Any]]], word: str) -> None:
    """Today and yesterday are dates; the treaty record is older than either."""
    assert ask("timeline ahc-6") == ask(f"timeline ahc-6 --as-of {word}")


def test_the_answer_says_which_day_it_is_about(run: Run, treaty: Path) -> None:
    """The first line of a table names the day asked about, the last lines what it rests on."""
    out = run("positions", "--target", "scope", "--own-only", "--as-of", "ahc-6", at=treaty).out
    assert out.splitlines()[0] == "Positions in un-cybercrime, as of 2023-09-01 (ahc-6)"
    assert flat(out.rpartition("\n\n")[2]).startswith("5 positions on scope; the record has ")


def test_an_entry_of_uncertain_date_is_told_and_not_counted(run: Run, treaty: Path) -> None:
    """Inside a span the entry does not count, and the answer says that there is one."""
    out = run("positions", "--target", "scope", "--as-of", "2023-08-22", at=treaty).out
    assert out.startswith("Positions in un-cybercrime, as of 2023-08-22\n\nNothing to show.")
    assert "Not counted: 5 entries of uncertain date" in flat(out)


def test_an_empty_period_says_since_when_nothing_is_known(run: Run, treaty: Path) -> None:
    """Where nothing happened in a period, the answer names the last day of which something is."""
    out = run("timeline", "--target", "scope", "--since", "2024-12-25", "--as-of", "2024-12-31",
              at=treaty).out  # fmt: skip
    last = run("timeline", "--target", "scope", "--as-of", "2024-12-31", at=treaty).out
    footer = flat(out.rpartition("\n\n")[2])
    assert footer.startswith("Nothing to show. 0 entries; the record has ")
    day = footer.partition("Nothing since ")[2][: len("2024-08-09")]
    assert day
    assert f"Nothing since {day}." in flat(last)


@pytest.mark.parametrize("word", ["now", "13:00", "2024-02-30", "0000", "P1D", "ahc-66", "", " "])
def test_what_is_no_date_is_refused(run: Run, treaty: Path, word: str) -> None:
    """What means no day is refused with examples of what is understood."""
    result = run("timeline", "--as-of", word, at=treaty)
    assert (result.code, result.out) == (3, "")
    assert "write 2023-09-01, 2023-09, 2023, a session such as ahc-6" in result.err


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("9/8/2024", "is ambiguous; write 2024-08-09 or 2024-09-08"),
        ("23.8.2023", "is not how a date is written here; write 2023-08-23"),
    ],
)
def test_a_date_in_another_order_is_refused(
    run: Run, treaty: Path, word: str, message: str
) -> None:
    """What could mean several days is refused with the days that it could mean."""
    result = run("timeline", "--as-of", word, at=treaty)
    assert (result.code, result.out) == (3, "")
    assert message in result.err


# -- names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("timeline ahc-66", "'ahc-66' is not a date, a period or a session; did you mean ahc-6"),
        ("timeline --session ahc6", "no session ahc6; did you mean ahc-6"),
        ("positions --target scop", "no target scop; did you mean scope?"),
        ("positions --target ahc-6", "no target ahc-6"),
        ("history EU scpoe", "no target scpoe; did you mean scope?"),
        ("history XEU", "no delegation XEU; did you mean EU"),
        ("show scpoe", "no name scpoe; did you mean scope"),
        ("timeline --negotiation un-cyber", "did you mean un-cybercrime?"),
        (
            "positions --delegation VAT",
            "VAT (Holy See) is not registered in un-cybercrime; register it",
        ),
        ("positions --by С3", "no delegation С3 (it contains U+0421); did you mean C3"),  # noqa: RUF001 - a look-alike is the point
    ],
)
def test_near_misses_are_suggested(run: Run, treaty: Path, words: str, message: str) -> None:
    """A name that nothing has is refused with the names that may have been meant."""
    result = run(*words.split(), at=treaty)
    assert (result.code, result.out) == (3, "")
    assert message in result.err
    assert len(result.err.splitlines()) == 1


def test_a_delegation_is_suggested_by_its_code(run: Run, treaty: Path) -> None:
    """The suggestions for a mistyped code are codes, as they have to be typed."""
    message = run("positions", "--delegation", "CHI", at=treaty).err
    suggested = message.partition("did you mean ")[2].rstrip("?\n").split(", ")
    assert "CHN" in suggested
    named = json.loads(run("names", "delegation", "--format", "json", at=treaty).out)
    assert set(suggested) <= {r["name"] for r in named}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("timelin", "no command 'timelin'; did you mean timeline?"),
        ("log stanse", "no kind of entry stanse; did you mean stance"),
        ("timeline --kind votes", "no kind of entry votes; did you mean vote"),
    ],
)
def test_near_misses_of_commands_are_suggested(
    run: Run, treaty: Path, words: str, message: str
) -> None:
    """A command or kind that does not exist is a wrong use, with a suggestion."""
    result = run(*words.split(), at=treaty)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


def test_a_registered_state_is_not_called_unregistered(run: Run, workspace: Workspace) -> None:
    """A state that was registered without its usual names is found by them all the same."""
    workspace.log(delegation("RUS", name="Russian Federation"))
    workspace.log(takes("RUS", "support", "scope"))
    workspace.close()
    result = run(
        "positions", "--by", "Russia", "--format", "json", at=workspace.storage.places.root
    )
    assert (result.code, [p["delegation"] for p in records(result.out)]) == (0, ["RUS"])


def test_an_entry_goes_by_the_beginning_of_its_id(
    run: Run, ask: Callable[..., list[dict[str, Any]]], treaty: Path
) -> None:
    """Four digits of an id, or more, in either letter case, are enough where they are unique."""
    entry = ask(f"positions --target scope --own-only --as-of {SIXTH}")[0]["entry"]
    whole = run("show", entry, at=treaty)
    assert "CARICOM" in whole.out
    assert whole == run("show", entry[:8], at=treaty) == run("show", entry[:9].upper(), at=treaty)


def test_an_ambiguous_beginning_is_refused(run: Run, workspace: Workspace) -> None:
    """Where two ids begin so, both are named as far as they differ."""
    drafts = [takes("KEN", "support", "scope", note=str(number)) for number in range(1500)]
    workspace.import_([(n, lambda d=draft: d) for n, draft in enumerate(drafts)])  # type: ignore[misc]
    ids = sorted(kept.id for kept in workspace.entries.recorded(DEMO))
    first, second = next(pair for pair in pairwise(ids) if pair[0][:4] == pair[1][:4])
    workspace.close()
    result = run("show", first[:4], at=workspace.storage.places.root)
    assert result.code == 3
    assert f"entry {first[:4]} is ambiguous; it could be " in result.err
    assert {first[:8], second[:8]} <= set(result.err.replace(",", "").split())


@pytest.mark.parametrize("prefix", ["abc", "0000000000"])
def test_a_beginning_of_no_id_is_refused(run: Run, treaty: Path, prefix: str) -> None:
    """An id that is too short or unknown is refused."""
    assert run("show", prefix, at=treaty).code == 3


def test_an_ambiguous_alias_is_refused(run: Run, workspace: Workspace) -> None:
    """A name that two delegations go by is refused with their codes."""
    for code in ("COD", "COG"):
        workspace.log(delegation(code, aliases=("the Congo",)))
    workspace.close()
    result = run("positions", "--by", "The Congo", at=workspace.storage.places.root)
    assert (result.code, result.out) == (3, "")
    assert "delegation The Congo is ambiguous; it could be COD, COG" in result.err


# -- output ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "markdown", "html"])
def test_a_file_gets_what_the_terminal_would(
    run: Run, treaty: Path, tmp_path: Path, form: str
) -> None:
    """``-o FILE`` holds the same bytes as standard output, and replaces what was there."""
    file = tmp_path / "answer"
    file.write_text("something longer than the answer" * 5000)
    words = ["timeline", "ahc-6", "--as-of", SIXTH, "--format", form]
    assert run(*words, "-o", str(file), at=treaty) == (0, "", "")
    assert run(*words, at=treaty).out == file.read_bytes().decode()
    assert [file] == list(tmp_path.iterdir())


def test_a_refused_question_writes_no_file(run: Run, treaty: Path, tmp_path: Path) -> None:
    """Where the question is refused, the file is left as it was."""
    file = tmp_path / "answer"
    file.write_text("old")
    assert run("timeline", "ahc-66", "-o", str(file), at=treaty).code == 3
    assert file.read_text() == "old"


def test_csv_is_guarded_unless_raw(run: Run, workspace: Workspace) -> None:
    """A reason that a spreadsheet would run is prefixed; ``--raw`` leaves it as it is."""
    workspace.log(takes("KEN", "support", "scope", reason="=1+1"))
    folder = workspace.storage.places.root
    workspace.close()
    asked = ("positions", "--format", "csv")
    assert ",'=1+1," in run(*asked, at=folder).out
    assert ",=1+1," in run(*asked, "--raw", at=folder).out


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
@pytest.mark.parametrize(
    "words",
    [
        "timeline ahc-6 --as-of 2024",
        "positions --as-of 2024",
        "history USA --as-of 2024",
        "show scope --as-of 2024",
        "show EU --as-of 2024",
        "names",
        "replay --as-of 2023 --step session --format table",
        "replay --as-of 2023 --step day --format table",
        "positions --target scope --as-of 2023-08-22",
    ],
)
def test_a_table_fits_the_terminal(run: Run, treaty: Path, words: str, columns: int) -> None:
    """No line is longer than the terminal is wide."""
    lines = run(*words.split(), at=treaty, columns=columns).out.splitlines()
    assert [line for line in lines if len(line) > columns] == []


def test_the_doctor_fits_the_terminal(run: Run, treaty: Path) -> None:
    """What the doctor says fits into 80 columns, but for the paths, which cannot be broken."""
    lines = run("doctor", at=treaty).out.splitlines()
    assert [line for line in lines if len(line) > 80 and str(treaty) not in line] == []


# -- exit codes -----------------------------------------------------------------------------------


def test_0_done(run: Run, treaty: Path) -> None:
    """What was done ends with 0."""
    assert run("timeline", "ahc-6", at=treaty).code == 0


def test_1_a_check_found_something(run: Run, workspace: Workspace) -> None:
    """A check that found something that needs a look ends with 1, and names the rule."""
    workspace.log(takes("KEN", "support", "scope", reason="hid\u200bden"))
    workspace.close()
    result = run("check", at=workspace.storage.places.root)
    assert result.code == 1
    assert "hidden-text" in result.out
    assert "U+200B" in result.out


@pytest.mark.parametrize(
    "words",
    [
        "timeline --nothing",
        "timeline --format xml",
        "nothing",
        "names nothing",
        "log stance --by KEN",
        "history",
    ],
)
def test_2_wrong_usage(run: Run, treaty: Path, words: str) -> None:
    """A command that means nothing ends with 2 and one line on standard error."""
    result = run(*words.split(), at=treaty)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("negotrack: ")
    assert len(result.err.splitlines()) == 1


def test_2_without_a_command_the_help_is_shown(run: Run) -> None:
    """The program without a command shows its help on standard error."""
    result = run()
    assert (result.code, result.out) == (2, "")
    assert "Usage: negotrack [OPTIONS] COMMAND" in result.err


def test_3_input_rejected(run: Run, folder: Path, workspace: Workspace) -> None:
    """An entry that breaks a hard rule ends with 3."""
    workspace.close()
    words = "log stance --by KEN --target scope --stance support --option wide --on 2023-01-16"
    result = run(*words.split(), at=folder)
    assert (result.code, result.out) == (3, "")
    message = result.err.splitlines()[-1]
    assert message == "negotrack: scope has no option wide; it has broad, limited"


def test_4_conflict(run: Run, folder: Path, workspace: Workspace) -> None:
    """A name that is taken ends with 4."""
    workspace.close()
    result = run("log", "issue", "scope", "--title", "Again?", "--on", "2023-01-16", at=folder)
    assert (result.code, result.out) == (4, "")
    assert "the name scope is taken: issue 'How broad?'" in result.err


def test_5_record_damaged(run: Run, workspace: Workspace) -> None:
    """A journal line that was altered ends with 5, and nothing is answered."""
    workspace.close()
    journal = next(
        path
        for path in workspace.storage.places.events.rglob("*.jsonl")
        if b"Kenya" in path.read_bytes()
    )
    journal.write_bytes(journal.read_bytes().replace(b"Kenya", b"Kenia"))
    result = run("timeline", at=workspace.storage.places.root)
    assert (result.code, result.out) == (5, "")
    assert journal.name in result.err


def test_10_no_workspace_here(run: Run, tmp_path: Path) -> None:
    """Outside of a workspace every command ends with 10 and says how to make one."""
    result = run("timeline", at=tmp_path)
    assert (result.code, result.out) == (10, "")
    assert "make one with `negotrack init`, or name one with -C FOLDER" in result.err


HOLDER = """
import sys
from pathlib import Path
from negotrack.record.lock import only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_11_busy(run: Run, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process writes, a writer waits, then ends with 11 and names the holder."""
    workspace.close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, workspace.storage.places.lock],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        monkeypatch.setattr("negotrack.record.lock.PATIENCE", 0.1)
        words = "log statement --by KEN --says words --on 2023-01-16"
        result = run(*words.split(), at=workspace.storage.places.root)
    assert (result.code, result.out) == (11, "")
    assert f"another process (pid {holder.pid}) is writing to" in result.err


def test_a_traceback_only_for_debugging(run: Run, program: Run, tmp_path: Path) -> None:
    """A refusal is one line; with ``--debug`` the traceback is shown."""
    assert "Traceback" not in run("timeline", at=tmp_path).err
    assert "Traceback" in program("--debug", "-C", str(tmp_path), "timeline").err


def test_what_is_said_cannot_drive_the_terminal(run: Run, treaty: Path) -> None:
    """A refusal that repeats what was typed shows its escape sequences."""
    result = run("timeline", "\x1b[31mahc", at=treaty)
    assert result.code == 3
    assert "\\x1b[31mahc" in result.err
    assert "\x1b" not in result.err
