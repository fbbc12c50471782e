"""Mutants: small changes of a module, each of which a test should notice."""

from __future__ import annotations

import ast
import copy
import random
from itertools import accumulate, zip_longest
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PASSED_OVER = {
    "maxsize": "how much is remembered",
    "wording/words.py:_LONG": "how long a text may be that is remembered",
    "_MOST_LET_IN": "how much is remembered",
    "_MOST_SEEN": "how much is remembered",
    "_MOST_REMEMBERED": "how much is remembered",
    "_CACHE_KIB": "how much memory SQLite takes",
    "PATIENCE": "how long one waits for another writer",
    "_LOCK_SECONDS": "how long one waits for another writer",
    "_PAUSE": "how long one waits between two tries",
    "BATCH": "how many entries are written at once",
    "_BATCH": "how many entries are written at once",
    "_WRITE_BYTES": "how much is written at once",
    "CHUNK": "how many entries are read at once",
    "_CHUNK": "how many lines are read at once",
    "_SOME": "how many ids are looked up at once",
    "_LOOKED_UP": "how many ids are looked up at once",
    "MANY": "from how many ids on a filter is quicker",
    "_SHARE": "from how many ids on a filter is quicker",
    "_PLACE": "how large a filter is",
    "EVERY": "how many entries lie between two checkpoints",
    "_MOST_PATCHED": "from how many cells on it is quicker to begin anew",
    "_ROOM": "how much a checkpoint has room to grow",
    "strict": "an assertion that two rows are as long as each other",
    "_DEPTH": "how long one looks for anchors in texts that were made to have none",
}
"""Constants and arguments on which no answer depends, and what they are for; one of one file."""

UNTRIED = frozenset({"__repr__"})
"""Functions of which nobody promised what they return."""

_OPERATORS: dict[type[ast.cmpop], tuple[str, type[ast.cmpop]]] = {
    ast.Lt: ("boundary", ast.LtE),
    ast.LtE: ("boundary", ast.Lt),
    ast.Gt: ("boundary", ast.GtE),
    ast.GtE: ("boundary", ast.Gt),
    ast.Eq: ("equality", ast.NotEq),
    ast.NotEq: ("equality", ast.Eq),
    ast.Is: ("equality", ast.IsNot),
    ast.IsNot: ("equality", ast.Is),
    ast.In: ("equality", ast.NotIn),
    ast.NotIn: ("equality", ast.In),
}
_ENDS = {"first": "last", "start": "end", "partition": "rpartition", "startswith": "endswith"}
_ENDS |= {other: one for one, other in _ENDS.items()}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
_CALLS |= {"bisect_left": "bisect_right", "bisect_right": "bisect_left", "reversed": "list"}
_BY_ORDER = frozenset({"sort_key", "moment"})
"""Functions that return what orders, besides those that a module names as a ``key``."""

Variant = tuple[str, ast.expr, ast.expr]
"""The kind of a change, the expression that is changed, and what it becomes."""


class Mutant(NamedTuple):
    """A change of one file: ``source[start:end]``, in bytes, becomes ``new``.

    ``file`` is its path in the package; ``was`` and ``becomes`` are what changes, in whole lines.
    """

    file: str
    line: int
    kind: str
    was: str
    becomes: str
    start: int
    end: int
    new: bytes

    @property
    def place(self) -> str:
        """Return where it is, as editors take it."""
        return f"{self.file}:{self.line}"

    def applied(self, source: bytes) -> bytes:
        """Return the file with the change in it."""
        return source[: self.start] + self.new + source[self.end :]


def drawn(mutants: Iterable[Mutant], count: int, seed: int) -> list[Mutant]:
    """Return so many of the mutants, by a seed, of each kind in turn: most kinds are rare."""
    kinds: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        kinds.setdefault(mutant.kind, []).append(mutant)
    for kind, some in kinds.items():
        random.Random(f"{seed} {kind}").shuffle(some)
    rounds = zip_longest(*(kinds[kind] for kind in sorted(kinds)))
    return [mutant for row in rounds for mutant in row if mutant is not None][:count]


def mutants_of(package: Path, file: str) -> Iterator[Mutant]:
    """Yield all mutants of a file of a package, in the order of their places."""
    source = (package / file).read_bytes()
    tree = ast.parse(source)
    ordering = _ordering(tree)
    rows = source.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, rows))]
    seen: set[Mutant] = set()
    for node in _walked(tree, file):
        for kind, old, new in _variants(node, ordering):
            last = old.end_lineno or old.lineno
            start = starts[old.lineno - 1] + old.col_offset
            end = starts[last - 1] + (old.end_col_offset or 0)
            text = _text(new).encode()
            before, after = source[starts[old.lineno - 1] : start], source[end : starts[last]]
            was, becomes = _flat(before + source[start:end] + after), _flat(before + text + after)
            mutant = Mutant(file, old.lineno, kind, was, becomes, start, end, text)
            if was != becomes and mutant not in seen:
                seen.add(mutant)
                yield mutant


