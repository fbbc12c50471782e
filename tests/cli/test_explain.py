from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import pytest

from negotrack.index.cell_entries import entries_of_cell
from negotrack.workspace import Workspace
from shorthand import query

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]
    Log = Callable[[str], dict[str, Any]]

STANCE = "stance --by KEN --target art-6/2"


@pytest.fixture
def explain(run: Run, demo: Path) -> Callable[[str], str]:
    """Return what explains something to people; it fits 80 columns, and is read at 200."""

    def explainer(words: str) -> str:
        result = run("explain", *shlex.split(words), at=demo)
        assert (result.code, result.err) == (0, "")
        assert max(map(len, result.out.splitlines())) <= 80
        return run("explain", *shlex.split(words), at=demo, columns=200).out

    return explainer


@pytest.fixture
def explained(run: Run, demo: Path) -> Callable[[str], dict[str, Any]]:
    """Return what explains something to tools."""

    def explainer(words: str) -> dict[str, Any]:
        result = run("explain", *shlex.split(words), "--format", "json", at=demo)
        assert (result.code, result.err) == (0, "")
        answer = json.loads(result.out)
        assert isinstance(answer, dict)
        return answer

    return explainer


def flat(text: str) -> str:
    """Return words on one line."""
    return " ".join(text.split())


# -- positions ------------------------------------------------------------------------------------


def test_a_position_is_explained(log_json: Log, explain: Callable[[str], str]) -> None:
    """The heading says what the cell says; each entry has its role and its reason."""
    log_json(f"{STANCE} --stance oppose --on 2023-01-16")
    last = log_json(f"{STANCE} --stance reserve --on 2023-01-17 --condition 'it is closed'")
    out = explain("positions KEN art-6/2 --as-of 2023-01-31")
    assert out.startswith("KEN reserves on art-6/2, as of 2023-01-31. The rule: its own words")
    lines = [line for line in out.splitlines() if line.startswith(("decides", "overridden"))]
    assert [line.split()[0] for line in lines] == ["decides", "overridden"]
    assert "Reserve since 2023-01-17, if it is closed." in flat(lines[0])
    assert f"followed by {last['entry'][:8]}" in flat(out)
    assert "What decides names no source." in flat(out)


def test_an_option_is_said(log_json: Log, explain: Callable[[str], str]) -> None:
    """The heading names the option that a stance is about."""
    log_json("stance --by KEN --target scope --stance support --option broad --on 2023-01-16")
    out = explain("positions Kenya scope")
    assert out.startswith("KEN supports option broad of scope, as of ")


def test_the_undeclared_are_explained(explain: Callable[[str], str]) -> None:
    """Where there is nothing, the answer says so, and what the record does not know."""
    out = explain("positions KEN art-6/2 --as-of 2023-01-31")
    assert out.startswith("KEN is undeclared on art-6/2, as of 2023-01-31.")
    assert "0 stances of KEN on art-6/2" in out
    assert "What was not recorded is not known." in flat(out)


def test_a_position_through_a_group_is_explained(
    log_json: Log, explain: Callable[[str], str], explained: Callable[[str], dict[str, Any]]
) -> None:
    """The heading names the group; its words and the membership are the evidence."""
    log_json("joining --by AUT --group EU --on 1995-01-01")
    log_json("stance --by EU --target art-6/2 --stance oppose --on 2023-01-16")
    cell = "positions AUT art-6/2 --as-of 2023-01-31"
    out = explain(cell)
    assert out.startswith("AUT opposes art-6/2 through EU, as of 2023-01-31. The rule: its own")
    assert "0 stances of AUT on art-6/2, 1 entry of its groups, 1 entry on memberships" in flat(out)
    answer = explained(cell)
    assert [(r["role"], r["kind"], r["stance"]) for r in answer["records"]] == [
        ("decides", "stance", "oppose"),
        ("membership", "joining", None),
    ]
    about = answer["about"]
    assert (about["stance"], about["via"], about["through"]) == ("oppose", "group", "EU")
    assert (about["own_only"], about["own_words"]) == (False, "keep")
    alone = explain(f"{cell} --own-only")
    assert alone.startswith("AUT is undeclared on art-6/2, as of 2023-01-31. The rule: only its")


