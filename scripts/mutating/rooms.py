"""Which tests try the mutants of a module: those of its own room, the laws, then those around."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ROOMS = ("domain", "projections", "wording", "record", "journal", "index")
"""The rooms of which mutants are drawn."""

WIDER = {
    "domain": "projections index exchange cli/test_log.py cli/test_errata.py questions"
    " cli/test_contracts.py cli/test_tally.py",
    "projections/positions": "cli/test_positions.py cli/test_alignment.py"
    " cli/test_movers.py cli/test_changes.py golden",
    "projections/votes": "cli/test_gap.py cli/test_tally.py cli/test_votes.py checking golden",
    "projections/texts": "cli/test_texts.py cli/test_import_drafts.py docs/test_exercise.py golden",
    "projections/evidence": "cli/test_explain.py cli/test_errata.py cli/test_show.py"
    " cli/test_changes.py golden",
    "wording": "projections exchange cli/test_texts.py cli/test_import_drafts.py golden",
    "record": "index journal cli/test_log.py cli/test_import.py faults",
    "journal": "cli/test_rebuild.py cli/test_import.py cli/test_doctor.py faults",
    "index": "projections cli/test_positions.py cli/test_rebuild.py cli/test_votes.py"
    " cli/test_contracts.py faults",
}
"""The tests of others that lean on a room, for mutants that its own tests let live."""

Stage = tuple[str, ...]


def stages(root: Path, file: str) -> list[Stage]:
    """Return the tests that try a file of the package, the nearest first, as arguments of pytest.

    Its own are the folder of tests that mirrors its room, or else the floor that the room is on;
    of these, the file that is named as it is comes first.
    """
    path = PurePosixPath(file)
    rooms = [str(room) for room in path.parents]
    own = next((room for room in rooms if room != "." and (root / "tests" / room).is_dir()), "")
    mirror = (f"{own}/test_{path.stem}.py", own) if own else ()
    around = next((WIDER[room].split() for room in rooms if room in WIDER), ())
    rows = [[f"tests/{name}" for name in row] for row in (mirror, ("laws",), around)]
    return [row for names in rows if (row := tuple(n for n in names if (root / n).exists()))]
