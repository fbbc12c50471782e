"""Everything that ``negotrack show`` says about something that has a name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from negotrack.domain.catalogue import STAMP
from negotrack.domain.names import ENGLISH
from negotrack.facts.rows import DECISION, MOTION, VOTE, in_words
from negotrack.views.answers import SHORT_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from negotrack.cli.options import Options
    from negotrack.index.reading import Filter, RegisteredName
    from negotrack.projections.positions.memberships import Memberships
    from negotrack.projections.positions.positions import Position
    from negotrack.projections.positions.timeline import Happening
    from negotrack.workspace import Workspace

LAST_EVENTS = 5
_NARROWS = {"delegation": "by", "session": "session"}
_IN_FULL = ("motion", "rule")
"""Names of which the fields of the entry that brought them in are shown."""
_SAID_ALREADY = frozenset({"type", "negotiation", "title", "sources", "confidence", *STAMP})

Facts = dict[str, Any]


def facts(opened: Workspace, found: RegisteredName, asked: Options) -> tuple[Filter, Facts, int]:
    """Return the filter for what concerns a name, what there is to say, and of how many entries."""
    wanted = asked.filter(opened)
    wanted = wanted._replace(**{_NARROWS.get(found.noun, "target"): found.name})  # type: ignore[arg-type]
    happened = opened.timeline(wanted)
    said = _what_it_is(opened, found, wanted)
    if found.noun == "delegation":
        said |= _of_delegation(opened, found.name, wanted, asked)
    elif found.noun not in _NARROWS:
        if found.noun == "provision":
            from negotrack.cli.worded import facts as worded

            said |= worded(opened, found.name, wanted, ENGLISH)
        said |= _of_target(opened, found.name, wanted, asked)
    is_told = found.noun in _NARROWS
    last = [h for h in happened if is_told or h.type != VOTE]
    said |= _last_events(last, is_delegation=found.noun == "delegation")
    return wanted, said, len(happened)


def _what_it_is(opened: Workspace, found: RegisteredName, wanted: Filter) -> Facts:
    said: Facts = {"name": found.name, "kind": found.noun, "title": found.title}
    if found.detail:
        said["detail"] = found.detail
    if found.first:
        said["days"] = f"{found.first} to {found.last}"
    if found.noun in _IN_FULL:
        said |= _fields(opened, found, wanted)
    return said | {"named by": found.id[:SHORT_ID]}


def _fields(opened: Workspace, found: RegisteredName, wanted: Filter) -> Facts:
    """Return the fields of the entry that brought a name in, as it counts."""
    from negotrack.cli.errata import facts
    from negotrack.domain.specification import effective, known

    family = effective(known(opened.family(found.id), wanted.known_at))
    live = (facts(live.entry) for live in family if live.id == found.id)
    told = {name: value for fields in live for name, value in fields.items()}
    return {name: value for name, value in told.items() if name not in {*_SAID_ALREADY, found.noun}}


def _last_events(happened: list[Happening], *, is_delegation: bool) -> Facts:
    said = {}
    for number, h in enumerate(reversed(happened[-LAST_EVENTS:]), 1):
        who = f"{h.by}: " if h.by and not is_delegation else ""
        about = f"{h.target}: " if is_delegation and h.target else ""
        said[f"last {number}"] = f"{h.on} {who}{about}{h.summary} ({h.entry[:SHORT_ID]})"
    return said


# -- a delegation -----------------------------------------------------------------------------


def _of_delegation(opened: Workspace, name: str, wanted: Filter, asked: Options) -> Facts:
    """Return the groups and members of a delegation, how it voted, and where it stands."""
    belongs = _belonging(opened, wanted)
    said = _members(name, belongs) | _groups(name, belongs)
    held = opened.positions(wanted._replace(by=None, holder=name), asked.accounts)
    rows = opened.index.votes(wanted._replace(by=None, holder=name))
    votes = Counter(row.verdict or "" for row in rows)
    if votes:
        said["votes"] = _figures(votes)
    return said | _joined((f"on {p.target}", _stands(p)) for p in held if p.via != "vote")


def _belonging(opened: Workspace, wanted: Filter) -> Memberships:
    from negotrack.projections.positions.memberships import current_memberships

    return current_memberships(opened.index.memberships(wanted))


def _groups(name: str, belongs: Memberships) -> Facts:
    """Return the groups of a delegation, each with the day since which it belongs to it."""
    from negotrack.projections.positions.memberships import groups_of

    its = sorted(groups_of(name, belongs).items())
    told = (
        f"{group} since {spell.since}{' ?' * spell.possible}"
        + f" through {spell.group}" * (spell.group != group)
        for group, spell in its
    )
    return {"groups": "; ".join(told)} if its else {}


def _members(name: str, belongs: Memberships) -> Facts:
    """Return the members of a group, by the day since which they belong to it."""
    from negotrack.projections.positions.memberships import groups_of, members_of

    members = members_of(name, belongs)
    since: dict[str, list[str]] = {}
    for member in members:
        spell = groups_of(member, belongs)[name]
        through = f" through {spell.group}" * (spell.group != name)
        since.setdefault(f"since {spell.since}{' ?' * spell.possible}{through}", []).append(member)
    counted: Facts = {"members": len(members)} if members else {}
    return counted | {day: ", ".join(found) for day, found in sorted(since.items())}


# -- a target ---------------------------------------------------------------------------------


def _of_target(opened: Workspace, name: str, wanted: Filter, asked: Options) -> Facts:
    """Return who stands where on a target, the votes on it, and what was put about it."""
    held = opened.positions(wanted._replace(by=None, holder=wanted.by), asked.accounts)
    said = _joined(_standing(held, name, _belonging(opened, wanted)))
    said |= _decisions(opened, wanted)
    said |= _votes(opened, name, wanted, asked)
    rows = opened.index.rows(wanted._replace(type=MOTION))
    for row in rows:
        if row.names and row.names != name:
            said[f"motion {row.names}"] = _motion(opened, row.names, row.summary, wanted, asked)
    return said


def _standing(held: list[Position], name: str, belongs: Memberships) -> Iterator[tuple[str, str]]:
    """Yield who stands where, the members of a group with it, and nobody who only voted."""
    from negotrack.projections.positions.memberships import members_of

    following = Counter((p.target, p.through) for p in held if p.via == "group")
    told = {(p.target, p.delegation) for p in held}
    for p in held:
        number = following[p.target, p.delegation]
        if _is_told(p, told) or number:
            where = "" if p.target == name else f" on {p.target}"
            of = len(members_of(p.delegation, belongs)) if number else 0
            yield f"{p.delegation}{where}", f"{_stands(p)}{_with_members(number, of)}"


def _is_told(p: Position, told: set[tuple[str, str]]) -> bool:
    """Whether a position has a line of its own: not a vote, nor one that a group's line has."""
    if p.via == "group":
        return (p.target, p.through) not in told
    return p.via != "vote"


