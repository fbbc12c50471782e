from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from house.plan import floor, modules
from negotrack.cli.main import COMMANDS
from negotrack.errors import Action

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAMES = "|".join(name for section in COMMANDS.values() for name in section)
_COMMAND_OR_FLAG = re.compile(rf"negotrack (?:{_NAMES})\b|(?<![\w-])--[a-z]")
BELOW = {name: path for name, path in modules().items() if floor(name) not in ("", "cli")}


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the texts of a module with their lines; docstrings are for readers of the code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.lineno, node.value


@pytest.mark.parametrize("name", BELOW)
def test_nobody_below_the_command_line_names_a_command_or_a_flag(name: str) -> None:
    """What a page or a notebook would print as well knows no command line."""
    texts = sentences(BELOW[name])
    assert [(line, text) for line, text in texts if _COMMAND_OR_FLAG.search(text)] == []


def test_a_flag_is_found(tmp_path: Path) -> None:
    """The test above does see a command and a flag, in a format string too, and no docstring."""
    module = tmp_path / "module.py"
    module.write_text('"""See --help."""\nWORDS = "use --nth 2", f"run negotrack check {1}"\n')
    texts = [text for _, text in sentences(module) if _COMMAND_OR_FLAG.search(text)]
    assert texts == ["use --nth 2", "run negotrack check "]


def test_every_cure_has_words_on_the_command_line() -> None:
    """Each action that a refusal may call for is said as a command or an option, and no other."""
    from typing import get_args

    from negotrack.cli.cures import WORDINGS

    assert set(get_args(Action)) == set(WORDINGS)
