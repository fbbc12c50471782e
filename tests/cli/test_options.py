"""The options that commands share: what one means, and that it means the same everywhere."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click
import pexpect
import pytest

from conftest import about, records
from negotrack.cli.main import COMMANDS, cli
from negotrack.cli.once import Once
from negotrack.domain.dates import span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Result

    Run = Callable[..., Result]
    Ask = Callable[[str], list[dict[str, Any]]]


def below(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield a command and all below it, each with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        with click.Context(command) as ctx:
            for name in command.list_commands(ctx):
                child = command.get_command(ctx, name)
                assert child is not None
                yield from below(child, *path, name)


NAMES = [name for section in COMMANDS.values() for name in section]
TREE = {" ".join(path): command for path, command in below(cli) if path}
OPTIONS = {
    path: [param for param in command.params if isinstance(param, click.Option)]
    for path, command in TREE.items()
}
FLAGS = {
    path: {flag for option in options for flag in option.opts} for path, options in OPTIONS.items()
}

QUESTIONS = {
    "timeline": "timeline",
    "positions": "positions",
    "history": "history EU scope",
    "explain positions": "explain positions EU scope",
    "explain timeline": "explain timeline 3290427b",
    "show": "show scope",
    "names": "names session",
    "changes": "changes --since 2023",
    "replay": "replay",
    "export": "export",
    "text": "text art-6",
    "redline": "redline ind-art-6-2",
    "amendments": "amendments",
    "consolidate": "consolidate art-6/2 --pending --as-of 2024-08-05",
    "blame": "blame art-6/2",
    "open": "open",
    "tally": "tally scope",
    "trend": "trend scope",
    "votes": "votes",
    "alignment": "alignment",
    "movers": "movers --since 2023",
    "gap": "gap --all",
    "check": "check",
}
"""A question for each command that prints an answer in several formats."""

OF_A_DAY = {
    command: words.partition(" --since")[0]
    for command, words in QUESTIONS.items()
    if "--on" in FLAGS[command] and command not in {"explain positions", "tally"}
}
"""Questions that can be about one day or period alone."""


@pytest.fixture
def ask(run: Run, treaty: Path) -> Ask:
    """Return what asks a question of the treaty record and gets the records of the answer."""

    def asker(words: str) -> list[dict[str, Any]]:
        result = run(*words.split(), "--format", "json", at=treaty)
        assert (result.code, result.err) == (0, "")
        return records(result.out)

    return asker


def test_the_questions_are_of_all_commands_that_answer() -> None:
    """Every command with ``--format`` has its question in these tests."""
    assert {path for path, flags in FLAGS.items() if "--format" in flags} == set(QUESTIONS)


# -- --on is a date -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "first", "last"),
    [
        ("2023-01-16", "2023-01-16", "2023-01-16"),
        ("2023-08-23", "2023-08-23", "2023-08-23"),
        ("2023-01", "2023-01-01", "2023-01-31"),
        ("2023-Q3", "2023-07-01", "2023-09-30"),
        ("ahc-6", "2023-08-21", "2023-09-01"),
    ],
)
def test_on_asks_for_the_acts_of_a_day_or_a_period(
    ask: Ask, word: str, first: str, last: str
) -> None:
    """``timeline --on`` has what ended on that day, or in that period, and nothing else."""
    acts = ask(f"timeline --on {word}")
    assert acts
    assert acts == [r for r in ask("timeline") if first <= span(r["on"]).last <= last]


@pytest.mark.parametrize("command", OF_A_DAY)
def test_on_means_the_same_in_every_reading_command(ask: Ask, command: str) -> None:
    """``--on`` is both the first and the last day that is asked about."""
    words = OF_A_DAY[command]
    assert ask(f"{words} --on ahc-6") == ask(f"{words} --since ahc-6 --as-of ahc-6")


@pytest.mark.parametrize("command", OF_A_DAY)
def test_a_target_is_no_date(run: Run, treaty: Path, command: str) -> None:
    """Where ``--on`` is given a target, the refusal names the option for targets."""
    result = run(*OF_A_DAY[command].split(), "--on", "art-6", at=treaty)
    assert (result.code, result.out) == (2, "")
    assert result.err == ("negotrack: --on takes a date; for a target use --target art-6\n")


@pytest.mark.parametrize("other", ["--since", "--as-of"])
@pytest.mark.parametrize("command", OF_A_DAY)
def test_on_goes_with_no_other_day(run: Run, treaty: Path, command: str, other: str) -> None:
    """``--on`` names both ends, so a second beginning or end is refused."""
    words = OF_A_DAY[command].split()
    result = run(*words, "--on", "ahc-6", other, "2023", at=treaty)
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "negotrack: --on names the days, and so do --since and --as-of; give one of them\n"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("changes --from 2022 --on 2023", "--from and --on name two beginnings; give one of them"),
        ("movers --from 2022 --on 2023", "--from and --on name two beginnings; give one of them"),
        ("changes --on 2023 --to 2024", "--to and --on name two dates; give one of them"),
        ("movers --on 2023 --to 2024", "--to and --on name two dates; give one of them"),
        ("timeline 2023-Q3 --on 2023", "and so do --since, --on and --as-of; give one of them"),
        ("tally scope --on 2023", "name the day with --as-of"),
        ("explain positions EU scope --on 2023", "leave --on out"),
    ],
)
def test_on_is_refused_where_the_days_are_named_otherwise(
    run: Run, treaty: Path, words: str, message: str
) -> None:
    """A command with words of its own for its days, or with one day only, says what to leave."""
    result = run(*words.split(), at=treaty)
    assert (result.code, result.out) == (2, "")
    assert message in result.err


# -- repeated -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "option", "one", "other"),
    [
        ("timeline", "target", "art-6/2", "scope"),
        ("timeline", "session", "ahc-5", "ahc-6"),
        ("timeline", "by", "EU", "CHN"),
        ("timeline", "delegation", "EU", "CHN"),
        ("timeline", "kind", "statement", "vote"),
        ("timeline", "source", "therecord", "unodc"),
        ("positions --own-only", "target", "art-6/2", "scope"),
        ("positions --own-only", "delegation", "EU", "CHN"),
        ("positions --own-only", "by", "EU", "CHN"),
        ("votes --since 2019", "delegation", "KEN", "CHN"),
        ("changes --since 2023", "target", "art-6/2", "scope"),
        ("changes --since 2023", "kind", "statement", "stance"),
        ("movers --since 2023", "delegation", "EU", "CHN"),
        ("replay", "session", "ahc-5", "ahc-6"),
        ("gap --all", "delegation", "GBR", "FRA"),
    ],
)  # fmt: skip
def test_an_option_that_is_repeated_means_each_of_its_values(
    ask: Ask, words: str, option: str, one: str, other: str
) -> None:
    """The answer for two values has the records of the one and of the other, and no more."""
    entries = []
    for values in ([one], [other], [one, other]):
        flags = " ".join(f"--{option} {value}" for value in values)
        entries.append({json.dumps(r, sort_keys=True) for r in ask(f"{words} {flags}")})
    first, second, both = entries
    assert first
    assert second
    assert both == first | second


def test_a_value_that_is_repeated_is_one_value(ask: Ask) -> None:
    """To name one thing twice, or a thing and a part of it, doubles nothing."""
    acts = ask("timeline --target art-6 --target art-6/2 --target art-6")
    assert acts == ask("timeline --target art-6")
    assert set(Counter(r["entry"] for r in acts).values()) == {1}


@pytest.mark.parametrize("path", OPTIONS)
def test_every_option_is_a_flag_or_repeated_or_given_once(path: str) -> None:
    """No option of any command lets a second value win over the first without a word."""
    for option in OPTIONS[path]:
        assert option.is_flag or option.multiple, option.opts
        assert option.is_flag or isinstance(option, Once), option.opts


def sample(option: click.Option) -> str:
    """Return a value that an option takes."""
    if isinstance(option.type, click.Choice):
        return str(option.type.choices[0])
    return "1" if isinstance(option.type, click.types.IntParamType) else "x"


@pytest.mark.parametrize("path", OPTIONS)
def test_a_second_value_counts_or_is_refused(path: str) -> None:
    """An option given twice has both its values, or is refused by its name."""
    program = click.Context(cli, **cli.context_settings)
    ctx = click.Context(TREE[path], parent=program)
    for option in OPTIONS[path]:
        if option.is_flag:
            continue
        flag, value = option.opts[-1], sample(option)
        both: Any = None
        message = ""
        try:
            both, _ = option.handle_parse_result(ctx, {option.name: [value, value]}, [])
        except click.UsageError as refusal:
            message = refusal.format_message()
        assert len(both or ()) == 2 or message == f"{flag} is given 2 times: give it once", flag


@pytest.mark.parametrize(
    "words",
    [
        "timeline --since 2023 --since 2022",
        "timeline --limit 3 --limit 3",
        "positions --group EU --group ASEAN",
        "text art-6 --as-of 2023 --as-of 2024",
        "show scope --format json --format json",
        "names -o a.csv -o b.csv",
        "log stance --by KEN --by CHN",
    ],
)
def test_an_option_given_twice_is_refused_by_its_name(run: Run, treaty: Path, words: str) -> None:
    """The refusal is one line, which names the option, and nothing is printed or written."""
    result = run(*words.split(), at=treaty)
    flag = {"-o": "--output"}.get(words.split()[-2], words.split()[-2])
    assert (result.code, result.out) == (2, "")
    assert result.err == f"negotrack: {flag} is given 2 times: give it once\n"


# -- formats --------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", QUESTIONS)
def test_json_is_short_for_the_format(run: Run, treaty: Path, command: str) -> None:
    """``--json`` prints what ``--format json`` prints."""
    words = QUESTIONS[command].split()
    result = run(*words, "--json", at=treaty)
    assert (result.code, result.err) == (0, "")
    json.loads(result.out)
    assert result == run(*words, "--format", "json", at=treaty)
    assert result == run(*words, "--json", "--format", "json", at=treaty)


@pytest.mark.parametrize("command", QUESTIONS)
def test_two_formats_are_refused(run: Run, treaty: Path, command: str) -> None:
    """``--json`` beside another format is refused, whichever comes first."""
    for more in (("--json", "--format", "csv"), ("--format", "csv", "--json")):
        result = run(*QUESTIONS[command].split(), *more, at=treaty)
        assert (result.code, result.out) == (2, "")
        assert result.err == (
            "negotrack: --json and --format csv name two formats; give one of them\n"
        )


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        ("csv", "csv"), ("CSV", "csv"), ("md", "markdown"), ("json", "json"), ("jsonl", "jsonl"),
        ("html", "html"), ("txt", "table"), ("dat", "table"),
    ],
)  # fmt: skip
def test_the_ending_of_a_file_says_its_format(
    run: Run, treaty: Path, tmp_path: Path, ending: str, form: str
) -> None:
    """Without ``--format`` a file is written as its ending says; a table where it says nothing."""
    words = ("timeline", "ahc-6")
    path = tmp_path / f"x.{ending}"
    assert run(*words, "-o", str(path), at=treaty) == (0, "", "")
    assert run(*words, "--format", form, at=treaty).out.encode() == path.read_bytes()


@pytest.mark.parametrize(("more", "form"), [("--format json", "json"), ("--json", "json")])
def test_the_format_goes_before_the_ending(
    run: Run, treaty: Path, tmp_path: Path, more: str, form: str
) -> None:
    """Who names a format gets it, whatever the file is called."""
    path = tmp_path / "x.csv"
    assert run("names", *more.split(), "-o", str(path), at=treaty) == (0, "", "")
    assert run("names", "--format", form, at=treaty).out == path.read_text(encoding="utf-8")


# -- how lines are arranged -----------------------------------------------------------------------


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(text)))


def test_columns_are_chosen(run: Run, treaty: Path, ask: Ask) -> None:
    """``--columns`` leaves these columns or fields, in this order, in a table, in CSV and JSON."""
    words = ("timeline", "ahc-6", "--columns", "by,on")
    whole = ask("timeline ahc-6")
    table = run(*words, at=treaty).out.splitlines()
    assert table[2].split() == ["by", "on"]
    assert "ACCESS-NOW  2023-08-23" in table
    as_csv = run(*words, "--format", "csv", at=treaty).out
    assert as_csv.splitlines()[0] == "by,on"
    assert rows(as_csv) == [{"by": r["by"] or "", "on": r["on"]} for r in whole]
    assert ask("timeline ahc-6 --columns by,on") == [{"by": r["by"], "on": r["on"]} for r in whole]


def test_a_table_can_show_any_field(run: Run, treaty: Path) -> None:
    """A field that has no column of its own in the table gets one, and headings know no case."""
    out = run("timeline", "ahc-6", "--columns", "Entry, type", "--limit", "1", at=treaty).out
    assert out.splitlines()[2].split() == ["entry", "type"]
    assert out.splitlines()[4].split()[1] == "session.scheduled"


def test_lines_are_sorted(run: Run, treaty: Path, ask: Ask) -> None:
    """``--sort`` sorts by a field, and what has none is last."""
    whole = [r["by"] for r in ask("timeline ahc-6")]
    in_order = [*sorted(filter(None, whole)), *(by for by in whole if not by)]
    assert None in whole
    assert whole != in_order
    assert in_order == [r["by"] for r in ask("timeline ahc-6 --sort by")]
    as_csv = run("timeline", "ahc-6", "--sort", "by", "--format", "csv", at=treaty).out
    assert [by or "" for by in in_order] == [r["by"] for r in rows(as_csv)]
    table = run("timeline", "ahc-6", "--sort", "by", "--columns", "by", at=treaty).out
    assert table.splitlines()[4 : 4 + 9] == in_order[:9]


def test_numbers_are_sorted_by_their_size(ask: Ask) -> None:
    """Nine is less than ten."""
    counts = [r["yes"] for r in ask("votes")]
    assert {len(str(n)) for n in counts} > {2}
    assert sorted(counts) == [r["yes"] for r in ask("votes --sort yes")]


def test_lines_are_turned_round_and_cut(run: Run, treaty: Path, ask: Ask) -> None:
    """``--reverse`` turns round what was sorted, and ``--limit`` leaves the first of that."""
    words = "timeline ahc-6 --sort recorded_at"
    in_order = ask(words)
    assert in_order[::-1] == ask(f"{words} --reverse")
    assert in_order[:3] == ask(f"{words} --limit 3")
    assert in_order[:-4:-1] == ask(f"{words} --reverse --limit 3")
    assert ask("timeline ahc-6")[::-1] == ask("timeline ahc-6 --reverse")
    more = ("--reverse", "--limit", "3", "--columns", "entry")
    as_csv = run(*words.split(), *more, "--format", "csv", at=treaty).out
    assert [r["entry"] for r in rows(as_csv)] == [r["entry"] for r in in_order[:-4:-1]]
    table = run(*words.split(), *more, at=treaty).out
    assert table.splitlines()[4:7] == [r["entry"][:8] for r in in_order[:-4:-1]]


def test_what_an_answer_rests_on_is_not_cut(run: Run, treaty: Path) -> None:
    """The heading and the footer are those of the whole answer, and so is what tools get of it."""
    whole = run("timeline", "ahc-6", at=treaty).out
    part = run("timeline", "ahc-6", "--limit", "1", at=treaty).out
    assert whole.partition("\n\n")[0] == part.partition("\n\n")[0]
    assert whole.rpartition("\n\n")[2] == part.rpartition("\n\n")[2]
    words = ("timeline", "ahc-6", "--json")
    assert about(run(*words, at=treaty).out) == about(run(*words, "--limit", "1", at=treaty).out)


@pytest.mark.parametrize("option", ["--columns", "--sort"])
@pytest.mark.parametrize("form", ["table", "markdown", "html", "csv", "json", "jsonl"])
def test_an_unknown_column_is_refused(run: Run, treaty: Path, option: str, form: str) -> None:
    """The refusal names the column, and the one that may have been meant, once."""
    result = run("timeline", option, "targt", "--format", form, at=treaty)
    assert (result.code, result.out) == (3, "")
    assert result.err == "negotrack: no column targt; did you mean target?\n"


def test_a_name_unlike_all_others_gets_the_list(run: Run, treaty: Path) -> None:
    """Where nothing is near, the refusal says which fields there are."""
    result = run("timeline", "--columns", "zzz", at=treaty)
    assert (result.code, result.out) == (3, "")
    assert result.err.startswith("negotrack: no column zzz; it has entry, on, at, session, type, ")


def test_records_of_several_kinds_have_all_their_fields(ask: Ask) -> None:
    """A field of some records can be chosen, also where the first of them have none such."""
    answers = [r.get("answer") for r in ask("tally scope")]
    assert answers[0] is None
    assert any(answers)
    assert answers == [r["answer"] for r in ask("tally scope --columns answer")]
    assert answers[:2] == [r["answer"] for r in ask("tally scope --columns answer --limit 2")]


PICTURES = (
    "positions --matrix",
    "tally scope",
    "trend scope",
    "alignment --matrix",
    "votes res-74-247",
    "text art-6",
    "redline ind-art-6-2",
    "consolidate art-6/2 --pending --as-of 2024-08-05",
)


@pytest.mark.parametrize("option", ["--columns entry", "--sort entry", "--reverse", "--limit 1"])
@pytest.mark.parametrize("words", PICTURES)
def test_a_picture_has_no_lines_to_arrange(run: Run, treaty: Path, words: str, option: str) -> None:
    """Pictures and running text are refused; the same answer for tools can be arranged."""
    result = run(*words.split(), *option.split(), at=treaty)
    assert (result.code, result.out) == (3, "")
    assert result.err == (
        "negotrack: this answer is no table; as CSV or JSON its records can be arranged\n"
    )
    if option == "--limit 1":
        for form in ("json", "csv"):
            done = run(*words.split(), *option.split(), "--format", form, at=treaty)
            assert (done.code, done.err) == (0, "")
            assert len(records(done.out) if form == "json" else rows(done.out)) == 1


def test_the_lines_of_a_replay_are_not_arranged(run: Run, treaty: Path, ask: Ask) -> None:
    """JSON Lines of a replay are whole entries in order; in other formats they can be arranged."""
    for option in ("--columns on", "--sort on", "--reverse", "--limit 1"):
        result = run("replay", *option.split(), at=treaty)
        assert (result.code, result.out) == (2, "")
        assert "ask for another --format to arrange them" in result.err
    assert len(ask("replay --limit 2")) == 2


# -- help, version, quiet -------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", *TREE])
def test_help_is_a_command_and_an_option(run: Run, path: str) -> None:
    """``negotrack help CMD`` prints what ``CMD --help`` and ``CMD -h`` print."""
    words = path.split()
    result = run("help", *words)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Usage: {' '.join(['negotrack', *words])} ")
    assert result == run(*words, "--help") == run(*words, "-h")


def test_the_version_has_a_short_option(run: Run) -> None:
    """``-V`` prints what ``--version`` prints."""
    result = run("-V")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("negotrack, version ")
    assert result == run("--version")


STANCE = "log stance --by KEN --target scope --stance reserve --on 2023-02-01"


@pytest.mark.parametrize("quiet", ["-q", "--quiet"])
@pytest.mark.parametrize(
    "words", [STANCE, f"{STANCE} --dry-run", "sync", "rebuild", "undo", "import drafts.jsonl"]
)
def test_quiet_silences_confirmations(
    run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch, words: str, quiet: str
) -> None:
    """With ``-q`` what was done is done, and nothing is said of it."""
    monkeypatch.chdir(demo)
    (demo / "drafts.jsonl").write_text(
        '{"type":"statement.made/1","by":"KEN","on":"2023-02-01","says":"x"}\n'
    )
    if words == "undo":
        run(*STANCE.split(), at=demo)
    before = len(run("export", at=demo).out.splitlines())
    assert run(quiet, *words.split(), at=demo) == (0, "", "")
    is_written = words in {STANCE, "undo", "import drafts.jsonl"}
    assert before + is_written == len(run("export", at=demo).out.splitlines())


def test_quiet_leaves_what_tools_get(run: Run, demo: Path) -> None:
    """``--json`` prints its object with ``-q`` too."""
    result = run("-q", *STANCE.split(), "--json", at=demo)
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out)["new"] is True


def test_quiet_silences_notes(program: Run, demo: Path) -> None:
    """A note on standard error is left out with ``-q``, and the work is the same."""
    store = demo / ".negotrack" / "store.db"
    store.write_bytes(b"")
    assert "note: " in program("rebuild", "--store", at=demo).err
    assert program("-q", "rebuild", "--store", at=demo) == (0, "", "")


@pytest.mark.parametrize("words", ["timeline", "names", "doctor", "help log", "export"])
def test_quiet_leaves_answers(run: Run, treaty: Path, words: str) -> None:
    """What was asked for is printed with ``-q`` as without."""
    result = run("-q", *words.split(), at=treaty)
    assert (result.code, result.err) == (0, "")
    assert result.out
    assert result == run(*words.split(), at=treaty)


@pytest.mark.parametrize(
    "words", ["timeline --on art-6", "timelin", "show nothing", "log stance --by KEM"]
)
def test_quiet_leaves_what_went_wrong(run: Run, demo: Path, words: str) -> None:
    """An error is one line with ``-q`` as without, and the exit code is the same."""
    result = run("-q", *words.split(), at=demo)
    assert result.code != 0
    assert result.err.startswith("negotrack: ")
    assert result == run(*words.split(), at=demo)


# -- the pager ------------------------------------------------------------------------------------


@pytest.fixture
def pager(tmp_path: Path) -> Path:
    """Return a pager that prints what it gets, and writes beside itself how often it was called."""
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\necho called >> "{tmp_path}/calls"\nexec cat\n')
    script.chmod(0o755)
    return script


def calls(pager: Path) -> int:
    """Return how often a pager was called."""
    path = pager.with_name("calls")
    return len(path.read_text().splitlines()) if path.exists() else 0


def on_a_terminal(folder: Path, words: str, **env: str) -> str:
    """Return what the program prints on a terminal of 24 lines."""
    inherited = {k: v for k, v in os.environ.items() if k not in {"LINES", "COLUMNS", "LESS"}}
    with pexpect.spawn(
        sys.executable,
        ["-m", "negotrack", "-C", str(folder), *words.split()],
        encoding="utf-8",
        timeout=20,
        dimensions=(24, 100),
        env=inherited | {"TERM": "xterm"} | env,
    ) as child:
        child.expect(pexpect.EOF)
        assert isinstance(child.before, str)
    assert child.exitstatus == 0
    return child.before


def test_a_long_table_on_a_terminal_is_paged(treaty: Path, pager: Path) -> None:
    """What does not fit the screen goes through ``PAGER``, whole."""
    out = on_a_terminal(treaty, "timeline ahc-6", PAGER=str(pager))
    assert calls(pager) == 1
    assert "Timeline of un-cybercrime" in out
    assert "the record has" in out


@pytest.mark.parametrize(
    ("words", "env"),
    [
        ("--no-pager timeline ahc-6", {}),
        ("timeline ahc-6", {"PAGER": ""}),
        ("timeline ahc-6", {"PAGER": "cat"}),
        ("timeline ahc-6", {"TERM": "dumb"}),
        ("timeline ahc-6 --limit 1", {}),
        ("timeline ahc-6 --json", {}),
        ("timeline ahc-6 --format csv", {}),
        ("timeline ahc-6 -o {}", {}),
        ("timeline ahc-6 -o -", {}),
    ],
)
def test_what_is_not_to_be_paged_is_printed(
    treaty: Path, pager: Path, tmp_path: Path, words: str, env: dict[str, str]
) -> None:
    """No pager where none is wanted, where all fits the screen, for tools, or into a file."""
    words = words.format(tmp_path / "x.txt")
    out = on_a_terminal(treaty, words, **{"PAGER": str(pager)} | env)
    assert calls(pager) == 0
    written = tmp_path / "x.txt"
    text = written.read_text(encoding="utf-8") if written.exists() else out
    assert "2023-08-21" in text


def test_a_pipe_has_no_pager(treaty: Path, pager: Path, program: Run) -> None:
    """Where nobody looks, a long table is printed as it is."""
    result = program("timeline", at=treaty, env={"PAGER": str(pager), "TERM": "xterm"})
    assert (result.code, result.err) == (0, "")
    assert len(result.out.splitlines()) > 24
    assert calls(pager) == 0


def test_the_folder_is_given_once(run: Run, treaty: Path) -> None:
    """Of two folders the last would win silently: it is refused like any other option."""
    result = run("-C", "elsewhere", "names", at=treaty)
    assert result.code == 2
    assert result.err == "negotrack: -C is given 2 times: give it once\n"
