"""Answers on texts: what they say, what is to be changed, whose words they are, what is open."""

from typing import Annotated, Literal

from negotrack.domain.values import EntryId
from negotrack.views.answers.keys import About, AnswerObject, means
from negotrack.wording.redlines import SegmentKind

OfferState = Literal["pending", "stale", "taken up", "unplaced"]
"""How an offer fits the text as it is."""

OfferNoun = Literal["amendment", "proposal"]


class TextAbout(About, frozen=True, kw_only=True):
    """What was asked of a text, and what it rests on."""

    language: Annotated[str, means("tag of the language")]
    view: Annotated[Literal["brackets", "clean", "pending"], means("how the text is shown")]
    documents: Annotated[list[str], means("the drafts that make the text")]


class BracketRecord(AnswerObject, frozen=True, kw_only=True):
    """Words in square brackets."""

    words: Annotated[str, means("the words")]
    since: Annotated[str, means("since when they are in brackets")]
    entry: Annotated[EntryId, means("the entry that put them there")]
    holders: Annotated[list[str], means("who asked for it")]
    possible: Annotated[bool, means("whether its date is uncertain and may lie after the day")]


class WordingRecord(AnswerObject, frozen=True, kw_only=True):
    """A provision as a document has it."""

    provision: Annotated[str, means("its address")]
    title: Annotated[str | None, means("its heading")]
    text: Annotated[str, means("what it says")]
    since: Annotated[str, means("the day that gave it this text")]
    by: Annotated[list[str], means("the delegations that did")]
    document: Annotated[str, means("the document that did")]
    entry: Annotated[EntryId, means("the entry that did")]


class ProvisionRecord(AnswerObject, frozen=True, kw_only=True):
    """A provision as it is, or as an amendment or a proposal would have it."""

    provision: Annotated[str | None, means("its address on the day")]
    title: Annotated[str | None, means("its heading")]
    text: Annotated[str | None, means("what it says; null where that is not known")]
    since: Annotated[str | None, means("the day that gave it this text")]
    by: Annotated[list[str], means("the delegations that did")]
    document: Annotated[str | None, means("the draft that did")]
    entry: Annotated[EntryId | None, means("the entry that did")]
    brackets: Annotated[list[BracketRecord], means("its brackets")]
    pending: Annotated[list[str], means("what is offered to change it")]
    outcome: Annotated[str | None, means("what was decided on it")]
    possible: Annotated[bool, means("whether its last change may have happened after the day")]


class SegmentRecord(AnswerObject, frozen=True, kw_only=True):
    """Words that have one fate."""

    kind: Annotated[SegmentKind, means("their fate")]
    words: Annotated[str, means("the words")]
    move: Annotated[int, means("the number of the passage that moved; 0 for none")]
    layer: Annotated[int, means("2 for what an amendment of an amendment does")]
    undone: Annotated[bool, means("whether it takes out what the first had put in")]


class RedlineRecord(AnswerObject, frozen=True, kw_only=True):
    """A provision that changed."""

    provision: Annotated[str | None, means("its address, in the second text where it has it")]
    formerly: Annotated[str | None, means("its address in the first, where that was another")]
    segments: Annotated[list[SegmentRecord], means("its words, in order")]


class OfferRecord(AnswerObject, frozen=True, kw_only=True):
    """An amendment or a proposal on the table."""

    name: Annotated[str, means("slug")]
    kind: Annotated[OfferNoun, means("what it is")]
    target: Annotated[str, means("what it would change")]
    provision: Annotated[str, means("the address of that now")]
    title: Annotated[str, means("what it asks for")]
    by: Annotated[list[str], means("who moved it")]
    on: Annotated[str, means("the date as recorded")]
    phrase: Annotated[str, means("what it asks for in words")]
    state: Annotated[OfferState, means("how it fits the text as it is")]
    text: Annotated[str | None, means("the full text that it asks for")]
    depth: Annotated[int, means("1 of a provision, 2 of an amendment of one")]
    entry: Annotated[EntryId, means("the id")]
    possible: Annotated[bool, means("whether its date is uncertain and may lie after the day")]


