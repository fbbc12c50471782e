"""Measure negotrack beside its yardsticks, in one run, and print ratios.

    python scripts/bench.py [--sizes 10000,100000,1000000] [--keep FOLDER] [--json bench.json]
    python scripts/bench.py --text [--keep FOLDER] [--json text.json]
    python scripts/bench.py --unga [DATA] [--keep FOLDER] [--json unga.json]

What is measured runs as whole processes, taken in turn so that a busy machine slows them alike;
medians are compared. Only ratios travel between machines. The histories are made from a seed; with
``--keep`` they stay in a folder, so that the next run finds them there. DuckDB and sqlite-utils
stand beside negotrack where they are installed.

``--text`` measures only questions about the text of a synthetic treaty, beside git.

``--unga`` measures the real votes of the General Assembly instead, from the tables
``un_votes.csv`` and ``un_roll_calls.csv`` of a folder, plain or packed with gzip. Where they are
not there, it says so and measures nothing.
"""

from __future__ import annotations

import argparse
import json
import platform
import sqlite3
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benching.asking import asking, warm
from benching.histories import History
from benching.loading import importing, rebuilding
from benching.logging_ import logging
from benching.report import Report
from benching.startup import startup
from benching.texts import texts
from benching.treaties import Treaty
from benching.voting import voting

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "unga"
"""Where the tables of the General Assembly are looked for, if ``--unga`` names no folder."""

PARTS = ("startup", "importing", "rebuilding", "asking", "warm", "logging", "texts")


def main() -> None:
    """Measure what is asked for and print a table; write JSON where asked."""
    asked = _asked()
    report = Report()
    with ExitStack() as stack:
        keep = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for part, measure in _parts(report, keep.resolve(), asked).items():
            begun = time.perf_counter()
            measure()
            print(f"{part}: {time.perf_counter() - begun:,.0f} s", file=sys.stderr)
    print(report.table())
    if asked.json:
        asked.json.write_text(json.dumps(_record(report, asked), indent=1) + "\n")


def _parts(report: Report, keep: Path, asked: argparse.Namespace) -> dict[str, Callable[[], None]]:
    """Return how each part that was asked for is measured, in the order in which they are."""
    rounds, bulk_rounds = asked.rounds, asked.bulk_rounds
    if asked.unga is not None:
        return {"unga": lambda: voting(report, keep, asked.unga, rounds)}
    histories = [History(keep, size, asked.seed) for size in sorted(asked.sizes)]
    treaty = Treaty(keep, asked.amendments, asked.seed)
    parts: dict[str, Callable[[], None]] = {
        "startup": lambda: startup(report, rounds),
        "importing": lambda: importing(report, histories, bulk_rounds),
        "rebuilding": lambda: rebuilding(report, histories, bulk_rounds),
        "asking": lambda: asking(report, histories, rounds),
        "warm": lambda: warm(report, histories, rounds),
        "logging": lambda: logging(report, histories, rounds),
        "texts": lambda: texts(report, treaty, bulk_rounds),
    }
    return {name: measure for name, measure in parts.items() if name in asked.only}


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--sizes", type=_numbers, default=[10_000, 100_000], help="entries, e.g. 10000,1000000")
    add("--rounds", type=int, default=21, help="how often each command runs")
    add("--bulk-rounds", type=int, default=3, help="how often imports and rebuilds run")
    add("--amendments", type=int, default=5_000, help="amendments of the treaty")
    add("--seed", type=int, default=7)
    add("--keep", type=Path, help="keep the histories in this folder, or find them there")
    add("--only", type=_some, default=PARTS, help=f"parts to measure: {','.join(PARTS)}")
    add("--text", dest="only", action="store_const", const=("texts",), help="as --only texts")
    of_unga = "measure the votes of the General Assembly, from the tables in this folder"
    add("--unga", type=Path, nargs="?", const=DATA, metavar="DATA", help=of_unga)
    add("--json", type=Path, help="also write the measurements to this file")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number.replace("_", "")) for number in text.split(",")]


def _some(text: str) -> tuple[str, ...]:
    parts = tuple(text.split(","))
    if set(parts) - set(PARTS):
        raise argparse.ArgumentTypeError(f"the parts are {', '.join(PARTS)}")
    return parts


def _record(report: Report, asked: argparse.Namespace) -> dict[str, Any]:
    """Return everything about the run for a JSON file."""
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "sizes": asked.sizes,
        "amendments": asked.amendments,
        "rounds": asked.rounds,
        "bulk_rounds": asked.bulk_rounds,
        "seed": asked.seed,
        "rows": [row.record() for row in report.rows],
        "notes": report.notes,
    }


if __name__ == "__main__":
    main()
