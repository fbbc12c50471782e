"""The schemas that ``negotrack schema`` prints, held against what the program prints."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click
import pytest
from jsonschema import Draft202012Validator

from golden.test_golden import DATA, ENTRY, TABLES, entry_prefix
from negotrack.cli.main import cli
from negotrack.domain.catalogue import KINDS
from negotrack.domain.stances import STANCES, PositionGrade
from negotrack.projections.evidence.evidence import ROLES
from negotrack.projections.votes.voter_stances import COUNTS
from negotrack.views.answers.counts import Count
from negotrack.views.answers.explanations import Role
from negotrack.views.answers.forms import ANSWERS
from negotrack.views.schema import schema_of, subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Result

    Run = Callable[..., Result]
    Json = Any

TESTS = Path(__file__).parents[1]
NAMES = [subject["schema"] for subject in subjects()]
SIXTH = "2023-09-01"
THEN = "2024-08-05"
MORE = [
    "timeline --all --as-of 2024-08-31",
    "timeline --possible --accounts all --known-at 2026",
    f"positions --as-of {SIXTH} --accounts all --possible",
    f"positions --as-of {SIXTH} --own-only",
    "positions --as-of 2000",
    "history CARICOM --as-of 2025",
    f"explain positions EU scope --as-of {SIXTH}",
    f"explain positions KEN human-rights --as-of {SIXTH} --own-words latest",
    "explain positions VUT scope --as-of 2000",
    f"explain timeline {ENTRY} --as-of 2000",
    "show convention --as-of 2025",
    "show convention-text --as-of 2025",
    "show res-74-247 --as-of 2025",
    "names",
    "changes --from 2019 --to 2020",
    "changes --known-from 2020 --known-at 2030",
    "replay --to 2025 --step session",
    "text --as-of 2025",
    f"text --view clean --as-of {THEN}",
    f"text --view pending --as-of {THEN}",
    f"text ind-art-6-2 --as-of {THEN}",
    "redline a-ac-291-22-rev-3 convention-text --as-of 2025",
    f"amendments --as-of {THEN}",
    f"consolidate --all --pending --as-of {THEN}",
    "blame --as-of 2025",
    "blame --shares --as-of 2025",
    f"blame --of ind-art-6-2 --as-of {THEN}",
    f"open --as-of {SIXTH}",
    "tally convention --as-of 2024-08-08 --undeclared absent",
    f"trend scope --step month --as-of {SIXTH}",
    f"trend convention --group EU --as-of {THEN}",
    "votes res-74-247 --as-of 2025",
    "votes --delegation KEN --as-of 2025",
    "votes --as-of 2025",
    "alignment --since 2019 --as-of 2020",
    "alignment --group EU --loyalty --as-of 2025",
    "alignment --blocs --since 2019 --as-of 2020",
    "alignment --since 2019 --as-of 2020 --compare 2014..2018",
    "alignment --since 2019 --as-of 2025 --compare 2019..2020",
    f"movers --from 2019 --as-of {THEN}",
    "gap --all --as-of 2025",
    "gap --as-of 2025",
    "export",
    "schema",
]
"""Ways to ask for JSON besides the golden cases; with these every form of an answer is seen."""


def asked_of(words: str) -> str:
    """Return the name of the schema of what a command prints."""
    first = words.split(maxsplit=1)[0]
    return "matrix" if first == "positions" and "--matrix" in words else first


def in_json(words: str) -> str:
    """Return a command that prints the same as JSON."""
    for form in ("table", "jsonl", "csv", "markdown", "html"):
        words = words.replace(f" --format {form}", "")
    is_json = words == "schema" or "json" in words
    return words if is_json else f"{words} --json"


CASES = sorted({in_json(words) for words in (*TABLES, *DATA, *MORE) if words[:10] != "completion"})
WRITING = ("init", "log", "correct", "import")
"""Answers of commands that write: they are asked for in workspaces of their own."""


@cache
def schema(name: str) -> dict[str, Json]:
    """Return a schema."""
    asked = schema_of(name)
    assert asked is not None
    return asked


@cache
def checked(name: str) -> Draft202012Validator:
    """Return what validates by a schema."""
    return Draft202012Validator(schema(name))


def forms(name: str) -> Iterator[Draft202012Validator]:
    """Yield what validates by each form of an answer."""
    document = schema(name)
    for form in document.get("anyOf", [document]):
        yield Draft202012Validator({"$defs": document["$defs"], **form})


def faults(name: str, answer: Json) -> list[str]:
    """Return what a schema finds wrong with JSON."""
    errors = checked(name).iter_errors(answer)
    return [f"{error.json_path}: {error.message[:300]}" for error in errors]


# -- what there are schemas of --------------------------------------------------------------------


def commands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield each command below a group with the name of the command of the program."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield above or name, command
        if isinstance(command, click.Group):
            yield from commands(command, above or name)


PRINTING = sorted(
    {name for name, one in commands(cli) if "--json" in {f for p in one.params for f in p.opts}}
    | {"schema"}
)
"""The commands that can print JSON."""


@pytest.mark.parametrize("name", PRINTING)
def test_every_command_that_prints_json_has_a_schema(name: str) -> None:
    """Whatever has an option for JSON is known by its name."""
    assert schema_of(name) is not None


def test_every_command_of_a_schema_prints_json() -> None:
    """No answer is of a command that is no more, or has no JSON."""
    named = {command for answer in ANSWERS.values() for command in answer.commands}
    assert named | {"export"} == set(PRINTING)


def test_no_two_schemas_have_one_name() -> None:
    """Answers, kinds of entry and what they are made of are told apart by their names."""
    assert sorted(set(NAMES)) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(run: Run, name: str) -> None:
    """What is printed is a schema by the specification of 2020-12."""
    printed = run("schema", name)
    assert (printed.code, printed.err) == (0, "")
    assert json.loads(printed.out) == schema(name)
    assert schema(name)["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(schema(name))


def objects(part: Json) -> Iterator[dict[str, Json]]:
    """Yield every schema of an object within a schema."""
    if isinstance(part, list):
        for one in part:
            yield from objects(one)
    elif isinstance(part, dict):
        if part.get("type") == "object" or "additionalProperties" in part:
            yield part
        yield from objects(list(part.values()))


@pytest.mark.parametrize("name", NAMES)
def test_no_key_is_left_open(name: str) -> None:
    """An object has the keys that its schema lists and no others, or values of one type by name."""
    for one in objects(schema(name)):
        if "properties" in one:
            assert one["additionalProperties"] is False
            assert "required" in one


@pytest.mark.parametrize("name", ANSWERS)
def test_every_key_of_an_answer_is_needed_and_described(name: str) -> None:
    """A key of an answer is always there, and the schema says what it means."""
    definitions = schema(name)["$defs"]
    for title, one in definitions.items():
        if title != "Source":
            assert sorted(one["required"]) == sorted(one["properties"])
            assert [key for key, of in one["properties"].items() if not of.get("description")] == []


def test_words_of_closed_lists_are_those_of_the_program() -> None:
    """Grades, counts and parts that a schema lists are all that there are."""
    assert get_args(PositionGrade) == tuple(stance.name for stance in STANCES)
    assert get_args(Count) == COUNTS
    assert get_args(Role) == ROLES


# -- answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*(n for n in ANSWERS if n not in WRITING), "export"])
def test_what_is_printed_follows_its_schema(run: Run, treaty: Path, name: str) -> None:
    """Every answer on the treaty record is valid by its schema, and every form of it is seen."""
    waiting = list(forms(name))
    for words in (words for words in CASES if asked_of(words) == name):
        asked = words.replace(ENTRY, entry_prefix(run, treaty)) if ENTRY in words else words
        result = run(*asked.split(), at=treaty)
        assert (words, result.code) == (words, 0), result.err
        answer = json.loads(result.out)
        assert (words, faults(name, answer)) == (words, [])
        if name == "check" or not isinstance(answer, dict) or answer.get("records", True):
            waiting = [form for form in waiting if not form.is_valid(answer)]
    assert [form.schema for form in waiting] == []


def test_a_key_that_a_schema_lacks_is_noticed(run: Run, treaty: Path) -> None:
    """An answer with a key more, or less, is not valid."""
    words = f"positions --target scope --as-of {SIXTH} --json"
    answer = json.loads(run(*words.split(), at=treaty).out)
    first = answer["records"][0]
    less = {key: value for key, value in first.items() if key != "via"}
    for record in (first | {"more": 1}, less):
        assert faults("positions", answer | {"records": [record]})
    assert faults("positions", answer | {"about": answer["about"] | {"more": 1}})
    assert faults("positions", answer | {"more": 1})
    assert faults("timeline", answer)


def test_findings_follow_their_schema(run: Run, demo: Path) -> None:
    """What a check came upon is valid by its schema."""
    log(run, demo, "statement --by KEN --says hid\u200bden --on 2023-01-16")
    result = run("check", "--json", at=demo)
    answer = json.loads(result.out)
    assert (result.code, len(answer), faults("check", answer)) == (1, 1, [])


def log(run: Run, demo: Path, words: str) -> dict[str, Json]:
    """Log an entry; return what is printed of it, which must follow its schema."""
    result = run("log", *words.split(), "--json", at=demo)
    assert result.code == 0, result.err
    record = json.loads(result.out)
    assert isinstance(record, dict)
    assert faults("log", record) == []
    return record


def test_what_writing_prints_follows_its_schema(run: Run, demo: Path, tmp_path: Path) -> None:
    """A workspace, entries, errata and imports are told of as their schemas say."""
    result = run("init", str(tmp_path / "another"), "--json")
    assert faults("init", json.loads(result.out)) == []

    stance = "stance --by KEN --target scope --stance {} --on {}"
    first = log(run, demo, stance.format("support", "2023-01-16"))["entry"]
    changed = log(run, demo, stance.format("reserve", "2023-01-17"))
    assert changed["change"]["before"] == "support"
    log(run, demo, "statement --by KEN --says Words --on 2023-01-16 --dry-run")

    for name, words in {
        "correct": ("correct", first, "--set", "stance=oppose", "--reason", "Misheard"),
        "retract": ("retract", first, "--reason", "Logged twice"),
        "undo": ("undo",),
    }.items():
        result = run(*words, "--json", at=demo)
        assert (name, result.code) == (name, 0), result.err
        assert faults(name, json.loads(result.out)) == []

    drafts = tmp_path / "drafts.jsonl"
    drafts.write_text('{"type": "nothing/1"}\n')
    result = run("import", str(drafts), "--keep-going", "--json", at=demo)
    answer = json.loads(result.out)
    assert (answer["refused"], faults("import", answer)) == (1, [])


# -- entries --------------------------------------------------------------------------------------


def lines() -> list[dict[str, Json]]:
    """Return entries as lines have them: a part of the treaty record, and one of every type."""
    record = sorted((TESTS.parent / "events").rglob("*.jsonl"))
    entries = [line for path in record for line in path.read_text("utf-8").splitlines()][::5]
    samples = [path.read_text("utf-8") for path in (TESTS / "samples").glob("*.jsonl")]
    entries += [line for sample in samples for line in sample.splitlines()]
    return [json.loads(line) for line in entries]


LINES = lines()


def draft_of(line: dict[str, Json]) -> dict[str, Json]:
    """Return what a line says, without what the record put on it."""
    stamp = ("id", "recorded_at", "recorded_by", "tool")
    return {key: value for key, value in line.items() if key not in stamp}


def test_lines_of_the_journal_follow_the_schema_of_entries() -> None:
    """A line is an entry, and one that counts; without id and stamp it is a draft."""
    assert len(LINES) > 300
    assert {line["type"] for line in LINES} == {kind.tag for kind in KINDS}
    for line in LINES:
        assert (line["id"], faults("entry", line)) == (line["id"], [])
        assert (line["id"], faults("draft", draft_of(line))) == (line["id"], [])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.noun)
def test_a_line_follows_the_schema_of_its_type_alone(kind: Any) -> None:
    """A type goes by its noun, its name or its tag; entries of other types do not follow it."""
    assert schema(kind.noun) == schema(kind.type) == schema(kind.tag)
    own = next(line for line in LINES if line["type"] == kind.tag)
    other = next(line for line in LINES if line["type"] != kind.tag)
    assert (faults(kind.noun, own), bool(faults(kind.noun, other))) == ([], True)


@pytest.mark.parametrize(
    "change",
    [
        {"more": "words"},
        {"note": None},
        {"id": "4f2c91"},
        {"on": 2023},
        {"type": "stance.taken/9"},
        {"sources": [{"page": "7"}]},
    ],
)
def test_what_is_no_entry_is_noticed(change: dict[str, Json]) -> None:
    """A field that the type does not have, or a value that it cannot take, is not valid."""
    line = next(line for line in LINES if line["type"] == "stance.taken/1")
    assert faults("entry", line) == []
    assert faults("entry", line | change)


def test_a_draft_has_no_stamp_and_a_line_needs_one() -> None:
    """The record itself says when, by whom and with what something was entered."""
    assert faults("draft", LINES[0])
    assert faults("entry", draft_of(LINES[0]))


def test_lines_of_a_replay_follow_the_schema_of_what_counts(run: Run, demo: Path) -> None:
    """What was corrected says by what; a line of the journal does not."""
    entry = log(run, demo, "statement --by KEN --says Words --on 2023-01-16")["entry"]
    assert run("correct", entry, "--set", "says=Other", "--reason", "Misheard", at=demo).code == 0
    replayed = [json.loads(line) for line in run("replay", at=demo).out.splitlines()]
    corrected = [line for line in replayed if "corrected_by" in line]
    assert len(corrected) == 1
    assert [faults("effective", line) for line in replayed] == [[]] * len(replayed)
    assert faults("entry", corrected[0])


# -- the command ----------------------------------------------------------------------------------


def test_a_schema_goes_to_a_file(run: Run, tmp_path: Path) -> None:
    """``-o`` writes what would be printed."""
    file = tmp_path / "entry.json"
    assert run("schema", "entry", "-o", str(file)) == (0, "", "")
    assert file.read_text("utf-8") == run("schema", "entry").out


def test_an_unknown_schema_is_refused(run: Run) -> None:
    """A name that there is no schema of is a wrong use, with a suggestion."""
    result = run("schema", "position")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("negotrack: no schema of position; did you mean positions")
    assert "there are entry, draft, " in run("schema", "xyz").err


def test_names_of_schemas_are_completed() -> None:
    """The shell completes what there are schemas of."""
    command = cli.get_command(click.Context(cli), "schema")
    assert command is not None
    context = click.Context(command)
    completed = command.params[0].shell_complete(context, "stan")
    assert [item.value for item in completed] == ["stance"]
