"""What commands print that did something, or that look after the record."""

from typing import Annotated, Literal

from negotrack.domain.stances import PositionGrade
from negotrack.domain.values import EntryId, Json
from negotrack.views.answers.keys import AnswerObject, means

# -- writing ----------------------------------------------------------------------------------


class InitRecord(AnswerObject, frozen=True, kw_only=True):
    """A workspace that is there now."""

    root: Annotated[str, means("the folder of the workspace")]


class StanceChangeRecord(AnswerObject, frozen=True, kw_only=True):
    """What a stance that was kept changed."""

    delegation: Annotated[str, means("who")]
    target: Annotated[str, means("on what")]
    before: Annotated[str | None, means("the stance before, with its option")]
    now: Annotated[str | None, means("the stance after, with its option")]


class KeptRecord(AnswerObject, frozen=True, kw_only=True):
    """An entry that was kept, or would have been."""

    entry: Annotated[EntryId, means("the id; of the entry that says the same, where it is not new")]
    dry_run: Annotated[bool, means("whether nothing was kept")]
    type: Annotated[str, means("the type with its version")]
    session: Annotated[str | None, means("the session it was put into")]


class LogRecord(KeptRecord, frozen=True, kw_only=True):
    """What a log did."""

    new: Annotated[bool, means("whether the record did not say this before")]
    change: Annotated[StanceChangeRecord | None, means("what a stance that was kept changed")]


class FieldDifferenceRecord(AnswerObject, frozen=True, kw_only=True):
    """A field that is another after an erratum."""

    entry: Annotated[EntryId, means("of which entry")]
    field: Annotated[str, means("the name of the field")]
    before: Annotated[Json, means("what it said before")]
    now: Annotated[Json, means("what it says now")]


class StandingRecord(AnswerObject, frozen=True, kw_only=True):
    """Where a delegation stands on a target."""

    stance: Annotated[PositionGrade, means("the grade")]
    option: Annotated[str | None, means("the option it is about")]
    since: Annotated[str, means("since when it stands there")]
    entry: Annotated[EntryId, means("the entry that it rests on")]


class PositionChangeRecord(AnswerObject, frozen=True, kw_only=True):
    """A position that is another after an erratum."""

    delegation: Annotated[str, means("who")]
    target: Annotated[str, means("on what")]
    before: Annotated[StandingRecord | None, means("the position before")]
    now: Annotated[StandingRecord | None, means("the position after")]


class CorrectRecord(KeptRecord, frozen=True, kw_only=True):
    """What a correction or a retraction did."""

    new: Annotated[Literal[True], means("an erratum is always new")]
    change: Annotated[None, means("nothing")]
    about: Annotated[EntryId, means("the entry, or the other erratum, that it is about")]
    root: Annotated[EntryId, means("the entry that it is about in the end")]
    counts: Annotated[bool, means("whether the root counts after it")]
    fields: Annotated[list[FieldDifferenceRecord], means("the fields that are others after it")]
    positions: Annotated[list[PositionChangeRecord], means("the positions that are others")]


class FaultRecord(AnswerObject, frozen=True, kw_only=True):
    """A line that was refused."""

    line: Annotated[int, means("its number")]
    fault: Annotated[str, means("what is wrong with it, in a sentence")]


class ImportRecord(AnswerObject, frozen=True, kw_only=True):
    """What an import did."""

    added: Annotated[int, means("entries that were new")]
    known: Annotated[int, means("entries that the record had already")]
    refused: Annotated[int, means("lines that were refused")]
    faults: Annotated[list[FaultRecord], means("the first of them")]
    dry_run: Annotated[bool, means("whether nothing was kept")]


# -- keeping ----------------------------------------------------------------------------------


class SyncRecord(AnswerObject, frozen=True, kw_only=True):
    """What a synchronisation of store and journal did."""

    absorbed: Annotated[int, means("entries that the store took from the journal")]
    journaled: Annotated[int, means("entries that the journal took from the store")]
    quarantined: Annotated[list[str], means("files to which torn lines were moved")]


class FindingRecord(AnswerObject, frozen=True, kw_only=True):
    """Something that a check came upon."""

    rule: Annotated[str, means("the name of the rule")]
    where: Annotated[str, means("the file, or the beginning of the entry's id")]
    finding: Annotated[str, means("what is wrong, in a sentence")]
    code: Annotated[Literal[1, 3, 5], means("the exit code that it deserves")]


class LastEntryRecord(AnswerObject, frozen=True, kw_only=True):
    """One of the newest entries."""

    entry: Annotated[EntryId, means("the id")]
    recorded_at: Annotated[str, means("when it entered the record")]
    by: Annotated[str | None, means("who entered it")]


class DoctorRecord(AnswerObject, frozen=True, kw_only=True):
    """Where everything of a workspace is, and how much there is."""

    workspace: Annotated[str, means("the folder")]
    journal: Annotated[str, means("the folder of the journal")]
    store: Annotated[str, means("the store file")]
    index: Annotated[str, means("the index file")]
    entries: Annotated[int, means("entries in the store")]
    negotiations: Annotated[list[str], means("slugs")]
    types: Annotated[dict[str, int], means("entries by negotiation and type")]
    last: Annotated[list[LastEntryRecord], means("the newest entries of the store")]
    quarantine: Annotated[list[str], means("files that were set aside")]
    versions: Annotated[dict[str, str], means("versions of the program and what it runs on")]


class RebuildRecord(AnswerObject, frozen=True, kw_only=True):
    """What was rebuilt."""

    entries: Annotated[int, means("entries that the index was made from")]


class SubjectRecord(AnswerObject, frozen=True, kw_only=True):
    """Something that there is a schema of."""

    schema: Annotated[str, means("the name by which it is asked for")]
    kind: Annotated[Literal["entries", "type", "answer"], means("what it is a schema of")]
    about: Annotated[str, means("the same in words")]
