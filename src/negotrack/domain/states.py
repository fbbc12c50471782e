"""States by their ISO 3166-1 alpha-3 codes, with the names that the United Nations uses.

The table holds the members of the United Nations and its two observer states; it ships with the
package as ``states.tsv``. Whether a code is a state is decided here and nowhere else.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class State(NamedTuple):
    """A state: its code, its name in the United Nations, and other names in use."""

    code: str
    name: str
    aliases: tuple[str, ...]


def _read() -> dict[str, State]:
    lines = Path(__file__).with_name("states.tsv").read_text(encoding="utf-8").splitlines()[1:]
    states = {}
    for line in lines:
        code, name, *aliases = line.split("\t")
        states[code] = State(code, name, tuple(aliases[0].split(";")) if aliases else ())
    return states


STATES: dict[str, State] = _read()
