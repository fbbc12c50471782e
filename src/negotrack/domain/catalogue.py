"""The closed, versioned table of entry types: what the record can hold, and nothing else.

A type's tag, such as ``stance.taken/1``, is its name and version; it stands in every journal line
and is the topic under which the store keeps the event. A retired version keeps its row for ever:
it is decoded as it was written and upcast on reading, never rewritten.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Union, get_args

import msgspec

from negotrack import __version__
from negotrack.domain import entries as e
from negotrack.domain.names import ENGLISH, near
from negotrack.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from negotrack.domain.entries import Entry


class Kind(NamedTuple):
    """One type of entry.

    ``tag`` is its name and version (``stance.taken/1``), ``type`` the name alone, ``noun`` what
    people call it, ``help`` says when it is used. ``example`` has the fields of an entry, as people
    give them. ``names`` is the field that brings a new name into the record, if any.
    ``scheduled`` entries may lie in the future; deeds may not.
    """

    cls: type[Entry]
    tag: str
    type: str
    noun: str
    help: str
    example: Mapping[str, str | tuple[str, ...]]
    names: str | None
    scheduled: bool


def _kind(  # noqa: PLR0913 - a row of a table
    cls: type[Entry],
    noun: str,
    help: str,  # noqa: A002 - what it is
    example: Mapping[str, str | tuple[str, ...]],
    names: str | None = None,
    *,
    scheduled: bool = False,
) -> Kind:
    tag = str(cls.__struct_config__.tag)
    return Kind(cls, tag, tag.partition("/")[0], noun, help, example, names, scheduled)


KINDS: tuple[Kind, ...] = (
    _kind(
        e.NegotiationOpened,
        "negotiation",
        "A negotiation opens.",
        {"negotiation": "demo", "title": "A demonstration treaty", "on": "2023-01-09"},
        names="negotiation",
    ),
    _kind(
        e.SessionScheduled,
        "session",
        "A session is scheduled.",
        {
            "session": "s-1",
            "title": "First session",
            "city": "Vienna",
            "days": "2023-01-16/2023-01-20",
        },
        names="session",
        scheduled=True,
    ),
    _kind(
        e.SessionRescheduled,
        "rescheduling",
        "A session is moved.",
        {"session": "s-1", "days": "2023-01-17/2023-01-20", "on": "2023-01-10"},
    ),
    _kind(
        e.DelegationRegistered,
        "delegation",
        "A state, group, observer or office is registered.",
        {"delegation": "KEN"},
        names="delegation",
    ),
    _kind(
        e.GroupJoined,
        "joining",
        "A delegation joins a group.",
        {"by": "AUT", "group": "EU", "on": "1995-01-01"},
    ),
    _kind(
        e.GroupLeft,
        "leaving",
        "A delegation leaves a group.",
        {"by": "GBR", "group": "EU", "on": "2020-01-31"},
    ),
    _kind(
        e.DocumentIssued,
        "document",
        "A document is issued.",
        {"document": "draft-1", "title": "First draft", "symbol": "A/AC.1/1", "on": "2023-01-12"},
        names="document",
    ),
    _kind(
        e.DocumentSigned,
        "signature",
        "A document is signed.",
        {"document": "draft-1", "by": "KEN", "on": "2023-06-01"},
    ),
    _kind(
        e.IssueRaised,
        "issue",
        "An open question is raised.",
        {
            "issue": "scope",
            "title": "How broad?",
            "options": (
                "broad",
                "limited",
            ),
            "on": "2023-01-16",
        },
        names="issue",
    ),
    _kind(
        e.ProvisionRegistered,
        "provision",
        "A piece of the text becomes addressable.",
        {"provision": "art-6/2", "title": "Safeguards"},
        names="provision",
    ),
    _kind(
        e.ProvisionWorded,
        "wording",
        "A document gives a provision its words.",
        {
            "document": "draft-1",
            "target": "art-6/2",
            "text": "Nothing permits suppression of rights.",
            "place": "7",
            "on": "2023-01-12",
        },
    ),
    _kind(
        e.BracketPlaced,
        "bracket",
        "Words are put in square brackets.",
        {"target": "art-6/2", "words": "of rights", "by": "EGY", "on": "2023-01-17"},
    ),
    _kind(
        e.BracketLifted,
        "bracket-lifting",
        "Brackets are taken away.",
        {"target": "art-6/2", "words": "of rights", "on": "2023-01-20"},
    ),
    _kind(
        e.ProposalTabled,
        "proposal",
        "A proposal is tabled.",
        {
            "proposal": "false-news",
            "title": "An offence of false news",
            "by": "CHN",
            "on": "2023-01-16",
        },
        names="proposal",
    ),
    _kind(
        e.ProposalCosponsored,
        "cosponsorship",
        "A proposal gains a co-sponsor.",
        {"target": "false-news", "by": "RUS", "on": "2023-01-17"},
    ),
    _kind(
        e.ProposalRevised,
        "proposal-revision",
        "A proposal is revised.",
        {"target": "false-news", "by": "CHN", "reason": "Narrower", "on": "2023-01-18"},
    ),
    _kind(
        e.ProposalWithdrawn,
        "proposal-withdrawal",
        "A proposal is withdrawn.",
        {"target": "false-news", "by": "CHN", "on": "2023-01-19"},
    ),
    _kind(
        e.AmendmentMoved,
        "amendment",
        "An amendment is moved.",
        {
            "amendment": "no-list",
            "target": "art-6/2",
            "action": "delete",
            "title": "No list",
            "by": "EGY",
            "on": "2023-01-17",
        },
        names="amendment",
    ),
    _kind(
        e.AmendmentRevised,
        "amendment-revision",
        "An amendment is revised.",
        {"target": "no-list", "by": "EGY", "text": "duties", "on": "2023-01-18"},
    ),
    _kind(
        e.AmendmentWithdrawn,
        "amendment-withdrawal",
        "An amendment is withdrawn.",
        {"target": "no-list", "by": "EGY", "on": "2023-01-19"},
    ),
    _kind(
        e.StanceTaken,
        "stance",
        "A delegation says where it stands.",
        {
            "by": "KEN",
            "target": "scope",
            "stance": "support",
            "options": ("limited",),
            "on": "2023-01-17",
        },
    ),
    _kind(
        e.StatementMade,
        "statement",
        "A delegation says something that is no stance.",
        {"by": "KEN", "says": "Needs more time for this", "on": "2023-01-18"},
    ),
    _kind(
        e.RuleSet,
        "rule",
        "A rule of decision is laid down.",
        {
            "rule": "majority",
            "requires": "simple-majority",
            "matters": "procedure",
            "quorum": "1/3",
            "on": "2023-01-16",
        },
        names="rule",
    ),
    _kind(
        e.MotionPut,
        "motion",
        "A question is put to the vote.",
        {
            "motion": "no-6-2",
            "title": "Delete paragraph 2",
            "question": "deletion",
            "target": "art-6/2",
            "by": "EGY",
            "on": "2023-01-19",
        },
        names="motion",
    ),
    _kind(
        e.VoteCast,
        "vote",
        "A delegation votes.",
        {"by": "KEN", "target": "no-list", "vote": "no", "on": "2023-01-19"},
    ),
    _kind(
        e.VoteExplained,
        "vote-explanation",
        "A delegation explains its vote.",
        {
            "by": "KEN",
            "target": "no-list",
            "says": "The list protects those who report",
            "on": "2023-01-19",
        },
    ),
    _kind(
        e.VoteIntended,
        "vote-intention",
        "A delegation says how it had intended to vote.",
        {"by": "KEN", "target": "no-list", "vote": "abstain", "on": "2023-01-19"},
    ),
    _kind(
        e.DecisionTaken,
        "decision",
        "The fate of a target is decided.",
        {
            "target": "no-list",
            "outcome": "rejected",
            "method": "vote",
            "figures": "23-102-26",
            "on": "2023-01-19",
        },
    ),
    _kind(
        e.DeadlineSet,
        "deadline",
        "A deadline is set.",
        {"due": "2023-02-10", "title": "Written proposals", "on": "2023-01-20"},
        scheduled=True,
    ),
    _kind(
        e.EntryCorrected,
        "correction",
        "Fields of an earlier entry are replaced.",
        {"entry": "4f2c91", "set": ("stance=reserve",), "reason": "Misheard"},
    ),
    _kind(
        e.EntryRetracted,
        "retraction",
        "An earlier entry is withdrawn.",
        {"entry": "4f2c91", "reason": "Logged twice"},
    ),
)

STAMP = ("recorded_at", "recorded_by", "tool")
"""The fields that the record itself writes."""

UNCORRECTABLE = frozenset({"id", "type", "negotiation", "entry", "set", *STAMP})
"""Fields that a correction cannot replace: what an entry is, and who put it in when."""


def _name_fields(cls: type[Entry]) -> dict[str, str]:
    """Return the grammar of each field that a class declares to hold a name or several.

    The modules of the entry types keep their annotations as objects, not as text, so that nothing
    has to be evaluated at every start.
    """
    grammars = ((name, _grammar(hint)) for name, hint in cls.__annotations__.items())
    return {name: grammar for name, grammar in grammars if grammar is not None}


def _grammar(hint: object) -> str | None:
    for note in getattr(hint, "__metadata__", ()):
        if isinstance(note, msgspec.Meta) and note.extra and "pattern" in note.extra:
            return str(note.extra["pattern"])
    inside = (g for part in get_args(hint) if (g := _grammar(part)) is not None)
    return next(inside, None)


_IN_ENVELOPE = _name_fields(e.Entry)
NAME_FIELDS: dict[type[Entry], tuple[tuple[str, str], ...]] = {
    kind.cls: tuple((_IN_ENVELOPE | _name_fields(kind.cls)).items()) for kind in KINDS
}
"""The fields of each type whose values are names, with the grammar of the names."""

BY_CLASS: dict[type[Entry], Kind] = {kind.cls: kind for kind in KINDS}
BY_TAG: dict[str, Kind] = {kind.tag: kind for kind in KINDS}
BY_NOUN: dict[str, Kind] = {kind.noun: kind for kind in KINDS}

RETIRED: dict[str, Callable[[bytes], Entry]] = {}
"""Earlier versions, by tag: each decodes its own bytes and returns today's entry."""

