"""How delegations voted: what was voted on with its figures, and who gave which answer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from negotrack.domain.short_ids import in_table
from negotrack.domain.votes import COUNTED
from negotrack.render.answer import Column, Encoded, Part, Record
from negotrack.views.decisions import by_the_rules, decision_record, in_short
from negotrack.views.shown import Shown, counted, entry_id, when

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from negotrack.projections.votes.decisions import JudgedDecision
    from negotrack.projections.votes.votes import Ballot, Voter

_MOST_SOURCES = 3


# -- what was voted on ------------------------------------------------------------------------


def ballots(
    rolls: Sequence[Ballot],
    decisions: Iterable[JudgedDecision],
    titles: Mapping[str, str],
    negotiation: str,
) -> Shown:
    """Return everything that was voted on, with the figures and what became of it.

    ``titles`` are those of the targets, by name.
    """
    decided = _by_target(decisions)
    columns = (
        Column("on", lambda r: r["last"], most=10),
        Column("target", lambda r: r["target"], most=15),
        Column("title", lambda r: _entitled(r, decided), wide=True),
        Column("yes", lambda r: str(r["yes"])),
        Column("no", lambda r: str(r["no"])),
        Column("abst.", lambda r: str(r["abstain"])),
    )
    records = (_ballot_record(ballot, titles, decided) for ballot in rolls)
    cast = sum(b.yes + b.no + b.abstain for b in rolls)
    summary = f"{counted(cast, 'vote')} on {counted(len(rolls), 'target')}"
    return Shown(f"Votes in {negotiation}", records, columns, summary, cast)


def _by_target(decisions: Iterable[JudgedDecision]) -> dict[str, list[JudgedDecision]]:
    by_target: dict[str, list[JudgedDecision]] = {}
    for one in decisions:
        by_target.setdefault(one.target, []).append(one)
    return by_target


def _entitled(record: Record, decisions: dict[str, list[JudgedDecision]]) -> str:
    """Return the title of what was voted on, and what became of it by each account."""
    outcomes = dict.fromkeys(in_short(one) for one in decisions.get(record["target"], ()))
    return "; ".join(part for part in (record["title"], " or ".join(outcomes)) if part)


def _ballot_record(
    ballot: Ballot, titles: Mapping[str, str], decisions: dict[str, list[JudgedDecision]]
) -> Record:
    return {
        "target": ballot.target,
        "title": titles.get(ballot.target),
        **ballot._asdict(),
        "decisions": [decision_record(one) for one in decisions.get(ballot.target, ())],
    }


# -- who gave which answer --------------------------------------------------------------------


def voters(
    roll: Sequence[Voter],
    decisions: Sequence[tuple[JudgedDecision, str]],
    *,
    delegation: str | None,
    target: str | None,
    folded: bool,
) -> Shown:
    """Return who voted how, of one delegation, on one target, or of one on the other.

    Each decision is given with its entry in words. When ``folded``, those that gave the same answer
    on one target stand in one line.
    """
    columns = (
        Column("delegation", lambda r: "" if delegation else r["delegation"], most=12),
        Column("target", lambda r: "" if r["target"] == target else r["target"], most=15),
        Column("vote", lambda r: r["vote"], most=15),
        Column("on", when, most=12),
        Column("why", _why, wide=True),
        Column("entry", entry_id),
    )
    of = [f"of {delegation}"] if delegation else []
    title = " ".join(["Votes", *of, *([f"on {target}"] if target else [])])
    outcomes = [_outcome(decision, words) for decision, words in decisions]
    summary = ". ".join([f"{_figures(roll)} as counted{_sources(roll)}", *outcomes])
    records = [_voter_record(voter) for voter in roll]
    folds = folded and len({voter.target for voter in roll}) == 1 and delegation is None
    return Shown(
        title,
        records,
        columns,
        summary,
        len(roll),
        any(voter.disputed for voter in roll),
        about={"decisions": [decision_record(decision) for decision, _ in decisions]},
        parts=_folded(records, columns) if folds else (),
    )


def _outcome(decision: JudgedDecision, words: str) -> str:
    rules = by_the_rules(decision)
    return f"{words}: {rules}" if rules else words


def _folded(records: list[Record], columns: tuple[Column, ...]) -> tuple[Part, ...]:
    """Return who voted how, a line for each answer; and those of whom there is more to say."""
    who: dict[str, list[str]] = {word: [] for word in COUNTED}
    for record in records:
        who.setdefault(record["vote"], []).append(record["delegation"])
    rows: list[Record] = [{"vote": word, "who": names} for word, names in who.items() if names]
    roll = (
        Column("vote", lambda r: f"{r['vote'].replace('-', ' ')} {len(r['who'])}", most=21),
        Column("who", lambda r: ", ".join(r["who"]), wide=True),
    )
    notable = [r for r in records if r["says"] or r["intended"] or r["disputed"] or r["possible"]]
    more = (Part("Of whom there is more to say:", notable, columns),) if notable else ()
    return Part("", rows, roll), *more


def _voter_record(voter: Voter) -> Record:
    return voter._asdict() | {"sources": Encoded(voter.sources)}


def _why(record: Record) -> str:
    intended = f"had intended {record['intended']}" if record["intended"] else ""
    others = ", ".join(in_table(id_) for id_ in record["disputed"])
    against = f"disputed by {others}" if others else ""
    words = "; ".join(part for part in (record["says"], intended, against) if part)
    return f"{words} [{record['source']}]".lstrip()


def _sources(roll: Sequence[Voter]) -> str:
    """Return where a roll comes from: its sources, those of most votes first."""
    counts = Counter(voter.source for voter in roll)
    sources = [source for source, _ in counts.most_common(_MOST_SOURCES)]
    more = " and others" if len(counts) > len(sources) else ""
    return f" [{', '.join(sources)}{more}]" if sources else ""


def _figures(roll: Iterable[Voter]) -> str:
    """Return how many voted how, the usual answers first."""
    counts = dict.fromkeys(COUNTED, 0)
    for voter in roll:
        counts[voter.vote] = counts.get(voter.vote, 0) + 1
    return ", ".join(f"{count:,} {vote.replace('-', ' ')}" for vote, count in counts.items())
