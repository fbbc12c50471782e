"""``negotrack explain``: why a cell of a table, or a line of a timeline, says what it says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import about
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import TARGETS, Options, reading, resolving
from negotrack.errors import Rejected, Usage
from negotrack.render.answer import Answer, Record
from negotrack.render.out import deliver, rendered
from negotrack.views import answers
from negotrack.views.evidence import COLUMNS, FOR_DATA, records
from negotrack.views.timeline_inclusion import inclusion_lines, inclusion_record

if TYPE_CHECKING:
    from negotrack.index.reading import Filter
    from negotrack.projections.evidence.evidence import Evidence
    from negotrack.projections.evidence.explain import Explanation
    from negotrack.projections.evidence.timeline_inclusion import Inclusion
    from negotrack.projections.positions.positions import OwnWords
    from negotrack.projections.positions.timeline import Happening
    from negotrack.workspace import Report, Workspace

VERBS = {
    "support": "supports",
    "accept": "accepts",
    "reserve": "reserves on",
    "oppose": "opposes",
    "block": "blocks",
}
_NOT_FOR_CELLS = {
    "since": "--since",
    "session": "--session",
    "by": "--by",
    "on": "--on",
    "source": "--source",
}
_RULES = {
    "keep": (
        "its own words stand, a stance or a vote; where it said nothing itself, those of the"
        " group that spoke last of those to which it belonged that day"
    ),
    "latest": (
        "its last words stand, a stance or a vote, unless a group to which it belonged that day"
        " spoke on a later day"
    ),
}
_OWN_ONLY = "only its own words count, a stance or a vote, and no group's"


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
@click.argument("delegation", type=NameParam("delegation"))
@click.argument("target", type=NameParam(*TARGETS))
@resolving
@reading(kinds=False)
def _positions(
    delegation: str, target: str, asked: Options, own_words: OwnWords, *, own_only: bool
) -> None:
    """Why a delegation stands where it does on a target.

    \b
      negotrack explain positions IND scope
      negotrack explain positions EU scope --as-of ahc-6 --known-at 2026-11-24
      negotrack explain positions AUT scope --own-words latest

    What decides comes first, then in order everything that ever was a stance or a vote of the
    delegation on the target: what was overridden, what another source tells differently, what was
    corrected away or retracted, what happened or was recorded later; each with its corrections. Of
    its groups, the last words on the target, and the entries by which it was a member or was not.
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
        found = opened.explain(wanted, asked.accounts, own_only=own_only, own_words=own_words)
        report = _report(opened, wanted, found)
        rule = _OWN_ONLY if own_only else _RULES[own_words]
        answer = Answer(
            f"{_sentence(found)}, {asked.words(wanted)}. The rule: {rule}.",
            records(found.evidence, asked.form),
            COLUMNS,
            _cell_footer(found, report, possible=wanted.possible),
            about("explanation", asked, wanted, report)
            | _outcome(found)
            | {"own_only": own_only, "own_words": own_words},
        )
        deliver(rendered(answer, asked.form, raw=asked.raw), asked.output)


def _sentence(found: Explanation) -> str:
    """Return where a delegation stands in a sentence without its full stop."""
    said = [_stands(e, found.target) for e in found.evidence if e.role == "decides"]
    stands = " or ".join(dict.fromkeys(said)) or f"is undeclared on {found.target}"
    way = f" through {found.through}" if found.via == "group" else ""
    return f"{found.delegation} {stands}{way}{' by its vote' * (found.via == 'vote')}"


def _stands(evidence: Evidence, target: str) -> str:
    stance = evidence.stance or ""
    verb = VERBS.get(stance, stance)
    if evidence.option is None:
        return f"{verb} {target}"
    return f"{verb} option {evidence.option} of {target}"


def _outcome(found: Explanation) -> Record:
    return {
        "delegation": found.delegation,
        "target": found.target,
        "stance": found.stance,
        "option": found.option,
        "via": found.via,
        "through": found.through,
        "silent_groups": list(found.silent),
    }


def _report(opened: Workspace, wanted: Filter, found: Explanation) -> Report:
    """Return what the answer rests on, narrowed from the target and its parts to the cell."""
    from negotrack.domain.dates import span
    from negotrack.projections.evidence.evidence import COUNTED

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
    if found.silent:
        more.append(f"Said nothing on it: {', '.join(found.silent)}.")
    if found.via == "group":
        more.append(f"Of {found.through} only the last words are listed: explain them, too.")
    more.append(
        f"Only words {cell} itself count: no statement, nothing on a part of it, no vote on a"
        " motion about it. What was not recorded is not known."
    )
    return answers.footer(report, _counts(found, cell), *more, possible=possible)


def _counts(found: Explanation, cell: str) -> str:
    """Return how many stances and votes there are, and how much of groups and memberships."""
    kinds = Counter(_KINDS.get(e.kind) or _whose(e, found.delegation) for e in found.evidence)
    own = [answers.counted(kinds["stance"], "stance")]
    own += [answers.counted(kinds["vote"], "vote")] if kinds["vote"] else []
    said = f"{' and '.join(own)} {cell}"
    if kinds["group"]:
        said += f", {answers.counted(kinds['group'], 'entry')} of its groups"
    if kinds["membership"]:
        said += f", {answers.counted(kinds['membership'], 'entry')} on memberships"
    return said


_KINDS = {"joining": "membership", "leaving": "membership"}


def _whose(evidence: Evidence, delegation: str) -> str:
    """Return what a stance or vote is counted as: of a group where it was never the delegation's.

    An entry that was corrected away stands under the delegation that it was once of.
    """
    is_own = (evidence.for_ or evidence.by) == delegation
    return evidence.kind if is_own else "group"


# -- a line of a timeline ---------------------------------------------------------------------


@command.command("timeline")
@click.argument("entry", metavar="ENTRY")
@reading()
def _timeline(entry: str, asked: Options) -> None:
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
            [inclusion_record(found)] if asked.form in FOR_DATA else list(inclusion_lines(found)),
            COLUMNS,
            _forms(found),
            about("explanation", asked, wanted, report),
        )
        deliver(rendered(answer, asked.form, raw=asked.raw), asked.output)


def _standing(opened: Workspace, wanted: Filter, entry_id: str) -> Inclusion:
    """Return why an entry is in the timeline of a filter, or why it is not."""
    from negotrack.projections.evidence.timeline_inclusion import explain_entry

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
    from negotrack.domain.dates import span

    last = span(counting.on).last
    on_its_day = wanted._replace(as_of=last, since=max(wanted.since or last, last), possible=False)
    shown = opened.timeline(on_its_day, bookkeeping=True)
    return any(happening.entry == counting.entry for happening in shown)


def _is_in(found: Inclusion) -> str:
    is_in = "is" if found.role == "counts" else "is not"
    return f"Entry {found.id[: answers.SHORT_ID]} {is_in} in the timeline"


def _forms(found: Inclusion) -> str:
    """Return how often an entry was changed, and how much of that counted."""
    if not found.errata:
        return "It was never corrected or retracted."
    counted = sum(erratum.counted == "counted" for erratum in found.errata)
    return f"Errata: {len(found.errata)}, of which {counted} counted."
