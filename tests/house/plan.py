"""The plan of the house: its modules, what each imports, and which floor may stand on which."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

import negotrack

PACKAGE = Path(negotrack.__file__).parent

FLOORS: dict[str, frozenset[str]] = {
    "clock": frozenset(),
    "errors": frozenset(),
    "places": frozenset({"errors"}),
    "wording": frozenset({"errors"}),
    "domain": frozenset({"errors", "wording"}),
    "facts": frozenset({"domain"}),
    "record": frozenset({"clock", "errors", "domain"}),
    "journal": frozenset({"errors", "places", "domain", "record"}),
    "index": frozenset({"errors", "domain", "record", "facts"}),
    "projections": frozenset({"errors", "wording", "domain", "facts"}),
    "render": frozenset({"errors"}),
    "exchange": frozenset({"errors", "wording", "domain", "render"}),
    "storage": frozenset({"clock", "errors", "places", "domain", "record", "journal", "index"}),
    "questions": frozenset(
        {"clock", "errors", "domain", "facts", "index", "projections", "storage"}
    ),
    "use_cases": frozenset(
        {
            "clock",
            "errors",
            "places",
            "domain",
            "facts",
            "record",
            "index",
            "projections",
            "exchange",
            "storage",
            "questions",
        }
    ),
    "workspace": frozenset(
        {
            "errors",
            "places",
            "domain",
            "facts",
            "journal",
            "projections",
            "storage",
            "questions",
            "use_cases",
        }
    ),
    "views": frozenset(
        {"wording", "domain", "facts", "projections", "render", "questions", "use_cases"}
    ),
    "checking": frozenset(
        {
            "errors",
            "places",
            "domain",
            "facts",
            "record",
            "journal",
            "projections",
            "render",
            "workspace",
        }
    ),
    "cli": frozenset(
        {
            "errors",
            "places",
            "domain",
            "facts",
            "render",
            "exchange",
            "questions",
            "use_cases",
            "workspace",
            "views",
            "checking",
        }
    ),
    "__main__": frozenset({"cli"}),
}
"""The floors, lowest first: each with the floors that it may import from, besides itself."""


class Import(NamedTuple):
    """One import statement: who imports what, on which line, and which names of it."""

    importer: str
    imported: str
    line: int
    names: tuple[str, ...]

    def __str__(self) -> str:
        """Return the import as an error message shows it."""
        return f"{self.importer}:{self.line} imports {self.imported}"


def modules() -> dict[str, Path]:
    """Return every module of the package by its dotted name."""
    paths = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ["negotrack", *path.relative_to(PACKAGE).with_suffix("").parts]
        paths[".".join(parts).removesuffix(".__init__")] = path
    return paths


def imports() -> list[Import]:
    """Return every import of one module by another, those inside functions and for types too."""
    known = modules()
    return [one for name, path in known.items() for one in _imports_of(name, path, known)]


def _imports_of(name: str, path: Path, known: dict[str, Path]) -> list[Import]:
    edges = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            edges += [Import(name, a.name, node.lineno, ()) for a in node.names if a.name in known]
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            names = [alias.name for alias in node.names]
            below = [n for n in names if f"{node.module}.{n}" in known]
            edges += [Import(name, f"{node.module}.{n}", node.lineno, ()) for n in below]
            rest = tuple(n for n in names if n not in below)
            if rest:
                edges.append(Import(name, node.module, node.lineno, rest))
    return edges


def floor(module: str) -> str:
    """Return the floor that a module is on; the front door is on none and is named empty."""
    return module.removeprefix("negotrack").lstrip(".").partition(".")[0]