class CollisionRecord(AnswerObject, frozen=True, kw_only=True):
    """Two amendments that touch the same words."""

    first: Annotated[str, means("the one that stands")]
    second: Annotated[str, means("the one that is left out")]
    words: Annotated[str, means("the words that both touch")]


class StaleRecord(AnswerObject, frozen=True, kw_only=True):
    """An amendment whose words were changed since."""

    name: Annotated[str, means("slug")]
    then: Annotated[str, means("the text that it was made on")]
    now: Annotated[str, means("the text as it is")]


class ConsolidationRecord(AnswerObject, frozen=True, kw_only=True):
    """A provision with amendments in it."""

    provision: Annotated[str, means("its address")]
    before: Annotated[str | None, means("its text before")]
    after: Annotated[str | None, means("its text after")]
    taken: Annotated[list[str], means("the amendments in it, in the order of consideration")]
    collisions: Annotated[list[CollisionRecord], means("amendments that touch the same words")]
    stale: Annotated[list[StaleRecord], means("amendments whose words were changed since")]
    unplaced: Annotated[list[str], means("amendments whose words are not known")]
    behind: Annotated[str | None, means("the provision after which it is moved")]
    left_out_with_theirs: Annotated[
        list[str], means("amendments of amendments that are left out with theirs")
    ]


class AttributionRecord(AnswerObject, frozen=True, kw_only=True):
    """A passage, and who brought it in."""

    provision: Annotated[str, means("the address of the provision")]
    words: Annotated[str, means("the words")]
    by: Annotated[list[str], means("who brought them in")]
    on: Annotated[str, means("the date as recorded")]
    offers: Annotated[list[str], means("amendments or proposals that brought them in")]
    document: Annotated[str | None, means("the draft that did")]
    entry: Annotated[EntryId, means("the entry that did")]
    count: Annotated[int, means("how many words")]


class AuthorShareRecord(AnswerObject, frozen=True, kw_only=True):
    """How many words a delegation brought in."""

    delegation: Annotated[str, means("code; empty where it is not known")]
    words: Annotated[int, means("how many words")]
    shared: Annotated[int, means("how many of them with others")]
    of: Annotated[int, means("how many words there are")]


class SurvivalRecord(AnswerObject, frozen=True, kw_only=True):
    """A passage of an amendment or a proposal, and whether it is in the text."""

    provision: Annotated[str, means("the address of the provision")]
    words: Annotated[str, means("the words")]
    kept: Annotated[bool, means("whether they are in the text")]


class OpenPointRecord(AnswerObject, frozen=True, kw_only=True):
    """Something that is not settled."""

    kind: Annotated[Literal["bracket", "amendment", "proposal", "provision"], means("what it is")]
    provision: Annotated[str, means("the address of the provision")]
    name: Annotated[str, means("what it is called")]
    what: Annotated[str, means("the words in brackets, the title, or how much is not agreed")]
    holders: Annotated[list[str], means("who asked for it")]
    since: Annotated[str, means("since when it is open")]
    days: Annotated[int, means("how many days, until the day asked about")]
    state: Annotated[str, means("how it fits the text, or how much of it is open")]
    entry: Annotated[EntryId, means("the entry that opened it")]
    possible: Annotated[bool, means("whether its date is uncertain and may lie after the day")]


class OpenCountRecord(AnswerObject, frozen=True, kw_only=True):
    """How much was open in a session."""

    day: Annotated[str, means("the day of the counts")]
    name: Annotated[str, means("slug of the session")]
    brackets: Annotated[int, means("how many brackets")]
    amendments: Annotated[int, means("how many amendments on the table")]
    proposals: Annotated[int, means("how many proposals on the table")]
    articles: Annotated[int, means("how many articles")]
    open: Annotated[int, means("how many of them are open")]
    ad_referendum: Annotated[int, means("how many are agreed ad referendum")]
    agreed: Annotated[int, means("how many are agreed")]
