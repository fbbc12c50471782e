"""What people call a provision: a name of the record, or what names of the record are parts of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.addresses import is_below
from negotrack.errors import Rejected

if TYPE_CHECKING:
    from negotrack.index.reading import Filter
    from negotrack.workspace import Workspace


def addressed(opened: Workspace, word: str, wanted: Filter, *nouns: str) -> tuple[str, str]:
    """Return (noun, name) of a provision or of another of the nouns.

    Where a record words paragraphs of an article and not the article, the article may be asked for.
    """
    try:
        found = opened.resolve(word, *nouns, negotiation=wanted.negotiation)
    except Rejected:
        names = opened.names("provision", negotiation=wanted.negotiation)
        if not any(is_below(found.name, word) for found in names):
            raise
        return "provision", word
    return found.noun, found.name