def test_an_explanation_agrees_with_the_positions(log_json: Log, demo: Path) -> None:
    """What decides a cell is what the positions of a workspace rest on, groups in groups too."""
    log_json("delegation G77 --kind group --name 'Group of 77'")
    log_json("joining --by AUT --group EU --on 1995-01-01")
    log_json("joining --by EU --group G77 --on 2000-01-01")
    log_json("stance --by G77 --target art-6/2 --stance oppose --on 2023-01-16")
    log_json("stance --by G77 --target scope --stance oppose --on 2023-01-16")
    log_json("vote --by EU --target scope --vote yes --on 2023-01-17")
    with Workspace(demo) as opened:
        asked = query(opened.names.negotiation(), "2023-01-31")
        positions = opened.positions(asked)
        explanations = [
            opened.explain(asked.narrowed(delegation=p.delegation, target=p.target))
            for p in positions
        ]
    assert [(p.stance, p.via, p.through) for p in positions] == [
        (e.stance, e.via, e.through) for e in explanations
    ]
    assert [p.entry for p in positions] == [e.evidence[0].id for e in explanations]
    assert len(positions) == 6


def test_the_policy_on_own_words_is_explained(log_json: Log, explain: Callable[[str], str]) -> None:
    """Own words stand, or give way to later ones of the group where that is asked for."""
    log_json("joining --by AUT --group EU --on 1995-01-01")
    log_json("stance --by AUT --target art-6/2 --stance support --on 2023-01-10")
    log_json("stance --by EU --target art-6/2 --stance oppose --on 2023-01-16")
    cell = "positions AUT art-6/2 --as-of 2023-01-31"
    assert explain(cell).startswith("AUT supports art-6/2, as of")
    latest = explain(f"{cell} --own-words latest")
    assert latest.startswith("AUT opposes art-6/2 through EU, as of")
    assert "EU spoke later, on 2023-01-16" in flat(latest)


def test_a_vote_is_explained(log_json: Log, explain: Callable[[str], str]) -> None:
    """The heading says that the position is a vote's; groups that said nothing are named."""
    log_json("joining --by AUT --group EU --on 1995-01-01")
    log_json("vote --by AUT --target art-6/2 --vote abstain --on 2023-01-16")
    out = explain("positions AUT art-6/2 --as-of 2023-01-31")
    assert out.startswith("AUT reserves on art-6/2 by its vote, as of 2023-01-31.")
    assert "0 stances and 1 vote of AUT on art-6/2" in flat(out)
    assert "Said nothing on it: EU." in flat(out)


def test_what_is_left_out_is_counted(log_json: Log, explain: Callable[[str], str]) -> None:
    """The footer counts what did not count, by its role."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16")
    log_json(f"{STANCE} --stance accept --on 2023-02-06")
    log_json(f"{STANCE} --stance block --on 2023-01")
    log_json(f"retraction {one['entry']} --reason Twice.")
    out = flat(explain("positions KEN art-6/2 --as-of 2023-01-20"))
    assert "KEN is undeclared on art-6/2" in out
    assert "Left out: 1 later, 1 retracted." in out
    assert "Not counted: 1 entry of uncertain date" in out
    maybe = flat(explain("positions KEN art-6/2 --as-of 2023-01-20 --possible"))
    assert maybe.startswith("KEN blocks art-6/2")
    assert "decides ? Block since 2023-01." in maybe


def test_errata_stand_beneath(log_json: Log, explain: Callable[[str], str]) -> None:
    """Under an entry stands what corrected it: each field, before and after, and why."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16")
    log_json(f"correction {one['entry']} --set stance=reserve --reason Misheard.")
    out = flat(explain("positions KEN art-6/2 --as-of 2023-01-31"))
    assert "KEN reserves on art-6/2" in out
    assert "└ corrected stance oppose → reserve; Misheard" in out


