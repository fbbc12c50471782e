"""How the room stands: counts, what each rule gives, and who stands where."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from negotrack.domain.stances import STANCES
from negotrack.projections.votes.voter_stances import ELSEWHERE, NOWHERE
from negotrack.render.answer import Column, Part, Record
from negotrack.views.grouping import named
from negotrack.views.shown import Shown, names_in_short

if TYPE_CHECKING:
    from negotrack.domain.votes import Answer
    from negotrack.projections.votes.rule_outcomes import RuleOutcome
    from negotrack.projections.votes.tally import Tally
    from negotrack.projections.votes.voter_stances import StanceCount, VoterStance

_HEADINGS = {ELSEWHERE: "other", NOWHERE: "undecl."}
_ASSUMED = {
    "abstain": "to be there and abstain",
    "absent": "to stay away",
    "yes": "to vote in favour",
    "no": "to vote against",
}
_THEY: dict[str, str] = {
    **{stance.name: stance.plural for stance in STANCES},
    ELSEWHERE: "are for another option",
    NOWHERE: "are undeclared",
}
_GIVES = {True: "adopted", False: "rejected", None: "open"}
_MOST_NAMED = 12


def tally(room: Tally, negotiation: str, undeclared: Answer, hint: str = "") -> Shown:
    """Return how the room stands.

    ``undeclared`` is what those without a position are taken to do, and ``hint`` tells how to take
    something else.
    """
    before = room.before
    counts = [_count_record(count) for count in (room.total, *room.groups)]
    rules_before = {r.rule.name: r for r in before.rulings} if before else {}
    rules = [_rule_record(one, rules_before.get(one.rule.name)) for one in room.rulings]
    stances_before = {one.delegation: one for one in before.voter_stances} if before else {}
    stances = [_stance_record(v, stances_before.get(v.delegation)) for v in room.voter_stances]
    about = {
        "target": room.target,
        "option": room.option,
        "electorate": room.electorate,
        "undeclared": undeclared,
        "supposed": before is not None,
        "others": list(room.others),
    }
    option = f" (option {room.option})" if room.option else ""
    return Shown(
        f"Tally of {room.target}{option} in {negotiation}",
        [*counts, *rules, *stances],
        (),
        _summary(room, undeclared, hint),
        len({one.entry for one in room.voter_stances if one.entry}),
        about=about,
        parts=(_counts(counts), _rules(rules, room), _moved(stances), _who(room)),
    )


def _summary(room: Tally, undeclared: Answer, hint: str) -> str:
    """Return how many declared themselves, and what is assumed of the others."""
    who = "states of the record" if room.electorate is None else f"members of {room.electorate}"
    silent = [one for one in room.voter_stances if one.assumed]
    voters = len(room.voter_stances)
    declared = f"{voters - len(silent)} of {voters} {who} declared themselves"
    without = names_in_short(room.others, _MOST_NAMED)
    others = f". Without a vote: {without}" if room.others else ""
    if not silent:
        return declared + others
    how = f" ({hint})" if hint else ""
    return f"{declared}; the others are taken {_ASSUMED[undeclared]}{how}{others}"


def _count_record(count: StanceCount) -> Record:
    return {"part": "count", "group": count.group, "members": count.members, **count.counts}


def _counts(records: list[Record]) -> Part:
    words = [name for name in records[0] if name not in ("part", "group", "members")]
    columns = (
        Column("of", lambda r: r["group"] or "all", wide=True),
        Column("members", lambda r: str(r["members"])),
        *(_number(word) for word in words),
    )
    return Part("How many stand where:", records, columns)


def _number(word: str) -> Column:
    return Column(_HEADINGS.get(word, word), lambda r: str(r[word] or ""))


def _rule_record(outcome: RuleOutcome, before: RuleOutcome | None) -> Record:
    return {
        "part": "rule",
        "rule": outcome.rule.name,
        "requires": outcome.rule.requires,
        "title": outcome.rule.title,
        "matters": outcome.rule.matters,
        "electorate": outcome.rule.electorate,
        "voters": outcome.voters,
        "adopted": outcome.verdict.adopted,
        "why": outcome.verdict.why,
        "adopted_before": None if before is None else before.verdict.adopted,
        "settled": outcome.settled,
        "fewest_to_turn": outcome.fewest,
        "pivotal": list(outcome.pivotal),
        "supposed": before is not None,
    }


def _rules(records: list[Record], room: Tally) -> Part:
    stances = {one.delegation: one.counted for one in room.voter_stances}
    columns = (
        Column("rule", lambda r: r["rule"], most=17),
        Column("gives", _gives, most=11),
        Column("because", lambda r: _because(r, stances), wide=True),
        Column("turned by", lambda r: _turned(r["fewest_to_turn"]), most=9),
    )
    return Part("If everybody votes as it stands:", records, columns)


def _gives(record: Record) -> str:
    now = _GIVES[record["adopted"]]
    if not record["supposed"]:
        return now
    was = _GIVES[record["adopted_before"]]
    return f"still {now}" if was == now else f"{was} -> {now}"


def _because(record: Record, stances: dict[str, str]) -> str:
    parts = [record["why"]]
    if record["voters"] and record["electorate"]:
        parts.append(f"{record['voters']} members of {record['electorate']} vote")
    if not record["settled"]:
        parts.append("it depends on the undeclared")
    if record["pivotal"]:
        parts.append(f"pivotal: {_pivots(record['pivotal'], record['voters'], stances)}")
    return "; ".join(parts)


def _pivots(pivotal: list[str], voters: int, stances: dict[str, str]) -> str:
    """Return who is pivotal: by name where they are few, else by where they stand."""
    if len(pivotal) == voters:
        return "everybody"
    if len(pivotal) <= _MOST_NAMED:
        return ", ".join(pivotal)
    counts = Counter(stances.get(name, "") for name in pivotal)
    return ", ".join(f"{number} that {_THEY[word]}" for word, number in counts.items() if word)


def _turned(fewest: int | None) -> str:
    return "" if fewest is None else str(fewest)


def _stance_record(one: VoterStance, before: VoterStance | None) -> Record:
    return {
        "part": "delegation",
        "delegation": one.delegation,
        "stance": one.stance,
        "option": one.option,
        "via": one.via,
        "through": one.through,
        "since": one.since,
        "entry": one.entry or None,
        "counted": one.counted,
        "answer": one.answer,
        "assumed": one.assumed,
        "possible": one.possible,
        "before": None if before is None else before.counted,
    }


def _who(room: Tally) -> Part:
    """Return who stands where, those that stand there through a group with it."""
    rows: list[Record] = []
    for word in room.total.counts:
        stances = [one for one in room.voter_stances if one.counted == word]
        if stances:
            names = named((_name(one), _group_of(one)) for one in stances)
            rows.append({"stance": f"{_HEADINGS.get(word, word)} {len(stances)}", "who": names})
    columns = (
        Column("stance", lambda r: r["stance"], most=12),
        Column("who", lambda r: r["who"], wide=True),
    )
    return Part("Who stands where:", rows, columns)


def _name(one: VoterStance) -> str:
    return f"{one.delegation} ?" if one.possible else one.delegation


def _group_of(one: VoterStance) -> str | None:
    return one.through if one.via == "group" else None


def _moved(records: list[Record]) -> Part:
    """Return who would stand elsewhere by what is supposed."""
    names: dict[tuple[str, str], list[str]] = {}
    for record in records:
        if record["before"] not in (None, record["counted"]):
            move = record["before"], record["counted"]
            names.setdefault(move, []).append(record["delegation"])
    rows = [{"move": f"{was} -> {now}", "who": ", ".join(who)} for (was, now), who in names.items()]
    columns = (
        Column("change", lambda r: r["move"], most=21),
        Column("who", lambda r: r["who"], wide=True),
    )
    return Part("By what is supposed:", rows, columns)
