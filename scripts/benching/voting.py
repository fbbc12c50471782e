"""Questions to the votes of the General Assembly: the same to negotrack and to DuckDB.

What both answer is compared first, and only then how long it takes.
"""

from __future__ import annotations

import csv
import io
import statistics
from typing import TYPE_CHECKING, Any, NamedTuple

from benching import assembly_queries as asks
from benching.asking import CSV, NO_DUCKDB
from benching.assembly import Assembly, code, is_there, totals
from benching.histories import HAS_DUCKDB
from benching.processes import BARE, PROGRAM, answer, peak, run, succeeds, taken_in_turn, work
from benching.report import Goal
from benching.yardsticks import CLICK_APP

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benching.report import Report

    Rows = list[dict[str, str]]
    Compared = Callable[[Rows], set[Any]]

WHO, WHO_CODE = "United States", "USA"
AS_OF = "2019-12-31"
CALL = 9087
SESSION = 74
SPAN = ("1985-01-01", "1989-12-31")
SPANS = (SPAN, ("2015-01-01", "2019-12-31"))
FIGURES = {"rc-9087": (79, 60, 33), "rc-6138": (94, 59, 33)}
"""What the records of the Assembly say of resolutions 74/247 and 73/187: yes, no, abstentions."""

MOST_MIB = 128
_REPEATED = 5
_MOST_TURNS = 5
_DIGITS = 9


class Differ(SystemExit):
    """Two answers that are not the same: then nothing is measured."""


class Question(NamedTuple):
    """A question: as a command, as queries to the files and to DuckDB's own table.

    ``ours`` and ``theirs`` take out of each answer what has to be the same. ``bound`` is the goal:
    how much of the time of python and DuckDB the command may take, cold.
    """

    name: str
    words: tuple[str, ...]
    files: str
    table: str
    ours: Compared
    theirs: Compared
    bound: float | None = 0.5


def same(name: str, ours: set[Any], theirs: set[Any]) -> None:
    """Raise :class:`Differ` unless two answers are the same, and say something."""
    if not ours or ours != theirs:
        only = [
            sorted(map(str, one - other))[:3] for one, other in ((ours, theirs), (theirs, ours))
        ]
        raise Differ(
            f"{name}: {len(ours):,} and {len(theirs):,} rows differ: only negotrack has {only[0]},"
            f" only the other {only[1]}"
        )


# -- the questions --------------------------------------------------------------------------------


def _positions(rows: Rows) -> set[Any]:
    return {(r["target"], r["stance"], r.get("since") or r.get("on")) for r in rows}


def _our_votes(rows: Rows) -> set[Any]:
    return {(r["delegation"], r["vote"]) for r in rows}


def _their_votes(rows: Rows) -> set[Any]:
    return {(code(r["state"], AS_OF), r["vote"]) for r in rows}


def _figures(rows: Rows) -> set[Any]:
    return {tuple(r.values()) for r in rows}


def _our_tally(rows: Rows) -> set[Any]:
    names = ("support", "oppose", "reserve", "undeclared")
    whole = (r for r in rows if r["part"] == "count" and not r["group"])
    return {tuple(r[name] for name in names) for r in whole}


def _our_figures(rows: Rows) -> set[Any]:
    names = ("target", "first", "last", "yes", "no", "abstain")
    return {tuple(r[name] for name in names) for r in rows}


def _our_timeline(rows: Rows) -> set[Any]:
    happened = (r for r in rows if r["type"] != "session.scheduled")
    return {(r["on"], r["by"], r["target"], r["summary"] if r["by"] else "") for r in happened}


def _their_timeline(rows: Rows) -> set[Any]:
    return {
        (r["on"], code(r["state"], r["on"]), r["target"], r["said"])
        if r["state"]
        else (r["on"], "", r["target"], "")
        for r in rows
    }


def _agreements(rows: Rows) -> set[Any]:
    return {
        (
            frozenset((code(r["one"], SPAN[0]), code(r["other"], SPAN[0]))),
            round(float(r["agreement"]), _DIGITS),
            round(float(r["kappa"]), _DIGITS) if r["kappa"] else None,
            r["shared"],
        )
        for r in rows
    }


TALLY = Question(
    "tally of a roll call",
    ("tally", f"rc-{CALL}"),
    asks.TALLY.format(call=CALL, session=SESSION),
    asks.TALLY.format(call=CALL, session=SESSION),
    _our_tally,
    _figures,
)
"""Asked where there is a command ``tally``."""

QUESTIONS = (
    Question(
        "positions of a delegation",
        ("positions", "--by", WHO_CODE, "--as-of", AS_OF),
        asks.POSITIONS.format(who=WHO, as_of=AS_OF, more=""),
        asks.POSITIONS.format(who=WHO_CODE, as_of=AS_OF, more=asks.MORE),
        _positions,
        _positions,
    ),
    Question(
        "votes in a roll call",
        ("votes", f"rc-{CALL}"),
        asks.VOTES.format(call=CALL, more=""),
        asks.VOTES.format(call=CALL, more=asks.MORE),
        _our_votes,
        _their_votes,
    ),
    Question(
        "timeline of a session",
        ("timeline", f"ga-{SESSION}"),
        asks.TIMELINE.format(session=SESSION, more="", note="", no_note=""),
        asks.TIMELINE.format(
            session=SESSION, more=asks.MORE_OF_A_LINE, note=", note", no_note=", NULL"
        ),
        _our_timeline,
        _their_timeline,
    ),
    Question(
        "alignment of all pairs, 1985 to 1989",
        ("alignment", "--since", SPAN[0], "--as-of", SPAN[1]),
        asks.AGREEMENTS.format(since=SPAN[0], as_of=SPAN[1]),
        asks.AGREEMENTS.format(since=SPAN[0], as_of=SPAN[1]),
        _agreements,
        _agreements,
        bound=1,
    ),
    Question(
        "figures of all roll calls",
        ("votes",),
        asks.FIGURES,
        asks.FIGURES,
        _our_figures,
        _figures,
        bound=None,
    ),
)


