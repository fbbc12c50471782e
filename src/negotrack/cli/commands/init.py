"""``negotrack init``: make a folder a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from negotrack.cli.options import as_json, say
from negotrack.errors import Conflict, Failed
from negotrack.places import SETTINGS

_SETTINGS = """\
# A negotrack workspace. The record is in events/; .negotrack/ can be deleted at any time.
# negotiation = "my-negotiation"   # the one that commands mean, where there are several
"""
_IGNORE = ".negotrack/"
_ATTRIBUTES = "events/**/*.jsonl text eol=lf merge=union"


@click.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False))
@as_json
def command(folder: str, *, json: bool) -> None:
    """Make this folder, or FOLDER, a workspace.

    \b
      negotrack init
      negotrack log negotiation my-treaty --title "My treaty" --on 2026-01-15

    Writes negotrack.toml and events/, and tells git to leave .negotrack/ out and to merge journals
    by union. What is there already is left as it is.
    """
    root = Path(click.get_current_context().obj["folder"], folder).resolve()
    if (root / SETTINGS).exists():
        raise Conflict(f"{root} is a workspace already", "log into it with `negotrack log`")
    try:
        (root / "events").mkdir(parents=True, exist_ok=True)
        (root / SETTINGS).write_text(_SETTINGS, encoding="utf-8")
        _ensure_line(root / ".gitignore", _IGNORE)
        _ensure_line(root / ".gitattributes", _ATTRIBUTES)
    except OSError as error:
        raise Failed(
            f"cannot make a workspace in {root}: {error.strerror}", "check its permissions"
        ) from error
    said = (
        f"made a workspace in {root}\nnext: negotrack log negotiation SLUG --title TITLE --on DATE"
    )
    say({"root": str(root)}, said, json=json)


def _ensure_line(path: Path, line: str) -> None:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if line not in text.splitlines():
        gap = "" if text.endswith("\n") or not text else "\n"
        path.write_text(f"{text}{gap}{line}\n", encoding="utf-8")
