"""``negotrack doctor``: where everything is, and how it is."""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from negotrack import __version__
from negotrack.cli.context import workspace
from negotrack.cli.options import as_json, say
from negotrack.domain.canonical import decode_verified
from negotrack.views import doctor as views

if TYPE_CHECKING:
    from negotrack.workspace import Workspace

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
        inventory = _inventory(opened)
        say(views.record(inventory), views.page(inventory), json=json, is_answer=True)


def _inventory(opened: Workspace) -> views.Inventory:
    index, store, places = opened.storage.index, opened.storage.store, opened.storage.places
    paths = {
        "workspace": places.root,
        "journal": places.events,
        "store": places.store,
        "index": index.file.path,
    }
    last = [decode_verified(line) for line in store.lines(range(store.last(), 0, -1)[:_LAST])]
    quarantine = list(places.quarantine.iterdir()) if places.quarantine.is_dir() else []
    return views.Inventory(
        paths, store.count(), index.coverage.counts(), last, quarantine, _versions()
    )


def _versions() -> dict[str, str]:
    return {
        "negotrack": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: version(name) for name in _LIBRARIES},
    }
