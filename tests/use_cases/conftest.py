"""What a workspace holds, to tell whether anything was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from negotrack.workspace import Workspace


def state_of(workspace: Workspace) -> tuple[dict[str, bytes], list[bytes], int]:
    """Return what the journal, the store and the index of a workspace hold."""
    events = workspace.storage.places.events
    journal = {path.name: path.read_bytes() for path in events.rglob("*.jsonl")}
    store = [line for _, _, line in workspace.storage.store.after(0)]
    return journal, store, workspace.entries.position()