def _with_members(number: int, of: int) -> str:
    if not number:
        return ""
    return f", and {f'{number} of' if number < of else 'all'} its {of} members"


def _joined(lines: Iterable[tuple[str, str]]) -> Facts:
    """Return lines by their label; where accounts differ, several are under one."""
    said: Facts = {}
    for label, words in lines:
        said[label] = f"{said[label]}; or {words}" if label in said else words
    return said


def _stands(p: Position) -> str:
    """Return a stance, since when, from whom, and the entry that it rests on."""
    through = f" through {p.through}" if p.via == "group" else ""
    marks = f"{' ?' * p.possible}{', disputed' * bool(p.disputed)}"
    conflict = ", other groups stand elsewhere" * bool(p.conflicts)
    words = in_words(p.stance, p.option)
    return f"{words}{through} since {p.since}{marks}{conflict} ({p.entry[:SHORT_ID]})"


def _votes(opened: Workspace, name: str, wanted: Filter, asked: Options) -> Facts:
    """Return the votes on a target and its parts: the figures, and who gave which."""
    said: Facts = {}
    for target, day, answers in _rolls(opened, wanted, asked):
        where = "" if target == name else f" on {target}"
        figures = _figures({word: len(voters) for word, voters in answers.items()})
        said[f"votes{where}"] = f"{figures} ({day})"
        for word, voters in answers.items():
            said[f"{word.replace('-', ' ')}{where}"] = ", ".join(voters)
    return said


def _decisions(opened: Workspace, wanted: Filter) -> Facts:
    """Return the decisions that were taken by a count, and what the rule gives for it."""
    from negotrack.views import decisions

    counted = [one for one in opened.judged_decisions(wanted) if one.judged]
    return _joined(
        (f"decided {one.on}", f"{decisions.outcome(one)}; {decisions.by_the_rules(one)}")
        for one in counted
    )


def _rolls(
    opened: Workspace, wanted: Filter, asked: Options
) -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """Yield what was voted on, when, and who gave which vote."""
    from negotrack.index.rolls import RollQuery as Wanted

    votes = Wanted(votes=True, stances=False, latest=asked.accounts == "latest")
    found = opened.index.rolls(wanted, votes)
    for roll in found.rolls:
        voters = {
            word: sorted(holder for bit, holder in enumerate(found.holders) if bits >> bit & 1)
            for word, bits in roll.answers.items()
        }
        yield roll.target, "/".join(dict.fromkeys((roll.first, roll.last))), voters


def _figures(votes: Mapping[str, int]) -> str:
    """Return how many gave which vote, in words."""
    order = ("yes", "no", "abstain")
    words = sorted(votes, key=lambda word: (order.index(word) if word in order else 3, word))
    return ", ".join(f"{votes[word]} {word.replace('-', ' ')}" for word in words)


def _motion(opened: Workspace, motion: str, summary: str, wanted: Filter, asked: Options) -> str:
    """Return what a motion asks, the votes on it, and what became of it."""
    its = wanted._replace(target=motion)
    rolls = _rolls(opened, its, asked)
    votes = [_figures({word: len(v) for word, v in answers.items()}) for _, _, answers in rolls]
    outcomes = [row.summary for row in opened.index.rows(its._replace(type=DECISION))]
    return "; ".join([summary.removeprefix(f"motion {motion}: "), *votes, *outcomes])
