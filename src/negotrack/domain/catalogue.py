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
from negotrack.domain.names import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Callable

    from negotrack.domain.entries import Entry


class Kind(NamedTuple):
    """One type of entry.

    ``tag`` is its name and version (``stance.taken/1``), ``type`` the name alone, ``noun`` what
    people call it on the command line, ``names`` the field that brings a new name into the record,
    if any. ``scheduled`` entries may lie in the future; deeds may not.
    """

    cls: type[Entry]
    tag: str
    type: str
    noun: str
    names: str | None
    scheduled: bool


def _kind(
    cls: type[Entry], noun: str, names: str | None = None, *, scheduled: bool = False
) -> Kind:
    tag = str(cls.__struct_config__.tag)
    return Kind(cls, tag, tag.partition("/")[0], noun, names, scheduled)


KINDS: tuple[Kind, ...] = (
    _kind(e.NegotiationOpened, "negotiation", "negotiation"),
    _kind(e.SessionScheduled, "session", "session", scheduled=True),
    _kind(e.SessionRescheduled, "rescheduling"),
    _kind(e.DelegationRegistered, "delegation", "delegation"),
    _kind(e.GroupJoined, "joining"),
    _kind(e.GroupLeft, "leaving"),
    _kind(e.DocumentIssued, "document", "document"),
    _kind(e.DocumentSigned, "signature"),
    _kind(e.IssueRaised, "issue", "issue"),
    _kind(e.ProvisionRegistered, "provision", "provision"),
    _kind(e.ProvisionWorded, "wording"),
    _kind(e.BracketPlaced, "bracket"),
    _kind(e.BracketLifted, "bracket-lifting"),
    _kind(e.ProposalTabled, "proposal", "proposal"),
    _kind(e.ProposalCosponsored, "cosponsorship"),
    _kind(e.ProposalRevised, "proposal-revision"),
    _kind(e.ProposalWithdrawn, "proposal-withdrawal"),
    _kind(e.AmendmentMoved, "amendment", "amendment"),
    _kind(e.AmendmentRevised, "amendment-revision"),
    _kind(e.AmendmentWithdrawn, "amendment-withdrawal"),
    _kind(e.StanceTaken, "stance"),
    _kind(e.StatementMade, "statement"),
    _kind(e.RuleSet, "rule", "rule"),
    _kind(e.MotionPut, "motion", "motion"),
    _kind(e.VoteCast, "vote"),
    _kind(e.VoteExplained, "vote-explanation"),
    _kind(e.VoteIntended, "vote-intention"),
    _kind(e.DecisionTaken, "decision"),
    _kind(e.DeadlineSet, "deadline", scheduled=True),
    _kind(e.EntryCorrected, "correction"),
    _kind(e.EntryRetracted, "retraction"),
)

TARGET_NOUNS = ("issue", "provision", "proposal", "amendment", "motion")
"""What a stance or a vote may be about."""

STAMP = ("recorded_at", "recorded_by", "tool")
"""The fields that the record itself writes."""

UNCORRECTABLE = frozenset({"id", "type", "negotiation", "entry", "set", *STAMP})
"""Fields that a correction cannot replace: what an entry is, and who put it in when."""


def _name_fields(cls: type[Entry]) -> dict[str, str]:
    """Return the grammar of each field that a class declares to hold a name or several.

    The modules of the entry types keep their annotations as objects, not as text, so that nothing
    has to be evaluated at every start.
    """
    found = ((name, _grammar(hint)) for name, hint in cls.__annotations__.items())
    return {name: grammar for name, grammar in found if grammar is not None}


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
    wanted = release if name == "negotrack" and release else "the release that wrote it"
    return f"needs negotrack >= {wanted}"


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
    found = _BYTE.search(str(error))
    return int(found[1]) if found else 0
