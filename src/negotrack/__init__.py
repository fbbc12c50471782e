"""negotrack: an event-sourced record of multilateral negotiations, asked for any past day."""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.2.0.dev0"

if TYPE_CHECKING:
    from negotrack.index.reading import Filter as Filter
    from negotrack.workspace import Workspace as Workspace

_HOMES = {"Workspace": "negotrack.workspace", "Filter": "negotrack.index.reading"}

__all__ = ["Filter", "Workspace", "__version__"]


def __getattr__(name: str) -> object:
    """Import a part of the API when it is first used, so that ``--version`` stays quick."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'negotrack' has no attribute {name!r}")
