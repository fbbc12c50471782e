"""Trees: private copies of the repository, in which one mutant at a time lives and is tried."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mutating.mutants import Mutant
    from mutating.rooms import Stage

PACKAGE = Path("src", "negotrack")

_COPIED = ("src", "tests", "scripts", "docs", "events", "*.toml", "*.md")
_PATIENCE = 4
"""Tests that take so many times as long as without the mutant do not end."""
_LEAST_SECONDS = 20.0

_ALIVE, _DEAD, _ASTRAY = 0, (1, 2, 3), 97
_RUN = f"""
import importlib, resource, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
resource.setrlimit(resource.RLIMIT_AS, (1 << 32, 1 << 32))
name, path, *words = sys.argv[1:]
try:
    module = importlib.import_module(name)
except BaseException as error:
    sys.exit(f"{{name}} cannot be imported: {{error}}")
if module.__file__ != path:
    sys.exit({_ASTRAY})
import pytest
sys.exit(pytest.main(words))
"""
"""What runs tests: it makes sure that the copy is what they import, and that memory is bounded.

Where a shell starts a job in the background, SIGINT is ignored, and by its children too.
"""

_OPTIONS = ("-x", "-q", "-n0", "-pno:cacheprovider", "--no-header", "--hypothesis-profile=ci")
"""With the profile ``ci``, hypothesis tries the same examples each time, however slow they are."""


class Fate(NamedTuple):
    """What became of a mutant: which tests killed it, or none, and whether they did not end."""

    killed_by: str | None
    endless: bool
    seconds: float


class Tree:
    """A copy of what the tests need of the repository."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Make the copy."""
        self.root = folder
        self._output = folder.with_suffix(".txt")
        self._seconds: dict[Stage, float] = {}
        folder.mkdir()
        for path in (path for pattern in _COPIED for path in sorted(root.glob(pattern))):
            if path.is_dir():
                ignore = shutil.ignore_patterns("__pycache__", ".*")
                shutil.copytree(path, folder / path.name, ignore=ignore)
            else:
                shutil.copy(path, folder)

    def fate(self, mutant: Mutant, stages: list[Stage]) -> Fate:
        """Let a mutant live until tests kill it, the nearest first; then the tree is as before."""
        path = self.root / PACKAGE / mutant.file
        source = path.read_bytes()
        begun = time.monotonic()
        try:
            for stage in stages:
                self._write(path, source)
                limit = self._limit(mutant.file, stage)
                self._write(path, mutant.applied(source))
                code = self._ran(mutant.file, stage, limit)
                if code != _ALIVE:
                    return Fate(" ".join(stage), code is None, time.monotonic() - begun)
        finally:
            self._write(path, source)
        return Fate(None, endless=False, seconds=time.monotonic() - begun)

    def _write(self, path: Path, source: bytes) -> None:
        """Write a module and forget what was compiled of it: it may be as old and as long."""
        path.write_bytes(source)
        for compiled in (path.parent / "__pycache__").glob(f"{path.stem}.*"):
            compiled.unlink()

    def _limit(self, file: str, stage: Stage) -> float:
        """Return how long tests may take; without a mutant they have to pass."""
        if stage not in self._seconds:
            begun = time.monotonic()
            if self._ran(file, stage, None) != _ALIVE:
                output = self._output.read_text(encoding="utf-8", errors="replace")
                raise SystemExit(f"{output}\n{' '.join(stage)} does not pass without a mutant")
            self._seconds[stage] = time.monotonic() - begun
        return max(_LEAST_SECONDS, _PATIENCE * self._seconds[stage])

    def _ran(self, file: str, stage: Stage, limit: float | None) -> int | None:
        """Run tests; return their exit code, None where they did not end in time."""
        path = self.root / PACKAGE / file
        module = ".".join((PACKAGE.name, *Path(file).with_suffix("").parts))
        words = (module.removesuffix(".__init__"), str(path), *_OPTIONS, *stage)
        with self._output.open("wb") as output:
            running = subprocess.Popen(
                [sys.executable, "-c", _RUN, *words],
                cwd=self.root,
                env=os.environ | {"PYTHONPATH": str(self.root / "src")},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            code = running.wait(limit)
        except subprocess.TimeoutExpired:
            return None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        if code == _ASTRAY:
            raise SystemExit(f"the tests import another {module} than {path}")
        if code != _ALIVE and code not in _DEAD and code > 0:
            raise SystemExit(f"pytest ended with {code} for {' '.join(stage)}")
        return code
