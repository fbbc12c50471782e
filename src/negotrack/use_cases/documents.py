"""What the record says of its documents, for drafts that come in and go out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from negotrack.domain.entry_types import DOCUMENT_ISSUED, PROVISION_WORDED
from negotrack.facts.query import Query

if TYPE_CHECKING:
    from collections.abc import Collection

    from negotrack.exchange.readers.wordings import Issued
    from negotrack.facts.acts import Act
    from negotrack.index.index import Index


class Documents:
    """The documents of a negotiation, with the words that they gave to provisions."""

    def __init__(self, index: Index, negotiation: str) -> None:
        """Look at the record as it is now; an entry of today's import is not among it."""
        self._index, self._negotiation = index, negotiation

    @cached_property
    def _acts(self) -> list[Act]:
        return list(self._index.slices.acts(Query(self._negotiation)))

    def document(self, slug: str) -> Act | None:
        """Return the act that issued a document."""
        return next(
            (
                act
                for act in self._acts
                if act.type == DOCUMENT_ISSUED and act.fields["document"] == slug
            ),
            None,
        )

    def wordings(self, slug: str) -> list[Act]:
        """Return what a document words, in all its languages, in canonical order."""
        return [
            act
            for act in self._acts
            if act.type == PROVISION_WORDED and act.fields["document"] == slug
        ]

    def issued(self, document: str) -> Issued | None:
        """Return what is known of a document."""
        from negotrack.exchange.parts import NO_DRAFT  # the help does not need it
        from negotrack.exchange.readers.wordings import Issued

        act = self.document(document)
        if act is None:
            return None
        language = self.first_language(document)
        get = act.fields.get
        title, draft = str(get("title")), get("draft") or NO_DRAFT
        return Issued(act.id, title, act.on, get("symbol"), draft, language)

    def first_language(self, document: str) -> str | None:
        """Return the language in which a document was worded first."""
        first = min(self.wordings(document), key=lambda a: a.fields["recorded_at"], default=None)
        return None if first is None else first.language

    def worded_before(self, day: str) -> Collection[str]:
        """Return the addresses that had words before a day, in a draft or by an amendment."""
        return {
            str(act.fields.get("provision") or act.target)
            for act in self._acts
            if act.last < day and (act.type == PROVISION_WORDED or act.fields.get("provision"))
        }
