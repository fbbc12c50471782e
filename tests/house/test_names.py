from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from house.plan import PACKAGE, modules
from negotrack.cli.main import COMMANDS

HOW_WE_CAME_BY_IT = frozenset({"found", "told", "its", "said", "held", "wanted", "made"})
"""Words that say how we came by a value, and not what it is."""

TREES = (PACKAGE, Path(__file__).parents[1], Path(__file__).parents[2] / "scripts")

BY_NOUN = frozenset(
    {
        "checking",
        "cli/commands",
        "domain/rules",
        "exchange/readers",
        "exchange/writers",
        "questions",
        "use_cases",
        "views",
    }
)
"""Rooms whose files are named by the command or the noun that they serve."""


def public_classes() -> dict[str, list[str]]:
    """Return where each public class of the package stands, by its name."""
    places: dict[str, list[str]] = defaultdict(list)
    for module, path in modules().items():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(module)
    return places


def test_a_public_class_has_a_name_of_its_own() -> None:
    """No two public classes of the package have one name."""
    assert {name: where for name, where in public_classes().items() if len(where) > 1} == {}


def names_of(tree: ast.AST) -> set[tuple[int, str]]:
    """Return every name that a module gives to something, with its line."""
    names: set[tuple[int, str]] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add((node.lineno, node.id))
        elif isinstance(node, ast.arg):
            names.add((node.lineno, node.arg))
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add((node.lineno, node.name))
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add((node.lineno, node.attr))
    return names


@pytest.mark.parametrize("tree", TREES, ids=lambda tree: tree.name)
def test_a_name_says_what_a_value_is(tree: Path) -> None:
    """Nothing is called by how we came by it: found, told, its, said, held, wanted, made."""
    vague = [
        f"{path.relative_to(tree)}:{line} {name}"
        for path in sorted(tree.rglob("*.py"))
        for line, name in sorted(names_of(ast.parse(path.read_text(encoding="utf-8"))))
        if name.strip("_") in HOW_WE_CAME_BY_IT
    ]
    assert vague == []


def test_a_file_name_stands_in_one_room() -> None:
    """A file name is in one room, but where rooms serve one command or are named by nouns."""
    commands = {module for section in COMMANDS.values() for module, _ in section.values()}
    rooms: dict[str, set[str]] = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        if path.stem != "__init__":
            rooms[path.stem].add(path.parent.relative_to(PACKAGE).as_posix())
    outside = {
        stem: {
            room
            for room in where - BY_NOUN
            if not (stem in commands and room.startswith("projections/"))
        }
        for stem, where in rooms.items()
    }
    assert {stem: where for stem, where in outside.items() if len(where) > 1} == {}
