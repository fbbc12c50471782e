"""``negotrack show``: everything about an entry, a target, a delegation or a session."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from negotrack.cli import views
from negotrack.cli.completing import Name
from negotrack.cli.names import NOUNS
from negotrack.cli.options import Asked, reading
from negotrack.cli.session import workspace
from negotrack.domain.names import is_id_prefix
from negotrack.errors import Rejected
from negotrack.projections.history import in_words
from negotrack.render.answer import Answer, Column
from negotrack.render.out import deliver, rendered

if TYPE_CHECKING:
    from negotrack.index.reading import Found
    from negotrack.workspace import Workspace

LAST_EVENTS = 5


@click.command()
@click.argument("what", metavar="ID|NAME", type=Name(*NOUNS))
@reading()
def command(what: str, asked: Asked) -> None:
    """Everything about an entry (by its id), a target, a delegation, a session or a document.

    \b
      negotrack show scope --as-of 2023-09-01
      negotrack show 8052bf19
      negotrack show KEN --format json

    For an entry: its fields, its sources, and what corrected or retracted it. For a name: what it
    is, who stands where on it (for a delegation: where it stands), and the last five events.
    """
    with workspace() as opened:
        try:
            found = opened.resolve(what, *NOUNS, negotiation=asked.negotiation)
        except Rejected:
            if not is_id_prefix(what.lower()):
                raise
            answer = _entry(opened, what)
        else:
            answer = _name(opened, found, asked)
        deliver(rendered(answer, asked.form, raw=asked.raw), asked.output)


_FACTS = (
    Column("field", lambda r: r["field"]),
    Column("value", lambda r: _text(r["value"]), wide=True),
)


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(_text(v) for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_text(v)}" for name, v in value.items())
    return str(value)


def _entry(opened: Workspace, prefix: str) -> Answer:
    import msgspec  # noqa: PLC0415

    from negotrack.domain.replay import effective  # noqa: PLC0415

    seq, kept = opened.entry(prefix)
    family = opened.family(kept.id)
    live = next((e for e in effective(family) if e.id == kept.id), None)
    facts = {"entry": kept.id, **msgspec.to_builtins(kept.entry)}
    facts["confidence"] = kept.entry.confidence  # a default is left out of the line
    facts["state"] = (
        "retracted" if live is None else "corrected" if live.corrected_by else "as logged"
    )
    if live is not None and live.corrected_by:
        facts["now"] = _differences(
            msgspec.to_builtins(kept.entry), msgspec.to_builtins(live.entry)
        )
    for erratum in family[1:]:
        facts.setdefault("errata", []).append(
            {"id": erratum.id, **msgspec.to_builtins(erratum.entry)}
        )
    foot = f"Number {seq} of the store; counted at {live.entry.on if live else 'no date'}."
    return _facts(f"Entry {kept.id[:10]}", facts, foot)


def _differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    names = sorted({*before, *after})
    return {n: after.get(n) for n in names if before.get(n) != after.get(n)}


def _facts(title: str, facts: dict[str, Any], foot: str) -> Answer:
    rows = [{"field": name, "value": value} for name, value in facts.items()]
    return Answer(title, rows, _FACTS, foot)


def _name(opened: Workspace, found: Found, asked: Asked) -> Answer:
    is_delegation, is_session = found.noun == "delegation", found.noun == "session"
    about = "by" if is_delegation else "session" if is_session else "target"
    narrowed: dict[str, Any] = {about: found.name}
    wanted = asked.filter(opened)._replace(**narrowed)
    happened = opened.timeline(wanted)
    facts: dict[str, Any] = {"name": found.name, "kind": found.noun, "title": found.title}
    if found.detail:
        facts["detail"] = found.detail
    if found.first:
        facts["days"] = f"{found.first} to {found.last}"
    facts["named by"] = found.id[: views.SHORT_ID]
    for p in opened.positions(wanted) if not is_session else ():
        if is_delegation and p.delegation != found.name:
            continue  # it spoke for another, whose stance that is
        whose = "" if is_delegation else p.delegation
        where = "" if p.target == found.name else f"on {p.target}"
        words = f"{in_words(p.stance, p.option)} since {p.since} ({p.entry[: views.SHORT_ID]})"
        facts[f"{whose} {where}".strip()] = words
    for number, h in enumerate(reversed(happened[-LAST_EVENTS:]), 1):
        who = f"{h.by}: " if h.by and not is_delegation else ""
        about = f"{h.target}: " if is_delegation and h.target else ""
        facts[f"last {number}"] = f"{h.on} {who}{about}{h.summary} ({h.entry[: views.SHORT_ID]})"
    foot = views.footer(opened.report(wanted), views.counted(len(happened), "entry"))
    return _facts(f"{found.noun.capitalize()} {found.name}", facts, foot)
