"""What the pages for whoever works on the code name is where they say it is."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from docs.pages import DOCS, ROOT, section
from house.plan import FLOORS, PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

ARCHITECTURE = DOCS / "architecture.md"
_FUNCTION = re.compile(r"^\|[^|]*\| `([^`]+\.py)` \| `(\w+)` \|", re.MULTILINE)
DAY = _FUNCTION.findall(section(ARCHITECTURE, "## An entry's day"))


@pytest.mark.parametrize("page", [ARCHITECTURE, ROOT / "CONTRIBUTING.md"], ids=lambda p: p.name)
def test_files_and_folders_are_there(page: Path) -> None:
    """Every file and every folder of the code that a page names is there."""
    named = re.findall(r"`([\w./]+(?:\.py|/))`", page.read_text(encoding="utf-8"))
    files = {path.name for path in PACKAGE.rglob("*.py")}
    folders = {path.name for path in PACKAGE.rglob("*") if path.is_dir()}
    missing = [
        name
        for name in named
        if not ((ROOT / name).exists() or (PACKAGE / name).exists())
        and name not in files
        and name.rstrip("/") not in folders
    ]
    assert missing == []


def test_every_floor_is_told_of() -> None:
    """The table of floors has each floor of the plan."""
    text = section(ARCHITECTURE, "## The floors")
    floors = [floor for floor in FLOORS if floor != "__main__"]
    named = re.findall(
        r"`(\w+)(?:/|\.py)`", "".join(re.findall(r"^\|([^|]+)\|", text, re.MULTILINE))
    )
    assert sorted(floors) == sorted(named)


@pytest.mark.parametrize(("file", "function"), DAY)
def test_the_way_of_an_entry_leads_through_what_is_there(file: str, function: str) -> None:
    """Each function that an entry passes is in the file that the page names."""
    nodes = ast.walk(ast.parse((PACKAGE / file).read_text(encoding="utf-8")))
    assert function in {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


def test_the_way_of_an_entry_is_long() -> None:
    """The test above looks at functions of every floor that an entry passes."""
    assert {"cli", "use_cases", "record", "domain", "journal", "index", "views", "render"} <= {
        file.partition("/")[0] for file, _ in DAY
    }
