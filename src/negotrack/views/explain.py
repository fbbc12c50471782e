"""Why a cell of a table of positions says what it says."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from negotrack.domain.dates import span
from negotrack.domain.stances import BY_NAME
from negotrack.projections.evidence.evidence import COUNTED
from negotrack.views.evidence import COLUMNS, records
from negotrack.views.shown import Shown, counted

if TYPE_CHECKING:
    from negotrack.facts.query import OwnWords
    from negotrack.projections.evidence.evidence import Evidence
    from negotrack.projections.evidence.explain import Explanation
    from negotrack.questions.entries import Report

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
_LEFT_OUT = ("later", "corrected away", "corrected later", "retracted", "recorded later")


def explanation(cell: Explanation, form: str, own_words: OwnWords, *, own_only: bool) -> Shown:
    """Return the evidence of a cell, for one of the formats; the title says where it stands."""
    about = {
        "delegation": cell.delegation,
        "target": cell.target,
        "stance": cell.stance,
        "option": cell.option,
        "via": cell.via,
        "through": cell.through,
        "silent_groups": list(cell.silent),
        "own_only": own_only,
        "own_words": own_words,
    }
    deciding = sum(e.role == "decides" for e in cell.evidence)
    evidence = records(cell.evidence, form)
    return Shown(_sentence(cell), evidence, COLUMNS, _numbers(cell), deciding, about=about)


def rule(own_words: OwnWords, *, own_only: bool) -> str:
    """Return the rule by which positions are resolved, in words."""
    return _OWN_ONLY if own_only else _RULES[own_words]


def _sentence(cell: Explanation) -> str:
    """Return where a delegation stands in a sentence without its full stop."""
    stances = [_stance(e, cell.target) for e in cell.evidence if e.role == "decides"]
    stands = " or ".join(dict.fromkeys(stances)) or f"is undeclared on {cell.target}"
    way = f" through {cell.through}" if cell.via == "group" else ""
    return f"{cell.delegation} {stands}{way}{' by its vote' * (cell.via == 'vote')}"


def _stance(evidence: Evidence, target: str) -> str:
    stance = evidence.stance or ""
    verb = BY_NAME[stance].verb if stance in BY_NAME else stance
    if evidence.option is None:
        return f"{verb} {target}"
    return f"{verb} option {evidence.option} of {target}"


def _numbers(cell: Explanation) -> str:
    """Return how many stances and votes there are, and how much of groups and memberships."""
    kinds = Counter(_KINDS.get(e.kind) or _kind(e, cell.delegation) for e in cell.evidence)
    own = [counted(kinds["stance"], "stance")]
    own += [counted(kinds["vote"], "vote")] if kinds["vote"] else []
    sentence = f"{' and '.join(own)} {_name(cell)}"
    if kinds["group"]:
        sentence += f", {counted(kinds['group'], 'entry')} of its groups"
    if kinds["membership"]:
        sentence += f", {counted(kinds['membership'], 'entry')} on memberships"
    return sentence


_KINDS = {"joining": "membership", "leaving": "membership"}


def _kind(evidence: Evidence, delegation: str) -> str:
    """Return what a stance or vote is counted as: of a group where it was never the delegation's.

    An entry that was corrected away stands under the delegation that it was once of.
    """
    is_own = (evidence.for_ or evidence.by) == delegation
    return evidence.kind if is_own else "group"


def _name(cell: Explanation) -> str:
    return f"of {cell.delegation} on {cell.target}"


def notes(cell: Explanation) -> list[str]:
    """Return sentences on what was left out of an explanation, and what is not known."""
    roles = Counter(e.role for e in cell.evidence)
    left_out = [f"{roles[role]} {role}" for role in _LEFT_OUT if roles[role]]
    sentences = [f"Left out: {', '.join(left_out)}."] if left_out else []
    if any(e.role == "decides" and e.sources == "[]" for e in cell.evidence):
        sentences.append("What decides names no source.")
    if cell.silent:
        sentences.append(f"Said nothing on it: {', '.join(cell.silent)}.")
    if cell.via == "group":
        sentences.append(f"Of {cell.through} only the last words are listed: explain them, too.")
    sentences.append(
        f"Only words {_name(cell)} itself count: no statement, nothing on a part of it, no vote on"
        " a motion about it. What was not recorded is not known."
    )
    return sentences


def basis(cell: Explanation, report: Report) -> Report:
    """Return what an explanation rests on: a report on the target, narrowed to the cell."""
    counting = [e for e in cell.evidence if e.role in COUNTED]
    return report._replace(
        entries=sum(e.role == "decides" for e in counting),
        possible=sum(e.role == "possible" or e.possible for e in cell.evidence),
        newest=max((min(span(e.on).last, report.as_of) for e in counting), default=None),
    )
