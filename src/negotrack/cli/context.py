"""What every command needs: the workspace of the call, and its notices on standard error."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.workspace import Workspace


@contextmanager
def workspace() -> Iterator[Workspace]:
    """Open the workspace of this call; tell its notices when the command is done."""
    from negotrack.workspace import Workspace

    with Workspace.find(click.get_current_context().obj["folder"]) as opened:
        try:
            yield opened
        finally:
            tell(opened.notices)


def tell(notices: list[str]) -> None:
    """Print notices on standard error, once; none where it is to be quiet."""
    if click.get_current_context().find_root().obj.get("quiet"):
        notices.clear()
    if not notices:
        return
    from negotrack.render.harmless import visible

    while notices:
        click.echo(f"note: {visible(notices.pop(0))}", err=True)
