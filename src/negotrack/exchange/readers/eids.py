"""Addresses of provisions from the ``eId`` of Akoma Ntoso.

The Naming Convention (OASIS, version 1.0) makes an ``eId`` of pieces with ``__`` between them, each
of them a kind and a number: ``chp_2__art_6__para_2__list_1__point_d``.
"""

from __future__ import annotations

import re

_CONTAINERS = frozenset(
    {"body", "book", "chapter", "chp", "division", "dvs", "part", "subchp", "subdvs", "subpart",
     "subtitle", "title", "tome"}
)  # fmt: skip
"""What groups provisions and is no part of their addresses, where more follows."""

_SECTIONS = frozenset({"sec", "section", "subsec", "subsection"})
"""What groups articles where there are articles, and else is what provisions are."""

_TRANSPARENT = frozenset(
    {"cits", "citations", "container", "content", "intro", "list", "recitals", "recs", "wrap",
     "wrapup"}
)  # fmt: skip
_ARTICLES = frozenset({"art", "article"})
_RECITAL = frozenset({"p", "rec", "recital"})
_CITATION = frozenset({"cit", "citation"})
_PREAMBLE = "preamble"


def address_of(eid: str) -> str:
    """Return the address that an ``eId`` makes: ``art-6/2/d``.

    The first piece keeps its kind, the others have their numbers alone, or their kind where they
    have no number. What only groups others is left out. Whether it is an address is not looked at.
    """
    pieces = [_piece(piece) for piece in eid.split("__")]
    groups = _CONTAINERS | (_SECTIONS if any(k in _ARTICLES for k, _ in pieces) else frozenset())
    while len(pieces) > 1 and pieces[0][0] in groups:
        del pieces[0]
    pieces = [p for n, p in enumerate(pieces) if p[0] not in _TRANSPARENT or n == len(pieces) - 1]
    if pieces[0][0] in _RECITAL | _CITATION:
        pieces.insert(0, (_PREAMBLE, ""))
    first, *inner = pieces
    whole = "-".join(filter(None, first))
    return "/".join([whole, *(_inner(kind, number) for kind, number in inner)])


def _piece(piece: str) -> tuple[str, str]:
    kind, _, number = piece.partition("_")
    return kind.lower(), "-".join(re.findall(r"[a-z0-9]+", number.lower(), re.ASCII))


def _inner(kind: str, number: str) -> str:
    if kind in _CITATION:
        return f"cit-{number}" if number else "cit"
    return number or kind