_DECODER: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(
    Union[tuple(kind.cls for kind in KINDS)]  # noqa: UP007 - made from the table above
)


_SPOKEN = frozenset(kind.cls for kind in KINDS if "language" in kind.cls.__struct_fields__)
"""The types that have words of a language."""


class _Envelope(msgspec.Struct):
    type: str
    tool: str = ""


def kind_of(entry: Entry) -> Kind:
    """Return the row of the table that an entry belongs to."""
    return BY_CLASS[type(entry)]


def type_of_noun(noun: str) -> str:
    """Return the entry type that a noun, or the type itself, means."""
    types = {name: kind.type for name, kind in BY_NOUN.items()}
    if noun in types.values():
        return noun
    if noun not in types:
        close = near(noun, types)
        hint = f"did you mean {', '.join(close)}?" if close else f"it is one of {', '.join(types)}"
        raise Usage(f"no kind of entry {noun}", hint)
    return types[noun]


def kind_named(noun: str) -> Kind:
    """Return the kind of entry that a noun, or a type, means."""
    type_ = type_of_noun(noun)
    return next(kind for kind in KINDS if kind.type == type_)


class NotAnEntry(ValueError):  # noqa: N818 - it says what the bytes are
    """Bytes that are no entry: what is wrong, and the byte at which it shows (from 0)."""

    def __init__(self, sentence: str, at: int = 0) -> None:
        """Keep the sentence and the position."""
        super().__init__(sentence)
        self.at = at


