"""``negotrack show``: everything about an entry, a target, a delegation or a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negotrack.cli import named
from negotrack.cli.answering import answered
from negotrack.cli.commands.names import NOUNS
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import Options, reading
from negotrack.cli.prompts import SHORT_ID, in_a_cell, sentence
from negotrack.domain.catalogue import STAMP
from negotrack.domain.names import is_id_prefix
from negotrack.errors import Rejected
from negotrack.render.answer import Column
from negotrack.views import answers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from negotrack.domain.canonical import StoredEntry
    from negotrack.domain.entries import Entry
    from negotrack.index.reading import Filter
    from negotrack.workspace import Workspace


@click.command()
@click.argument("what", metavar="ID|NAME", type=NameParam(*NOUNS))
@reading()
def command(what: str, asked: Options) -> None:
    """Everything about an entry (by its id), a target, a delegation, a session or a document.

    \b
      negotrack show scope --as-of 2023-09-01
      negotrack show 3290427b
      negotrack show KEN --format json

    For an entry: its fields and sources as logged, every correction and retraction of it with what
    it set, those of corrections and retractions below them, and how it counts now. For a name:
    what it is, who stands where on it and how it was voted on (for a delegation: its groups or its
    members, and where it stands), what was moved about it, and the last five events.
    """
    with workspace() as opened:
        try:
            found = opened.resolve(what, *NOUNS, negotiation=asked.negotiation)
        except Rejected:
            if not is_id_prefix(what.lower()):
                raise
            wanted, shown = _entry(opened, what, asked)
        else:
            wanted, facts, entries = named.facts(opened, found, asked)
            title = f"{found.noun.capitalize()} {found.name}"
            shown = _facts(title, facts, answers.counted(entries, "entry"), entries)
        answered(opened, asked, wanted, "show", shown)


_FACTS = (
    Column("field", lambda r: r["field"], most=28),
    Column("value", lambda r: in_a_cell(r["value"]), wide=True),
)
_FOR_TOOLS = ("json", "jsonl", "csv")
_STAMPED = frozenset({"type", "negotiation", *STAMP})


def _entry(opened: Workspace, prefix: str, asked: Options) -> tuple[Filter, answers.Shown]:
    """Return an entry as it was logged, what was said about it since, and how it counts now.

    Since, and now: until the moment that is asked about.
    """
    from negotrack.domain.entries import Erratum
    from negotrack.domain.specification import effective, known

    _, kept = opened.entry(prefix)
    wanted = asked._replace(negotiation=kept.entry.negotiation).filter(opened)
    family, form = known(opened.family(kept.id), wanted.known_at), asked.form
    if not any(member.id == kept.id for member in family):
        raise Rejected(
            f"entry {prefix} was recorded at {kept.entry.recorded_at}",
            "ask for a --known-at that is later",
        )
    live = next((e for e in effective(family) if e.id == kept.id), None)
    found = {"entry": kept.id, **_logged(kept)}
    if isinstance(kept.entry, Erratum):
        found |= _whole(opened, kept, kept.entry.entry)
    found["state"] = (
        "retracted" if live is None else "corrected" if live.corrected_by else "as logged"
    )
    chain = _errata(family, kept.id)
    if chain and form in _FOR_TOOLS:
        found["errata"] = chain
    for label, line in () if form in _FOR_TOOLS else _told(chain, kept.id):
        found[label] = line
    if chain and (live is not None or form in _FOR_TOOLS):
        found["now"] = None if live is None else _counting(live.entry)
    said = f"Counted at {live.entry.on}" if live else "Not counted"
    return wanted, _facts(f"Entry {kept.id[:SHORT_ID]}", found, said, len(family))


def _logged(kept: StoredEntry) -> dict[str, Any]:
    from negotrack.cli.errata import facts

    fields = facts(kept.entry)
    fields["confidence"] = fields.pop("confidence")
    return fields


def _counting(entry: Entry) -> dict[str, Any]:
    """Return what an entry says as it counts, without what a correction cannot change."""
    from negotrack.cli.errata import facts

    return {name: value for name, value in facts(entry).items() if name not in _STAMPED}


def _whole(opened: Workspace, erratum: StoredEntry, about: str) -> dict[str, Any]:
    """Return what an erratum is about, and what it changed there."""
    family = opened.family(about)
    chosen = next(one for one in _errata(family, about) if one["id"] == erratum.id)
    says = next((sentence(kept.entry) for kept in family if kept.id == about), "not in the record")
    found: dict[str, Any] = {"about": {"entry": about, "says": says}}
    if "changes" in chosen:
        found["changes"] = chosen["changes"]
    return found


def _errata(family: list[StoredEntry], about: str) -> list[dict[str, Any]]:
    """Return the corrections and retractions of an entry, each with its own, as recorded."""
    from negotrack.domain.specification import effective

    counting = {live.id for live in effective(family)}
    ordered = sorted(family, key=lambda kept: (kept.entry.recorded_at, kept.id))
    found = []
    for number, kept in enumerate(ordered):
        if getattr(kept.entry, "entry", None) != about:
            continue
        erratum = {"id": kept.id, **_logged(kept), "counts": kept.id in counting}
        if "set" in erratum:
            erratum["changes"] = _changes(ordered[:number], family, about, erratum["set"])
        erratum["errata"] = _errata(family, kept.id)
        found.append(erratum)
    return found


def _changes(
    earlier: list[StoredEntry], family: list[StoredEntry], about: str, set_: dict[str, Any]
) -> dict[str, Any]:
    """Return what a correction set, each field as it counted when it was recorded, and as set."""
    from negotrack.cli.errata import facts
    from negotrack.domain.specification import effective

    logged = next((kept.entry for kept in family if kept.id == about), None)
    counted = next((live.entry for live in effective(earlier) if live.id == about), logged)
    before = {} if counted is None else facts(counted)
    return {name: {"before": before.get(name), "now": value} for name, value in set_.items()}


def _told(errata: list[dict[str, Any]], about: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield a label and a line for each erratum, those of errata below what they are about."""
    for one in errata:
        noun = "correction" if "changes" in one else "retraction"
        verb = "corrects" if "changes" in one else "retracts"
        what = "".join(
            f"; {name}: {in_a_cell(c['before'])} -> {in_a_cell(c['now'])}"
            for name, c in one.get("changes", {}).items()
        )
        gone = "" if one["counts"] else "; does not count any more"
        who = one.get("recorded_by", "unknown")
        line = (
            f"{one['id'][:SHORT_ID]} {verb} {about[:SHORT_ID]}{what}; {one['reason']}"
            f" ({one['recorded_at']}, {who}){gone}"
        )
        yield f"{'> ' * depth}{noun} {one['id'][: answers.SHORT_ID]}", line
        yield from _told(one["errata"], one["id"], depth + 1)


def _facts(title: str, facts: dict[str, Any], said: str, entries: int) -> answers.Shown:
    rows = [{"field": name, "value": value} for name, value in facts.items()]
    return answers.Shown(title, rows, _FACTS, said, entries)
