"""Kill negotrack again and again while it writes, and look whether anything was lost.

How to run it, from the folder of the project, in its environment::

    python scripts/kill.py            # 200 kills
    python scripts/kill.py 5000 --seed 7

Each round starts ``negotrack log`` or ``negotrack import`` in a workspace of its own making, kills
the process with SIGKILL at a random moment of the time that it would take, and then runs
``negotrack check`` and one more ``negotrack log``. After each round it must be true that

- both of those commands succeed,
- every entry that was acknowledged is in the journal and in the store, once,
- the journal and the store hold the same entries, every one of them whole,
- an import is there with all its entries or with none, and with all where it was acknowledged.

A check may find a torn last line, which is what a killed writer may leave; it is then looked
whether the entry was written again. The last line printed is a summary, and the exit code is 1
where anything else was seen. The same seed gives the same commands and the same delays, but not
the same kills: where a kill hits depends on the machine.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from negotrack.domain.canonical import decode_verified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.domain.canonical import StoredEntry

PROGRAM = (sys.executable, "-m", "negotrack")
ROUNDS = 25
"""Kills in one workspace; then a new one is made, so that checking does not get slower."""

LONGEST_IMPORT = 3_000
SPEECH: dict[str, Any] = {
    "type": "statement.made/1", "negotiation": "demo", "on": "2023-01-18", "by": "KEN",
}  # fmt: skip
SETTING = (
    {"type": "negotiation.opened/1", "title": "A demonstration", "on": "2023-01-01"},
    {"type": "delegation.registered/1", "delegation": "KEN", "kind": "state", "name": "Kenya",
     "on": "2023-01-01"},
)  # fmt: skip
FORGIVEN = {"torn-line", "quarantine"}


class Violation(Exception):  # noqa: N818 - it says what was violated
    """Something that must hold after a kill did not."""


class Outcome(NamedTuple):
    """How a command that may have been killed ended: whether it was, and what it printed."""

    killed: bool
    printed: dict[str, Any] | None


class Tally:
    """What was seen in a campaign."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.kills = self.finished = self.torn = self.unacknowledged = 0
        self.violations: list[str] = []


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*PROGRAM, "-C", str(folder), *words], capture_output=True, check=False, text=True
    )


