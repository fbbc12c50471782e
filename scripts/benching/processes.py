"""Whole processes: how long they take, how much memory at most, and what they answer."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SCRIPTS = Path(__file__).parent.parent
BARE = [sys.executable, "-c"]
PROGRAM = [str(Path(sys.executable).with_name("negotrack"))]
MIB = 1024 * 1024
UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes

# A child begins with the memory of who started it, so the peak of a small one is that of its
# parent. This parent is smaller than anything that is measured.
_LAUNCHER = """
import os, sys
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(used.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""


def environment() -> dict[str, str]:
    """Return the environment of what is measured: as here, but compiled modules are kept."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"NEGOTRACK_RECORDER": "bench", "COLUMNS": "120"}


def run(command: Sequence[str]) -> str:
    """Run a process to its end and return what it printed; end with its complaint if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment())
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(command)[:300]}\n{done.stderr[-2000:]}")
    return done.stdout


def succeeds(command: Sequence[str]) -> bool:
    """Whether a process ends well."""
    done = subprocess.run(command, capture_output=True, check=False, env=environment())
    return done.returncode == 0


def seconds(command: Sequence[str]) -> float:
    """Return how long a process takes, from its start to its end."""
    begun = time.perf_counter()
    run(command)
    return time.perf_counter() - begun


def peak(command: Sequence[str]) -> tuple[float, str]:
    """Return the most memory that a process had, in MiB, and what it printed."""
    with tempfile.NamedTemporaryFile("r") as file:
        out = run([sys.executable, "-I", "-S", "-c", _LAUNCHER, file.name, *command])
        return int(file.read()) * UNIT / MIB, out


def taken_in_turn(commands: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """Return the median seconds of each command, all of them run once a round."""
    return in_turn({name: (seconds, command) for name, command in commands.items()}, rounds)


def in_turn(
    works: dict[str, tuple[Callable[[list[str]], float], list[str]]], rounds: int
) -> dict[str, float]:
    """Return the median of what each work gives; a round before the first is not counted."""
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds + 1):
        for name, (measure, command) in works.items():
            took[name].append(measure(command))
    return {name: statistics.median(times[1:]) for name, times in took.items()}


def work(name: str, *arguments: Path | str | int) -> list[str]:
    """Return the command that does a work of :mod:`benching.works` in a process of its own."""
    code = f"import sys; sys.path.insert(0, {str(SCRIPTS)!r}); from benching.works import main"
    return [*BARE, f"{code}; main()", name, *map(str, arguments)]


def answer(command: Sequence[str]) -> dict[str, Any]:
    """Run a work and return what it found, with its ``peak`` in MiB."""
    most, out = peak(command)
    figures: dict[str, Any] = json.loads(out)
    return figures | {"peak": most}


def medians(results: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Return the median of every figure that several runs of one work gave."""
    runs = list(results)
    return {key: statistics.median(one[key] for one in runs) for key in runs[0]}
