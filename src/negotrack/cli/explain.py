"""``negotrack explain``: why a cell of a table, or a line of a timeline, says what it says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from negotrack.cli import views
from negotrack.cli.completing import Name
from negotrack.cli.options import TARGETS, Asked, reading
from negotrack.cli.session import workspace
from negotrack.errors import Rejected, Usage
from negotrack.render.answer import Answer, Column, Encoded, Record
from negotrack.render.out import deliver, rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.index.reading import Filter
    from negotrack.projections.explanation import Amended, Evidence, Explanation, Standing
    from negotrack.projections.timeline import Happening
    from negotrack.workspace import Report, Workspace

VERBS = {
    "support": "supports",
    "accept": "accepts",
    "reserve": "reserves on",
    "oppose": "opposes",
    "block": "blocks",
}
_FOR_DATA = ("json", "jsonl", "csv")
_NOT_FOR_CELLS = {
    "since": "--since",
    "session": "--session",
    "by": "--by",
    "on": "--on",
    "source": "--source",
}
_DECIDING = ("decides", "taken back")


@click.group()
def command() -> None:
    """Why a cell of a table says what it says.

    \b
      negotrack explain positions IND scope
      negotrack explain timeline 3290427b --as-of ahc-6

    Every entry that ever had to do with it is listed, with the part that it plays on the day asked
    about, as known at the moment asked about.
    """


# -- a cell -----------------------------------------------------------------------------------


@command.command("positions")
@click.argument("delegation", type=Name("delegation"))
@click.argument("target", type=Name(*TARGETS))
@reading(kinds=False)
def _positions(delegation: str, target: str, asked: Asked) -> None:
    """Why a delegation stands where it does on a target.

    \b
      negotrack explain positions IND scope
      negotrack explain positions EU scope --as-of ahc-6 --known-at 2026-11-24

    What decides comes first, then in order everything that ever was a stance of the delegation on
    the target: what was overridden, what another source tells differently, what was corrected away
    or retracted, what happened or was recorded later; each with its corrections.
    """
    for name, option in _NOT_FOR_CELLS.items():
        if getattr(asked, name):
            raise Usage(
                "a position is explained by all that the record has about it",
                f"leave {option} out",
            )
    with workspace() as opened:
        named = asked._replace(by=delegation, on=target).filter(opened)
        wanted = named._replace(by=None, holder=named.by)
        found = opened.explain(wanted, asked.accounts)
        report = _report(opened, wanted, found)
        answer = Answer(
            f"{_sentence(found)}, {asked.words(wanted)}.",
            _records(found.evidence, asked.form),
            _COLUMNS,
            _cell_footer(found, report, possible=wanted.possible),
            views.about("explanation", asked, wanted, report) | _outcome(found),
        )
        deliver(rendered(answer, asked.form, raw=asked.raw), asked.output)


def _sentence(found: Explanation) -> str:
    """Return where a delegation stands in a sentence without its full stop."""
    said = [_stands(e, found.target) for e in found.evidence if e.role == "decides"]
    stands = " or ".join(dict.fromkeys(said)) or f"is undeclared on {found.target}"
    return f"{found.delegation} {stands}"


def _stands(evidence: Evidence, target: str) -> str:
    verb = VERBS.get(evidence.stance, evidence.stance)
    if evidence.option is None:
        return f"{verb} {target}"
    return f"{verb} option {evidence.option} of {target}"


def _outcome(found: Explanation) -> Record:
    return {
        "delegation": found.delegation,
        "target": found.target,
        "stance": found.stance,
        "option": found.option,
    }


def _report(opened: Workspace, wanted: Filter, found: Explanation) -> Report:
    """Return what the answer rests on, narrowed from the target and its parts to the cell."""
    from negotrack.domain.dates import span  # noqa: PLC0415
    from negotrack.projections.explanation import COUNTED  # noqa: PLC0415

    counted = [e for e in found.evidence if e.role in COUNTED]
    return opened.report(wanted, sum(e.role == "decides" for e in counted))._replace(
        possible=sum(e.role == "possible" or e.possible for e in found.evidence),
        newest=max((min(span(e.on).last, wanted.as_of) for e in counted), default=None),
    )


def _cell_footer(found: Explanation, report: Report, *, possible: bool) -> str:
    """Return what was left out of the answer, and what the record does not know."""
    cell = f"of {found.delegation} on {found.target}"
    roles = Counter(e.role for e in found.evidence)
    left_out = [
        f"{roles[role]} {role}"
        for role in ("later", "corrected away", "corrected later", "retracted", "recorded later")
        if roles[role]
    ]
    more = [f"Left out: {', '.join(left_out)}."] if left_out else []
    if any(e.role == "decides" and e.sources == "[]" for e in found.evidence):
        more.append("What decides names no source.")
    more.append(
        f"Only a stance {cell} itself counts: no statement, no vote, no stance of a group or on a"
        " part. What was not recorded is not known."
    )
    said = f"{views.counted(len(found.evidence), 'stance')} {cell}"
    return views.footer(report, said, *more, possible=possible)


def _records(evidence: Iterable[Evidence], form: str) -> list[Record]:
    """Return evidence for tools, errata within; or line by line, errata beneath."""
    if form in _FOR_DATA:
        return [_evidence_record(e) for e in evidence]
    return [line for e in evidence for line in _lines(e)]


def _evidence_record(evidence: Evidence) -> Record:
    record: Record = evidence._asdict()
    record["entry"] = record.pop("id")
    record["for"] = record.pop("for_")
    record["sources"] = Encoded(evidence.sources)
    record["errata"] = [_erratum_record(erratum) for erratum in evidence.errata]
    keys = (
        "entry", "role", "why", "says", "on", "by", "for", "stance", "option", "confidence",
        "source", "sources", "recorded_at", "recorded_by", "possible", "errata",
    )  # fmt: skip
    return {key: record[key] for key in keys}


def _erratum_record(erratum: Amended) -> Record:
    return erratum._asdict() | {"changes": [change._asdict() for change in erratum.changes]}


def _lines(evidence: Evidence) -> Iterator[Record]:
    """Yield an entry as a line of a table, and its errata as the lines beneath."""
    role = f"{evidence.role} ?" if evidence.possible else evidence.role
    what = f"{_capital(evidence.says)}. {_capital(evidence.why)}. [{_known(evidence)}]"
    yield _record(evidence.id, role, what, evidence.recorded_at, evidence.recorded_by)
    yield from (_erratum_line(erratum, evidence.id) for erratum in evidence.errata)


def _record(entry: str, role: str, what: str, recorded_at: str, recorded_by: str | None) -> Record:
    recorded = f"{recorded_at[:10]} {recorded_by or ''}"
    return {"role": role, "what": what, "recorded": recorded, "entry": entry}


def _known(said: Evidence | Happening) -> str:
    """Return where an entry comes from, and how well it is known."""
    if said.source == said.confidence:
        return said.source
    return f"{said.source}, {said.confidence}"


def _erratum_line(erratum: Amended, entry: str) -> Record:
    """Return a correction or retraction as the line beneath the entry that it is about."""
    done = "corrected" if erratum.kind == "correction" else "retracted"
    about = "" if erratum.about == entry else f"{erratum.about[: views.SHORT_ID]} itself: "
    changes = ", ".join(
        f"{c.field} {_value(c.before)} → {_value(c.after)}" for c in erratum.changes
    )
    words = f"{changes}; {erratum.reason}" if changes else erratum.reason
    counted = "" if erratum.counted == "counted" else f" ({erratum.counted})"
    what = f"{about}{words.rstrip('.')}{counted}"
    return _record(erratum.id, f"└ {done}", what, erratum.recorded_at, erratum.recorded_by)


def _value(value: Any) -> str:
    if value is None or value == ():
        return "nothing"
    if isinstance(value, list | tuple | dict):
        import json  # noqa: PLC0415

        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_COLUMNS = (
    Column("role", lambda r: r["role"], most=11),
    Column("what", lambda r: r["what"], wide=True),
    Column("recorded", lambda r: r["recorded"], most=11),
    Column("entry", lambda r: r["entry"][: views.SHORT_ID]),
)


# -- a line of a timeline ---------------------------------------------------------------------


@command.command("timeline")
@click.argument("entry", metavar="ENTRY")
@reading()
def _timeline(entry: str, asked: Asked) -> None:
    """Why an entry is, or is not, in the timeline, and as what.

    \b
      negotrack explain timeline 3290427b
      negotrack explain timeline 3290427b --as-of ahc-5 --by EU

    ENTRY is an id or the beginning of one. All that the entry ever said is listed, as it was logged
    and after each correction, and whether that was known at the moment asked about.
    """
    with workspace() as opened:
        _, kept = opened.entry(entry)
        where = kept.entry.negotiation
        if asked.negotiation not in (None, where):
            raise Rejected(f"entry {kept.id[:10]} is part of {where}", "name that negotiation")
        asked = asked._replace(negotiation=where)
        wanted = asked.filter(opened)
        found = _standing(opened, wanted, kept.id)
        is_in = found.role == "counts"
        report = opened.report(wanted, int(is_in))
        answer = Answer(
            f"{_is_in(found)}, {asked.words(wanted)}: {found.why}.",
            [_standing_record(found)] if asked.form in _FOR_DATA else list(_told(found)),
            _COLUMNS,
            _forms(found),
            views.about("explanation", asked, wanted, report),
        )
        deliver(rendered(answer, asked.form, raw=asked.raw), asked.output)


def _standing(opened: Workspace, wanted: Filter, entry_id: str) -> Standing:
    """Return why an entry is in the timeline of a filter, or why it is not."""
    from negotrack.projections.explanation import explain_entry  # noqa: PLC0415

    found = explain_entry(
        opened.family(entry_id),
        wanted.as_of,
        wanted.known_at,
        possible=wanted.possible,
        bookkeeping=wanted.type is not None,
    )
    if found.role not in ("counts", "bookkeeping") or found.counting is None:
        return found
    if _is_asked_for(opened, wanted, found.counting):
        return found
    return found._replace(role="not asked for", why="it counts, but the options ask for others")


def _is_asked_for(opened: Workspace, wanted: Filter, counting: Happening) -> bool:
    """Whether what a filter asks beside its day takes in an entry that counts."""
    from negotrack.domain.dates import span  # noqa: PLC0415

    last = span(counting.on).last
    on_its_day = wanted._replace(as_of=last, since=max(wanted.since or last, last), possible=False)
    shown = opened.timeline(on_its_day, bookkeeping=True)
    return any(happening.entry == counting.entry for happening in shown)


def _is_in(found: Standing) -> str:
    is_in = "is" if found.role == "counts" else "is not"
    return f"Entry {found.id[: views.SHORT_ID]} {is_in} in the timeline"


def _forms(found: Standing) -> str:
    """Return how often an entry was changed, and how much of that counted."""
    if not found.errata:
        return "It was never corrected or retracted."
    counted = sum(erratum.counted == "counted" for erratum in found.errata)
    return f"Errata: {len(found.errata)}, of which {counted} counted."


def _standing_record(found: Standing) -> Record:
    return {
        "entry": found.id,
        "in_timeline": found.role == "counts",
        "role": found.role,
        "why": found.why,
        "counting": found.counting and _plain(found.counting),
        "tellings": [
            {
                "known_from": told.known_from,
                "known_until": told.known_until,
                **_plain(told.happening),
            }
            for told in found.tellings
        ],
        "errata": [_erratum_record(erratum) for erratum in found.errata],
    }


def _plain(happening: Happening) -> Record:
    """Return a line of a timeline as it stands within another record."""
    import json  # noqa: PLC0415

    record = views.happening_record(happening)
    return record | {"sources": json.loads(record["sources"])}


def _told(found: Standing) -> Iterator[Record]:
    """Yield the lines of a standing: the entry as logged, its errata, and as it counts."""
    logged = found.tellings[0].happening
    yield _line(found.id, "as logged", logged)
    yield from (_erratum_line(erratum, found.id) for erratum in found.errata)
    if found.counting is not None and found.counting.corrected:
        yield _line(found.id, "as counted", found.counting)


def _line(entry: str, role: str, h: Happening) -> Record:
    return _record(entry, role, f"{_sentence_of(h)}. [{_known(h)}]", h.recorded_at, h.recorded_by)


def _sentence_of(h: Happening) -> str:
    """Return when who said or did what, on which target."""
    who = f"{h.by} for {h.for_}" if h.by and h.for_ else h.by or h.for_
    target = f"on {h.target}" if h.target else None
    whose = " ".join(part for part in (who, target) if part)
    when = ", ".join(part for part in (h.on, whose) if part)
    return f"{when}: {h.summary.rstrip('.')}"
