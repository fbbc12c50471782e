"""``negotrack votes``: how delegations voted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import TARGETS, Options, reading
from negotrack.render.answer import Column, Encoded, Part, Record
from negotrack.views import answers
from negotrack.views.decisions import by_the_rules, decision_record, in_short

if TYPE_CHECKING:
    from collections.abc import Iterable

    from negotrack.index.reading import Filter
    from negotrack.projections.votes.decisions import JudgedDecision
    from negotrack.projections.votes.votes import Ballot, Voter
    from negotrack.workspace import Workspace


@click.command()
@click.argument("target", metavar="[TARGET]", type=NameParam(*TARGETS), required=False)
@click.option("--unfold", is_flag=True, help="A line for each vote, with its source and its entry.")
@reading(kinds=False)
def command(target: str | None, asked: Options, *, unfold: bool) -> None:
    """How each delegation voted, and what was decided.

    \b
      negotrack votes
      negotrack votes res-74-247
      negotrack votes res-74-247 --format json
      negotrack votes --by KEN --since 2019

    With a target, who gave which answer, and what was said of it; --unfold lists each vote.
    Without a target or a delegation: everything that was voted on, with how many were for it,
    against it and abstained, counted from the votes in the record. A delegation counts once, by its
    last vote; how it later said that it had meant to vote stands beside it and is not counted.

    With what was decided stands what the rule gives for the figures: the rule that the decision or
    its motion names; where none is named, each that the negotiation had by then.
    """
    asked = asked._replace(on=target or asked.on)
    with workspace() as opened:
        wanted = asked.filter(opened)
        wanted = wanted._replace(by=None, holder=wanted.by)
        is_list = wanted.target is None and wanted.holder is None
        is_folded = not unfold and asked.form not in answers.FOR_TOOLS
        shown = (
            _ballots(opened, wanted)
            if is_list
            else _voters(opened, wanted, asked, is_folded=is_folded)
        )
        answered(opened, asked, wanted, "votes", shown)


def _ballots(opened: Workspace, wanted: Filter) -> answers.Shown:
    found = opened.ballots(wanted)
    decisions = _by_target(opened.judged_decisions(wanted))
    titles = {n.name: n.title for n in opened.names(*TARGETS, negotiation=wanted.negotiation)}
    columns = (
        Column("on", lambda r: r["last"], most=10),
        Column("target", lambda r: r["target"], most=15),
        Column("title", lambda r: _entitled(r, decisions), wide=True),
        Column("yes", lambda r: str(r["yes"])),
        Column("no", lambda r: str(r["no"])),
        Column("abst.", lambda r: str(r["abstain"])),
    )
    records = (_ballot_record(ballot, titles, decisions) for ballot in found)
    cast = sum(b.yes + b.no + b.abstain for b in found)
    said = f"{answers.counted(cast, 'vote')} on {answers.counted(len(found), 'target')}"
    return answers.Shown(f"Votes in {wanted.negotiation}", records, columns, said, cast)


def _by_target(found: Iterable[JudgedDecision]) -> dict[str, list[JudgedDecision]]:
    by_target: dict[str, list[JudgedDecision]] = {}
    for one in found:
        by_target.setdefault(one.target, []).append(one)
    return by_target


def _entitled(record: Record, decisions: dict[str, list[JudgedDecision]]) -> str:
    """Return the title of what was voted on, and what became of it by each account."""
    told = dict.fromkeys(in_short(one) for one in decisions.get(record["target"], ()))
    return "; ".join(part for part in (record["title"], " or ".join(told)) if part)


def _ballot_record(
    ballot: Ballot, titles: dict[str, str], decisions: dict[str, list[JudgedDecision]]
) -> Record:
    its = decisions.get(ballot.target, ())
    return {
        "target": ballot.target,
        "title": titles.get(ballot.target),
        **ballot._asdict(),
        "decisions": [decision_record(one) for one in its],
    }


def _voters(opened: Workspace, wanted: Filter, asked: Options, *, is_folded: bool) -> answers.Shown:
    found = opened.voters(wanted, asked.accounts)
    whose, what = wanted.holder, wanted.target
    columns = (
        Column("delegation", lambda r: "" if whose else r["delegation"], most=12),
        Column("target", lambda r: "" if r["target"] == what else r["target"], most=15),
        Column("vote", lambda r: r["vote"], most=15),
        Column("on", answers.when, most=12),
        Column("why", _why, wide=True),
        Column("entry", lambda r: r["entry"][: answers.SHORT_ID]),
    )
    title = " ".join(
        ["Votes", *([f"of {whose}"] if whose else []), *([f"on {what}"] if what else [])]
    )
    told = [] if what is None else opened.judged_decisions(wanted)
    lines = [] if what is None else opened.decision_lines(wanted)
    ruled = map(by_the_rules, told)
    decisions = [
        f"{line}{': ' * bool(rule)}{rule}" for line, rule in zip(lines, ruled, strict=True)
    ]
    said = ". ".join([f"{_figures(found)} as counted{_sources(found)}", *decisions])
    records = [_voter_record(voter) for voter in found]
    folds = is_folded and len({voter.target for voter in found}) == 1 and whose is None
    return answers.Shown(
        title,
        records,
        columns,
        said,
        len(found),
        any(v.disputed for v in found),
        about={"decisions": [decision_record(one) for one in told]},
        parts=_folded(records, columns) if folds else (),
    )


_MOST_SOURCES = 3
_ORDER = ("yes", "no", "abstain")


def _folded(records: list[Record], columns: tuple[Column, ...]) -> tuple[Part, ...]:
    """Return who voted how, a line for each answer; and those of whom there is more to say."""
    who: dict[str, list[str]] = {word: [] for word in _ORDER}
    for record in records:
        who.setdefault(record["vote"], []).append(record["delegation"])
    rows: list[Record] = [{"vote": word, "who": names} for word, names in who.items() if names]
    roll = (
        Column("vote", lambda r: f"{r['vote'].replace('-', ' ')} {len(r['who'])}", most=21),
        Column("who", lambda r: ", ".join(r["who"]), wide=True),
    )
    said = [r for r in records if r["says"] or r["intended"] or r["disputed"] or r["possible"]]
    more = (Part("Of whom there is more to say:", said, columns),) if said else ()
    return Part("", rows, roll), *more


def _voter_record(voter: Voter) -> Record:
    return voter._asdict() | {"sources": Encoded(voter.sources)}


def _why(record: Record) -> str:
    intended = f"had intended {record['intended']}" if record["intended"] else ""
    others = ", ".join(i[: answers.SHORT_ID] for i in record["disputed"])
    against = f"disputed by {others}" if others else ""
    words = "; ".join(part for part in (record["says"], intended, against) if part)
    return f"{words} [{record['source']}]".lstrip()


def _sources(found: list[Voter]) -> str:
    """Return where a roll comes from: its sources, those of most votes first."""
    counts = Counter(voter.source for voter in found)
    told = [source for source, _ in counts.most_common(_MOST_SOURCES)]
    more = " and others" if len(counts) > len(told) else ""
    return f" [{', '.join(told)}{more}]" if told else ""


def _figures(found: Iterable[Voter]) -> str:
    """Return how many voted how, the usual answers first."""
    counts: dict[str, int] = {"yes": 0, "no": 0, "abstain": 0}
    for voter in found:
        counts[voter.vote] = counts.get(voter.vote, 0) + 1
    return ", ".join(f"{count:,} {vote.replace('-', ' ')}" for vote, count in counts.items())
