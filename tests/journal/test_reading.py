"""Reading journal files: what is refused, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import stamped
from negotrack.errors import Rejected
from negotrack.journal.reading import JournalFile
from negotrack.places import Places
from shorthand import says

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_that_begins_with_a_byte_order_mark_is_refused(tmp_path: Path) -> None:
    """A mark before the first line is named, with its cure, and not taken for a damaged entry."""
    path = tmp_path / "2023.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + stamped(says("KEN", "Hello.")).line + b"\n")
    with pytest.raises(Rejected, match=r"2023\.jsonl: the file begins with a byte-order mark"):
        list(JournalFile(Places(tmp_path), path).lines())