def test_an_erratum_shows_absent_and_listed_values(
    log_json: Log, explain: Callable[[str], str]
) -> None:
    """A value that was not there is nothing; a list is shown as JSON."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16")
    sources = '[{"title":"Radio"}]'
    change = f"--set note=seen --set 'sources={sources}' --reason Misheard."
    log_json(f"correction {one['entry']} {change}")
    out = explain("positions KEN art-6/2 --as-of 2023-01-31")
    assert 'note nothing → seen, sources nothing → [{"title": "Radio"}]; Misheard' in flat(out)


def test_what_was_recorded_later_is_told_apart(
    log_json: Log, explained: Callable[[str], dict[str, Any]]
) -> None:
    """At an earlier moment the entries of today are there, as recorded later."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16")
    two = log_json(f"{STANCE} --stance accept --on 2023-01-17")
    cell = "positions KEN art-6/2 --as-of 2023-01-31"
    now = explained(cell)
    first = next(r for r in now["records"] if r["entry"] == one["entry"])
    then = explained(f"{cell} --known-at {first['recorded_at']}")
    assert [(r["entry"], r["role"]) for r in now["records"]] == [
        (two["entry"], "decides"),
        (one["entry"], "overridden"),
    ]
    assert [(r["entry"], r["role"]) for r in then["records"]] == [
        (one["entry"], "decides"),
        (two["entry"], "recorded later"),
    ]
    assert (now["about"]["stance"], then["about"]["stance"]) == ("accept", "oppose")


def test_tools_get_everything(log_json: Log, explained: Callable[[str], dict[str, Any]]) -> None:
    """JSON has the outcome, and each entry with its sources and its errata."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16 --source https://example.org/a")
    log_json(f"correction {one['entry']} --set stance=reserve --reason Misheard.")
    answer = explained("positions KEN art-6/2 --as-of 2023-01-31")
    about, (record,) = answer["about"], answer["records"]
    assert about["answer"] == "explanation"
    assert [about[key] for key in ("delegation", "target", "stance", "option", "entries")] == [
        "KEN", "art-6/2", "reserve", None, 1,
    ]  # fmt: skip
    assert record["sources"] == [{"address": "https://example.org/a"}]
    (erratum,) = record["errata"]
    assert erratum["changes"] == [{"field": "stance", "before": "oppose", "after": "reserve"}]
    assert (erratum["kind"], erratum["counted"]) == ("correction", "counted")


def test_accounts_are_told_apart(log_json: Log, explain: Callable[[str], str]) -> None:
    """A disputed account is shown with the one that was chosen; asked for, both decide."""
    log_json(f"{STANCE} --stance oppose --on 2023-01-16 --source https://a.org/x")
    log_json(f"{STANCE} --stance accept --on 2023-01-16 --source https://b.org/x")
    cell = "positions KEN art-6/2 --as-of 2023-01-31"
    assert "disputed" in explain(cell)
    every = explain(f"{cell} --accounts all")
    assert every.startswith("KEN opposes art-6/2 or accepts art-6/2")


def test_an_entry_corrected_away_is_explained(
    log_json: Log, explain: Callable[[str], str], demo: Path
) -> None:
    """Both the cell that it left and the cell that it came to know the entry."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16")
    log_json(f"correction {one['entry']} --set by=CHN --reason Misheard.")
    left = flat(explain("positions KEN art-6/2 --as-of 2023-01-31"))
    assert "corrected" in left
    assert "made it a stance of CHN on art-6/2" in left
    assert explain("positions CHN art-6/2 --as-of 2023-01-31").startswith("CHN opposes art-6/2")
    with Workspace(demo) as opened:
        db = opened.storage.index.file.db
        seqs = [entries_of_cell(db, "demo", who, "art-6/2") for who in ("KEN", "CHN", "EU")]
    assert seqs[0] == seqs[1] != seqs[2] == []


@pytest.mark.parametrize(
    "option", ["--since 2023", "--session s-1", "--by KEN", "--target scope", "--source x"]
)
def test_a_cell_is_explained_by_everything(run: Run, demo: Path, option: str) -> None:
    """Options that would hide a part of the evidence are refused."""
    result = run("explain", "positions", "KEN", "art-6/2", *option.split(), at=demo)
    assert result.code == 2
    assert f"leave {option.split(maxsplit=1)[0]} out" in result.err


def test_unknown_names_are_refused(run: Run, demo: Path) -> None:
    """A delegation or an entry that the record does not know is an error of the input."""
    assert run("explain", "positions", "XYZ", "scope", at=demo).code == 3
    assert run("explain", "timeline", "0" * 8, at=demo).code == 3


