"""The lines of a replay."""

from __future__ import annotations

import msgspec

from conftest import stamped
from negotrack.domain.canonical import body_of
from negotrack.domain.specification import Effective
from negotrack.exchange.writers.effective_lines import effective_line
from shorthand import takes


def test_an_uncorrected_entry_replays_as_its_journal_line() -> None:
    """What nothing corrected is printed byte for byte as the journal has it."""
    kept = stamped(takes("KEN", "support", "scope"))
    assert kept.line.decode() == effective_line(Effective(kept.id, kept.entry))


def test_a_corrected_entry_replays_with_what_corrected_it() -> None:
    """A corrected line keeps the id of the entry and names the corrections."""
    kept = stamped(takes("KEN", "support", "scope"))
    fields = msgspec.json.decode(effective_line(Effective(kept.id, kept.entry, ("c" * 64,))))
    assert fields.pop("corrected_by") == ["c" * 64]
    assert fields.pop("id") == kept.id
    assert fields == msgspec.json.decode(body_of(kept.line))