def strike(folder: Path, delay: float, *words: str) -> Outcome:
    """Start a command and kill it after a delay in seconds, unless it has ended by then."""
    command = [*PROGRAM, "-C", str(folder), *words, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            process.wait(delay)
        except subprocess.TimeoutExpired:
            process.kill()
        out, _ = process.communicate()
    printed = json.loads(out) if out.endswith(b"\n") else None
    if process.returncode > 0:
        raise Violation(f"{words[0]} ended with {process.returncode}")
    return Outcome(process.returncode < 0, printed)


def entries(folder: Path) -> list[StoredEntry]:
    """Return the entries of the journal; journal and store must hold the same, each once."""
    files = sorted((folder / "events").rglob("*.jsonl"))
    journal = [decode_verified(line) for path in files for line in path.read_bytes().splitlines()]
    with closing(sqlite3.connect(folder / ".negotrack/store.db")) as db:
        rows = db.execute("SELECT state FROM stored_events").fetchall()
    store = [decode_verified(bytes(row[0])) for row in rows]
    for name, place in (("journal", journal), ("store", store)):
        if len({kept.id for kept in place}) != len(place):
            raise Violation(f"the {name} holds an entry twice")
    if {kept.id for kept in journal} != {kept.id for kept in store}:
        raise Violation(f"the journal holds {len(journal)} entries, the store {len(store)}")
    return journal


def speeches(path: Path, note: str, count: int) -> None:
    """Write the drafts of an import, which has a note to know it by."""
    drafts = ({**SPEECH, "says": f"{note}: {n}", "note": note} for n in range(count))
    path.write_text("".join(json.dumps(draft) + "\n" for draft in drafts), encoding="utf-8")


class Arena:
    """A workspace in which writers are killed, and what is known to have been acknowledged."""

    def __init__(self, root: Path, chance: random.Random, tally: Tally) -> None:
        """Make the workspace."""
        self.folder = root / "workspace"
        self.input = root / "in.jsonl"
        self._chance = chance
        self._tally = tally
        self._seconds: dict[str, float] = {}
        self._imports: dict[str, int] = {}
        self._acknowledged: set[str] = set()
        rows = (json.dumps({**row, "negotiation": "demo"}) for row in SETTING)
        self.input.write_text("\n".join(rows), encoding="utf-8")
        for words in (("init",), ("import", str(self.input))):
            done = run(self.folder if words[0] != "init" else root, *words, *self._where(words))
            if done.returncode:
                raise Violation(f"the workspace cannot be made: {done.stderr}")

    def _where(self, words: tuple[str, ...]) -> tuple[str, ...]:
        return (str(self.folder),) if words[0] == "init" else ()

    def round(self, name: str) -> None:
        """Kill one writer and look at what it left."""
        words = self._import(name) if self._chance.random() < 0.5 else self._log(name)
        outcome = strike(self.folder, self._delay(words[0]), *words)
        self._tally.kills += outcome.killed
        self._tally.finished += not outcome.killed
        self._check()
        after = run(self.folder, *self._log(f"after {name}"), "--json")
        if after.returncode:
            raise Violation(f"the next command failed: {after.stderr}")
        self._acknowledged.add(json.loads(after.stdout)["entry"])
        self._verify(name, outcome)

    def _log(self, name: str) -> tuple[str, ...]:
        return ("log", "statement", "--by", "KEN", "--says", name, "--note", name, "--on", "2023-01-18")  # fmt: skip  # noqa: E501

    def _import(self, name: str) -> tuple[str, ...]:
        self._imports[name] = self._chance.randint(1, LONGEST_IMPORT)
        speeches(self.input, name, self._imports[name])
        return ("import", str(self.input))

    def _delay(self, command: str) -> float:
        """Return a moment of the time that a command takes, the part after its start more often."""
        if command not in self._seconds:
            self._seconds[command] = self._measured(command)
        whole = self._seconds[command] * 1.1
        return self._chance.uniform(self._chance.choice((0.0, 0.4)) * whole, whole)

    def _measured(self, command: str) -> float:
        """Return how many seconds a command takes, tried on a copy of the workspace."""
        with tempfile.TemporaryDirectory() as root:
            copy = shutil.copytree(self.folder, Path(root) / "workspace")
            draft = Path(root) / "in.jsonl"
            speeches(draft, "measured", LONGEST_IMPORT // 2)
            words = ("import", str(draft)) if command == "import" else self._log("measured")
            began = time.monotonic()
            run(copy, *words)
            return time.monotonic() - began

    def _check(self) -> None:
        done = run(self.folder, "check", "--format", "json")
        findings = json.loads(done.stdout) if done.stdout else []
        rules = {finding["rule"] for finding in findings}
        if done.returncode not in (0, 1) or not rules <= FORGIVEN or "Traceback" in done.stderr:
            raise Violation(f"check ended with {done.returncode}: {done.stdout}{done.stderr}")
        if rules:
            self._tally.torn += 1
            shutil.rmtree(self.folder / ".negotrack/quarantine", ignore_errors=True)

    def _verify(self, name: str, outcome: Outcome) -> None:
        journal = entries(self.folder)
        if outcome.printed is not None and "entry" in outcome.printed:
            self._acknowledged.add(outcome.printed["entry"])
        lost = self._acknowledged - {kept.id for kept in journal}
        if lost:
            raise Violation(f"{len(lost)} acknowledged entries are lost, among them {min(lost)}")
        there = sum(kept.entry.note == name for kept in journal)
        whole = self._imports.get(name, 1)
        if there not in (0, whole):
            raise Violation(f"{there} of {whole} entries are there: {name} is half")
        if outcome.printed is not None and there != whole:
            raise Violation(f"{name} was acknowledged and is not there")
        self._tally.unacknowledged += outcome.killed and there == whole


@contextmanager
def arena(chance: random.Random, tally: Tally) -> Iterator[Arena]:
    """Make a workspace in a temporary folder, which is removed."""
    with tempfile.TemporaryDirectory(prefix="negotrack-kill-") as root:
        yield Arena(Path(root), chance, tally)


def campaign(kills: int, seed: int) -> Tally:
    """Go on until so many writers were killed; a violation ends the workspace that it is in."""
    chance, tally, number = random.Random(seed), Tally(), 0
    while tally.kills < kills and number < 4 * kills + 20:
        with arena(chance, tally) as place:
            try:
                for _ in range(ROUNDS):
                    if tally.kills == kills:
                        break
                    number += 1
                    place.round(f"round {number}")
            except Violation as violation:
                tally.violations.append(f"round {number}: {violation}")
                print(tally.violations[-1], file=sys.stderr)
                tally.kills += 1
    return tally


def main() -> int:
    """Run a campaign as the command line says; return the exit code."""
    parser = argparse.ArgumentParser(
        description="Kill negotrack while it writes, and look whether anything was lost."
    )
    parser.add_argument("kills", type=int, nargs="?", default=200, help="how many writers to kill")
    parser.add_argument("--seed", type=int, default=1, help="where the random delays begin")
    given = parser.parse_args()
    began = time.monotonic()
    tally = campaign(given.kills, given.seed)
    print(
        f"{tally.kills} kills in {time.monotonic() - began:.0f} s (seed {given.seed}), "
        f"{tally.finished} writers ended first; {tally.unacknowledged} killed writers had kept "
        f"all they had, {tally.torn} left a torn line; {len(tally.violations)} violations"
    )
    return 1 if tally.violations else 0


if __name__ == "__main__":
    sys.exit(main())
