"""``negotrack tally``: how the room stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import TARGETS, Options, one_target, reading, resolving
from negotrack.errors import Rejected, Usage
from negotrack.render.answer import Column, Part, Record
from negotrack.views import answers
from negotrack.views.grouping import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from negotrack.index.reading import Filter
    from negotrack.projections.positions.positions import OwnWords
    from negotrack.projections.votes.rule_outcomes import RuleOutcome
    from negotrack.projections.votes.tally import Supposed, Tally
    from negotrack.projections.votes.voter_stances import Answer, StanceCount, VoterStance
    from negotrack.workspace import Workspace

UNDECLARED = ("abstain", "absent", "yes", "no")
_TAKES = ("support", "accept", "reserve", "oppose", "block", "none")
_HEADINGS = {"elsewhere": "other", "undeclared": "undecl."}
_ASSUMED = {
    "abstain": "to be there and abstain",
    "absent": "to stay away",
    "yes": "to vote in favour",
    "no": "to vote against",
}
_MOST_NAMED = 12
_THEY = {
    "support": "support it",
    "accept": "accept it",
    "reserve": "reserve",
    "oppose": "oppose it",
    "block": "block it",
    "elsewhere": "are for another option",
    "undeclared": "are undeclared",
}


@click.command()
@click.argument("target", metavar="TARGET", type=NameParam(*TARGETS))
@click.option("--option", metavar="OPTION", help="The answer to an issue that is asked about.")
@click.option(
    "--undeclared",
    type=click.Choice(UNDECLARED),
    default=UNDECLARED[0],
    show_default=True,
    help="What those without a position are taken to do.",
)
@click.option(
    "--if",
    "supposing",
    metavar="NAME=STANCE,...",
    multiple=True,
    help="Suppose that they take these stances; a group takes its members along.",
)
@click.option(
    "--rule", type=NameParam("rule"), help="Only this rule, and those that vote under it."
)
@click.option(
    "--group",
    "groups",
    type=NameParam("delegation"),
    multiple=True,
    help="Count only members of this group apart, not of every group; can be repeated.",
)
@resolving
@reading(kinds=False)
def command(
    asked: Options,
    *,
    target: str,
    option: str | None,
    undeclared: Answer,
    supposing: tuple[str, ...],
    rule: str | None,
    groups: tuple[str, ...],
    own_only: bool,
    own_words: OwnWords,
) -> None:
    """How the room stands, what each rule would give, and who could turn it.

    \b
      negotrack tally convention --as-of 2024-08-08
      negotrack tally scope --option limited --as-of ahc-6
      negotrack tally convention --as-of ahc-7 --undeclared yes --rule ahc-two-thirds
      negotrack tally convention --as-of ahc-7 --if IND=oppose,CARICOM=support

    Everybody is taken to vote as it stands: support and acceptance for yes, a reservation for an
    abstention, opposition for no; a red line ("block") objects to a consensus. "Turned by" is the
    fewest that would have to change for the opposite; a delegation is pivotal if its change alone
    would turn the verdict. Whoever --if names takes that stance on the day, after all others;
    members of a group that it names go along unless they spoke or voted themselves.
    """
    asked = one_target(asked, target, "a tally is of all that may vote, on a day")
    with workspace() as opened:
        from negotrack.projections.positions.positions import Resolution
        from negotrack.projections.votes.tally import TallyQuery

        wanted = asked.filter(opened)
        question = TallyQuery(
            known_option(opened, wanted, option),
            undeclared,
            tuple(_supposed(opened, wanted, supposing)),
            tuple(_group(opened, wanted, group) for group in groups),
            _rule(opened, wanted, rule),
        )
        found = opened.tally(wanted, question, Resolution(asked.accounts, own_only, own_words))
        answered(opened, asked, wanted, "tally", _shown(found, question.undeclared, wanted))


# -- what is asked ----------------------------------------------------------------------------


def known_option(opened: Workspace, wanted: Filter, option: str | None) -> str | None:
    """Return an option of the target of a filter; :class:`Rejected` where it has no such one."""
    if option is None:
        return None
    from negotrack.domain.names import key, near

    assert wanted.target is not None
    known = opened.options(wanted)
    found = [name for name in known if key(name) == key(option)]
    if found:
        return found[0]
    if not known:
        raise Rejected(f"{wanted.target} has no options", "leave --option out")
    close = near(option, known)
    cure = f"did you mean {', '.join(close)}?" if close else f"it has {', '.join(known)}"
    raise Rejected(f"{wanted.target} has no option {option}", cure)


def _supposed(opened: Workspace, wanted: Filter, typed: Iterable[str]) -> Iterator[Supposed]:
    from negotrack.domain.names import near
    from negotrack.projections.votes.tally import Supposed

    for part in (part.strip() for text in typed for part in text.split(",")):
        name, equals, stance = (word.strip() for word in part.partition("="))
        if not (name and equals and stance):
            raise Usage(f"--if {part!r} says nobody's stance", "write it as KEN=support,EU=oppose")
        if stance.lower() not in _TAKES:
            close = ", ".join(near(stance, _TAKES)) or ", ".join(_TAKES)
            raise Usage(f"--if {part}: {stance} is no stance", f"did you mean {close}?")
        found = opened.resolve(name, "delegation", negotiation=wanted.negotiation)
        yield Supposed(found.name, stance.lower())


def _group(opened: Workspace, wanted: Filter, name: str) -> str:
    opened.parties(wanted, name)
    return opened.resolve(name, "delegation", negotiation=wanted.negotiation).name


def _rule(opened: Workspace, wanted: Filter, name: str | None) -> str | None:
    """Return the name of a rule of the negotiation on the day, or of one of the usual rules."""
    from negotrack.domain.names import key, unknown
    from negotrack.domain.voting_rules import STANDARD

    if name is None:
        return None
    known = [rule.name for rule in (*opened.rules(wanted), *STANDARD)]
    found = [rule for rule in known if key(rule) == key(name)]
    if not found:
        raise Rejected(*unknown("rule", name, known))
    return found[0]


# -- what is shown ----------------------------------------------------------------------------


def _shown(found: Tally, undeclared: Answer, wanted: Filter) -> answers.Shown:
    counts = [_count_record(count) for count in (found.total, *found.groups)]
    before = {r.rule.name: r for r in found.before.rulings} if found.before else {}
    rules = [_ruling_record(ruling, before.get(ruling.rule.name)) for ruling in found.rulings]
    was = {one.delegation: one for one in found.before.voter_stances} if found.before else {}
    stands = [_stand_record(one, was.get(one.delegation)) for one in found.voter_stances]
    about = {
        "target": found.target,
        "option": found.option,
        "electorate": found.electorate,
        "undeclared": undeclared,
        "supposed": found.before is not None,
        "others": list(found.others),
    }
    option = f" (option {found.option})" if found.option else ""
    return answers.Shown(
        f"Tally of {found.target}{option} in {wanted.negotiation}",
        [*counts, *rules, *stands],
        (),
        _said(found, undeclared),
        len({one.entry for one in found.voter_stances if one.entry}),
        about=about,
        parts=(_counts(counts), _rules(rules, found), _moved(stands), _who(found)),
    )


def _said(found: Tally, undeclared: Answer) -> str:
    """Return how many declared themselves, and what is assumed of the others."""
    who = "states of the record" if found.electorate is None else f"members of {found.electorate}"
    silent = [one for one in found.voter_stances if one.assumed]
    voters = len(found.voter_stances)
    declared = f"{voters - len(silent)} of {voters} {who} declared themselves"
    others = f". Without a vote: {_some(found.others)}" if found.others else ""
    if not silent:
        return declared + others
    return f"{declared}; the others are taken {_ASSUMED[undeclared]} (--undeclared){others}"


def _some(names: tuple[str, ...]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


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


def _ruling_record(ruling: RuleOutcome, before: RuleOutcome | None) -> Record:
    was = None if before is None else before.verdict.adopted
    return {
        "part": "rule",
        "rule": ruling.rule.name,
        "requires": ruling.rule.requires,
        "title": ruling.rule.title,
        "matters": ruling.rule.matters,
        "electorate": ruling.rule.electorate,
        "voters": ruling.voters,
        "adopted": ruling.verdict.adopted,
        "why": ruling.verdict.why,
        "adopted_before": was,
        "settled": ruling.settled,
        "fewest_to_turn": ruling.fewest,
        "pivotal": list(ruling.pivotal),
        "supposed": before is not None,
    }


_GIVES = {True: "adopted", False: "rejected", None: "open"}


def _rules(records: list[Record], found: Tally) -> Part:
    stands = {one.delegation: one.counted for one in found.voter_stances}
    columns = (
        Column("rule", lambda r: r["rule"], most=17),
        Column("gives", _gives, most=11),
        Column("because", lambda r: _because(r, stands), wide=True),
        Column("turned by", lambda r: _turned(r["fewest_to_turn"]), most=9),
    )
    return Part("If everybody votes as it stands:", records, columns)


def _gives(record: Record) -> str:
    now = _GIVES[record["adopted"]]
    if not record["supposed"]:
        return now
    was = _GIVES[record["adopted_before"]]
    return f"still {now}" if was == now else f"{was} -> {now}"


def _because(record: Record, stands: dict[str, str]) -> str:
    parts = [record["why"]]
    if record["voters"] and record["electorate"]:
        parts.append(f"{record['voters']} members of {record['electorate']} vote")
    if not record["settled"]:
        parts.append("it depends on the undeclared")
    if record["pivotal"]:
        parts.append(f"pivotal: {_pivots(record['pivotal'], record['voters'], stands)}")
    return "; ".join(parts)


def _pivots(pivotal: list[str], voters: int, stands: dict[str, str]) -> str:
    """Return who is pivotal: by name where they are few, else by where they stand."""
    if len(pivotal) == voters:
        return "everybody"
    if len(pivotal) <= _MOST_NAMED:
        return ", ".join(pivotal)
    counts = Counter(stands.get(name, "") for name in pivotal)
    return ", ".join(f"{number} that {_THEY[word]}" for word, number in counts.items() if word)


def _turned(fewest: int | None) -> str:
    return "" if fewest is None else str(fewest)


def _stand_record(one: VoterStance, before: VoterStance | None) -> Record:
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


def _who(found: Tally) -> Part:
    """Return who stands where, those that stand there through a group with it."""
    rows: list[Record] = []
    for word in found.total.counts:
        its = [one for one in found.voter_stances if one.counted == word]
        if its:
            names = named((_name(one), _group_of(one)) for one in its)
            rows.append({"stance": f"{_HEADINGS.get(word, word)} {len(its)}", "who": names})
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
    rows: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        if record["before"] not in (None, record["counted"]):
            rows.setdefault((record["before"], record["counted"]), []).append(record)
    told = [
        {"move": f"{was} -> {now}", "who": ", ".join(r["delegation"] for r in its)}
        for (was, now), its in rows.items()
    ]
    columns = (
        Column("change", lambda r: r["move"], most=21),
        Column("who", lambda r: r["who"], wide=True),
    )
    return Part("By what is supposed:", told, columns)
