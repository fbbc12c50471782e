"""Answers on why an answer says what it says: entries with their parts, and their errata."""

from typing import Annotated, Literal

from msgspec import field

from negotrack.domain.stances import Grade, PositionGrade
from negotrack.domain.values import Confidence, EntryId, Json, Source
from negotrack.facts.query import OwnWords
from negotrack.projections.positions.positions import Via
from negotrack.views.answers.keys import About, AnswerObject, means
from negotrack.views.answers.room import TimelineRecord

Role = Literal[
    "decides",
    "taken back",
    "disputed",
    "conflict",
    "agrees",
    "own words stand",
    "not a member",
    "membership",
    "left",
    "says nothing",
    "overridden",
    "possible",
    "later",
    "corrected away",
    "corrected later",
    "retracted",
    "recorded later",
]
"""What an entry can be to a cell."""


class FieldChangeRecord(AnswerObject, frozen=True, kw_only=True):
    """A field that a correction sets."""

    field: Annotated[str, means("the name of the field")]
    before: Annotated[Json, means("what it said before")]
    after: Annotated[Json, means("what it says now")]


class ErratumRecord(AnswerObject, frozen=True, kw_only=True):
    """A correction or a retraction."""

    id: Annotated[EntryId, means("the id")]
    about: Annotated[EntryId, means("the entry, or the other erratum, that it is about")]
    kind: Annotated[Literal["correction", "retraction"], means("what it is")]
    recorded_at: Annotated[str, means("when it entered the record")]
    recorded_by: Annotated[str | None, means("who entered it")]
    reason: Annotated[str, means("why")]
    changes: Annotated[list[FieldChangeRecord], means("what a correction sets")]
    counted: Annotated[
        Literal["counted", "recorded later", "undone"], means("whether it counted by then")
    ]


class ExplanationAbout(About, frozen=True, kw_only=True):
    """What was asked of a cell of a table of positions, and what the cell says."""

    delegation: Annotated[str, means("the delegation of the cell")]
    target: Annotated[str, means("the target of the cell")]
    stance: Annotated[PositionGrade | None, means("where it stands")]
    option: Annotated[str | None, means("the option it is about")]
    via: Annotated[Via | None, means("where the position comes from")]
    through: Annotated[str | None, means("the group, or whose statement it aligned itself with")]
    silent_groups: Annotated[list[str], means("its groups that said nothing on the target")]
    own_only: Annotated[bool, means("whether own words and votes alone count")]
    own_words: Annotated[OwnWords, means("whether own words stand for good")]


class EvidenceRecord(AnswerObject, frozen=True, kw_only=True):
    """An entry that bears on a cell."""

    entry: Annotated[EntryId, means("the id")]
    role: Annotated[Role, means("the part that it plays")]
    kind: Annotated[Literal["stance", "vote", "joining", "leaving"], means("what it is")]
    why: Annotated[str, means("why it has this part, in a sentence")]
    says: Annotated[str, means("what it says, in a sentence")]
    on: Annotated[str, means("the date as recorded")]
    by: Annotated[str | None, means("who spoke")]
    for_: Annotated[str | None, means("on whose behalf")] = field(name="for")
    stance: Annotated[Grade | None, means("the stance that it takes; null for none")]
    option: Annotated[str | None, means("the option it is about")]
    confidence: Annotated[Confidence, means("how well it is known")]
    source: Annotated[str, means("the first source in a word, and how many more")]
    sources: Annotated[list[Source], means("where it is known from, as in the entry")]
    recorded_at: Annotated[str, means("when it entered the record")]
    recorded_by: Annotated[str | None, means("who entered it")]
    possible: Annotated[bool, means("whether it counts although its date is uncertain")]
    errata: Annotated[list[ErratumRecord], means("its corrections and retractions, and theirs")]


class TellingRecord(TimelineRecord, frozen=True, kw_only=True):
    """What an entry said for a while."""

    known_from: Annotated[str, means("the moment from which")]
    known_until: Annotated[str | None, means("the moment before which; null for until now")]


class InclusionRecord(AnswerObject, frozen=True, kw_only=True):
    """Why an entry is, or is not, in a timeline."""

    entry: Annotated[EntryId, means("the id")]
    in_timeline: Annotated[bool, means("whether it is in the timeline")]
    role: Annotated[
        Literal[
            "counts",
            "bookkeeping",
            "possible",
            "later",
            "retracted",
            "recorded later",
            "not asked for",
        ],
        means("whether it counts, or why it is left out"),
    ]
    why: Annotated[str, means("the same in a sentence")]
    counting: Annotated[TimelineRecord | None, means("the entry as it counted")]
    tellings: Annotated[list[TellingRecord], means("all that the entry ever said")]
    errata: Annotated[list[ErratumRecord], means("its corrections and retractions, and theirs")]
