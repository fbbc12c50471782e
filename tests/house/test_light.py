from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("eventsourcing", "pendulum", "tabulate", "msgspec")

CHILD = """
import json, sys
from negotrack.cli.main import main
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def loaded(*words: str, env: dict[str, str] | None = None) -> tuple[str, set[str]]:
    """Run a command in a process of its own; return its output and the packages it imported."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *words],
        capture_output=True,
        check=True,
        timeout=60,
        env=os.environ | (env or {}),
    )
    return done.stdout.decode(), set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("words", ["--help", "--version", "completion bash"])
def test_what_needs_no_record_is_light(words: str) -> None:
    """Help, version and completion import click and nothing else that is heavy."""
    _, packages = loaded(*words.split())
    assert set() == packages & set(HEAVY)


@pytest.mark.parametrize("words", ["--help", "--version"])
def test_help_does_not_open_a_database(words: str) -> None:
    """Help and version import neither SQLite nor JSON."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "negotrack", words],
        capture_output=True,
        check=True,
        timeout=60,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "click" in imported
    assert set() == imported & {"sqlite3", "json", "msgspec", "negotrack.workspace"}


@pytest.mark.parametrize(
    "words",
    [
        "timeline ahc-6 --as-of 2024 --format json",
        "timeline --by Russia --as-of ahc-6 --format csv",
        "positions --target scope --as-of 2023-09-01 --format jsonl",
        "history EU scope --as-of 2023-09-01 --format html",
        "names session --format markdown",
    ],
)
def test_a_warm_answer_is_light(treaty: Path, words: str) -> None:
    """With the index caught up, an answer for tools is read from it and from nothing else."""
    subprocess.run(
        [sys.executable, "-m", "negotrack", "-C", treaty, "sync"], check=True, capture_output=True
    )
    loaded("-C", str(treaty), *words.split())
    out, packages = loaded("-C", str(treaty), *words.split())
    assert "2023-08-21" in out
    assert set() == packages & set(HEAVY)


def test_a_warm_table_needs_tabulate_alone(treaty: Path) -> None:
    """A table costs tabulate, and neither the event store nor the codec."""
    loaded("-C", str(treaty), "timeline", "ahc-6")
    _, packages = loaded("-C", str(treaty), "timeline", "ahc-6")
    assert {"tabulate"} == packages & set(HEAVY)


TYPES = """
import sys, typing
from negotrack.cli.main import main
try:
    main()
except SystemExit:
    found = [
        f"{kind.__module__}.{kind.__name__}"
        for name, module in list(sys.modules.items()) if name.startswith("negotrack.index")
        for kind in vars(module).values() if isinstance(kind, type) and hasattr(kind, "_fields")
        for types in [vars(kind).get("__annotations__", {}).values()]
        if any(isinstance(type_, typing.ForwardRef) for type_ in types)
    ]
    print(found, file=sys.stderr)
"""


def test_the_rows_of_answers_have_real_annotations(treaty: Path) -> None:
    """Named tuples that every answer loads are made four times as fast without text to compile."""
    loaded("-C", str(treaty), "timeline", "ahc-6")
    words = ("-C", str(treaty), "timeline", "ahc-6", "--format", "json")
    done = subprocess.run(
        [sys.executable, "-c", TYPES, *words], capture_output=True, check=True, timeout=60
    )
    assert done.stderr.decode().splitlines()[-1] == "[]"


@pytest.mark.parametrize(("words", "code"), [(["--version"], 0), (["timelin"], 2)])
def test_the_interpreter_is_left_as_it_stands(words: list[str], code: int) -> None:
    """The program ends with its exit code and all it had to say, and takes nothing apart."""
    program = "import atexit; atexit.register(print, 'apart'); from negotrack.__main__ import main"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; main()", *words],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert code == done.returncode
    output = (done.stdout + done.stderr).decode()
    assert output.startswith("negotrack")
    assert "apart" not in output


@pytest.mark.parametrize("words", ["negotrack positions --target sc", "negotrack timeline ahc"])
def test_the_shell_completes_names_lightly(treaty: Path, words: str) -> None:
    """Completing the name of a target or a session imports nothing heavy."""
    loaded("-C", str(treaty), "timeline", "ahc-6")
    env = {
        "_NEGOTRACK_COMPLETE": "bash_complete",
        "COMP_WORDS": words.replace("negotrack", f"negotrack -C {treaty}"),
        "COMP_CWORD": str(len(words.split()) + 1),
    }
    out, packages = loaded(env=env)
    assert out.startswith("plain,")
    assert set() == packages & set(HEAVY)
