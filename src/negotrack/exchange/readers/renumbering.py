"""Where the provisions of a draft come from: which address each had in the text before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotrack.domain.addresses import circles
from negotrack.errors import Refusal, Rejected

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from negotrack.exchange.parts import DraftPart


def origins(parts: Iterable[DraftPart], worded: Callable[[], Collection[str]]) -> dict[str, str]:
    """Return the former addresses of provisions by the ones they have now.

    A part follows its whole: where art-6 was art-5, its paragraph art-6/2 was art-5/2, if the text
    before (``worded``) had that, unless the paragraph says otherwise, or another one comes from it.
    """
    parts = list(parts)
    formers = {part.address: part.formerly for part in parts if part.formerly is not None}
    taken, moved = set(formers.values()), dict(formers)
    before: Collection[str] | None = None
    for part in parts:
        former = (
            None if part.address in moved or part.is_new else _with_whole(part.address, formers)
        )
        if former is None or former in taken or former == part.address:
            continue
        before = worded() if before is None else before
        if former in before:
            moved[part.address] = former
    return moved


def _with_whole(address: str, moved: Mapping[str, str]) -> str | None:
    """Return the address that something had as a part of the nearest whole that was renumbered."""
    whole = address
    while "/" in whole:
        whole = whole.rpartition("/")[0]
        if whole in moved:
            return moved[whole] + address.removeprefix(whole)
    return None


def misnumbered(parts: Iterable[DraftPart]) -> Iterator[tuple[int, Refusal]]:
    """Yield where two provisions come from one, and each circle."""
    parts = list(parts)
    by_address = {part.address: part for part in parts if part.formerly is not None}
    yield from _shared(by_address)
    yield from _circles(by_address)


def _shared(by_address: Mapping[str, DraftPart]) -> Iterator[tuple[int, Refusal]]:
    first: dict[str, DraftPart] = {}
    for part in by_address.values():
        former = str(part.formerly)
        other = first.setdefault(former, part)
        if other is not part:
            yield (
                part.line,
                Rejected(
                    f"{part.address} comes from {former}, and so does {other.address}"
                    f" in line {other.line}",
                    "one of them is new",
                ),
            )


def _circles(by_address: Mapping[str, DraftPart]) -> Iterator[tuple[int, Refusal]]:
    """Yield each circle once, at its last line; what goes by its own address is no circle."""
    for ring in circles({address: str(part.formerly) for address, part in by_address.items()}):
        circle = ring[:-1]
        if len(circle) > 1:
            yield _circle(circle, by_address)


def _circle(circle: list[str], by_address: Mapping[str, DraftPart]) -> tuple[int, Refusal]:
    last = max(circle, key=lambda address: by_address[address].line)
    at = circle.index(last)
    ring = [*circle[at:], *circle[:at], last]
    shown = " from ".join(ring if len(ring) <= _SHOWN else [*ring[:2], "…", *ring[-2:]])
    return by_address[last].line, Rejected(
        f"the provisions are renumbered in a circle: {shown}",
        "one of them is new, or goes by another address",
    )


_SHOWN = 8
"""The most addresses of a circle that are named one by one."""