def _flat(rows: bytes) -> str:
    return " ".join(rows.decode().split())


def _text(new: ast.expr) -> str:
    """Return an expression in brackets, unless it is of one piece."""
    is_whole = isinstance(new, ast.Name | ast.Attribute | ast.Call | ast.Subscript | ast.Tuple)
    text = ast.unparse(new)
    return text if is_whole or text.isalnum() else f"({text})"


# -- where mutants may be -----------------------------------------------------------------------


def _walked(node: ast.AST, file: str) -> Iterator[ast.AST]:
    """Yield the nodes of a tree that are looked at, from the top."""
    yield node
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns"):
            continue
        if name == "keywords" and isinstance(node, ast.ClassDef):
            continue  # these say how a class is made, and not what it does
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_passed_over(child, file):
                yield from _walked(child, file)


def _is_passed_over(node: ast.AST, file: str) -> bool:
    match node:
        case ast.Assert() | ast.JoinedStr():  # Python 3.11 does not say where the parts of f"" are
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.FunctionDef(name=name):
            return name in UNTRIED
        case (
            ast.Assign(targets=[ast.Name(id=name)])
            | ast.AnnAssign(target=ast.Name(id=name))
            | ast.keyword(arg=str(name))
        ):
            return _is_indifferent(name, file)
        case ast.Compare() | ast.IfExp(test=ast.Compare()):
            condition = node.test if isinstance(node, ast.IfExp) else node
            names = [one.id for one in ast.walk(condition) if isinstance(one, ast.Name)]
            return any(_is_indifferent(name, file) for name in names)
    return False


def _is_indifferent(name: str, file: str) -> bool:
    return name in PASSED_OVER or f"{file}:{name}" in PASSED_OVER


def _ordering(tree: ast.AST) -> set[ast.AST]:
    """Return the tuples by which something is sorted."""
    keys = [
        node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "key"
    ]
    named = _BY_ORDER | {
        node.id for key in keys for node in ast.walk(key) if isinstance(node, ast.Name)
    }
    places: list[ast.AST] = [key.body for key in keys if isinstance(key, ast.Lambda)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in named:
            places += [
                sub.value for sub in ast.walk(node) if isinstance(sub, ast.Return) and sub.value
            ]
    return {node for place in places for node in ast.walk(place) if isinstance(node, ast.Tuple)}


# -- what becomes of a node -----------------------------------------------------------------------


def _variants(node: ast.AST, ordering: set[ast.AST]) -> Iterator[Variant]:
    yield from _of_a_condition(node)
    yield from _of_a_value(node)
    if isinstance(node, ast.Tuple) and node in ordering:
        for n in range(len(node.elts) - 1):
            one, other = node.elts[n : n + 2]
            members = [*node.elts[:n], other, one, *node.elts[n + 2 :]]
            yield "order", node, ast.Tuple(members, ast.Load())


def _of_a_condition(node: ast.AST) -> Iterator[Variant]:
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BoolOp(op=op):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "and-or", node, ast.BoolOp(other, node.values)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not", node, operand
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield "branch", node, ast.IfExp(test, orelse, body)
        case ast.If(test=test) if not isinstance(test, ast.UnaryOp | ast.Compare):
            yield "branch", test, ast.UnaryOp(ast.Not(), test)
        case ast.comprehension(ifs=conditions):
            yield from (("filter", one, ast.Constant(value=True)) for one in conditions)


def _of_a_value(node: ast.AST) -> Iterator[Variant]:
    match node:
        case ast.Constant(value=bool(value)):
            yield "flag", node, ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield "constant", node, ast.Constant(value + 1)
            yield "constant", node, ast.Constant(value - 1)
        case ast.UnaryOp(op=ast.USub(), operand=operand) if not isinstance(operand, ast.Constant):
            yield "order", node, operand
        case ast.Attribute(value=of, attr=attr, ctx=ast.Load()) if attr in _ENDS:
            yield "ends", node, ast.Attribute(of, _ENDS[attr], node.ctx)
        case ast.Call(func=ast.Name(id=name)) if name in _CALLS:
            is_order = name in ("sorted", "reversed")  # then what it is given is left as it comes
            keywords = [] if is_order else node.keywords
            call = ast.Call(ast.Name(_CALLS[name]), node.args, keywords)
            yield "order" if is_order else "min-max", node, call


def _compared(node: ast.Compare) -> Iterator[Variant]:
    for place, operator in enumerate(node.ops):
        kind, other = _OPERATORS[type(operator)]
        new = copy.copy(node)
        new.ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
        yield kind, node, new
