"""Answers on what happened, who stands where, and what things are called."""

from typing import Annotated, Any, Literal

from msgspec import Meta, field

from negotrack.domain.stances import Grade, PositionGrade
from negotrack.domain.values import EntryId
from negotrack.projections.positions.movers import MoveKind
from negotrack.projections.positions.positions import Via
from negotrack.views.answers.keys import AnswerObject, Sourced, means

# -- what happened ----------------------------------------------------------------------------


class TimelineRecord(Sourced, frozen=True, kw_only=True):
    """An entry that counts."""

    entry: Annotated[EntryId, means("the id")]
    on: Annotated[str, means("the date as recorded")]
    at: Annotated[str | None, means("time of day in the room")]
    session: Annotated[str | None, means("slug of the session")]
    type: Annotated[str, means("the type without its version")]
    by: Annotated[str | None, means("code of who acted")]
    for_: Annotated[str | None, means("code of the one on whose behalf")] = field(name="for")
    target: Annotated[str | None, means("what it is about, or the name that it brings")]
    summary: Annotated[str, means("what it says, in one line")]
    note: Annotated[str | None, means("the recorder's remark")]
    corrected: Annotated[bool, means("whether a correction changed the entry")]
    recorded_at: Annotated[str, means("when it entered the record")]
    recorded_by: Annotated[str | None, means("who entered it")]


class ChangeRecord(TimelineRecord, frozen=True, kw_only=True):
    """Something that moved in the room."""

    was: Annotated[str | None, means("the stance before, with its option")]
    now: Annotated[str | None, means("the stance after it, with its option")]


class StepRecord(ChangeRecord, frozen=True, kw_only=True):
    """Something that moved in the room, in a step of a replay."""

    step: Annotated[str | None, means("the day or the session; null between sessions")]
    first: Annotated[str, means("last day of the first entry of the step")]
    last: Annotated[str, means("last day of the last entry of the step")]


class ChangedAnswerRecord(AnswerObject, frozen=True, kw_only=True):
    """A past answer that is another."""

    entry: Annotated[EntryId, means("the entry that caused it")]
    delegation: Annotated[str, means("whose position")]
    target: Annotated[str, means("on what")]
    first: Annotated[str, means("the first day of which the answer changed")]
    last: Annotated[str | None, means("the last such day; null up to the day asked about")]
    before: Annotated[str | None, means("the stance before, with its option")]
    after: Annotated[str | None, means("the stance after, with its option")]


class LessonRecord(TimelineRecord, frozen=True, kw_only=True):
    """An entry of which the record learned something."""

    lesson: Annotated[Literal["learned", "corrected", "retracted"], means("what was learned")]
    was: Annotated[TimelineRecord | None, means("what a corrected entry said before")]
    effects: Annotated[list[ChangedAnswerRecord], means("the past answers that are others")]


# -- who stands where -------------------------------------------------------------------------


class HoldingRecord(Sourced, frozen=True, kw_only=True):
    """Where a delegation stands or stood on a target, and why."""

    delegation: Annotated[str, means("code of who holds it")]
    target: Annotated[str, means("slug of what it is on")]
    option: Annotated[str | None, means("the option it is about")]
    via: Annotated[Via, means("where the position comes from")]
    through: Annotated[str | None, means("the group, or whose statement it aligned itself with")]
    by: Annotated[str | None, means("who spoke, where it was another")]
    session: Annotated[str | None, means("slug of the session")]
    condition: Annotated[str | None, means("on what condition")]
    reason: Annotated[str | None, means("why")]
    entry: Annotated[EntryId, means("the entry that it rests on")]
    conflicts: Annotated[
        list[EntryId], means("entries by which other groups of the delegation stand elsewhere")
    ]


class PositionRecord(HoldingRecord, frozen=True, kw_only=True):
    """The position of a delegation on a target."""

    stance: Annotated[PositionGrade, means("the grade")]
    since: Annotated[str, means("the date of the entry that it rests on, as recorded")]


class HistoryRecord(HoldingRecord, frozen=True, kw_only=True):
    """A stance or a vote of a delegation."""

    stance: Annotated[Grade, means("the grade; none takes a stance back")]
    before: Annotated[str | None, means("the stance before, with its option")]
    on: Annotated[str, means("the date as recorded")]
    recorded_at: Annotated[str, means("when it entered the record")]


MatrixRecord = Annotated[
    dict[str, str | None],
    Meta(
        title="MatrixRecord",
        description="A delegation: its code, and its stance with the option under each target.",
        extra_json_schema={"required": ["delegation"]},
    ),
]


class MoveRecord(Sourced, frozen=True, kw_only=True):
    """A delegation that stands elsewhere than before."""

    kind: Annotated[MoveKind, means("what happened to it")]
    delegation: Annotated[str, means("who")]
    target: Annotated[str, means("on what")]
    before: Annotated[str | None, means("the stance on the first day, with its option")]
    now: Annotated[str | None, means("the stance on the last day, with its option")]
    change: Annotated[int | None, means("the difference of the grades, positive toward support")]
    total: Annotated[int, means("how far the delegation went, on all targets")]
    toward: Annotated[list[str], means("who stood there already on the first day")]
    standing: Annotated[int, means("how many they are")]
    since: Annotated[str | None, means("since when it stands there")]
    via: Annotated[Via, means("where the position comes from")]
    through: Annotated[str | None, means("the group, or whose statement it aligned itself with")]
    entry: Annotated[EntryId, means("the entry that the position rests on")]
    entry_before: Annotated[EntryId | None, means("the entry that the position before rests on")]


# -- what things are called -------------------------------------------------------------------


class NameRecord(AnswerObject, frozen=True, kw_only=True):
    """A name of the record."""

    kind: Annotated[str, means("what it is the name of")]
    name: Annotated[str, means("code or slug")]
    title: Annotated[str, means("what it is called")]
    detail: Annotated[str | None, means("the kind of a delegation, the options of an issue")]
    first: Annotated[str | None, means("first day of a session")]
    last: Annotated[str | None, means("last day of a session")]
    entry: Annotated[EntryId, means("the entry that brought the name")]


class FactRecord(AnswerObject, frozen=True, kw_only=True):
    """A fact about an entry, or about what has a name."""

    field: Annotated[str, means("what the value is")]
    value: Annotated[
        str | int | list[Any] | dict[str, Any] | None, means("the value; most are sentences")
    ]
