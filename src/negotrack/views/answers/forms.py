"""The answers by name: each with the forms that it takes, and the commands that print it."""

from typing import Any, Literal, NamedTuple

from negotrack.views.answers import counts, deeds, explanations, room, wordings
from negotrack.views.answers.keys import About


class AnswerForm(NamedTuple):
    """One form of an answer: what it is about, and its records, which are of any of the types.

    ``kind`` is what ``about`` says of it in ``answer``; ``about`` is None where an answer is a list
    of records, or a single one, and nothing else.
    """

    records: tuple[Any, ...]
    kind: str = ""
    about: type[About] | None = About


class AnswerKind(NamedTuple):
    """An answer: what it is, its forms, and the commands that print it.

    An ``answer`` has ``about`` and ``records``; a ``list`` has the records alone, and an ``object``
    is a single one.
    """

    about: str
    commands: tuple[str, ...]
    forms: tuple[AnswerForm, ...]
    shape: Literal["answer", "list", "object"] = "answer"


def _answer(command: str, about: str, *records: Any, of: type[About] = About) -> AnswerKind:
    return AnswerKind(about, (command,), (AnswerForm(records, command, of),))


def _of_forms(command: str, about: str, *records: Any) -> AnswerKind:
    return AnswerKind(about, (command,), tuple(AnswerForm((one,), command) for one in records))


def _list(command: str, about: str, record: Any) -> AnswerKind:
    return AnswerKind(about, (command,), (AnswerForm((record,), about=None),), "list")


def _object(about: str, record: Any, *commands: str) -> AnswerKind:
    return AnswerKind(about, commands, (AnswerForm((record,), about=None),), "object")


ANSWERS: dict[str, AnswerKind] = {
    "timeline": _answer("timeline", "what happened, in order", room.TimelineRecord),
    "positions": _answer("positions", "who stands where", room.PositionRecord),
    "matrix": AnswerKind(
        "all positions at once",
        ("positions",),
        (AnswerForm((room.MatrixRecord,), "matrix"),),
    ),
    "history": _answer("history", "how a position came about", room.HistoryRecord),
    "explain": AnswerKind(
        "why a cell of a table, or a line of a timeline, says what it says",
        ("explain",),
        (
            AnswerForm(
                (explanations.EvidenceRecord,), "explanation", explanations.ExplanationAbout
            ),
            AnswerForm((explanations.InclusionRecord,), "explanation"),
        ),
    ),
    "show": _answer("show", "everything about one thing", room.FactRecord),
    "names": _list("names", "what delegations, sessions and targets are called", room.NameRecord),
    "changes": AnswerKind(
        "what moved in the room, or what was learned since",
        ("changes",),
        (
            AnswerForm((room.ChangeRecord,), "changes"),
            AnswerForm((room.LessonRecord,), "lessons"),
        ),
    ),
    "replay": _of_forms(
        "replay",
        "the entries up to a date, or what changed step by step",
        room.TimelineRecord,
        room.StepRecord,
    ),
    "text": AnswerKind(
        "what the text says",
        ("text",),
        (
            AnswerForm((wordings.ProvisionRecord,), "text", wordings.TextAbout),
            AnswerForm((wordings.WordingRecord,), "text", wordings.TextAbout),
            AnswerForm((wordings.ProvisionRecord,), "text"),
        ),
    ),
    "redline": _answer("redline", "what changed between two texts", wordings.RedlineRecord),
    "amendments": _answer("amendments", "the amendments on the table", wordings.OfferRecord),
    "consolidate": AnswerKind(
        "the text with amendments in it",
        ("consolidate",),
        (AnswerForm((wordings.ConsolidationRecord,), "consolidation"),),
    ),
    "blame": _of_forms(
        "blame",
        "whose words these are",
        wordings.AttributionRecord,
        wordings.AuthorShareRecord,
        wordings.SurvivalRecord,
    ),
    "open": _of_forms(
        "open",
        "what is still open, or how much was in each session",
        wordings.OpenPointRecord,
        wordings.OpenCountRecord,
    ),
    "tally": _answer(
        "tally",
        "how the room stands",
        counts.GroupCountRecord,
        counts.RuleRecord,
        counts.VoterStanceRecord,
        of=counts.TallyAbout,
    ),
    "trend": AnswerKind(
        "how many stood where, over time",
        ("trend",),
        (
            AnswerForm((counts.TrendRecord,), "trend", counts.TrendAbout),
            AnswerForm((counts.TrendStepRecord,), "trend", counts.TrendAbout),
        ),
    ),
    "votes": AnswerKind(
        "what was voted on, or how each delegation voted",
        ("votes",),
        (
            AnswerForm((counts.BallotRecord,), "votes"),
            AnswerForm((counts.VoterRecord,), "votes", counts.VotersAbout),
        ),
    ),
    "alignment": _of_forms(
        "alignment",
        "who agrees with whom",
        counts.AgreementRecord,
        counts.ComparisonRecord,
        counts.LoyaltyRecord,
        counts.BlocRecord,
        counts.AgreementRowRecord,
    ),
    "movers": _answer("movers", "who changed, how far, and toward whom", room.MoveRecord),
    "gap": _answer("gap", "who said one thing and voted another", counts.GapRecord),
    "init": _object("a workspace that is there now", deeds.InitRecord, "init"),
    "log": _object("what a log did", deeds.LogRecord, "log"),
    "correct": _object(
        "what a correction or a retraction did",
        deeds.CorrectRecord,
        "correct",
        "retract",
        "undo",
    ),
    "import": _object("what an import did", deeds.ImportRecord, "import"),
    "sync": _object("what a synchronisation did", deeds.SyncRecord, "sync"),
    "check": _list("check", "what a check came upon", deeds.FindingRecord),
    "doctor": _object("where everything is, and how it is", deeds.DoctorRecord, "doctor"),
    "rebuild": _object("what was rebuilt", deeds.RebuildRecord, "rebuild"),
    "schema": _list("schema", "what there are schemas of", deeds.SubjectRecord),
}
"""Every answer that can be JSON, but for the entries themselves."""
