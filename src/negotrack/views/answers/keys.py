"""What the declarations of answers share: how a key is described, and what many answers have."""

from typing import Annotated

from msgspec import Meta, Struct

from negotrack.domain.values import Confidence, EntryId, Source
from negotrack.facts.query import Accounts


def means(words: str) -> Meta:
    """Describe a key."""
    return Meta(description=words)


class AnswerObject(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An object of an answer. Every key is there; ``null`` is what is not known or was not said."""


class About(AnswerObject, frozen=True, kw_only=True):
    """What was asked, and what the answer rests on."""

    answer: Annotated[str, means("what the records are")]
    version: Annotated[int, means("the version of what commands print")]
    negotiation: Annotated[str, means("slug of the negotiation")]
    as_of: Annotated[str, means("the day asked about, resolved")]
    known_at: Annotated[str | None, means("the moment whose knowledge was asked about")]
    known_from: Annotated[str | None, means("the moment after which something was learned")]
    since: Annotated[str | None, means("the day from which on")]
    accounts: Annotated[Accounts, means("which account is shown where sources differ")]
    entries: Annotated[int, means("entries that decide the answer")]
    entries_of_the_record: Annotated[int, means("entries in the store")]
    possible: Annotated[int, means("entries of uncertain date that may have happened by the day")]
    possible_counted: Annotated[bool, means("whether these were counted")]
    nothing_since: Annotated[str | None, means("the last day on which something counts")]
    sessions_without_entries: Annotated[
        list[str], means("sessions of which the record has nothing but the schedule")
    ]


class Sourced(AnswerObject, frozen=True, kw_only=True):
    """Something that is known from somewhere."""

    confidence: Annotated[Confidence, means("how well it is known")]
    source: Annotated[str, means("the first source in a word, and how many more")]
    sources: Annotated[list[Source], means("where it is known from, as in the entry")]
    disputed: Annotated[
        list[EntryId], means("entries from other sources that tell the same act differently")
    ]
    possible: Annotated[bool, means("whether its date is uncertain and may lie after the day")]
