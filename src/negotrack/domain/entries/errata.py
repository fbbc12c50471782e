"""Entries about entries: nothing is edited or deleted, it is corrected or retracted."""

from typing import Annotated

from msgspec import Meta

from negotrack.domain.entries.envelope import Entry
from negotrack.domain.values import EntryId, Field, Json, Text


class EntryCorrected(Entry, frozen=True, kw_only=True, tag="entry.corrected/1"):
    """Named fields of an earlier entry are replaced. A field set to null is taken away."""

    entry: Annotated[EntryId, Meta(description="the entry that is corrected")]
    set: Annotated[dict[Field, Json], Meta(min_length=1, description="the fields and new values")]
    reason: Annotated[Text, Meta(description="why it is corrected")]


class EntryRetracted(Entry, frozen=True, kw_only=True, tag="entry.retracted/1"):
    """An earlier entry is withdrawn, as if it had never been made."""

    entry: Annotated[EntryId, Meta(description="the entry that is retracted")]
    reason: Annotated[Text, Meta(description="why it is retracted")]


Erratum = EntryCorrected | EntryRetracted
"""An entry about an entry."""
