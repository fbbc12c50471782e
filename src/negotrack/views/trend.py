"""How the room came to stand where it stands: a bar for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotrack.domain.stances import KEY as STANCE_KEY
from negotrack.domain.stances import STANCES
from negotrack.projections.votes.voter_stances import ELSEWHERE, NOWHERE
from negotrack.render.bars import Bar, Bars, BarSegment
from negotrack.views.shown import Shown, counted

if TYPE_CHECKING:
    from negotrack.projections.votes.trend import TrendPoint
    from negotrack.render.answer import Record
    from negotrack.render.tones import Tone

_SEGMENTS: dict[str, tuple[str, Tone]] = {
    **{stance.name: (stance.letter, stance.tone) for stance in STANCES},
    ELSEWHERE: ("-", "plain"),
}
_KEY = f"{STANCE_KEY}, - of another option, . undeclared"


class TrendSubject(NamedTuple):
    """What a trend is about.

    ``group`` is the one whose members are counted, None for all states; ``step`` what each point is
    the end of: ``day``, ``month``, ``year`` or ``session``.
    """

    target: str | None
    option: str | None
    group: str | None
    step: str


def trend(points: list[TrendPoint], subject: TrendSubject, negotiation: str) -> Shown:
    """Return how many stood where on a target, over time."""
    option = f" (option {subject.option})" if subject.option else ""
    who = f"the members of {subject.group}" if subject.group else "the states"
    return Shown(
        f"Trend of {subject.target}{option} in {negotiation}",
        [_record(point, subject.step) for point in points],
        (),
        f"{counted(len(points), 'step')} of {who}; {_KEY}",
        len(points),
        about=subject._asdict(),
        parts=(_bars(points, subject.step),),
    )


def _record(point: TrendPoint, step: str) -> Record:
    label = {"step": point.label} if step != "day" else {}
    return {"on": point.day, **label, "members": point.total.members, **point.total.counts}


def _bars(points: list[TrendPoint], step: str) -> Bars:
    """Return the picture, without the figures of what nobody ever said."""
    words = [word for word in _SEGMENTS if any(p.total.counts[word] for p in points)]
    headings = (step, *(_SEGMENTS[word][0] for word in words), ".")
    return Bars(headings, tuple(_bar(point, words) for point in points))


def _bar(point: TrendPoint, words: list[str]) -> Bar:
    counts = point.total.counts
    segments = tuple(BarSegment(*_SEGMENTS[word], counts[word]) for word in words)
    figures = (*(str(counts[word] or "") for word in words), str(counts[NOWHERE] or ""))
    return Bar(point.label, segments, figures)
