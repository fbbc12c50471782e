"""``negotrack doctor``: where everything is, and how it is."""

from __future__ import annotations

import platform
import sqlite3
import textwrap
from importlib.metadata import version
from typing import Any

import click

from negotrack import __version__
from negotrack.cli.context import workspace
from negotrack.cli.options import as_json, say
from negotrack.domain.canonical import decode_verified

_LIBRARIES = ("eventsourcing", "click", "pendulum", "tabulate", "msgspec")
_LAST = 3


@click.command()
@as_json
def command(*, json: bool) -> None:
    """Where everything is, versions, counts, and the last entries.

    \b
      negotrack doctor
    """
    with workspace() as opened:
        index, store, places = opened.index, opened.store, opened.places
        counts = index.counts()
        last = [decode_verified(line) for line in store.lines(range(store.last(), 0, -1)[:_LAST])]
        quarantine = (
            sorted(map(str, places.quarantine.iterdir())) if places.quarantine.is_dir() else []
        )
        record: dict[str, Any] = {
            "workspace": str(places.root),
            "journal": str(places.events),
            "store": str(store.path),
            "index": str(index.path),
            "entries": store.count(),
            "negotiations": sorted({negotiation for negotiation, _, _ in counts}),
            "types": {f"{n} {t}": count for n, t, count in counts},
            "last": [
                {"entry": k.id, "recorded_at": k.entry.recorded_at, "by": k.entry.recorded_by}
                for k in last
            ],
            "quarantine": quarantine,
            "versions": {
                "negotrack": __version__,
                "python": platform.python_version(),
                "sqlite": sqlite3.sqlite_version,
                **{name: version(name) for name in _LIBRARIES},
            },
        }
        say(record, _page(record), json=json)


def _page(record: dict[str, Any]) -> str:
    lines = [f"{name:<10} {record[name]}" for name in ("workspace", "journal", "store", "index")]
    lines.append(f"{'entries':<10} {record['entries']:,}")
    lines += [f"  {count:>8,}  {name}" for name, count in record["types"].items()]
    lines += [
        f"{'last' if number == 0 else '':<10} {k['entry'][:10]} {k['recorded_at']} {k['by']}"
        for number, k in enumerate(record["last"])
    ]
    lines += [f"{'set aside':<10} {path}" for path in record["quarantine"]]
    words = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    lines += textwrap.wrap(f"{'versions':<10} {words}", 80, subsequent_indent=" " * 11)
    return "\n".join(lines)
