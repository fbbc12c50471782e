"""The envelope: what every entry of the record says about itself."""

from typing import Annotated

from msgspec import Meta, Struct, field

from negotrack.domain.values import (
    Confidence,
    Count,
    Date,
    Delegation,
    Line,
    Session,
    Slug,
    Source,
    Target,
    Text,
)


class Entry(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
):
    """One immutable event of the record, readable alone.

    Its identity is the SHA-256 of its canonical JSON, so it is not a field of it. The last three
    fields are the stamp that the record puts on a draft when it takes it in.
    """

    negotiation: Annotated[Slug, Meta(description="the negotiation that this is part of")]
    on: Annotated[Date, Meta(description="when it happened in the room")]
    at: Annotated[str, Meta(description="time of day in the room, HH:MM")] | None = None
    order: Annotated[Count, Meta(description="place within the day, where it is known")] | None = (
        None
    )
    session: Annotated[Session, Meta(description="the session it happened in")] | None = None
    by: Annotated[Delegation, Meta(description="the delegation that acted")] | None = None
    for_: Annotated[Delegation, Meta(description="on whose behalf it acted")] | None = field(
        name="for", default=None
    )
    target: Annotated[Target, Meta(description="what it is about")] | None = None
    sources: Annotated[
        tuple[Source, ...], Meta(max_length=100, description="where we know it from")
    ] = ()
    confidence: Annotated[Confidence, Meta(description="how well we know it")] = "reported"
    note: Annotated[Text, Meta(description="a remark of the recorder")] | None = None
    recorded_at: Annotated[str, Meta(description="when it entered the record, UTC")] = ""
    recorded_by: Annotated[Line, Meta(description="who entered it")] | None = None
    tool: Annotated[Line, Meta(description="what it was entered with")] | None = None