# -- timeline -------------------------------------------------------------------------------------


def test_an_entry_in_the_timeline_is_explained(
    log_json: Log, explain: Callable[[str], str]
) -> None:
    """An entry that counts is told as it was logged, with its errata, and as it counts."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16")
    plain = explain(f"timeline {one['entry'][:8]} --as-of 2023-01-31")
    assert flat(plain).startswith(
        f"Entry {one['entry'][:8]} is in the timeline, as of 2023-01-31:"
        " its date 2023-01-16 is over by 2023-01-31."
    )
    assert "It was never corrected or retracted." in plain
    log_json(f"correction {one['entry']} --set stance=reserve --reason Misheard.")
    corrected = flat(explain(f"timeline {one['entry']} --as-of 2023-01-31"))
    assert "as logged 2023-01-16, KEN on art-6/2: oppose." in corrected
    assert "as counted 2023-01-16, KEN on art-6/2: reserve." in corrected
    assert "Errata: 1, of which 1 counted." in corrected


@pytest.mark.parametrize(
    ("options", "role", "why"),
    [
        ("--as-of 2023-01-15", "later", "it is dated 2023-01-16, after 2023-01-15"),
        ("--as-of 2023-01-31 --by EGY", "not asked for", "the options ask for others"),
        ("--as-of 2023-01-31 --since 2023-01-20", "not asked for", "the options ask for others"),
        ("--as-of 2023-01-31 --kind vote", "not asked for", "the options ask for others"),
        ("--as-of 2023-01-31 --by KEN --since 2023-01-10", "counts", "over by 2023-01-31"),
    ],
)
def test_the_timeline_of_options_is_explained(
    log_json: Log,
    explained: Callable[[str], dict[str, Any]],
    options: str,
    role: str,
    why: str,
) -> None:
    """What the options of a timeline would leave out is named as that."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16")
    (record,) = explained(f"timeline {one['entry']} {options}")["records"]
    assert record["role"] == role
    assert record["in_timeline"] == (role == "counts")
    assert why in record["why"]


def test_books_are_explained(run: Run, demo: Path, explain: Callable[[str], str]) -> None:
    """A registration is in the timeline only where it is asked for."""
    names = json.loads(run("names", "delegation", "--format", "json", at=demo).out)
    records = names["records"] if isinstance(names, dict) else names
    one = next(r for r in records if r["name"] == "KEN")
    entry = one.get("entry") or one["id"]
    assert "is not in the timeline" in explain(f"timeline {entry}")
    assert "is in the timeline" in explain(f"timeline {entry} --kind delegation")


def test_all_that_an_entry_said_is_kept(
    log_json: Log, explained: Callable[[str], dict[str, Any]]
) -> None:
    """Tools get every version, from when it was known until the next one was."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16 --source https://example.org/a")
    gone = log_json(f"retraction {one['entry']} --reason Twice.")
    (record,) = explained(f"timeline {one['entry']} --as-of 2023-01-31")["records"]
    (telling,) = record["tellings"]
    assert (record["role"], record["counting"]) == ("retracted", None)
    assert telling["known_until"] == record["errata"][0]["recorded_at"]
    assert telling["sources"] == [{"address": "https://example.org/a"}]
    assert record["errata"][0]["id"] == gone["entry"]


def test_an_entry_is_of_one_negotiation(log_json: Log, run: Run, demo: Path) -> None:
    """An entry is not explained in the timeline of another negotiation."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16")
    result = run("explain", "timeline", one["entry"], "--negotiation", "other", at=demo)
    assert result.code == 3
    assert "is part of demo" in result.err


@pytest.mark.parametrize("form", ["markdown", "html", "csv", "jsonl"])
def test_every_format_explains(log_json: Log, run: Run, demo: Path, form: str) -> None:
    """An explanation can be had in every format."""
    one = log_json(f"{STANCE} --stance oppose --on 2023-01-16")
    for words in (("positions", "KEN", "art-6/2"), ("timeline", one["entry"])):
        result = run("explain", *words, "--format", form, at=demo)
        assert (result.code, result.err) == (0, "")
        assert one["entry"][:8] in result.out