class NeedsNewer(NotAnEntry):
    """A well-formed entry of a type or version that this release does not know."""


def decode(body: bytes) -> Entry:
    """Return the entry that JSON bytes without an id say; upcast it where it is an old version.

    Raises :class:`NeedsNewer` for an unknown type or version, :class:`NotAnEntry` for anything
    else that is not exactly one entry.
    """
    try:
        entry = _DECODER.decode(body)
        if type(entry) in _SPOKEN and entry.language == ENGLISH:  # type: ignore[attr-defined]
            # Said or not, it is one fact: the encoder leaves out only the default itself.
            return msgspec.structs.replace(entry, language=ENGLISH)
        return entry  # noqa: TRY300 - the two ways to return belong together
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _decode_other(body, error)


def _decode_other(body: bytes, error: Exception) -> Entry:
    try:
        envelope = msgspec.json.decode(body, type=_Envelope)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise NotAnEntry(_explain(error), _position(error)) from error
    if envelope.type in RETIRED:
        return RETIRED[envelope.type](body)
    if envelope.type not in BY_TAG:
        raise NeedsNewer(_newer(envelope)) from error
    if "unknown field" in str(error) and _is_newer(envelope.tool):
        raise NeedsNewer(f"{_explain(error)}: {_needs(envelope)}") from error
    raise NotAnEntry(_explain(error), _position(error)) from error


def _is_newer(tool: str) -> bool:
    name, _, release = tool.partition(" ")
    numbers = [[int(n) for n in re.findall(r"\d+", text)] for text in (release, __version__)]
    return name == "negotrack" and numbers[0] > numbers[1]


def is_retired(body: bytes) -> bool:
    """Whether JSON bytes are an entry of an earlier version, which is upcast on reading."""
    return bool(RETIRED) and msgspec.json.decode(body, type=_Envelope).type in RETIRED


def _newer(envelope: _Envelope) -> str:
    return f"entry type {envelope.type[:LONGEST_SHOWN]!r} is unknown: {_needs(envelope)}"


def _needs(envelope: _Envelope) -> str:
    name, _, release = envelope.tool.partition(" ")
    needed = release if name == "negotrack" and release else "the release that wrote it"
    return f"needs negotrack >= {needed}"


LONGEST_SHOWN = 100
_BYTE = re.compile(r" \(byte (\d+)\)$")


def _explain(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return "not valid UTF-8"
    text = _BYTE.sub("", str(error))[: 3 * LONGEST_SHOWN]  # who tells it names the column
    front = text[:1] if text.startswith("JSON") else text[:1].lower()
    return front + text[1:].replace(" - at `$.", " in `")


def _position(error: Exception) -> int:
    if isinstance(error, UnicodeDecodeError):
        return error.start
    match = _BYTE.search(str(error))
    return int(match[1]) if match else 0
