"""Change the code a little, many times, and see whether a test notices.

    python scripts/mutate.py [--count 200] [--seed 7] [--rooms domain,wording] [--jobs 2]
    python scripts/mutate.py --only domain/dates.py:40

Mutants are drawn by a seed, of each kind of change in turn. Each is written into a copy of the
repository in a temporary folder and tried by the tests of its own room, then by the laws, then by
the tests of what leans on the room. One that no test notices survives: it is printed, and either a
test is missing, or nobody needs the difference. Tests that do not end in time have noticed it.

Results go to a file of JSON lines as they come; a run that is started again with the same file
goes on where it ended. It ends with 1 where too few were killed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from mutating.mutants import Mutant, drawn, mutants_of
from mutating.rooms import ROOMS, stages
from mutating.trees import PACKAGE, Tree

if TYPE_CHECKING:
    from collections.abc import Iterator

Result = dict[str, Any]
"""A line of the file of results: a mutant and what became of it."""


def main() -> int:
    """Try mutants and print those that survive; return the exit code."""
    options = _options()
    mutants = _mutants(options)
    earlier = {_key(line): line for line in _lines(options.results)}
    results = [earlier[key] for mutant in mutants if (key := _key(_described(mutant))) in earlier]
    waiting = [mutant for mutant in mutants if _key(_described(mutant)) not in earlier]
    for result in _tried(waiting, options):
        results.append(result)
        if options.results:
            with options.results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(result, ensure_ascii=False) + "\n")
        if sys.stderr.isatty():
            print(f"\r{len(results)} of {len(mutants)}", end="", file=sys.stderr, flush=True)
    return _reported(results, options.at_least)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--count", type=int, default=200, help="how many mutants")
    add("--seed", type=int, default=7)
    add("--rooms", type=_rooms, default=ROOMS, help=f"of which rooms: {','.join(ROOMS)}")
    add("--only", metavar="FILE:LINE", help="all mutants of a line, such as domain/dates.py:40")
    add("--jobs", type=int, default=2, help="how many are tried at a time")
    add("--results", type=Path, metavar="FILE", help="where results are kept, for another run")
    add("--at-least", type=float, default=0.9, help="the share that has to be killed")
    here = Path(__file__).resolve().parent.parent
    add("--root", type=Path, default=here, help="another repository than this one")
    return parser.parse_args()


def _rooms(text: str) -> tuple[str, ...]:
    rooms = tuple(text.split(","))
    if any(room.partition("/")[0] not in ROOMS for room in rooms):
        raise argparse.ArgumentTypeError(f"the rooms are {', '.join(ROOMS)}")
    return rooms


def _mutants(options: argparse.Namespace) -> list[Mutant]:
    package = options.root / PACKAGE
    if options.only:
        file = options.only.rpartition(":")[0]
        return [one for one in mutants_of(package, file) if one.place == options.only]
    paths = sorted(path for room in options.rooms for path in (package / room).rglob("*.py"))
    files = [path.relative_to(package).as_posix() for path in paths]
    all_ = [mutant for file in files for mutant in mutants_of(package, file)]
    return drawn(all_, options.count, options.seed)


def _tried(mutants: list[Mutant], options: argparse.Namespace) -> Iterator[Result]:
    """Yield what becomes of mutants, each tried in a tree that no other is in."""
    with (
        tempfile.TemporaryDirectory(prefix="mutants-") as folder,
        ThreadPoolExecutor(options.jobs) as pool,
    ):
        trees: SimpleQueue[Tree] = SimpleQueue()
        for n in range(min(options.jobs, len(mutants))):
            trees.put(Tree(options.root.resolve(), Path(folder, str(n)).resolve()))

        def tried(mutant: Mutant) -> Result:
            tree = trees.get()
            try:
                fate = tree.fate(mutant, stages(tree.root, mutant.file))
            finally:
                trees.put(tree)
            return _described(mutant) | fate._asdict()

        try:
            for trial in as_completed([pool.submit(tried, mutant) for mutant in mutants]):
                yield trial.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _described(mutant: Mutant) -> Result:
    fields = mutant._asdict()
    return {name: fields[name] for name in ("file", "line", "kind", "was", "becomes")}


def _key(result: Result) -> tuple[Any, ...]:
    """Return what tells a mutant apart, also after lines were put in above it."""
    return result["file"], result["was"], result["becomes"], result["line"]


def _lines(path: Path | None) -> list[Result]:
    if path is None or not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _reported(results: list[Result], at_least: float) -> int:
    """Print the survivors and the share of those killed; return the exit code."""
    survivors = [result for result in results if result["killed_by"] is None]
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for one in sorted(survivors, key=lambda one: (one["file"], one["line"])):
        print(f"{one['file']}:{one['line']} {one['kind']}\n- {one['was']}\n+ {one['becomes']}\n")
    share = 1 - len(survivors) / len(results) if results else 0.0
    print(f"{len(results)} mutants, {len(survivors)} survive, {share:.1%} killed")
    return 0 if share >= at_least else 1


if __name__ == "__main__":
    sys.exit(main())
