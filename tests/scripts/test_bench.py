"""The benchmark runs to its end; what it finds is never a test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent.parent / "scripts" / "bench.py"


def test_a_small_benchmark_measures_every_part(tmp_path: Path) -> None:
    """One round over 3,000 entries gives figures of every part, each with a yardstick."""
    kept, figures = tmp_path / "kept", tmp_path / "bench.json"
    options = ["--sizes", "3000", "--rounds", "1", "--bulk-rounds", "1", "--keep", str(kept)]
    options += ["--amendments", "100"]
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *options, "--json", str(figures)],
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )
    assert (done.returncode, done.stderr if done.returncode else "") == (0, "")
    report = json.loads(figures.read_text())
    assert report["sizes"] == [3_000]
    works = {row["work"] for row in report["rows"]}
    assert {
        "--help",
        "import 3,000",
        "rebuild 3,000",
        "matrix, late, known in the middle, 3,000",
        "history of a cell, 3,000",
        "timeline of a session, 3,000, peak memory",
        "log one entry, 3,000",
        "late entry: log and next history, 3,000",
        "blame, whole treaty",
        "consolidate 500",
    } <= works
    assert [note for note in report["notes"] if "differ" in note] == []
    assert all(row["yardstick"] for row in report["rows"])
