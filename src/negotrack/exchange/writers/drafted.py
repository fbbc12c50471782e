"""A document of the record as a draft, to be written in a form that can be read again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from negotrack.domain.addresses import parents
from negotrack.domain.names import ENGLISH
from negotrack.errors import Rejected
from negotrack.exchange.parts import NO_DRAFT, DraftPart
from negotrack.exchange.readers.wordings import source_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Fields = Mapping[str, Any]

_ALIKE = ("on", "session", "by", "confidence", "note", "sources")
"""What a draft says once, for all its provisions."""

_UNSAID = ("at", "order", "for")
"""What no draft says."""

_CURE = "export the record as JSON Lines, which lose nothing"


def drafted(
    document: Fields, wordings: Sequence[Fields], *, is_original: bool
) -> tuple[dict[str, str], list[DraftPart]]:
    """Return what a draft says of a document and its wordings in one language, in their order.

    Both are the fields of entries. Raises :class:`Rejected` where a draft could not say everything:
    to read it again would then add what the record does not have. ``is_original`` is whether they
    are in the language in which the document was worded first.
    """
    first = wordings[0]
    slug = document["document"]
    for number, wording in enumerate(wordings, 1):
        _check(slug, first, wording, number)
    if is_original and first["on"] != document["on"]:
        raise Rejected(
            f"{slug} was issued on {document['on']}, and its wordings are of {first['on']}", _CURE
        )
    facts = {
        "document": slug,
        "title": document["title"],
        "symbol": document.get("symbol", ""),
        "draft": document.get("draft", NO_DRAFT),
        "language": first.get("language", ENGLISH),
        **{key: first[key] for key in _ALIKE if key in first and key != "sources"},
        **_source(first.get("sources", [])),
    }
    return facts, _parts(wordings)


def _check(slug: str, first: Fields, wording: Fields, number: int) -> None:
    for name in _UNSAID:
        if name in wording:
            raise Rejected(f"a wording of {slug} has `{name}`, which no draft says", _CURE)
    for name in _ALIKE:
        if wording.get(name) != first.get(name):
            raise Rejected(f"the wordings of {slug} differ in `{name}`", _CURE)
    if wording.get("place") != number:
        raise Rejected(f"the wordings of {slug} have no `place` from 1 on", _CURE)


def _parts(wordings: Sequence[Fields]) -> list[DraftPart]:
    moved = {w["target"] for w in wordings if "formerly" in w}
    return [
        DraftPart(
            number,
            w["target"],
            w.get("title"),
            w.get("text"),
            w.get("formerly"),
            "formerly" not in w and not moved.isdisjoint(parents(w["target"])),
        )
        for number, w in enumerate(wordings, 1)
    ]


def _source(sources: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the facts that say where a draft is known from."""
    if not sources:
        return {}
    if len(sources) == 1:
        source = dict(sources[0])
        address, title = source.get("address"), source.get("title")
        facts = {"source": address or title, "source_title": title if address else None}
        facts |= {key: source.get(key) for key in ("publisher", "quote", "retrieved")}
        source_facts = {key: text for key, text in facts.items() if text}
        if source_cells(source_facts) == {f"source_{part}": text for part, text in source.items()}:
            return source_facts
    return {"sources": json.dumps([dict(source) for source in sources], ensure_ascii=False)}
