"""Correcting an entry: its fields are replaced, and it is kept as it was logged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from negotrack.domain.catalogue import kind_of
from negotrack.domain.entries import EntryCorrected
from negotrack.domain.rules.errata import refuse_uncorrectable
from negotrack.domain.specification import replaced
from negotrack.errors import Rejected
from negotrack.questions.periods import recorded
from negotrack.use_cases.drafting import Drafting, sources_of
from negotrack.use_cases.errata import facts
from negotrack.use_cases.fields import correctable, field_named, value_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from negotrack.domain.catalogue import Kind
    from negotrack.domain.entries import Entry, Erratum
    from negotrack.domain.specification import Effective
    from negotrack.domain.values import Source
    from negotrack.questions.names import NameBook
    from negotrack.use_cases.drafting import Ask
    from negotrack.use_cases.errata import Errata, LoggedErratum


def correct(  # noqa: PLR0913, PLR0917 - as many as a correction has fields
    errata: Errata,
    about: Effective,
    set_: Mapping[str, Any] | Iterable[tuple[str, Any]],
    reason: str,
    on: str | date = "today",
    sources: Iterable[Source | str] = (),
    *,
    dry_run: bool = False,
) -> LoggedErratum:
    """Replace fields of an entry; :class:`~negotrack.errors.Rejected` for what changes nothing.

    A value is what people type for a field, or the value itself; None takes the field away.
    """
    negotiation = about.entry.negotiation
    draft = EntryCorrected(
        negotiation=negotiation,
        on=recorded(on, errata.book, negotiation),
        entry=about.id,
        set=assignments(errata.book, about.entry, set_),
        reason=reason,
        sources=sources_of(sources),
    )
    return errata.log(draft, dry_run=dry_run)


def draft_erratum(
    errata: Errata, kind: Kind, given: Mapping[str, Any], ask: Ask | None = None
) -> Erratum:
    """Return the draft of a correction or a retraction with any of its fields.

    Its ``entry`` is given by the beginning of an id.
    """
    about = errata.entry_to_amend(given["entry"])
    fields = {**given, "entry": about.id, "negotiation": about.entry.negotiation}
    draft: Any = Drafting(errata.book, ask).draft(kind, fields).entry
    if not isinstance(draft, EntryCorrected):
        return draft  # type: ignore[no-any-return]
    return msgspec.structs.replace(draft, set=assignments(errata.book, about.entry, draft.set))


def assignments(
    book: NameBook, entry: Entry, set_: Mapping[str, Any] | Iterable[tuple[str, Any]]
) -> dict[str, Any]:
    """Return what fields are set to, as JSON has it, with names and dates as the record has them.

    :class:`~negotrack.errors.Rejected` for one that cannot be set, is set twice, or stays as it is.
    """
    values: dict[str, Any] = {}
    for name, given in set_.items() if isinstance(set_, Mapping) else set_:
        refuse_uncorrectable(entry, [name])
        if name in values:
            raise Rejected(f"`{name}` is set twice", "set it once")
        values[name] = _meaning(book, entry, name, given)
        _refuse_no_change(entry, name, values[name])
    return values


def _meaning(book: NameBook, entry: Entry, name: str, given: Any) -> Any:
    kind = kind_of(entry)
    field = field_named(kind, name, correctable(kind))
    value = field.corrected(given)
    if value is None or (field.noun != "date" and not field.nouns) or name == kind.names:
        return value
    meaning = Drafting(book).resolved(field, value, entry.negotiation, kind)
    return list(meaning) if field.many else meaning


def _refuse_no_change(entry: Entry, name: str, value: Any) -> None:
    set_ = {name: value}
    correction = EntryCorrected(
        negotiation=entry.negotiation, on=entry.on, entry="0" * 64, set=set_, reason="-"
    )
    before = facts(entry)
    try:
        after = facts(replaced(entry, correction))
    except Rejected:
        return  # a field that cannot stand alone, or not at all: the rules tell which
    if before == after:
        now = value_in_words(before.get(name))
        raise Rejected(f"`{name}` is {now} already: setting it changes nothing", "leave it out")
