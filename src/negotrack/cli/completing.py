"""Names on the command line: completed by the shell from the index, resolved by the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from click.shell_completion import CompletionItem


class NameParam(click.ParamType[str]):
    """The name of something in the record: a delegation, a target, a session."""

    def __init__(self, *nouns: str) -> None:
        """Complete names of these nouns only."""
        self.nouns = nouns
        self.name = "target" if "issue" in nouns else nouns[0]

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Return how help shows the value."""
        return self.name.upper()

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        """Return the names that begin so; none where there is no record to ask."""
        from click.shell_completion import CompletionItem

        registered = names(_folder(ctx), self.nouns)
        prefix = incomplete.casefold()
        return [
            CompletionItem(name, help=title)
            for name, title in registered
            if name.casefold().startswith(prefix)
        ]


def _folder(ctx: click.Context) -> str:
    root = ctx.find_root()
    return str(root.params.get("folder") or ".")


def names(folder: str, nouns: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (name, title) pairs as the index file has them now, without catching it up."""
    import sqlite3
    from pathlib import Path

    from negotrack.errors import Refusal
    from negotrack.places import Places, find_root

    try:
        index: Path = Places(find_root(Path(folder).resolve())).index
        db = sqlite3.connect(f"{index.as_uri()}?mode=ro", uri=True)
        marks = ",".join("?" * len(nouns))
        query = f"SELECT name, title FROM name WHERE noun IN ({marks}) ORDER BY name"
        return db.execute(query, nouns).fetchall()
    except (Refusal, sqlite3.Error, OSError):
        return []
