"""``negotrack trend``: how the room came to stand where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from negotrack.cli.answering import answered
from negotrack.cli.commands.tally import known_option
from negotrack.cli.completing import NameParam
from negotrack.cli.context import workspace
from negotrack.cli.options import TARGETS, Options, one_target, reading, resolving
from negotrack.render.bars import Bar, Bars, BarSegment
from negotrack.views import answers

if TYPE_CHECKING:
    from negotrack.index.reading import Filter
    from negotrack.projections.positions.positions import OwnWords
    from negotrack.projections.votes.trend import TrendPoint
    from negotrack.render.answer import Record
    from negotrack.render.tones import Tone

_SEGMENTS: dict[str, tuple[str, Tone]] = {
    "support": ("S", "for"),
    "accept": ("A", "rather-for"),
    "reserve": ("R", "between"),
    "oppose": ("O", "against"),
    "block": ("B", "block"),
    "elsewhere": ("-", "plain"),
}
_KEY = "S support, A accept, R reserve, O oppose, B block, - of another option, . undeclared"


@click.command()
@click.argument("target", metavar="TARGET", type=NameParam(*TARGETS))
@click.option(
    "--step",
    type=click.Choice(["day", "month", "year", "session"]),
    default="day",
    show_default=True,
    help="Each in which something changed; each session.",
)
@click.option("--option", metavar="OPTION", help="The answer to an issue that is asked about.")
@click.option(
    "--group", type=NameParam("delegation"), help="Only the members of this group on each day."
)
@resolving
@reading(kinds=False)
def command(
    asked: Options,
    *,
    target: str,
    step: str,
    option: str | None,
    group: str | None,
    own_only: bool,
    own_words: OwnWords,
) -> None:
    """How many stood where, over time.

    \b
      negotrack trend scope --option limited
      negotrack trend convention --step session --as-of 2024-12-31
      negotrack trend convention --group EU --since 2023 --format csv

    At the end of every day, month or year in which a count changed, or of every session: how many
    states support it, accept it, and so on, as "tally" counts them, with who belonged to which
    group then. In the picture a letter stands for a delegation, or for several where they are many.
    """
    asked = one_target(asked, target, "a trend is of all that may vote, over time", "since")
    with workspace() as opened:
        from negotrack.projections.positions.positions import Resolution

        wanted = asked.filter(opened)
        if group is not None:
            opened.parties(wanted, group)
            group = opened.resolve(group, "delegation", negotiation=wanted.negotiation).name
        chosen = known_option(opened, wanted, option) or opened.leading_option(wanted)
        words = Resolution(asked.accounts, own_only, own_words)
        found = opened.trend(wanted, step, chosen, group, words)
        answered(opened, asked, wanted, "trend", _shown(found, wanted, chosen, group, step))


def _shown(
    found: list[TrendPoint], wanted: Filter, option: str | None, group: str | None, step: str
) -> answers.Shown:
    told = f" (option {option})" if option else ""
    who = f"the members of {group}" if group else "the states"
    said = f"{answers.counted(len(found), 'step')} of {who}; {_KEY}"
    return answers.Shown(
        f"Trend of {wanted.target}{told} in {wanted.negotiation}",
        [_record(point, step) for point in found],
        (),
        said,
        len(found),
        about={"target": wanted.target, "option": option, "group": group, "step": step},
        parts=(_bars(found, step),),
    )


def _record(point: TrendPoint, step: str) -> Record:
    label = {"step": point.label} if step != "day" else {}
    return {"on": point.day, **label, "members": point.total.members, **point.total.counts}


def _bars(found: list[TrendPoint], step: str) -> Bars:
    """Return the picture, without the figures of what nobody ever said."""
    held = [word for word in _SEGMENTS if any(p.total.counts[word] for p in found)]
    headings = (step, *(_SEGMENTS[word][0] for word in held), ".")
    return Bars(headings, tuple(_bar(point, held) for point in found))


def _bar(point: TrendPoint, held: list[str]) -> Bar:
    counts = point.total.counts
    segments = tuple(BarSegment(*_SEGMENTS[word], counts[word]) for word in held)
    figures = (*(str(counts[word] or "") for word in held), str(counts["undeclared"] or ""))
    return Bar(point.label, segments, figures)
