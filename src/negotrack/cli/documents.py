"""What the record says of its documents, for drafts that come in and go out."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from negotrack.exchange.readers.wordings import Issued
    from negotrack.facts.acts import Act
    from negotrack.workspace import Workspace


class Documents:
    """The documents of a negotiation, with the words that they gave to provisions."""

    def __init__(self, opened: Workspace, negotiation: str) -> None:
        """Look at the record as it is now; an entry of today's import is not among it."""
        self._opened, self._negotiation = opened, negotiation

    @cached_property
    def _acts(self) -> list[Act]:
        wanted = self._opened.filter(negotiation=self._negotiation)
        return list(self._opened.index.acts(wanted))

    def document(self, slug: str) -> Act | None:
        """Return the act that issued a document."""
        return next(
            (
                act
                for act in self._acts
                if act.type == "document.issued" and act.fields["document"] == slug
            ),
            None,
        )

    def wordings(self, slug: str) -> list[Act]:
        """Return what a document words, in all its languages, in the order of the law."""
        return [
            act
            for act in self._acts
            if act.type == "provision.worded" and act.fields["document"] == slug
        ]

    def issued(self, document: str) -> Issued | None:
        """Return what is known of a document."""
        from negotrack.exchange.parts import NO_DRAFT  # the help does not need it
        from negotrack.exchange.readers.wordings import Issued

        found = self.document(document)
        if found is None:
            return None
        language = self.first_language(document)
        get = found.fields.get
        title, draft = str(get("title")), get("draft") or NO_DRAFT
        return Issued(found.id, title, found.on, get("symbol"), draft, language)

    def first_language(self, document: str) -> str | None:
        """Return the language in which a document was worded first."""
        first = min(self.wordings(document), key=lambda a: a.fields["recorded_at"], default=None)
        return None if first is None else first.language

    def worded_before(self, day: str) -> Collection[str]:
        """Return the addresses that had words before a day, in a draft or by an amendment."""
        return {
            str(act.fields.get("provision") or act.target)
            for act in self._acts
            if act.last < day and (act.type == "provision.worded" or act.fields.get("provision"))
        }
