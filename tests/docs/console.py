"""Running the examples of a document: ``$ negotrack ...`` and what the document shows after it."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROMPT = "$ "
ANYTHING = "..."
"""A line of its own that stands for any lines, or none."""


class Example(NamedTuple):
    """A command of a document and the lines that the document shows after it."""

    command: str
    shown: list[str]

    @property
    def words(self) -> list[str]:
        """The words after the program's name."""
        program, *words = shlex.split(self.command)
        assert program == "negotrack", f"only negotrack is run, not {program}"
        assert not set(words) & {"|", ">", ">>", "<", "&&", ";"}, "only plain commands are run"
        return words


def examples(text: str) -> Iterator[Example]:
    """Yield the commands of a block; one that ends with a backslash goes on in the next line."""
    lines = iter(text.splitlines())
    command, shown = "", list[str]()
    for line in lines:
        if not line.startswith(PROMPT):
            shown.append(line)
            continue
        if command:
            yield Example(command, shown)
        command, shown = line.removeprefix(PROMPT), []
        while command.endswith("\\"):
            command = command[:-1] + next(lines).strip()
    yield Example(command, shown)


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether the lines printed are those shown."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == ANYTHING else re.escape(f"{line}\n") for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def lines_of(out: str, err: str) -> list[str]:
    """Return what a terminal shows: what was printed, then what was told; no empty line ends it."""
    return [line.rstrip() for line in (out + err).rstrip("\n").splitlines()]


def rewritten(text: str, printed: Callable[[Example], list[str]]) -> str:
    """Return a block with what its commands print now; lines left out stay left out."""
    parts: list[str] = []
    for example in examples(text):
        lines = printed(example)
        kept = example.shown if matches(example.shown, lines) else lines
        parts += [PROMPT + example.command, *kept]
    return "\n".join(parts) + "\n"
