"""Where everything of a workspace is, versions, counts, and the last entries."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.short_ids import in_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from negotrack.domain.canonical import StoredEntry
    from negotrack.render.answer import Record

_WIDTH = 80


class Inventory(NamedTuple):
    """What a workspace has, and where.

    ``paths`` are those of the ``workspace``, the ``journal``, the ``store`` and the ``index``;
    ``counts`` are (negotiation, type, how many entries); ``last`` are the newest entries, the last
    one first; ``quarantine`` has the files that were set aside; ``versions`` are by program.
    """

    paths: Mapping[str, Path]
    entries: int
    counts: Sequence[tuple[str, str, int]]
    last: Iterable[StoredEntry]
    quarantine: Iterable[Path]
    versions: Mapping[str, str]


def record(inventory: Inventory) -> Record:
    """Return an inventory as tools get it."""
    return {
        **{name: str(path) for name, path in inventory.paths.items()},
        "entries": inventory.entries,
        "negotiations": sorted({negotiation for negotiation, _, _ in inventory.counts}),
        "types": {f"{n} {type_}": count for n, type_, count in inventory.counts},
        "last": [
            {"entry": s.id, "recorded_at": s.entry.recorded_at, "by": s.entry.recorded_by}
            for s in inventory.last
        ],
        "quarantine": sorted(map(str, inventory.quarantine)),
        "versions": dict(inventory.versions),
    }


def page(inventory: Inventory) -> str:
    """Return an inventory as people get it."""
    fields = record(inventory)
    lines = [_line(name, path) for name, path in inventory.paths.items()]
    lines.append(_line("entries", f"{inventory.entries:,}"))
    lines += [f"  {count:>8,}  {name}" for name, count in fields["types"].items()]
    lines += [
        _line("" if number else "last", f"{in_sentence(e['entry'])} {e['recorded_at']} {e['by']}")
        for number, e in enumerate(fields["last"])
    ]
    lines += [_line("set aside", path) for path in fields["quarantine"]]
    versions = ", ".join(f"{name} {number}" for name, number in inventory.versions.items())
    lines += textwrap.wrap(_line("versions", versions), _WIDTH, subsequent_indent=" " * 11)
    return "\n".join(lines)


def _line(name: str, value: object) -> str:
    return f"{name:<10} {value}"
