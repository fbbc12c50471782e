from __future__ import annotations

import ast
from graphlib import TopologicalSorter

import pytest

from house.plan import FLOORS, floor, imports, modules

WITHIN = [i for i in imports() if floor(i.importer) and floor(i.imported)]
"""Imports among the floors; the front door, ``negotrack/__init__.py``, is looked at apart."""


def test_the_plan_is_drawn_upward() -> None:
    """A floor of the plan stands only on floors that are named before it."""
    below: set[str] = set()
    for name, stands_on in FLOORS.items():
        assert stands_on <= below
        below.add(name)


def test_every_module_is_on_a_floor_of_the_plan() -> None:
    """No module is outside the plan, and no floor of the plan is without a module."""
    assert set(FLOORS) == {floor(name) for name in modules() if floor(name)}


def test_imports_run_downward() -> None:
    """A module imports only from its own floor and from those that the plan puts under it."""
    wrong = [
        str(i)
        for i in WITHIN
        if floor(i.imported) not in FLOORS[floor(i.importer)] | {floor(i.importer)}
    ]
    assert wrong == []


@pytest.mark.parametrize("name", list(FLOORS))
def test_the_plan_permits_nothing_that_is_not_used(name: str) -> None:
    """What the plan permits a floor, the floor makes use of; so the plan is a true picture."""
    used = {floor(i.imported) for i in WITHIN if floor(i.importer) == name} - {name}
    assert FLOORS[name] == used


def test_no_module_is_in_a_circle() -> None:
    """No module imports itself by way of others, not even for types or inside a function."""
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for imported in WITHIN:
        graph[imported.importer].add(imported.imported)
    assert set(TopologicalSorter(graph).static_order()) == set(graph)


def test_nothing_imports_the_command_line() -> None:
    """Only the program itself knows that there is a command line."""
    importers = {i.importer for i in WITHIN if floor(i.imported) == "cli"}
    assert {n for n in importers if floor(n) != "cli"} == {"negotrack.__main__"}


def test_only_the_version_is_taken_from_the_front_door() -> None:
    """Inside the house nobody goes through the front door: it is asked for the version alone."""
    taken = {name for i in imports() if not floor(i.imported) for name in i.names}
    assert taken == {"__version__"}


@pytest.mark.parametrize(
    ("library", "floors"),
    [
        ("click", {"cli"}),
        ("eventsourcing", {"record"}),
        ("pendulum", {"domain", "questions"}),
        ("tabulate", {"render"}),
    ],
)
def test_a_library_is_known_in_one_place(library: str, floors: set[str]) -> None:
    """Each library that does one thing for the house is imported where the table says."""
    users = {
        floor(name)
        for name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if library in _libraries(node)
    }
    assert floors == users


def _libraries(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").partition(".")[0]}
    return set()


@pytest.mark.parametrize("name", ["datetime.now", "date.today", "time.time", "time.monotonic"])
def test_the_clock_is_asked_at_the_edges_only(name: str) -> None:
    """No entry, projection, index or output asks the clock: dates are brought to them."""
    module, _, function = name.partition(".")
    asking = {
        floor(module_name)
        for module_name, path in modules().items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr == function
        and isinstance(node.value, ast.Name)
        and node.value.id == module
    }
    assert asking <= {"cli", "clock", "record"}
