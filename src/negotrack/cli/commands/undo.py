"""``negotrack undo``: retract the last entry that one logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.context import workspace
from negotrack.cli.options import as_json
from negotrack.cli.prompts import SHORT_ID, dry_run
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.domain.canonical import StoredEntry
    from negotrack.workspace import Workspace


@click.command()
@click.option("--reason", default="undone", show_default=True, help="Why it is retracted.")
@dry_run
@as_json
def command(reason: str, *, dry_run: bool, json: bool) -> None:
    """Retract the last entry that you logged and that still counts.

    \b
      negotrack undo
      negotrack undo --reason "Wrong meeting" --dry-run

    You are who NEGOTRACK_RECORDER names, or your login. An undo is itself an entry, a retraction;
    retractions are passed over, so a second undo goes on to the entry before and does not bring
    the first one back. To bring it back, retract the retraction: `negotrack retract ID`.
    """
    from negotrack.cli.dates import today
    from negotrack.cli.errata import give
    from negotrack.domain.entries import EntryRetracted

    with workspace() as opened:
        last, passed = _last(opened)
        draft = EntryRetracted(
            negotiation=last.entry.negotiation,
            on=today(opened, last.entry.negotiation),
            entry=last.id,
            reason=reason,
        )
        after = f"passed over the retraction {passed[:SHORT_ID]}" if passed else ""
        give(opened, draft, dry_run=dry_run, json=json, after=after)


def _last(opened: Workspace) -> tuple[StoredEntry, str]:
    """Return the user's last entry that counts, and the newest retraction passed over, if any."""
    from negotrack.domain.entries import EntryRetracted
    from negotrack.domain.specification import effective

    who, passed = opened.recorder(), ""
    for kept in _newest_first(opened, who):
        if not any(live.id == kept.id for live in effective(opened.family(kept.id))):
            continue
        if not isinstance(kept.entry, EntryRetracted):
            return kept, passed
        passed = passed or kept.id
    cure = "entries of others go by their ids: negotrack retract ID --reason ..."
    if passed:
        back = f"negotrack retract {passed[:SHORT_ID]} --reason ..."
        cure = f"what your last retraction took out comes back with: {back}"
    raise Rejected(f"{who} has logged nothing that still counts", cure)


def _newest_first(opened: Workspace, who: str) -> Iterator[StoredEntry]:
    """Yield the entries that somebody recorded, the last one first."""
    import msgspec

    from negotrack.domain.canonical import decode_verified

    signed = b'"recorded_by":' + msgspec.json.encode(who)
    for seq in opened.index.newest_first():
        (line,) = opened.store_lines(seq)
        if signed in line:
            yield decode_verified(line)
