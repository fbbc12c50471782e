"""Addresses of provisions: what is a part of what, and circles among those that were renumbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def is_below(address: str, of: str) -> bool:
    """Whether an address is another one or a part of it."""
    return address == of or address.startswith(f"{of}/")


def parents(address: str) -> list[str]:
    """Return the addresses of what an address is a part of, the widest first."""
    levels = address.split("/")
    return ["/".join(levels[:n]) for n in range(1, len(levels))]


def circles(moved: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the circles among addresses that became other addresses, each once, closed."""
    done: set[str] = set()
    for start in moved:
        path: list[str] = []
        here: str | None = start
        while here is not None and here not in done and here not in path:
            path.append(here)
            here = moved.get(here)
        if here is not None and here in path:
            circle = path[path.index(here) :]
            yield [*circle, here]
        done.update(path)
