from __future__ import annotations

import json
import subprocess
import sys

from house.plan import modules

CHILD = """
import importlib, json, os, sys
import click, eventsourcing.persistence, msgspec, pendulum, tabulate
assert not any(name.startswith("negotrack") for name in sys.modules)
failed = {}
for name in sys.argv[1:]:
    end, start = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(name)
        except BaseException as error:
            os.write(start, repr(error).encode()[:4000])
        os._exit(0)
    os.close(start)
    os.waitpid(child, 0)
    with os.fdopen(end, "rb") as pipe:
        said = pipe.read().decode()
    if said:
        failed[name] = said
print(json.dumps(failed))
"""


def test_every_module_can_be_imported_alone() -> None:
    """Whichever module of the house is imported first, it finds what it needs."""
    names = [name for name in modules() if name != "negotrack.__main__"]
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *names], capture_output=True, check=True, timeout=120
    )
    assert json.loads(done.stdout) == {}


def test_a_module_that_cannot_be_imported_is_found() -> None:
    """The test above does see a failure."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, "negotrack.nowhere"],
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert list(json.loads(done.stdout)) == ["negotrack.nowhere"]
