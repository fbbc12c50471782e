"""The documents as tests read them: fenced blocks, tables, sections."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block: its language, what it holds, and the line where it begins."""

    language: str
    text: str
    line: int


def blocks(page: Path, language: str) -> list[Block]:
    """Return the fenced blocks of a page that are in a language."""
    text = page.read_text(encoding="utf-8")
    fenced = (
        Block(match[1], match[2], text[: match.start()].count("\n") + 1)
        for match in _FENCE.finditer(text)
    )
    return [block for block in fenced if block.language == language]


def section(page: Path, heading: str) -> str:
    """Return what stands below a heading, up to the next heading that is no part of it."""
    text = page.read_text(encoding="utf-8")
    level = len(heading) - len(heading.lstrip("#"))
    begin = text.index(f"\n{heading}\n") + len(heading) + 2
    end = re.compile(rf"^#{{1,{level}}} ", re.MULTILINE).search(text, begin)
    return text[begin : end.start() if end else len(text)]


def first_cells(text: str) -> list[str]:
    """Return what the rows of tables name, in code, in their first column."""
    return _ROW.findall(text)