# -- the part -------------------------------------------------------------------------------------


def voting(report: Report, keep: Path, data: Path, rounds: int) -> None:
    """Measure the import of the Assembly's votes, and questions to them, cold and warm."""
    if not is_there(data):
        report.note(f"SKIPPED the votes of the General Assembly: {data} does not have the tables")
        return
    assembly = Assembly(keep, data)
    if not assembly.is_new:
        report.note("the import was measured by the run that made the workspace, and kept")
    _importing(report, assembly)
    check_totals(assembly)
    if not HAS_DUCKDB:
        report.note(NO_DUCKDB)
    _cold(report, assembly, rounds)
    if HAS_DUCKDB:
        _warm(report, assembly, rounds)


def _importing(report: Report, assembly: Assembly) -> None:
    figures = assembly.imported
    whole, part, raw = figures["all"], figures["part"], figures["raw"]
    name, beside = f"import {whole['votes']:,.0f}", (whole["votes"] + whole["calls"])
    report.add(
        name, whole["votes"] / whole["taking_in"], "/s",
        "raw sqlite3", beside / raw["seconds"], Goal(0.25, least=True),
    )  # fmt: skip
    report.add(
        f"{name}, with the index", whole["votes"] / whole["seconds"], "/s",
        "raw sqlite3", beside / raw["seconds"],
    )  # fmt: skip
    report.add(
        f"{name}, peak memory", whole["peak"], "MiB",
        f"the same of {part['votes']:,.0f}", part["peak"], Goal(1.1),
    )  # fmt: skip


def check_totals(assembly: Assembly) -> None:
    """Hold the figures of every roll call beside those of the input, counted by hand."""
    ours = {
        r["target"]: tuple(int(r[vote]) for vote in ("yes", "no", "abstain"))
        for r in _rows(run(assembly.command("votes", *CSV)))
    }
    theirs = {
        target: tuple(roll.get(vote, 0) for vote in ("yes", "no", "abstain"))
        for target, roll in totals(assembly).items()
    }
    same("figures of all roll calls and those of the input", set(ours.items()), set(theirs.items()))
    for target, figures in FIGURES.items():
        if target in ours:
            same(f"figures of {target}", {ours[target]}, {figures})


def _rows(text: str) -> Rows:
    return list(csv.DictReader(io.StringIO(text)))


def _questions(report: Report) -> tuple[Question, ...]:
    if succeeds([*PROGRAM, "tally", "--help"]):
        return (*QUESTIONS, TALLY)
    report.note("there is no command tally yet, so it was not measured")
    return QUESTIONS


def _cold(report: Report, assembly: Assembly, rounds: int) -> None:
    commands = {"click": [*BARE, CLICK_APP]}
    questions = _questions(report)
    for question in questions:
        commands |= _compared(assembly, question)
    took = taken_in_turn(commands, rounds)
    bare, _ = peak(commands["click"])
    for question in questions:
        name, ours = question.name, took[question.name] * 1000
        goal = None if question.bound is None else Goal(question.bound)
        for other in ("the files", "its table"):
            if f"{name}|{other}" in took:
                yardstick = f"python + duckdb on {other}"
                report.add(name, ours, "ms", yardstick, took[f"{name}|{other}"] * 1000, goal)
        report.add(name, ours, "ms", "bare click app", took["click"] * 1000)
        report.add(
            f"{name}, peak memory", peak(commands[name])[0], "MiB", "bare click app", bare,
            Goal(MOST_MIB, absolute=True),
        )  # fmt: skip


def _compared(assembly: Assembly, question: Question) -> dict[str, list[str]]:
    """Return the commands of a question, all of which gave the same answer."""
    name = question.name
    commands = {name: assembly.command(*question.words, *CSV)}
    if HAS_DUCKDB:
        commands |= {
            f"{name}|the files": assembly.on_files(question.files),
            f"{name}|its table": assembly.on_table(question.table),
        }
    ours = question.ours(_rows(run(commands[name])))
    for key in commands.keys() - {name}:
        same(key.replace("|", ", duckdb on "), ours, question.theirs(_rows(run(commands[key]))))
    return commands


# -- through the API ------------------------------------------------------------------------------


def _warm(report: Report, assembly: Assembly, rounds: int) -> None:
    """Measure the agreement of all pairs through the open API beside an open DuckDB."""
    spans = ["/".join(span) for span in SPANS]
    works = {
        "ours": work("agreements_warm", assembly.root, _REPEATED, *spans),
        "duckdb": work("duckdb_agreements_warm", assembly.table, _REPEATED, *spans),
    }
    turns = [
        {name: answer(command) for name, command in works.items()}
        for _ in range(min(rounds, _MOST_TURNS))
    ]
    for span in spans:
        ours, theirs = (
            1000 * statistics.median(turn[name][span] for turn in turns) for name in works
        )
        name = f"alignment of all pairs through the API, {span}"
        report.add(name, ours, "ms", "duckdb, warm", theirs, Goal(2))
